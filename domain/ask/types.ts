/** Questions in plain words: what was looked at, and what is said from it. */
import type { Json } from '../playbook/types.ts'

/** Kinds of record that an answer may point at; each has a page. */
export const ASK_KINDS = ['lead', 'account', 'contact', 'deal'] as const
export type AskKind = (typeof ASK_KINDS)[number]

/** What can be looked at. All of it reads; none of it writes, sends or fetches. */
export const LOOKS = ['find_records', 'look_at', 'deals_changed', 'count_activity', 'why_not'] as const
export type LookName = (typeof LOOKS)[number]

/** A record that a look of this run brought up, under the short name by which sentences point at it. */
export interface Seen {
  /** `deal-3`: of this run alone. */
  alias: string
  kind: AskKind
  id: string
  name: string
}

/** What is said, with what it rests on: names of records (`deal-3`) or of whole looks (`look-1`), for a count or for nothing found. */
export interface Said {
  text: string
  records: string[]
}

/** One look: what came of it, for a model to read, and the same told by code. */
export interface Look {
  /** `look-1`. */
  name: string
  tool: LookName
  /** For people: `Looked at 14 deals`. */
  told: string
  seen: Seen[]
  data: Json
  lines: Said[]
}

export interface SentenceRecord {
  kind: AskKind
  id: string
  name: string
}

/** A sentence as it is kept and shown. */
export interface Sentence {
  text: string
  records: SentenceRecord[]
  /** Numbers and dates in it that no look brought up, as written. */
  unsupported: string[]
}

export interface LookCall {
  tool: LookName
  input: Readonly<Record<string, Json>>
}

/** Inclusive days, `YYYY-MM-DD`, and how one says it: `this month`. */
export interface Period {
  from: string
  to: string
  words: string
}

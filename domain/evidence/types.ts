/** The words of evidence: a claim, the source it points at, and the verdict of the check. */
import type { Block, Region } from '../page/types.ts'

/** What a fact can be about. The value's form is stated per kind; a value is always a string as people would read it. */
export const FACT_KINDS = [
  'description', // one line on what the company does
  'industry',
  'founded', // year
  'employees', // count, "about 250", "51-200"
  'headquarters', // place
  'office', // a further place
  'offering', // something they sell
  'customer', // name of a customer they state
  'partner', // name of a partner they state
  'technology', // a tool or system they use
  'leader', // "Name, title"
  'revenue', // amount, with period if stated
  'funding', // amount and round, with date if stated
  'hiring', // role or team they hire for
  'expansion', // new market, site, entity
  'acquisition', // bought or was bought
  'launch', // a product or service brought out
  'award', // certification or award
  'closure', // stopped, insolvent, closed a site
  'news', // any other dated happening
  'need', // evidence of a need (qualification)
  'budget', // evidence of money set aside (qualification)
  'authority', // who decides (qualification)
  'timing', // by when (qualification)
  'email',
  'phone',
] as const
export type FactKind = (typeof FACT_KINDS)[number]

/** Something that changed at an account: facts of these kinds are signals when they carry a date. */
export const SIGNAL_KINDS = [
  'leader',
  'funding',
  'hiring',
  'expansion',
  'acquisition',
  'launch',
  'closure',
  'news',
] as const

export type SourceKind = 'page' | 'mail' | 'call_note' | 'crm_field' | 'knowledge'

/** Whom a claim is about. Names are compared by tokens, forgiving legal forms (GmbH, Inc.), case and accents. */
export interface Subject {
  name: string
  /** Other names the company goes by: brand, short form, former name. */
  aliases: string[]
  /** Registrable domain, or null when unknown. */
  domain: string | null
}

/** A stored source as the check needs it. Pages carry regions and blocks; mails and notes none. */
export interface EvidenceSource {
  id: string
  kind: SourceKind
  text: string
  regions?: Region[]
  blocks?: Block[]
  /** Whose voice it is, so whom "we" means: the site's owner, a mail's sender's company. Null when unknown. */
  publisher: Subject | null
  title?: string | null
  /** ISO date the source itself states (published or modified), or null. */
  dated?: string | null
  /** ISO instant it was fetched or received. */
  fetchedAt: string
}

export interface Claim {
  subject: Subject
  kind: FactKind
  value: string
  quote: string
  sourceId: string
  /** ISO date the claim says it holds for or happened on, where it gives one. */
  when?: string | null
}

/** Why a claim is dropped. Checked in this order; the first that applies is given. */
export const REJECT_REASONS = ['not_found', 'wrong_subject', 'unsupported', 'negated'] as const
export type RejectReason = (typeof REJECT_REASONS)[number]
export type RejectCounts = Record<RejectReason, number>

export type Verdict =
  | {
      ok: true
      /** `source.text.slice(start, end)` is the quote as it stands in the source: store this, not the claim's spelling. */
      start: number
      end: number
      quote: string
      /** The whole sentence or table row around the quote, for showing. */
      sentence: { start: number; end: number }
    }
  | {
      ok: false
      reason: RejectReason /** One line for a person: which rule, which token. No long page text. */
      detail: string
    }

/**
 * How long each kind of data is kept. The times are the organisation's to set; what is here is what they begin with, and why. What is due,
 * and what is spared although its time is over, is told in SQL once for preview and sweep (db/migrations/…_retention).
 */

export interface RetentionKind {
  /** Days by default. */
  days: number
  /** No shorter than this: work relies on it. */
  atLeast: number
  /** From when the days count, and what goes. */
  what: string
  why: string
}

export const RETENTION = {
  page: {
    days: 180,
    atLeast: 7,
    what: 'web pages as they were read, since their fetching, where no fact rests on them',
    why: 'a page is read again before it is relied on again; half a year covers a long sales cycle',
  },
  fact: {
    days: 365,
    atLeast: 1,
    what: 'facts, since they expired, that no mail, brief, qualification or score rests on',
    why: 'what is out of date is not used any more; a year keeps it for a look back at the season before',
  },
  mail: {
    days: 2_192,
    atLeast: 30,
    what: 'texts of mails and forms, and of the drafts and proposals they came from, since they came or left, where no fact rests on them; that there was a mail, when and with whom stays',
    why: 'commercial letters have to be kept six years in several countries (in Germany: HGB § 257)',
  },
  note: {
    days: 2_192,
    atLeast: 30,
    what: 'texts of call notes, since the call, where no fact rests on them',
    why: 'they belong to the mails around them',
  },
  proposal: {
    days: 365,
    atLeast: 30,
    what: 'texts of proposals that were refused, expired, failed or superseded, since then, and what people wrote about them',
    why: 'nothing was done by them; a year of lessons is what playbooks are improved from',
  },
  model_answer: {
    days: 30,
    atLeast: 7,
    what: 'answers of the model, since they came (what it was asked is not kept at all)',
    why: 'they make a retry cost nothing, and a step is retried for days, not for months',
  },
  agent_run: {
    days: 730,
    atLeast: 30,
    what: 'figures of model calls, since the call, that no stored fact or draft names; they hold no text',
    why: 'costs are compared with the year before',
  },
  run_state: {
    days: 180,
    atLeast: 7,
    what: 'states of runs that have ended, since their end; the run, its steps and their results stay',
    why: 'they explain step by step what a run did; after half a year nobody asks for more than the outcome',
  },
  import_row: {
    days: 90,
    atLeast: 1,
    what: 'rows of files that an import kept aside, since its end',
    why: 'they wait to be corrected; what was not corrected in a quarter holds data of people for nothing',
  },
} as const satisfies Record<string, RetentionKind>

export type RetentionName = keyof typeof RETENTION
/** In the order in which a sweep goes over them: what makes others free goes first. */
export const RETENTION_NAMES = [
  'proposal',
  'fact',
  'page',
  'mail',
  'note',
  'run_state',
  'model_answer',
  'agent_run',
  'import_row',
] as const satisfies readonly RetentionName[]

/** Kept for a time that is part of how they work, and nobody's to set. */
export const FIXED_TIMES = [
  { what: 'answers kept for a repeated creation (Idempotency-Key)', days: 1 },
  { what: 'live events, for whoever connects again', days: 1 },
  { what: 'deliveries of webhooks, since they were settled', days: 30 },
] as const

/** Days by kind; null: for good. */
export type RetentionTimes = Record<RetentionName, number | null>

/** What is wrong with these times; null: nothing. */
export function retentionProblem(times: RetentionTimes): string | null {
  for (const name of RETENTION_NAMES) {
    const days = times[name]
    const { atLeast } = RETENTION[name]
    if (days !== null && days < atLeast)
      return `${name}: is kept for ${atLeast} days at least, since work relies on it.`
  }
  // Erasing a person finds the model's answers about them by the figures of the calls.
  const outlasts = times.agent_run === null || (times.model_answer !== null && times.agent_run >= times.model_answer)
  return outlasts ? null : 'agent_run: has to be kept for as long as model_answer, which is found by it.'
}

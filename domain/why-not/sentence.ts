/** What agents did not do, in plain sentences. */

export type WhyNotCode =
  | 'suppressed'
  | 'never_contact'
  | 'erased'
  | 'stale_address'
  | 'no_address'
  | 'refused'
  | 'waiting'
  | 'held'
  | 'failed'
  | 'expired'
  | 'superseded'
  | 'asked_anew'
  | 'uncertain'
  | 'run_paused'
  | 'run_cancelled'
  | 'run_ended'
  | 'step_failed'
  | 'no_evidence'
  | 'by_rules'
  | 'unknown'
  | 'not_started'
  | 'no_playbook'
  | 'other_lead'
  | 'suggested'
  | 'row_kept'

/** A row of the ledger as it is stored: what was not done (`subject`), the word for why, and what else is known of it. */
export interface WhyNotRow {
  code: WhyNotCode
  at: Date
  /** Of the action, run, step … that says so. */
  source: string
  id: string | null
  /** What was to be done, or by what. */
  subject: string
  reason: string | null
  /** Whom it waits for, who refused, until when. */
  who: string | null
  until: Date | null
}

export interface WhyNot extends WhyNotRow {
  sentence: string
}

const until = (row: WhyNotRow): string =>
  row.until ? `, not before ${row.until.toISOString().slice(0, 16).replace('T', ' ')} UTC` : ''
const because = (row: WhyNotRow): string => (row.reason ? `: ${row.reason}` : '')

const SENTENCES: Record<WhyNotCode, (row: WhyNotRow) => string> = {
  suppressed: row => `No mail goes to them, since the address is suppressed${because(row)}.`,
  never_contact: row => `No mail goes to them, since they stand on the never-contact list${because(row)}.`,
  erased: () => 'No mail goes to them and nothing is stored of them, since their data was erased.',
  stale_address: row => `No mail goes to them, since the address is stale${because(row)}.`,
  no_address: () => 'No mail goes to them, since no address of theirs is known.',
  refused: row => `Not done: ${row.subject}. ${row.who ?? 'Somebody'} refused it${because(row)}.`,
  waiting: row => `Not done yet: ${row.subject}. It waits for ${row.who ?? 'somebody'} to decide${because(row)}.`,
  held: row => `Not done yet: ${row.subject}. It is held back${because(row)}${until(row)}.`,
  failed: row => `Not done: ${row.subject}. It failed${because(row)}.`,
  expired: row => `Not done: ${row.subject}. Nobody decided in time${because(row)}.`,
  superseded: row =>
    row.reason === 'edited'
      ? `Not done as drafted: ${row.subject}. Somebody changed it, and the changed one took its place.`
      : `Not done: ${row.subject}. It was withdrawn${because(row)}.`,
  asked_anew: row =>
    `Not done as it was approved: ${row.subject}. The approval did not hold any more${because(row)}. It was proposed again.`,
  uncertain: row => `It is not known whether this was done: ${row.subject}. A person has to say so.`,
  run_paused: row => `Playbook ${row.subject} stands still and needs a person${because(row)}.`,
  run_cancelled: row => `Playbook ${row.subject} was ended before it was done${because(row)}.`,
  run_ended: row =>
    `Playbook ${row.subject} ended as ${row.reason ?? 'done'}${row.who ? `; the score was ${row.who}` : ''}.`,
  step_failed: row => `A step of playbook ${row.who ?? ''} was not done: ${row.subject}${because(row)}.`,
  no_evidence: row =>
    `No mail was drafted (playbook ${row.subject}): there was no fact and nothing approved that one could rest on.`,
  by_rules: row => `Rules did the work of the ${row.subject} instead of the model${because(row)}.`,
  unknown: row => `Not known: ${row.subject}. To ask: ${row.reason ?? ''}`,
  not_started: row => `Playbook ${row.subject} did not begin${because(row)}.`,
  no_playbook: () => 'No playbook has ever begun for them.',
  other_lead: row =>
    `There is another open lead of the same person (${row.subject}); what runs once for a person runs there.`,
  suggested: row =>
    `Not written to the field ${row.subject}: a person owns it, so what was read waits as a suggestion.`,
  row_kept: row => `A row of the file ${row.subject} was not imported${because(row)}.`,
}

export const inWords = (row: WhyNotRow): WhyNot => ({
  ...row,
  sentence: SENTENCES[row.code](row).replace(/[.!?]\.$/, '.'),
})

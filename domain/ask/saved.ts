/**
 * Questions that code can answer by itself: the saved queries. Where no model can be asked, those that fit a question by its words are
 * offered, and one is run at a click through the same looks. A query is a line here.
 */
import { daysFrom, periodIn, thisMonth } from './period.ts'
import type { LookCall, Period } from './types.ts'

/** What a question says beside the query's own words. */
export interface Parameters {
  period: Period
  /** Only the asker's own. */
  mine: boolean
  today: string
}

export interface SavedQuery {
  name: string
  title: (of: Parameters) => string
  /** Beginnings of words that speak for it; each found one counts. */
  words: readonly string[]
  /** Of these, one has to be there. */
  about: readonly string[]
  calls: (of: Parameters) => LookCall[]
}

const DEALS = ['deal', 'opportunit', 'pipeline', 'close']
const whose = ({ mine }: Parameters, what: string): string => (mine ? `My ${what.toLowerCase()}` : what)

const find = (of: Parameters, kind: string, more: LookCall['input']): LookCall => ({
  tool: 'find_records',
  input: { kind, text: null, status: null, closes_from: null, closes_to: null, mine: of.mine, ...more },
})
const changed = (of: Parameters, what: string): LookCall[] => [
  { tool: 'deals_changed', input: { what, from: of.period.from, to: of.period.to, mine: of.mine } },
]

export const SAVED: readonly SavedQuery[] = [
  {
    name: 'slipped_deals',
    title: of => `${whose(of, 'Deals')} whose close date moved later ${of.period.words}`,
    words: ['slip', 'delay', 'postpon', 'push', 'late', 'moved'],
    about: DEALS,
    calls: of => changed(of, 'close_date'),
  },
  {
    name: 'overdue_deals',
    title: of => `${whose(of, 'Open deals')} past their close date`,
    words: ['overdue', 'past', 'late', 'stuck', 'stall', 'slip'],
    about: DEALS,
    calls: of => [find(of, 'deal', { status: 'open', closes_to: daysFrom(of.today, -1) })],
  },
  {
    name: 'closing_deals',
    title: of => `${whose(of, 'Open deals')} that should close ${of.period.words}`,
    words: ['close', 'closing', 'due', 'expect', 'forecast', 'commit'],
    about: DEALS,
    calls: of => [find(of, 'deal', { status: 'open', closes_from: of.period.from, closes_to: of.period.to })],
  },
  {
    name: 'won_deals',
    title: of => `${whose(of, 'Deals')} won ${of.period.words}`,
    words: ['won', 'win', 'sold', 'signed'],
    about: [...DEALS, 'won', 'sold', 'signed'],
    calls: of => changed(of, 'won'),
  },
  {
    name: 'lost_deals',
    title: of => `${whose(of, 'Deals')} lost ${of.period.words}`,
    words: ['lost', 'lose', 'losing'],
    about: [...DEALS, 'lost', 'lose'],
    calls: of => changed(of, 'lost'),
  },
  {
    name: 'amounts_changed',
    title: of => `${whose(of, 'Deals')} whose amount changed ${of.period.words}`,
    words: ['amount', 'value', 'worth', 'grew', 'grow', 'shrank', 'shrunk', 'discount', 'bigger', 'smaller', 'price'],
    about: DEALS,
    calls: of => changed(of, 'amount'),
  },
  {
    name: 'stages_moved',
    title: of => `${whose(of, 'Deals')} that changed stage ${of.period.words}`,
    words: ['stage', 'moved', 'progress', 'advanc', 'forward'],
    about: [...DEALS, 'stage'],
    calls: of => changed(of, 'stage'),
  },
  {
    name: 'open_deals',
    title: of => whose(of, 'Open deals'),
    words: ['open', 'pipeline', 'current', 'all', 'list'],
    about: DEALS,
    calls: of => [find(of, 'deal', { status: 'open' })],
  },
  {
    name: 'new_leads',
    title: of => whose(of, 'New leads'),
    words: ['new', 'lead', 'fresh', 'inbound'],
    about: ['lead', 'prospect', 'inbound'],
    calls: of => [find(of, 'lead', { status: 'new' })],
  },
  {
    name: 'approvals',
    title: of => `Approvals ${of.period.words}: asked, given, refused, waiting`,
    words: ['approv', 'refus', 'decid', 'decision', 'wait'],
    about: ['approv', 'refus', 'decid', 'decision'],
    calls: of => [{ tool: 'count_activity', input: { what: 'approvals', from: of.period.from, to: of.period.to } }],
  },
  {
    name: 'mails',
    title: of => `Mails ${of.period.words}: sent, received, and what the replies were`,
    words: ['mail', 'email', 'repl', 'sent', 'receiv', 'answer', 'wrote', 'bounce', 'interested'],
    about: ['mail', 'email', 'repl', 'message', 'bounce'],
    calls: of => [{ tool: 'count_activity', input: { what: 'mails', from: of.period.from, to: of.period.to } }],
  },
]

const wordsOf = (question: string): string[] => question.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []

/** What the question says of time and of whose records. */
export function parametersOf(question: string, today: string): Parameters {
  const words = wordsOf(question)
  const mine = words.some(word => word === 'my' || word === 'mine' || word === 'i')
  return { period: periodIn(question, today) ?? thisMonth(today), mine, today }
}

/** A query as it is offered, its words made from the question. */
export interface Offer {
  name: string
  title: string
}

const MOST_OFFERS = 3

/** Those that fit, best first; of equals the one that stands first in the catalogue. None: nothing fits. */
export function queriesFor(question: string): SavedQuery[] {
  const words = wordsOf(question)
  const begins = (beginnings: readonly string[]) =>
    beginnings.filter(beginning => words.some(word => word.startsWith(beginning))).length
  return SAVED.map(query => ({ query, fit: begins(query.about) === 0 ? 0 : begins(query.words) }))
    .filter(({ fit }) => fit > 0)
    .sort((a, b) => b.fit - a.fit)
    .slice(0, MOST_OFFERS)
    .map(({ query }) => query)
}

/** What is offered for a question: the queries that fit, or where none does, all of them. */
export function offersFor(question: string, today: string): { fit: boolean; offers: Offer[] } {
  const fitting = queriesFor(question)
  const of = parametersOf(question, today)
  const offers = (fitting.length > 0 ? fitting : SAVED).map(({ name, title }) => ({ name, title: title(of) }))
  return { fit: fitting.length > 0, offers }
}

export const savedQuery = (name: string): SavedQuery | undefined => SAVED.find(query => query.name === name)

/** The brief: Markdown in sections, each line bound to the facts it rests on. */
import type { StoredFact } from '../domain/evidence/mail.ts'
import type { FactKind } from '../domain/evidence/types.ts'
import { companySpoken } from '../domain/import/normalise/name.ts'
import type { Qualification } from '../domain/qualification/types.ts'

export const BRIEF_SECTIONS = ['company', 'signals', 'needs', 'people', 'approach'] as const
export type BriefSection = (typeof BRIEF_SECTIONS)[number]

export interface BriefLine {
  section: BriefSection | 'open'
  text: string
  /** Empty only for lines of `open`: what is not known rests on nothing. */
  factIds: string[]
}

export interface Brief {
  lines: BriefLine[]
  markdown: string
}

const TITLES: Record<BriefLine['section'], string> = {
  company: 'Company',
  signals: 'What changed',
  needs: 'Need, budget, authority, timing',
  people: 'People',
  approach: 'Approach',
  open: 'To find out',
}

const SECTION_OF: Partial<Record<FactKind, BriefSection>> = {
  need: 'needs',
  budget: 'needs',
  authority: 'needs',
  timing: 'needs',
  leader: 'people',
  funding: 'signals',
  hiring: 'signals',
  expansion: 'signals',
  acquisition: 'signals',
  launch: 'signals',
  closure: 'signals',
  news: 'signals',
  award: 'signals',
}
const LABEL: Partial<Record<FactKind, string>> = {
  employees: 'Employees',
  founded: 'Founded',
  headquarters: 'Headquarters',
  office: 'Office',
  industry: 'Industry',
  offering: 'Offers',
  customer: 'Customer',
  partner: 'Partner',
  technology: 'Uses',
  revenue: 'Revenue',
  funding: 'Funding',
  hiring: 'Hiring',
  need: 'Need',
  budget: 'Budget',
  authority: 'Authority',
  timing: 'Timing',
  email: 'E-mail',
  phone: 'Phone',
}
const MOST_PER_SECTION = 8
const MOST_DESCRIPTIONS = 2

/** What a caller wants first of a company; kinds not named here follow in the order in which they were found. */
const FIRST: readonly FactKind[] = [
  'description',
  'industry',
  'employees',
  'headquarters',
  'revenue',
  'founded',
  'offering',
  'need',
  'budget',
  'authority',
  'timing',
  'expansion',
  'launch',
  'acquisition',
  'funding',
  'closure',
  'hiring',
  'award',
]
/** Asked for last: a seller has them at hand, or they are small talk. */
const LAST: readonly FactKind[] = ['news', 'email', 'phone']

function weight(kind: FactKind): number {
  const at = FIRST.indexOf(kind)
  return at >= 0 ? at : FIRST.length + LAST.indexOf(kind) + 1
}

/** One line a fact, as it is stored, and nothing twice: the first descriptions must not be pushed out by the tenth customer. */
export function briefByRules(facts: readonly StoredFact[]): BriefLine[] {
  const kept = withoutRepeats([...descriptionsOf(facts), ...facts.filter(fact => fact.kind !== 'description')])
  const lines = kept
    .toSorted((a, b) => weight(a.kind) - weight(b.kind))
    .map(fact => ({
      section: SECTION_OF[fact.kind] ?? ('company' as const),
      text: LABEL[fact.kind] === undefined ? fact.value : `${LABEL[fact.kind]}: ${fact.value}`,
      factIds: [fact.id],
    }))
  return BRIEF_SECTIONS.flatMap(section => lines.filter(line => line.section === section).slice(0, MOST_PER_SECTION))
}

/** A sentence that names the firm describes it best; one that only names a product stands under what they offer. */
function descriptionsOf(facts: readonly StoredFact[]): StoredFact[] {
  const offered = new Set(facts.flatMap(fact => (fact.kind === 'offering' ? [fact.quote] : [])))
  const rank = ({ quote, subject }: StoredFact) =>
    (quote.includes(companySpoken(subject)) ? 0 : 1) + (offered.has(quote) ? 2 : 0)
  return facts
    .filter(fact => fact.kind === 'description')
    .toSorted((a, b) => rank(a) - rank(b))
    .filter((fact, at) => at === 0 || (at < MOST_DESCRIPTIONS && rank(fact) < 2))
}

const fold = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** "Swansea" beside "Swansea, United Kingdom" says nothing new, and a date is told once, not as a need too. */
function withoutRepeats(facts: readonly StoredFact[]): StoredFact[] {
  const isOutdone = (fact: StoredFact): boolean =>
    facts.some(
      other =>
        other !== fact &&
        ((other.kind === fact.kind &&
          ` ${fold(other.value)} `.startsWith(` ${fold(fact.value)} `) &&
          fold(other.value) !== fold(fact.value)) ||
          (fact.kind === 'need' && other.kind === 'timing' && other.value === fact.value)),
    )
  return facts.filter(fact => !isOutdone(fact))
}

/** What is open by the qualification, as questions. */
export function openLines(qualification: Qualification | null): BriefLine[] {
  return (qualification?.factors ?? []).flatMap(({ question, status }) =>
    question === null || status === 'unmet' ? [] : [{ section: 'open' as const, text: question, factIds: [] }],
  )
}

/** Ids of facts follow each line in brackets, so that a reader can ask for the source. */
export function renderBrief(company: string, lines: readonly BriefLine[]): Brief {
  const parts = [`# ${plain(company)}`]
  for (const section of [...BRIEF_SECTIONS, 'open'] as const) {
    const own = lines.filter(line => line.section === section)
    if (own.length === 0) continue
    parts.push(
      `## ${TITLES[section]}`,
      own.map(line => `- ${plain(line.text)}${line.factIds.map(id => ` [${id}]`).join('')}`).join('\n'),
    )
  }
  return { lines: [...lines], markdown: `${parts.join('\n\n')}\n` }
}

/** Text from pages is shown, never rendered: Markdown that could link or embed is escaped. */
function plain(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]<>#|!]/g, mark => `\\${mark}`)
}

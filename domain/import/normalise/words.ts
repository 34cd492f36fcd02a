/** Cells that hold one of a few words: yes and no, industries, lead states, deal stages, languages. */
import { fold, labelKey } from './name.ts'
import { nearest } from './nearest.ts'

const YES = new Set('yes y true 1 x ja j wahr oui o vrai si s verdadero on checked'.split(' '))
const NO = new Set('no n false 0 nein falsch non faux falso off unchecked'.split(' '))

/** null when it is neither. */
export function parseBoolean(text: string): boolean | null {
  const word = fold(text.trim())
  return YES.has(word) ? true : NO.has(word) ? false : null
}

/** What stands in a cell to say that nothing does. "Null" with a capital is a family name and stays. */
const EMPTY = new Set([
  'n/a',
  'N/A',
  '#N/A',
  'n.a.',
  'null',
  'NULL',
  'nan',
  'NaN',
  '(blank)',
  '(none)',
  '-',
  '--',
  '—',
  '–',
  '?',
])
export function isEmptyCell(text: string): boolean {
  return text === '' || EMPTY.has(text)
}

const INDUSTRIES =
  `technology software hardware telecommunications medical healthcare pharmaceuticals biotechnology retail wholesale
 finance banking insurance accounting marketing advertising media entertainment publishing services consulting legal
 employment recruitment education manufacturing automotive aerospace construction engineering chemicals mining energy utilities
 agriculture logistics transportation hospitality restaurants tourism government nonprofit security electronics
 semiconductors textiles furniture sports gaming internet ecommerce maschinenbau informatik`
    .trim()
    .split(/\s+/)
const industries = new Set(INDUSTRIES)

/** An industry as written, but for one slip in a known word ("technolgy"). */
export function normaliseIndustry(text: string): string {
  const clean = text.trim()
  const word = fold(clean)
  if (industries.has(word)) return clean
  return nearest(word, industries) ?? clean
}

/** Our lead states for the words of other systems. What is not listed is null: the lead begins as new. */
const LEAD_STATUS: Record<string, string> = {
  new: 'new',
  open: 'new',
  'open not contacted': 'new',
  neu: 'new',
  offen: 'new',
  nouveau: 'new',
  nuevo: 'new',
  'in progress': 'working',
  'attempted to contact': 'working',
  connected: 'working',
  contacted: 'working',
  working: 'working',
  'working contacted': 'working',
  'open deal': 'working',
  'in bearbeitung': 'working',
  kontaktiert: 'working',
  nurture: 'nurture',
  nurturing: 'nurture',
  'bad timing': 'nurture',
  'not now': 'nurture',
  spater: 'nurture',
  qualified: 'qualified',
  qualifiziert: 'qualified',
  qualifie: 'qualified',
  'sales qualified lead': 'qualified',
  sql: 'qualified',
  unqualified: 'disqualified',
  disqualified: 'disqualified',
  'closed not converted': 'closed',
  junk: 'disqualified',
  unqualifiziert: 'disqualified',
  converted: 'converted',
  'closed converted': 'converted',
  customer: 'converted',
  konvertiert: 'converted',
  closed: 'closed',
  geschlossen: 'closed',
  lost: 'closed',
  dead: 'closed',
  archived: 'closed',
}
export function leadStatus(text: string): string | null {
  return LEAD_STATUS[labelKey(text)] ?? null
}

const WON = new Set([
  'won',
  'closed won',
  'closedwon',
  'gewonnen',
  'gagne',
  'gagnee',
  'ganado',
  'ganada',
  'abgeschlossen gewonnen',
])
const LOST = new Set([
  'lost',
  'closed lost',
  'closedlost',
  'verloren',
  'perdu',
  'perdue',
  'perdido',
  'perdida',
  'abgeschlossen verloren',
])

/** Whether a stage's or status's name says that the deal is over. */
export function stageKind(text: string): 'open' | 'won' | 'lost' {
  const word = labelKey(text)
  return WON.has(word) ? 'won' : LOST.has(word) ? 'lost' : 'open'
}

const LANGUAGES: Record<string, string> = {
  english: 'en',
  englisch: 'en',
  anglais: 'en',
  ingles: 'en',
  german: 'de',
  deutsch: 'de',
  allemand: 'de',
  aleman: 'de',
  french: 'fr',
  franzosisch: 'fr',
  francais: 'fr',
  frances: 'fr',
  spanish: 'es',
  spanisch: 'es',
  espagnol: 'es',
  espanol: 'es',
}
export function languageCode(text: string): string | null {
  const word = fold(text.trim())
  if (/^[a-z]{2}([-_][a-z]{2})?$/.test(word)) return word.slice(0, 2)
  return LANGUAGES[word] ?? null
}

/** A telephone number with digits, spaces and the plus kept; null when it has too few digits to be one. */
export function normalisePhone(text: string): string | null {
  const clean = text.trim().replace(/^'/, '').replace(/^tel:/i, '')
  const digits = clean.replace(/\D/g, '')
  if (digits.length < 5 || digits.length > 20 || /^\d+\.\d+e\+?\d+$/i.test(clean)) return null
  return clean.replace(/[\s\u00a0]+/g, ' ').replace(/^00(?=\d)/, '+')
}

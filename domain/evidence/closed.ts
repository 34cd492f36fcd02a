/** A notice that the company has closed puts everything else on the page that is told as present out of date. */
import { clauseIndexAt, clausesOf } from './clauses.ts'
import { isoDate, writtenDates } from './dates.ts'
import { CLOSED_COMPANY } from './negation-words.ts'
import type { Passage } from './passage.ts'
import type { Prepared } from './prepare.ts'
import { roleAt, textOf } from './prepare.ts'
import { subjectProblem } from './subject.ts'
import type { Span } from './text.ts'
import { fold, lastStartingBy, overlaps } from './text.ts'
import { passageAt } from './passage.ts'
import type { Claim, FactKind } from './types.ts'

/** What happened stays true after a company has closed. */
const HISTORY = new Set<FactKind>([
  'founded',
  'closure',
  'funding',
  'acquisition',
  'launch',
  'award',
  'news',
  'email',
  'phone',
])

/** A page that tells of its own end says so early and once; a long list of closings is news about others. */
const MOST_NOTICES = 20

const NOTICES = new WeakMap<Prepared, Span[]>()

export function closureObjection(claim: Claim, passage: Passage): string | null {
  if (HISTORY.has(claim.kind)) return null
  for (const notice of noticesIn(passage.prepared)) {
    if (overlaps(notice, passage.sentence)) continue
    if (closesPart(textOf(passage.prepared, notice))) continue
    const here = passageAt(passage.prepared, notice)
    if (subjectProblem(claim, here, []) !== null) continue
    const closed = writtenDates(textOf(passage.prepared, notice)).find(date => date.year !== null)
    const when = claim.when ? isoDate(claim.when) : null
    if (closed && when && when.year! < closed.year!) continue
    return 'the source says that the company has closed'
  }
  return null
}

/** "The shop in Edinburgh closed for good": a part is no company. */
function closesPart(sentence: string): boolean {
  const text = fold(sentence)
  const clauses = clausesOf(sentence)
  const at = text.search(CLOSED_COMPANY)
  const clause = clauses[clauseIndexAt(clauses, at)]!
  return PART.test(fold(sentence.slice(clause.start, Math.max(clause.start, at))))
}

const PART =
  /\b(?:shop|store|site|plant|branch|office|mill|factory|depot|warehouse|restaurant|hotel|werk|filiale|standort|niederlassung|usine|agence|fabrica|sucursal|tienda|servers?)\b/

function noticesIn(prepared: Prepared): Span[] {
  const known = NOTICES.get(prepared)
  if (known) return known
  const found = sentencesWithStems(prepared).filter(
    sentence =>
      sentence.end - sentence.start < 400 &&
      roleAt(prepared, sentence.start) !== 'hidden' &&
      CLOSED_COMPANY.test(fold(textOf(prepared, sentence))),
  )
  const first = found.slice(0, MOST_NOTICES)
  NOTICES.set(prepared, first)
  return first
}

const STEMS =
  /ceas|clos|bankrupt|insolv|out of business|dissol|wound up|liquid|shut|administration|receivership|no longer|eingestellt|geschlossen|cess|ferm|ces[oó]|cesad|cerrad/giu

/** Sentences that hold a stem of the notices: one scan of the raw text, so that a long source is not folded sentence by sentence. */
function sentencesWithStems(prepared: Prepared): Span[] {
  const found = new Set<Span>()
  for (const match of prepared.source.text.matchAll(STEMS)) {
    const sentence = prepared.sentences[lastStartingBy(prepared.sentences, match.index)]
    if (sentence && match.index < sentence.end) found.add(sentence)
  }
  return [...found]
}

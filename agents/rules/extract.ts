/**
 * Extraction by rules, for when no model answers: reads every line of every source that a visitor sees, sentence by
 * sentence, and yields claims. They go through the same evidence check as a model's.
 */
import type { Claim, EvidenceSource, Subject } from '../../domain/evidence/types.ts'
import { type Line, linesOf, sentencesOf } from '../lines.ts'
import { bantDrafts } from './bant.ts'
import { COMPANY_RULES } from './company.ts'
import { eventDrafts } from './events.ts'
import { leaderOnTwoLines, RELATION_RULES } from './relations.ts'
import type { Draft, Sentence } from './rule.ts'

const RULES = [...COMPANY_RULES, ...RELATION_RULES]
/** A sentence longer than this is a list or a legal text and states nothing plainly. */
const MAX_SENTENCE = 600

export function extractByRules(subject: Subject, sources: readonly EvidenceSource[]): Claim[] {
  return sources.flatMap(source => fromSource(subject, source))
}

function fromSource(subject: Subject, source: EvidenceSource): Claim[] {
  const claims: Claim[] = []
  const lines = linesOf(source).filter(line => line.role !== 'hidden' && line.role !== 'data')
  const put = (draft: Draft, start: number, end: number) => {
    claims.push({
      subject,
      kind: draft.kind,
      value: draft.value,
      quote: source.text.slice(start, end),
      sourceId: source.id,
    })
  }
  let heading = ''
  for (const [index, line] of lines.entries()) {
    for (const { start, end, text } of sentencesOf(line)) {
      if (text.length > MAX_SENTENCE) continue
      const sentence: Sentence = { text, role: line.role, heading, title: source.title ?? '' }
      for (const draft of draftsOf(sentence, source)) {
        put(draft, start + (draft.quote?.start ?? 0), draft.quote === undefined ? end : start + draft.quote.end)
      }
    }
    const next = lines[index + 1]
    if (next !== undefined) for (const draft of pairDrafts(line, next)) put(draft, line.start, next.end)
    if (line.kind === 'heading') heading = line.text
  }
  return claims
}

function draftsOf(sentence: Sentence, source: EvidenceSource): Draft[] {
  const company = RULES.flatMap(rule => rule(sentence))
  const bant = bantDrafts(sentence, source.kind)
  const events = eventDrafts(sentence, [
    ...company.filter(draft => draft.kind !== 'description' && draft.kind !== 'email'),
    ...bant,
  ])
  return unique([...company, ...events, ...bant])
}

function unique(drafts: readonly Draft[]): Draft[] {
  const seen = new Set<string>()
  return drafts.filter(draft => {
    const key = `${draft.kind}\n${draft.value}`
    return !seen.has(key) && seen.add(key) !== undefined
  })
}

const LABELS = /^[\p{L}][\p{L}’'.&/ -]{1,40}:?$/u

/** What two lines say together: a name over a title, or a label over or beside its value ("Employees" | "250"). */
function pairDrafts(first: Line, second: Line): Draft[] {
  const leader = leaderOnTwoLines(first.text, second.text)
  if (leader !== null) return [{ kind: 'leader', value: leader }]
  if (!LABELS.test(first.text) || second.text.length > 80 || first.kind === 'paragraph') return []
  const text = `${first.text.replace(/:$/, '')}: ${second.text}`
  const sentence: Sentence = { text, role: first.role, heading: '', title: '' }
  return RULES.flatMap(rule => rule(sentence)).filter(draft => LABELLED.has(draft.kind))
}

const LABELLED: ReadonlySet<Draft['kind']> = new Set([
  'employees',
  'founded',
  'headquarters',
  'industry',
  'leader',
] as const)

/** Reads one message or call note: its label, evidence for qualification, changes to the deal, and what to ask next. */
import { z } from 'zod'
import { checkClaim } from '../domain/evidence/check.ts'
import { canonical, locate } from '../domain/evidence/locate.ts'
import { splitSentences } from '../domain/evidence/sentences.ts'
import type { Claim, EvidenceSource, RejectCounts, Subject } from '../domain/evidence/types.ts'
import { parseDate } from '../domain/message/parse-date.ts'
import { HUMAN_LABELS, MESSAGE_LABELS } from '../domain/message/types.ts'
import { visibleText } from '../domain/message/visible.ts'
import { QUESTIONS } from '../domain/qualification/qualify.ts'
import { type Factor, METHODS } from '../domain/qualification/types.ts'
import { type AcceptedVerdict, type CheckClaim, checkClaims, type RejectedVerdict } from './claims.ts'
import { bantDrafts } from './rules/bant.ts'
import { type DealUpdate, readUpdate, UPDATE_FIELDS, updatesByRules } from './rules/deal-updates.ts'
import { CLEAR_MARGIN, type Labelled, labelByRules } from './rules/label.ts'
import type { Headers } from './rules/label-headers.ts'
import { type AgentContext, type Answered, askOrFallBack, settleRun } from './run.ts'
import { untrusted } from './untrusted.ts'

export interface ReadInput {
  /** The whole mail or note as stored; offsets in the result are those of its text. */
  source: EvidenceSource
  /** The company the sender speaks for, or the note is about. */
  subject: Subject
  /** Header names in lower case; empty for a note. */
  headers: Headers
  check?: CheckClaim
}

export interface ReadResult extends Answered {
  label: Labelled
  /** A person wrote it: sequences stop. */
  human: boolean
  /** ISO date from which it is worth writing again: back from leave, "after the 12th". Null where none is named. */
  until: string | null
  /** The colleague they point to. The address is one that stands in the text. */
  referredTo: { email: string; name: string | null } | null
  facts: { claim: Claim; verdict: AcceptedVerdict }[]
  rejected: { claim: Claim; verdict: RejectedVerdict }[]
  rejects: RejectCounts
  updates: DealUpdate[]
  unknown: { factor: Factor; question: string }[]
}

const FACTORS = METHODS.bant

export const readAnswer = z.strictObject({
  label: z.enum(MESSAGE_LABELS),
  label_quote: z.nullable(z.string()),
  facts: z.array(z.strictObject({ kind: z.enum(FACTORS), value: z.string(), quote: z.string() })),
  updates: z.array(z.strictObject({ field: z.enum(UPDATE_FIELDS), quote: z.string() })),
  unknown: z.array(z.strictObject({ factor: z.enum(FACTORS), question: z.string() })),
})

/** Characters of a message that a model reads; what people write first says what they want. */
export const READ_CHARS = 3000

/** Throws only `model_…` errors that trying later can help; everything else ends in the rules. */
export async function read(input: ReadInput, context: AgentContext): Promise<ReadResult> {
  const { source, subject } = input
  const visible = visibleText(source.text).body
  const isNote = source.kind === 'call_note'
  const byRules = isNote ? NOTE : labelByRules(input.headers, source.text, visible)
  const text = `${isNote ? 'A call note' : 'A message'}, about ${subject.name.slice(0, 120)}, of ${source.fetchedAt.slice(0, 10)}:\n\n${untrusted(visible.slice(0, READ_CHARS))}`
  // What a machine sent needs no reading by a model.
  const reading = byRules.proof === 'headers' ? { ...context, gateway: null } : context
  const answered = await askOrFallBack('reader', text, readAnswer, reading)
  const { value } = answered
  const label = isNote || value === null ? byRules : betterLabel(byRules, value, visible)
  const speaks = isNote || HUMAN_LABELS.includes(label.label)
  // Offsets in the visible part are offsets in the whole: it is the beginning.
  const part: EvidenceSource = { ...source, text: visible }
  const claims = speaks
    ? value === null
      ? factsByRules(subject, part)
      : value.facts.map(fact => ({ subject, sourceId: source.id, ...fact }))
    : []
  const checked = checkClaims(claims, [part], input.check ?? checkClaim)
  await settleRun(answered, checked.rejects, context)
  const { by, fallback, run } = answered
  return {
    by,
    fallback,
    run,
    label,
    human: !isNote && HUMAN_LABELS.includes(label.label),
    until: UNTIL_LABELS.has(label.label) ? untilDate(label, visible, source.fetchedAt) : null,
    referredTo:
      label.label === 'referral' || label.label === 'left_company'
        ? referredTo(visible, input.headers['from'] ?? '')
        : null,
    ...checked,
    updates: speaks ? updates(value, visible, source.fetchedAt) : [],
    unknown: speaks
      ? openQuestions(
          checked.facts.map(fact => fact.claim.kind),
          value?.unknown ?? [],
        )
      : [],
  }
}

const NOTE: Labelled = { label: 'other', proof: 'none', sentence: null, margin: 0, why: 'a call note' }
const UNTIL_LABELS: ReadonlySet<string> = new Set(['not_now', 'out_of_office'])

/** Clear phrases go before the model's word; the model's word needs its sentence to stand in the text. */
function betterLabel(byRules: Labelled, answer: z.infer<typeof readAnswer>, visible: string): Labelled {
  if (byRules.proof === 'headers' || (byRules.proof === 'phrases' && byRules.margin >= CLEAR_MARGIN)) return byRules
  const [place] = answer.label_quote === null ? [] : locate(canonical(visible), answer.label_quote, 1)
  if (place === undefined) return byRules
  return { label: answer.label, proof: 'model', sentence: place, margin: 0, why: 'read by the model' }
}

function factsByRules(subject: Subject, source: EvidenceSource): Claim[] {
  return splitSentences(source.text, { lineBreaks: 'wrapped' }).flatMap(({ start, end }) => {
    const text = source.text.slice(start, end)
    const sentence = {
      text,
      role: 'main' as const,
      kind: 'paragraph' as const,
      heading: '',
      title: '',
      dated: false,
      isSubject: () => false,
    }
    return bantDrafts(sentence, source.kind).map(({ kind, value }) => ({
      subject,
      kind,
      value,
      quote: text,
      sourceId: source.id,
    }))
  })
}

/** The model names sentences, code finds and reads them; a sentence that is not there, or says no such thing, is dropped. */
function updates(answer: z.infer<typeof readAnswer> | null, visible: string, reference: string): DealUpdate[] {
  const found = new Map(updatesByRules(visible, reference).map(update => [update.field, update]))
  const text = canonical(visible)
  for (const { field, quote } of answer?.updates ?? []) {
    const [place] = locate(text, quote, 1)
    if (place === undefined || found.has(field)) continue
    const update = readUpdate(field, visible.slice(place.start, place.end), place.start, reference)
    if (update !== null) found.set(field, update)
  }
  return [...found.values()]
}

function openQuestions(
  found: readonly string[],
  asked: readonly { factor: Factor; question: string }[],
): ReadResult['unknown'] {
  return FACTORS.filter(factor => !found.includes(factor)).map(factor => {
    const question = asked.find(open => open.factor === factor)?.question.trim()
    return {
      factor,
      question: question === undefined || question === '' || question.length > 200 ? QUESTIONS[factor] : question,
    }
  })
}

/** The date of the deciding sentence, else the first one of the message. */
function untilDate(label: Labelled, visible: string, reference: string): string | null {
  const sentence = label.sentence === null ? '' : visible.slice(label.sentence.start, label.sentence.end)
  return (parseDate(sentence, reference) ?? parseDate(visible, reference))?.iso ?? null
}

const EMAIL = /(?<![\w.+-])[\w.+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/u
const NAME_NEAR = /((?:\p{Lu}[\p{L}'’-]+)(?:\s+(?:van|von|de|der|la|le))*\s+\p{Lu}[\p{L}'’-]+)/u

function referredTo(visible: string, from: string): ReadResult['referredTo'] {
  for (const match of visible.matchAll(new RegExp(EMAIL.source, 'gu'))) {
    const email = match[0].replace(/\.$/, '')
    if (from.toLowerCase().includes(email.toLowerCase())) continue
    return { email, name: nameFor(email, visible) }
  }
  return null
}

/** A name of the text that the address is made of: "Helen Marsh" for helen.marsh@ or hmarsh@. */
function nameFor(email: string, visible: string): string | null {
  const local = fold(email.split('@')[0] ?? '')
  for (const match of visible.matchAll(new RegExp(NAME_NEAR.source, 'gu'))) {
    const words = match[0].split(/\s+/).map(fold)
    if (words.some(word => word.length > 2 && local.includes(word))) return match[0]
  }
  return null
}

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

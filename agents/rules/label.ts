/** Labels a message by order of proof: protocol, then phrases; what neither tells is left to the model, else it is `other`. */
import { HUMAN_LABELS, type MessageLabel } from '../../domain/message/types.ts'
import { splitSentences } from '../../domain/evidence/sentences.ts'
import { type Headers, labelByHeaders } from './label-headers.ts'
import { ASKS, PHRASES, SMALL_TALK } from './label-phrases.ts'

export interface Labelled {
  label: MessageLabel
  proof: 'headers' | 'phrases' | 'model' | 'none'
  /** Range of the sentence that decides, in the visible text; null where headers or nothing decided. */
  sentence: { start: number; end: number } | null
  /** 0 to 1: how far the label stands before the next one; 1 where only one was in question. */
  margin: number
  why: string
}

/** Below this a model's word, where there is one, goes before the phrases'. */
export const CLEAR_MARGIN = 0.15

export function labelByRules(headers: Headers, text: string, visible: string): Labelled {
  const protocol = labelByHeaders(headers, text)
  if (protocol?.kind === 'label')
    return { label: protocol.label, proof: 'headers', sentence: null, margin: 1, why: protocol.why }
  const spoken = labelByPhrases(visible)
  if (protocol === null) return spoken
  // A machine wrote it: its words may say which kind, but never that a person is interested.
  if (spoken.proof === 'phrases' && !HUMAN_LABELS.includes(spoken.label))
    return { ...spoken, proof: 'headers', why: protocol.why }
  const absence = scores(visible).find(score => score.label === 'out_of_office' || score.label === 'left_company')
  return {
    label: absence?.label ?? 'auto_reply',
    proof: 'headers',
    sentence: absence?.sentence ?? null,
    margin: 1,
    why: protocol.why,
  }
}

interface Score {
  label: MessageLabel
  weight: number
  sentence: { start: number; end: number }
}

export function labelByPhrases(visible: string): Labelled {
  const [best, ...others] = scores(visible)
  if (best === undefined) return { label: 'other', proof: 'none', sentence: null, margin: 0, why: 'no telling phrase' }
  const next = others.find(other => other.label !== best.label)
  return {
    label: best.label,
    proof: 'phrases',
    sentence: best.sentence,
    margin: next === undefined ? 1 : (best.weight - next.weight) / best.weight,
    why: 'telling phrase',
  }
}

/** The best sentence of each label, heaviest first; of equal ones the earlier. */
function scores(visible: string): Score[] {
  const best = new Map<MessageLabel, Score>()
  const put = (label: MessageLabel, weight: number, sentence: { start: number; end: number }) => {
    if (weight > (best.get(label)?.weight ?? 0)) best.set(label, { label, weight, sentence })
  }
  for (const sentence of splitSentences(visible, { lineBreaks: 'wrapped' })) {
    const text = visible.slice(sentence.start, sentence.end)
    if (text.length > 600) continue
    for (const { label, weight, forms, unless } of PHRASES) {
      if (unless?.test(text)) continue
      const hits = forms.filter(form => form.test(text)).length
      if (hits > 0) put(label, weight + (hits - 1) * 0.1, sentence)
    }
    if (ASKS.test(text) && !SMALL_TALK.test(text)) put('question', 1.1, sentence)
  }
  return [...best.values()].sort((a, b) => b.weight - a.weight || a.sentence.start - b.sentence.start)
}

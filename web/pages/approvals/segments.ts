/** A body in pieces: its sentences where they stand, and what lies between them. */
export interface Sentence {
  text: string
  by: string
  quotes: readonly { id: string; quote: string; sourceId: string; url: string | null }[]
}

export interface Segment {
  text: string
  sentence: Sentence | null
}

/** Joined again, the pieces are the text. A sentence that does not stand in it, in its turn, is left out. */
export function segmentsOf(text: string, sentences: readonly Sentence[]): Segment[] {
  const segments: Segment[] = []
  let at = 0
  for (const sentence of sentences) {
    const start = sentence.text === '' ? -1 : text.indexOf(sentence.text, at)
    if (start < 0) continue
    if (start > at) segments.push({ text: text.slice(at, start), sentence: null })
    at = start + sentence.text.length
    segments.push({ text: sentence.text, sentence })
  }
  if (at < text.length) segments.push({ text: text.slice(at), sentence: null })
  return segments
}

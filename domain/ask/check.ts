/**
 * The check on every sentence of an answer. What points at nothing that this run looked at is dropped; a number or date that no look
 * brought up is marked. That a sentence says the right thing about a record it points at is not checked: one sees the record by its link.
 */
import type { KnownNumbers } from './numbers.ts'
import type { Said, Seen, Sentence } from './types.ts'

export interface Ground {
  record: (alias: string) => Seen | undefined
  isLook: (name: string) => boolean
  numbers: KnownNumbers
}

export type Checked = { kept: Sentence } | { dropped: 'not_found' | 'empty' }

const MOST_CHARS = 600

export function checkSentence({ text: given, records: named }: Said, ground: Ground): Checked {
  const text = given.replaceAll(/\s+/g, ' ').trim().slice(0, MOST_CHARS)
  if (text === '') return { dropped: 'empty' }
  const records = new Map<string, Seen>()
  let looks = 0
  for (const name of named) {
    const seen = ground.record(name)
    if (seen !== undefined) records.set(seen.alias, seen)
    else if (ground.isLook(name.trim().toLowerCase())) looks += 1
  }
  if (records.size === 0 && looks === 0) return { dropped: 'not_found' }
  return {
    kept: {
      // The names by which the run spoke of records say nothing to people.
      text: text.replaceAll(/\s*[([]?(?:lead|account|contact|deal|look)-\d+[)\]]?/g, ''),
      records: [...records.values()].map(({ kind, id, name }) => ({ kind, id, name })),
      unsupported: ground.numbers.missingIn(text.replaceAll(/\b(?:lead|account|contact|deal|look)-\d+\b/g, ''), [
        records.size,
      ]),
    },
  }
}

/** Keys and words that a schema has for the place one writes at. */
import type { Completion, CompletionContext, CompletionResult, CompletionSource } from '@codemirror/autocomplete'
import { fitting, type Schema, schemasAt, wordsOf } from './schema.ts'
import { whereIs } from './yaml-path.ts'

export interface Offer {
  word: string
  kind: 'key' | 'value'
  about: string | undefined
  /** It has to be there. */
  needed: boolean
}

/** @param before the text up to the cursor */
export function offersAt(schema: Schema, before: string): { offers: Offer[]; word: string } {
  const { path, expects, beside, word } = whereIs(before)
  const here = schemasAt(schema, path)
  const keys = expects === 'value' ? [] : keysOf(fitting(here, beside), beside)
  const values = expects === 'key' || beside.size > 0 ? [] : valuesOf(here)
  return { offers: [...keys, ...values], word }
}

function keysOf(schemas: readonly Schema[], beside: ReadonlyMap<string, string | null>): Offer[] {
  const offers = new Map<string, Offer>()
  for (const { properties = {}, required = [] } of schemas) {
    for (const [word, { description }] of Object.entries(properties)) {
      const needed = required.includes(word)
      if (!beside.has(word) && !offers.has(word)) offers.set(word, { word, kind: 'key', about: description, needed })
    }
  }
  return [...offers.values()]
}

function valuesOf(schemas: readonly Schema[]): Offer[] {
  const offers = new Map<string, Offer>()
  for (const schema of schemas) {
    for (const word of wordsOf(schema) ?? schema.examples ?? [])
      if (!offers.has(word)) offers.set(word, { word, kind: 'value', about: schema.description, needed: false })
  }
  return [...offers.values()]
}

/** @param schema of the language, as it is known when it is asked for */
export function completionSource(schema: () => Schema | undefined): CompletionSource {
  return ({ state, pos, explicit }: CompletionContext): CompletionResult | null => {
    const known = schema()
    if (!known) return null
    const { offers, word } = offersAt(known, state.sliceDoc(0, pos))
    if (offers.length === 0 || (!explicit && word === '' && !/[:\s{,-]$/.test(state.sliceDoc(pos - 1, pos))))
      return null
    const follows = state.sliceDoc(pos, pos + 1)
    return {
      from: pos - word.length,
      options: offers.map(offer => optionOf(offer, follows)),
      validFor: /^[\w.-]*$/,
    }
  }
}

function optionOf({ word, kind, about, needed }: Offer, follows: string): Completion {
  return {
    label: word,
    apply: kind === 'key' && follows !== ':' ? `${word}: ` : word,
    ...(needed ? { detail: 'needed' } : {}),
    ...(about === undefined ? {} : { info: about }),
    boost: needed ? 1 : 0,
  }
}

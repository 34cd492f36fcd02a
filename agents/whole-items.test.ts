import fc from 'fast-check'
import { expect, it } from 'vitest'
import { wholeItems } from './whole-items.ts'

it('gives each item once it is whole, whatever stands in its strings', () => {
  const item = fc.record({ text: fc.string(), records: fc.array(fc.string(), { maxLength: 3 }) })
  fc.assert(
    fc.property(fc.array(item, { maxLength: 5 }), fc.nat(), (sentences, cut) => {
      const text = JSON.stringify({ sentences })
      const soFar = text.slice(0, cut % (text.length + 1))
      const whole = wholeItems(soFar).map(one => JSON.parse(one) as unknown)
      expect(whole).toEqual(sentences.slice(0, whole.length))
      expect(wholeItems(text)).toHaveLength(sentences.length)
      // Nothing that is whole is held back.
      const end = JSON.stringify({ sentences: sentences.slice(0, 1) }).length - 2
      expect(whole.length).toBeGreaterThanOrEqual(sentences.length > 0 && soFar.length >= end ? 1 : 0)
    }),
  )
})

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { segmentsOf } from './segments.ts'

const sentence = (text: string) => ({ text, by: 'facts', quotes: [] })

it('finds sentences in their turn', () => {
  const [first, second] = [sentence('You make pumps.'), sentence('You make pumps.')]
  const found = segmentsOf('Hello. You make pumps.\n\nYou make pumps. Bye', [first, second])
  expect(found.map(one => one.text)).toEqual(['Hello. ', 'You make pumps.', '\n\n', 'You make pumps.', ' Bye'])
  expect(found.map(one => one.sentence)).toEqual([null, first, null, second, null])
})

it('leaves out what does not stand there', () => {
  expect(segmentsOf('One. Two.', [sentence('Three.'), sentence(''), sentence('Two.')]).map(one => one.text)).toEqual([
    'One. ',
    'Two.',
  ])
})

it('loses nothing of the text', () => {
  fc.assert(
    fc.property(fc.string(), fc.array(fc.string()), (text, parts) => {
      expect(
        segmentsOf(text, parts.map(sentence))
          .map(one => one.text)
          .join(''),
      ).toBe(text)
    }),
  )
})

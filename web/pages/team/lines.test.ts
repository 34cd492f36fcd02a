import fc from 'fast-check'
import { expect, test } from 'vitest'
import { linesChanged } from './lines.ts'

const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 8 }).map(lines => lines.join('\n'))
const side = (parts: ReturnType<typeof linesChanged>, not: string) =>
  parts
    .filter(({ change }) => change !== not)
    .map(part => part.text)
    .join('\n')

test('what stayed and went is the text before, what stayed and came is the text after', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const parts = linesChanged(before, after)
      expect(side(parts, 'added')).toBe(before)
      expect(side(parts, 'removed')).toBe(after)
    }),
  )
})

test('equal texts have one part; a line in between is the only change', () => {
  expect(linesChanged('a\nb', 'a\nb')).toEqual([{ change: 'same', text: 'a\nb' }])
  expect(linesChanged('a\nb', 'a\nnew\nb')).toEqual([
    { change: 'same', text: 'a' },
    { change: 'added', text: 'new' },
    { change: 'same', text: 'b' },
  ])
})

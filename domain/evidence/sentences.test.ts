import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { splitSentences } from './sentences.ts'

const split = (text: string, lineBreaks: 'bound' | 'wrapped' = 'bound') =>
  splitSentences(text, { lineBreaks }).map(({ start, end }) => text.slice(start, end))

describe('sentences', () => {
  test.each([
    ['We sell. You buy.', ['We sell.', 'You buy.']],
    ['Acme Inc. announced it. We cheer.', ['Acme Inc. announced it.', 'We cheer.']],
    ['We are Acme Inc. We make nails.', ['We are Acme Inc.', 'We make nails.']],
    ['Dr. A. B. Meyer leads 3.5 teams. Yes!', ['Dr. A. B. Meyer leads 3.5 teams.', 'Yes!']],
    ['Am 3. März 2024 kam er. Am 4. 5. ging er.', ['Am 3. März 2024 kam er.', 'Am 4. 5. ging er.']],
    ['Umsatz 71,5 Mio. Euro. Gut.', ['Umsatz 71,5 Mio. Euro.', 'Gut.']],
    ['Das gilt z. B. hier. Und dort.', ['Das gilt z. B. hier.', 'Und dort.']],
    ['- one\n- two\nThree', ['- one', '- two', 'Three']],
    ['He said: "Stop." Then he left.', ['He said: "Stop."', 'Then he left.']],
    ['Really? Yes… No', ['Really?', 'Yes…', 'No']],
    ['See acme.com for more. Thanks.', ['See acme.com for more.', 'Thanks.']],
    ['The U.S. market grew. It did.', ['The U.S. market grew.', 'It did.']],
    ['1. First thing. 2. Second thing.', ['1. First thing.', '2. Second thing.']],
  ])('%j', (text, expected) => {
    expect(split(text)).toEqual(expected)
  })

  test('a wrapped line goes on, a list and an empty line do not', () => {
    const text = 'We have no budget for this\nuntil the summer.\n\nRegards\n- one\n- two'
    expect(split(text, 'wrapped')).toEqual([
      'We have no budget for this\nuntil the summer.',
      'Regards',
      '- one',
      '- two',
    ])
  })

  test('covers every character that is not white space, in order, without overlap', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'B', '1', '.', '!', ' ', '\n', '"', 'Dr', 'é'), maxLength: 80 }),
        text => {
          let at = 0
          for (const { start, end } of splitSentences(text)) {
            expect(text.slice(at, start).trim()).toBe('')
            expect(end).toBeGreaterThan(start)
            at = end
          }
          expect(text.slice(at).trim()).toBe('')
        },
      ),
    )
  })
})

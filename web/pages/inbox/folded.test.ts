import { expect, test } from 'vitest'
import { folded } from './folded.ts'

const MAIL = 'Tuesday suits us.\n\nOn Mon, 3 Nov 2025, Riva wrote:\n> Shall we talk on Tuesday?'

test('what a mail quotes is folded away, whatever the program', () => {
  expect(folded(MAIL, null)).toEqual({
    shown: 'Tuesday suits us.',
    rest: 'On Mon, 3 Nov 2025, Riva wrote:\n> Shall we talk on Tuesday?',
  })
  expect(folded('Gern.\n\nAm 3. November schrieb Riva <r@x.example>:\n> Passt Dienstag?', null).shown).toBe('Gern.')
})

test('all of it stays where there is nothing else, or where the sentence that decided is in it', () => {
  for (const [text, quote] of [
    ['> only this', null],
    ['No quotes here.', null],
    [MAIL, 'Shall we talk on Tuesday?'],
  ] as const)
    expect(folded(text, quote)).toEqual({ shown: text, rest: '' })
  expect(folded(MAIL, 'Tuesday suits us.').rest).not.toBe('')
})

/** Clauses: where they begin, what they hang on, and that they cover any text in order. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clausesOf } from './clauses.ts'

const read = (text: string) =>
  clausesOf(text).map(({ role, start, end }) => `${role}: ${text.slice(start, end).trim()}`)

describe('clausesOf', () => {
  it.each([
    [
      'We run on BrewMan, which we would love to leave.',
      ['main: We run on BrewMan,', 'relative: which we would love to leave.'],
    ],
    [
      'Decision sits with the partners, she only recommends.',
      ['main: Decision sits with the partners,', 'main: she only recommends.'],
    ],
    [
      'If the deal closes, we will hire 40 people, and Bob leads the team.',
      ['condition: If the deal closes,', 'main: we will hire 40 people,', 'main: and Bob leads the team.'],
    ],
    [
      'Pellow, a specialist that employs 38 people and earned £5m last year, has agreed.',
      [
        'main: Pellow, a specialist',
        'relative: that employs 38 people',
        'relative: and earned £5m last year,',
        'main: has agreed.',
      ],
    ],
    ['Rumours that he is leaving persist.', ['main: Rumours', 'content: that he is leaving persist.']],
    [
      'The chain, backed by Thornbury, has grown.',
      ['main: The chain,', 'relative: backed by Thornbury,', 'main: has grown.'],
    ],
    ['Alex and Mike founded it.', ['main: Alex and Mike founded it.']],
    ['Wir nutzen Hausmann, sofern das Netz hält.', ['main: Wir nutzen Hausmann,', 'condition: sofern das Netz hält.']],
  ])('%s', (text, clauses) => {
    expect(read(text)).toEqual(clauses)
  })

  it('covers any text in order, without a gap', () => {
    const word = fc.constantFrom(
      'we',
      'which',
      'employs',
      'and',
      'if',
      '40',
      'people',
      ',',
      ';',
      '(',
      ')',
      'Leeds',
      'that',
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 24 }), words => {
        const text = words.join(' ')
        const clauses = clausesOf(text)
        expect(clauses[0]!.start).toBe(0)
        expect(clauses.at(-1)!.end).toBe(text.length)
        clauses.slice(1).forEach((clause, index) => expect(clause.start).toBe(clauses[index]!.end))
        clauses.forEach((clause, index) => expect(clause.parent).toBeLessThan(index))
      }),
    )
  })
})

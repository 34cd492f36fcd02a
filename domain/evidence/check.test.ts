import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkClaim, countRejects } from './check.ts'
import type { Claim, EvidenceSource, FactKind, Subject } from './types.ts'

const company = (name: string, ...aliases: string[]): Subject => ({ name, aliases, domain: null })
const hexby = company('Hexby Tools Ltd', 'Hexby Tools', 'Hexby')

const text = [
  'Hexby was started in a shed in Leeds by Nora Finch in 1994.',
  'We are a family business with 72 people on the payroll and two showrooms.',
  'Last year our revenue was £8.4m.',
  "Hexby doesn't make power tools any more.",
  'In spring 2028 Hexby hopes to open a shop in York.',
  'Our supplier Birch Steel, a mill in Hull, employs 900 people.',
  '“We saved 30 percent,” says Maria Lopez, COO of Delta Bank.',
  'Nora Finch stepped down in 2021, and Iris Finch is now managing director.',
].join('\n')
const page: EvidenceSource = { id: 's', kind: 'page', text, publisher: hexby, fetchedAt: '2026-01-15T00:00:00Z' }

function verdict(
  kind: FactKind,
  value: string,
  quote: string,
  more: Partial<Claim> = {},
  source: EvidenceSource = page,
) {
  const result = checkClaim({ subject: hexby, kind, value, quote, sourceId: source.id, ...more }, source)
  return result.ok ? 'ok' : result.reason
}

test.each<[FactKind, string, string, string]>([
  ['founded', '1994', 'Hexby was started in a shed in Leeds by Nora Finch in 1994', 'ok'],
  ['founded', '1949', 'Hexby was started in a shed in Leeds by Nora Finch in 1994', 'unsupported'],
  ['founded', '1994', 'Hexby was started in a shed in Leeds by Nora Finch in 1949', 'not_found'],
  ['employees', '72', 'We are a family business with 72 people on the payroll', 'ok'],
  ['employees', '2', '2 people on the payroll', 'not_found'],
  ['employees', '900', 'employs 900 people', 'wrong_subject'],
  ['revenue', 'GBP 8,400,000', 'Last year our revenue was £8.4m', 'ok'],
  ['revenue', '$8.4 million', 'Last year our revenue was £8.4m', 'unsupported'],
  ['revenue', '£8.4 billion', 'Last year our revenue was £8.4m', 'unsupported'],
  ['offering', 'power tools', 'make power tools', 'negated'],
  ['office', 'York', 'open a shop in York', 'negated'],
  ['expansion', 'hopes to open a shop in York', 'open a shop in York', 'ok'],
  ['news', 'saved 30 percent', 'We saved 30 percent', 'wrong_subject'],
  ['leader', 'Maria Lopez, COO', 'says Maria Lopez, COO of Delta Bank', 'wrong_subject'],
  ['leader', 'Nora Finch, managing director', 'Nora Finch stepped down in 2021', 'negated'],
  ['leader', 'Iris Finch, managing director', 'Iris Finch is now managing director', 'ok'],
])('%s = %s on "%s": %s', (kind, value, quote, expected) => {
  expect(verdict(kind, value, quote)).toBe(expected)
})

describe('whose voice', () => {
  const claim = { subject: company('Birk Energi AS', 'Birk Energi') }
  test('"we" is the publisher, not the subject', () => {
    expect(verdict('employees', '72', 'We are a family business with 72 people', claim)).toBe('wrong_subject')
  })
  test('without a publisher "we" is nobody', () => {
    expect(
      verdict('employees', '72', 'We are a family business with 72 people', {}, { ...page, publisher: null }),
    ).toBe('wrong_subject')
  })
  test('the quoted part of a mail is not its sender’s', () => {
    const mail: EvidenceSource = {
      ...page,
      kind: 'mail',
      text: 'We have 40 drivers.\n\nOn Tue, 7 Oct 2025 at 09:12, Jo wrote:\n> we have 300 employees\n> and 12 offices',
    }
    expect(verdict('employees', '300', 'we have 300 employees', {}, mail)).toBe('wrong_subject')
    expect(verdict('employees', '40 drivers', 'We have 40 drivers', {}, mail)).toBe('ok')
  })
  test('a section about another company is that company’s', () => {
    const body = 'Birk Energi buys Orlo\nAbout Orlo\nWe have 31 employees in Jena and were founded in 1990.'
    const headings = [0, 22].map((start, index) => ({
      start,
      end: start + [21, 10][index]!,
      kind: 'heading' as const,
      level: index + 1,
    }))
    const source: EvidenceSource = {
      ...page,
      text: body,
      publisher: claim.subject,
      blocks: [...headings, { start: 33, end: body.length, kind: 'paragraph' }],
    }
    expect(verdict('employees', '31', 'We have 31 employees', claim, source)).toBe('wrong_subject')
    expect(verdict('employees', '31', 'We have 31 employees', { subject: company('Orlo') }, source)).toBe('ok')
  })
})

describe('where it stands', () => {
  const hidden: EvidenceSource = {
    ...page,
    text: 'We sell nails.\nWe have 900 employees.',
    regions: [
      { start: 0, end: 15, role: 'main' },
      { start: 15, end: 37, role: 'hidden' },
    ],
  }
  test('hidden text supports nothing', () => {
    expect(verdict('employees', '900', 'We have 900 employees', {}, hidden)).toBe('unsupported')
  })
  test('one visible copy is enough', () => {
    const both = {
      ...hidden,
      text: `${hidden.text}\nWe have 900 employees.`,
      regions: [...hidden.regions!, { start: 37, end: 60, role: 'main' as const }],
    }
    expect(verdict('employees', '900', 'We have 900 employees', {}, both)).toBe('ok')
  })
  test('a table’s column says the year, its heads the unit', () => {
    const table: EvidenceSource = {
      ...page,
      text: 'Figure\t2023\t2024\nRevenue (EUR million)\t19.5\t21.0\nEmployees\t110\t120',
    }
    expect(verdict('revenue', 'EUR 21 million (2024)', 'Revenue (EUR million) 19.5 21.0', {}, table)).toBe('ok')
    expect(verdict('revenue', 'EUR 19.5 million (2024)', 'Revenue (EUR million) 19.5 21.0', {}, table)).toBe(
      'unsupported',
    )
    expect(verdict('employees', '110', 'Employees 110 120', {}, table)).toBe('unsupported')
  })
  test('a notice of closing puts what is told as present out of date', () => {
    const closed: EvidenceSource = {
      ...page,
      text: 'Hexby Tools ceased trading on 31 March 2023.\nWe sell hand planes.',
    }
    expect(verdict('offering', 'hand planes', 'We sell hand planes', {}, closed)).toBe('negated')
    expect(
      verdict(
        'closure',
        'ceased trading',
        'Hexby Tools ceased trading on 31 March 2023',
        { when: '2023-03-31' },
        closed,
      ),
    ).toBe('ok')
  })
  test('a number of long ago needs its date', () => {
    const old: EvidenceSource = { ...page, dated: '2014-06-03' }
    expect(verdict('employees', '72', 'with 72 people on the payroll', { when: '2014-06-03' }, old)).toBe('ok')
    expect(verdict('employees', '72', 'with 72 people on the payroll', { when: '2026-01-01' }, old)).toBe('negated')
  })
})

test('counts rejects by reason', () => {
  const verdicts = [verdict('founded', '1994', 'nowhere'), verdict('founded', '1949', 'by Nora Finch in 1994')]
  expect(verdicts).toEqual(['not_found', 'unsupported'])
  const results = ['nowhere', 'by Nora Finch in 1994'].map(quote =>
    checkClaim({ subject: hexby, kind: 'founded', value: '1949', quote, sourceId: 's' }, page),
  )
  expect(countRejects(results)).toEqual({ not_found: 1, wrong_subject: 0, unsupported: 1, negated: 0 })
})

describe('properties', () => {
  test('an accepted quote is its slice, in its sentence, and another number is never accepted', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 1800 }),
        fc.integer({ min: 3, max: 1800 }),
        fc.constantFrom('We have', 'Hexby employs', 'Our team counts', 'Today Hexby has'),
        fc.constantFrom('employees', 'people', 'staff'),
        (count, claimed, opening, noun) => {
          const sentence = `${opening} ${count} ${noun} in Leeds.`
          const source: EvidenceSource = { ...page, text: `Hexby Tools makes planes.\n${sentence}\nVisit us.` }
          const result = checkClaim(
            { subject: hexby, kind: 'employees', value: String(claimed), quote: sentence, sourceId: 's' },
            source,
          )
          expect(result.ok).toBe(count === claimed)
          const right = checkClaim(
            { subject: hexby, kind: 'employees', value: String(count), quote: sentence, sourceId: 's' },
            source,
          )
          expect(right.ok).toBe(true)
          if (!right.ok) return
          expect(source.text.slice(right.start, right.end)).toBe(right.quote)
          expect(right.sentence.start).toBeLessThanOrEqual(right.start)
          expect(right.sentence.end).toBeGreaterThanOrEqual(right.end)
        },
      ),
    )
  })

  test('never throws, whatever the source and the claim', () => {
    const piece = fc.constantFrom(
      'Hexby',
      ' ',
      '\n',
      '“',
      '"',
      '12',
      ',',
      '.',
      '(',
      ')',
      'We',
      ' not ',
      'GmbH',
      '€',
      '%',
      '-',
      '\t',
      '> ',
      'in 2024',
      '😀',
      'é',
      '?',
    )
    const any = fc.array(piece, { maxLength: 40 }).map(pieces => pieces.join(''))
    fc.assert(
      fc.property(
        any,
        any,
        any,
        fc.constantFrom<FactKind>('employees', 'leader', 'revenue', 'acquisition', 'phone', 'headquarters'),
        (body, quote, value, kind) => {
          const source: EvidenceSource = { ...page, text: `${body}${quote}` }
          const result = checkClaim({ subject: hexby, kind, value, quote, sourceId: 's' }, source)
          const slice = result.ok ? source.text.slice(result.start, result.end) : null
          expect(slice).toBe(result.ok ? result.quote : null)
        },
      ),
      { numRuns: 300 },
    )
  })
})

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonical, locate } from './locate.ts'

const find = (source: string, quote: string) =>
  locate(canonical(source), quote).map(({ start, end }) => source.slice(start, end))

describe('token bounds', () => {
  test.each([
    ['We have 12 million users', '2 million'],
    ['We have 1.2 million users', '2 million'],
    ['We have 2 millionaires', '2 million'],
    ['We have 12 000 users', '000 users'],
    ['We have 12,500 users', '500 users'],
    ["We have 12'500 users", '500 users'],
    ['51-200 employees', '200 employees'],
    ['51–200 employees', '200 employees'],
    ['Founded in 2011', 'in 201'],
    ['Karin Lindqvist', 'Karin Lind'],
    ['We are a non-profit', 'profit'],
    ['The ex-CEO spoke', 'CEO spoke'],
    ["We don't sell", 'We don'],
    ['growth of -5 percent', '5 percent'],
    ['info@acme.example', 'acme.example'],
    ['open 24/7 for you', '7 for you'],
    ['AT&T sells', 'T sells'],
    ['version 3.5', 'version 3'],
    ['Straße', 'Stra'],
    ['𝟏𝟐 apples', '𝟐 apples'],
  ])('%s does not hold %s', (source, quote) => expect(find(source, quote)).toEqual([]))

  test.each([
    ['In May 2024 250 people came', '250 people'],
    ['Founded in 2019.We grew', 'Founded in 2019'],
    ['We have $2 million', '2 million'],
    ['(12 million)', '12 million'],
    ['12 million, they say', '12 million'],
    ['„Wir sind 12“', 'Wir sind 12'],
  ])('%s holds %s', (source, quote) => expect(find(source, quote)).toEqual([quote]))
})

describe('what is forgiven', () => {
  test.each([
    ['We  have\u00A0250\n people.', 'We have 250 people', 'We  have\u00A0250\n people'],
    ['“Acme” isn’t big', '"Acme" isn\'t big', '“Acme” isn’t big'],
    ['We have 250 people, mainly here', 'We have 250 people.', 'We have 250 people'],
    ['We have 250 people.', '"We have 250 people"', 'We have 250 people'],
    ['We are 250!', 'We are 250!', 'We are 250!'],
    ['Ska\u0308llefteå', 'Skällefteå', 'Ska\u0308llefteå'],
    ['Donau\u00ADdampf', 'Donaudampf', 'Donau\u00ADdampf'],
  ])('%j holds %j', (source, quote, found) => expect(find(source, quote)).toEqual([found]))

  test.each([
    ['We have 250 people', 'we have 250 people'],
    ['We have 250 people', 'We have 250, people'],
    ['We have 250 people', 'We have 250'.concat(' persons')],
    ['one – two', 'one - two'],
    ['x', ''],
    ['x', '...'],
  ])('nothing else: %j does not hold %j', (source, quote) => expect(find(source, quote)).toEqual([]))
})

/** Words, names and numbers, with the marks and spaces that stand between them on real pages. */
const word = fc.constantFrom(
  'Acme',
  'we',
  'employ',
  'Lindqvist',
  'Söhne',
  'naïve',
  'R&D',
  "don't",
  'well-known',
  'a',
  'Straße',
  '日本',
  '𝐀b',
  'e\u0301t',
)
const number = fc.oneof(
  fc.nat(99_999).map(String),
  fc
    .tuple(
      fc.integer({ min: 1, max: 999 }),
      fc.integer({ min: 100, max: 999 }),
      fc.constantFrom(',', '.', "'", '\u202F'),
    )
    .map(([a, b, mark]) => `${a}${mark}${b}`),
  fc.tuple(fc.nat(99), fc.nat(9)).map(([a, b]) => `${a}.${b}`),
)
const gap = fc.constantFrom(' ', '  ', '\n', ', ', '. ', ' (', ') ', ' – ', '\u00A0', ' “', '” ', '; ')
const text = fc.array(fc.tuple(fc.oneof({ weight: 3, arbitrary: word }, number), gap), { minLength: 1, maxLength: 30 })

/** The pieces joined, with where each stands. Two numbers are never neighbours: "12 345" would be one number. */
function build(pieces: [string, string][]) {
  let source = ''
  const spans: { start: number; end: number }[] = []
  pieces.forEach(([piece, after], index) => {
    const digits = /^\d/.test(piece) && /\d$/.test(pieces[index - 1]?.[0] ?? '')
    const body = digits ? `x ${piece}` : piece
    spans.push({ start: source.length + (digits ? 2 : 0), end: source.length + body.length })
    source += body + after
  })
  return { source, spans }
}

describe('properties', () => {
  test('every token-bounded passage is found, and its slice is exact', () => {
    fc.assert(
      fc.property(text, fc.nat(), fc.nat(), (pieces, a, b) => {
        const { source, spans } = build(pieces)
        const [first, last] = [a % spans.length, b % spans.length].sort((x, y) => x - y) as [number, number]
        const span = { start: spans[first]!.start, end: spans[last]!.end }
        const quote = source.slice(span.start, span.end)
        const found = locate(canonical(source), quote, 1000)
        expect(found).toContainEqual(span)
        for (const place of found)
          expect(canonical(source.slice(place.start, place.end)).text).toBe(canonical(quote).text)
      }),
      { numRuns: 500 },
    )
  })

  test('white space and quotation marks may differ in any way', () => {
    fc.assert(
      fc.property(text, pieces => {
        const { source, spans } = build(pieces)
        const quote = source.slice(0, spans.at(-1)!.end)
        const changed = quote.replace(/\s+/gu, ' \u00A0\n').replace(/[“”]/gu, '"').replaceAll("'", '’')
        expect(locate(canonical(source), changed)).toContainEqual({ start: 0, end: spans.at(-1)!.end })
      }),
    )
  })

  test('any change inside a number or a name is not found', () => {
    fc.assert(
      fc.property(
        text,
        fc.nat(),
        fc.nat(),
        fc.constantFrom('insert', 'delete', 'replace'),
        fc.constantFrom('7', 'q'),
        (pieces, which, where, how, letter) => {
          const { source, spans } = build(pieces)
          const span = spans[which % spans.length]!
          const token = source.slice(span.start, span.end)
          const at = where % token.length
          const cut = how === 'insert' ? 0 : 1
          const changed = token.slice(0, at) + (how === 'delete' ? '' : letter) + token.slice(at + cut)
          fc.pre(
            /[\p{L}\p{N}]$/u.test(changed) &&
              /^[\p{L}\p{N}]/u.test(changed) &&
              canonical(changed).text !== canonical(token).text,
          )
          const quote = source.slice(0, span.start) + changed
          // Unless the changed text happens to stand there too.
          fc.pre(!canonical(source).text.includes(canonical(quote).text.trim()))
          expect(locate(canonical(source), quote)).toEqual([])
        },
      ),
      { numRuns: 500 },
    )
  })

  test('no part of a number is found in it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10_000, max: 9_999_999 }),
        fc.constantFrom('en-US', 'de-DE', 'fr-FR'),
        fc.nat(),
        fc.nat(),
        (value, locale, a, b) => {
          const whole = value.toLocaleString(locale)
          const [start, end] = [a % whole.length, b % whole.length].sort((x, y) => x - y) as [number, number]
          const part = whole.slice(start, end + 1)
          fc.pre(part !== whole && /^\d/.test(part) && /\d$/.test(part))
          expect(find(`We sold ${whole} units`, part)).toEqual([])
        },
      ),
    )
  })
})

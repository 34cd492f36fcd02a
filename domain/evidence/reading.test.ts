/** What the reading of clauses decides for claims: who is spoken of, what is counted, who holds an office, what is denied. */
import { describe, expect, test } from 'vitest'
import { checkClaim } from './check.ts'
import type { EvidenceSource, FactKind } from './types.ts'

const tarn = { name: 'Tarn Pumps', aliases: [], domain: 'tarnpumps.example' }
const fetchedAt = '2026-06-01T00:00:00Z'

function verdict(kind: FactKind, value: string, text: string, sourceKind: EvidenceSource['kind'] = 'page'): string {
  const source: EvidenceSource = { id: 's', kind: sourceKind, text, publisher: tarn, fetchedAt }
  const result = checkClaim({ subject: tarn, kind, value, quote: text, sourceId: 's' }, source)
  return result.ok ? 'ok' : result.reason
}

type Row = [FactKind, string, string, string]

describe('what a denying word governs', () => {
  test.each<Row>([
    ['technology', 'BrewMan', 'We run on BrewMan in both shops, which nobody here would have chosen.', 'ok'],
    ['technology', 'BigQuery', 'Experience with BigQuery is a plus, though we do not use it.', 'negated'],
    [
      'closure',
      'shut its Hull yard',
      'Reports that Tarn Pumps is to shut its Hull yard are without foundation.',
      'negated',
    ],
    ['partner', 'Ardent Wind', 'Tarn Pumps and Ardent Wind have ended their joint venture.', 'negated'],
    ['office', 'Swansea', 'We have depots in Carlisle and, from August, Swansea.', 'negated'],
    ['office', 'Selkirk', 'Should you wish to visit, our mill in Selkirk is open on weekdays.', 'ok'],
    ['employees', '120', 'We have grown to 120 people without a penny of venture capital.', 'ok'],
    ['funding', 'venture capital', 'We have grown to 120 people without a penny of venture capital.', 'negated'],
    ['customer', 'Brae Energy', 'We built pumps for Brae Energy until it left the basin.', 'negated'],
  ])('%s %s: "%s" is %s', (kind, value, text, expected) => expect(verdict(kind, value, text)).toBe(expected))
})

describe('whom a clause speaks of', () => {
  test.each<Row>([
    [
      'employees',
      '38',
      'Tarn Pumps has agreed to buy Pellow Access, a specialist that employs 38 people.',
      'wrong_subject',
    ],
    ['employees', '200', 'Plenty of agencies boast of 200 people.', 'wrong_subject'],
    ['award', 'PCI DSS', 'Our data centre provider, Equistrata, is certified to PCI DSS.', 'wrong_subject'],
    ['award', 'ISO 27001', 'Tarn Pumps is certified to ISO 27001.', 'ok'],
    ['founded', '2014', 'We are owned through a trust set up in 2014.', 'wrong_subject'],
    [
      'leader',
      'Liv Aasen, operations director',
      "Heron's operations director, Liv Aasen, visited us.",
      'wrong_subject',
    ],
    ['email', 'studio@pixelmill.example', 'Site by Pixelmill, studio@pixelmill.example', 'wrong_subject'],
    ['email', 'hello@tarnpumps.example', 'Write to hello@tarnpumps.example', 'ok'],
  ])('%s %s: "%s" is %s', (kind, value, text, expected) => expect(verdict(kind, value, text)).toBe(expected))
})

describe('what a number says', () => {
  test.each<Row>([
    ['employees', '91', '64 of our 91 people work in Leeds.', 'ok'],
    ['employees', '64', '64 of our 91 people work in Leeds.', 'unsupported'],
    ['employees', '31', 'We have 140 staff incl. 31 dentists.', 'unsupported'],
    ['employees', '60', 'Sixty engineers have been taken on since January.', 'unsupported'],
    ['employees', '45', 'Our headcount grew by 45.', 'unsupported'],
    ['employees', '42', 'There are forty-two of us.', 'ok'],
    ['employees', '410,000', 'We carry 410,000 people a year.', 'unsupported'],
    ['revenue', '£598m', 'Our turnover slipped from £640m to £598m.', 'ok'],
    ['revenue', '£640m', 'Our turnover slipped from £640m to £598m.', 'unsupported'],
    ['revenue', '£6.3m', 'We lost £6.3m last year on revenue of £4.8m.', 'unsupported'],
    ['revenue', '£4.8m', 'We lost £6.3m last year on revenue of £4.8m.', 'ok'],
    ['acquisition', 'Tarrant, 2019', 'We bought Halse in 2019 and Tarrant in 2022.', 'unsupported'],
  ])('%s %s: "%s" is %s', (kind, value, text, expected) => expect(verdict(kind, value, text)).toBe(expected))
})

describe('what a predicate says instead', () => {
  test.each<Row>([
    ['technology', 'Salesforce', 'Our app integrates with Salesforce.', 'unsupported'],
    ['technology', 'Odoo', 'Everything from orders to invoices goes through Odoo.', 'ok'],
    ['funding', '£5m', 'We paid back a loan of £5m.', 'unsupported'],
    ['acquisition', 'acquired Halse', 'We acquired the machines of Halse.', 'unsupported'],
    ['customer', 'Halse', 'We buy our castings from Halse.', 'unsupported'],
    ['partner', 'Halse', 'We buy our castings from Halse.', 'ok'],
    ['founded', '1990', 'We have held ISO 9001 since 1990.', 'unsupported'],
  ])('%s %s: "%s" is %s', (kind, value, text, expected) => expect(verdict(kind, value, text)).toBe(expected))
})

describe('who holds an office', () => {
  const priya =
    'Our managing director is Priya Nand, who joined us from Costa Lines, where she had been chief operating officer.'
  test.each<Row>([
    ['leader', 'Priya Nand, managing director', priya, 'ok'],
    ['leader', 'Priya Nand, chief operating officer', priya, 'unsupported'],
    ['leader', 'Orla Quigg, finance director', 'We rely on deputy finance director Orla Quigg.', 'unsupported'],
    [
      'leader',
      'Will Moor, managing director',
      'Will Moor does the welding; his sister Tess runs us as managing director.',
      'unsupported',
    ],
    [
      'leader',
      'Grace Ade, research director',
      'Neil Farrow was research director until 2020; Grace Ade followed him.',
      'ok',
    ],
  ])('%s %s: "%s" is %s', (kind, value, text, expected) => expect(verdict(kind, value, text)).toBe(expected))
})

test('in notes each short line is a point of its own', () => {
  const text = 'they bought Lifeline in January, 40 heads\nmaybe a tender in autumn, nothing fixed, to be seen then'
  const source: EvidenceSource = { id: 'n', kind: 'call_note', text, publisher: tarn, fetchedAt }
  const claim = {
    subject: tarn,
    kind: 'acquisition' as const,
    value: 'bought Lifeline',
    quote: 'they bought Lifeline in January',
    sourceId: 'n',
  }
  expect(checkClaim(claim, source).ok).toBe(true)
})

test('cells under each other join no digits', () => {
  const text = 'We employ\n830\n186.6'
  const claim = { subject: tarn, kind: 'employees' as const, value: '830', quote: '830', sourceId: 's' }
  const result = checkClaim(claim, { id: 's', kind: 'page', text, publisher: tarn, fetchedAt })
  expect(result.ok ? 'ok' : result.reason).not.toBe('not_found')
})

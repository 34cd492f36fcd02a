/** Regression tests by cause: parts that were taken for wholes, and lines that were read across. */
import { describe, expect, test } from 'vitest'
import { checkClaim } from './check.ts'
import { quantities } from './numbers.ts'
import type { Block } from '../page/types.ts'
import type { Claim, EvidenceSource, FactKind, Subject } from './types.ts'

const tarn: Subject = { name: 'Tarn Pumps Ltd', aliases: ['Tarn Pumps', 'Tarn'], domain: 'tarn.example' }

function page(text: string, blocks?: Block[]): EvidenceSource {
  const own: Block[] = []
  let at = 0
  for (const line of text.split('\n')) {
    own.push({ start: at, end: at + line.length, kind: 'paragraph' })
    at += line.length + 1
  }
  return { id: 's', kind: 'page', text, blocks: blocks ?? own, publisher: tarn, fetchedAt: '2026-06-01T00:00:00Z' }
}

function verdict(source: EvidenceSource, kind: FactKind, value: string, quote: string, more: Partial<Claim> = {}) {
  const result = checkClaim({ subject: tarn, kind, value, quote, sourceId: 's', ...more }, source)
  return result.ok ? 'ok' : result.reason
}

const line = (kind: FactKind, value: string, text: string) => verdict(page(text), kind, value, text)

describe('a part of the staff is not the staff', () => {
  test.each<[string, string, string]>([
    ['90', 'In unserem Werk in Rheine arbeiten 90 Kolleginnen und Kollegen.', 'unsupported'],
    ['90', 'Wir beschäftigen 90 Kolleginnen und Kollegen.', 'ok'],
    ['90', 'Bei uns sind 90 Personen beschäftigt.', 'ok'],
    ['18', 'Our hotline is answered by 18 engineers.', 'unsupported'],
    ['300', 'En temporada alta somos 300 personas.', 'unsupported'],
    ['300', 'Con los refuerzos, nuestra plantilla puede llegar a 300 personas.', 'negated'],
    ['300', 'La plantilla es de 300 personas.', 'ok'],
    ['52', 'Our drawing office has 52 employees.', 'unsupported'],
    ['52', 'L’atelier de Tarbes emploie 52 personnes.', 'unsupported'],
    ['52', 'Our company has 52 employees.', 'ok'],
    ['52', '52 people work in our foundry in Hull.', 'unsupported'],
    ['52', 'Last year we hired 52 people.', 'unsupported'],
    ['52', '52 of our employees ride to work.', 'unsupported'],
    ['52', 'Made for companies with 52 employees.', 'unsupported'],
    ['52', 'Three years ago we had 52 employees.', 'unsupported'],
  ])('%s of "%s": %s', (value, text, expected) => {
    expect(line('employees', value, text)).toBe(expected)
  })
})

describe('whose figure it is', () => {
  test('a relative clause speaks of the name right before it', () => {
    const group =
      'Seit 2019 gehört Tarn zur Ostrau Gruppe, die mit 2.300 Beschäftigten einen Umsatz von 1,4 Mrd. Euro erzielt.'
    expect(line('revenue', '1,4 Mrd. Euro', group)).toBe('wrong_subject')
    const bought = 'Tarn a repris la fonderie Bréval & Fils, à Agen, dont les 27 salariés sont restés.'
    expect(line('employees', '27', bought)).toBe('wrong_subject')
    expect(line('employees', '27', 'Tarn, which employs 27 people, makes pumps.')).toBe('ok')
  })

  test('a box of facts belongs to the company that it names', () => {
    const box = (name: string) => page(`Client: ${name}\nStaff: 640 employees\nHeadquarters: Ennis`)
    expect(verdict(box('Corrib Creamery'), 'employees', '640', 'Staff: 640 employees')).toBe('wrong_subject')
    expect(verdict(box('Corrib Creamery'), 'headquarters', 'Ennis', 'Headquarters: Ennis')).toBe('wrong_subject')
    expect(verdict(box('Corrib Creamery'), 'customer', 'Corrib Creamery', 'Client: Corrib Creamery')).toBe('ok')
    expect(verdict(box('Tarn Pumps'), 'employees', '640', 'Staff: 640 employees')).toBe('ok')
  })
})

describe('names and titles of different lines', () => {
  test('a line that holds a whole card lends nothing to the next', () => {
    const team = page('Ilse Brandt | Sales Director | ext. 12\nRuben Kolk | Technical Director | ext. 14')
    const crossed = 'Sales Director | ext. 12\nRuben Kolk'
    expect(verdict(team, 'leader', 'Ruben Kolk, Sales Director', crossed)).toBe('unsupported')
    expect(verdict(team, 'leader', 'Ruben Kolk, Technical Director', 'Ruben Kolk | Technical Director')).toBe('ok')
  })

  test('rows of a table with a cell a line are kept apart, and each is read whole', () => {
    const cells = [
      'Name',
      'Office',
      'Since',
      'Ann Roe',
      'Managing Director',
      '2014',
      'Lev Oduya',
      'Finance Director',
      '2019',
    ]
    const source = page(cells.join('\n'), table(cells, 3))
    expect(verdict(source, 'leader', 'Lev Oduya, Managing Director', 'Managing Director 2014 Lev Oduya')).toBe(
      'unsupported',
    )
    expect(verdict(source, 'leader', 'Lev Oduya, Finance Director', 'Lev Oduya Finance Director')).toBe('ok')
    const offices = [
      'Office',
      'Opened',
      'Staff',
      'Status',
      'Gdynia',
      '2003',
      '27',
      'open',
      'Turku',
      '2027',
      '–',
      'planned',
    ]
    const list = page(offices.join('\n'), table(offices, 4))
    expect(verdict(list, 'office', 'Gdynia', 'Gdynia')).toBe('ok')
    expect(verdict(list, 'office', 'Turku', 'Turku')).toBe('negated')
  })
})

/** One block a cell; every cell below the first row has its column's head. */
function table(cells: string[], columns: number): Block[] {
  const spans: { start: number; end: number }[] = []
  let at = 0
  for (const cell of cells) {
    spans.push({ start: at, end: at + cell.length })
    at += cell.length + 1
  }
  return spans.map((span, index) => ({
    ...span,
    kind: 'cell',
    ...(index >= columns ? { heads: [spans[index % columns]!] } : {}),
  }))
}

describe('less than the claim says', () => {
  test.each<[FactKind, string, string, string]>([
    ['leader', 'Ann Roe, CEO', 'Ann Roe, deputy CEO', 'unsupported'],
    ['leader', 'Ann Roe, CEO', 'Ann Roe, CEO', 'ok'],
    ['revenue', '£7m', 'Our valve division had sales of £7m.', 'unsupported'],
    ['revenue', '£7m', 'Order intake rose to £7m, well ahead of sales.', 'unsupported'],
    ['revenue', '£7m', 'Valves brought £7m of our turnover.', 'unsupported'],
    ['revenue', '£7m', 'Our turnover came to £7m.', 'ok'],
    ['founded', '1951', 'The works band was founded in 1951.', 'unsupported'],
    ['technology', 'Oracle', 'We are evaluating Oracle.', 'negated'],
    ['office', 'Hull', 'Our branch in Hull was merged into York.', 'negated'],
  ])('%s %s from "%s": %s', (kind, value, text, expected) => {
    expect(line(kind, value, text)).toBe(expected)
  })
})

describe('time and limits', () => {
  test.each<[FactKind, string, string, string]>([
    ['technology', 'Oracle', 'We left Oracle in 2023.', 'negated'],
    ['technology', 'Oracle', 'Our old Oracle database was switched off in March.', 'negated'],
    ['award', 'ISO 14001', 'Die Zertifizierung nach ISO 14001 bereiten wir derzeit vor.', 'negated'],
    ['award', 'ISO 14001', 'We are certified to ISO 14001, valid until 3 May 2028.', 'ok'],
    ['award', 'ISO 14001', 'We were certified to ISO 14001 until 3 May 2021.', 'negated'],
    ['acquisition', 'Bode Seals bought', 'We buy Bode Seals, which the authorities have yet to approve.', 'negated'],
    ['employees', '310', 'La compañía cerró 2025 con una plantilla de 310 trabajadores.', 'ok'],
    ['headquarters', 'Agen', 'Le siège a été transféré d’Agen à Pau.', 'negated'],
    ['headquarters', 'Pau', 'Le siège a été transféré d’Agen à Pau.', 'ok'],
    ['technology', 'Sage 200', 'We are not on Xero yet, still on Sage 200.', 'ok'],
  ])('%s %s from "%s": %s', (kind, value, text, expected) => {
    expect(line(kind, value, text)).toBe(expected)
  })

  test('a figure in brackets holds for the year named there alone', () => {
    const text = 'We report revenue of £41.0m (2024: £38.5m).'
    expect(line('revenue', '£38.5m', text)).toBe('unsupported')
    expect(line('revenue', '£38.5m in 2024', text)).toBe('ok')
    expect(line('revenue', '£41.0m', text)).toBe('ok')
  })

  test('a year is no lower end of a sum', () => {
    expect(quantities('raised since 2019 to $88 million').map(({ low, unit }) => [low, unit])).toEqual([
      [2019, null],
      [88e6, 'USD'],
    ])
  })
})

/** Custom fields out of a file: which column, read as what, and what is refused. */
import { expect, it } from 'vitest'
import type { CustomType } from '../shape/custom-field.ts'
import type { ImportableField } from './custom-columns.ts'
import { parseMapFile } from './map-file.ts'
import { makePlan } from './plan.ts'
import { rowReader } from './row.ts'

const field = (key: string, type: CustomType, more: Partial<ImportableField> = {}): ImportableField => ({
  kind: 'lead',
  key,
  label: key,
  type,
  choices: type === 'choice' ? ['EMEA', 'North America'] : [],
  required: false,
  barred: false,
  ...more,
})

const FIELDS = [
  field('region', 'choice', { label: 'Sales region' }),
  field('seats', 'number'),
  field('budget', 'money'),
  field('renews', 'date', { label: 'Renews on' }),
  field('partner', 'boolean'),
  field('profile', 'url'),
]

function read(table: string, { map, fields = FIELDS }: { map?: string; fields?: ImportableField[] } = {}) {
  const [headers = [], ...rows] = table.split('\n').map(line => line.split(';'))
  const sample = rows.map((cells, at) => ({ ok: true as const, row: at + 1, line: at + 2, cells }))
  const options = { currency: 'EUR', as: 'leads' as const, custom: fields }
  const plan = makePlan(headers, sample, map === undefined ? options : { ...options, map: parseMapFile(map) })
  return sample.map(row => {
    const result = rowReader(plan, headers)(row)
    return result.ok ? result.record.custom : `${result.kept.reason}: ${result.kept.message}`
  })
}

it('columns named by key, label or full name are read as the field’s type', () => {
  const table = `Email;Sales Region;SEATS;custom.budget;Renews on;partner;Profile;Note
ann@acme.example;north america;1.200,5;9.900,00 USD;31.12.2026;ja;https://acme.example/a;kept
bob@acme.example;EMEA;7;12;01.02.2027;no;;
cy@acme.example;;;-;;;;`
  expect(read(table)).toEqual([
    {
      region: 'North America',
      seats: 1200.5,
      budget: { minor: 990_000, currency: 'USD' },
      renews: '2026-12-31',
      partner: true,
      profile: 'https://acme.example/a',
      Note: 'kept',
    },
    { region: 'EMEA', seats: 7, budget: { minor: 1_200, currency: 'EUR' }, renews: '2027-02-01', partner: false },
    {},
  ])
})

it.each([
  ['region', 'Mars', 'Sales region takes one of EMEA, North America'],
  ['seats', 'many', 'seats takes a number'],
  ['renews', '2026-02-30', 'Renews on takes a date'],
  ['partner', 'perhaps', 'partner takes true or false'],
  ['profile', 'javascript:alert(1)', 'profile takes an address'],
  ['budget', 'a lot', 'budget takes {'],
])('a row whose %s is “%s” is kept aside, with the reason', (key, value, why) => {
  const [kept] = read(`Email;${key}\nann@acme.example;${value}`)
  expect(kept).toContain('bad_custom: ')
  expect(kept).toContain(`does not fit custom.${key}: ${why}`)
})

it('the map says which column fills a field, or that none does', () => {
  const table = 'Email;Gebiet;seats\nann@acme.example;EMEA;many'
  expect(read(table, { map: 'custom.region: Gebiet\ncustom.seats: null' })).toEqual([{ region: 'EMEA' }])
  expect(read('Email;Title;x\nann@acme.example;EMEA;1', { map: 'custom.region: Title' })).toEqual([
    { region: 'EMEA', x: '1' },
  ])
  const thousands = 'custom.budget: { header: Kosten, unit: thousands, currency: CHF }'
  expect(read('Email;Kosten\nann@acme.example;12', { map: thousands })).toEqual([
    { budget: { minor: 1_200_000, currency: 'CHF' } },
  ])
  expect(() => read(table, { map: 'custom.nothing: Gebiet' })).toThrow(/do not have/)
  expect(() => read(table, { map: 'custom.region: Land' })).toThrow(/column "Land"/)
  expect(() => parseMapFile('custom.Not-a-key: x')).toThrow(/does not exist/)
})

it('a sensitive field that one may not write is not written past its definition', () => {
  const fields = [field('margin', 'number', { barred: true })]
  expect(() => read('Email;margin\nann@acme.example;5', { fields })).toThrow(/custom.margin, a sensitive field/)
  expect(read('Email;margin\nann@acme.example;5', { fields, map: 'custom.margin: null' })).toEqual([{}])
  expect(read('Email;Other\nann@acme.example;5', { fields })).toEqual([{ Other: '5' }])
})

it('what cannot be read of our own fields never stands under a custom field’s key', () => {
  // The country cannot be read, and a custom field bears the column's name.
  const fields = [field('country', 'number')]
  expect(read('Email;country\nann@acme.example;Nowhereland', { fields })).toEqual([
    { 'country (as written)': 'Nowhereland' },
  ])
})

it('fields of other kinds of record are not filled', () => {
  expect(read('Email;seats\nann@acme.example;many', { fields: [field('seats', 'number', { kind: 'deal' })] })).toEqual([
    { seats: 'many' },
  ])
})

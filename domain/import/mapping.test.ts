import { expect, test } from 'vitest'
import { mappingOf } from './mapping.ts'
import { makePlan } from './plan.ts'
import type { GoodRow } from './types.ts'

const HEADERS = ['E-Mail', 'Vorname', 'Schicht', 'Region', 'import_reason']
const row = (n: number, ...cells: string[]): GoodRow => ({ ok: true, row: n, line: n + 1, cells })
const SAMPLE = [
  row(1, 'ada@looms.example', 'Ada', 'night', 'EMEA', ''),
  row(2, 'bo@looms.example', 'Bo', 'night', '', ''),
  row(3, '', 'Cy', '', '', ''),
]
const CUSTOM = [
  { kind: 'lead', key: 'region', label: 'Region', type: 'text', choices: [], required: false, barred: false },
  { kind: 'lead', key: 'margin', label: 'Margin', type: 'number', choices: [], required: false, barred: true },
  { kind: 'deal', key: 'seats', label: 'Seats', type: 'number', choices: [], required: false, barred: false },
] as const

test('each column says what it is, with values that differ; what nothing holds is kept under its name', () => {
  const plan = makePlan(HEADERS, SAMPLE, { currency: 'EUR', as: 'leads', custom: CUSTOM })
  const { columns, fields } = mappingOf(plan, SAMPLE, CUSTOM)
  expect(columns.map(({ header, field, ignored }) => [header, field, ignored])).toEqual([
    ['E-Mail', 'email', false],
    ['Vorname', 'firstName', false],
    ['Schicht', null, false],
    ['Region', 'custom.region', false],
    ['import_reason', null, true],
  ])
  expect(columns[0]?.samples).toEqual(['ada@looms.example', 'bo@looms.example'])
  expect(columns[2]?.samples).toEqual(['night'])
  // What cannot be filled is not offered: another kind's, and what this person may not write.
  expect(fields).toContain('custom.region')
  expect(fields.filter(field => ['custom.margin', 'custom.seats', 'dealName'].includes(field))).toEqual([])
})

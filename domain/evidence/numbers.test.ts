import { expect, test } from 'vitest'
import { implies, isoDate, writtenDates } from './dates.ts'
import { quantities } from './numbers.ts'

test.each([
  ['1,250', 1250, 1250, null],
  ['1.250', 1250, 1250, null],
  ['12 000', 12_000, 12_000, null],
  ["12'000", 12_000, 12_000, null],
  ['71,5 Mio. Euro', 71.5e6, 71.5e6, 'EUR'],
  ['€3.5m', 3.5e6, 3.5e6, 'EUR'],
  ['3,5 M€', 3.5e6, 3.5e6, 'EUR'],
  ['USD 45,000,000', 45e6, 45e6, 'USD'],
  ['$1.2 billion', 1.2e9, 1.2e9, 'USD'],
  ['2,3 Mrd. €', 2.3e9, 2.3e9, 'EUR'],
  ['1,2 millones de euros', 1.2e6, 1.2e6, 'EUR'],
  ['40k', 40_000, 40_000, null],
  ['18 percent', 18, 18, 'percent'],
  ['18 %', 18, 18, 'percent'],
  ['51-200', 51, 200, null],
  ['between 50 and 60 people', 50, 60, null],
  ['two hundred and fifty', 250, 250, null],
  ['zweihundertfünfzig', 250, 250, null],
  ['vierundzwanzig', 24, 24, null],
  ['quarante-cinq', 45, 45, null],
  ['quatre-vingt-dix', 90, 90, null],
  ['ciento veinte', 120, 120, null],
  ['twelve million', 12e6, 12e6, null],
])('%s', (written, low, high, unit) => {
  expect(quantities(written)).toMatchObject([{ low, high, unit }])
})

test.each([
  ['up to 20', 'max'],
  ['no fewer than 20', 'min'],
  ['more than 20', 'min'],
  ['bis zu 20', 'max'],
  ['about 20', null],
])('%s is bounded %s', (written, bound) => expect(quantities(written)[0]).toMatchObject({ bound }))

test.each([
  ['on 1. Juli 2024', '2024-07-01', true],
  ['le 3 mars 2025', '2025-03-03', true],
  ['el 15 de marzo de 2025', '2025-03-15', true],
  ['March 12, 2024', '2024-03', true],
  ['12/09/2024', '2024-09-12', true],
  ['Q3 2026', '2026-08', false],
  ['drittes Quartal 2026', '2026', true],
  ['in 2024', '2024-03', false],
  ['spring 2026', '2026', true],
  ['2024-03-05', '2024-03-06', false],
])('%s implies %s: %s', (written, iso, expected) => {
  expect(writtenDates(written).some(date => implies(date, isoDate(iso)!, null))).toBe(expected)
})

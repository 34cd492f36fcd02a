import { expect, test } from 'vitest'
import { askedFields } from './asked-fields.ts'

test('each field once, in order, custom ones by their key', () => {
  expect(askedFields('has(deal.amount) && deal.amount > 0.0 && deal.custom.region == "EMEA"')).toEqual([
    'amount',
    'custom.region',
  ])
  expect(askedFields('deal.has_contact || deal.close_date > timestamp("2026-01-01T00:00:00Z")')).toEqual([
    'has_contact',
    'close_date',
  ])
})

test('what stands in a text is no field', () => {
  expect(askedFields(`deal.next_step != "see deal.amount" && deal.name != 'it\\'s deal.stage'`)).toEqual([
    'next_step',
    'name',
  ])
  expect(askedFields('true')).toEqual([])
})

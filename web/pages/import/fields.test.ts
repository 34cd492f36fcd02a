import { expect, test } from 'vitest'
import { fieldInWords, mapOf } from './fields.ts'

const column = (header: string, field: string | null, ignored = false) => ({ header, field, ignored, samples: [] })
const GUESSED = [column('Mail', 'email'), column('Mobil', 'phone'), column('Telefon', 'phone'), column('Schicht', null)]

test('a map holds what differs from the guess and nothing else', () => {
  expect(mapOf(GUESSED, {})).toBeUndefined()
  expect(mapOf(GUESSED, { Schicht: null, Mail: 'email' })).toBeUndefined()
  expect(JSON.parse(mapOf(GUESSED, { Schicht: 'custom.shift' }) ?? '')).toEqual({ 'custom.shift': ['Schicht'] })
  // Taken from one field and given to another: both are said.
  expect(JSON.parse(mapOf(GUESSED, { Telefon: 'fax' }) ?? '')).toEqual({ phone: ['Mobil'], fax: ['Telefon'] })
  expect(JSON.parse(mapOf(GUESSED, { Mail: null }) ?? '')).toEqual({ email: null })
  expect(mapOf([column('import_reason', null, true)], { import_reason: 'email' })).toBeUndefined()
})

test('fields stand in words', () => {
  expect([fieldInWords('closeDate'), fieldInWords('custom.night_shift'), fieldInWords('email')]).toEqual([
    'Close date',
    'Night shift (your field)',
    'E-mail address',
  ])
})

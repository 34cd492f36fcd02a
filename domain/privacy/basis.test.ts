import { expect, test } from 'vitest'
import { LAWFUL_BASES, readBasis } from './basis.ts'

test.each([
  ['Consent', 'consent'],
  ['Double Opt-In', 'consent'],
  ['legitimate_interests', 'legitimate_interests'],
  ['Legitimate interest – prospect/lead', 'legitimate_interests'],
  ['Berechtigtes Interesse', 'legitimate_interests'],
  ['Vertragserfüllung', 'contract'],
  ['Intérêt légitime', 'legitimate_interests'],
  ['yes', null],
  ['unknown', null],
  ['', null],
])('%s is read as %s', (text, basis) => {
  expect(readBasis(text)).toBe(basis)
})

test('each is read by its own name', () => {
  for (const basis of LAWFUL_BASES) expect(readBasis(basis)).toBe(basis)
})

import { expect, it } from 'vitest'
import type { StoredFact } from '../domain/evidence/mail.ts'
import { briefByRules } from './brief.ts'

const fact = (id: string, kind: StoredFact['kind'], value: string): StoredFact => ({
  id,
  kind,
  value,
  quote: value,
  subject: 'Orrin',
})

it('what a company is comes before its many customers, and its addresses last', () => {
  const customers = Array.from({ length: 9 }, (_, at) => fact(`c${at}`, 'customer', `Customer ${at}`))
  const lines = briefByRules([
    fact('m', 'email', 'a@orrin.example'),
    ...customers,
    fact('d', 'description', 'We make pumps.'),
  ])
  expect(lines[0]?.text).toBe('We make pumps.')
  expect(lines.some(line => line.text.startsWith('E-mail'))).toBe(false)
})

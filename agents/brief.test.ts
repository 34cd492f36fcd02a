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

it('nothing is told twice: the fuller place, the date as a date, a product under what they offer', () => {
  const shared = { quote: 'We sell FlowMate: a leak sensor.' }
  const lines = briefByRules([
    fact('h1', 'headquarters', 'Swansea'),
    fact('h2', 'headquarters', 'Swansea, United Kingdom'),
    fact('n', 'need', 'I need an offer by February 2027'),
    fact('t', 'timing', 'I need an offer by February 2027'),
    { ...fact('d1', 'description', 'We sell FlowMate: a leak sensor.'), ...shared },
    { ...fact('o', 'offering', 'FlowMate, leak sensor'), ...shared },
    fact('d2', 'description', 'Orrin makes pumps for breweries.'),
  ])
  expect(lines.map(line => line.factIds[0])).toEqual(['d2', 'h2', 'o', 't'])
})

it('a need comes before who decides, and a happening that changed something before small talk', () => {
  const lines = briefByRules([
    fact('s', 'news', 'The fire brigade held its drill on 9 May 2026'),
    fact('e', 'expansion', 'We opened a plant in Brno'),
    fact('a', 'authority', 'Decision maker: Karl Ebner, CFO'),
    fact('n', 'need', 'We need a better overview'),
  ])
  expect(lines.map(line => line.factIds[0])).toEqual(['e', 's', 'n', 'a'])
})

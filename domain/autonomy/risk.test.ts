import { expect, test } from 'vitest'
import { subject } from '../policy/subject.fixture.ts'
import { riskOf } from './risk.ts'

const ONE = { recipients: 1, external: true }
const partOf = (risk: ReturnType<typeof riskOf>, name: string) => risk.parts.find(part => part.name === name)

test('every part is there, in order, and the highest says how high it is', () => {
  const risk = riskOf(subject(), ONE)
  expect(risk.parts.map(({ name }) => name)).toEqual(
    ['money', 'first_contact', 'by_rules', 'claims', 'recipients', 'external'], // biome-ignore format: a list
  )
  expect(risk.level).toBe('medium') // it leaves the house
  expect(riskOf(subject({ kind: 'create_task' }), { recipients: 0, external: false }).level).toBe('low')
})

test.each([
  ['money', 'high', subject({}, { money: { amount: 50_000, currency: 'EUR' } })],
  ['money', 'medium', subject({}, { money: { amount: 5_000, currency: 'EUR' } })],
  ['money', 'low', subject({}, { money: { amount: 4_999, currency: 'EUR' } })],
  ['first_contact', 'medium', subject({}, { recipient: { first_contact: true } })],
  ['by_rules', 'medium', subject({ by: 'rules' })],
  ['claims', 'high', subject({}, { claims: { quoted: false } })],
  ['claims', 'medium', subject({}, { claims: { oldest_days: 91 } })],
  ['claims', 'medium', subject({}, { claims: { oldest_days: null } })],
  ['claims', 'low', subject({}, { claims: { oldest_days: 90 } })],
  ['claims', 'low', subject({}, { claims: { count: 0, quoted: false } })],
])('%s: %s', (name, level, of) => {
  expect(partOf(riskOf(of, ONE), name)?.level).toBe(level)
})

test('what stays in the house is no word to anybody', () => {
  const risk = riskOf(subject({ kind: 'update_deal' }, { recipient: { first_contact: true }, claims: { count: 1 } }), {
    recipients: 0,
    external: false,
  })
  const words = ['first_contact', 'recipients', 'external'].map(name => partOf(risk, name)?.words)
  expect(words).toEqual(['goes to nobody', 'reaches nobody', 'stays in the house'])
  expect(partOf(risk, 'claims')?.words).toMatch(/^one claim quoted/)
})

test('many recipients', () => {
  expect(partOf(riskOf(subject(), { recipients: 11, external: true }), 'recipients')?.level).toBe('high')
  expect(partOf(riskOf(subject(), { recipients: 2, external: true }), 'recipients')?.level).toBe('medium')
})

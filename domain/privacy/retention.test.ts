import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { RETENTION, RETENTION_NAMES, retentionProblem, type RetentionTimes } from './retention.ts'

const defaults = Object.fromEntries(RETENTION_NAMES.map(name => [name, RETENTION[name].days])) as RetentionTimes

test('every kind is swept, and the defaults are sound', () => {
  expect([...RETENTION_NAMES].sort()).toEqual(Object.keys(RETENTION).sort())
  expect(retentionProblem(defaults)).toBeNull()
})

test.each([
  ['work relies on it', { model_answer: 1 }, /^model_answer: /],
  ['an answer is found by its call', { agent_run: 30, model_answer: 31 }, /^agent_run: /],
  ['also where answers are kept for good', { model_answer: null }, /^agent_run: /],
] as const)('%s', (_why, change, problem) => {
  expect(retentionProblem({ ...defaults, ...change })).toMatch(problem)
})

test.each([
  { mail: null },
  { agent_run: null, model_answer: null },
  { agent_run: 31, model_answer: 31 },
])('%o may be', change => {
  expect(retentionProblem({ ...defaults, ...change })).toBeNull()
})

test('the documentation states the defaults', () => {
  const text = readFileSync(new URL('../../docs/operate.md', import.meta.url), 'utf8')
  for (const name of RETENTION_NAMES) expect(text).toContain(`\n| ${name} | ${RETENTION[name].days} |`)
})

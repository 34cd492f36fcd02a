/** Which refusals of the database are a request's fault, and that the others are told as ours and stand in the log. */
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { DealwrightError } from '../../domain/errors.ts'
import { asProblem } from './problem.ts'

/** As `pg` throws it. */
const fromDatabase = (code: string, table?: string) =>
  Object.assign(new Error('value "secret" is not to be'), { code, table, constraint: table && `${table}_rule` })

function told(error: unknown): { code: string; detail: string; level: number; line: string } {
  const lines: string[] = []
  const log = pino(new Writable({ write: (chunk: Buffer, _encoding, done) => (lines.push(chunk.toString()), done()) }))
  const { code, message } = asProblem(error, log, 'the-request')
  const [line = '{}'] = lines
  return { code, detail: message, level: (JSON.parse(line) as { level?: number }).level ?? 0, line }
}

const [WARN, ERROR] = [40, 50]

test.each([
  ['a name that is taken', '23505', 'account', 'conflict'],
  ['a pointer to nothing', '23503', 'deal', 'bad_input'],
  ['a broken check', '23514', 'product', 'bad_input'],
  ['a number out of range', '22003', undefined, 'bad_input'],
  ['a text that is no id', '22P02', undefined, 'bad_input'],
  ['a date that is none', '22008', undefined, 'bad_input'],
])('%s in what people name is the request’s fault, and is noted', (_what, state, table, code) => {
  const { line, ...rest } = told(fromDatabase(state, table))
  expect(rest).toMatchObject({ code, level: WARN })
  expect(JSON.parse(line)).toMatchObject({
    requestId: 'the-request',
    state,
    constraint: table ? `${table}_rule` : null,
  })
  expect(rest.detail + line).not.toContain('secret')
})

test.each([
  ['an event of the trail twice', '23505', 'audit_event'],
  ['a second seal', '23505', 'audit_seal'],
  ['an answer that cannot be kept', '23514', 'idempotency_key'],
  ['an unlawful step of an action', '23514', 'action'],
  ['a wake for a run that is not there', '23503', 'outbox'],
  ['a value that we left out', '23502', 'account'],
  ['a division by zero', '22012', undefined],
  ['a negative limit', '2201W', undefined],
  ['a statement with a slip', '42601', undefined],
  ['a right that the server lacks', '42501', 'account'],
])('%s is ours: it tells nothing of itself and stands in the log', (_what, state, table) => {
  const { code, detail, level, line } = told(fromDatabase(state, table))
  expect([code, level]).toEqual(['internal', ERROR])
  expect(detail).not.toContain('secret')
  expect(line).toContain('is not to be')
})

test('what has a code of ours keeps it', () => {
  expect(told(new DealwrightError('own_work', 'x'))).toMatchObject({ code: 'own_work', detail: 'x', line: '{}' })
})

/**
 * The whole OpenAPI document, driven with generated requests by everybody: no answer is a fault of ours, none lies outside its schema,
 * none shows a record of another team. The seed comes from the clock and is printed; DEALWRIGHT_FUZZ_SEED repeats one.
 */
import { randomUUID } from 'node:crypto'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApi, type ApiAnswer, type TestApi, type Who } from '../support/api.ts'
import { anythingFor, pathValue, type Schema } from './generate.ts'
import { makeRecord, recordOf } from './record-of.ts'

interface Described {
  parameters?: { name: string; in: 'path' | 'query' | 'header'; required?: boolean; schema: Schema }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>
}

interface Operation extends Described {
  method: string
  path: string
}

const EVERYBODY: (Who | null)[] = ['rep', 'colleague', 'manager', 'stranger', 'ops', 'admin', 'viewer', null]
const NORTH: readonly (Who | null)[] = ['rep', 'colleague', 'manager']
/** In a text of every record of the other team. */
const MARK = 'of-the-south-9f3c'
const seed = Number(process.env.DEALWRIGHT_FUZZ_SEED ?? Date.now())
const RUNS = EVERYBODY.length

let api: TestApi
let operations: Operation[]
let schemas: Record<string, Schema>
const validators = new Map<object, ReturnType<Ajv2020['compile']>>()
let ajv: Ajv2020
/** Ids that exist, of both teams: random ones are never found. */
const known: string[] = []

beforeAll(async () => {
  api = await startApi()
  const { json } = await api.call(null, '/openapi.json')
  schemas = (json.components as { schemas: Record<string, Schema> }).schemas
  operations = Object.entries(json.paths as Record<string, Record<string, Described>>).flatMap(([path, methods]) =>
    Object.entries(methods)
      // A stream of events does not end by itself.
      .filter(([, facts]) => facts.responses['200']?.content?.['text/event-stream'] === undefined)
      .map(([method, facts]) => ({ ...facts, path, method: method.toUpperCase() })),
  )
  ajv = new Ajv2020({ strict: false, allErrors: false })
  ;(addFormats as unknown as (ajv: Ajv2020) => void)(ajv)
  ajv.addSchema({ $id: 'doc', components: json.components })
  for (const path of new Set(operations.map(({ path }) => path))) {
    const maker = path.includes('{id}') ? recordOf(path) : null
    if (!maker) continue
    known.push(await makeRecord(api, maker, api.people.rep.id), await makeRecord(api, maker, api.people.stranger.id))
  }
  await api.admin.run(
    `with a as (update account set name = $1 where owner_id = $2), c as (update contact set name = $1 where owner_id = $2),
       d as (update deal set name = $1 where owner_id = $2), t as (update task set title = $1 where assignee_id = $2)
     update action set failure_why = $1 where owner_id = $2`,
    [MARK, api.people.stranger.id],
  )
})
afterAll(() => api.close())

test('whatever is sent, what comes back is right', { timeout: 300_000 }, async () => {
  console.log(`seed ${seed}: ${operations.length} operations`)
  const faults: string[] = []
  for (const operation of operations) {
    const requests = fc.sample(request(operation), {
      numRuns: RUNS,
      seed: seed ^ hash(operation.path + operation.method),
    })
    for (const [n, { path, call }] of requests.entries()) {
      const who = EVERYBODY[n % EVERYBODY.length] ?? null
      const fault = wrong(operation, who, path, call.body, await api.call(who, path, call))
      if (fault !== null) faults.push(fault)
    }
  }
  expect(faults).toEqual([])
})

test.each([
  '',
  '{',
  '[]',
  '"x"',
  'null',
  '{"a":1,"a":2}',
  '['.repeat(20_000),
  `{"x":"${'y'.repeat(3_000_000)}"}`,
  '\uFEFF{}',
  '{"__proto__":{"role":"admin"}}',
])('a body that is none (%#) is a problem, told plainly', { timeout: 60_000 }, async text => {
  const faults: string[] = []
  for (const operation of operations) {
    if (!operation.requestBody?.content['application/json']) continue
    const path = operation.path.replaceAll(/\{(\w+)\}/g, () => randomUUID())
    const headers = { 'if-match': '*', 'idempotency-key': randomUUID(), 'content-type': 'application/json' }
    const call = { method: operation.method, body: text === '' ? ' ' : text, headers }
    // A server that has read enough may hang up on the rest.
    const answer = await api.call('admin', path, call).catch((error: unknown) => {
      if (text.length < 1_000_000) throw error
    })
    if (!answer) continue
    const fault = wrong(operation, 'admin', path, text.slice(0, 60), answer)
    if (fault !== null) faults.push(fault)
    if (answer.status < 400) faults.push(`taken: ${operation.method} ${operation.path}`)
  }
  expect(faults).toEqual([])
})

/** What is wrong with an answer; null: nothing. */
function wrong(operation: Operation, who: Who | null, path: string, sent: unknown, answer: ApiAnswer): string | null {
  const said = (what: string) =>
    `${what}: ${who} ${operation.method} ${path.slice(0, 300)} ${JSON.stringify(sent)?.slice(0, 400)} → ${answer.status} ${answer.text.slice(0, 400)}`
  // A part that a test does without is away, and the answer says so.
  if (answer.status >= 500 && answer.status !== 503) return said('a fault of ours')
  if (NORTH.includes(who) && answer.text.includes(MARK)) return said('shows what is the other team’s')
  const type = answer.headers.get('content-type')?.split(';')[0] ?? ''
  const declared = operation.responses[String(answer.status)] ?? operation.responses.default
  if (!declared) return said('a status that is not declared')
  const content = declared.content?.[type]
  if (!content) return declared.content ? said(`a type that is not declared (${type})`) : null
  // Lines of JSON and event streams are not one document.
  if (type !== 'application/json' && type !== 'application/problem+json') return null
  const valid = validator(content.schema)
  return valid(answer.json) ? null : said(`outside its schema (${JSON.stringify(valid.errors)})`)
}

function validator(schema: Schema): ReturnType<Ajv2020['compile']> {
  const had = validators.get(schema)
  if (had) return had
  const local = JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"doc#/components')) as object
  const made = ajv.compile(local)
  validators.set(schema, made)
  return made
}

function request(
  operation: Operation,
): fc.Arbitrary<{ path: string; call: { method: string; body?: unknown; headers: Record<string, string> } }> {
  const inPath = (operation.parameters ?? []).filter(one => one.in === 'path')
  const inQuery = (operation.parameters ?? []).filter(one => one.in === 'query')
  const body = operation.requestBody?.content['application/json']?.schema
  return fc
    .record({
      path: fc.record(Object.fromEntries(inPath.map(one => [one.name, pathValue(one.schema, known)]))),
      query: fc.record(Object.fromEntries(inQuery.map(one => [one.name, anythingFor(one.schema, schemas, known)])), {
        requiredKeys: inQuery.filter(one => one.required).map(one => one.name),
      }),
      body: body === undefined ? fc.constant(undefined) : anythingFor(body, schemas, known),
    })
    .map(({ path, query, body }) => {
      const filled = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => percent(segment(String(path[name]))))
      const search = Object.entries(query).map(
        ([name, value]) =>
          `${percent(name)}=${percent(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))}`,
      )
      return {
        path: search.length > 0 ? `${filled}?${search.join('&')}` : filled,
        call: {
          method: operation.method,
          ...(body === undefined ? {} : { body: body ?? 'null' }),
          headers: { 'if-match': '*', 'idempotency-key': randomUUID() },
        },
      }
    })
}

/** One dot or two are a step within the address, even percent-encoded (WHATWG URL): no route is asked for them. */
const segment = (value: string): string => (/^\.{1,2}$/.test(value) ? `${value}x` : value)

/** Any text, half surrogates too, as bytes. */
const percent = (text: string): string =>
  [...Buffer.from(text).subarray(0, 1_000)].map(byte => `%${byte.toString(16).padStart(2, '0')}`).join('')

function hash(text: string): number {
  let sum = 0
  for (const sign of text) sum = (sum * 31 + (sign.codePointAt(0) ?? 0)) | 0
  return sum
}

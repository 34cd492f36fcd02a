/**
 * Every route of the OpenAPI document × everybody × every relation to the record, against the access table. A route that is added and
 * names a record by its id has to say below how such a record is made, or the walk fails.
 */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { may, relationsFor } from '../../domain/access/may.ts'
import { RIGHTS, type Right } from '../../domain/access/table.ts'
import type { Viewer } from '../../domain/access/viewer.ts'
import { viewerOf } from '../../db/access.ts'
import { userById } from '../../db/stores/people.ts'
import { type ApiAnswer, startApi, type TestApi, type Who } from '../support/api.ts'
import { makeRecord, recordOf } from './record-of.ts'
import { sampleOf } from './sample.ts'

interface Operation {
  method: string
  path: string
  access: Right | 'signed_in' | 'anyone'
  /** A body that it understands. */
  body: unknown
}

interface Described {
  'x-access': Operation['access']
  requestBody?: { content: Record<string, { schema: object }> }
}

/** Allowed by the table, and then asking for more than a key: a session of one's own. */
const ASKS_MORE = ['POST /api/keys']

const EVERYBODY: Who[] = ['rep', 'colleague', 'manager', 'stranger', 'strangeManager', 'ops', 'admin', 'viewer']
const OWNERS: (Who | null)[] = ['rep', 'stranger', 'manager', null]

let api: TestApi
let operations: Operation[]
const viewers = new Map<Who, Viewer>()

beforeAll(begin)
afterAll(() => api.close())

async function begin(): Promise<void> {
  api = await startApi()
  const { json } = await api.call(null, '/openapi.json')
  const { schemas } = json.components as { schemas: Record<string, object> }
  operations = Object.entries(json.paths as Record<string, Record<string, Described>>).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, facts]) => {
      const schema = facts.requestBody?.content['application/json']?.schema
      const body = schema === undefined ? undefined : sampleOf(schema, schemas)
      return { method: method.toUpperCase(), path, access: facts['x-access'], body }
    }),
  )
  for (const who of EVERYBODY) viewers.set(who, await viewerOf(api.db, await userById(api.db, api.people[who].id)))
}

const viewer = (who: Who): Viewer => viewers.get(who) as Viewer
const isRight = (access: Operation['access']): access is Right => access.includes('.')
/** Any id and word: of records that are not there. */
const anyPath = (path: string) =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => (name === 'kind' ? 'deal' : randomUUID()))
/** A wrong password at the open door of sign-in is no closed door. */
const closed = ({ status, json }: ApiAnswer) => status === 401 && json.code !== 'sign_in_failed'
const send = ({ method, body }: Operation) => ({
  method,
  ...(body === undefined ? {} : { body }),
  headers: { 'if-match': '*', 'idempotency-key': randomUUID() },
})

describe('every route', () => {
  test('says who may call it', () => {
    expect(operations.length).toBeGreaterThan(30)
    const open = ['signed_in', 'anyone']
    const without = operations.filter(({ access }) => !open.includes(access) && !RIGHTS.includes(access as Right))
    expect(without).toEqual([])
  })

  test('lets nobody in without a key, but where anyone may come', async () => {
    for (const one of operations) {
      const answer = await api.call(null, anyPath(one.path), send(one))
      expect([one.method, one.path, closed(answer)]).toEqual([one.method, one.path, one.access !== 'anyone'])
      const wrong = await api.call(null, anyPath(one.path), {
        ...send(one),
        headers: { authorization: `Bearer dw_${'x'.repeat(32)}` },
      })
      expect([one.method, one.path, closed(wrong)]).toEqual([one.method, one.path, one.access !== 'anyone'])
    }
  })

  test('is closed to roles without the right, whatever they send', async () => {
    for (const one of operations) {
      if (!isRight(one.access)) continue
      for (const who of EVERYBODY) {
        const has = relationsFor(viewer(who), one.access).length > 0
        const answer = await api.call(who, anyPath(one.path), send(one))
        if (has && ASKS_MORE.includes(`${one.method} ${one.path}`)) continue
        expect([who, one.method, one.path, answer.status === 403]).toEqual([who, one.method, one.path, !has])
      }
    }
  })
})

describe('every body', () => {
  test('is taken with the fields that it names alone: nobody sets what a route does not ask', async () => {
    const bodies = operations.filter(({ body }) => typeof body === 'object' && body !== null)
    expect(bodies.length).toBeGreaterThan(30)
    for (const one of bodies) {
      const body = { ...(one.body as object), createdAt: '2020-01-01' }
      const { status } = await api.call('admin', anyPath(one.path), { ...send(one), body })
      expect([one.method, one.path, status < 400]).toEqual([one.method, one.path, false])
    }
  })
})

describe('every route to one record', () => {
  test('of each owner is open to whom the table names, and hides what is not theirs to see', async () => {
    // Of its own: the walk above has changed the rules of the other one, as an admin may.
    await api.close()
    await begin()
    const walked = operations.filter(({ path, access }) => path.includes('{id}') && isRight(access))
    expect(walked.filter(({ path }) => recordOf(path) === undefined).map(({ path }) => path)).toEqual([])
    for (const one of walked) {
      const maker = recordOf(one.path)
      if (!maker) continue
      for (const owner of OWNERS) {
        const ownerId = owner === null ? null : api.people[owner].id
        for (const who of EVERYBODY) {
          const id = await makeRecord(api, maker, ownerId)
          const path = one.path.replace('{id}', id).replace('{kind}', 'deal')
          const answer = await api.call(who, path, send(one))
          const sees = may(viewer(who), maker.sees, ownerId)
          const has = relationsFor(viewer(who), one.access as Right).length > 0
          const right = one.access as Right
          const open = may(viewer(who), right, ownerId) && maker.asks?.(viewer(who), right, ownerId) !== false
          const expected = !has ? 403 : !sees ? 404 : open ? 'open' : 403
          const got = answer.status === 403 || answer.status === 404 ? answer.status : 'open'
          expect([who, one.method, one.path, `of ${owner}`, got]).toEqual([
            who,
            one.method,
            one.path,
            `of ${owner}`,
            expected,
          ])
        }
      }
    }
  })
})

/** The audit trail as people reach it: its routes and its command, the second against an intruder who owns the tables. */
import { createPublicKey } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDb } from '../../db/sql.ts'
import { audit } from '../../db/stores/audit.ts'
import { createSealer } from '../../server/audit/sealer.ts'
import { makeCli, TOKEN, type Cli } from '../cli/cli.ts'
import { startApi, type TestApi, type Who } from '../support/api.ts'

interface Event {
  id: number
  at: string
  actor: string
  type: string
  target: string
  targetId: string
}

let api: TestApi
let cli: Cli
let folder: string
let seal: () => Promise<void>

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'dealwright-trail-'))
  const checkpoints = path.join(folder, 'checkpoints.jsonl')
  api = await startApi({ localToken: TOKEN, checkpoints })
  const key = path.join(folder, 'public.pem')
  writeFileSync(key, createPublicKey(api.privateKey).export({ type: 'spki', format: 'pem' }))
  cli = makeCli(api.database, {
    DEALWRIGHT_PORT: new URL(api.url).port,
    DEALWRIGHT_PUBLIC_KEY_FILE: key,
    DEALWRIGHT_AUDIT_CHECKPOINTS: checkpoints,
  })
  const turn = createSealer({ db: api.db, key: api.privateKey, checkpoints, most: 4 })
  seal = async () => {
    while ((await turn()) > 0);
  }
})
afterAll(async () => {
  cli.close()
  rmSync(folder, { recursive: true, force: true })
  await api.close()
})

const make = async (who: Who, name: string): Promise<string> =>
  String((await api.call(who, '/api/accounts', { body: { name } })).json.id)

/** All pages of two. */
async function listed(query: string): Promise<Event[]> {
  const events: Event[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const answer = await api.call('admin', `/api/audit?limit=2${query}${cursor === '' ? '' : `&cursor=${cursor}`}`)
    expect([query, answer.status]).toEqual([query, 200])
    events.push(...(answer.json.items as Event[]))
    cursor = answer.json.next as string | null
  }
  return events
}

const eventsIn = (lines: string): Event[] =>
  lines
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Event)

const stored = (): Promise<Event[]> =>
  api.admin.rows<Event>('select id, at, actor, type, target, target_id from audit_event order by id')

describe('looked at and taken out', () => {
  test('newest first over pages, by who, what, about what and when', async () => {
    const [first, second] = [await make('rep', 'One'), await make('stranger', 'Two')]
    await api.call('ops', '/api/forms', { body: { name: 'Contact us' } })
    const all = (await stored()).map(({ id }) => id)
    expect((await listed('')).map(({ id }) => id)).toEqual(all.toReversed())
    const rep = `user:${api.people.rep.id}`
    expect((await listed(`&actor=${rep}`)).map(({ targetId }) => targetId)).toEqual([first])
    expect((await listed('&type=account.created')).map(({ targetId }) => targetId)).toEqual([second, first])
    expect(new Set((await listed('&type=account.*')).map(({ type }) => type))).toEqual(new Set(['account.created']))
    expect(await listed('&type=account')).toEqual([])
    expect((await listed(`&target=account&targetId=${second}`)).map(({ actor }) => actor)).toEqual([
      `user:${api.people.stranger.id}`,
    ])
    const [newest] = await listed('')
    const at = encodeURIComponent(newest?.at ?? '')
    expect((await listed(`&from=${at}`)).map(({ id }) => id)).toContain(newest?.id)
    expect((await listed(`&to=${at}`)).map(({ id }) => id)).not.toContain(newest?.id)
    for (const query of ['type=', 'from=yesterday', 'cursor=x', 'who=me'])
      expect([query, (await api.call('admin', `/api/audit?${query}`)).status]).toEqual([query, 400])
  })

  test('as JSON lines, oldest first; that it was taken out stands in it; nobody else takes it', async () => {
    const { status, text, headers } = await api.call('admin', '/api/audit/export')
    expect([status, headers.get('content-type')]).toEqual([200, 'application/x-ndjson'])
    const lines = eventsIn(text)
    expect(lines.map(({ id }) => id)).toEqual((await stored()).map(({ id }) => id))
    expect(lines.at(-1)).toMatchObject({ type: 'audit.exported', actor: `user:${api.people.admin.id}` })
    const some = eventsIn((await api.call('admin', '/api/audit/export?type=account.*')).text)
    expect(new Set(some.map(({ type }) => type))).toEqual(new Set(['account.created']))
    expect((await stored()).at(-1)).toMatchObject({ type: 'audit.exported', targetId: 'trail' })
    const before = (await stored()).length
    for (const who of ['rep', 'viewer'] as const)
      for (const way of ['', '/export', '/verification'])
        expect([who, way, (await api.call(who, `/api/audit${way}`)).status]).toEqual([who, way, 403])
    expect(await stored()).toHaveLength(before)
  })

  test('by the command into a new file; never over another one', async () => {
    const file = path.join(folder, 'trail.jsonl')
    const taken = await cli.run('audit', '--export', file, '--json')
    expect([taken.exit, taken.json()]).toEqual([0, { file }])
    expect(eventsIn(readFileSync(file, 'utf8')).map(({ id }) => id)).toEqual((await stored()).map(({ id }) => id))
    const before = readFileSync(file, 'utf8')
    expect((await cli.run('audit', '--export', file, '--json')).exit).toBe(1)
    expect(readFileSync(file, 'utf8')).toBe(before)
    const rep = await cli.run(
      'audit',
      '--export',
      path.join(folder, 'no.jsonl'),
      '--as',
      api.people.rep.email,
      '--json',
    )
    expect([rep.exit, rep.json()]).toMatchObject([1, { error: { code: 'forbidden' } }])
    expect(existsSync(path.join(folder, 'no.jsonl'))).toBe(false)
  })
})

describe('whether it stands as it was written', () => {
  test('it does: up to the last checkpoint, and it says what is newer', async () => {
    for (let n = 0; n < 24; n++) await make('rep', `Firm ${n}`)
    // A step that was taken back leaves its number unused: a place to put something in.
    await api.db
      .tx(async tx => {
        await audit(tx, { actor: 'worker', type: 'deal.opened', target: 'deal', targetId: 'x' })
        throw new Error('taken back')
      })
      .catch(() => {})
    for (let n = 24; n < 30; n++) await make('rep', `Firm ${n}`)
    await seal()
    await make('rep', 'Later')
    const { json } = await api.call('admin', '/api/audit/verification')
    expect(json).toMatchObject({ ok: true, broken: [], unsealed: 1, events: (await stored()).length - 1 })
    const whole = await cli.run('audit', '--verify', '--json')
    expect([whole.exit, whole.json()]).toEqual([0, json])
  })

  test('what the tables’ owner removed, altered, reordered and put in is found; what no checkpoint covers is not, and that is said', async () => {
    const ids = (await stored()).map(({ id }) => id)
    const last = ids.at(-1) ?? 0
    const added = ids.find((id, n) => (ids[n + 1] ?? id + 1) !== id + 1 && id > (ids[8] ?? 0)) ?? 0
    const [removed, altered, one, other] = [ids[6], ids[11], ids[14], ids[15]]
    const owner = openDb(api.database.ownerUrl, { max: 1 })
    try {
      await owner.run('alter table audit_event disable trigger user')
      await owner.run(`update audit_event set actor = 'user:nobody' where id = ${last}`)
      const window = await api.call('admin', '/api/audit/verification')
      expect(window.json).toMatchObject({ ok: true, unsealed: 1 })
      await owner.run(`delete from audit_event where id = ${removed}`)
      await owner.run(`update audit_event set target_id = 'another' where id = ${altered}`)
      await owner.run(`update audit_event set id = -1 where id = ${one}`)
      await owner.run(`update audit_event set id = ${one} where id = ${other}`)
      await owner.run(`update audit_event set id = ${other} where id = -1`)
      await owner.run(
        `insert into audit_event (id, actor, type, target, target_id) overriding system value values (${added + 1}, 'user:x', 'action.approved', 'action', 'x')`,
      )
    } finally {
      await owner.run('alter table audit_event enable trigger user')
      await owner.close()
    }
    const found = [
      ['removed', removed],
      ['altered', altered],
      ['reordered', one],
      ['reordered', other],
      ['added', added + 1],
    ]
    const { json } = await api.call('admin', '/api/audit/verification')
    const broken = (json.broken as { kind: string; id: number }[]).map(({ kind, id }) => [kind, id])
    expect(json.ok).toBe(false)
    expect(broken).toHaveLength(found.length)
    expect(broken).toEqual(expect.arrayContaining(found))
    const { exit, stdout } = await cli.run('audit', '--verify')
    expect([exit, stdout]).toEqual([
      1,
      expect.stringContaining('1 newer event, of which nothing outside the database knows'),
    ])
    for (const [kind, id] of found) expect(stdout).toContain(`event ${id} ${kind}:`)
    // Nothing is signed on top of it.
    const signed = readFileSync(path.join(folder, 'checkpoints.jsonl'), 'utf8')
    await seal().catch(() => {})
    expect((await api.call('admin', '/api/audit/verification')).json.ok).toBe(false)
    expect(readFileSync(path.join(folder, 'checkpoints.jsonl'), 'utf8').startsWith(signed)).toBe(true)
  })
})

/** The trail cannot be rewritten unnoticed: neither by a writer, nor by the table's owner with every trigger off. */
import { generateKeyPairSync } from 'node:crypto'
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keyId } from '../../domain/gate/decision.ts'
import { type Db, openDb } from '../../db/sql.ts'
import { audit } from '../../db/stores/audit.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { createSealer } from './sealer.ts'
import { verifyAudit } from './verify.ts'

const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const keys = new Map([[keyId(publicKey), publicKey]])
let database: TestDatabase
let db: Db
let worker: Db
let admin: Db
let file: string

beforeEach(async () => {
  database = await createTestDatabase()
  db = openDb(database.serverUrl, { max: 10 })
  worker = openDb(database.workerUrl, { max: 5 })
  admin = openDb(database.adminUrl, { max: 2 })
  file = path.join(mkdtempSync(path.join(tmpdir(), 'dealwright-audit-')), 'checkpoints.jsonl')
})
afterEach(async () => {
  await Promise.all([db.close(), worker.close(), admin.close()])
  await database.drop()
  rmSync(path.dirname(file), { recursive: true })
})

const write = (on: Db, target: string): Promise<void> =>
  audit(on, { actor: 'worker', type: 'action.claimed', target: 'action', targetId: target, data: { hash: 'ab' } })

async function seal(most?: number): Promise<void> {
  const turn = createSealer({ db, key: privateKey, checkpoints: file, ...(most ? { most } : {}) })
  while ((await turn()) > 0);
}

/** As the table's owner with its triggers off. */
const tamper = (text: string): Promise<number> =>
  admin.tx(async tx => {
    await tx.run('set local session_replication_role = replica')
    return tx.run(text)
  })

const verify = () => verifyAudit(db, file, keys)
const ids = async (): Promise<number[]> =>
  (await db.rows<{ id: number }>('select id from audit_event order by id')).map(({ id }) => id)

async function thirty(): Promise<number[]> {
  for (let n = 0; n < 30; n++) await write(n % 2 === 0 ? db : worker, `a${n}`)
  await seal(7)
  return ids()
}

test('what stands as it was written is verified, up to the last checkpoint; what is newer is counted', async () => {
  await thirty()
  await write(db, 'later')
  expect(await verify()).toMatchObject({
    ok: true,
    events: 30,
    broken: [],
    unsealed: 1,
    checkpoint: { seal: 5, events: 30 },
  })
})

test.each([
  ['removed', (id: number) => `delete from audit_event where id = ${id}`],
  ['altered', (id: number) => `update audit_event set actor = 'user:x' where id = ${id}`],
  ['altered', (id: number) => `update audit_event set at = at + interval '1 millisecond' where id = ${id}`],
  ['altered', (id: number) => `update audit_event set data = '{"hash":"ac"}' where id = ${id}`],
] as const)('%s by the owner: found, by its id', async (kind, change) => {
  const id = (await thirty())[12] ?? 0
  await tamper(change(id))
  const { ok, broken } = await verify()
  expect(ok).toBe(false)
  expect(broken).toMatchObject([{ kind, id, seal: 2 }])
})

test('two events that changed places are found as reordered', async () => {
  const [a, b] = (await thirty()).slice(15, 17)
  await tamper(`update audit_event set id = case id when ${a} then -1 when ${b} then ${a} end where id in (${a}, ${b})`)
  await tamper(`update audit_event set id = ${b} where id = -1`)
  expect((await verify()).broken).toMatchObject([
    { kind: 'reordered', id: a },
    { kind: 'reordered', id: b },
  ])
})

test('an event put in behind the back of its neighbours is found', async () => {
  await db.tx(tx => tx.row(`select nextval('audit_event_id_seq')`)).catch(() => {})
  for (let n = 0; n < 3; n++) await write(db, `a${n}`)
  const gap = ((await ids())[0] ?? 0) - 1
  await seal()
  await tamper(
    `insert into audit_event (id, actor, type, target, target_id) values (${gap}, 'user:x', 'action.approved', 'action', 'a')`,
  )
  expect((await verify()).broken).toMatchObject([{ kind: 'added', id: gap }])
})

test('a history rewritten with all its seals does not meet what was signed outside', async () => {
  await thirty()
  await tamper(`delete from audit_event where target_id = 'a3'`)
  const signed = readFileSync(file, 'utf8')
  await tamper('delete from audit_seal')
  writeFileSync(file, '')
  await seal(7)
  expect((await verify()).ok).toBe(true)
  writeFileSync(file, signed)
  const { ok, broken } = await verify()
  expect(ok).toBe(false)
  expect(broken.every(({ kind }) => kind === 'seal')).toBe(true)
})

test('the newest events removed together with their seals are missed', async () => {
  const all = await thirty()
  await tamper(`delete from audit_event where id > ${all[20]}`)
  await tamper('delete from audit_seal where seal >= 3')
  const { ok, broken } = await verify()
  expect(ok).toBe(false)
  expect(broken.map(one => one.seal)).toEqual([3, 4, 5])
})

test('the sealer signs nothing on top of what was changed since its last checkpoint', async () => {
  await thirty()
  const before = readFileSync(file, 'utf8')
  const lines = before.trimEnd().split('\n')
  writeFileSync(file, `${lines.slice(0, 3).join('\n')}\n`)
  await tamper(`update audit_event set actor = 'user:x' where target_id = 'a25'`)
  await write(db, 'more')
  await expect(seal()).rejects.toMatchObject({ code: 'audit_broken' })
  expect(readFileSync(file, 'utf8').trimEnd().split('\n')).toHaveLength(3)
})

test('a checkpoint that is not the server’s is no checkpoint', async () => {
  await thirty()
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  const forged = { ...(JSON.parse(lines.at(-1) ?? '') as object), events: 29 }
  appendFileSync(file, `${JSON.stringify(forged)}\nnonsense\n`)
  const { ok, broken, checkpoint } = await verify()
  expect([ok, broken.map(({ kind }) => kind)]).toEqual([false, ['checkpoint', 'checkpoint']])
  expect(checkpoint?.events).toBe(30)
})

test('a line that a crash cut off gives way to the next checkpoint', async () => {
  await thirty()
  appendFileSync(file, '{"seal":6,"las')
  expect((await verify()).ok).toBe(true)
  await write(db, 'later')
  await seal()
  expect(await verify()).toMatchObject({ ok: true, events: 31, unsealed: 0 })
})

test('a writer that is slow to commit is waited for, its event sealed in its place; one that gives up leaves a gap', async () => {
  const turn = createSealer({ db, key: privateKey, checkpoints: file })
  let finish = () => {}
  const held = new Promise<void>(resolve => (finish = resolve))
  let written = () => {}
  const early = new Promise<void>(resolve => (written = resolve))
  const slow = worker.tx(async tx => {
    await audit(tx, {
      actor: 'worker',
      type: 'action.claimed',
      target: 'action',
      targetId: 'slow',
      data: { hash: 'ab' },
    })
    written()
    await held
  })
  await early
  await write(db, 'quick')
  await db
    .tx(async tx => {
      await audit(tx, { actor: 'worker', type: 'action.found_in_sent', target: 'action', targetId: 'never' })
      throw new Error('given up')
    })
    .catch(() => {})
  await turn()
  await turn()
  // Nothing is sealed past the one that is not there yet: and nobody waited for the sealer.
  expect(existsSync(file)).toBe(false)
  finish()
  await slow
  while ((await turn()) > 0);
  await write(db, 'last')
  while ((await turn()) > 0);
  expect(await verify()).toMatchObject({ ok: true, events: 3, unsealed: 0 })
  const order = await db.rows<{ targetId: string }>('select target_id from audit_event order by id')
  expect(order.map(one => one.targetId)).toEqual(['slow', 'quick', 'last'])
})

test('many writers and two sealers at once: one chain, everything in it', async () => {
  const turns = [1, 2].map(() => createSealer({ db, key: privateKey, checkpoints: file, most: 20 }))
  const written = new AbortController()
  const sealing = Promise.all(
    turns.map(async turn => {
      while (!written.signal.aborted) await turn()
    }),
  )
  await Promise.all(
    Array.from({ length: 12 }, async (_, n) => {
      for (let k = 0; k < 25; k++) await write(n % 2 === 0 ? worker : db, `w${n}.${k}`)
    }),
  )
  written.abort()
  await sealing
  await seal(20)
  expect(await verify()).toMatchObject({ ok: true, events: 300, unsealed: 0, broken: [] })
})

test.each([
  'server',
  'worker',
] as const)('the %s’s role can neither change the trail nor choose an event’s id or time', async role => {
  await write(db, 'a')
  const on = role === 'server' ? db : worker
  for (const text of [
    `update audit_event set actor = 'x'`,
    'delete from audit_event',
    `insert into audit_event (id, actor, type, target, target_id) values (7000, 'x', 'run.cancel', 'run', 'a')`,
    `insert into audit_event (at, actor, type, target, target_id) values ('2020-01-01', 'x', 'run.cancel', 'run', 'a')`,
    'delete from audit_seal',
  ])
    await expect(on.run(text)).rejects.toMatchObject({ code: '42501' })
})

test('an event that is not listed, or holds what it should not, is not taken', async () => {
  const odd = { actor: 'x', type: 'mail.opened', target: 'mail', targetId: 'a' } as never
  await expect(audit(db, odd)).rejects.toMatchObject({ code: 'internal' })
  const more = { actor: 'x', type: 'run.cancel', target: 'run', targetId: 'a', data: { text: 'Dear' } } as never
  await expect(audit(db, more)).rejects.toThrow('it has no field text')
})

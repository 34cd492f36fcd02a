/** The stop switch: once its call has returned, the mail server sees no new MAIL FROM; what was stopped waits, says why, and goes on. */
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Activities, createActivities } from '../../activities/index.ts'
import { openDb, type Db } from '../../db/sql.ts'
import { startSystem, type System, until } from '../support/system.ts'
import { approvedMail, approve, current, policyTurn, proposeMail, type Proposed } from './mails.ts'
import { proposeDealUpdate } from './deals.ts'

/** A mail server that notes each MAIL FROM, and can be made to keep silent where a connection begins or a sender is named. */
interface Slow {
  url: string
  senders: string[]
  taken: string[]
  /** Awaited before the greeting. */
  greeting: () => Promise<void>
  /** Awaited before MAIL FROM is answered. */
  answer: () => Promise<void>
  close: () => Promise<void>
}

async function slowServer(): Promise<Slow> {
  const slow: Slow = {
    url: '',
    senders: [],
    taken: [],
    greeting: async () => {},
    answer: async () => {},
    close: () => new Promise(resolve => server.close(() => resolve())),
  }
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 200,
    onConnect: (_session, done) => void slow.greeting().then(() => done()),
    onMailFrom: ({ address }, _session, done) => {
      slow.senders.push(address)
      void slow.answer().then(() => done())
    },
    onData: (stream, { envelope }, done) => {
      stream.resume()
      stream.on('end', () => {
        slow.taken.push(envelope.rcptTo[0]?.address ?? '')
        done()
      })
    },
  })
  server.on('error', () => {})
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  slow.url = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`
  return slow
}

const WORKERS = 4

let slow: Slow
let system: System
let pools: Db[]
/** As several worker processes: each with connections of its own. */
let workers: Activities[]

beforeAll(async () => {
  slow = await slowServer()
  system = await startSystem({ smtpUrl: slow.url })
  pools = Array.from({ length: WORKERS }, (_, n) => openDb(system.database.workerUrl, { name: `worker ${n}`, max: 8 }))
  workers = pools.map(db => createActivities({ ...system.deps, db }))
})
beforeEach(() => {
  slow.greeting = async () => {}
  slow.answer = async () => {}
  slow.senders.length = 0
  slow.taken.length = 0
})
afterAll(async () => {
  await Promise.all(pools.map(pool => pool.close()))
  await system.close()
  await slow.close()
})

interface Stop {
  id: string
}

async function engage(scope: string, name?: string, who = system.people.manager): Promise<Stop> {
  const { status, json } = await system.call(who, '/api/stops', { scope, name, reason: 'a wrong price' })
  expect([status, json.detail]).toEqual([200, undefined])
  return json
}

async function preview(scope: string, name?: string): Promise<object> {
  const query = new URLSearchParams({ scope, ...(name === undefined ? {} : { name }) })
  const { status, json } = await system.call(system.people.manager, `/api/stops/preview?${query.toString()}`)
  expect(status).toBe(200)
  return json
}

async function release({ id }: Stop): Promise<void> {
  const { status } = await system.call(system.people.manager, `/api/stops/${id}/release`, { reason: 'put right' })
  expect(status).toBe(200)
}

const outcome = (work: Promise<{ status: string }>): Promise<string> =>
  work.then(
    ({ status }) => status,
    (error: unknown) => String((error as { type?: unknown }).type),
  )

async function held(): Promise<{ id: string; code: string; why: string }[]> {
  const { json } = await system.call(system.people.manager, '/api/held?code=stopped')
  return (json as unknown as { items: { id: string; code: string; why: string }[] }).items
}

let n = 0
const fresh = () => system.lead(`Stopped ${(n += 1)}`)

test.each([
  ['organisation', undefined, 50],
  ['team', 'Sales', 12],
  ['playbook', 'gate-probe', 12],
  ['mailbox', 'riva@ledgerline.example', 12],
] as const)('under load, %s: several workers, and not one MAIL FROM after the call has returned', async (scope, name, many) => {
  slow.answer = () => sleep(15)
  // Some are greeted late: when the switch is engaged there are mails in every state between their claim and their first word.
  let connections = 0
  slow.greeting = () => sleep(((connections += 1) % 5) * 250)
  const mails: Proposed[] = []
  for (let i = 0; i < many; i++) mails.push(await approvedMail(system, await fresh()))
  expect(await preview(scope, name)).toMatchObject({ ready: many, mails: many, underWay: 0, engaged: false })
  const running = mails.map((mail, i) => outcome((workers[i % WORKERS] as Activities).perform(mail)))
  await until('some have left', async () => slow.senders.length >= many / 10)
  const stop = await engage(scope, name)
  const seen = slow.senders.length
  const outcomes = await Promise.all(running)
  // Tried again and again meanwhile, as Temporal does.
  for (let round = 0; round < 2; round++)
    await Promise.all(mails.map((mail, i) => outcome((workers[i % WORKERS] as Activities).perform(mail))))
  expect(slow.senders).toHaveLength(seen)
  const done = outcomes.filter(one => one === 'done').length
  expect([done, outcomes.filter(one => one === 'action_waits').length]).toEqual([seen, many - seen])
  expect(seen).toBeLessThan(many)
  const waiting = await held()
  expect(waiting).toHaveLength(many - seen)
  const what = name === undefined ? 'everything' : `${scope} ${name}`
  expect(new Set(waiting.map(({ why }) => why))).toEqual(new Set([`${what} is stopped: a wrong price`]))
  expect(await preview(scope, name)).toMatchObject({ ready: many - seen, stoppedAlready: many - seen, engaged: true })
  await release(stop)
  for (const mail of mails) expect(await outcome((workers[0] as Activities).perform(mail))).toBe('done')
  expect([slow.senders.length, new Set(slow.taken).size, slow.taken.length]).toEqual([many, many, many])
  expect(await held()).toEqual([])
})

test('a mail that is claimed and has its connection is stopped too, before its first word', async () => {
  const mail = await approvedMail(system, await fresh())
  let greet = () => {}
  let connections = 0
  const greeted = new Promise<void>(resolve => {
    greet = resolve
  })
  // The first connection only asks whether the server is there; the second is to carry the mail.
  slow.greeting = () => ((connections += 1) > 1 ? greeted : Promise.resolve())
  const running = outcome(system.activities.perform(mail))
  await until('it is claimed', async () => (await current(system, mail)).status === 'claimed')
  await until('it is connected', async () => connections > 1)
  const stop = await engage('mailbox', 'riva@ledgerline.example')
  greet()
  expect(await running).toBe('action_waits')
  const { status, heldCode, claimToken } = await current(system, mail)
  expect([slow.senders, status, heldCode, claimToken]).toEqual([[], 'approved', 'stopped', null])
  await release(stop)
  expect(await outcome(system.activities.perform(mail))).toBe('done')
})

test('a mail whose MAIL FROM is on the line is waited for: the call returns after it was heard', async () => {
  const mail = await approvedMail(system, await fresh())
  let answer = () => {}
  slow.answer = () =>
    new Promise<void>(resolve => {
      answer = resolve
    })
  const running = outcome(system.activities.perform(mail))
  await until('MAIL FROM was said', async () => slow.senders.length === 1)
  let returned = false
  const stopping = engage('organisation').then(stop => {
    returned = true
    return stop
  })
  await until('it is engaged for all others', async () => {
    const rows = await system.admin.rows('select 1 from stop where released_at is null')
    return rows.length === 1
  })
  await until('it waits for the lock', async () => {
    const rows = await system.admin.rows(`select 1 from pg_locks where locktype = 'advisory' and not granted`)
    return rows.length > 0
  })
  expect(returned).toBe(false)
  answer()
  const stop = await stopping
  expect(await running).toBe('done')
  await release(stop)
})

test.each(['team', 'playbook', 'mailbox'] as const)('a %s is stopped, and nothing else is', async scope => {
  const mail = await approvedMail(system, await fresh())
  const [own, other] = {
    team: ['Sales', 'Elsewhere'],
    playbook: ['gate-probe', 'another'],
    mailbox: ['riva@ledgerline.example', 'cole@ledgerline.example'],
  }[scope] as [string, string]
  await system.admin.run(`insert into team (name) values ('Elsewhere') on conflict do nothing`)
  await system.admin.run(`insert into playbook (name) values ('another') on conflict do nothing`)
  expect(await preview(scope, own)).toMatchObject({ ready: 1 })
  expect(await preview(scope, other)).toMatchObject({ ready: 0, undecided: 0 })
  const beside = await engage(scope, other)
  const stop = await engage(scope, own)
  expect(await outcome(system.activities.perform(mail))).toBe('action_waits')
  expect((await current(system, mail)).heldWhy).toBe(`${scope} ${own} is stopped: a wrong price`)
  await release(stop)
  expect(await outcome(system.activities.perform(mail))).toBe('done')
  await release(beside)
})

test('changes of records are stopped as well', async () => {
  const lead = await fresh()
  const stages = await system.admin.rows<{ id: string; pipelineId: string }>(
    'select id, pipeline_id from stage order by position',
  )
  const [first, second] = stages
  const deal = await system.db.row<{ id: string }>(
    `insert into deal (name, lead_id, contact_id, account_id, pipeline_id, stage_id, source) values ('D', $1, $2, $3, $4, $5, 'test') returning id`,
    [lead.leadId, lead.contactId, lead.accountId, first?.pipelineId, first?.id],
  )
  const mail = await proposeMail(system, lead)
  const update = await proposeDealUpdate(system, lead, mail.runId, deal?.id ?? '', second?.id ?? '')
  await policyTurn(system)
  await approve(system, system.people.manager, update.id)
  const stop = await engage('organisation')
  expect(await outcome(system.activities.perform(update))).toBe('action_waits')
  const stage = () => system.admin.row<{ stageId: string }>('select stage_id from deal where id = $1', [deal?.id])
  expect((await stage())?.stageId).toBe(first?.id)
  await release(stop)
  expect(await outcome(system.activities.perform(update))).toBe('done')
  expect((await stage())?.stageId).toBe(second?.id)
})

test('managers and ops engage, managers release; each is on record with its reason', async () => {
  const { rep, ops, manager } = system.people
  expect((await system.call(rep, '/api/stops', { scope: 'organisation', reason: 'x' })).status).toBe(403)
  expect((await system.call(rep, '/api/stops/preview?scope=organisation')).status).toBe(403)
  expect((await system.call(ops, '/api/stops', { scope: 'organisation', reason: '' })).status).toBe(400)
  const stop = await engage('organisation', undefined, ops)
  expect((await engage('organisation')).id).toBe(stop.id)
  expect((await system.call(ops, `/api/stops/${stop.id}/release`, { reason: 'x' })).status).toBe(403)
  await release(stop)
  const again = await system.call(manager, `/api/stops/${stop.id}/release`, { reason: 'x' })
  expect([again.status, again.json.code]).toEqual([409, 'conflict'])
  const events = await system.admin.rows<{ type: string; actor: string }>(
    'select type, actor from audit_event where target_id = $1 order by id',
    [stop.id],
  )
  expect(events).toEqual([
    { type: 'stop.engaged', actor: `user:${ops.id}` },
    { type: 'stop.released', actor: `user:${manager.id}` },
  ])
})

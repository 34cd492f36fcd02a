/** Parts that go away or fail while runs are under way: each run ends or waits, nothing is lost and nothing doubled. */
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { storeSource } from '../../db/stores/evidence.ts'
import { type Fault, type ModelServer, startModelServer } from '../model-server/index.ts'
import { type Wire, wireTo } from '../support/proxy.ts'
import { startSystem, type System } from '../support/system.ts'
import { testTemporal } from '../support/temporal.ts'
import { ASK, begin, message, POLICY, untilAction, untilRun, WAIT } from './begin.ts'

let system: System
let wire: Wire
let model: ModelServer

beforeAll(async () => {
  wire = await wireTo(testTemporal().address)
  model = await startModelServer()
  system = await startSystem({
    policy: POLICY,
    temporalAddress: wire.address,
    model: { apiKey: 'test', model: 'stand-in', baseUrl: model.baseUrl, timeoutMs: 1_000 },
  })
  await system.startFlow()
  await system.startWorkers()
})
afterAll(async () => {
  await system.close()
  await model.close()
  await wire.close()
})

/** As the superuser, from another database: this one is about to be shut. */
async function cluster(...statements: string[]): Promise<void> {
  const client = new Client({ connectionString: inject('dealwright').adminUrl })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

/** Runs in every state of life, one of each. */
async function severalRuns() {
  const waiting = await begin(system, WAIT)
  const asking = await begin(system, ASK)
  const asked = await untilAction(system, asking.runId, 'waiting')
  const young = await begin(system, WAIT)
  return { waiting, asking, asked, young }
}

type Several = Awaited<ReturnType<typeof severalRuns>>

/** Lets each of them come to its end, and tells what it came to and what there is twice. */
async function finish({ waiting, asking, asked, young }: Several) {
  await message(system, waiting.lead)
  await message(system, young.lead)
  await system.call(system.people.rep, `/api/actions/${asked.id}/approve`, {})
  const outcomes: (string | null)[] = []
  for (const { runId } of [waiting, young, asking])
    outcomes.push((await untilRun(system, runId, 'completed', 60_000)).outcome)
  const made = await system.db.row<{ tasks: number; deals: number; twice: number }>(
    `select (select count(*) from task where run_id = any($1))::int as tasks, (select count(*) from deal where lead_id = $2)::int as deals,
       (select count(*) from (select action_id from effect group by action_id having count(*) > 1
          union select action_id from approval group by action_id having count(*) > 1) doubled)::int as twice`,
    [[waiting.runId, young.runId], asking.lead.leadId],
  )
  return { outcomes, ...made }
}

const ALL_WELL = { outcomes: ['keen', 'keen', 'opened'], tasks: 2, deals: 1, twice: 0 }

test('the database is away for a while: every run goes on, nothing is doubled', async () => {
  const several = await severalRuns()
  const { name } = system.database
  await cluster(
    `alter database ${name} allow_connections false`,
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
  )
  let health = 0
  try {
    // Life goes on meanwhile: a word for a run arrives that nobody can look up.
    await system.client.workflow.getHandle(`run/${several.waiting.runId}`).signal('decided', 'somebody')
    health = (await fetch(`${system.url}/healthz`)).status
    await sleep(10_000)
  } finally {
    await cluster(`alter database ${name} allow_connections true`)
  }
  expect(health).toBe(503)
  expect(await finish(several)).toEqual(ALL_WELL)
})

test('every connection is broken in the middle of work, again and again', async () => {
  const several = await severalRuns()
  for (let i = 0; i < 5; i++) {
    await cluster(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${system.database.name}' and application_name <> 'test admin'`,
    )
    await sleep(300)
  }
  expect(await finish(several)).toEqual(ALL_WELL)
})

test('Temporal is out of reach for a while: what was decided meanwhile arrives afterwards', async () => {
  const several = await severalRuns()
  wire.cut()
  const approved = await system.call(system.people.rep, `/api/actions/${several.asked.id}/approve`, {})
  expect(approved.status).toBe(200)
  await message(system, several.waiting.lead)
  await message(system, several.young.lead)
  await sleep(6_000)
  wire.mend()
  for (const { runId } of [several.waiting, several.young])
    expect((await untilRun(system, runId, 'completed', 60_000)).outcome).toBe('keen')
  expect((await untilRun(system, several.asking.runId, 'completed', 60_000)).outcome).toBe('opened')
  const unsent = await system.db.row<{ n: number }>('select count(*)::int as n from outbox where sent_at is null')
  expect(unsent?.n).toBe(0)
})

const RESEARCH = `
  - { id: facts, do: research, with: { max_pages: 2 } }
  - choose:
      - when: 'facts.by == "model"'
        steps: [{ end: by_model }]
  - end: by_rules
`
const times = (n: number, kind: Fault['kind']): Fault[] => Array.from({ length: n }, () => ({ kind }))

test.each<[what: string, faults: Fault[], outcome: string, calls: number]>([
  ['asks to wait a second', [{ kind: 'rate_limited', retryAfter: '1' }], 'by_model', 2],
  ['fails twice', times(2, 'server_error'), 'by_model', 3],
  ['fails for longer than the step tries', times(3, 'server_error'), 'by_rules', 3],
  ['does not answer in time', times(3, 'hang'), 'by_rules', 3],
  ['breaks the connection once', times(1, 'reset'), 'by_model', 2],
  ['refuses the key', times(1, 'unauthorized'), 'by_rules', 1],
  ['has no quota left', times(1, 'quota'), 'by_rules', 1],
  ['cuts its answer off', times(1, 'cut_off'), 'by_rules', 1],
  ['answers no JSON, and again when asked to repair it', times(2, 'malformed'), 'by_rules', 2],
])('a model that %s', async (_what, faults, outcome, calls) => {
  model.push(...faults)
  const before = model.calls.length
  const { runId } = await begin(system, RESEARCH, 'retry: { attempts: 3, first: 1s, factor: 1, max: 1s }', {
    domain: null,
    // A free-mail address names no company: each lead has one of its own.
    email: `buyer-${before}-${calls}.example@gmail.com`,
    message: 'Our planners lose a day every week to spreadsheets, and we have a budget of 20,000 EUR.',
  })
  expect((await untilRun(system, runId, 'completed', 60_000)).outcome).toBe(outcome)
  const made = model.calls.slice(before)
  expect(made).toHaveLength(calls)
  const [first, second] = made
  const pause = first && second ? second.at - first.at : 0
  expect(faults[0]?.kind === 'rate_limited' ? pause >= 1_000 : true).toBe(true)
  // What the rules or the model found stands once, each with its words in place.
  const facts = await system.db.rows<{ held: boolean; n: number }>(
    `select substr(t.text, f.start + 1, f."end" - f.start) = f.quote as held, count(*) over (partition by f.kind, f.quote)::int as n
     from fact f join source s on s.id = f.source_id join source_text t on t.hash = s.text_hash where f.run_id = $1`,
    [runId],
  )
  expect(facts.length).toBeGreaterThan(0)
  expect(facts.every(({ held, n }) => held && n === 1)).toBe(true)
})

test('a mailbox that refuses for good ends the step as failed, and the playbook says what then', async () => {
  await system.db.tx(async tx => {
    const text = 'Ledgerline plans night shifts for weavers.'
    const sourceId = await storeSource(tx, { key: 'knowledge:k1', kind: 'knowledge', text, fetchedAt: new Date() })
    await tx.run(
      `insert into knowledge_item (id, kind, title, text, source_id, approved_by) values ('k1', 'offering', 'Shifts', $1, $2, 'test')`,
      [text, sourceId],
    )
  })
  const { runId } = await begin(
    system,
    `
  - { id: opening, do: draft, with: { kind: first_touch } }
  - { id: sent, propose: send_mail, with: { draft: opening } }
  - choose:
      - when: 'sent.outcome == "failed"'
        steps: [{ end: refused_there }]
  - end: other
`,
  )
  const { id } = await untilAction(system, runId, 'waiting')
  system.mail.refuse(() => ({ code: 550, text: '5.1.1 no such user' }))
  await system.call(system.people.rep, `/api/actions/${id}/approve`, {})
  expect((await untilRun(system, runId, 'completed')).outcome).toBe('refused_there')
  expect(system.mail.taken).toHaveLength(0)
})

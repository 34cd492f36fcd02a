/**
 * The ten races and bypasses of the gate. Each asks three witnesses: what whoever tried was answered, what the mail server took, and what
 * the audit trail tells. More of each is in the files beside this one; docs/proofs.md says which.
 */
import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createActivities } from '../../activities/index.ts'
import { openDb, type Sql, type Tx } from '../../db/sql.ts'
import { createApiKey } from '../../db/stores/keys.ts'
import { ensureUser } from '../../db/stores/people.ts'
import { keyId, signDecision } from '../../domain/gate/decision.ts'
import { type LeadIds, type Person, startSystem, type System, until } from '../support/system.ts'
import { anew, answerOf, ends, fateOf, leaves, stays, trailOf } from './fate.ts'
import { killedWhile } from './killed-worker.ts'
import { approvedMail, current, policyTurn, proposeMail, type Proposed, tamper, type Terms } from './mails.ts'

let system: System
let lead: LeadIds
let n = 0

beforeAll(async () => {
  system = await startSystem()
})
beforeEach(async () => {
  lead = await system.lead(`Racer ${(n += 1)}`)
})
afterAll(() => system.close())

async function waiting(terms: Terms = {}): Promise<Proposed> {
  const mail = await proposeMail(system, lead, terms)
  await policyTurn(system)
  return mail
}

const approved = (terms: Terms = {}): Promise<Proposed> => approvedMail(system, lead, terms)
const HOUR = 3_600_000
const inAnHour = () => new Date(Date.now() + HOUR)

/** What a person is answered: the status, and how the action stands or the code of the refusal. */
async function word(who: Person, { id }: { id: string }, verb: 'approve' | 'refuse', body: object = {}) {
  const { status, json } = await system.call(who, `/api/actions/${id}/${verb}`, body)
  return [status, status === 200 ? json.status : json.code]
}
const NOT_OPEN = [409, 'action_not_open']
const BEGUN = ['action.proposed', 'action.approved']

/** Begins what wants this action while somebody holds its row, and lets go once all of it waits for that. */
async function whileHeld<T>(
  { id }: { id: string },
  begin: () => Promise<T>[],
  meanwhile: (tx: Tx) => Promise<unknown> = async () => {},
): Promise<T[]> {
  let begun: Promise<T>[] = []
  await system.admin.tx(async tx => {
    await tx.run('select 1 from action where id = $1 for update', [id])
    begun = begin()
    await until('all wait for the action', async () => (await waitingForLocks(system.admin)) === begun.length)
    await meanwhile(tx)
  })
  return Promise.all(begun)
}

async function waitingForLocks(sql: Sql): Promise<number> {
  const row = await sql.row<{ n: number }>(
    `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  )
  return row?.n ?? 0
}

test('1. fifty approvals against one refusal: one decision, the others are told what stands', async () => {
  const mail = await waiting()
  const { rep, manager } = system.people
  const answers = await Promise.all([
    ...Array.from({ length: 50 }, (_, i) => word(i % 2 ? rep : manager, mail, 'approve')),
    word(manager, mail, 'refuse', { why: 'not them' }),
  ])
  const won = answers.filter(([status]) => status === 200)
  expect(won).toHaveLength(1)
  for (const answer of answers.filter(one => one !== won[0])) expect(answer).toEqual(NOT_OPEN)
  const refused = won[0]?.[1] === 'refused'
  expect(await trailOf(system, mail)).toEqual(['action.proposed', refused ? 'action.refused' : 'action.approved'])
  expect(await fateOf(system, mail)).toEqual(refused ? stays('refused') : leaves)
})

test('2. ten workers claim one action: one has it, and it leaves byte for byte as it was approved', async () => {
  const mail = await approved()
  const pools = Array.from({ length: 10 }, (_, i) => openDb(system.database.workerUrl, { name: `worker ${i}`, max: 3 }))
  try {
    const workers = pools.map(db => createActivities({ ...system.deps, db }))
    const before = system.mail.taken.length
    const answers = await whileHeld(mail, () => workers.map(worker => answerOf(worker.perform(mail))))
    for (const answer of answers) expect(['claimed', 'done']).toContain(answer)
    expect(await trailOf(system, mail)).toEqual([...BEGUN, 'action.claimed', 'action.done'])
    expect(system.mail.taken).toHaveLength(before + 1)
    expect(system.mail.taken.at(-1)?.raw).toBe((await current(system, mail)).rendered?.toString('utf8'))
  } finally {
    await Promise.all(pools.map(pool => pool.close()))
  }
})

describe('3. old requests sent again', () => {
  test('the same bytes under the same Idempotency-Key decide nothing twice', async () => {
    const mail = await waiting()
    const { contentHash: hash } = await current(system, mail)
    const send = async () => {
      const { apiKey } = system.people.rep
      const response = await fetch(`${system.url}/api/actions/${mail.id}/approve`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${apiKey}`,
          'content-type': 'application/json',
          'idempotency-key': 'the-very-same-1',
        },
        body: JSON.stringify({ hash }),
      })
      const { status, code } = (await response.json()) as { status: string; code: string }
      return [response.status, response.status === 200 ? status : code]
    }
    expect(await send()).toEqual([200, 'approved'])
    expect(await send()).toEqual(NOT_OPEN)
    expect(await fateOf(system, mail)).toEqual(leaves)
    for (const answer of await Promise.all(Array.from({ length: 20 }, send))) expect(answer).toEqual(NOT_OPEN)
    expect(await fateOf(system, mail)).toEqual(stays('done'))
    expect(await trailOf(system, mail)).toEqual([...BEGUN, 'action.claimed', 'action.done'])
  })

  test('a decision on what has been edited since is one on nothing', async () => {
    const { rep, manager } = system.people
    const mail = await waiting({ notByMaker: true })
    const old = { hash: (await current(system, mail)).contentHash }
    const { json } = await system.call(rep, `/api/actions/${mail.id}/approve`, {
      ...old,
      edit: { body: 'As I say it.' },
    })
    const edited = { ...mail, id: json.id }
    expect(await word(manager, mail, 'approve', old)).toEqual(NOT_OPEN)
    expect(await word(manager, edited, 'approve', old)).toEqual([409, 'action_changed'])
    expect(await fateOf(system, edited)).toEqual(stays('waiting'))
    expect(await trailOf(system, edited)).toEqual(['action.proposed', 'action.edited'])
  })
})

describe('4. one byte is another than was approved', () => {
  const flip = (text: string) => (raw: Buffer) => {
    const at = raw.indexOf(text)
    expect(at).toBeGreaterThan(0)
    const changed = Buffer.from(raw)
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at)
    return changed
  }
  const attach = (raw: Buffer) => {
    const boundary = /boundary="?([^";\r]+)/.exec(raw.toString('latin1'))?.[1] ?? ''
    const end = raw.lastIndexOf(`--${boundary}--`)
    expect(end).toBeGreaterThan(0)
    const part = `--${boundary}\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=a.pdf\r\n\r\nx\r\n`
    return Buffer.concat([raw.subarray(0, end), Buffer.from(part), raw.subarray(end)])
  }

  test.each<[string, (raw: Buffer) => Buffer]>([
    ['body', flip('others plan theirs')],
    ['subject', flip('A word about')],
    ['header', flip('MIME-Version')],
    ['recipient that is read', flip('racer-')],
    ['attachment', attach],
  ])('%s', async (_what, change) => {
    const mail = await approved()
    const { rendered } = await current(system, mail)
    await tamper(system, 'update action set rendered = $2 where id = $1', [
      mail.id,
      change(rendered ?? Buffer.alloc(0)),
    ])
    expect(await fateOf(system, mail)).toEqual(ends('failed', 'approval_invalid'))
  })

  test('recipient that it is sent to', async () => {
    const mail = await approved()
    await tamper(
      system,
      `update action set content = jsonb_set(content, '{envelope,to,0}', to_jsonb(overlay(content#>>'{envelope,to,0}' placing 's' from 1))) where id = $1`,
      [mail.id],
    )
    expect(await fateOf(system, mail)).toEqual(ends('failed', 'approval_invalid'))
  })
})

describe('5. edited after approval', () => {
  test('too late: the approved one leaves, and the edit is nowhere', async () => {
    const mail = await approved()
    expect(await word(system.people.rep, mail, 'approve', { edit: { body: 'Something else.' } })).toEqual(NOT_OPEN)
    expect(await fateOf(system, mail)).toEqual(leaves)
    expect(system.mail.taken.at(-1)?.raw).not.toContain('Something else.')
    expect(await trailOf(system, mail)).toEqual([...BEGUN, 'action.claimed', 'action.done'])
  })

  test('fifty edits and approvals at once: one version is approved, and that one leaves', async () => {
    const mail = await waiting()
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        word(system.people.rep, mail, 'approve', i % 2 ? {} : { edit: { body: `Edited ${i}.` } }),
      ),
    )
    expect(answers.filter(([status]) => status === 200)).toEqual([[200, 'approved']])
    const chain = await system.admin.rows<{ id: string; status: string }>(
      'select id, status from action where run_id = $1 order by created_at',
      [mail.runId],
    )
    const { id = '' } = chain.find(({ status }) => status === 'approved') ?? {}
    expect(chain.filter(one => one.id !== id).every(({ status }) => status === 'superseded')).toBe(true)
    expect(await fateOf(system, { ...mail, id })).toEqual(leaves)
    const told = await system.admin.rows(
      `select 1 from audit_event where run_id = $1 and type in ('action.approved', 'action.claimed')`,
      [mail.runId],
    )
    expect(told).toHaveLength(2)
  })
})

describe('6. a millisecond too late', () => {
  test('to approve: the time runs out while the approval is on its way', async () => {
    const mail = await waiting({ expiresAt: inAnHour() })
    const answers = await whileHeld(
      mail,
      () => [word(system.people.rep, mail, 'approve')],
      async tx => {
        await tx.run('set local session_replication_role = replica')
        await tx.run(`update action set expires_at = clock_timestamp() - interval '1 millisecond' where id = $1`, [
          mail.id,
        ])
      },
    )
    expect(answers).toEqual([NOT_OPEN])
    expect(await trailOf(system, mail)).toEqual(['action.proposed', 'action.expired expired'])
    expect(await fateOf(system, mail)).toEqual({ ...stays('expired'), code: 'expired' })
  })

  test('to claim: the approval was good until then', async () => {
    const mail = await approved({ expiresAt: inAnHour() })
    await approvedUntil(mail, new Date(Date.now() - 1))
    expect(await fateOf(system, mail)).toEqual(anew('expired'))
    // By the same means, a moment that has not passed: what was signed so is good.
    const other = await approvedMail(system, await system.lead(`In time ${n}`), { expiresAt: inAnHour() })
    await approvedUntil(other, inAnHour())
    expect(await fateOf(system, other)).toEqual(leaves)
  })

  /** As if the server had signed the approval with this end. */
  async function approvedUntil(mail: Proposed, end: Date): Promise<void> {
    await tamper(system, 'update action set expires_at = $2 where id = $1', [mail.id, end])
    const row = await system.admin.row<{ by: string; at: Date; apiKey: string }>(
      'select by, at, api_key from approval where action_id = $1',
      [mail.id],
    )
    if (!row) throw new Error('it was not approved')
    const { id: actionId, kind, contentHash, reliedHash } = await current(system, mail)
    const { by, apiKey } = row
    const decision = { actionId, kind, contentHash, reliedHash, decision: 'approve' as const, by, apiKey }
    const signature = signDecision(
      { ...decision, at: row.at.toISOString(), expiresAt: end.toISOString() },
      system.privateKey,
    )
    await tamper(system, 'update approval set expires_at = $2, signature = $3 where action_id = $1', [
      mail.id,
      end,
      signature,
    ])
  }
})

describe('7. somebody whose word it is not', () => {
  const stranger = () =>
    system.db.tx(async tx => {
      const email = `sten${n}@ledgerline.example`
      const id = await ensureUser(tx, { name: 'Sten', email, role: 'rep', zone: 'UTC', team: 'Elsewhere' })
      return { id, email, apiKey: await createApiKey(tx, id, 'test', inAnHour()) }
    })

  test.each<[string, Terms, () => Promise<Person>, unknown[]]>([
    ['a rep, on what waits for a manager', { by: 'manager' }, async () => system.people.rep, [403, 'forbidden']],
    ['somebody of the same team', {}, async () => system.people.colleague, [403, 'forbidden']],
    ['somebody of another team, who learns of nothing', {}, stranger, [404, 'not_found']],
  ])('%s', async (_who, terms, person, answer) => {
    const mail = await waiting(terms)
    const who = await person()
    expect(await word(who, mail, 'approve')).toEqual(answer)
    expect(await word(who, mail, 'approve', { edit: { body: 'Mine.' } })).toEqual(answer)
    expect(await word(who, mail, 'refuse', { why: 'mine' })).toEqual(answer)
    expect(await fateOf(system, mail)).toEqual(stays('waiting'))
    expect(await trailOf(system, mail)).toEqual(['action.proposed'])
  })

  test('who made it, where the step wants somebody else', async () => {
    const { rep, manager } = system.people
    const mail = await waiting({ notByMaker: true })
    const { json } = await system.call(rep, `/api/actions/${mail.id}/approve`, { edit: { body: 'Mine.' } })
    const made = { ...mail, id: json.id }
    expect(await word(rep, made, 'approve')).toEqual([403, 'own_work'])
    expect(await fateOf(system, made)).toEqual(stays('waiting'))
    expect(await word(manager, made, 'approve')).toEqual([200, 'approved'])
    expect(await fateOf(system, made)).toEqual(leaves)
  })

  test('who lost the role between approval and claim', async () => {
    const mail = await approved()
    const role = (to: string) =>
      system.admin.run('update "user" set role = $2 where id = $1', [system.people.rep.id, to])
    await role('viewer')
    try {
      expect(await fateOf(system, mail)).toEqual(anew('approval_void'))
    } finally {
      await role('rep')
    }
  })
})

describe('8. a client of Temporal', () => {
  beforeAll(() => system.startWorkers())
  afterAll(() => system.stopWorkers())
  const begin = (runId: string) =>
    system.client.workflow.start('playbookRun', {
      workflowId: `run/${runId}`,
      taskQueue: `${system.prefix}-runs`,
      args: [{ runId }],
    })

  test('has the activity that sends started by itself', async () => {
    const mail = await waiting()
    const direct = (times: string) =>
      system.client.activity.execute<{ status: string }>('perform', {
        id: `direct/${mail.id}/${times}`,
        taskQueue: `${system.prefix}-effects`,
        startToCloseTimeout: '1 minute',
        args: [{ runId: mail.runId, key: mail.key }],
      })
    expect((await direct('first')).status).toBe('waiting')
    expect(await fateOf(system, mail)).toEqual(stays('waiting'))
    expect(await word(system.people.rep, mail, 'approve')).toEqual([200, 'approved'])
    const before = system.mail.taken.length
    for (const again of ['second', 'third']) expect((await direct(again)).status).toBe('done')
    expect(system.mail.taken).toHaveLength(before + 1)
    expect(await trailOf(system, mail)).toEqual([...BEGUN, 'action.claimed', 'action.done'])
  })

  test('starts the run and tells it again and again what was never decided, or was decided once', async () => {
    const mail = await waiting()
    const { eventId = '' } =
      (await system.db.row<{ eventId: string }>('select event_id from run where id = $1', [mail.runId])) ?? {}
    const handle = await begin(mail.runId)
    const before = system.mail.taken.length
    const tell = () =>
      Promise.all([
        ...Array.from({ length: 10 }, () => handle.signal('decided', mail.id)),
        handle.signal('wake', eventId),
        handle.signal('control', { word: 'resume', why: 'x' }),
        handle.signal('control', { word: 'skip', why: 'x' }),
      ])
    await tell()
    await expect(handle.executeUpdate('decided', { args: [mail.id] })).rejects.toThrow(/update/i)
    await expect(handle.executeUpdate('approve', { args: [mail.id] })).rejects.toThrow(/update/i)
    expect(await fateOf(system, mail)).toEqual(stays('waiting'))
    expect(await trailOf(system, mail)).toEqual(['action.proposed'])
    expect(await word(system.people.rep, mail, 'approve')).toEqual([200, 'approved'])
    await tell()
    await handle.result()
    expect(system.mail.taken).toHaveLength(before + 1)
    // The same run once more, from its beginning: it ended, and its mail is sent.
    await (await begin(mail.runId)).result()
    expect(await fateOf(system, mail)).toEqual(stays('done'))
    expect(await trailOf(system, mail)).toEqual([...BEGUN, 'action.claimed', 'action.done'])
  })
})

describe('9. SQL', () => {
  const SETS = ['approved', 'allowed', 'claimed', 'done'] as const

  test('as the worker: no statement lets it leave', async () => {
    const mail = await waiting()
    const refusal = (text: string) =>
      system.deps.db.run(text, [mail.id]).then(
        () => 'done',
        (error: unknown) => String((error as { code?: unknown }).code),
      )
    const forged = `insert into approval (action_id, decision, by, content_hash, relied_hash, key_id, signature, at)
      select id, 'approve', 'user:me', content_hash, relied_hash, '', '', now() from action where id = $1`
    expect(await refusal(forged)).toBe('42501')
    for (const status of SETS)
      expect(await refusal(`update action set status = '${status}' where id = $1`)).toMatch(/^(42501|23514)$/)
    expect(await refusal(`update action set content_hash = '' where id = $1`)).toBe('42501')
    expect(await fateOf(system, mail)).toEqual(stays('waiting'))
    expect(await trailOf(system, mail)).toEqual(['action.proposed'])
  })

  test('as the owner of the tables, every trigger off and a key of their own: nothing that the server has not signed leaves', async () => {
    const mail = await waiting()
    const action = await current(system, mail)
    const owner = openDb(system.database.ownerUrl, { max: 1 })
    const { privateKey } = generateKeyPairSync('ed25519')
    const at = new Date()
    const by = `user:${system.people.manager.id}`
    const { id: actionId, kind, contentHash, reliedHash } = action
    const signature = signDecision(
      { actionId, kind, contentHash, reliedHash, decision: 'approve', by, at: at.toISOString(), expiresAt: null },
      privateKey,
    )
    try {
      await owner.run('alter table action disable trigger user')
      await owner.run('alter table approval disable trigger user')
      await owner.run(
        `insert into approval (action_id, decision, by, content_hash, relied_hash, key_id, signature, at) values ($1,'approve',$2,$3,$4,$5,$6,$7)`,
        [actionId, by, contentHash, reliedHash, keyId(system.privateKey), signature, at],
      )
      const fates: string[] = []
      const before = system.mail.taken.length
      for (const status of [...SETS, 'uncertain']) {
        await owner.run('update action set status = $2, failure_code = null, settled_at = null where id = $1', [
          actionId,
          status,
        ])
        fates.push(`${status}: ${await answerOf(system.activities.perform(mail))}`)
      }
      expect(fates).toEqual([
        'approved: failed',
        'allowed: failed',
        'claimed: uncertain',
        'done: done',
        'uncertain: uncertain',
      ])
      expect(system.mail.taken).toHaveLength(before)
      expect(await trailOf(system, mail)).toEqual([
        'action.proposed',
        'action.failed approval_invalid',
        'action.failed approval_invalid',
        'action.uncertain uncertain',
      ])
    } finally {
      await owner.run('alter table action enable trigger user')
      await owner.run('alter table approval enable trigger user')
      await owner.close()
    }
  })
})

describe('10. the worker is killed', () => {
  /** It hangs there until the test lets it go on. */
  function holding(): { hook: () => Promise<void>; reached: Promise<void>; letGo: () => void } {
    let letGo = () => {}
    let arrived = () => {}
    const reached = new Promise<void>(resolve => (arrived = resolve))
    const held = new Promise<void>(resolve => (letGo = resolve))
    return { hook: () => (arrived(), held), reached, letGo }
  }

  async function lost(moment: (mail: Proposed) => Promise<unknown>): Promise<{ left: number; mail: Proposed }> {
    const mail = await approved()
    const before = system.mail.taken.length
    await killedWhile(system, mail, () => moment(mail))
    expect((await current(system, mail)).status).toBe('claimed')
    expect(await trailOf(system, mail)).toEqual([...BEGUN, 'action.claimed'])
    return { left: system.mail.taken.length - before, mail }
  }

  test('before its first word to the mail server: nothing left, and nothing is sent by guessing', async () => {
    const silence = holding()
    system.mail.onGreeting(async () => {
      // The first connection only asks whether the server is there: nothing is claimed yet.
      const claimed = await system.admin.row(`select 1 as yes from action where status = 'claimed'`)
      if (claimed) await silence.hook()
    })
    const { left, mail } = await lost(() => silence.reached)
    system.mail.onGreeting(null)
    silence.letGo()
    expect(left).toBe(0)
    expect(await fateOf(system, mail)).toEqual(ends('uncertain', 'uncertain'))
  })

  test('after the text was taken, before that was heard: it left once, and is asked for', async () => {
    const silence = holding()
    system.mail.onText(silence.hook)
    const { left, mail } = await lost(() => silence.reached)
    system.mail.onText(null)
    silence.letGo()
    expect(left).toBe(1)
    expect(await fateOf(system, mail)).toEqual(ends('uncertain', 'uncertain'))
  })

  test('after that was heard, before it was recorded: it left once, and is asked for', async () => {
    const lock = holding()
    const locking = system.admin.tx(async tx => {
      await tx.run('lock table effect in exclusive mode')
      await lock.hook()
    })
    await lock.reached
    const waits = () => until('the record waits', async () => (await waitingForLocks(system.admin)) > 0)
    const { left, mail } = await lost(waits).finally(lock.letGo)
    await locking
    expect(left).toBe(1)
    expect(await fateOf(system, mail)).toEqual(ends('uncertain', 'uncertain'))
  })
})

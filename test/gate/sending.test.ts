/** The claim's own checks, and what becomes of a mail whose sending did not come to its end. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createSentFolder } from '../../connectors/mail/sent.ts'
import { createMailSender } from '../../connectors/mail/smtp.ts'
import { faultServer } from '../../connectors/mail/testing/fault-server.ts'
import { createActivities } from '../../activities/index.ts'
import type { Deps } from '../../activities/deps.ts'
import type { Db } from '../../db/sql.ts'
import { suppress } from '../../db/stores/conversation.ts'
import { hasDovecot, startDovecot } from '../support/dovecot.ts'
import { type LeadIds, startSystem, type System } from '../support/system.ts'
import { approve, approvedMail, current, policyTurn, proposeMail, type Proposed } from './mails.ts'

let system: System
let lead: LeadIds
let n = 0

beforeAll(async () => {
  system = await startSystem()
})
beforeEach(async () => {
  n += 1
  lead = await system.lead(`Person ${n}`)
})
afterEach(async () => {
  system.mail.onText(null)
  system.mail.refuse(null)
  await system.admin.run(`update mailbox set daily_cap = 500, paused_at = null`)
})
afterAll(() => system.close())

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => String((error as { type?: unknown }).type),
  )

const takenBy = (email: string) => system.mail.taken.filter(({ to }) => to.includes(email)).length

async function emailOf(of: LeadIds): Promise<string> {
  const row = await system.db.row<{ email: string }>('select email from contact where id = $1', [of.contactId])
  return row?.email ?? ''
}

test.each(['email', 'domain'] as const)('suppression by %s between approval and claim', async kind => {
  const mail = await approvedMail(system, lead)
  const email = await emailOf(lead)
  const value = kind === 'email' ? email : (email.split('@')[1] ?? '')
  await system.db.tx(tx => suppress(tx, { kind, value, reason: 'asked us to stop' }))
  await system.activities.perform(mail)
  const { status, failureCode } = await current(system, mail)
  expect([status, failureCode, takenBy(email)]).toEqual(['failed', 'suppressed', 0])
})

test('two playbooks with one contact: the second mail waits until the first has left', async () => {
  const [first, second] = [await approvedMail(system, lead), await approvedMail(system, lead)]
  let letGo = () => {}
  const underWay = new Promise<void>(arrived => {
    system.mail.onText(() => {
      arrived()
      return new Promise<void>(resolve => {
        letGo = resolve
      })
    })
  })
  const sending = system.activities.perform(first)
  await underWay
  expect(await codeOf(system.activities.perform(second))).toBe('action_waits')
  expect((await current(system, second)).status).toBe('approved')
  letGo()
  await sending
  system.mail.onText(null)
  expect((await system.activities.perform(second)).status).toBe('done')
  expect(takenBy(await emailOf(lead))).toBe(2)
})

test('a day’s cap is kept to the mail when many are sent at once', async () => {
  await system.admin.run(`update mailbox set daily_cap = 3 + (select count(*) from action
     where kind = 'send_mail' and claimed_at >= date_trunc('day', now()) and status in ('claimed', 'done', 'uncertain'))`)
  const mails: Proposed[] = []
  for (let i = 0; i < 10; i++) mails.push(await approvedMail(system, await system.lead(`Cap ${n} ${i}`)))
  const before = system.mail.taken.length
  const codes = await Promise.all(mails.map(mail => codeOf(system.activities.perform(mail))))
  expect(codes.filter(code => code === 'none')).toHaveLength(3)
  expect(codes.filter(code => code === 'action_waits')).toHaveLength(7)
  expect(system.mail.taken).toHaveLength(before + 3)
})

test('a paused mailbox waits, and goes on when it is opened again', async () => {
  const mail = await approvedMail(system, lead)
  await system.admin.run('update mailbox set paused_at = now()')
  expect(await codeOf(system.activities.perform(mail))).toBe('action_waits')
  expect([takenBy(await emailOf(lead)), (await current(system, mail)).status]).toEqual([0, 'approved'])
  await system.admin.run('update mailbox set paused_at = null')
  expect((await system.activities.perform(mail)).status).toBe('done')
})

test('an edited mail: new content under a new hash and Message-ID, the original superseded, the step follows the edit', async () => {
  const mail = await proposeMail(system, lead)
  await policyTurn(system)
  const original = await current(system, mail)
  const { json } = await system.call(system.people.rep, `/api/actions/${mail.id}/approve`, {
    hash: original.contentHash,
    edit: { subject: 'Another subject', body: 'Only this.' },
  })
  expect(json.id).not.toBe(mail.id)
  expect(json.hash).not.toBe(original.contentHash)
  expect((await current(system, mail)).status).toBe('superseded')
  expect((await current(system, mail)).content).toEqual(original.content)
  expect((await system.activities.perform(mail)).status).toBe('done')
  const left = system.mail.taken.filter(({ to }) => to.includes(String((original.content.envelope as never)['to'][0])))
  expect(left).toHaveLength(1)
  expect(left[0]?.raw).toContain('Only this.')
  expect(left[0]?.raw).not.toContain('night shift')
  expect(left[0]?.messageId).not.toBe(original.content.messageId)
  const step = await system.db.row<{ result: { action: string } }>(
    'select result from step_run where run_id = $1 and key = $2',
    [mail.runId, mail.key],
  )
  expect(step?.result.action).toBe(json.id)
})

test('a mailbox that refuses for good: failed with its reply, nothing is tried again', async () => {
  const mail = await approvedMail(system, lead)
  system.mail.refuse(() => ({ code: 550, text: '5.1.1 no such user' }))
  await system.activities.perform(mail)
  const { status, failureCode } = await current(system, mail)
  expect([status, failureCode]).toEqual(['failed', 'smtp_550'])
})

test('a mailbox that refuses for now: the claim is given back, later it leaves once', async () => {
  const mail = await approvedMail(system, lead)
  system.mail.refuse(() => ({ code: 451, text: '4.7.1 greylisted' }))
  expect(await codeOf(system.activities.perform(mail))).toBe('mail_later')
  expect((await current(system, mail)).status).toBe('approved')
  system.mail.refuse(null)
  expect((await system.activities.perform(mail)).status).toBe('done')
  expect(takenBy(await emailOf(lead))).toBe(1)
})

test('no mail server: nothing is claimed', async () => {
  const away = createActivities({ ...system.deps, mail: createMailSender('smtp://127.0.0.1:1') })
  const mail = await approvedMail(system, lead)
  expect(await codeOf(away.perform(mail))).toBe('mail_unavailable')
  const { status, claimedAt } = await current(system, mail)
  expect([status, claimedAt]).toEqual(['approved', null])
})

/** A worker whose every transaction from the n-th on is lost, as if it were killed there. */
function dyingWorker(deps: Deps, afterTransactions: number): Deps {
  let left = afterTransactions
  const db: Db = {
    ...deps.db,
    tx: work => (left-- > 0 ? deps.db.tx(work) : Promise.reject(new Error('killed'))),
  }
  return { ...deps, db }
}

describe('a crash between sending and recording', () => {
  async function crashed(more: Partial<Deps> = {}): Promise<Proposed> {
    const mail = await approvedMail(system, lead)
    // The claim is its first transaction, the look at the stop switch its second; the record would be the third.
    const worker = createActivities(dyingWorker({ ...system.deps, ...more }, 2))
    await expect(worker.perform(mail)).rejects.toBeInstanceOf(Error)
    expect((await current(system, mail)).status).toBe('claimed')
    return mail
  }

  test('uncertain, listed for a person, never sent again by itself', async () => {
    const mail = await crashed()
    const email = await emailOf(lead)
    for (let i = 0; i < 3; i++) expect((await system.activities.perform(mail)).status).toBe('uncertain')
    expect(takenBy(email)).toBe(1)
    const { json } = await system.call(system.people.manager, '/api/actions?status=uncertain')
    expect((json as unknown as { items: { id: string }[] }).items.map(one => one.id)).toContain(mail.id)
    // Until it is settled, nobody else writes to this person.
    const next = await approvedMail(system, lead)
    expect(await codeOf(system.activities.perform(next))).toBe('action_waits')
    await settle(mail, true)
    expect((await system.activities.perform(next)).status).toBe('done')
  })

  async function settle(mail: Proposed, sent: boolean): Promise<void> {
    const path = `/api/actions/${mail.id}/settle`
    expect((await system.call(system.people.colleague, path, { sent })).status).toBe(403)
    expect((await system.call(system.people.rep, path, { sent })).status).toBe(200)
    const again = await system.call(system.people.rep, path, { sent: !sent })
    expect([again.status, again.json.code]).toEqual([409, 'action_not_open'])
  }

  test('settled by a person as sent: done, and part of the conversation, so that its answer finds its thread', async () => {
    const mail = await crashed()
    await system.activities.perform(mail)
    await settle(mail, true)
    const { status, content } = await current(system, mail)
    expect(status).toBe('done')
    const message = await system.db.row<{ threadId: string }>('select thread_id from message where message_id = $1', [
      content.messageId,
    ])
    expect(message?.threadId).toBeTruthy()
    expect((await system.activities.standing(mail)).settled).toBe(true)
    expect(takenBy(await emailOf(lead))).toBe(1)
  })

  test('settled by a person as not sent: failed, and not sent either', async () => {
    const mail = await crashed()
    await system.activities.perform(mail)
    await settle(mail, false)
    expect((await system.activities.perform(mail)).status).toBe('failed')
    expect(takenBy(await emailOf(lead))).toBe(1)
  })

  test('a connection lost while the text was on its way is uncertain too', async () => {
    const server = await faultServer({ dot: { hangUp: true } })
    try {
      const mail = await approvedMail(system, lead)
      const worker = createActivities({ ...system.deps, mail: createMailSender(server.url) })
      expect((await worker.perform(mail)).status).toBe('uncertain')
      expect((await worker.perform(mail)).status).toBe('uncertain')
      expect(server.texts).toHaveLength(1)
    } finally {
      await server.close()
    }
  })

  test.skipIf(!hasDovecot())('found in the Sent folder: done; not found there: still a person’s to say', async () => {
    const dovecot = await startDovecot()
    const sent = createSentFolder(dovecot.url('riva'))
    try {
      const found = await crashed({ sent })
      const withFolder = createActivities({ ...system.deps, sent })
      expect((await withFolder.perform(found)).status).toBe('done')
      const seen = await system.admin.rows(
        `select 1 from audit_event where target_id = $1 and type = 'action.found_in_sent'`,
        [found.id],
      )
      expect(seen).toHaveLength(1)

      lead = await system.lead(`Unfiled ${n}`)
      const lost = await crashed() // nobody filed this one
      expect((await withFolder.perform(lost)).status).toBe('uncertain')
      expect(takenBy(await emailOf(lead))).toBe(1)
    } finally {
      sent.close()
      await dovecot.stop()
    }
  })

  test('a crash between claim and sending is uncertain as well: nobody can tell the two apart', async () => {
    const mail = await approvedMail(system, lead)
    const lost: Deps['mail'] = { ready: async () => {}, send: () => Promise.reject(new Error('killed')) }
    await expect(createActivities({ ...system.deps, mail: lost }).perform(mail)).rejects.toBeInstanceOf(Error)
    expect((await system.activities.perform(mail)).status).toBe('uncertain')
    expect(takenBy(await emailOf(lead))).toBe(0)
  })
})

test('an effect on our own records and its mark are one: a crash undoes both, a repeat does it once', async () => {
  const mail = await proposeMail(system, lead)
  await system.db.tx(async tx => {
    const step = { with: { title: 'Call them', due: null }, approve: { by: 'owner' } }
    await tx.run(
      `insert into step_run (run_id, key, kind, verb, "with") values ($1, 'todo#1', 'create_task', 'propose', $2)`,
      [mail.runId, JSON.stringify(step)],
    )
  })
  const at = { runId: mail.runId, key: 'todo#1' }
  const { actionId } = await system.activities.propose(at)
  await policyTurn(system)
  await approve(system, system.people.manager, actionId ?? '')
  await Promise.all([1, 2, 3].map(() => system.activities.perform(at).catch(() => null)))
  await system.activities.perform(at)
  const tasks = await system.db.rows('select 1 from task where run_id = $1', [mail.runId])
  const effects = await system.db.rows('select 1 from effect where action_id = $1', [actionId])
  expect([tasks.length, effects.length]).toEqual([1, 1])
})

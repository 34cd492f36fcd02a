/** Caps, quiet hours and never-contact lists, in the transaction of the claim, on real mail. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { publishDefinition } from '../../db/stores/playbooks.ts'
import { type LeadIds, startSystem, type System } from '../support/system.ts'
import { approve, approvedMail, current, policyTurn, proposeMail, type Proposed } from './mails.ts'

let system: System
let n = 0

beforeAll(async () => {
  system = await startSystem({ policy: 'policy: 1\nrules: []\n' })
})
afterAll(() => system.close())
afterEach(() => limits(''))

/** Puts other limits in force: publishing is all it takes. */
async function limits(text: string): Promise<void> {
  n += 1
  await system.db.tx(tx => publishDefinition(tx, 'policy', `policy: 1 # ${n}\nrules: []\n${text}`, 'test'))
}

const lead = (domain?: string): Promise<LeadIds> =>
  system.lead(`Limit ${(n += 1)}`, domain === undefined ? {} : { domain, email: `p${n}@${domain}` })

const outcome = (mail: Proposed): Promise<string> =>
  system.activities.perform(mail).then(
    ({ status }) => status,
    (error: unknown) => String((error as { type?: unknown }).type),
  )

/** What the cap counts already; per mailbox only the rep's is used. */
async function alreadySent(per: string): Promise<number> {
  const row = await system.db.row<{ n: number }>(
    `select count(*)::int as n from action where kind = 'send_mail' and claimed_at is not null and status = 'done'
       and ($1 <> 'mailbox' or mailbox_id = (select id from mailbox where address = 'riva@ledgerline.example'))`,
    [per],
  )
  return row?.n ?? 0
}

describe('caps', () => {
  /** From several mailboxes, since one mailbox sends one mail at a time anyway. */
  const OWNERS = ['rep', 'colleague', 'manager'] as const

  async function mailOf(owner: (typeof OWNERS)[number]): Promise<Proposed> {
    const to = await lead()
    await system.admin.run('update lead set owner_id = $2 where id = $1', [to.leadId, system.people[owner].id])
    const mail = await proposeMail(system, to)
    await policyTurn(system)
    await approve(system, system.people.manager, mail.id)
    return mail
  }

  test.each([
    'organisation',
    'mailbox',
    'team',
    'playbook',
  ] as const)('per %s: of ten at once exactly three leave', async per => {
    const mails: Proposed[] = []
    for (let i = 0; i < 10; i++) mails.push(await mailOf(OWNERS[per === 'mailbox' ? 0 : i % OWNERS.length] ?? 'rep'))
    await limits(
      `limits: { caps: [{ name: the cap, at_most: ${3 + (await alreadySent(per))}, per: ${per}, in: hour }] }`,
    )
    const before = system.mail.taken.length
    const outcomes = await Promise.all(mails.map(outcome))
    expect(outcomes.filter(one => one === 'done')).toHaveLength(3)
    expect(outcomes.filter(one => one === 'action_waits')).toHaveLength(7)
    expect(system.mail.taken).toHaveLength(before + 3)
    const waiting = await current(system, mails[outcomes.indexOf('action_waits')] as Proposed)
    expect([waiting.heldCode, waiting.heldWhy]).toEqual(['cap', expect.stringContaining('the cap')])
    expect(waiting.heldUntil?.getTime()).toBeGreaterThan(Date.now())
  })

  test('per recipient domain: one company gets its share, others are not touched; what is over goes when an hour has passed', async () => {
    const many: Proposed[] = []
    for (let i = 0; i < 5; i++) many.push(await approvedMail(system, await lead('crowd.example')))
    const other = await approvedMail(system, await lead())
    await limits(
      `limits: { caps: [{ name: one company, at_most: 2, per: recipient_domain, in: hour, of: ['*.example'] }] }`,
    )
    const outcomes = await Promise.all(many.map(outcome))
    expect(outcomes.filter(one => one === 'done')).toHaveLength(2)
    expect(await outcome(other)).toBe('done')
    const rest = many.filter((_, i) => outcomes[i] !== 'done')
    expect(await outcome(rest[0] as Proposed)).toBe('action_waits')
    await system.admin.run(
      `update action set claimed_at = claimed_at - interval '61 minutes' where content->>'emailKey' like '%@crowd.example'`,
    )
    const later = await Promise.all(rest.map(outcome))
    expect(later.filter(one => one === 'done')).toHaveLength(2)
  })
})

describe('quiet hours', () => {
  /** A window that this very moment is in, or not, by the recipient's clock in a zone. */
  function around(zone: string, inside: boolean): string {
    const hour = Number(
      new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: 'numeric', hourCycle: 'h23' }).format(new Date()),
    )
    const start = inside ? hour : (hour + 12) % 24
    return `{ from: '${String(start).padStart(2, '0')}:00', to: '${start === 23 ? '24:00' : `${String(start + 1).padStart(2, '0')}:59`}' }`
  }

  test('by the recipient’s clock, not ours: waits with its time, and leaves within it', async () => {
    const zone = 'Asia/Kolkata'
    const to = await lead()
    await system.admin.run('update contact set zone = $2 where id = $1', [to.contactId, zone])
    const mail = await approvedMail(system, to)
    await limits(`limits: { quiet_hours: [{ name: nights, outside: ${around(zone, false)}, days: every }] }`)
    expect(await outcome(mail)).toBe('action_waits')
    const { heldCode, heldWhy, heldUntil } = await current(system, mail)
    expect([heldCode, heldWhy?.startsWith('nights: ')]).toEqual(['quiet_hours', true])
    expect(heldUntil?.getTime()).toBeGreaterThan(Date.now())
    await limits(`limits: { quiet_hours: [{ name: nights, outside: ${around(zone, true)}, days: every }] }`)
    expect(await outcome(mail)).toBe('done')
  })

  test('the entry of the recipient’s country applies', async () => {
    const [there, here] = [await lead(), await lead()]
    await system.admin.run(`update contact set zone = 'UTC', country = 'JP' where id = $1`, [there.contactId])
    await system.admin.run(`update contact set zone = 'UTC', country = 'DE' where id = $1`, [here.contactId])
    const [japan, germany] = [await approvedMail(system, there), await approvedMail(system, here)]
    await limits(
      `limits: { quiet_hours: [{ name: Japan, countries: [JP], outside: ${around('UTC', false)}, days: every }, { name: all, days: every }] }`,
    )
    expect([await outcome(japan), await outcome(germany)]).toEqual(['action_waits', 'done'])
  })
})

describe('never-contact', () => {
  const add = (kind: string, value: string, who = system.people.rep) =>
    system.call(who, '/api/never-contact', { kind, value, reason: 'a competitor' })

  async function fate(to: LeadIds): Promise<[string, string | null]> {
    const mail = await approvedMail(system, to)
    await outcome(mail)
    const { status, failureCode } = await current(system, mail)
    return [status, failureCode]
  }
  const never: [string, string | null] = ['failed', 'never_contact']

  test('an address, a domain, a domain with all beneath it, an account', async () => {
    const [address, domain, below, beside, account] = [
      await lead('one.example'),
      await lead('two.example'),
      await lead('mail.eu.three.example'),
      await lead('notthree.example'),
      await lead(),
    ]
    const email = await system.db.row<{ email: string }>('select email from contact where id = $1', [address.contactId])
    expect((await add('address', email?.email.toUpperCase() ?? '')).json.made).toBe(true)
    await add('domain', 'two.example')
    await add('domain', '*.three.example')
    await add('account', account.accountId)
    expect(await fate(address)).toEqual(never)
    expect(await fate(domain)).toEqual(never)
    expect(await fate(below)).toEqual(never)
    expect(await fate(beside)).toEqual(['done', null])
    expect(await fate(account)).toEqual(never)
    expect(await fate(await lead('sub.two.example'))).toEqual(['done', null])
  })

  test('twice is once; reps add and do not remove; what is removed stays on record', async () => {
    const first = await add('domain', 'rival.example')
    const again = await add('domain', 'RIVAL.example.')
    expect([first.json.made, again.json.made]).toEqual([true, false])
    const { id } = first.json.entry as { id: string }
    const path = `/api/never-contact/${id}/remove`
    expect((await system.call(system.people.rep, path, { reason: 'made up' })).status).toBe(403)
    expect(await fate(await lead('rival.example'))).toEqual(never)
    expect((await system.call(system.people.manager, path, { reason: 'made up' })).status).toBe(200)
    expect(await fate(await lead('rival.example'))).toEqual(['done', null])
    const { json } = await system.call(system.people.manager, '/api/never-contact?all=true')
    expect((json.items as { id: string; removedWhy: string }[]).find(one => one.id === id)?.removedWhy).toBe('made up')
    expect((await add('domain', 'not a domain')).status).toBe(400)
    expect((await add('address', 'nobody')).status).toBe(400)
    expect((await add('account', '00000000-0000-4000-8000-000000000000')).status).toBe(404)
  })
})

test('limits that cannot be read hold mail back, and say so', async () => {
  const mail = await approvedMail(system, await lead())
  await system.admin.run(
    `insert into definition (kind, version, text, hash, published_by) select 'policy', max(version) + 1, 'nonsense', 'x', 'test' from definition where kind = 'policy'`,
  )
  expect(await outcome(mail)).toBe('action_waits')
  expect((await current(system, mail)).heldCode).toBe('limits_unreadable')
  await limits('')
  expect(await outcome(mail)).toBe('done')
})

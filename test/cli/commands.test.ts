/** The command's contract: what it prints, how it exits, what it says of bad input. */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureMailbox, ensureUser } from '../../db/stores/people.ts'
import { PROJECT } from '../../scripts/home.ts'
import { makeCli, type Cli } from './cli.ts'
import { PAGE, QUOTE, startCliWorld, type CliWorld } from './world.ts'

let world: CliWorld
/** With a server that runs, and without one. */
let cli: Cli
let alone: Cli

beforeAll(async () => {
  world = await startCliWorld()
  cli = makeCli(world.database, { DEALWRIGHT_PORT: String(world.port) })
  alone = makeCli(world.database)
})

afterAll(async () => {
  cli.close()
  alone.close()
  await world.close()
})

const file = (name: string, text: string): string => {
  const where = path.join(cli.home, name)
  writeFileSync(where, text)
  return where
}

describe('what is known', () => {
  it('lists leads, deals and what needs a person as arrays', async () => {
    const waiting = await world.waiting('today')
    const [leads, deals, today] = await Promise.all([
      cli.run('leads', '--json'),
      cli.run('deals', '--json'),
      cli.run('today', '--json'),
    ])
    expect(
      leads
        .json<{ name: string }[]>()
        .map(lead => lead.name)
        .sort(),
    ).toEqual(['Ann Lee', 'Ann Leeds', 'No Company'])
    expect(deals.json()).toEqual([])
    expect(today.json<object[]>()).toContainEqual(
      expect.objectContaining({ kind: 'approval', id: waiting.id, reason: expect.any(String) }),
    )
    expect((await cli.run('leads')).stdout).toContain('Ann Lee')
  })

  it('gives a brief whose quotes are slices of their sources', async () => {
    const brief = (await cli.run('brief', 'ann@acme.example', '--json')).json<Record<string, unknown>>()
    expect(brief).toMatchObject({
      account: { name: 'Acme Widgets', domain: 'acme.example' },
      facts: [
        { kind: 'employees', value: '240', quote: QUOTE, sourceId: world.sourceId, url: 'https://acme.example/about' },
      ],
      rejects: { not_found: 0, wrong_subject: 0, unsupported: 0, negated: 0 },
      unknown: [],
      brief: expect.stringContaining('Employees: 240'),
    })
    const source = (await cli.run('source', world.sourceId.slice(0, 8), '--json')).json<{
      text: string
      hash: string
    }>()
    expect(source.text).toBe(PAGE)
    const [fact] = brief.facts as { start: number; end: number; quote: string }[]
    expect(source.text.slice(fact?.start, fact?.end)).toBe(fact?.quote)
  })

  it('says which leads a name may mean, and that there is none', async () => {
    const several = await cli.run('brief', 'ann lee', '--json')
    const both = await cli.run('brief', 'Ann', '--json')
    const none = await cli.run('brief', 'zebra', '--json')
    expect(several.json<{ lead: { name: string } }>().lead.name).toBe('Ann Lee')
    expect(both.json()).toMatchObject({
      error: { code: 'ambiguous', message: expect.stringMatching(/Ann Lee \(.*Ann Leeds|Ann Leeds.*Ann Lee/) },
    })
    expect(none.json()).toMatchObject({ error: { code: 'not_found' } })
    expect([both.exit, none.exit]).toEqual([1, 1])
  })

  it('answers no_company for a lead without one, and researches nothing', async () => {
    for (const command of ['research', 'brief']) {
      const ran = await alone.run(command, 'someone@gmail.com', '--json')
      expect(ran.exit).toBe(0)
      expect(ran.json()).toMatchObject({ account: null, facts: [], unknown: [{ what: 'no_company' }], brief: null })
    }
    expect(await world.db.row(`select 1 from run where playbook = 'account-research'`)).toBeNull()
  })
})

describe('decisions', () => {
  it('approves what was looked at, by the beginning of id and hash, in the name of a person', async () => {
    const { id, hash } = await world.waiting('approve')
    const ran = await cli.run(
      'approve',
      id.slice(0, 13),
      '--hash',
      hash.slice(0, 12),
      '--as',
      'max@ours.example',
      '--json',
    )
    expect(ran.stderr).toBe('')
    expect(ran.json()).toMatchObject({
      id,
      kind: 'set_lead_status',
      status: 'approved',
      hash,
      summary: 'park Ann Lee (approve)',
    })
    const whole = (await cli.run('action', id, '--json')).json()
    expect(whole).toMatchObject({
      id,
      content: { status: 'nurture' },
      decision: { decision: 'approve', by: 'Max Manager' },
    })
    const again = await cli.run('approve', id, '--json')
    expect([again.exit, again.json()]).toMatchObject([1, { error: { code: 'action_not_open' } }])
  })

  it('refuses with a reason, and not without one', async () => {
    const { id } = await world.waiting('refuse')
    const without = await cli.run('refuse', id, '--json')
    expect([without.exit, without.json()]).toMatchObject([2, { error: { code: 'usage' } }])
    const ran = await cli.run('refuse', id, '--why', 'met yesterday', '--json')
    expect(ran.json()).toMatchObject({ id, status: 'refused' })
    expect((await cli.run('action', id)).stdout).toContain('met yesterday')
  })

  it('decides nothing on another content, for another’s eyes, or without the server', async () => {
    const { id } = await world.waiting('stay')
    const other = await cli.run('approve', id, '--hash', 'deadbeef', '--json')
    const stranger = await cli.run('approve', id, '--as', 'nobody@ours.example', '--json')
    const noServer = await alone.run('approve', id, '--json')
    const notSent = await cli.run('settle', id, '--json')
    expect(other.json()).toMatchObject({ error: { code: 'action_changed' } })
    expect(stranger.json()).toMatchObject({ error: { code: 'not_found' } })
    expect(noServer.json()).toMatchObject({
      error: { code: 'unavailable', message: expect.stringContaining('npm start') },
    })
    expect([other.exit, stranger.exit, noServer.exit, notSent.exit]).toEqual([1, 1, 1, 2])
    const waiting = (await cli.run('actions', '--status', 'waiting', '--json')).json<{ id: string }[]>()
    expect(waiting.map(action => action.id)).toContain(id)
  })
})

describe('files that ops write', () => {
  it('reports each mistake of a playbook with line and column, and publishes none', async () => {
    const wrong = file('wrong.yaml', 'playbook: x\nlanguage: 1\non: { event: lead.creatd }\nsteps:\n  - end: done\n')
    const check = await cli.run('playbook', 'check', wrong, '--json')
    expect(check.exit).toBe(1)
    expect(check.json()).toMatchObject({
      ok: false,
      problems: [{ file: wrong, line: 3, column: expect.any(Number), message: expect.any(String) }],
    })
    expect((await cli.run('playbook', 'publish', wrong, '--json')).exit).toBe(1)
    const list = (await cli.run('playbook', 'list', '--json')).json<{ name: string }[]>()
    expect(list.map(one => one.name)).toEqual(['inbound-lead', 'reply-received'])
  })

  it('publishes what is in order, by ops alone', async () => {
    const shipped = 'playbooks/account-research.yaml'
    expect((await cli.run('playbook', 'check', shipped, '--json')).json()).toEqual({ ok: true, problems: [] })
    const rep = await cli.run('playbook', 'publish', shipped, '--as', 'rita@ours.example', '--json')
    expect(rep.json()).toMatchObject({ error: { code: 'forbidden' } })
    const ops = await cli.run('playbook', 'publish', shipped, '--as', 'olga@ours.example', '--json')
    expect(ops.json()).toMatchObject({ playbook: 'account-research', version: 1, made: true })
    const audit = (await cli.run('audit', '--limit', '5', '--json')).json<{ type: string }[]>()
    expect(audit[0]).toMatchObject({ type: 'playbook.published' })
  })

  it('shows whose score another file would change, how and why, and changes nothing', async () => {
    const { stdout } = await cli.run('scoring', 'show')
    const changed = file(
      'scoring.yaml',
      stdout.replace('{ from: 50, to: 1500, points: 20 }', '{ from: 50, to: 1500, points: 5 }'),
    )
    const ran = (await cli.run('scoring', 'try', changed, '--json')).json<{
      changed: { before: number; after: number }[]
    }>()
    expect(ran).toMatchObject({
      leads: 3,
      changed: [{ lead: world.leadId, name: 'Ann Lee', why: [expect.stringContaining('company size')] }],
    })
    expect(ran.changed[0]?.after).toBeLessThan(ran.changed[0]?.before ?? 0)
    expect((await cli.run('scoring', 'show')).stdout).toBe(stdout)
  })

  it('takes in a folder of knowledge whole or not at all', async () => {
    const good = '---\nid: plan\nkind: offering\ntitle: Plan\nsource: sheet\n---\nPlan plans.\n'
    file('plan.md', good)
    const loaded = await cli.run('knowledge', 'load', cli.home, '--json')
    expect(loaded.json()).toMatchObject({ items: [{ id: 'plan', change: 'new' }] })
    expect((await cli.run('knowledge', 'load', cli.home, '--json')).json()).toMatchObject({
      items: [{ change: 'same' }],
    })
    file('broken.md', '---\nid: Broken!\n---\nx\n')
    const broken = await cli.run('knowledge', 'load', cli.home, '--json')
    expect([broken.exit, broken.json()]).toMatchObject([
      2,
      { error: { code: 'bad_input', message: expect.stringContaining('broken.md') } },
    ])
    expect((await cli.run('knowledge', 'list', '--json')).json<object[]>()).toHaveLength(1)
  })
})

describe('mail and runs', () => {
  it('takes in a mail by itself where no server runs, reads it, and knows it the second time', async () => {
    const eml = file(
      'reply.eml',
      'From: Ann Lee <ann@acme.example>\r\nTo: rita@ours.example\r\nSubject: Yes\r\nMessage-ID: <1@acme.example>\r\nDate: Mon, 2 Mar 2026 10:00:00 +0000\r\n\r\nPlease take me off your list.\r\n',
    )
    const first = await alone.run('intake', eml, '--json')
    expect(first.json()).toMatchObject({
      message: expect.any(String),
      thread: expect.any(String),
      label: 'unsubscribe',
      matched: expect.any(String),
      made: true,
    })
    expect((await alone.run('intake', eml, '--json')).json()).toMatchObject({ label: 'unsubscribe', made: false })
    const noMail = await alone.run('intake', file('notes.eml', 'just some notes\n'), '--json')
    expect([noMail.exit, noMail.json()]).toMatchObject([2, { error: { code: 'bad_input' } }])
  })

  it('lists runs and says so when there is none of that id', async () => {
    expect((await cli.run('run', 'list', '--json')).json()).toEqual([])
    const missing = await cli.run('run', 'show', '00000000-0000-4000-8000-000000000000', '--json')
    expect([missing.exit, missing.json()]).toMatchObject([1, { error: { code: 'not_found' } }])
    expect((await cli.run('run', 'undo', 'xyz', '--json')).exit).toBe(2)
  })
})

describe('doctor', () => {
  it('names each part, and what to do about those that do not run', async () => {
    const ran = await alone.run('doctor', '--json')
    const { ok, checks } = ran.json<{ ok: boolean; checks: { name: string; ok: boolean; detail: string }[] }>()
    expect([ok, ran.exit]).toEqual([false, 1])
    const of = (name: string) => checks.find(check => check.name === name)
    for (const name of ['node', 'home', 'database', 'database roles', 'migrations', 'model'])
      expect(of(name)).toMatchObject({ ok: true })
    expect(of('server')).toMatchObject({ ok: false, detail: expect.stringContaining('npm start') })
    expect(checks.every(check => check.detail !== '')).toBe(true)
  })
})

describe('what the API can', () => {
  const run = async (...words: string[]) => {
    const ran = await cli.run(...words, '--json')
    expect([words, ran.stderr, ran.exit]).toEqual([words, '', 0])
    return ran.json<Record<string, unknown>>()
  }

  it('decides many of a class, each with the hash that was shown, and nothing that is not named', async () => {
    const [one, two, three] = [
      await world.waiting('many-1'),
      await world.waiting('many-2'),
      await world.waiting('many-3'),
    ]
    const named = ({ id, hash }: { id: string; hash: string }) => `${id.slice(0, 8)}:${hash.slice(0, 12)}`
    const shown = await run('approve', '--class', 'set_lead_status')
    expect(shown.waiting).toContainEqual(expect.objectContaining({ id: one.id, hash: one.hash }))
    expect(String(shown.these).split(',')).toEqual(expect.arrayContaining([named(one), named(two), named(three)]))
    const human = await cli.run('approve', '--class', 'set_lead_status')
    expect(human.stdout).toContain('Nothing was decided.')
    expect(human.stdout).toContain(two.hash.slice(0, 12))
    const status = async (id: string) =>
      (await world.db.row<{ status: string }>('select status from action where id = $1', [id]))?.status
    const wrong = await cli.run('approve', '--class', 'set_lead_status', '--these', `${one.id}:deadbeef`, '--json')
    expect([wrong.exit, wrong.json()]).toMatchObject([1, { error: { code: 'action_changed' } }])
    expect(await status(one.id)).toBe('waiting')
    const done = await run('approve', '--class', 'set_lead_status', '--these', `${named(one)},${named(two)}`)
    expect(done).toMatchObject({ done: [{ id: one.id }, { id: two.id }], failed: [] })
    expect([await status(one.id), await status(three.id)]).toEqual(['approved', 'waiting'])
    const refused = await run('refuse', '--class', 'set_lead_status', '--why', 'not these', '--these', named(three))
    expect(refused).toMatchObject({ done: [{ id: three.id, status: 'refused' }] })
    expect(await run('approve', '--class', 'send_mail')).toEqual({ waiting: [], these: '' })
  })

  it('asks back, answers, and hands a decision on', async () => {
    const { id } = await world.waiting('ask', 'rita@ours.example')
    await run('ask', id, 'Did they say so?', '--as', 'max@ours.example')
    const early = await cli.run('answer', id, 'Yes.', '--as', 'max@ours.example', '--json')
    expect(early.json()).toMatchObject({ error: { code: 'forbidden' } })
    await run('answer', id.slice(0, 8), 'Yes, on the phone.', '--as', 'rita@ours.example')
    const { stdout } = await cli.run('action', id)
    expect(stdout).toMatch(/Max Manager asked Rita Rep: Did they say so\?\n.*Yes, on the phone\./)
    const none = await cli.run('answer', id, 'More.', '--as', 'rita@ours.example', '--json')
    expect(none.json()).toMatchObject({ error: { code: 'not_found' } })
    await run('delegate', id, 'max@ours.example', '--as', 'rita@ours.example')
    const waits = (await cli.run('actions', '--waiting-for', 'max@ours.example', '--json')).json<{ id: string }[]>()
    expect(waits.map(one => one.id)).toContain(id)
    const weak = await cli.run('delegate', id, 'nobody@ours.example', '--json')
    expect(weak.json()).toMatchObject({ error: { code: 'not_found' } })
  })

  it('shows versions of playbooks and files, what differs, takes them back and pauses', async () => {
    const text = readFileSync(path.join(PROJECT, 'playbooks', 'reply-received.yaml'), 'utf8')
    await run('playbook', 'publish', file('again.yaml', `${text}# A remark.\n`))
    expect(await run('playbook', 'versions', 'reply-received')).toMatchObject([
      { version: 2, active: true },
      { version: 1, active: false },
    ])
    expect((await run('playbook', 'diff', 'reply-received', '1')).diff).toContain('+# A remark.')
    expect(await run('playbook', 'rollback', 'reply-received')).toMatchObject({ version: 1, pausedAt: null })
    expect(await run('playbook', 'pause', 'reply-received', '--as', 'olga@ours.example')).toMatchObject({
      pausedAt: expect.any(String),
    })
    expect(await run('playbook', 'resume', 'reply-received')).toMatchObject({ pausedAt: null })
    const rep = await cli.run('playbook', 'pause', 'reply-received', '--as', 'rita@ours.example', '--json')
    expect(rep.json()).toMatchObject({ error: { code: 'forbidden' } })
    const scoring = (await run('scoring', 'show')).text as string
    await run('scoring', 'publish', file('scoring-2.yaml', `${scoring}# 2\n`))
    expect((await run('scoring', 'diff', '1')).diff).toContain('+# 2')
    expect(await run('scoring', 'rollback')).toMatchObject({ from: 1, version: 3, made: true })
    expect(await run('scoring', 'versions')).toMatchObject([{ version: 3 }, { version: 2 }, { version: 1 }])
    expect((await cli.run('scoring', 'versions')).stdout).toMatch(/3 .*in force/)
  })

  it('keeps forms, and changes records with their custom fields', async () => {
    const form = await run('form', 'add', 'Contact us', '--campaign', 'site', '--as', 'olga@ours.example')
    expect(form).toMatchObject({ name: 'Contact us', campaign: 'site', key: expect.stringMatching(/^form_/) })
    const id = String(form.id)
    expect(await run('form', 'change', id.slice(0, 8), '--close', '--as', 'olga@ours.example')).toMatchObject({
      closedAt: expect.any(String),
    })
    expect((await cli.run('form', 'list', '--as', 'olga@ours.example')).stdout).toContain('closed')

    await run('field', 'add', 'account', 'seats', '--type', 'number')
    const made = await run(
      'record',
      'add',
      'account',
      'name=Set Ltd',
      'country=GB',
      'custom.seats=12',
      '--as',
      'max@ours.example',
    )
    expect(made).toMatchObject({ name: 'Set Ltd', country: 'GB', custom: { seats: 12 } })
    const of = ['account', String(made.id).slice(0, 13)] as const
    const set = await run(
      'record',
      'set',
      ...of,
      'employees=40',
      'country=',
      'custom.seats=13',
      '--why',
      'they told us',
      '--as',
      'max@ours.example',
    )
    expect(set).toMatchObject({ employees: 40, country: null, custom: { seats: 13 } })
    for (const wrong of ['custom.seats=many', 'custom.none=1', 'employees=few', 'nonsense'])
      expect([wrong, (await cli.run('record', 'set', ...of, wrong, '--json')).exit]).toEqual([wrong, 2])
    const history = await run('record', 'history', ...of)
    expect(history).toContainEqual(
      expect.objectContaining({ field: 'custom.seats', old: 12, new: 13, why: 'they told us' }),
    )
    expect((await cli.run('record', 'show', ...of)).stdout).toMatch(/custom\.seats +13/)
    expect(await run('suggestion', 'list')).toEqual([])
    expect(await run('autonomy', 'lessons')).toContainEqual(expect.objectContaining({ kind: 'refusal' }))
  })

  it('changes the terms, by an admin, and what people keep of themselves', async () => {
    const admin = { name: 'Ada Admin', email: 'ada@ours.example', role: 'admin' as const, zone: 'UTC', team: null }
    await world.db.tx(tx => ensureUser(tx, admin))
    const set = ['terms', 'set', '--remind-after', '6', '--escalate-after', '20', '--autonomy-level', '0.95'] as const
    const rep = await cli.run(...set, '--as', 'rita@ours.example', '--json')
    expect(rep.json()).toMatchObject({ error: { code: 'forbidden' } })
    const terms = { remindAfterHours: 6, escalateAfterHours: 20, autonomyLevel: 0.95 }
    expect(await run(...set)).toMatchObject(terms)
    expect(await run('terms', 'show', '--as', 'rita@ours.example')).toMatchObject({ name: 'Ours', ...terms })
    const me = await run(
      'me',
      'set',
      '--as',
      'rita@ours.example',
      '--from',
      '08:00',
      '--days',
      'Mon,Tue',
      '--reminders',
      'off',
    )
    expect(me).toMatchObject({ hours: { workingDays: [1, 2], from: '08:00', to: '17:00' }, reminders: false })
    expect(await run('me', 'set', '--as', 'rita@ours.example', '--team-hours')).toMatchObject({ hours: null })
    expect((await cli.run('me', 'show', '--as', 'rita@ours.example')).stdout).toContain('not reminded')
  })

  it('changes, pauses and resumes a mailbox; a rep its signature alone', async () => {
    const rita = await world.db.row<{ id: string }>(`select id from "user" where email = 'rita@ours.example'`)
    const address = 'rita@ours.example'
    const mailbox = { userId: rita?.id ?? '', address, name: 'Rita', signature: 'Rita' }
    await world.db.tx(tx => ensureMailbox(tx, mailbox))
    const ada = { name: 'Ada Admin', email: 'ada@ours.example', role: 'admin' as const, zone: 'UTC', team: null }
    await world.db.tx(tx => ensureUser(tx, ada))
    const as = ['--as', address] as const
    expect(await run('mailbox', 'change', address, '--signature', 'Rita\\nOurs', ...as)).toMatchObject({
      signature: 'Rita\nOurs',
    })
    const denied = await cli.run('mailbox', 'change', address, '--daily-cap', '5', ...as, '--json')
    expect(denied.json()).toMatchObject({ error: { code: 'forbidden' } })
    const admin = ['--as', 'ada@ours.example'] as const
    expect(await run('mailbox', 'change', address, '--daily-cap', '5', ...admin)).toMatchObject({ dailyCap: 5 })
    expect(await run('mailbox', 'pause', address, '--why', 'on holiday', ...admin)).toMatchObject({
      pausedWhy: 'on holiday',
    })
    expect((await cli.run('mailbox', 'list', ...as)).stdout).toContain('on holiday')
    expect(await run('mailbox', 'resume', address, ...admin)).toMatchObject({ pausedAt: null })
  })
})

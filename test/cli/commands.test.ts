/** The command's contract: what it prints, how it exits, what it says of bad input. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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

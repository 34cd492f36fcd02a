/** What the command can do besides records, over HTTP: playbooks, definitions, knowledge, imports, forms, research, sources. */
import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { receiveLead } from '../../db/stores/new-lead.ts'
import { storeSource } from '../../db/stores/evidence.ts'
import { catalogue } from '../../activities/registry.ts'
import { rehearse } from '../../domain/playbook/memory-driver.ts'
import { parsePlaybook } from '../../domain/playbook/parse.ts'
import { LIMITS } from '../../server/api/rate-limit.ts'
import { startApi, type TestApi, type Who } from '../support/api.ts'
import { makeRecord, recordOf } from './record-of.ts'

let api: TestApi
beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.close())

const shipped = (name: string) => readFileSync(new URL(`../../playbooks/${name}.yaml`, import.meta.url), 'utf8')

describe('playbooks', () => {
  const first = shipped('inbound-lead')
  const second = `${first}\n# A remark.\n`

  it('are checked, published, compared, taken back and paused', async () => {
    const wrong = await api.call('ops', '/api/playbooks/check', { body: { text: 'playbook: x\nsteps: []' } })
    expect(wrong.json).toMatchObject({
      ok: false,
      problems: [expect.objectContaining({ line: expect.any(Number) }), ...(wrong.json.problems as object[]).slice(1)],
    })
    expect(await api.call('ops', '/api/playbooks', { body: { text: 'steps: []' } })).toMatchObject({
      status: 422,
      json: { code: 'playbook_invalid' },
    })
    const { json } = await api.call('ops', '/api/playbooks', { body: { text: first } })
    expect(json).toMatchObject({ playbook: 'inbound-lead', version: 1, made: true })
    await api.call('ops', '/api/playbooks', { body: { text: second } })
    const versions = (await api.call('rep', '/api/playbooks/inbound-lead/versions')).json as unknown as object[]
    expect(versions).toMatchObject([
      { version: 2, active: true },
      { version: 1, active: false },
    ])
    const { json: diff } = await api.call('rep', '/api/playbooks/inbound-lead/diff?from=1&to=2')
    expect(diff.diff).toContain('+# A remark.')

    const { headers } = await api.call('ops', '/api/playbooks/inbound-lead')
    const etag = headers.get('etag') ?? ''
    const back = (ifMatch: string) =>
      api.call('ops', '/api/playbooks/inbound-lead/rollback', {
        body: { version: 1 },
        headers: { 'if-match': ifMatch },
      })
    expect(await back(etag)).toMatchObject({ status: 200, json: { version: 1 } })
    expect((await back(etag)).status).toBe(412)

    const paused = await api.call('ops', '/api/playbooks/inbound-lead', {
      method: 'PATCH',
      body: { paused: true },
      headers: { 'if-match': '*' },
    })
    expect(paused.json).toMatchObject({ pausedAt: expect.any(String) })
    expect((await api.call('rep', '/api/playbooks', { body: { text: first } })).status).toBe(403)
    const audited = await api.admin.rows<{ type: string }>(
      `select type from audit_event where type like 'playbook.%' order by id`,
    )
    expect(audited.map(({ type }) => type)).toEqual([
      'playbook.published',
      'playbook.published',
      'playbook.rolled_back',
      'playbook.paused',
    ])
  })

  it('are drawn as they are checked, by a language that an editor can read', async () => {
    const { json } = await api.call('rep', '/api/playbooks/check', { body: { text: first } })
    expect(json).toMatchObject({ ok: true, name: 'inbound-lead' })
    const flow = json.flow as { form: string; step: string | null; line: number }[]
    const opened = flow.find(({ step }) => step === 'opened')
    expect([flow[0]?.form, opened?.form]).toEqual(['start', 'propose'])
    expect(first.split('\n')[(opened?.line ?? 0) - 1]).toContain('id: opened')
    const schema = (await api.call('viewer', '/api/schemas/playbook')).json as unknown as Record<string, object>
    expect(schema.properties).toMatchObject({ on: { properties: { event: { $ref: '#/$defs/event' } } } })
  })

  const TRIED = `playbook: tried
language: 1
on: { event: lead.created }
steps:
  - { id: score, do: score }
  - choose:
      - when: 'score.value < 40'
        steps: [{ end: low }]
  - end: high
`

  it('are tried on runs that ended, and their health says how runs stand', async () => {
    await api.call('ops', '/api/playbooks', { body: { text: TRIED } })
    const { playbook } = parsePlaybook(TRIED, 'tried', catalogue)
    if (!playbook) throw new Error('the text has mistakes')
    const { trace } = rehearse({
      playbook,
      trigger: {},
      calendar: { zone: 'UTC', workingDays: [1, 2, 3, 4, 5], from: '09:00', to: '17:00', holidays: [] },
      startAt: '2026-11-23T09:00:00Z',
      respond: () => ({ result: { value: 50 } }),
    })
    const run = await api.admin.row<{ id: string }>(
      `with happened as (insert into domain_event (key, name, fields, handled_at) values ('tried', 'lead.created', '{}', now()) returning id)
       insert into run (playbook, version_id, event_id, once_key, status, outcome, ended_at)
       select 'tried', p.active_id, happened.id, 'tried', 'completed', 'high', now() from playbook p, happened where p.name = 'tried' returning id`,
    )
    for (const { seq, at, event, commands } of trace)
      await api.admin.run(
        `insert into run_state (run_id, seq, event, state, commands, at) values ($1, $2, $3, '{}', $4, $5)`,
        [run?.id, seq + 1, JSON.stringify(event), JSON.stringify(commands), at],
      )
    await api.admin.run(
      `insert into step_run (run_id, key, kind, verb, status, error_why, attempts, ended_at) values ($1, 'score#1', 'score', 'do', 'failed', 'x', 6, now())`,
      [run?.id],
    )
    const tried = (text: string) => api.call('ops', '/api/playbooks/try', { body: { text } })
    expect((await tried(TRIED)).json).toEqual({ runs: 1, same: 1, changed: [] })
    const { json } = await tried(TRIED.replace('< 40', '< 60'))
    expect(json).toMatchObject({
      same: 0,
      changed: [{ run: run?.id, was: 'high', would: { kind: 'ended', outcome: 'low' } }],
    })
    expect((await tried('steps: []')).json).toMatchObject({ code: 'playbook_invalid' })
    expect((await api.call('rep', '/api/playbooks/try', { body: { text: TRIED } })).status).toBe(403)

    const rows = (await api.call('rep', '/api/playbooks')).json as unknown as { name: string }[]
    expect(rows.find(({ name }) => name === 'tried')).toMatchObject({ endedLately: 1, failedLately: 1, completed: 1 })
    const listed = (await api.call('ops', '/api/runs?playbook=tried')).json.items as { id: string }[]
    expect(listed.map(({ id }) => id)).toEqual([run?.id])
    expect((await api.call('ops', `/api/runs/${run?.id}`)).json).toMatchObject({
      version: 1,
      steps: [{ key: 'score#1', attempts: 6, given: null, spent: null }],
      model: { calls: 0, tokens: 0, micros: 0 },
      temporal: null,
    })
  })
})

describe.each(['scoring', 'territories'] as const)('%s', kind => {
  it('is checked, published with the state it was made from, and shown', async () => {
    const text = shipped(kind)
    expect((await api.call('ops', `/api/${kind}/check`, { body: { text } })).json).toEqual({ ok: true, problems: [] })
    expect((await api.call('ops', `/api/${kind}/check`, { body: { text: '- nonsense' } })).json).toMatchObject({
      ok: false,
    })
    const put = (body: string, ifMatch: string, who: Who = 'ops') =>
      api.call(who, `/api/${kind}`, { method: 'PUT', body: { text: body }, headers: { 'if-match': ifMatch } })
    const first = await put(text, '*')
    expect(first).toMatchObject({ status: 200, json: { version: 1, text } })
    expect(await put('- nonsense', '*')).toMatchObject({ status: 422, json: { code: 'definition_invalid' } })
    const etag = first.headers.get('etag') ?? ''
    expect((await put(`${text}\n# 2`, etag)).json).toMatchObject({ version: 2 })
    expect((await put(`${text}\n# 3`, etag)).status).toBe(412)
    expect((await put(text, '*', 'manager')).status).toBe(403)
    expect((await api.call('rep', `/api/${kind}`)).json).toMatchObject({ version: 2 })
    expect((await api.call('rep', `/api/${kind}/versions`)).json).toMatchObject([{ version: 2 }, { version: 1 }])

    expect((await api.call('rep', `/api/${kind}/versions/1`)).json).toMatchObject({ version: 1, text })
    expect((await api.call('rep', `/api/${kind}/versions/9`)).status).toBe(404)
    expect((await api.call('rep', `/api/${kind}/diff?from=1&to=2`)).json.diff).toContain('+# 2')
    const back = (ifMatch: string) =>
      api.call('ops', `/api/${kind}/rollback`, { body: { version: 1 }, headers: { 'if-match': ifMatch } })
    expect((await back(etag)).status).toBe(412)
    const now = (await api.call('ops', `/api/${kind}`)).headers.get('etag') ?? ''
    expect(await back(now)).toMatchObject({ status: 200, json: { version: 3, text } })
  })
})

describe('another text is tried: who would change, as the commands say, and nothing is changed', () => {
  const flat = shipped('scoring').replaceAll(/points: \d+/g, 'points: 1')
  const tried = (text: string, more: object = {}) => api.call('ops', '/api/scoring/try', { body: { text, ...more } })

  it('scoring', async () => {
    const company = { name: 'Tried', domain: 'tried.example', employees: 200 }
    const lead = { key: 'tried', source: 'form', name: 'Tess Tried', email: 'tess@tried.example', company }
    await api.db.tx(tx => receiveLead(tx, lead))
    const { status, json } = await tried(flat)
    expect([status, json.version]).toEqual([200, 3])
    const changed = json.changed as { name: string; before: number; after: number; why: string[] }[]
    const tess = changed.find(({ name }) => name === 'Tess Tried')
    expect(tess?.after).toBeLessThan(tess?.before ?? 0)
    expect(tess?.why.length).toBeGreaterThan(0)
    expect((await tried(flat, { most: 1 })).json.leads).toBe(1)
    expect(await tried('- nonsense')).toMatchObject({ status: 422, json: { code: 'definition_invalid' } })
    expect((await api.call('manager', '/api/scoring/try', { body: { text: 'x' } })).status).toBe(403)
    expect((await api.call('rep', '/api/scoring')).json).toMatchObject({ version: 3 })
  })

  it('territories', async () => {
    const text = shipped('territories')
    expect((await api.call('ops', '/api/territories/try', { body: { text } })).json).toMatchObject({ changed: [] })
    const allTo = (who: string) => ({
      text: `territories: 1\nlist:\n  - { name: All, people: [${who}@ledgerline.example] }\n`,
    })
    const changedBy = async (who: string) =>
      (await api.call('ops', '/api/territories/try', { body: allTo(who) })).json.changed as object[]
    // Whoever has her now, by turn: she goes to somebody else under one of two files at least.
    const changed = [...(await changedBy('stranger')), ...(await changedBy('rep'))]
    expect(changed).toContainEqual(
      expect.objectContaining({
        name: 'Tess Tried',
        after: { owner: expect.stringMatching(/^(stranger|rep)$/), reason: expect.any(String) },
      }),
    )
    expect((await api.call('rep', '/api/territories/try', { body: allTo('rep') })).status).toBe(403)
  })
})

describe('settings', () => {
  const change = (who: Who, path: string, body: object, ifMatch: string) =>
    api.call(who, path, { method: 'PATCH', body, headers: { 'if-match': ifMatch } })
  const etagOf = async (path: string, who: Who = 'admin') => (await api.call(who, path)).headers.get('etag') ?? ''

  it('the terms of the organisation are an admin’s to change, from the state that was read, and told', async () => {
    const path = '/api/organisation'
    expect((await api.call('viewer', path)).json).toMatchObject({ name: 'Ledgerline', remindAfterHours: 4 })
    const etag = await etagOf(path)
    const terms = { remindAfterHours: 8, escalateAfterHours: 24, autonomyLevel: 0.95, approversTwoFactor: false }
    expect((await change('ops', path, terms, etag)).status).toBe(403)
    expect((await api.call('admin', path, { method: 'PATCH', body: terms })).status).toBe(428)
    expect((await change('admin', path, terms, etag)).json).toMatchObject(terms)
    expect((await change('admin', path, terms, etag)).status).toBe(412)
    expect((await change('admin', path, { escalateAfterHours: 2 }, '*')).json).toMatchObject({ code: 'bad_input' })
    for (const wrong of [{}, { autonomyLevel: 1 }, { zone: 'Nowhere' }, { currency: 'euro' }, { id: 'x' }])
      expect([wrong, (await change('admin', path, wrong, '*')).status]).toEqual([wrong, 400])
    const told = await api.admin.rows(
      `select type, data from audit_event where target = 'organisation' and actor = $1 order by type`,
      [`user:${api.people.admin.id}`],
    )
    expect(told).toEqual([
      { type: 'autonomy.changed', data: { level: '0.95', cases: 50, sample: 10 } },
      { type: 'organisation.changed', data: { fields: ['remindAfterHours', 'escalateAfterHours'] } },
    ])
    expect((await api.call('manager', '/api/autonomy')).json).toMatchObject({ terms: { level: 0.95 } })
  })

  it('people change their own name, zone, hours and reminders, and nothing more of themselves', async () => {
    const etag = await etagOf('/api/me', 'viewer')
    const hours = { workingDays: [3, 1], from: '07:00', to: '12:30' }
    const set = { name: 'Vera View', zone: 'Europe/Lisbon', hours, reminders: false }
    const done = await change('viewer', '/api/me', set, etag)
    expect(done.json).toMatchObject({ ...set, hours: { ...hours, workingDays: [1, 3] }, role: 'viewer' })
    expect(done.json.hoursInForce).toMatchObject({ from: '07:00', daysOff: [] })
    expect((await change('viewer', '/api/me', { name: 'x' }, etag)).status).toBe(412)
    expect((await change('viewer', '/api/me', { role: 'admin' }, '*')).status).toBe(400)
    expect((await change('viewer', '/api/me', {}, '*')).status).toBe(400)
    const late = { hours: { ...hours, from: '13:00' } }
    expect(await change('viewer', '/api/me', late, '*')).toMatchObject({
      status: 422,
      json: { code: 'calendar_invalid' },
    })
    expect((await change('viewer', '/api/me', { hours: null }, '*')).json).toMatchObject({ hours: null })
    const told = await api.admin.rows(
      `select data->'fields' as fields from audit_event where type = 'user.changed' and target_id = $1 order by id`,
      [api.people.viewer.id],
    )
    expect(told).toEqual([{ fields: ['name', 'zone', 'hours', 'reminders'] }, { fields: ['hours'] }])
    await api.admin.run(`update api_key set scopes = '{read}' where user_id = $1`, [api.people.viewer.id])
    expect((await change('viewer', '/api/me', { name: 'Mallory' }, '*')).status).toBe(403)
    await api.admin.run(`update api_key set scopes = '{read,write,decide,manage}' where user_id = $1`, [
      api.people.viewer.id,
    ])
    const mine = (await api.call('admin', '/api/keys?mine=true')).json.items as { userId: string }[]
    expect(mine.map(({ userId }) => userId)).toEqual([api.people.admin.id])
    expect(((await api.call('admin', '/api/keys')).json.items as object[]).length).toBeGreaterThan(1)
  })

  it('an admin adds a person, with the mailbox that they write from', async () => {
    const body = { email: 'new@ledgerline.example', name: 'Nia New', role: 'rep', team: 'South', capacity: 5 }
    expect((await api.call('ops', '/api/users', { body })).status).toBe(403)
    const made = await api.call('admin', '/api/users', { body })
    expect(made.json).toMatchObject({ name: 'Nia New', team: 'South', capacity: 5, active: true, canSignIn: false })
    expect(made.headers.get('etag')).toBe(await etagOf(`/api/users/${made.json.id as string}`))
    expect(await api.admin.row('select name from mailbox where address = $1', [body.email])).toEqual({
      name: 'Nia New',
    })
    expect((await api.call('admin', '/api/users', { body })).status).toBe(409)
  })

  it('a mailbox is changed and paused by ops, and signed by whoever writes from it', async () => {
    const maker = recordOf('/api/mailboxes/')
    const id = maker ? await makeRecord(api, maker, api.people.rep.id) : ''
    const path = `/api/mailboxes/${id}`
    const etag = await etagOf(path)
    const set = { name: 'Ada at Ledgerline', dailyCap: 3, pausedWhy: 'too many bounces' }
    for (const who of ['rep', 'manager', 'viewer'] as const)
      expect([who, (await change(who, path, set, etag)).status]).toEqual([who, 403])
    expect((await api.call('ops', path, { method: 'PATCH', body: set })).status).toBe(428)
    const done = await change('ops', path, set, etag)
    expect(done.json).toMatchObject({ ...set, signature: 'Ada', pausedAt: expect.any(String) })
    expect((await change('ops', path, { dailyCap: 4 }, etag)).status).toBe(412)
    for (const wrong of [
      {},
      { dailyCap: -1 },
      { dailyCap: 1.5 },
      { name: 'a\nb' },
      { pausedWhy: '' },
      { address: 'x@y.example' },
      { signature: 'a\u0000b' },
    ])
      expect([wrong, (await change('ops', path, wrong, '*')).status]).toEqual([wrong, 400])
    const sign = (who: Who, signature: string, ifMatch = '*') =>
      api.call(who, `${path}/signature`, { method: 'PUT', body: { signature }, headers: { 'if-match': ifMatch } })
    expect((await sign('colleague', 'Mallory')).status).toBe(403)
    expect((await sign('rep', 'Ada', etag)).status).toBe(412)
    expect((await sign('rep', 'Ada Orrin\nLedgerline')).json).toMatchObject({
      signature: 'Ada Orrin\nLedgerline',
      dailyCap: 3,
    })
    expect((await change('admin', path, { pausedWhy: null }, '*')).json).toMatchObject({
      pausedAt: null,
      pausedWhy: null,
    })
    const listed = (await api.call('viewer', '/api/mailboxes?limit=200')).json.items as { id: string }[]
    expect(listed.find(one => one.id === id)).toMatchObject({ dailyCap: 3, name: set.name })
    const told = await api.admin.rows('select type, actor, data from audit_event where target_id = $1 order by id', [
      id,
    ])
    expect(told).toEqual([
      { type: 'mailbox.changed', actor: `user:${api.people.ops.id}`, data: { fields: ['name', 'dailyCap'] } },
      { type: 'mailbox.paused', actor: `user:${api.people.ops.id}`, data: {} },
      { type: 'mailbox.changed', actor: `user:${api.people.rep.id}`, data: { fields: ['signature'] } },
      { type: 'mailbox.resumed', actor: `user:${api.people.admin.id}`, data: {} },
    ])
  })

  it('a word to a run that has gone on meanwhile is not taken where it says what it was meant for', async () => {
    const maker = recordOf('/api/runs/')
    const id = maker ? await makeRecord(api, maker, api.people.rep.id) : ''
    const etag = await etagOf(`/api/runs/${id}`)
    await api.admin.run('update run set seq = seq + 1 where id = $1', [id])
    const skip = (headers: Record<string, string>) =>
      api.call('manager', `/api/runs/${id}/skip`, { body: { why: 'stuck' }, headers })
    expect((await skip({ 'if-match': etag })).status).toBe(412)
    expect((await skip({ 'if-match': await etagOf(`/api/runs/${id}`) })).status).toBe(200)
    expect((await api.call('manager', `/api/runs/${id}/cancel`, { body: {} })).status).toBe(200)
  })

  it('health says in plain words what stands still, since when and what to do, and to whom it concerns alone', async () => {
    expect((await api.call('rep', '/api/health')).status).toBe(403)
    const check = async (name: string) => {
      const { checks } = (await api.call('ops', '/api/health')).json as { checks: { name: string; ok: boolean }[] }
      return checks.find(one => one.name === name)
    }
    for (const name of ['database', 'stop switch', 'mail out', 'uncertain mail', 'mailboxes', 'model', 'events'])
      expect([name, (await check(name))?.ok]).toEqual([name, true])
    const { json: stop } = await api.call('manager', '/api/stops', {
      body: { scope: 'organisation', reason: 'a drill' },
    })
    expect(await check('stop switch')).toEqual({
      name: 'stop switch',
      ok: false,
      what: '1 stop is engaged: what they cover does not leave.',
      since: stop.engagedAt,
      todo: 'Release what may go on again.',
    })
    await api.call('manager', `/api/stops/${stop.id as string}/release`, { body: { reason: 'over' } })
    expect(await check('stop switch')).toMatchObject({ ok: true, since: null, todo: null })
    await api.admin.run(
      `insert into domain_event (key, name, fields, at) values ('stuck', 'lead.created', '{}', now() - interval '1 hour')`,
    )
    expect(await check('events')).toMatchObject({ ok: false, since: expect.any(String), todo: expect.any(String) })
    await api.admin.run(`delete from domain_event where key = 'stuck'`)
    await api.admin.run(`insert into agent_run (agent, prompt_id, prompt_version, prompt_hash, model, input_hash, calls, latency_ms, outcome)
      values ('writer', 'w', 1, 'h', 'm', 'i', 1, 5, 'model_bad_answer')`)
    expect(await check('model')).toMatchObject({ ok: false, what: expect.stringContaining('model_bad_answer') })
  })
})

it('knowledge is approved by ops and read by all', async () => {
  const item = { kind: 'offering', title: 'Ledger', text: 'Ledgerline closes books in a day.', lang: 'en' }
  const put = (who: Who, ifMatch: string) =>
    api.call(who, '/api/knowledge/ledger', { method: 'PUT', body: item, headers: { 'if-match': ifMatch } })
  expect((await put('rep', '*')).status).toBe(403)
  expect((await put('ops', '*')).json).toMatchObject({ id: 'ledger', title: 'Ledger' })
  expect((await api.call('rep', '/api/knowledge')).json).toMatchObject([{ id: 'ledger' }])
  expect((await api.call('rep', '/api/knowledge/nothing')).status).toBe(404)
})

describe('imports', () => {
  const file = 'name,email,company,note\nAnn Lee,ann@import.example,Import Co,\n,,,"=cmd|x!A1"\n'
  const send = (who: Who, text: string, query = '') =>
    fetch(`${api.url}/api/imports?file=leads.csv&as=leads${query}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${api.people[who].apiKey}`, 'content-type': 'text/csv' },
      body: text,
    }).then(async response => ({ status: response.status, json: (await response.json()) as Record<string, unknown> }))

  it('count first, then write, and give back what they kept without formulas', async () => {
    const dry = await send('ops', file, '&dryRun=true')
    expect(dry).toMatchObject({ status: 200, json: { job: null, dryRun: true, rows: 2 } })
    expect(await api.admin.row(`select 1 from contact where email = 'ann@import.example'`)).toBeNull()
    const { json } = await send('rep', file)
    expect(json).toMatchObject({ rows: 2, created: 1, kept: [{ row: 2 }] })
    const shown = await api.call('rep', `/api/imports/${json.job as string}`)
    expect(shown.json).toMatchObject({ status: 'done', rows: 2, created: 1, kept: 1 })
    const kept = await api.call('rep', `/api/imports/${json.job as string}/kept.csv`)
    expect(kept.headers.get('content-disposition')).toContain('attachment')
    const rows = parse(kept.text, { bom: true })
    for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/)
    expect(rows[1]).toContain("'=cmd|x!A1")
  })

  it('are their sender’s and the team’s: others do not find them', async () => {
    const { json } = await send('rep', 'name,email\nBo,bo@import.example\n')
    const path = `/api/imports/${json.job as string}`
    expect((await api.call('manager', path)).status).toBe(200)
    for (const who of ['colleague', 'stranger', 'strangeManager'] as const)
      expect([who, (await api.call(who, path)).status]).toEqual([who, 404])
    expect((await api.call('stranger', `${path}/kept.csv`)).status).toBe(404)
    expect((await api.call('stranger', '/api/imports')).json).toMatchObject({ items: [] })
  })

  it('that are no table are refused plainly', async () => {
    expect(await send('ops', '')).toMatchObject({ status: 422, json: { code: 'import_empty' } })
  })
})

describe('forms', () => {
  const form = async (at = api): Promise<string> =>
    (await at.call('ops', '/api/forms', { body: { name: 'Contact us' } })).json.key as string
  const post = (key: string, fields: Record<string, string>, as: 'json' | 'html' = 'json', at = api) =>
    fetch(`${at.url}/forms/${key}`, {
      method: 'POST',
      headers:
        as === 'json'
          ? { 'content-type': 'application/json' }
          : { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
      body: as === 'json' ? JSON.stringify(fields) : new URLSearchParams(fields),
    })
  const leads = async (email: string) =>
    (
      await api.admin.row<{ n: number }>(
        'select count(*) as n from lead l join contact c on c.id = l.contact_id where c.email = $1',
        [email],
      )
    )?.n

  it('take in a lead, once however often it is sent', async () => {
    const key = await form()
    const fields = { name: 'Cy Form', email: 'cy@form.example', company: 'Form Co', message: 'Tell me more.' }
    for (let n = 0; n < 2; n++) expect((await post(key, fields)).status).toBe(200)
    expect(await leads('cy@form.example')).toBe(1)
    const page = await post(key, { name: 'Di Html', email: 'di@form.example' }, 'html')
    expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')])
    expect(page.headers.get('access-control-allow-origin')).toBeNull()
    expect(await leads('di@form.example')).toBe(1)
  })

  it('a machine that fills in what people do not see is thanked, counted, and makes nothing', async () => {
    const key = await form()
    expect((await post(key, { name: 'Bot', email: 'bot@form.example', fax_number: '1' })).status).toBe(200)
    expect(await leads('bot@form.example')).toBe(0)
    const all = (await api.call('ops', '/api/forms')).json as unknown as { key: string; spam: number }[]
    expect(all.find(one => one.key === key)).toMatchObject({ spam: 1, received: 0 })
  })

  it('nobody sets what a form does not ask', async () => {
    const key = await form()
    const answer = await post(key, {
      name: 'Eve',
      email: 'eve@form.example',
      ownerId: api.people.rep.id,
      status: 'qualified',
    })
    expect(answer.status).toBe(400)
    expect(await leads('eve@form.example')).toBe(0)
  })

  it('unknown and closed ones are not there', async () => {
    expect((await post('form_0123456789abcdef', { name: 'x', email: 'x@form.example' })).status).toBe(404)
    const made = (await api.call('ops', '/api/forms', { body: { name: 'Old' } })).json
    await api.call('ops', `/api/forms/${made.id as string}`, {
      method: 'PATCH',
      body: { open: false },
      headers: { 'if-match': '*' },
    })
    expect((await post(made.key as string, { name: 'x', email: 'x@form.example' })).status).toBe(404)
  })

  it('take only so many from one address', async () => {
    const small = await startApi({ limits: { ...LIMITS, form: { burst: 2, perSecond: 0.001 } } })
    try {
      const key = await form(small)
      const statuses: number[] = []
      for (let n = 0; n < 3; n++)
        statuses.push((await post(key, { name: `F${n}`, email: `f${n}@form.example` }, 'json', small)).status)
      expect(statuses).toEqual([200, 200, 429])
    } finally {
      await small.close()
    }
  })
})

describe('sources and briefs', () => {
  it('show a mail to those alone who may read it', async () => {
    const ids = await api.db.tx(async tx => {
      const { id } = await receiveLead(tx, {
        key: 'sources',
        source: 'form',
        name: 'Flo',
        email: 'flo@source.example',
        message: 'Our budget is 50,000 euros.',
        company: { name: 'Source Co', domain: 'source.example' },
      })
      await tx.run('update lead set owner_id = $2 where id = $1', [id, api.people.rep.id])
      return tx.row<{ lead: string; mail: string; account: string }>(
        'select id as lead, message_source_id as mail, account_id as account from lead where id = $1',
        [id],
      )
    })
    const { lead, mail, account } = ids as { lead: string; mail: string; account: string }
    const page = await api.db.tx(tx =>
      storeSource(tx, {
        key: 'page:x',
        kind: 'page',
        text: 'We sell sources.',
        url: 'https://source.example/',
        accountId: account,
        fetchedAt: new Date(),
      }),
    )
    const seen = async (who: Who, id: string) => (await api.call(who, `/api/sources/${id}`)).status
    expect((await api.call('rep', `/api/sources/${mail}`)).json).toMatchObject({ text: 'Our budget is 50,000 euros.' })
    const everybody = ['rep', 'colleague', 'manager', 'stranger', 'ops', 'admin', 'viewer'] as const
    const table = await Promise.all(everybody.map(async who => [who, await seen(who, mail), await seen(who, page)]))
    expect(table).toEqual([
      ['rep', 200, 200],
      ['colleague', 200, 200],
      ['manager', 200, 200],
      ['stranger', 404, 404],
      ['ops', 404, 200],
      ['admin', 200, 200],
      ['viewer', 404, 200],
    ])
    expect((await api.call('rep', `/api/leads/${lead}/brief`)).json).toMatchObject({ account: { name: 'Source Co' } })
    expect((await api.call('stranger', `/api/leads/${lead}/brief`)).status).toBe(404)
  })

  it('research is asked for and found again', async () => {
    const { status, json } = await api.call('rep', '/api/research', {
      body: { domain: 'https://www.Research.example/about' },
    })
    expect(status).toBe(200)
    expect((await api.call('rep', `/api/research/${json.id as string}`)).json).toMatchObject({
      accountId: json.accountId,
      runId: null,
    })
    const account = await api.admin.row<{ domain: string }>('select domain from account where id = $1', [
      json.accountId,
    ])
    expect(account).toEqual({ domain: 'research.example' })
    expect((await api.call('viewer', '/api/research', { body: { domain: 'a.example' } })).status).toBe(403)
    expect((await api.call('rep', '/api/research', { body: { domain: 'not a domain' } })).status).toBe(400)
  })
})

/**
 * How long what is kept: times as data, a preview that the sweep keeps to, what a sweep never takes, and that it loses nothing when it is
 * killed. On what ground somebody's data is held. Sources that people mark as internal.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { propose } from '../../db/stores/actions.ts'
import { storeSource } from '../../db/stores/evidence.ts'
import { useErasureKey } from '../../db/stores/erased.ts'
import { storeDraft } from '../../db/stores/judgement.ts'
import { receiveLead } from '../../db/stores/new-lead.ts'
import { sweepNow, sweepTurn } from '../../db/stores/retention.ts'
import { RETENTION, RETENTION_NAMES, type RetentionName } from '../../domain/privacy/retention.ts'
import { type ApiAnswer, startApi, type TestApi, type Who } from '../support/api.ts'

let api: TestApi
beforeAll(async () => {
  useErasureKey('ab'.repeat(32))
  api = await startApi()
})
afterAll(() => api.close())

const RETENTION_PATH = '/api/privacy/retention'

async function changed(who: Who, path: string, body: object, method = 'PATCH'): Promise<ApiAnswer> {
  const { headers } = await api.call(who, path)
  return api.call(who, path, { method, body, headers: { 'if-match': headers.get('etag') ?? '' } })
}

/** As the superuser, past every trigger. */
const behind = (text: string, values: unknown[] = []): Promise<number> =>
  api.admin.tx(async tx => {
    await tx.run('set local session_replication_role = replica')
    return tx.run(text, values)
  })
const idOf = async (text: string, values: unknown[] = []): Promise<string> =>
  (await api.admin.row<{ id: string }>(text, values))?.id ?? ''
const count = async (text: string, values: unknown[] = []): Promise<number> =>
  (await api.admin.row<{ n: number }>(`select count(*)::int as n from ${text}`, values))?.n ?? -1
const events = (type: string) =>
  api.admin.rows<{ actor: string; data: { rows?: object; kinds?: string[] } }>(
    'select actor, data from audit_event where type = $1 order by id',
    [type],
  )

test('the times are shown with their reasons, begin as documented, and are set by an admin from the state that was read', async () => {
  const shown = await api.call('admin', RETENTION_PATH)
  expect(shown.json).toMatchObject({
    kinds: RETENTION_NAMES.map(kind => ({ kind, days: RETENTION[kind].days, default: RETENTION[kind].days })),
  })
  expect((await api.call('ops', RETENTION_PATH)).status).toBe(403)
  expect((await api.call('admin', RETENTION_PATH, { method: 'PATCH', body: { mail: 90 } })).status).toBe(428)
  expect((await changed('admin', RETENTION_PATH, {})).status).toBe(400)
  expect((await api.call('admin', `${RETENTION_PATH}/preview?mail=soon`)).status).toBe(400)
  const etag = shown.headers.get('etag') ?? ''
  const set = { method: 'PATCH', headers: { 'if-match': etag } }
  expect((await api.call('admin', RETENTION_PATH, { ...set, body: { model_answer: 1 } })).status).toBe(400)
  expect((await api.call('admin', RETENTION_PATH, { ...set, body: { agent_run: 30, model_answer: 60 } })).status).toBe(
    400,
  )
  const done = await api.call('admin', RETENTION_PATH, { ...set, body: { mail: 90, fact: null } })
  expect(done.status).toBe(200)
  expect(done.json.kinds).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ kind: 'mail', days: 90 }),
      expect.objectContaining({ kind: 'fact', days: null }),
    ]),
  )
  expect((await api.call('admin', RETENTION_PATH, { ...set, body: { mail: 365 } })).status).toBe(412)
  expect(await events('retention.changed')).toMatchObject([
    { actor: `user:${api.people.admin.id}`, data: { kinds: ['fact: for good', 'mail: 90'] } },
  ])
  await changed('admin', RETENTION_PATH, { mail: RETENTION.mail.days, fact: RETENTION.fact.days })
})

const OLD = `now() - interval '20 years'`

/** One of each kind that is past its time, and beside it the same with something that still rests on it. */
async function oldThings(): Promise<{ gone: Record<RetentionName, string>; leadId: string; contactId: string }> {
  const { admin } = api
  const accountId = await idOf(`insert into account (name, name_key) values ('Olden', 'olden') returning id`)
  const contactId = await idOf(
    `insert into contact (account_id, name, email, email_key) values ($1, 'Olga Olden', 'olga@olden.example', 'olga@olden.example') returning id`,
    [accountId],
  )
  const leadId = await idOf(
    `insert into lead (contact_id, account_id, source, status) values ($1, $2, 'form', 'closed') returning id`,
    [contactId, accountId],
  )
  const source = (kind: string, text: string, of: string | null = accountId) =>
    admin.tx(tx =>
      storeSource(tx, {
        key: `old:${text}`,
        kind: kind as 'page',
        text,
        accountId: of,
        fetchedAt: new Date('2001-01-01'),
      }),
    )
  const page = await source('page', 'An old page.')
  const inUse = await source('page', 'We employ 240 people.')
  const fact = (key: string, expires: string | null) =>
    idOf(
      `insert into fact (key, account_id, kind, value, quote, source_id, start, "end", observed_at, by, expires_at)
       values ($1, $2, 'employees', '240', '240', $3, 10, 13, '2001-01-01', 'rules', $4) returning id`,
      [key, accountId, inUse, expires],
    )
  const expired = await fact('old:expired', '2002-01-01')
  const cited = await fact('old:cited', '2002-01-01')
  await fact('old:valid', null)
  await admin.run(`insert into brief (key, lead_id, lines, by) values ('old', $1, $2, 'rules')`, [
    leadId,
    JSON.stringify([{ section: 'company', text: 'big', factIds: [cited] }]),
  ])
  const mail = await source('mail', 'An old mail.')
  const quoted = await source('mail', 'Our budget is 5000 EUR.')
  await admin.run(
    `insert into fact (key, lead_id, kind, value, quote, source_id, start, "end", observed_at, by)
     values ('old:budget', $1, 'budget', '5000 EUR', '5000 EUR', $2, 14, 22, '2001-01-01', 'rules')`,
    [leadId, quoted],
  )
  for (const [id, sourceId] of [
    ['old-1', mail],
    ['old-2', quoted],
  ])
    await admin.run(
      `insert into message (message_id, direction, contact_id, from_address, subject, source_id, raw, at, read_at)
       values ($1, 'in', $2, 'olga@olden.example', 'An old subject', $3, 'An old raw mail', '2001-01-01', now())`,
      [id, contactId, sourceId],
    )
  const note = await source('call_note', 'An old note.')
  await admin.run(
    `insert into call_note (key, source_id, lead_id, contact_id, at) values ('old', $1, $2, $3, '2001-01-01')`,
    [note, leadId, contactId],
  )
  const action = (key: string, status: string) =>
    idOf(
      `insert into action (key, kind, summary, content, content_hash, relied_on, relied_hash, by, contact_id, lead_id)
       values ($1, 'create_task', 'An old summary', '{"title": "An old title"}', 'h', '[]', 'h', 'code', $2, $3) returning id`,
      [key, contactId, leadId],
    ).then(async id => {
      await behind(`update action set status = $2, created_at = ${OLD}, settled_at = ${OLD} where id = $1`, [
        id,
        status,
      ])
      return id
    })
  const proposal = await action('old#1', 'refused')
  await action('old#2', 'done')
  await admin.run(
    `insert into model_cache (key, model, value, at) values ('old', 'm', '"An old answer"', ${OLD}), ('young', 'm', '1', now())`,
  )
  const agentRun = (model: string) =>
    idOf(
      `insert into agent_run (agent, prompt_id, prompt_version, prompt_hash, model, input_hash, latency_ms, outcome, at)
       values ('writer', 'w', 1, 'p', $1, 'i', 1, 'ok', ${OLD}) returning id`,
      [model],
    )
  const run = await agentRun('m')
  await admin.run(`update fact set agent_run_id = $1 where key = 'old:valid'`, [await agentRun('named by a fact')])
  const version = await idOf(
    `with book as (insert into playbook (name) values ('old') returning name)
     insert into playbook_version (playbook, version, text, hash, compiled, on_event, published_by) select name, 1, '', '', '{}', 'x', 't' from book returning id`,
  )
  const ended = (key: string, status: string, at: string) =>
    idOf(
      `with r as (insert into run (playbook, version_id, event_id, once_key, status, started_at, ended_at)
         values ('old', $1, gen_random_uuid(), $2, $3, ${OLD}, ${at}) returning id)
       insert into run_state (run_id, seq, event, state, commands) select id, 1, '{}', '{"x": "An old state"}', '[]' from r returning run_id as id`,
      [version, key, status],
    )
  const state = await ended('a', 'completed', OLD)
  await ended('b', 'paused', 'null')
  const job = await idOf(
    `insert into import_job (file, kind, system, status, ended_at) values ('old.csv', 'leads', 'f', 'done', ${OLD}) returning id`,
  )
  const importRow = await idOf(
    `insert into import_row (job_id, row, line, code, reason, raw) values ($1, 1, 2, 'x', 'x', 'An old row') returning id`,
    [job],
  )
  return {
    gone: {
      page,
      fact: expired,
      mail,
      note,
      proposal,
      model_answer: 'old',
      agent_run: run,
      run_state: state,
      import_row: importRow,
    },
    leadId,
    contactId,
  }
}

const preview = async (): Promise<Record<string, number>> =>
  (await api.call('admin', `${RETENTION_PATH}/preview`)).json.rows as Record<string, number>
const ONE_EACH = Object.fromEntries(RETENTION_NAMES.map(name => [name, 1]))
const NONE = Object.fromEntries(RETENTION_NAMES.map(name => [name, 0]))

test('a sweep takes what the preview counts and nothing that something rests on; killed in the middle, it goes on and loses nothing', async () => {
  const { gone, leadId, contactId } = await oldThings()

  // What is undecided, open or under hold keeps all of the person and the company.
  const kept = { model_answer: 1, agent_run: 1, run_state: 1, import_row: 1 }
  const undecided = await api.admin.tx(tx =>
    propose(tx, { key: 'old#3', kind: 'create_task', summary: 's', content: {}, by: 'code', leadId, reliedOn: [] }),
  )
  expect(await preview()).toEqual({ ...NONE, ...kept })
  await behind(`update action set status = 'superseded', settled_at = now() where id = $1`, [undecided.id])
  expect(await preview()).toEqual(ONE_EACH)
  const hold = await api.call('admin', '/api/privacy/holds', { body: { contact: contactId, why: 'a case at court' } })
  expect(hold.status).toBe(200)
  expect(await preview()).toEqual({ ...NONE, ...kept })
  expect((await api.call('admin', `/api/contacts/${contactId}/erasure`, { body: {} })).status).toBe(409)
  await api.call('admin', `/api/privacy/holds/${hold.json.id as string}/release`, { body: {} })
  expect(await events('hold.set')).toHaveLength(1)
  expect(await events('hold.released')).toHaveLength(1)

  const longer = await api.call('admin', `${RETENTION_PATH}/preview?page=36500&mail=forever`)
  expect(longer.json.rows).toEqual({ ...ONE_EACH, page: 0, mail: 0 })

  // By itself: not within a day of the times being there or changed, nor of the last sweep.
  expect(await sweepTurn(api.db)).toBe(0)
  expect(await count('retention_sweep')).toBe(0)
  await behind(`update retention_rule set updated_at = now() - interval '25 hours'`)
  expect(await sweepTurn(api.db)).toBe(1)

  // Killed while it takes the page away, which somebody else holds at that moment.
  const holder = await api.admin.pool.connect()
  await holder.query('begin')
  await holder.query('select 1 from source where id = $1 for update', [gone.page])
  const stuck = (async () => {
    while ((await sweepTurn(api.db)) > 0);
  })()
  const died = stuck.then(
    () => null,
    (error: unknown) => error as { code?: string },
  )
  const blocked = `pg_stat_activity where wait_event_type = 'Lock' and query like '%retention_take%'`
  while ((await count(blocked)) === 0) await sleep(10)
  await api.admin.run(`select pg_terminate_backend(pid) from ${blocked}`)
  expect(await died).toMatchObject({ code: 'database_away' })
  await holder.query('rollback')
  holder.release()
  expect(await count('retention_sweep where ended_at is null')).toBe(1)
  expect(await count('source where id = $1', [gone.page])).toBe(1)
  expect(await events('retention.swept')).toEqual([])
  while ((await sweepTurn(api.db)) > 0);

  expect(await preview()).toEqual(NONE)
  expect(await events('retention.swept')).toMatchObject([{ actor: 'server', data: { rows: ONE_EACH } }])
  expect((await api.call('admin', '/api/privacy/sweeps')).json.items).toMatchObject([{ rows: ONE_EACH }])
  await sweepTurn(api.db)
  expect(await count('retention_sweep')).toBe(1)

  expect(await api.admin.rows('select key from source where kind = $1', ['page'])).toEqual([
    { key: 'old:We employ 240 people.' },
  ])
  expect(
    (await api.admin.rows<{ key: string }>(`select key from fact where key like 'old:%' order by key`)).map(
      one => one.key,
    ),
  ).toEqual(['old:budget', 'old:cited', 'old:valid'])
  expect(
    await api.admin.rows(`select message_id, subject, convert_from(raw, 'UTF8') as raw from message order by 1`),
  ).toEqual([
    { messageId: 'old-1', subject: 'removed', raw: '' },
    { messageId: 'old-2', subject: 'An old subject', raw: 'An old raw mail' },
  ])
  expect(
    await api.admin.rows(`select key, summary, content from action where key in ('old#1', 'old#2') order by key`),
  ).toEqual([
    { key: 'old#1', summary: 'removed', content: { removed: true } },
    { key: 'old#2', summary: 'An old summary', content: { title: 'An old title' } },
  ])
  expect(await api.admin.rows('select key from model_cache')).toEqual([{ key: 'young' }])
  expect(await api.admin.rows('select model from agent_run')).toEqual([{ model: 'named by a fact' }])
  expect(await api.admin.rows('select r.status from run r join run_state s on s.run_id = r.id')).toEqual([
    { status: 'paused' },
  ])
  for (const text of ['An old page', 'An old mail', 'An old note'])
    expect([text, await count('source_text where text like $1', [`${text}%`])]).toEqual([text, 0])
})

test('the server’s role takes nothing away but by the times in force, and the worker’s nothing at all', async () => {
  const refused = { code: '42501' }
  for (const text of [
    `delete from source`,
    `delete from run_state`,
    `select empty_sources(array(select id from source))`,
    `update retention_rule set kind = 'page' where kind = 'fact'`,
  ])
    await expect(api.db.run(text)).rejects.toMatchObject(refused)
  await changed('admin', RETENTION_PATH, { model_answer: null, agent_run: null })
  await behind(`update model_cache set at = ${OLD}`)
  await sweepNow(api.db)
  expect(await count('model_cache')).toBe(1)
  const worker = `select has_function_privilege('dealwright_worker', 'retention_take(text, int)', 'execute') as may`
  expect(await api.admin.row(worker)).toEqual({ may: false })
})

test('the ground and the origin of a contact are shown, set, kept with what they were, and found by', async () => {
  const made = await api.call('rep', '/api/contacts', { body: { name: 'Basil Ground' } })
  expect(made.json).toMatchObject({ lawfulBasis: null, origin: 'manual', originId: api.people.rep.id })
  const path = `/api/contacts/${made.json.id as string}`
  const set = { lawfulBasis: 'consent', lawfulBasisOn: '2026-11-02', lawfulBasisNote: 'at the fair, form 17' }
  expect((await changed('rep', path, { set, why: 'they signed' })).json).toMatchObject(set)
  expect((await changed('rep', path, { set: { lawfulBasis: 'because' } })).status).toBe(400)
  const history = await api.call('rep', `/api/records/contact/${made.json.id as string}/history`)
  expect(history.json).toMatchObject(
    expect.arrayContaining([
      expect.objectContaining({ field: 'lawfulBasis', old: null, new: 'consent', why: 'they signed' }),
    ]),
  )
  await api.db.tx(tx => receiveLead(tx, { key: 'form-7', source: 'form', name: 'Fay Form', email: 'fay@form.example' }))
  const found = async (query: string) =>
    ((await api.call('admin', `/api/contacts?${query}`)).json.items as { name: string; originId: string }[]).map(
      ({ name, originId }) => [name, originId],
    )
  expect(await found('basis=consent')).toEqual([['Basil Ground', api.people.rep.id]])
  expect(await found('origin=form')).toEqual([['Fay Form', 'form-7']])
  expect((await found('basis=unknown')).map(([name]) => name)).not.toContain('Basil Ground')
})

test('where the organisation asks for a ground, a row without one is kept aside, unless the import names one', async () => {
  const csv = (rows: string) => `Name,Email,Lawful basis,Consent date\n${rows}`
  const imported = (query: string, text: string) =>
    api.call('ops', `/api/imports?file=people.csv&as=contacts&start=false${query}`, {
      method: 'POST',
      body: text,
      headers: { 'content-type': 'text/csv' },
    })
  const ROWS =
    'Ina Opt,ina@rows.example,Double Opt-In,2026-03-04\nNo Ground,no@rows.example,,\nOdd Ground,odd@rows.example,because,\n'
  expect((await imported('', csv(ROWS))).json).toMatchObject({ created: 3, kept: [] })
  expect((await changed('ops', '/api/privacy/settings', { importNeedsBasis: true }, 'PUT')).status).toBe(403)
  expect((await changed('admin', '/api/privacy/settings', { importNeedsBasis: true }, 'PUT')).json).toEqual({
    importNeedsBasis: true,
  })
  const asked = await imported('', csv(ROWS.replaceAll('rows.', 'asked.')))
  expect(asked.json).toMatchObject({
    created: 1,
    kept: [
      { row: 2, reason: 'no_basis' },
      { row: 3, reason: 'no_basis' },
    ],
  })
  const kept = await api.call('ops', `/api/imports/${asked.json.job as string}/kept.csv`)
  expect(kept.text).toContain('odd@asked.example')
  const named = await imported('&basis=legitimate_interests', csv(ROWS.replaceAll('rows.', 'named.')))
  expect(named.json).toMatchObject({ created: 2, kept: [{ row: 3, reason: 'no_basis' }] })
  const rows = await api.admin.rows(
    `select name, email, lawful_basis, lawful_basis_on, origin, origin_id from contact where email like '%@named.example' order by name`,
  )
  const from = { origin: 'import', originId: named.json.job }
  expect(rows).toEqual([
    { name: 'Ina Opt', email: 'ina@named.example', lawfulBasis: 'consent', lawfulBasisOn: '2026-03-04', ...from },
    { name: 'No Ground', email: 'no@named.example', lawfulBasis: 'legitimate_interests', lawfulBasisOn: null, ...from },
  ])
  await imported('&basis=contract', csv('Ina Opt,ina@named.example,,\n'))
  expect(await api.admin.row(`select lawful_basis, origin_id from contact where email = 'ina@named.example'`)).toEqual({
    lawfulBasis: 'consent',
    originId: named.json.job,
  })
  expect(await events('privacy.changed')).toHaveLength(1)
})

test('a source is marked internal by whoever may change its record, and mails that rest on it are withdrawn', async () => {
  const { id } = await api.db.tx(tx =>
    receiveLead(tx, {
      key: 'marked',
      source: 'form',
      name: 'Mark Ed',
      email: 'm@marked.example',
      company: { name: 'Marked', domain: 'marked.example' },
    }),
  )
  const lead = await api.db.row<{ contactId: string; accountId: string }>(
    'select contact_id, account_id from lead where id = $1',
    [id],
  )
  await api.db.run('update account set owner_id = $2 where id = $1', [lead?.accountId, api.people.rep.id])
  const sourceId = await api.db.tx(tx =>
    storeSource(tx, {
      key: 'marked',
      kind: 'page',
      text: 'We employ 12 people.',
      accountId: lead?.accountId ?? null,
      fetchedAt: new Date(),
    }),
  )
  const factId = await idOf(
    `insert into fact (key, account_id, kind, value, quote, source_id, start, "end", observed_at, by) values ('marked', $1, 'employees', '12', '12', $2, 10, 12, now(), 'rules') returning id`,
    [lead?.accountId, sourceId],
  )
  const mail = (key: string, ids: string[]) =>
    api.db.tx(async tx => {
      const draftId = await storeDraft(tx, {
        key,
        leadId: id,
        contactId: lead?.contactId ?? null,
        threadId: null,
        kind: 'first_touch',
        subject: 's',
        body: 'b',
        sentences: [{ text: 'b', start: 0, end: 1, by: 'fact', ids }] as never,
        by: 'model',
        generation: 0,
        runId: null,
      })
      return propose(tx, {
        key,
        kind: 'send_mail',
        summary: key,
        content: {},
        by: 'model',
        leadId: id,
        draftId,
        reliedOn: [],
      })
    })
  const resting = await mail('marked#1', [factId])
  const other = await mail('marked#2', [])
  const path = `/api/sources/${sourceId}`
  expect((await api.call('stranger', path)).status).toBe(404)
  expect((await changed('colleague', path, { internal: true })).status).toBe(403)
  expect((await api.call('rep', path, { method: 'PATCH', body: { internal: true } })).status).toBe(428)
  expect((await changed('rep', path, { internal: true })).json).toMatchObject({ id: sourceId, internal: true })
  const status = (action: string) => api.admin.row('select status from action where id = $1', [action])
  expect([await status(resting.id), await status(other.id)]).toEqual([{ status: 'superseded' }, { status: 'proposed' }])
  expect(await events('source.marked')).toMatchObject([
    { actor: `user:${api.people.rep.id}`, data: { internal: true, withdrawn: 1 } },
  ])
  expect((await changed('rep', path, { internal: false })).json).toMatchObject({ internal: false })
})

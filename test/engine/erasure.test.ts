/**
 * A person is erased: a search of every table, by COPY, for their address, name and telephone number finds nothing; what was decided and the
 * trail of it stay valid; and they are not taken in again.
 */
import { createPublicKey, verify } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { Client } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cacheKey } from '../../agents/gateway.ts'
import { importFile } from '../../db/import/run.ts'
import { useErasureKey } from '../../db/stores/erased.ts'
import { storeSource } from '../../db/stores/evidence.ts'
import { createApiKey } from '../../db/stores/keys.ts'
import { changeField } from '../../db/stores/records.ts'
import { receiveLead } from '../../db/stores/new-lead.ts'
import { canonical } from '../../domain/gate/canonical.ts'
import { makePlan } from '../../domain/import/plan.ts'
import { openSource } from '../../domain/import/source.ts'
import { keyId } from '../../domain/gate/decision.ts'
import { addressHash } from '../../domain/privacy/address-hash.ts'
import { cacheKeyOf } from '../../domain/privacy/cache-key.ts'
import { createSealer } from '../../server/audit/sealer.ts'
import { verifyAudit } from '../../server/audit/verify.ts'
import { receiveMail } from '../../activities/receive.ts'
import { approvedMail, policyTurn, proposeMail, tamper } from '../gate/mails.ts'
import { type LeadIds, startSystem, type Person, type System } from '../support/system.ts'

const KEY = 'ab'.repeat(32)
const NAME = 'Zofia Quillfeather'
const EMAIL = 'zofia.quillfeather@brimworks.example'
const PHONE = '+49 30 5550 1717'

let system: System
let admin: Person
let checkpoints: string

beforeAll(async () => {
  useErasureKey(KEY)
  checkpoints = path.join(mkdtempSync(path.join(tmpdir(), 'dealwright-erasure-')), 'c.jsonl')
  system = await startSystem()
  const row = await system.db.row<{ id: string }>(
    `insert into "user" (name, email, role) values ('Ada', 'ada@ledgerline.example', 'admin') returning id`,
  )
  const id = row?.id ?? ''
  const apiKey = await system.db.tx(tx => createApiKey(tx, id, 'test', new Date(Date.now() + 3_600_000)))
  admin = { id, email: 'ada@ledgerline.example', apiKey }
})
afterAll(() => system.close())

/** Every row of every table as COPY gives it, in which any of the words stands, whatever the case; bytes too. */
async function found(words: readonly string[]): Promise<string[]> {
  const client = new Client({ connectionString: system.database.adminUrl })
  await client.connect()
  const hits: string[] = []
  try {
    const { rows } = await client.query<{ name: string }>(
      `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
    )
    for (const { name } of rows) {
      const stream = client.query(copyTo(`copy "${name}" to stdout`))
      let text = ''
      for await (const chunk of stream as AsyncIterable<Buffer>) text += chunk.toString('utf8')
      for (const line of text.split('\n')) {
        const bytes = [...line.matchAll(/\\\\x([0-9a-f]*)/g)].map(([, hex]) =>
          Buffer.from(hex ?? '', 'hex').toString('utf8'),
        )
        const said = [line, ...bytes].join(' ').toLowerCase()
        for (const word of words)
          if (said.includes(word.toLowerCase())) hits.push(`${name}: ${word}: ${line.slice(0, 200)}`)
      }
    }
  } finally {
    await client.end()
  }
  return hits
}

/** A question, its answer, a reason and an edit. */
const SAID = ['Is she ill again?', 'She is in hospital.', 'her divorce comes first', 'We wish you a good recovery.']
const WORDS = [NAME, 'Quillfeather', EMAIL, PHONE, '493055501717', '+49-30-5550-1717']

/** One of whom something stands in every place where something can. */
async function wellKnown(): Promise<LeadIds & { sent: string; waiting: string; otherFact: string }> {
  const { db } = system
  const ids = await db.tx(async tx => {
    const { id } = await receiveLead(tx, {
      key: 'test:zofia',
      source: 'form',
      name: NAME,
      firstName: 'Zofia',
      email: EMAIL,
      phone: PHONE,
      zone: 'UTC',
      quiet: true,
      message: `I am ${NAME}. Call me on ${PHONE}.`,
      company: { name: 'Brimworks', domain: 'brimworks.example' },
    })
    await tx.run('update lead set owner_id = $2, custom = $3 where id = $1', [
      id,
      system.people.rep.id,
      JSON.stringify({ assistant: NAME }),
    ])
    return tx.row<LeadIds>('select id as lead_id, contact_id, account_id from lead where id = $1', [id])
  })
  const lead = ids as LeadIds
  await db.run('update contact set custom = $2 where id = $1', [
    lead.contactId,
    JSON.stringify({ mobile: PHONE, née: NAME }),
  ])
  await db.tx(tx =>
    changeField(tx, {
      table: 'contact',
      id: lead.contactId,
      field: 'title',
      value: `Chief ${NAME}`,
      by: 'import:1',
      why: `import of ${NAME}.csv`,
    }),
  )
  const sent = await approvedMail(system, lead)
  await system.activities.perform(sent)
  const waiting = await proposeMail(system, lead)
  await policyTurn(system)
  // Said by people about them, and naming nobody.
  const { rep, manager } = system.people
  const call = (who: Person, what: string, body: object) => system.call(who, `/api/actions/${waiting.id}/${what}`, body)
  const { json: asked } = await call(manager, 'ask', { question: SAID[0] })
  await call(rep, 'answer', { question: asked.question, answer: SAID[1] })
  const refused = await proposeMail(system, lead)
  const edited = await proposeMail(system, lead)
  await policyTurn(system)
  await system.call(rep, `/api/actions/${refused.id}/refuse`, { why: SAID[2] })
  await system.call(rep, `/api/actions/${edited.id}/approve`, { edit: { body: SAID[3] } })
  // As a change of a deal of theirs that names neither them nor their lead.
  const deal = await db.row<{ id: string }>(
    `insert into deal (name, contact_id, pipeline_id, stage_id) select 'Theirs', $1, pipeline_id, id from stage order by position limit 1 returning id`,
    [lead.contactId],
  )
  await tamper(system, 'update action set contact_id = null, lead_id = null, deal_id = $2 where id = $1', [
    refused.id,
    deal?.id,
  ])
  await receiveMail(
    db,
    Buffer.from(
      `From: ${NAME} <${EMAIL}>\r\nTo: riva@ledgerline.example\r\nMessage-ID: <zofia.1@brimworks.example>\r\nSubject: From ${NAME}\r\nDate: Mon, 23 Nov 2026 10:00:00 +0000\r\n\r\nYes, call me: ${PHONE}.\r\n${NAME}\r\n`,
    ),
  )
  const page = `Our people. ${NAME} leads finance. Brimworks employs 240 people.`
  const otherFact = await db.tx(async tx => {
    const sourceId = await storeSource(tx, {
      key: 'page:brim',
      kind: 'page',
      url: 'https://brimworks.example/team',
      text: page,
      accountId: lead.accountId,
      fetchedAt: new Date(),
    })
    const fact = (kind: string, quote: string) =>
      tx.row<{ id: string }>(
        `insert into fact (key, account_id, kind, value, quote, source_id, start, "end", observed_at, by) values ($1, $2, $3, $4, $4, $5, $6, $7, now(), 'rules') returning id`,
        [`t:${kind}`, lead.accountId, kind, quote, sourceId, page.indexOf(quote), page.indexOf(quote) + quote.length],
      )
    await fact('person', `${NAME} leads finance`)
    return (await fact('employees', 'Brimworks employs 240 people'))?.id
  })
  await db.run(`insert into model_cache (key, model, value) values ('k1', 'm', $1)`, [
    JSON.stringify({ text: `{"name":"${NAME}"}` }),
  ])
  await db.run(
    `insert into agent_run (agent, prompt_id, prompt_version, prompt_hash, model, input_hash, run_id, latency_ms, outcome) values ('writer', 'w', 1, 'ph', 'm', 'ih', $1, 0, 'ok')`,
    [sent.runId],
  )
  await db.run(`insert into model_cache (key, model, value) values ($1, 'm', '{"text":"Dear Zofia"}')`, [
    cacheKey('ph', 'm', 'ih', 0),
  ])
  const job = await db.row<{ id: string }>(
    `insert into import_job (file, kind, system) values ('fair.csv', 'leads', 'fair') returning id`,
  )
  await db.run(
    `insert into import_row (job_id, row, line, code, reason, raw, "values") values ($1, 1, 2, 'x', 'x', $2, $3)`,
    [job?.id, `${NAME};${EMAIL.toUpperCase()}`, JSON.stringify({ cells: { Name: NAME } })],
  )
  await db.run(`insert into outbox (key, kind, workflow, workflow_id, args) values ('t', 'signal', 'w', 'w', $1)`, [
    JSON.stringify([{ about: EMAIL }]),
  ])
  await db.run(`insert into task (key, title, why, contact_id) values ('t', $1, 'they asked', $2)`, [
    `Call ${NAME}`,
    lead.contactId,
  ])
  await db.run(
    `insert into deal (name, account_id, pipeline_id, stage_id, next_step) select 'Brimworks', $1, pipeline_id, id, $2 from stage order by position limit 1`,
    [lead.accountId, `ring ${NAME} on +49-30-5550-1717`],
  )
  await db.run(`insert into external_ref (kind, system, external_id, record_id) values ('contact', 'crm', $1, $2)`, [
    EMAIL,
    lead.contactId,
  ])
  await db.run(`insert into suppression (kind, value, reason) values ('email', $1, 'asked')`, [EMAIL])
  return { ...lead, sent: sent.id, waiting: waiting.id, otherFact: otherFact ?? '' }
}

async function seal(): Promise<void> {
  const turn = createSealer({ db: system.db, key: system.privateKey, checkpoints })
  while ((await turn()) > 0);
}

test('erased, a search of every table finds nothing; decisions and the trail stay valid; they are not taken in again', async () => {
  const person = await wellKnown()
  await seal()
  const { db } = system
  const before = new Set((await found(WORDS)).map(hit => hit.split(':')[0]))
  expect([...before]).toEqual(
    expect.arrayContaining([
      'action',
      'contact',
      'deal',
      'external_ref',
      'fact',
      'field_value',
      'import_row',
      'lead',
      'message',
      'model_cache',
      'outbox',
      'source_text',
      'task',
    ]),
  )
  expect(before).not.toContain('audit_event')
  const whole = await system.call(admin, `/api/contacts/${person.contactId}/export`)
  for (const words of [NAME, ...SAID]) expect(JSON.stringify(whole.json)).toContain(words)
  expect(new Set((await found(SAID)).map(hit => hit.split(':')[0]))).toEqual(
    new Set(['action', 'approval', 'field_value']),
  )
  expect(whole.json.messages).toHaveLength(2)
  expect((await system.call(system.people.manager, `/api/contacts/${person.contactId}/export`)).status).toBe(403)
  expect((await system.call(system.people.manager, `/api/contacts/${person.contactId}/erasure`, {})).status).toBe(403)

  const { status, json } = await system.call(admin, `/api/contacts/${person.contactId}/erasure`, {})
  expect([status, json]).toMatchObject([200, { left: [], addressHashes: [addressHash(EMAIL, KEY)] }])
  expect(await found(WORDS)).toEqual([])
  expect(await found(SAID)).toEqual([])
  expect(await found([addressHash(EMAIL, KEY)])).not.toEqual([])
  expect(await found(['Dear Zofia'])).toEqual([])

  const { signature, ...unsigned } = json
  const text = Buffer.from(`dealwright erasure receipt v1\n${canonical(unsigned as never)}`)
  expect(verify(null, text, createPublicKey(system.privateKey), Buffer.from(String(signature), 'base64'))).toBe(true)

  const page = await db.row<{ text: string }>(
    `select t.text from source s join source_text t on t.hash = s.text_hash where s.key = 'page:brim'`,
  )
  const fact = await db.row<{ quote: string; start: number; end: number }>(
    'select quote, start, "end" from fact where id = $1',
    [person.otherFact],
  )
  expect(page?.text.slice(fact?.start, fact?.end)).toBe('Brimworks employs 240 people')
  expect(await db.row(`select 1 from fact where key = 't:person'`)).toBeNull()

  const decided = await db.row<{
    hash: string
    content: object
    by: string
    decision: 'approve'
    relied: string
    at: Date
    expires: Date | null
    signature: string
  }>(
    `select a.content_hash as hash, a.content, p.by, p.decision, p.relied_hash as relied, p.at, p.expires_at as expires, p.signature
     from action a join approval p on p.action_id = a.id where a.id = $1`,
    [person.sent],
  )
  expect(decided?.content).toEqual({ erased: true })
  expect(decided?.hash).toMatch(/^[0-9a-f]{64}$/)
  expect((await db.row<{ status: string }>('select status from action where id = $1', [person.waiting]))?.status).toBe(
    'superseded',
  )
  await seal()
  const key = createPublicKey(system.privateKey)
  expect(await verifyAudit(db, checkpoints, new Map([[keyId(key), key]]))).toMatchObject({ ok: true, unsealed: 0 })
})

test('their mail, their form and a row of a file are recognised and refused, and the trail says so', async () => {
  const { db } = system
  const refused = { code: 'person_erased' }
  const again = Buffer.from(
    `From: ${NAME} <${EMAIL.toUpperCase()}>\r\nTo: riva@ledgerline.example\r\nMessage-ID: <again@x>\r\nSubject: Hello\r\n\r\nHello ${NAME}\r\n`,
  )
  await expect(receiveMail(db, again)).rejects.toMatchObject(refused)
  await expect(
    db.tx(tx => receiveLead(tx, { key: 'again', source: 'form', name: NAME, email: EMAIL })),
  ).rejects.toMatchObject(refused)
  const csv = Buffer.from(
    `Name,Email,Company\n${NAME},${EMAIL},Brimworks\nOther Body,other@brimworks.example,Brimworks\n`,
  )
  const source = await openSource(Readable.from([csv]))
  const plan = makePlan(source.headers, source.sample, { currency: 'EUR' })
  const result = await importFile(db, source, plan, {
    file: 'again.csv',
    fileHash: 'ab'.repeat(32),
    source: 'import',
    dryRun: false,
    start: false,
  })
  expect(result).toMatchObject({ rows: 2, created: 1, kept: [{ row: 1, reason: 'person_erased' }] })
  expect(await found([NAME, EMAIL])).toEqual([])
  expect(
    (await db.row<{ n: number }>(`select count(*)::int as n from audit_event where type = 'person.refused'`))?.n,
  ).toBe(1)
})

test('the key of a cached answer is the gateway’s', () => {
  expect(cacheKeyOf({ promptHash: 'p', model: 'm', inputHash: 'i', generation: 2 })).toBe(cacheKey('p', 'm', 'i', 2))
})

test('the worker’s role cannot erase, and nobody gets past a trigger by saying that they erase', async () => {
  await expect(
    system.deps.db.run(`select * from erase_words(array['a'], array['b'], array['a'])`),
  ).rejects.toMatchObject({ code: '42501' })
  await expect(
    system.db.tx(async tx => {
      await tx.run(`select set_config('dealwright.erasing', 'on', true)`)
      await tx.run(`update action set content = '{"a":1}'`)
    }),
  ).rejects.toMatchObject({ code: '42501' })
})

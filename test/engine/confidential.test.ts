/**
 * Secrets are planted in every text of the database, each with the name of its column; then a prospect is written to, their answer read and
 * answered. Of all that went to the model and of all mail, only what the allow-list below names may hold one.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { storeFacts, storeSource } from '../../db/stores/evidence.ts'
import { createRun } from '../../db/stores/runs.ts'
import { parseMail } from '../../connectors/mail/parse.ts'
import { receiveMail } from '../../activities/receive.ts'
import { policyTurn, proposeMail } from '../gate/mails.ts'
import { type ModelServer, startModelServer } from '../model-server/index.ts'
import type { FactKind } from '../../domain/evidence/types.ts'
import { type LeadIds, startSystem, type System } from '../support/system.ts'

let system: System
let model: ModelServer

beforeAll(async () => {
  model = await startModelServer()
  system = await startSystem({
    model: { baseUrl: model.baseUrl, apiKey: 'k', model: 'stand-in', timeoutMs: 20_000 },
  })
})
afterAll(async () => {
  await system.close()
  await model.close()
})

/** What a prospect may come to see, of the records that are theirs and of what we say of ourselves. */
const ALLOWED = [
  'account.name',
  'contact.first_name',
  'contact.name',
  'fact.quote',
  'fact.value',
  'knowledge_item.text',
  'mailbox.name',
  'mailbox.signature',
  'organisation.address',
  'organisation.name',
  'source_text.text',
  'user.name',
]

/** Words that steer: changed, nothing would run. They are ours and closed lists, no texts. */
const STEERING =
  /^(key|kind|status|hash|text_hash|role|verb|direction|by|approver|email|email_key|domain|currency|country|zone|language|lang|on_event|playbook|once_key|workflow|workflow_id|scopes|grants|from_address|to_addresses|message_id|address|compiled|state|event|commands|text_hash|content_hash|relied_hash|relied_on|content|scope|system|external_id|current_key|with|fields|sentences|structure|name_key|checksum|migration_name|publisher_name|publisher_domain|prompt_hash|input_hash)$/

const CASES = { jsonb: `"c" || jsonb_build_object('note', $1::text)`, _text: 'array_append("c", $1::text)' } as const

/** In letters alone: a number would have to be derived from something. */
const secretOf = (n: number): string =>
  `Zq${n
    .toString(16)
    .split('')
    .map(digit => 'abcdefghijklmnop'[Number.parseInt(digit, 16)])
    .join('')}qz`

interface Planted {
  column: string
  own: boolean
}

/** Into every text of every row, as nobody but the superuser could. Returns what each secret stands for. */
async function plant(own: readonly string[]): Promise<Map<string, Planted>> {
  const planted = new Map<string, Planted>()
  const columns = await system.admin.rows<{ table: string; column: string; kind: string }>(
    `select table_name as "table", column_name as "column", udt_name as kind from information_schema.columns join information_schema.tables using (table_schema, table_name)
     where table_schema = 'public' and table_type = 'BASE TABLE' and udt_name in ('text', 'jsonb', '_text') order by 1, 2`,
  )
  const has = async (table: string, column: string) => columns.some(one => one.table === table && one.column === column)
  for (const { table, column, kind } of columns) {
    if (STEERING.test(column) && !(table === 'organisation' && column === 'address')) continue
    const id = (await has(table, 'hash')) && table === 'source_text' ? 'hash' : 'id'
    for (const mine of [true, false]) {
      // What a mail rests on has to stay true, or none is written: facts, and the first name as part of the name. And whether a fact names
      // a customer is told by the customer's name.
      if (
        mine
          ? ['fact', 'knowledge_item'].includes(table) || column === 'first_name'
          : `${table}.${column}` === 'account.name'
      )
        continue
      const secret = secretOf(planted.size)
      const value =
        kind === 'text'
          ? `"${column}" || ' ${secret}'`
          : (CASES[kind as 'jsonb'] as string).replace('"c"', `"${column}"`)
      const rows = await system.admin
        .tx(async tx => {
          await tx.run('set local session_replication_role = replica')
          const where = `${mine ? '' : 'not '}(coalesce(to_jsonb(t)->>'${id}', '') = any($${kind === 'text' ? 1 : 2}::text[]))`
          return tx.run(
            `update "${table}" t set "${column}" = ${value} where "${column}" is not null and ${where}`,
            kind === 'text' ? [own] : [secret, own],
          )
        })
        .catch(() => 0)
      if (rows > 0) planted.set(secret, { column: `${table}.${column}`, own: mine })
      else planted.set(secret, { column: '', own: mine })
    }
  }
  return planted
}

async function prospect(): Promise<{ lead: LeadIds; own: string[] }> {
  const { db } = system
  const lead = await system.lead('Pia Prospect', { message: 'We plan our night shift on paper.' })
  const other = await system.lead('Olaf Other', { message: 'Our margin is thin.' })
  await db.run(
    `insert into deal (name, account_id, contact_id, pipeline_id, stage_id, next_step, amount_minor, currency)
     select 'Won', $1, $2, pipeline_id, id, 'discount of 31 per cent', 4711, 'EUR' from stage where kind = 'won'`,
    [other.accountId, other.contactId],
  )
  await db.run(
    `insert into product (name, name_key, price_minor, currency, custom) values ('Planner', 'planner', 990000, 'EUR', '{"cost": "cheap"}')`,
  )
  await db.run(`insert into task (key, title, why, lead_id) values ('t', 'Call', 'they asked', $1)`, [lead.leadId])
  await db.run(
    `update account set custom = '{"margin": "12 per cent"}', industry = 'steel', city = 'Ulm', phone = '1' where id = $1`,
    [lead.accountId],
  )
  await db.run(
    `update contact set custom = '{"note": "difficult"}', title = 'Head of Plant', phone = '2' where id = $1`,
    [lead.contactId],
  )
  await db.run(
    `update lead set custom = '{"cost": "9"}', status_why = 'hot', owner_why = 'turn', campaign = 'fair' where id = $1`,
    [lead.leadId],
  )
  const source = (
    key: string,
    kind: 'page' | 'call_note' | 'crm_field' | 'knowledge',
    text: string,
    accountId: string | null,
  ) => db.tx(tx => storeSource(tx, { key, kind, text, accountId, url: 'https://x.example', fetchedAt: new Date() }))
  const fact = async (
    sourceId: string,
    accountId: string,
    quote: string,
    value = quote,
    kind: FactKind = 'expansion',
  ): Promise<string> =>
    (
      await db.tx(tx =>
        storeFacts(tx, [
          {
            accountId,
            kind,
            value,
            quote,
            sourceId,
            start: 0,
            end: quote.length,
            by: 'rules',
            observedAt: new Date(),
          },
        ]),
      )
    )[0] ?? ''
  const open = await fact(
    await source('open', 'page', 'The works has 240 employees.', lead.accountId),
    lead.accountId,
    'The works has 240 employees.',
    '240',
    'employees',
  )
  const note = await source('note', 'call_note', 'their budget is nearly gone', lead.accountId)
  await fact(note, lead.accountId, 'their budget is nearly gone')
  await mark(note)
  const pressRoom = await source('press', 'page', 'The works is about to be sold.', lead.accountId)
  await fact(pressRoom, lead.accountId, 'The works is about to be sold.')
  await mark(pressRoom)
  await fact(
    await source('field', 'crm_field', 'floor price of 7000', lead.accountId),
    lead.accountId,
    'floor price of 7000',
  )
  await fact(
    await source('rival', 'page', 'as Olaf Other Works does', lead.accountId),
    lead.accountId,
    'as Olaf Other Works does',
  )
  await fact(await source('others', 'page', 'aluminium foil', other.accountId), other.accountId, 'aluminium foil')
  const about = await source('about', 'knowledge', 'Shiftwise plans maintenance jobs without paper.', null)
  await db.run(
    `insert into knowledge_item (id, kind, title, text, source_id, approved_by) values ('o', 'offering', 'Planner', 'Shiftwise plans maintenance jobs without paper.', $1, 'ops')`,
    [about],
  )
  const how = await source('how', 'knowledge', 'Shiftwise shows every open job on one page.', null)
  await db.run(
    `insert into knowledge_item (id, kind, title, text, source_id, approved_by) values ('o2', 'proof_point', 'One page', 'Shiftwise shows every open job on one page.', $1, 'ops')`,
    [how],
  )
  const mine = await db.rows<{ id: string }>(
    `select message_source_id::text as id from lead where id = $1 union select text_hash from source where id = (select message_source_id from lead where id = $1)
     union select id::text from mailbox where user_id = $2 union select 'own' union select 'o' union select 'o2'`,
    [lead.leadId, system.people.rep.id],
  )
  return {
    lead,
    own: [lead.leadId, lead.contactId, lead.accountId, open, system.people.rep.id, ...mine.map(({ id }) => id)],
  }
}

/** What people said about earlier proposals of this very lead: a question and its answer, a reason, an edit. */
async function spokenOf(lead: LeadIds): Promise<void> {
  const { rep, manager } = system.people
  const mails = [await proposeMail(system, lead), await proposeMail(system, lead)]
  await policyTurn(system)
  const [edited, refused] = mails.map(({ id }) => `/api/actions/${id}`)
  const { json } = await system.call(manager, `${refused}/ask`, { question: 'Is their budget real?' })
  await system.call(rep, `${refused}/answer`, { question: json.question, answer: 'Nearly gone.' })
  await system.call(rep, `${refused}/refuse`, { why: 'they pay late' })
  await system.call(rep, `${edited}/approve`, { edit: { body: 'Shorter.' } })
}

/** As a person does it: over HTTP, from the state that they read. */
async function mark(sourceId: string): Promise<void> {
  const url = `${system.url}/api/sources/${sourceId}`
  const headers = { authorization: `Bearer ${system.people.manager.apiKey}`, 'content-type': 'application/json' }
  const etag = (await fetch(url, { headers })).headers.get('etag') ?? ''
  const body = JSON.stringify({ internal: true })
  const { status } = await fetch(url, { method: 'PATCH', headers: { ...headers, 'if-match': etag }, body })
  expect(status).toBe(200)
}

/** A run's step that drafts; the draft is empty where there is nothing new to say. */
async function draft(
  lead: LeadIds,
  kind: string,
  round: string,
): Promise<{ runId: string; result: { draft: string } }> {
  const { db } = system
  const name = `probe-${kind.replaceAll('_', '-')}-${round}`
  const versionId = await system.publish(
    `playbook: ${name}\nlanguage: 1\non: { event: lead.created }\nsteps:\n  - { id: d, do: draft, with: { kind: ${kind} } }\n  - { id: sent, propose: send_mail, with: { draft: d } }\n  - end: over`,
  )
  const eventId = await system.happen('lead.created', lead)
  const runId = await db.tx(async tx => {
    const id = await createRun(tx, {
      playbook: name,
      versionId,
      eventId,
      onceKey: `event:${eventId}`,
      ...lead,
      dealId: null,
      zone: 'UTC',
      country: null,
    })
    await tx.run(`insert into step_run (run_id, key, kind, verb, "with") values ($1, 'd#1', 'draft', 'do', $2)`, [
      id,
      JSON.stringify({ with: { kind } }),
    ])
    return id ?? ''
  })
  await system.activities.step({ runId, key: 'd#1' })
  const step = await db.row<{ result: { draft: string } }>(
    `select result from step_run where run_id = $1 and key = 'd#1'`,
    [runId],
  )
  return { runId, result: step?.result ?? { draft: '' } }
}

/** Draft, decision, mail. */
async function write(lead: LeadIds, kind: string): Promise<void> {
  const { db } = system
  const { runId, result } = await draft(lead, kind, 'once')
  expect(result.draft).not.toBe('')
  const given = { with: { draft: { key: 'd#1', result } }, approve: { by: 'owner' } }
  await db.run(
    `insert into step_run (run_id, key, kind, verb, "with") values ($1, 's#1', 'send_mail', 'propose', $2)`,
    [runId, JSON.stringify(given)],
  )
  const { actionId } = await system.activities.propose({ runId, key: 's#1' })
  await policyTurn(system)
  expect((await system.call(system.people.manager, `/api/actions/${actionId}/approve`, {})).status).toBe(200)
  await system.activities.perform({ runId, key: 's#1' })
}

test('nothing but what the allow-list names reaches a prompt or a mail, wherever secrets stand', async () => {
  const { lead, own } = await prospect()
  await spokenOf(lead)
  const planted = await plant(own)
  const columns = new Set([...planted.values()].map(({ column }) => column).filter(Boolean))
  expect(columns.size).toBeGreaterThan(50)
  for (const column of ['approval.reason', 'field_value.value', 'lesson.segment', 'task.why'])
    expect(columns).toContain(column)
  await write(lead, 'first_touch')
  const { id } = await receiveMail(
    system.db,
    Buffer.from(
      `From: pia-prospect@pia-prospect.example\r\nTo: riva@ledgerline.example\r\nMessage-ID: <p1@x>\r\nSubject: Re: plan\r\nDate: Mon, 23 Nov 2026 10:00:00 +0000\r\n\r\nHow does it work? Please tell me more.\r\n`,
    ),
  )
  await system.activities.readMessage({ messageId: id })
  await write(lead, 'answer')
  // What a person marks before anything has read it stays between us, also where it is what is answered.
  const secret = await receiveMail(
    system.db,
    Buffer.from(
      `From: pia-prospect@pia-prospect.example\r\nTo: riva@ledgerline.example\r\nMessage-ID: <p2@x>\r\nSubject: Re: plan\r\nDate: Mon, 23 Nov 2026 11:00:00 +0000\r\n\r\nBetween us: the board is leaving in spring.\r\n`,
    ),
  )
  const stored = await system.db.row<{ sourceId: string }>('select source_id from message where id = $1', [secret.id])
  await mark(stored?.sourceId ?? '')
  const asked = model.calls.length
  await draft(lead, 'answer', 'again')
  expect(model.calls.length).toBeGreaterThan(asked)

  const requests = model.calls.map(call => JSON.stringify(call.body))
  const mails = await Promise.all(
    system.mail.taken.map(async ({ raw }) => {
      const mail = await parseMail(Buffer.from(raw))
      return `${raw}\n${mail.subject}\n${mail.text}`
    }),
  )
  expect(requests.length).toBeGreaterThanOrEqual(3)
  expect(mails).toHaveLength(2)
  const seen = new Set([...requests, ...mails].flatMap(text => text.replaceAll('=\r\n', '').match(/Zq[a-z]+qz/g) ?? []))
  const leaked = [...seen]
    .map(secret => planted.get(secret))
    .map(one => `${one?.column}${one?.own ? '' : ' of another'}`)
  const ours = ['knowledge_item.text', 'organisation.address', 'organisation.name']
  expect(
    leaked.filter(column => !ALLOWED.includes(column) && !ours.includes(column.replace(' of another', ''))),
  ).toEqual([])
  // The secrets that may go do go: the search finds what is there.
  expect(leaked.map(column => column.replace(' of another', ''))).toEqual(
    expect.arrayContaining(['account.name', 'contact.name', 'organisation.name', 'user.name']),
  )
  const all = [...requests, ...mails].join('\n')
  for (const word of [
    'budget is nearly gone',
    'about to be sold',
    'board is leaving',
    'floor price',
    'Olaf',
    'aluminium',
    '31 per cent',
  ])
    expect(all).not.toContain(word)
})

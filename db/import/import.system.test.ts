import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { parse } from 'csv-parse/sync'
import { Pool } from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makePlan, type PlanOptions } from '../../domain/import/plan.ts'
import { openSource } from '../../domain/import/source.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { type Db, openDb } from '../sql.ts'
import { keptHeader, keptLine } from '../../domain/import/kept-csv.ts'
import { jobById, keptHeaders, keptRows } from './job.ts'
import { importFile, type ImportOptions, type ImportResult } from './run.ts'

let database: TestDatabase
let db: Db
let admin: Pool

beforeEach(async () => {
  database = await createTestDatabase()
  db = openDb(database.serverUrl)
  admin = new Pool({ connectionString: database.adminUrl, max: 2 })
})
afterEach(async () => {
  await admin.end()
  await db.close()
  await database.drop()
})

const TABLES =
  'lead deal deal_stage_change contact account product external_ref domain_event stage pipeline import_row import_job field_change field_value suppression audit_event'.split(
    ' ',
  )

type Options = Partial<ImportOptions> & Partial<PlanOptions>

async function run(text: string | Buffer, options: Options = {}): Promise<ImportResult> {
  const bytes = Buffer.from(text)
  return runStream(Readable.from([bytes]), createHash('sha256').update(bytes).digest('hex'), options)
}

async function runStream(stream: AsyncIterable<Uint8Array>, fileHash: string, options: Options): Promise<ImportResult> {
  const source = await openSource(stream)
  const plan = makePlan(source.headers, source.sample, { currency: 'EUR', ...options })
  return importFile(db, source, plan, {
    file: 'test.csv',
    fileHash,
    start: true,
    source: 'import',
    dryRun: false,
    ...options,
  })
}

const count = async (table: string, where = 'true') =>
  Number((await admin.query(`select count(*) from ${table} where ${where}`)).rows[0].count)
const sums = (result: ImportResult) => result.created + result.merged + result.kept.length

describe('leads', () => {
  const FILE = `First Name,Last Name,Email,Company,Website,Phone,Notes
Ada,Lovelace,Ada.Lovelace@acme.example,Acme GmbH,https://www.acme.example/about,+44 20 7946 0958,met at fair
Ada,Lovelace,ada.lovelace+news@ACME.example,ACME,,,
Grace,Hopper,,Acme,acme.example,,
Bob,Free,bob@gmail.com,,,,
,,,,,,nobody
Eve,Wrong,eve@,,,,
`
  it('creates, merges and keeps: the three sum to the rows', async () => {
    const result = await run(FILE)
    expect(result).toMatchObject({ rows: 6, created: 3, merged: 1, beside: { account: 1, contact: 3 } })
    expect(result.kept.map(({ row, line, reason }) => [row, line, reason])).toEqual([
      [5, 6, 'no_identity'],
      [6, 7, 'bad_email'],
    ])
    expect(sums(result)).toBe(6)
    expect(await count('lead')).toBe(3)
    expect(await count('account')).toBe(1)
    const { rows } = await admin.query('select name, email, email_key, title, custom from contact order by name')
    expect(rows.map(row => [row.name, row.email, row.email_key])).toEqual([
      ['Ada Lovelace', 'Ada.Lovelace@acme.example', 'ada.lovelace@acme.example'],
      ['Bob Free', 'bob@gmail.com', 'bob@gmail.com'],
      ['Grace Hopper', null, null],
    ])
    const lead = await admin.query(
      "select l.custom, l.source, a.domain from lead l join contact c on c.id = l.contact_id left join account a on a.id = l.account_id where c.name = 'Ada Lovelace'",
    )
    expect(lead.rows[0]).toEqual({ custom: { Notes: 'met at fair' }, source: 'import', domain: 'acme.example' })
  })

  it('creates nothing the second time and changes nothing', async () => {
    await run(FILE)
    const before = await admin.query('select max(updated_at) as at from contact')
    const again = await run(FILE)
    expect(again).toMatchObject({ rows: 6, created: 0, merged: 4, beside: {} })
    expect(sums(again)).toBe(6)
    expect(await count('lead')).toBe(3)
    expect(await count('field_change')).toBe(0)
    expect((await admin.query('select max(updated_at) as at from contact')).rows).toEqual(before.rows)
  })

  it('tells playbooks of every new lead, once, in the same transaction', async () => {
    await run(FILE)
    await run(FILE)
    expect(await count('domain_event', "name = 'lead.created' and lead_id is not null and handled_at is null")).toBe(3)
    expect(await count('domain_event e', 'not exists (select 1 from lead l where l.id = e.lead_id)')).toBe(0)
  })

  it('starts nothing when told so', async () => {
    await run(FILE, { start: false, source: 'cold' })
    expect(await count('domain_event')).toBe(0)
    expect(await count('lead', "source = 'cold'")).toBe(3)
  })

  it('a dry run counts the same and writes nothing', async () => {
    const dry = await run(FILE, { dryRun: true })
    expect(dry.job).toBeNull()
    for (const table of TABLES) expect([table, await count(table)]).toEqual([table, 0])
    const wet = await run(FILE)
    expect({ ...dry, job: null }).toEqual({ ...wet, job: null })
  })

  it('spares what a person set, fills what is empty, and updates what an import set', async () => {
    await run('Email,First Name,Last Name,Job Title,Phone\nann@acme.example,Ann,Bell,Buyer,\n')
    await admin.query(
      `update contact set title = 'Chief Buyer', field_owners = field_owners || '{"title":{"by":"person","id":"person:1"}}'`,
    )
    const result = await run(
      'Email,First Name,Last Name,Job Title,Phone\nann@acme.example,Anne,Bell,Clerk,+49 30 901820\n',
    )
    expect(result).toMatchObject({ created: 0, merged: 1, spared: 1 })
    const { rows } = await admin.query('select name, first_name, title, phone from contact')
    expect(rows).toEqual([{ name: 'Anne Bell', first_name: 'Anne', title: 'Chief Buyer', phone: '+49 30 901820' }])
    const changes = await admin.query(
      `select c.field, o.value as old, n.value as new, c.by from field_change c join field_value o on o.id = c.old_value_id join field_value n on n.id = c.new_value_id order by field`,
    )
    expect(changes.rows.map(row => [row.field, row.old, row.new])).toEqual([
      ['firstName', 'Ann', 'Anne'],
      ['name', 'Ann Bell', 'Anne Bell'],
      ['phone', null, '+49 30 901820'],
    ])
    expect(changes.rows[0].by).toBe(`import:${result.job}`)
  })

  it('never touches a filled field of a record that no import made', async () => {
    await admin.query(
      `insert into contact (name, name_key, email, email_key, title) values ('Ann', 'ann', 'ann@acme.example', 'ann@acme.example', 'Boss')`,
    )
    const result = await run(
      'Email,First Name,Last Name,Job Title,Phone\nann@acme.example,Ann,Bell,Clerk,+49 30 901820\n',
    )
    expect(result).toMatchObject({ created: 1, beside: { account: 1 } })
    expect((await admin.query('select name, last_name, title, phone from contact')).rows).toEqual([
      { name: 'Ann', last_name: 'Bell', title: 'Boss', phone: '+49 30 901820' },
    ])
  })

  it('does not write to those who asked not to be written to', async () => {
    await run('Email,Last Name,Email Opt Out\nAnn+x@acme.example,Bell,Yes\nbob@acme.example,Ray,No\n')
    expect((await admin.query('select kind, value from suppression order by value')).rows).toEqual([
      { kind: 'email', value: 'ann+x@acme.example' },
      { kind: 'email', value: 'ann@acme.example' },
    ])
  })

  it('goes on behind the last batch when it was cut off, and counts the whole file', async () => {
    const lines = Array.from({ length: 100 }, (_, i) => `p${i}@firm${i % 7}.example,Person ${i},Firm ${i % 7}`)
    const text = `Email,Name,Company\n${lines.join('\n')}\n`
    const stop = new AbortController()
    const first = run(text, {
      batchRows: 30,
      signal: stop.signal,
      onProgress: counts => counts.rows >= 60 && stop.abort(),
    })
    await expect(first).rejects.toMatchObject({ code: 'unavailable' })
    expect(await count('lead')).toBe(60)
    const second = await run(text, { batchRows: 30 })
    expect(second).toMatchObject({ rows: 100, created: 100, merged: 0, resumedAfter: 60 })
    expect(await count('lead')).toBe(100)
    expect(await count('import_job')).toBe(1)
    expect(await count('domain_event')).toBe(100)
  })

  it('keeps aside the one row that the database refuses', async () => {
    const long = Array.from({ length: 3000 }, (_, i) => String.fromCharCode(97 + ((i * 7919) % 26)) + (i % 97)).join('')
    const result = await run(`ID,Last Name,Company\n1,A,Firm\n${long},B,Firm\n3,C,Firm\n`)
    expect(result).toMatchObject({ rows: 3, created: 2, merged: 0 })
    expect(result.kept).toMatchObject([{ row: 2, reason: 'store_refused' }])
    const { rows } = await admin.query('select values from import_row')
    expect(rows[0].values).toEqual({ ID: long, 'Last Name': 'B', Company: 'Firm' })
  })

  it('two imports at once neither fail nor make anything twice', async () => {
    const file = (from: number) =>
      `Email,Name,Company\n${Array.from({ length: 200 }, (_, i) => `p${from + i}@firm.example,Person ${from + i},Firm`).join('\n')}\n`
    const results = await Promise.all([run(file(0), { batchRows: 20 }), run(file(100), { batchRows: 20 })])
    expect(results.map(sums)).toEqual([200, 200])
    expect(results.reduce((sum, result) => sum + result.created, 0)).toBe(300)
    expect(await count('account')).toBe(1)
    expect(await count('contact')).toBe(300)
  })

  it('goes on after its connection was killed, and nothing is there twice', async () => {
    const lines = Array.from({ length: 100 }, (_, i) => `p${i}@firm${i % 7}.example,Person ${i},Firm ${i % 7}`)
    const text = `Email,Name,Company\n${lines.join('\n')}\n`
    // Somebody's open transaction holds it up in its last batch, so that it cannot end before it is killed.
    const other = await admin.connect()
    await other.query('begin')
    await other.query(
      `insert into contact (name, name_key, email, email_key) values ('Pia', 'pia', 'p95@firm4.example', 'p95@firm4.example')`,
    )
    const cutOff = run(text, { batchRows: 20 }).catch((error: unknown) => error)
    await untilHeldUp()
    await admin.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'dealwright' and datname = current_database()",
    )
    expect(await cutOff).toMatchObject({ code: 'database_away' })
    await other.query('rollback')
    other.release()
    const before = await count('lead')
    const second = await run(text, { batchRows: 20 })
    expect(second.resumedAfter).toBe(before)
    expect(second).toMatchObject({ rows: 100, created: 100, merged: 0 })
    expect([await count('lead'), await count('contact'), await count('account'), await count('domain_event')]).toEqual([
      100, 100, 7, 100,
    ])
  })

  it('merges with a record that someone makes while the import runs', async () => {
    const other = await admin.connect()
    await other.query('begin')
    await other.query(
      `insert into contact (name, name_key, email, email_key) values ('Ann', 'ann', 'ann@acme.example', 'ann@acme.example')`,
    )
    const importing = run('Email,Name,Company\nann@acme.example,Ann,Acme\nbob@acme.example,Bob,Acme\n')
    // The import waits for the other transaction at the unique index, fails on it, and merges anew.
    await untilHeldUp()
    await other.query('commit')
    other.release()
    expect(await importing).toMatchObject({ rows: 2, created: 2, merged: 0, beside: { account: 1, contact: 1 } })
    expect(await count('contact')).toBe(2)
  })

  it('rows kept aside are exported, corrected and imported again', async () => {
    const first = await run(
      'ID,Email,Name,Company\n1,ann@,Ann,\n2,bob@acme.example,"Bob,Acme\nlone\n,,Carl,\n5,eve@acme.example,Eve,Acme\n',
    )
    expect(first).toMatchObject({ rows: 5, created: 2, merged: 0 })
    expect(first.kept.map(({ row, reason }) => [row, reason])).toEqual([
      [2, 'unclosed_quote'],
      [3, 'too_few_columns'],
      [4, 'no_identity'],
    ])
    const exported = await exportOf(first.job as string)
    const raw = parse(exported, { columns: true }) as Record<string, string>[]
    expect(raw.map(row => row.import_raw)).toEqual(['2,bob@acme.example,"Bob,Acme', 'lone', ''])
    const unchanged = await run(exported)
    expect(unchanged).toMatchObject({ rows: 3, created: 0, merged: 0 })
    expect(parse(await exportOf(unchanged.job as string), { columns: true })).toMatchObject(
      raw.map(row => ({ import_raw: row.import_raw, Name: row.Name })),
    )
    const corrected = exported
      .replace(/^,,,,2,/m, '2,bob@acme.example,Bob,Acme,2,')
      .replace(/^,,,,3,/m, '3,lone@acme.example,Lone,Acme,3,')
      .replace(/^,,Carl,,/m, '4,,Carl,Acme,')
    expect(await run(corrected)).toMatchObject({ rows: 3, created: 3, merged: 0, kept: [] })
    expect(await count('external_ref', "external_id in ('1', '2', '3', '4', '5')")).toBe(5)
    expect(Number((await admin.query('select count(distinct system) from external_ref')).rows[0].count)).toBe(1)
  })

  it('what a person wrote becomes a source of the lead, once', async () => {
    const text =
      'Email,Name,Message\nann@acme.example,Ann,"We need 40 seats\nby May"\nbob@acme.example,Bob,"We need 40 seats\nby May"\n'
    await run(text)
    await run(text)
    const { rows } = await admin.query(
      'select c.name, s.kind, t.text from lead l join contact c on c.id = l.contact_id join source s on s.id = l.message_source_id join source_text t on t.hash = s.text_hash order by 1',
    )
    expect(rows).toEqual([
      { name: 'Ann', kind: 'mail', text: 'We need 40 seats\nby May' },
      { name: 'Bob', kind: 'mail', text: 'We need 40 seats\nby May' },
    ])
    expect([await count('source'), await count('source_text'), await count('field_change')]).toEqual([2, 1, 0])
  })

  it('finds the owner among the users, by address or name', async () => {
    await admin.query(
      `insert into "user" (name, email, role) values ('Ann Bell', 'ann@us.example', 'rep'), ('Bob Ray', 'bob@us.example', 'rep'), ('Bob Ray', 'bob2@us.example', 'rep')`,
    )
    await run(
      'Email,Lead Owner,Owner Email\na@x.example,ann bell,\nb@x.example,Bob Ray,\nc@x.example,,BOB@us.example\nd@x.example,Nobody,\n',
    )
    const { rows } = await admin.query(
      'select c.email, u.email as owner, l.custom from lead l join contact c on c.id = l.contact_id left join "user" u on u.id = l.owner_id order by 1',
    )
    expect(rows).toEqual([
      { email: 'a@x.example', owner: 'ann@us.example', custom: {} },
      { email: 'b@x.example', owner: null, custom: { owner: 'Bob Ray' } },
      { email: 'c@x.example', owner: 'bob@us.example', custom: {} },
      { email: 'd@x.example', owner: null, custom: { owner: 'Nobody' } },
    ])
  })
})

async function exportOf(job: string): Promise<string> {
  const client = await db.pool.connect()
  try {
    const summary = await jobById(client, job)
    const headers = await keptHeaders(client, summary)
    let text = keptHeader(headers)
    for await (const page of keptRows(client, job)) text += page.map(row => keptLine(headers, row)).join('')
    return text
  } finally {
    client.release()
  }
}

const shared = path.resolve('../shared/data')
describe.skipIf(!existsSync(shared))('real data sets', () => {
  const file = (name: string, options: Options = {}) => {
    const at = path.join(shared, name)
    return runStream(createReadStream(at), createHash('sha256').update(readFileSync(at)).digest('hex'), options)
  }

  it('9,240 leads of x_education, which have neither e-mail nor company', async () => {
    const result = await file('x_education_leads/Leads.csv')
    expect(result).toMatchObject({
      rows: 9240,
      created: 9240,
      merged: 0,
      kept: [],
      kind: 'leads',
      system: 'x_education_leads',
    })
    expect(await count('lead', 'contact_id is null and account_id is null')).toBe(9240)
    expect(await count('lead', 'custom::text like \'%"Select"%\'')).toBe(0)
    const again = await file('x_education_leads/Leads.csv')
    expect(again).toMatchObject({ rows: 9240, created: 0, merged: 9240, kept: [] })
    expect(await count('domain_event')).toBe(9240)
  })

  it('accounts, products and 8,800 deals of maven_crm', async () => {
    expect(await file('maven_crm/accounts.csv')).toMatchObject({ rows: 85, created: 85, kept: [] })
    expect(await file('maven_crm/products.csv')).toMatchObject({ rows: 7, created: 7, kept: [] })
    const deals = await file('maven_crm/sales_pipeline.csv')
    expect(deals).toMatchObject({ rows: 8800, created: 8800, kept: [], beside: {} })
    expect(await count('account', "industry = 'technology' and custom->>'sector' = 'technolgy'")).toBe(12)
    expect(
      (await admin.query("select revenue_minor, currency, country from account where name = 'Acme Corporation'")).rows,
    ).toEqual([{ revenue_minor: '110004000000', currency: 'USD', country: 'US' }])
    expect(await count('account', "country in ('PH', 'KR')")).toBe(2)
    expect(await count('deal d join product p on p.id = d.product_id', "p.name = 'GTX Pro'")).toBe(1480)
    expect(await count('deal', 'account_id is null')).toBe(1425)
    expect(await count('deal', 'close_date is null and amount_minor is null')).toBe(2089)
    const stages = await admin.query(
      'select s.name, s.kind, count(*)::int from deal d join stage s on s.id = d.stage_id group by 1, 2 order by 1',
    )
    expect(stages.rows).toEqual([
      { name: 'Engaging', kind: 'open', count: 1589 },
      { name: 'Lost', kind: 'lost', count: 2473 },
      { name: 'Prospecting', kind: 'open', count: 500 },
      { name: 'Won', kind: 'won', count: 4238 },
    ])
    expect(await count('deal', "owner_name = 'Moses Frase'")).toBeGreaterThan(0)
    const again = await file('maven_crm/sales_pipeline.csv')
    expect(again).toMatchObject({ created: 0, merged: 8800, beside: {} })
    expect(await count('field_change')).toBe(0)
  })
})

/** Until a transaction waits for another one. */
async function untilHeldUp(): Promise<void> {
  const waiting = "select 1 from pg_stat_activity where wait_event = 'transactionid' and datname = current_database()"
  while ((await admin.query(waiting)).rowCount === 0) await new Promise(resolve => setTimeout(resolve, 20))
}

/**
 * `import_vs_copy`: rows a second of a whole import (read, normalise, merge, write, events) over a bare COPY of the same rows.
 * Baseline: COPY of what the import leaves behind (companies, persons, leads, events) into empty tables of the same
 * definition, indexes, checks and foreign keys included: the least work that puts these rows into this store. Beside it
 * stands COPY of the file's own lines into one table of text without any index, which stores no CRM record at all.
 */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { Client } from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { importFile } from '../db/import/run.ts'
import { openDb } from '../db/sql.ts'
import { makePlan } from '../domain/import/plan.ts'
import { openSource } from '../domain/import/source.ts'

export interface ImportBenchContext {
  /** Addresses of an empty, migrated database of the benchmark's own. */
  ownerUrl: string
  serverUrl: string
  /** How many leads; 50,000 if not given. */
  rows?: number
}

const TABLES = ['account', 'contact', 'lead', 'domain_event']
/** The foreign keys that are not null in these rows. */
const REFERENCES = [
  ['contact', 'account_id', '"bench_account"'],
  ['lead', 'contact_id', '"bench_contact"'],
  ['lead', 'account_id', '"bench_account"'],
] as const
const REPEATS = 3

export async function importVsCopy(context: ImportBenchContext) {
  const rows = context.rows ?? 50_000
  const csv = Buffer.from(generateLeads(rows, 20_240_229))
  const owner = new Client({ connectionString: context.ownerUrl })
  await owner.connect()
  try {
    const imports: number[] = []
    const records: number[] = []
    const lines: number[] = []
    for (let round = 0; round < REPEATS; round++) {
      await empty(owner)
      imports.push(await timed(() => importOnce(context.serverUrl, csv, rows)))
      records.push(await copyRecords(owner))
      lines.push(await copyLines(owner, csv))
    }
    const [importing, copying, plain] = [median(imports), median(records), median(lines)]
    return {
      name: 'import_vs_copy',
      value: copying / importing,
      goal: 0.25,
      detail: {
        rows,
        importRowsPerSecond: Math.round(rows / importing),
        copyRecordsRowsPerSecond: Math.round(rows / copying),
        copyLinesRowsPerSecond: Math.round(rows / plain),
        overCopyOfLines: plain / importing,
      },
    }
  } finally {
    await owner.end()
  }
}

async function importOnce(serverUrl: string, csv: Buffer, rows: number): Promise<void> {
  const db = openDb(serverUrl)
  try {
    const source = await openSource(Readable.from(chunks(csv)))
    const plan = makePlan(source.headers, source.sample, { currency: 'EUR' })
    const fileHash = createHash('sha256').update(csv).digest('hex')
    const result = await importFile(db, source, plan, {
      file: 'bench.csv',
      fileHash,
      start: true,
      source: 'import',
      dryRun: false,
    })
    if (result.created !== rows) throw new Error(`the import created ${result.created} of ${rows} leads`)
  } finally {
    await db.close()
  }
}

function* chunks(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
}

/** Leaves no trace of the round before, dead rows included. */
async function empty(client: Client): Promise<void> {
  for (const table of ['import_row', 'import_job', 'external_ref', ...TABLES.toReversed()]) {
    await client.query(`delete from "${table}"`)
    await client.query(`vacuum analyze "${table}"`)
  }
}

/** COPY of the imported records into empty tables of the same definition, in one transaction. */
async function copyRecords(client: Client): Promise<number> {
  const texts: [string, Buffer][] = []
  for (const table of TABLES) {
    texts.push([table, await copyOut(client, table)])
    await client.query(`create table "bench_${table}" (like "${table}" including all)`)
  }
  for (const [table, column, other] of REFERENCES)
    await client.query(`alter table "bench_${table}" add foreign key (${column}) references ${other}`)
  try {
    return await timed(async () => {
      await client.query('begin')
      for (const [table, text] of texts) await copyIn(client, `"bench_${table}"`, text)
      await client.query('commit')
    })
  } finally {
    await client.query(`drop table ${TABLES.map(table => `"bench_${table}"`).join(', ')}`)
  }
}

async function copyLines(client: Client, csv: Buffer): Promise<number> {
  const columns = csv.subarray(0, csv.indexOf(10)).toString().split(',')
  await client.query(`create table bench_lines (${columns.map((_, index) => `c${index} text`).join(', ')})`)
  try {
    return await timed(() => copyIn(client, 'bench_lines', csv, 'with (format csv, header)'))
  } finally {
    await client.query('drop table bench_lines')
  }
}

async function copyOut(client: Client, table: string): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of client.query(copyTo(`copy "${table}" to stdout`))) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

async function copyIn(client: Client, into: string, text: Buffer, options = ''): Promise<void> {
  const stream = client.query(copyFrom(`copy ${into} from stdin ${options}`))
  stream.end(text)
  await once(stream, 'finish')
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] as number

const FIRST =
  'Ada Ben Carla David Eva Felix Greta Hugo Ines Jonas Klara Luis Maria Nils Olga Paul Quinn Rosa Sven Tara'.split(' ')
const LAST =
  'Adler Braun Costa Duval Evans Fischer Garcia Huber Ito Jansen Keller Lopez Moreau Novak Olsen Price Quast Rossi Silva Weber'.split(
    ' ',
  )
const TITLES = ['Head of Sales', 'Buyer', 'Managing Director', 'VP Operations', 'Plant Manager', '']
const COUNTRIES = ['Germany', 'France', 'Spain', 'United States', 'Poland', 'Italy']

/** A lead list as marketing tools export it; about five people a company. Any seed gives another. */
export function generateLeads(rows: number, seed: number): string {
  let state = seed >>> 0
  const next = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 4_294_967_296) * below)
  }
  const pick = (list: string[]) => list[next(list.length)] as string
  const lines = ['First Name,Last Name,Email,Company,Website,Job Title,Phone,Country,Lead Source,Notes']
  for (let row = 0; row < rows; row++) {
    const [first, last] = [pick(FIRST), pick(LAST)]
    const company = next(Math.ceil(rows / 5))
    const email = `${first}.${last}${row}@company${company}.example`.toLowerCase()
    lines.push(
      `${first},${last},${email},"Company ${company}, Inc.",https://www.company${company}.example,${pick(TITLES)},+49 30 ${1_000_000 + next(8_999_999)},${pick(COUNTRIES)},Web,asked for a quote on ${1 + next(400)} units`,
    )
  }
  return `${lines.join('\n')}\n`
}

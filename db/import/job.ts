/** An import's row in the store: how far it came, what it counted, and the rows it kept aside. */
import { createHash } from 'node:crypto'
import type { ClientBase } from 'pg'
import { DealwrightError } from '../../domain/errors.ts'
import type { ImportPlan } from '../../domain/import/plan.ts'
import { KEPT_COLUMNS } from '../../domain/import/source.ts'
import type { KeptReason, KeptRow } from '../../domain/import/types.ts'
import { CopyRows } from './copy.ts'

export interface Counts {
  rows: number
  created: number
  merged: number
  kept: number
}

export interface Job {
  id: string
  counts: Counts
  /** Rows that are done: reading goes on behind them. */
  nextRow: number
  resumed: boolean
}

export interface JobOptions {
  file: string
  /** Hash of the whole file: the same file, plan and options go on where they stopped. */
  fileHash: string
  plan: ImportPlan
  start: boolean
  source: string
  dryRun: boolean
  /** The user who asked for it. */
  createdBy?: string | null
}

/** The unfinished import of the same file in the same way, or a new one; a dry run always begins anew. */
export async function openJob(client: ClientBase, options: JobOptions): Promise<Job> {
  const { plan } = options
  const way = createHash('sha256')
    .update(JSON.stringify([plan, options.start, options.source]))
    .digest('hex')
  const { rows } = await client.query<Counts & { id: string; next_row: number }>(
    `select id, rows, created, merged, kept, next_row from import_job
     where status <> 'done' and file_hash = $1 and kind = $2 and system = $3 and options->>'way' = $4 and not $5 order by started_at desc limit 1`,
    [options.fileHash, plan.kind, plan.system, way, options.dryRun],
  )
  const found = rows[0]
  if (found !== undefined) {
    await client.query("update import_job set status = 'running', error = null, ended_at = null where id = $1", [
      found.id,
    ])
    const { id, next_row: nextRow, ...counts } = found
    return { id, counts, nextRow, resumed: nextRow > 0 }
  }
  const made = await client.query<{ id: string }>(
    `insert into import_job (file, file_hash, kind, system, mapping, options, created_by) values ($1, $2, $3, $4, $5, $6, $7) returning id`,
    [
      options.file,
      options.fileHash,
      plan.kind,
      plan.system,
      JSON.stringify(plan),
      JSON.stringify({ way, start: options.start, source: options.source }),
      options.createdBy ?? null,
    ],
  )
  const id = (made.rows[0] as { id: string }).id
  return { id, counts: { rows: 0, created: 0, merged: 0, kept: 0 }, nextRow: 0, resumed: false }
}

export async function saveProgress(client: ClientBase, job: Job): Promise<void> {
  const { rows, created, merged, kept } = job.counts
  await client.query(
    'update import_job set rows = $2, created = $3, merged = $4, kept = $5, next_row = $6 where id = $1',
    [job.id, rows, created, merged, kept, job.nextRow],
  )
}

export async function closeJob(client: ClientBase, job: Job, error: string | null): Promise<void> {
  await client.query('update import_job set status = $2, error = $3, ended_at = now() where id = $1', [
    job.id,
    error === null ? 'done' : 'failed',
    error,
  ])
}

/** A NUL cannot stand in a text column; its picture can. */
const withoutNul = (text: string) => text.replaceAll('\0', '\u2400')

export async function saveKept(client: ClientBase, jobId: string, kept: readonly KeptRow[]): Promise<void> {
  const rows = new CopyRows()
  for (const { row, line, reason, message, raw } of kept)
    rows.add([
      jobId,
      row,
      line,
      reason,
      message,
      'text' in raw ? withoutNul(raw.text) : '',
      'cells' in raw ? withoutNul(JSON.stringify(raw.cells)) : '{}',
    ])
  await rows.send(client, 'import_row (job_id, row, line, code, reason, raw, values)')
}

/** Kept rows in file order, a page at a time. */
export async function* keptRows(client: ClientBase, jobId: string): AsyncGenerator<KeptRow[]> {
  let after = 0
  for (;;) {
    const { rows } = await client.query<{
      row: number
      line: number
      code: KeptReason
      reason: string
      raw: string
      values: Record<string, string>
    }>(
      'select row, line, code, reason, raw, values from import_row where job_id = $1 and row > $2 order by row limit 5000',
      [jobId, after],
    )
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows.map(({ row, line, code, reason, raw, values }) => ({
      row,
      line,
      reason: code,
      message: reason,
      raw: raw === '' ? { cells: values } : { text: raw },
    }))
    after = last.row
  }
}

export interface JobSummary {
  id: string
  file: string
  kind: string
  headers: string[]
}

/** @throws DealwrightError `not_found` */
export async function jobById(client: ClientBase, id: string): Promise<JobSummary> {
  const { rows } = await client.query<{ id: string; file: string; kind: string; mapping: ImportPlan }>(
    'select id, file, kind, mapping from import_job where id::text = $1',
    [id],
  )
  const job = rows[0]
  if (job === undefined)
    throw new DealwrightError('not_found', `There is no import ${id}. Its id stands in the output of "import".`, {
      details: { id },
    })
  // One that has just begun knows no header yet.
  return { id: job.id, file: job.file, kind: job.kind, headers: job.mapping.headers ?? [] }
}

/** The file's columns, and those that only its kept rows have (a JSON lines file may name new ones anywhere). */
export async function keptHeaders(client: ClientBase, job: JobSummary): Promise<string[]> {
  const { rows } = await client.query<{ key: string }>(
    'select distinct key from import_row, jsonb_object_keys(values) as key where job_id = $1 order by key',
    [job.id],
  )
  const added: readonly string[] = KEPT_COLUMNS
  return [...new Set([...job.headers, ...rows.map(row => row.key)])].filter(header => !added.includes(header))
}

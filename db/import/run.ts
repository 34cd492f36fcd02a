/**
 * The import of one file: rows are read, merged and written batch by batch, each batch in one transaction together with
 * the progress, the rows kept aside and the events of the leads it made. A killed import goes on behind its last batch;
 * running a finished one again only merges. A dry run does all of it in one transaction and takes that back.
 */
import { setImmediate } from 'node:timers/promises'
import type { PoolClient } from 'pg'
import { DealwrightError } from '../../domain/errors.ts'
import type { CustomColumn } from '../../domain/import/custom-columns.ts'
import { BatchMerge } from '../../domain/import/merge/batch.ts'
import { TABLE_OF, type Table } from '../../domain/import/merge/words.ts'
import { StageBook } from '../../domain/import/merge/stages.ts'
import { fold } from '../../domain/import/normalise/name.ts'
import type { ImportPlan } from '../../domain/import/plan.ts'
import { rowReader } from '../../domain/import/row.ts'
import type { ImportSource } from '../../domain/import/source.ts'
import type { BadRow, ImportRecord, KeptReason, KeptRow, SourceRow } from '../../domain/import/types.ts'
import { audit } from '../stores/audit.ts'
import { erasedAmong } from '../stores/erased.ts'
import type { Db } from '../sql.ts'
import { uuidV7 } from './ids.ts'
import { closeJob, type Counts, type Job, keptRows, openJob, saveKept, saveProgress } from './job.ts'
import { findKnown, readStages, readUsers } from './known.ts'
import { ChangedMeanwhile, writeMerge } from './write.ts'

/** Imports take turns: two that bring the same company must not both create it. Held for one batch. */
const TURN = 72_707_371
/** Held by one import of a file for as long as it runs; the second half of the key is the file's hash. */
const FILE = 72_707_372

const BATCH_ROWS = 5000
/** Rows of very long texts make smaller batches. */
const BATCH_CHARS = 8 * 1024 * 1024
const ATTEMPTS = 5

export interface ImportOptions {
  file: string
  fileHash: string
  /** Whether new leads start playbooks (`lead.created`). */
  start: boolean
  /** `source` of new leads and deals; playbooks read it. */
  source: string
  dryRun: boolean
  /** The user who asks for it; none for a command on the machine. */
  createdBy?: string
  batchRows?: number
  onProgress?: (counts: Counts) => void
  signal?: AbortSignal
}

export interface ImportResult extends Omit<Counts, 'kept'> {
  /** null for a dry run. */
  job: string | null
  kind: ImportPlan['kind']
  system: string
  kept: { row: number; line: number; reason: KeptReason; message: string }[]
  /** Records made beside the rows' own: companies and persons named in them. */
  beside: Partial<Record<Table, number>>
  /** Values left out because a person or an agent owns the field. */
  spared: number
  /** Values that could not be read and stand in `custom`, by field. */
  unread: Record<string, number>
  /** Rows that an earlier, interrupted run had done. */
  resumedAfter: number
}

/** @throws DealwrightError `conflict` when the same file is being imported already, `import_no_rows`, `database_away` */
export async function importFile(
  db: Db,
  source: ImportSource,
  plan: ImportPlan,
  options: ImportOptions,
): Promise<ImportResult> {
  const client = await db.pool.connect()
  const lost = () => {}
  client.on('error', lost)
  try {
    return await new Run(db, client, source, plan, options).run()
  } finally {
    // The server may take a moment to see that a connection is closed: the file's lock is given back before.
    await client.query('rollback; select pg_advisory_unlock_all()').catch(() => {})
    client.off('error', lost)
    client.release(true)
  }
}

interface Row {
  row: number
  source: SourceRow
  record?: ImportRecord
  kept?: KeptRow
}

class Run {
  private readonly db: Db
  private readonly client: PoolClient
  private readonly source: ImportSource
  private readonly plan: ImportPlan
  private readonly options: ImportOptions
  private users: Map<string, string | null> = new Map()
  private job: Job = { id: '', counts: { rows: 0, created: 0, merged: 0, kept: 0 }, nextRow: 0, resumed: false }
  private readonly beside: Partial<Record<Table, number>> = {}
  private readonly unread: Record<string, number> = {}
  private spared = 0

  constructor(db: Db, client: PoolClient, source: ImportSource, plan: ImportPlan, options: ImportOptions) {
    this.db = db
    this.client = client
    this.source = source
    this.plan = plan
    this.options = options
  }

  async run(): Promise<ImportResult> {
    const { dryRun } = this.options
    await this.lockFile()
    if (dryRun) await this.client.query('begin')
    this.users = await readUsers(this.client, fold)
    this.job = await openJob(this.client, { ...this.options, plan: this.plan })
    const resumedAfter = this.job.nextRow
    try {
      await this.batches()
      if (this.job.counts.rows === 0)
        throw new DealwrightError('import_no_rows', 'The file has a header and no rows: there is nothing to import.')
    } catch (error) {
      if (!dryRun) await closeJob(this.client, this.job, messageOf(error)).catch(() => {})
      throw this.plainly(error)
    }
    const kept = await this.closed().catch((error: unknown) => {
      throw this.plainly(error)
    })
    const { rows, created, merged } = this.job.counts
    return {
      job: dryRun ? null : this.job.id,
      kind: this.plan.kind,
      system: this.plan.system,
      rows,
      created,
      merged,
      kept,
      beside: this.beside,
      spared: this.spared,
      unread: this.unread,
      resumedAfter,
    }
  }

  /** What went wrong with the database, and that nothing is lost by it. */
  private plainly(error: unknown): unknown {
    const goOn = `${this.job.nextRow} rows are done: run the same import again and it goes on behind them.`
    const code = codeOf(error)
    if (code === '53100')
      return new DealwrightError('disk_full', `The database's disk is full. Make room. ${goOn}`, { cause: error })
    if (/^(08|57P0)/.test(code) || /terminat|ECONNRE|EPIPE|not queryable/i.test(messageOf(error)))
      return new DealwrightError('database_away', `The connection to the database was lost. ${goOn}`, { cause: error })
    return error
  }

  private async lockFile(): Promise<void> {
    const half = Number.parseInt(this.options.fileHash.slice(0, 8), 16) | 0
    const { rows } = await this.client.query<{ got: boolean }>('select pg_try_advisory_lock($1, $2) as got', [
      FILE,
      half,
    ])
    if (rows[0]?.got !== true)
      throw new DealwrightError('conflict', 'This file is being imported already. Wait for that import to end.')
  }

  /** Reads one batch while the one before is being written. */
  private async batches(): Promise<void> {
    const batches = this.readBatches()
    let next = batches.next()
    for (;;) {
      const batch = await next
      if (batch.done === true) return
      const writing = this.mergeRows(batch.value)
      next = batches.next()
      next.catch(() => {}) // a failed write is told first; the next round tells this one
      await writing
      this.options.onProgress?.({ ...this.job.counts })
      if (this.options.signal?.aborted === true)
        throw new DealwrightError(
          'unavailable',
          `The import was stopped after ${this.job.nextRow} rows. Run it again to go on.`,
        )
    }
  }

  private async *readBatches(): AsyncGenerator<Row[]> {
    const read = rowReader(this.plan, this.source.headers)
    const size = this.options.batchRows ?? BATCH_ROWS
    const done = this.job.nextRow
    let batch: Row[] = []
    let chars = 0
    for await (const rows of this.source.rows()) {
      for (const row of rows) {
        if (row.row <= done) continue
        batch.push(this.toRow(row, read))
        chars += row.ok ? row.cells.reduce((sum, cell) => sum + cell.length, 0) : row.raw.length
        if (batch.length < size && chars < BATCH_CHARS) continue
        yield batch
        batch = []
        chars = 0
      }
      await setImmediate() // the batch before is being written: let its answers through
    }
    if (batch.length > 0) yield batch
  }

  private toRow(row: SourceRow, read: ReturnType<typeof rowReader>): Row {
    if (!row.ok) return { row: row.row, source: row, kept: keptBad(row) }
    const result = read(row)
    if (!result.ok) return { row: row.row, source: row, kept: result.kept }
    for (const field of result.record.warnings) this.unread[field] = (this.unread[field] ?? 0) + 1
    return { row: row.row, source: row, record: result.record }
  }

  /**
   * Merges and writes rows in one transaction; tries again when someone changed the same records meanwhile; and where
   * the database refuses a value, halves the rows until the one that it refuses stands alone and is kept aside.
   */
  private async mergeRows(rows: Row[]): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.transaction(() => this.writeRows(rows))
        return
      } catch (error) {
        if (isRace(error) && attempt < ATTEMPTS) continue
        if (!isRefusal(error)) throw error
        if (rows.length === 1) {
          await this.transaction(() => this.writeRows([refused(rows[0] as Row, this.source.headers, error)]))
          return
        }
        break
      }
    }
    const middle = rows.length >> 1
    await this.mergeRows(rows.slice(0, middle))
    await this.mergeRows(rows.slice(middle))
  }

  private async transaction(work: () => Promise<() => void>): Promise<void> {
    const [begin, commit, rollback] = this.options.dryRun
      ? ['savepoint batch', 'release savepoint batch', 'rollback to savepoint batch']
      : ['begin', 'commit', 'rollback']
    await this.client.query(begin)
    try {
      const counted = await work()
      await this.client.query(commit)
      counted()
    } catch (error) {
      await this.client.query(rollback).catch(() => {})
      throw error
    }
  }

  /** Gives back what to count once the transaction holds. */
  private async writeRows(rows: Row[]): Promise<() => void> {
    const { client, plan, options } = this
    // The end of the import waits for the disk; a batch lost with the server's power is not counted as done either.
    await client.query('set local synchronous_commit = off')
    await client.query('select pg_advisory_xact_lock($1)', [TURN])
    const erased = await erasedAmong(
      this.db,
      rows.flatMap(row => row.record?.contact?.emailKey ?? []),
    )
    const isErased = (row: Row): boolean => erased.has(row.record?.contact?.emailKey ?? '')
    const records = rows.flatMap(row => (isErased(row) ? [] : (row.record ?? [])))
    const kept = rows.flatMap(row => (isErased(row) ? keptErased(row) : (row.kept ?? [])))
    const known = await findKnown(client, plan.kind, plan.system, records)
    const { pipelines, stages } = plan.kind === 'deals' ? await readStages(client) : { pipelines: [], stages: [] }
    const book = new StageBook(pipelines, stages, uuidV7)
    const by = `import:${this.job.id}`
    const mark = { by: 'import', id: by }
    const merge = new BatchMerge(known, {
      kind: plan.kind,
      newId: uuidV7,
      mark,
      source: options.source,
      users: this.users,
      stages: book,
    })
    let created = 0
    let added = 0
    for (const row of rows) {
      const { record } = row
      if (record === undefined || isErased(row)) continue
      const missing = plan.custom.filter(({ key, required }) => required && record.custom[key] === undefined)
      if (missing.length > 0 && !merge.finds(record)) kept.push(lacking(row, this.source.headers, missing))
      else if (merge.add(record) === 'created') created++
      else added++
    }
    const main = TABLE_OF[plan.kind]
    const made = await writeMerge(client, merge, book, {
      main,
      system: plan.system,
      by,
      why: `import of ${options.file}`,
      start: options.start,
      xmin: known.xmin,
    })
    await saveKept(client, this.job.id, kept)
    const counts: Counts = {
      rows: this.job.counts.rows + rows.length,
      created: this.job.counts.created + created,
      merged: this.job.counts.merged + added,
      kept: this.job.counts.kept + kept.length,
    }
    const nextRow = (rows.at(-1) as Row).row
    await saveProgress(client, { ...this.job, counts, nextRow })
    return () => {
      this.job = { ...this.job, counts, nextRow }
      this.spared += merge.spared
      for (const [table, count] of Object.entries(made) as [Table, number][])
        if (table !== main && count > 0) this.beside[table] = (this.beside[table] ?? 0) + count
    }
  }

  /** The job is over: what it kept aside. */
  private async closed(): Promise<ImportResult['kept']> {
    await closeJob(this.client, this.job, null)
    const kept = await this.keptList()
    if (this.options.dryRun) await this.client.query('rollback')
    else await this.writeAudit()
    return kept
  }

  private async keptList(): Promise<ImportResult['kept']> {
    const list: ImportResult['kept'] = []
    for await (const page of keptRows(this.client, this.job.id))
      for (const { row, line, reason, message } of page) list.push({ row, line, reason, message })
    return list
  }

  private async writeAudit(): Promise<void> {
    await audit(this.db, {
      actor: `import:${this.job.id}`,
      type: 'import.finished',
      target: 'import_job',
      targetId: this.job.id,
      data: { kind: this.plan.kind, ...this.job.counts },
    })
  }
}

/** Nothing of the row is kept: that it was refused, and why, is enough. */
function keptErased({ row, source }: Row): KeptRow {
  const message = 'the data of this person was erased; they are not taken in again'
  return { row, line: source.line, reason: 'person_erased', message, raw: { text: '' } }
}

function keptBad({ row, line, reason, message, raw }: BadRow): KeptRow {
  return { row, line, reason, message, raw: { text: raw } }
}

const codeOf = (error: unknown): string => {
  const { code } = error as { code?: unknown }
  return typeof code === 'string' ? code : ''
}
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 500)

/** Changed meanwhile, or made meanwhile by someone else (unique violation), or a deadlock. */
function isRace(error: unknown): boolean {
  return error instanceof ChangedMeanwhile || ['23505', '40001', '40P01'].includes(codeOf(error))
}

/** Data the database does not take: wrong data (22…), a rule broken (23…), too long for an index (54…). */
function isRefusal(error: unknown): boolean {
  return /^(22|23|54)/.test(codeOf(error))
}

function refused({ row, source }: Row, headers: readonly string[], error: unknown): Row {
  const message = `The database refused the row: ${messageOf(error)}`
  const raw = { cells: cellsOf(source, headers) }
  return { row, source, kept: { row, line: source.line, reason: 'store_refused', message, raw } }
}

/** A record that is there already may lack it; a new one may not. */
function lacking({ row, source }: Row, headers: readonly string[], missing: readonly CustomColumn[]): KeptRow {
  const names = missing.map(({ key, label }) => `custom.${key} (${label})`)
  const message = `The row makes a new record, which needs ${names.join(', ')}. Fill it in.`
  return { row, line: source.line, reason: 'custom_missing', message, raw: { cells: cellsOf(source, headers) } }
}

function cellsOf(source: SourceRow, headers: readonly string[]): Record<string, string> {
  const cells: Record<string, string> = {}
  if (source.ok)
    for (const [index, cell] of source.cells.entries())
      if (cell !== '') cells[headers[index] ?? `column ${index + 1}`] = cell
  return cells
}

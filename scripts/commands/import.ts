import { createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Command, Option } from 'commander'
import type { ImportResult } from '../../db/import/run.ts'
import type { Db } from '../../db/sql.ts'
import { DealwrightError } from '../../domain/errors.ts'
import type { FieldMap } from '../../domain/import/map-file.ts'
import type { ImportSource } from '../../domain/import/source.ts'
import { IMPORT_KINDS, type ImportKind } from '../../domain/import/types.ts'
import { LAWFUL_BASES, type LawfulBasis } from '../../domain/privacy/basis.ts'
import type { InputFile } from '../import-file.ts'
import { withDatabase } from '../lib/with-database.ts'
import { answer } from '../output.ts'
import { progress } from '../progress.ts'

interface Options {
  as?: ImportKind
  map?: string
  dryRun?: boolean
  start: boolean
  source: string
  system?: string
  encoding?: string
  basis?: LawfulBasis
  exportKept?: string
}

export function command(program: Command): void {
  program
    .command('import')
    .description('take in leads, accounts, contacts, deals or products from a CSV, TSV or JSON lines file')
    .argument('<file>', 'the file to read (may be gzipped); with --export-kept the file to write')
    .addOption(new Option('--as <kind>', 'what the rows are, where the columns do not tell').choices(IMPORT_KINDS))
    .option('--map <file>', 'YAML or JSON that says which column fills which field, as "field: column"')
    .option('--dry-run', 'count what would happen and write nothing')
    .option('--no-start', 'let no playbook start for the new leads')
    .option('--source <name>', 'where the leads come from, for playbooks to read', 'import')
    .option('--system <name>', 'whose ids the id column holds, where the file is no known export')
    .addOption(
      new Option('--basis <ground>', 'on what ground data of its people is held, where a row names none').choices(
        LAWFUL_BASES,
      ),
    )
    .option('--encoding <name>', 'of the file; else told by itself')
    .option(
      '--export-kept <job>',
      'write the rows that an import kept aside to the file, to be corrected and imported again',
    )
    .addHelpText(
      'after',
      '\nImporting a file again creates nothing. An import that was cut off goes on where it stopped.',
    )
    .action(async (file: string, options: Options, self: Command) => {
      if (options.exportKept === undefined) {
        const result = await importOne(file, options)
        await answer(self, result, () => human(result, file))
      } else {
        const job = options.exportKept
        const written = await withDatabase('import', ({ db }) => exportKept(db, job, file))
        await answer(self, written, () => `${written.kept} rows written to ${written.file}`)
      }
    })
}

type Answer = ImportResult & { dryRun: boolean; warnings: string[] }

/** What is wrong with file or map is told before any database is opened. */
async function importOne(file: string, options: Options): Promise<Answer> {
  const { openInput } = await import('../import-file.ts')
  const { openSource } = await import('../../domain/import/source.ts')
  const { parseMapFile } = await import('../../domain/import/map-file.ts')
  const map = options.map === undefined ? undefined : parseMapFile(await readMap(options.map))
  const input = await openInput(file)
  let bytes = 0
  const source = await openSource(
    input.stream(read => {
      bytes = read
    }),
    options.encoding === undefined ? {} : { encoding: options.encoding },
  )
  return withDatabase('import', ({ db }) => store(db, { file, input, source, map, bytesRead: () => bytes }, options))
}

interface Opened {
  file: string
  input: InputFile
  source: ImportSource
  map: FieldMap | undefined
  bytesRead: () => number
}

async function store(db: Db, { file, input, source, map, bytesRead }: Opened, options: Options): Promise<Answer> {
  const { makePlan } = await import('../../domain/import/plan.ts')
  const { importFile } = await import('../../db/import/run.ts')
  const { importableFields } = await import('../../db/stores/shape/custom-fields.ts')
  const { INSTALLATION } = await import('../../domain/access/viewer.ts')
  const { privacySettings } = await import('../../db/stores/privacy-settings.ts')
  const organisation = await db.row<{ currency: string }>('select currency from organisation limit 1')
  const plan = makePlan(source.headers, source.sample, {
    currency: organisation?.currency ?? 'EUR',
    custom: await importableFields(db, INSTALLATION),
    ...(options.as === undefined ? {} : { as: options.as }),
    ...(map === undefined ? {} : { map }),
    ...(options.system === undefined ? {} : { system: options.system }),
    ...(options.basis === undefined ? {} : { basis: options.basis }),
    needsBasis: (await privacySettings(db)).importNeedsBasis,
  })
  const dryRun = options.dryRun === true
  const bar = progress('import')
  const stop = stopOnSignal()
  try {
    const result = await importFile(db, source, plan, {
      file: path.basename(file),
      fileHash: input.hash,
      start: options.start,
      source: options.source,
      dryRun,
      onProgress: ({ rows }) => bar.update(bytesRead(), input.size, `${rows} rows`),
      signal: stop.signal,
    })
    return { ...result, dryRun, warnings: source.warnings }
  } finally {
    bar.end()
    stop.end()
  }
}

async function readMap(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new DealwrightError('bad_input', `The map ${file} cannot be read. Is its name right?`, { cause: error })
  }
}

/** The first Ctrl-C ends the import behind the batch at hand. */
function stopOnSignal(): { signal: AbortSignal; end: () => void } {
  const stop = new AbortController()
  const ask = () => stop.abort()
  process.once('SIGINT', ask).once('SIGTERM', ask)
  return { signal: stop.signal, end: () => process.off('SIGINT', ask).off('SIGTERM', ask) }
}

async function exportKept(db: Db, jobId: string, file: string): Promise<{ job: string; file: string; kept: number }> {
  const { jobById, keptHeaders, keptRows } = await import('../../db/import/job.ts')
  const { keptHeader, keptLine } = await import('../../domain/import/kept-csv.ts')
  const client = await db.pool.connect()
  let kept = 0
  try {
    const job = await jobById(client, jobId)
    const headers = await keptHeaders(client, job)
    const lines = async function* () {
      // The mark tells spreadsheets that it is UTF-8.
      yield `\uFEFF${keptHeader(headers)}`
      for await (const page of keptRows(client, job.id)) {
        kept += page.length
        yield page.map(row => keptLine(headers, row)).join('')
      }
    }
    await pipeline(Readable.from(lines()), createWriteStream(file))
    return { job: job.id, file, kept }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'EACCES')
      throw new DealwrightError('bad_input', `${file} cannot be written: is its folder there and yours?`, {
        cause: error,
      })
    throw error
  } finally {
    client.release()
  }
}

const SHOWN = 10

function human(result: Answer, file: string): string {
  const lines = [
    `${result.rows} ${result.kind} in ${path.basename(file)}: ${result.created} created, ${result.merged} merged, ${result.kept.length} kept aside` +
      (result.dryRun ? ' (dry run: nothing was written)' : ''),
  ]
  const beside = Object.entries(result.beside).map(([table, count]) => `${count} ${table}${count === 1 ? '' : 's'}`)
  if (beside.length > 0) lines.push(`made with them: ${beside.join(', ')}`)
  if (result.resumedAfter > 0) lines.push(`went on behind row ${result.resumedAfter} of an earlier import`)
  if (result.spared > 0) lines.push(`${result.spared} values left out: people or agents own those fields`)
  for (const [field, count] of Object.entries(result.unread))
    lines.push(`${count} values of ${field} could not be read and are kept as written`)
  lines.push(...result.warnings)
  for (const { row, line, message } of result.kept.slice(0, SHOWN)) lines.push(`row ${row} (line ${line}): ${message}`)
  if (result.kept.length > SHOWN) lines.push(`… and ${result.kept.length - SHOWN} more`)
  if (result.kept.length > 0 && result.job !== null)
    lines.push(`correct them: dealwright import --export-kept ${result.job} kept.csv, then import kept.csv`)
  return lines.join('\n')
}

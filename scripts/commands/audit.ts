import { type Command, InvalidArgumentError } from 'commander'
import type { AuditEvent, AuditFilter } from '../../db/stores/audit.ts'
import type { Verification } from '../../server/audit/verify.ts'
import { limit } from '../lib/limit.ts'
import { table } from '../lib/table.ts'
import { withDatabase } from '../lib/with-database.ts'
import { moment, plural, shortId } from '../lib/words.ts'
import { answer } from '../output.ts'

interface Options {
  limit: number
  before?: number
  actor?: string
  type?: string
  target?: string
  id?: string
  from?: Date
  to?: Date
  verify?: boolean
  export?: string
  as?: string
}

export function command(program: Command): void {
  program
    .command('audit')
    .description('who did what to which record, newest first; whether the trail stands as it was written')
    .option('--limit <n>', 'how many at most', limit, 50)
    .option('--before <id>', 'only what is older than this event', eventId)
    .option('--actor <who>', 'only of this actor, such as user:ID, worker or an e-mail address')
    .option('--type <type>', 'only of this type; action.* for all about actions')
    .option('--target <kind>', 'only about such records: action, run, lead …')
    .option('--id <id>', 'only about this record')
    .option('--from <time>', 'only from this instant on', instant)
    .option('--to <time>', 'only before this instant', instant)
    .option('--verify', 'recompute the whole trail and compare it with the signed checkpoints')
    .option('--export <file>', 'write all of it to a new file, one JSON document a line, oldest first')
    .option('--as <email>', 'for --export: who takes it; else the first admin or manager')
    .addHelpText('after', '\nExample: dealwright audit --limit 20\nIs it whole? dealwright audit --verify')
    .action(async (options: Options, self: Command) => {
      if (options.verify) return verify(self)
      if (options.export !== undefined) return takeOut(options.export, options, self)
      return show(options, self)
    })
}

async function show(options: Options, self: Command): Promise<void> {
  const { auditEvents } = await import('../../db/stores/audit.ts')
  const { events, names } = await withDatabase('audit', async ({ db }) => {
    const users = await db.rows<{ id: string; name: string; email: string }>('select id, name, email from "user"')
    const known = users.find(one => one.email === options.actor?.toLowerCase())
    const actor = known ? `user:${known.id}` : options.actor
    return {
      events: await auditEvents(db, options.limit, options.before, { ...filterOf(options), actor }),
      names: new Map(users.map(one => [one.id, one.name])),
    }
  })
  await answer(self, events, () => human(events, names))
}

const filterOf = ({ type, target, id, from, to }: Options): AuditFilter => ({ type, target, targetId: id, from, to })

function eventId(text: string): number {
  const id = Number(text)
  if (!Number.isSafeInteger(id) || id < 1) throw new InvalidArgumentError('give the number of an event')
  return id
}

function instant(text: string): Date {
  const at = new Date(text)
  if (Number.isNaN(at.getTime())) throw new InvalidArgumentError('give an instant, such as 2026-11-24T08:00:00Z')
  return at
}

async function verify(self: Command): Promise<void> {
  const { readFileSync } = await import('node:fs')
  const { keyId, publicKeyFrom } = await import('../../domain/gate/decision.ts')
  const { verifyAudit } = await import('../../server/audit/verify.ts')
  const found = await withDatabase('audit', async ({ db, home, config }) => {
    const key = publicKeyFrom(readFileSync(config.publicKeyFile ?? home.publicKey, 'utf8'))
    return verifyAudit(db, config.checkpointsFile ?? home.checkpoints, new Map([[keyId(key), key]]))
  })
  if (!found.ok) process.exitCode = 1
  await answer(self, found, () => verdict(found))
}

function verdict({ ok, events, broken, checkpoint, unsealed }: Verification): string {
  const window =
    checkpoint === null
      ? 'No checkpoint has been signed yet: nothing outside the database knows of the trail.'
      : `The last checkpoint that holds was signed on ${checkpoint.at} and covers everything up to event ${checkpoint.lastId}.`
  const open = `${plural(unsealed, 'newer event')}, of which nothing outside the database knows yet.`
  if (ok) return [`${plural(events, 'event')} stand as they were written.`, window, open].join('\n')
  const lines = broken.slice(0, 20).map(({ kind, id, seal, why }) => {
    const what = id === null ? `${kind === 'seal' ? 'seal' : 'checkpoint'} ${seal ?? ''}` : `event ${id} ${kind}:`
    return `  ${what} ${why}`
  })
  const more = broken.length > lines.length ? [`  and ${broken.length - lines.length} more`] : []
  return ['The trail is NOT as it was written:', ...lines, ...more, window, open].join('\n')
}

async function takeOut(file: string, options: Options, self: Command): Promise<void> {
  const { createWriteStream, rmSync } = await import('node:fs')
  const { Readable } = await import('node:stream')
  const { pipeline } = await import('node:stream/promises')
  const { serverStream } = await import('../lib/server-call.ts')
  await beginFile(file)
  const given = { ...filterOf(options), actor: options.actor }
  const query = Object.entries(given).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value instanceof Date ? value.toISOString() : value] as [string, string]],
  )
  try {
    const lines = await serverStream(`/api/audit/export?${new URLSearchParams(query).toString()}`, options.as)
    await pipeline(Readable.fromWeb(lines as never), createWriteStream(file))
  } catch (error) {
    rmSync(file, { force: true }) // a part of the trail must not pass for the whole
    throw error
  }
  await answer(self, { file }, () => `The trail is in ${file}; that it was taken out stands in it too.`)
}

/** Empty, for its owner's eyes; never one that is there. */
async function beginFile(file: string): Promise<void> {
  const { writeFileSync } = await import('node:fs')
  const { DealwrightError } = await import('../../domain/errors.ts')
  try {
    writeFileSync(file, '', { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    throw new DealwrightError('conflict', `${file} is there already: name a new file.`)
  }
}

function human(events: readonly AuditEvent[], names: ReadonlyMap<string, string>): string {
  if (events.length === 0) return 'Nothing is recorded.'
  return table<AuditEvent>(
    [
      { head: 'EVENT', get: row => row.id, right: true },
      { head: 'AT', get: row => moment(row.at) },
      { head: 'WHO', get: row => actorOf(row.actor, names), shrinkTo: 10 },
      { head: 'WHAT', get: row => row.type, shrinkTo: 14 },
      { head: 'TO', get: row => `${row.target} ${shortIfId(row.targetId)}`, shrinkTo: 12 },
      { head: 'DATA', get: row => dataOf(row.data), shrinkTo: 10 },
    ],
    events,
  )
}

function actorOf(actor: string, names: ReadonlyMap<string, string>): string {
  const [kind, id] = actor.split(':')
  if (id === undefined) return actor
  return kind === 'user' ? (names.get(id) ?? actor) : `${kind} ${shortIfId(id)}`
}

const shortIfId = (id: string): string => (/^[0-9a-f]{8}-/.test(id) ? shortId(id) : id)

/** Values in short; nothing where there is nothing to say. */
function dataOf(data: object): string {
  return Object.entries(data)
    .filter(([, value]) => value !== null)
    .map(
      ([name, value]) =>
        `${name} ${typeof value === 'string' ? (/^[0-9a-f]{40,}$/.test(value) ? value.slice(0, 12) : shortIfId(value)) : JSON.stringify(value)}`,
    )
    .join(', ')
}

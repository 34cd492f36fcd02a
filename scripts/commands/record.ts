import { Argument, type Command } from 'commander'
import { RECORD_PATHS, type CustomDefinition, type RecordWord } from '../lib/record-set.ts'
import { table } from '../lib/table.ts'
import { moment, shortId } from '../lib/words.ts'
import { withDatabase } from '../lib/with-database.ts'
import { answer } from '../output.ts'

interface Options {
  as?: string
  why?: string
}

type Shown = Record<string, unknown> & { id: string }

interface Change {
  field: string
  old: unknown
  new: unknown
  by: string
  why: string | null
  at: string
}

const AS = ['--as <email>', 'who; else the first admin or manager'] as const
const kind = () => new Argument('<kind>', 'of record').choices(Object.keys(RECORD_PATHS))

export function command(program: Command): void {
  const record = program
    .command('record')
    .description('accounts, contacts, leads, deals, tasks and products: look at one, make one, change its fields')
  record
    .command('show')
    .description('one record with all its fields, custom ones too')
    .addArgument(kind())
    .argument('<id>', 'of the record, or its beginning')
    .option(...AS)
    .addHelpText('after', '\nExample: dealwright record show deal 3f2a9c01')
    .action(async (of: RecordWord, id: string, { as }: Options, self: Command) => {
      const { serverCall } = await import('../lib/server-call.ts')
      const found = await serverCall<Shown>(await pathOf(of, id), { as, method: 'GET' })
      await answer(self, found, () => inWords(found))
    })
  record
    .command('add')
    .description('make a record')
    .addArgument(kind())
    .argument('<fields...>', 'FIELD=VALUE each; custom.KEY=VALUE for a custom field')
    .option(...AS)
    .addHelpText('after', '\nExample: dealwright record add account name="Acme Ltd" country=GB custom.region=EMEA')
    .action(async (of: RecordWord, words: string[], { as }: Options, self: Command) => {
      const { serverCall } = await import('../lib/server-call.ts')
      const made = await serverCall<Shown>(`/api/${RECORD_PATHS[of]}`, { as, body: await setOf(of, words, as) })
      await answer(self, made, () => inWords(made))
    })
  record
    .command('set')
    .description('change fields of a record; an empty value empties one')
    .addArgument(kind())
    .argument('<id>', 'of the record, or its beginning')
    .argument('<fields...>', 'FIELD=VALUE each; custom.KEY=VALUE for a custom field')
    .option('--why <reason>', 'kept with the change')
    .option(...AS)
    .addHelpText('after', '\nExample: dealwright record set deal 3f2a9c01 nextStep="call on Monday" custom.region=EMEA')
    .action(async (of: RecordWord, id: string, words: string[], { as, why }: Options, self: Command) => {
      const { serverChange } = await import('../lib/server-call.ts')
      const path = await pathOf(of, id)
      const body = { set: await setOf(of, words, as), ...(why === undefined ? {} : { why }) }
      const after = await serverChange<Shown>(path, body, as)
      await answer(self, after, () => inWords(after))
    })
  record
    .command('history')
    .description('what became of its fields: old and new value, who, why; newest first')
    .addArgument(kind())
    .argument('<id>', 'of the record, or its beginning')
    .option(...AS)
    .addHelpText('after', '\nExample: dealwright record history deal 3f2a9c01')
    .action(async (of: RecordWord, id: string, { as }: Options, self: Command) => {
      const { serverCall } = await import('../lib/server-call.ts')
      const path = (await pathOf(of, id)).replace(RECORD_PATHS[of], `records/${of}`)
      const changes = await serverCall<Change[]>(`${path}/history`, { as, method: 'GET' })
      await answer(self, changes, () => (changes.length === 0 ? 'No field has changed.' : history(changes)))
    })
}

async function pathOf(of: RecordWord, id: string): Promise<string> {
  const { findId } = await import('../lib/find.ts')
  const { requireServer } = await import('../lib/server-call.ts')
  await requireServer()
  return `/api/${RECORD_PATHS[of]}/${await withDatabase('record', ({ db }) => findId(db, of, id))}`
}

async function setOf(of: RecordWord, words: readonly string[], as: string | undefined) {
  const { serverCall } = await import('../lib/server-call.ts')
  const { recordSet } = await import('../lib/record-set.ts')
  const needed = words.some(word => word.startsWith('custom.'))
  const { items } = needed
    ? await serverCall<{ items: CustomDefinition[] }>('/api/custom-fields', { as, method: 'GET' })
    : { items: [] }
  return recordSet(
    words,
    items.filter(one => one.kind === of),
  )
}

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** Who set which field last is for programs: --json has it. */
function inWords({ fieldOwners: _owners, custom, ...fields }: Shown): string {
  const own = Object.entries(fields).filter(([, value]) => value !== null)
  const added = Object.entries((custom ?? {}) as Record<string, unknown>).map(
    ([key, value]) => [`custom.${key}`, value] as const,
  )
  return [...own, ...added].map(([name, value]) => `${name.padEnd(16)} ${text(value)}`).join('\n')
}

const history = (changes: readonly Change[]): string =>
  table<Change>(
    [
      { head: 'WHEN', get: row => moment(row.at) },
      { head: 'FIELD', get: row => row.field, shrinkTo: 12 },
      { head: 'WAS', get: row => (row.old === null ? null : text(row.old)), shrinkTo: 12 },
      { head: 'BECAME', get: row => (row.new === null ? null : text(row.new)), shrinkTo: 12 },
      { head: 'BY', get: row => row.by.replace(/[0-9a-f-]{36}/, shortId), shrinkTo: 12 },
      { head: 'WHY', get: row => row.why, shrinkTo: 16 },
    ],
    changes,
  )

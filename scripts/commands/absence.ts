import type { Command } from 'commander'
import { DealwrightError } from '../../domain/errors.ts'
import { answer } from '../output.ts'

interface Options {
  from?: string
  to: string
  deputy: string
  as?: string
}

interface Absence {
  id: string
  user: string
  deputy: string
  fromAt: string
  toAt: string
  away: boolean
}

const AS = ['--as <email>', 'who is away; else the first admin or manager'] as const

export function command(program: Command): void {
  const absence = program.command('absence').description('who is away, and who decides for them meanwhile')
  absence
    .command('add')
    .description('say that you are away, and who decides for you')
    .option('--from <instant>', 'ISO, e.g. 2026-12-20T08:00:00Z; left out: now')
    .requiredOption('--to <instant>', 'when you are back')
    .requiredOption('--deputy <email>', 'of the same or a higher right')
    .option(...AS)
    .addHelpText(
      'after',
      '\nExample: dealwright absence add --to 2027-01-04T08:00:00Z --deputy mo@acme.example --as rep@acme.example',
    )
    .action(add)
  absence
    .command('list')
    .description('who is away now or will be')
    .addHelpText('after', '\nExample: dealwright absence list')
    .action(list)
  absence
    .command('end')
    .description('back earlier than said')
    .argument('<id>', 'of the absence, or its beginning')
    .option(...AS)
    .addHelpText('after', '\nExample: dealwright absence end 3f2a9c01')
    .action(end)
}

async function add({ from, to, deputy, as }: Options, self: Command): Promise<void> {
  const { serverCall } = await import('../lib/server-call.ts')
  const { withDatabase } = await import('../lib/with-database.ts')
  const { knownUser } = await import('../lib/acting.ts')
  const { id } = await withDatabase('absence add', ({ db }) => knownUser(db, deputy))
  const made = await serverCall<Absence>('/api/absences', {
    as,
    body: { deputy: id, from: instant(from ?? new Date().toISOString()), to: instant(to) },
  })
  await answer(self, made, () => inWords(made))
}

async function list(_options: unknown, self: Command): Promise<void> {
  const { withDatabase } = await import('../lib/with-database.ts')
  const { listAbsences } = await import('../../db/stores/absence.ts')
  const { table } = await import('../lib/table.ts')
  const { moment, shortId } = await import('../lib/words.ts')
  const items = await withDatabase('absence list', ({ db }) => listAbsences(db))
  await answer(self, { items }, () =>
    items.length === 0
      ? 'Nobody is away.'
      : table(
          [
            { head: 'ABSENCE', get: row => shortId(row.id) },
            { head: 'WHO', get: row => row.user, shrinkTo: 10 },
            { head: 'DEPUTY', get: row => row.deputy, shrinkTo: 10 },
            { head: 'FROM', get: row => moment(row.fromAt) },
            { head: 'TO', get: row => moment(row.toAt) },
            { head: 'AWAY', get: row => (row.away ? 'now' : 'later') },
          ],
          items,
        ),
  )
}

async function end(id: string, { as }: { as?: string }, self: Command): Promise<void> {
  const { withDatabase } = await import('../lib/with-database.ts')
  const { listAbsences } = await import('../../db/stores/absence.ts')
  const { serverCall } = await import('../lib/server-call.ts')
  const found = (await withDatabase('absence end', ({ db }) => listAbsences(db))).filter(one => one.id.startsWith(id))
  const [one] = found
  if (!one || found.length > 1)
    throw new DealwrightError(
      one ? 'ambiguous' : 'not_found',
      `${one ? 'Several absences begin' : 'No absence begins'} with ${id}: see dealwright absence list`,
    )
  const done = await serverCall<Absence>(`/api/absences/${one.id}/end`, { as })
  await answer(self, done, () => `${done.user} is back; ${done.deputy} decides for them no more.`)
}

function instant(text: string): string {
  const at = new Date(text)
  if (!Number.isNaN(at.getTime())) return at.toISOString()
  throw new DealwrightError('bad_input', `${text} is no instant: write it as 2026-12-20T08:00:00Z`)
}

const inWords = ({ user, deputy, fromAt, toAt }: Absence): string =>
  `${user} is away from ${fromAt} to ${toAt}; ${deputy} decides for them.`

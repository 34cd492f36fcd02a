import { type Command, Option } from 'commander'
import type { ShownAction } from '../lib/actions.ts'
import { limit } from '../lib/limit.ts'
import { table } from '../lib/table.ts'
import { withDatabase } from '../lib/with-database.ts'
import { moment, shortId, withoutAddress } from '../lib/words.ts'
import { answer } from '../output.ts'

const STATUSES = [
  'proposed',
  'allowed',
  'waiting',
  'approved',
  'refused',
  'expired',
  'superseded',
  'claimed',
  'done',
  'failed',
  'uncertain',
]

interface Options {
  status?: string
  limit: number
  waitingFor?: string
}

interface Waiting {
  id: string
  kind: string
  summary: string
  capacity: string
  for: string | null
  reason: string
  risk: { level: string } | null
  evidence: number
  expiresAt: string | null
}

export function command(program: Command): void {
  program
    .command('actions')
    .description('what agents proposed, newest first, and what became of it')
    .addOption(new Option('--status <status>', 'only those').choices(STATUSES))
    .option('--waiting-for <email>', 'what waits for this person to decide, soonest expiry first')
    .option('--limit <n>', 'how many at most', limit, 50)
    .addHelpText('after', '\nExample: dealwright actions --status waiting\nOne of them whole: dealwright action ID')
    .action(async (options: Options, self: Command) => {
      if (options.waitingFor !== undefined) return waiting(options.waitingFor, options.limit, self)
      const { listActions } = await import('../../db/stores/actions.ts')
      const { showAction } = await import('../../server/show.ts')
      const { INSTALLATION } = await import('../../domain/access/viewer.ts')
      const { items } = await withDatabase('actions', ({ db }) => listActions(db, INSTALLATION, options))
      const actions: ShownAction[] = items.map(showAction)
      await answer(self, actions, () => human(actions, options.status))
    })
}

async function waiting(email: string, limit: number, self: Command): Promise<void> {
  const { serverCall } = await import('../lib/server-call.ts')
  const { items } = await serverCall<{ items: Waiting[] }>(`/api/approvals?limit=${Math.min(limit, 200)}`, {
    as: email,
    method: 'GET',
  })
  await answer(self, items, () => (items.length === 0 ? `Nothing waits for ${email}.` : inbox(items)))
}

const inbox = (items: readonly Waiting[]): string =>
  table<Waiting>(
    [
      { head: 'ACTION', get: row => shortId(row.id) },
      { head: 'KIND', get: row => row.kind.replaceAll('_', ' ') },
      { head: 'WHAT', get: row => withoutAddress(row.summary), shrinkTo: 20 },
      { head: 'AS', get: row => (row.for === null ? row.capacity : `${row.capacity} for ${row.for}`), shrinkTo: 8 },
      { head: 'RISK', get: row => row.risk?.level ?? null },
      { head: 'QUOTES', get: row => row.evidence, right: true },
      { head: 'EXPIRES', get: row => moment(row.expiresAt) },
      { head: 'REASON', get: row => row.reason, shrinkTo: 16 },
    ],
    items,
  )

function human(actions: readonly ShownAction[], status: string | undefined): string {
  if (actions.length === 0) return status === undefined ? 'Nothing was proposed yet.' : `No action is ${status}.`
  return table<ShownAction>(
    [
      { head: 'ACTION', get: row => shortId(row.id) },
      { head: 'STATUS', get: row => row.status },
      { head: 'KIND', get: row => row.kind.replaceAll('_', ' ') },
      { head: 'WHAT', get: row => withoutAddress(row.summary), shrinkTo: 20 },
      { head: 'BY', get: row => row.by },
      { head: 'OWNER', get: row => row.owner, shrinkTo: 8 },
      { head: 'EXPIRES', get: row => (row.status === 'waiting' ? moment(row.expiresAt) : null) },
      { head: 'FAILURE', get: row => row.failure, shrinkTo: 12 },
    ],
    actions,
  )
}

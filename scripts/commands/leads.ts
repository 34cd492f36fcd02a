import type { Command } from 'commander'
import type { LeadRow } from '../../db/stores/lists.ts'
import { limit } from '../lib/limit.ts'
import { table } from '../lib/table.ts'
import { withDatabase } from '../lib/with-database.ts'
import { plural, shortId } from '../lib/words.ts'
import { answer } from '../output.ts'

interface Options {
  status?: string
  limit: number
}

export function command(program: Command): void {
  program
    .command('leads')
    .description('the leads, best score first, with owner and next step')
    .option('--status <status>', 'only new, working, nurture, qualified, disqualified, converted or closed ones')
    .option('--limit <n>', 'how many at most', limit, 50)
    .addHelpText('after', '\nExample: dealwright leads --status new\nMore on one: dealwright brief LEAD')
    .action(async (options: Options, self: Command) => {
      const { listLeads } = await import('../../db/stores/lists.ts')
      const { INSTALLATION } = await import('../../domain/access/viewer.ts')
      const { items: leads } = await withDatabase('leads', ({ db }) => listLeads(db, INSTALLATION, options))
      await answer(self, leads, () => human(leads, options))
    })
}

function human(leads: readonly LeadRow[], { status, limit: most }: Options): string {
  if (leads.length === 0)
    return status === undefined
      ? 'There are no leads yet. Bring some in: dealwright import FILE'
      : `No lead is ${status}. All of them: dealwright leads`
  const lines = table<LeadRow>(
    [
      { head: 'LEAD', get: row => shortId(row.id) },
      { head: 'SCORE', get: row => (row.score === null ? null : Math.round(row.score)), right: true },
      { head: 'NAME', get: row => row.name ?? row.email, shrinkTo: 12 },
      { head: 'COMPANY', get: row => row.account, shrinkTo: 12 },
      { head: 'STATUS', get: row => row.status },
      { head: 'OWNER', get: row => row.owner, shrinkTo: 8 },
      { head: 'WHY', get: row => bestReasons(row.reasons), shrinkTo: 12 },
      { head: 'NEXT', get: row => row.nextStep, shrinkTo: 14 },
    ],
    leads,
  )
  return leads.length === most ? `${lines}\n${plural(leads.length, 'lead')} shown; more with --limit` : lines
}

/** The two parts that gave most, in the words of the score. */
function bestReasons(parts: unknown): string | null {
  if (!Array.isArray(parts)) return null
  const reasons = (parts as { points: number; reason: string; status: string }[])
    .filter(part => part.status === 'known' && part.points !== 0)
    .toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points))
  return reasons
    .slice(0, 2)
    .map(part => part.reason)
    .join('; ')
}

import type { Command } from 'commander'
import type { DealRow } from '../../db/stores/deal-list.ts'
import { limit } from '../lib/limit.ts'
import { table } from '../lib/table.ts'
import { withDatabase } from '../lib/with-database.ts'
import { money, plural, shortId } from '../lib/words.ts'
import { answer } from '../output.ts'

interface Options {
  open?: boolean
  limit: number
}

export function command(program: Command): void {
  program
    .command('deals')
    .description('the deals: open ones first, by close date, with what agents suggest for them')
    .option('--open', 'open deals only')
    .option('--limit <n>', 'how many at most', limit, 50)
    .addHelpText('after', '\nExample: dealwright deals --open --json')
    .action(async (options: Options, self: Command) => {
      const { listDeals } = await import('../../db/stores/deal-list.ts')
      const { INSTALLATION } = await import('../../domain/access/viewer.ts')
      const { items: deals } = await withDatabase('deals', ({ db }) => listDeals(db, INSTALLATION, options))
      await answer(self, deals, () => human(deals, options))
    })
}

function human(deals: readonly DealRow[], options: Options): string {
  if (deals.length === 0) return options.open ? 'No deal is open.' : 'There are no deals yet.'
  const lines = table<DealRow>(
    [
      { head: 'DEAL', get: row => shortId(row.id) },
      { head: 'NAME', get: row => row.name, shrinkTo: 14 },
      { head: 'COMPANY', get: row => row.account, shrinkTo: 10 },
      { head: 'STAGE', get: row => row.stage },
      { head: 'AMOUNT', get: row => money(row.amountMinor, row.currency), right: true },
      { head: 'CLOSE', get: row => row.closeDate },
      { head: 'OWNER', get: row => row.owner, shrinkTo: 8 },
      { head: 'NEXT', get: row => row.nextStep, shrinkTo: 12 },
      { head: 'SUGGESTED', get: row => row.suggestions || null, right: true },
    ],
    deals,
  )
  return deals.length === options.limit ? `${lines}\n${plural(deals.length, 'deal')} shown; more with --limit` : lines
}

import type { Command } from 'commander'
import { DealwrightError } from '../../domain/errors.ts'
import { terminalWidth } from '../lib/table.ts'
import { withDatabase } from '../lib/with-database.ts'
import { answer, say } from '../output.ts'
import { progress } from '../progress.ts'

export function command(program: Command): void {
  program
    .command('research')
    .description('read a company’s site: facts with their quotes, what is not known, and a brief')
    .argument('<domain>', 'such as acme.com; or a lead: its id, e-mail address or part of a name')
    .addHelpText(
      'after',
      '\nExample: dealwright research acme.com --json\nUses the worker of a running "dealwright up", else reads by itself. A model is used if one is configured (docs/models.md).',
    )
    .action(async (domain: string, _options: unknown, self: Command) => {
      const { research } = await import('../research/research.ts')
      const { describeFindings } = await import('../research/describe.ts')
      const bar = progress('pages')
      const { found, runId, failures, pages } = await withDatabase('research', opened =>
        research(opened, domain, bar.update),
      ).finally(() => bar.end())
      const { lines, ...document } = found
      for (const { url, message } of failures) say(`not read: ${url}: ${message}`)
      await answer(self, { ...document, pages, run: runId }, () => {
        const name = found.account ? [found.account.name, found.account.domain ?? ''].filter(Boolean) : [domain]
        return `${[...new Set(name)].join(', ')}\n\n${describeFindings({ ...document, lines }, terminalWidth())}`
      })
      if (runId !== null && pages === 0) throw nothingRead(found.account?.domain ?? domain, failures[0]?.code)
    })
}

function nothingRead(domain: string, code: string | undefined): DealwrightError {
  const why = code === undefined ? '' : ` (${code})`
  return new DealwrightError(
    'not_found',
    `No page of ${domain} could be read${why}: is the address right, and the site up?`,
  )
}

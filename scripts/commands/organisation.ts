import { InvalidArgumentError, type Command } from 'commander'
import { answer } from '../output.ts'

interface Options {
  name: string
  domain?: string
  country?: string
  zone: string
  currency: string
  address?: string
}

export function command(program: Command): void {
  program
    .command('organisation')
    .description('say who we are, and begin with the shipped playbooks, policy, scoring, territories and pipeline')
    .requiredOption('--name <name>', 'as it stands in mails')
    .option('--domain <domain>', 'of our web site')
    .option('--country <code>', 'two letters: whose holidays count where nothing nearer is known', country)
    .option('--zone <zone>', 'IANA time zone', zone, 'UTC')
    .option('--currency <code>', 'three letters', 'EUR')
    .option('--address <text>', 'postal address for the footer of mails')
    .addHelpText(
      'after',
      '\nExample: dealwright organisation --name "Acme Ltd" --domain acme.example --country GB --zone Europe/London',
    )
    .action(run)
}

async function run(options: Options, self: Command): Promise<void> {
  const { withDatabase } = await import('../lib/with-database.ts')
  const { publisher } = await import('../lib/by.ts')
  const { publishShipped, STAGES } = await import('../shipped.ts')
  const { ensureOrganisation, ensurePipeline } = await import('../../db/stores/people.ts')
  const { name, domain = null, country = null, zone, currency, address = null } = options
  await withDatabase('organisation', async ({ db }) => {
    await db.tx(async tx => {
      await ensureOrganisation(tx, { name, domain, country, zone, currency, address })
      await ensurePipeline(tx, 'Sales', [...STAGES])
    })
    const begun = await db.row<{ n: number }>('select count(*)::int as n from playbook')
    if (begun?.n === 0) await publishShipped(db, await publisher(db, undefined))
    await answer(self, { name, domain, country, zone, currency, address }, () =>
      [
        `${name} is set up.`,
        'Next: dealwright user add EMAIL --name "…" --role manager, and one for each rep; then dealwright import FILE',
      ].join('\n'),
    )
  })
}

function country(text: string): string {
  if (/^[A-Za-z]{2}$/.test(text)) return text.toUpperCase()
  throw new InvalidArgumentError('a country is two letters, such as GB.')
}

function zone(text: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone
  } catch {
    throw new InvalidArgumentError('a zone is an IANA name, such as Europe/London.')
  }
}

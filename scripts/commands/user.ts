import { Option, type Command } from 'commander'
import { DealwrightError } from '../../domain/errors.ts'
import type { Role } from '../../domain/access/viewer.ts'
import { answer } from '../output.ts'

interface Options {
  name: string
  role: Role
  zone: string
  team: string
  capacity?: number
  signature?: string
}

export function command(program: Command): void {
  const user = program
    .command('user')
    .description('the people who work here')
    .addHelpText('after', '\nExample: dealwright user add rep@company.example --name "Rosa Rep" --role rep')
  user
    .command('add')
    .argument('<email>', 'their address; mail is sent from it')
    .description('add a person, with the mailbox that their mail is sent from')
    .requiredOption('--name <name>', 'as it stands in mails')
    .addOption(
      new Option('--role <role>', 'what they may do')
        .choices(['rep', 'manager', 'ops', 'admin', 'viewer'])
        .default('rep'),
    )
    .option('--zone <zone>', 'IANA time zone', 'UTC')
    .option('--team <team>', 'their team', 'Sales')
    .option('--capacity <n>', 'open leads at most', Number)
    .option('--signature <text>', 'below their mails')
    .addHelpText(
      'after',
      '\nExample: dealwright user add ann@acme.example --name "Ann Bell" --role rep --zone Europe/London',
    )
    .action(add)
  user
    .command('list')
    .description('who works here')
    .addHelpText('after', '\nExample: dealwright user list')
    .action(list)
}

async function add(email: string, options: Options, self: Command): Promise<void> {
  const { withDatabase } = await import('../lib/with-database.ts')
  const { normaliseEmail } = await import('../../domain/import/normalise/email.ts')
  const { ensureMailbox, ensureUser } = await import('../../db/stores/people.ts')
  const address = normaliseEmail(email)?.email
  if (!address) throw new DealwrightError('bad_input', `“${email}” is not an e-mail address.`)
  const { name, role, zone, team, capacity, signature = name } = options
  await withDatabase('user', async ({ db }) => {
    const id = await db.tx(async tx => {
      const made = await ensureUser(tx, { name, email: address, role, zone, team, capacity: capacity ?? null })
      if (role === 'rep' || role === 'manager') await ensureMailbox(tx, { userId: made, address, name, signature })
      return made
    })
    await answer(self, { id, email: address, name, role }, () => `${name} <${address}> is here as ${role}.`)
  })
}

async function list(_options: unknown, self: Command): Promise<void> {
  const { withDatabase } = await import('../lib/with-database.ts')
  const { activeUsers } = await import('../../db/stores/people.ts')
  await withDatabase('user', async ({ db }) => {
    const people = await activeUsers(db)
    await answer(self, people, () =>
      people.length === 0
        ? 'Nobody yet: dealwright user add EMAIL --name "…"'
        : people.map(one => `${one.role.padEnd(8)} ${one.name} <${one.email}>`).join('\n'),
    )
  })
}

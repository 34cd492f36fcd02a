import { InvalidArgumentError, Option, type Command } from 'commander'
import type { Invitation } from '../../db/stores/invitations.ts'
import { ROLES, type Role } from '../../domain/access/viewer.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { answer } from '../output.ts'

interface Options {
  name?: string
  role?: Role
  team: string
  zone: string
  hours: number
  as?: string
}

export function command(program: Command): void {
  const invite = program.command('invite').description('one-time links by which people set their name and password')
  invite
    .command('make')
    .description('a link for somebody new (with --name and --role), or for a user who has none or lost their password')
    .argument('<email>', 'their address')
    .option('--name <name>', 'of somebody new')
    .addOption(new Option('--role <role>', 'of somebody new').choices([...ROLES]))
    .option('--team <team>', 'of somebody new', 'Sales')
    .option('--zone <zone>', 'IANA time zone of somebody new', 'UTC')
    .option('--hours <n>', 'until the link ends: 1 to 336', hours, 72)
    .option('--as <email>', 'the admin who invites')
    .addHelpText('after', '\nExample: dealwright invite make ann@acme.example --name "Ann Bell" --role rep')
    .action(make)
  invite
    .command('list')
    .description('links that are open; the links themselves were shown once')
    .addHelpText('after', '\nExample: dealwright invite list')
    .action(list)
  invite
    .command('revoke')
    .description('make a link void')
    .argument('<id>', 'of the invitation, or its beginning')
    .option('--as <email>', 'the admin who says so')
    .addHelpText('after', '\nExample: dealwright invite revoke 1b4e28ba')
    .action(revoke)
}

async function make(email: string, options: Options, self: Command): Promise<void> {
  const { withDatabase } = await import('../lib/with-database.ts')
  const { actingAdmin } = await import('../lib/acting.ts')
  const { serverUrl } = await import('../lib/server-call.ts')
  const stores = await import('../../db/stores/invitations.ts')
  const { linkOf } = await import('../../server/auth/options.ts')
  const { normaliseEmail } = await import('../../domain/import/normalise/email.ts')
  const address = normaliseEmail(email)?.email
  if (!address) throw new DealwrightError('bad_input', `“${email}” is not an e-mail address.`)
  const made = await withDatabase('invite make', async ({ db, home, config }) => {
    const url = config.publicUrl ?? (await serverUrl(home, config))
    if (!url)
      throw new DealwrightError(
        'unavailable',
        'The link needs the server’s address: start it with "npm start", or set DEALWRIGHT_PUBLIC_URL.',
      )
    const by = await actingAdmin(db, options.as)
    const { name, role, team, zone } = options
    const { token, ...shown } = await db.tx(async tx => {
      const user = await stores.invitedUser(tx, { email: address, name, role, team, zone }, by)
      return stores.invite(tx, { userId: user.id, role: user.role, hours: options.hours, by })
    })
    return { ...shown, email: address, link: linkOf(url, token) }
  })
  await answer(self, made, () =>
    [
      made.link,
      `For ${made.email}: works once, until ${made.expiresAt.toISOString().slice(0, 16).replace('T', ' ')} UTC.`,
    ].join('\n'),
  )
}

async function list(_options: unknown, self: Command): Promise<void> {
  const { withDatabase } = await import('../lib/with-database.ts')
  const { openInvitations } = await import('../../db/stores/invitations.ts')
  const { table } = await import('../lib/table.ts')
  const { shortId } = await import('../lib/words.ts')
  const items = await withDatabase('invite list', ({ db }) => openInvitations(db))
  await answer(self, { items }, () =>
    items.length === 0
      ? 'No link is open.'
      : table<Invitation>(
          [
            { head: 'ID', get: row => shortId(row.id) },
            { head: 'FOR', get: row => row.email ?? 'whoever opens it' },
            { head: 'ROLE', get: row => row.role },
            { head: 'ENDS (UTC)', get: row => row.expiresAt.toISOString().slice(0, 16).replace('T', ' ') },
          ],
          items,
        ),
  )
}

async function revoke(id: string, options: { as?: string }, self: Command): Promise<void> {
  const { withDatabase } = await import('../lib/with-database.ts')
  const { actingAdmin } = await import('../lib/acting.ts')
  const { findId } = await import('../lib/find.ts')
  const { revokeInvitation } = await import('../../db/stores/invitations.ts')
  await withDatabase('invite revoke', async ({ db }) => {
    const by = await actingAdmin(db, options.as)
    const whole = await findId(db, 'invitation', id)
    await db.tx(tx => revokeInvitation(tx, whole, by))
  })
  await answer(self, { id, revoked: true }, () => 'The link opens nothing any more.')
}

function hours(text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number >= 1 && number <= 336) return number
  throw new InvalidArgumentError('hours are a whole number from 1 to 336.')
}

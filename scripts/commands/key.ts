import { InvalidArgumentError, type Command } from 'commander'
import type { Key } from '../../db/stores/keys.ts'
import { INSTALLATION, SCOPES, type Scope } from '../../domain/access/viewer.ts'
import { answer } from '../output.ts'

interface Create {
  for: string
  name: string
  scopes: Scope[]
  days: number
}

const DAY_MS = 86_400_000

export function command(program: Command): void {
  const key = program.command('key').description('API keys: shown once, with scopes and an end')
  key
    .command('create')
    .description('make a key for somebody; it can what they can, within its scopes')
    .requiredOption('--for <email>', 'whose it is')
    .requiredOption('--name <name>', 'what it is for')
    .option('--scopes <list>', `of ${SCOPES.join(', ')}`, scopes, ['read'] satisfies Scope[])
    .option('--days <n>', 'until it ends: 1 to 365', days, 90)
    .addHelpText(
      'after',
      '\nExample: dealwright key create --for ann@acme.example --name "weekly report" --scopes read',
    )
    .action(create)
  key
    .command('list')
    .description('all keys, without their secrets')
    .addHelpText('after', '\nExample: dealwright key list')
    .action(list)
  key
    .command('revoke')
    .description('end a key at once')
    .argument('<id>', 'of the key, or its beginning')
    .option('--as <email>', 'the admin who says so')
    .addHelpText('after', '\nExample: dealwright key revoke 1b4e28ba')
    .action(revoke)
}

async function create(options: Create, self: Command): Promise<void> {
  const { withDatabase } = await import('../lib/with-database.ts')
  const { actingAdmin, knownUser } = await import('../lib/acting.ts')
  const { createKey } = await import('../../db/stores/keys.ts')
  const made = await withDatabase('key create', async ({ db }) => {
    const { id: userId, active } = await knownUser(db, options.for)
    if (!active) throw await notHere(options.for)
    const expiresAt = new Date(Date.now() + options.days * DAY_MS)
    const by = await actingAdmin(db, undefined)
    const { name, scopes } = options
    const { id, secret } = await db.tx(tx => createKey(tx, { userId, name, scopes, expiresAt, by }))
    return { id, key: secret, scopes, expiresAt }
  })
  await answer(self, made, () =>
    [made.key, `Shown this once. It ends on ${made.expiresAt.toISOString().slice(0, 10)}.`].join('\n'),
  )
}

async function notHere(email: string) {
  const { DealwrightError } = await import('../../domain/errors.ts')
  return new DealwrightError('conflict', `${email} is not at work: a key of theirs would open nothing.`)
}

async function list(_options: unknown, self: Command): Promise<void> {
  const { withDatabase } = await import('../lib/with-database.ts')
  const { listKeys } = await import('../../db/stores/keys.ts')
  const { table } = await import('../lib/table.ts')
  const { shortId } = await import('../lib/words.ts')
  const { items } = await withDatabase('key list', ({ db }) => listKeys(db, INSTALLATION, { limit: 200 }))
  await answer(self, { items }, () =>
    items.length === 0
      ? 'There are no keys: dealwright key create --for EMAIL --name "…"'
      : table<Key>(
          [
            { head: 'ID', get: row => shortId(row.id) },
            { head: 'NAME', get: row => row.name, shrinkTo: 10 },
            { head: 'OF', get: row => row.owner, shrinkTo: 10 },
            { head: 'SCOPES', get: row => row.scopes.join(',') },
            { head: 'ENDS', get: row => (row.revokedAt ? 'revoked' : row.expiresAt?.toISOString().slice(0, 10)) },
            { head: 'LAST USED', get: row => row.lastUsedAt?.toISOString().slice(0, 16).replace('T', ' ') },
          ],
          items,
        ),
  )
}

async function revoke(id: string, options: { as?: string }, self: Command): Promise<void> {
  const { withDatabase } = await import('../lib/with-database.ts')
  const { actingAdmin } = await import('../lib/acting.ts')
  const { revokeKey } = await import('../../db/stores/keys.ts')
  const { findId } = await import('../lib/find.ts')
  const key = await withDatabase('key revoke', async ({ db }) => {
    const by = await actingAdmin(db, options.as)
    const whole = await findId(db, 'key', id)
    return db.tx(tx => revokeKey(tx, INSTALLATION, whole, by))
  })
  await answer(self, key, () => `The key “${key.name}” of ${key.owner} opens nothing any more.`)
}

function scopes(text: string): Scope[] {
  const given = text.split(/[\s,]+/).filter(Boolean)
  const known = SCOPES.filter(scope => given.includes(scope))
  if (known.length === 0 || given.some(one => !(SCOPES as readonly string[]).includes(one)))
    throw new InvalidArgumentError(`scopes are some of ${SCOPES.join(', ')}.`)
  return known
}

function days(text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number >= 1 && number <= 365) return number
  throw new InvalidArgumentError('days are a whole number from 1 to 365.')
}

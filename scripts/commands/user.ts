import { InvalidArgumentError, Option, type Command } from 'commander'
import { DealwrightError } from '../../domain/errors.ts'
import { GRANTS, ROLES, type Grant, type Role } from '../../domain/access/viewer.ts'
import type { UserChange, UserRow } from '../../db/stores/users.ts'
import { answer } from '../output.ts'

interface Add {
  name: string
  role: Role
  zone: string
  team: string
  capacity?: number
  signature?: string
  as?: string
}

interface Change {
  name?: string
  role?: Role
  team?: string
  zone?: string
  capacity?: number
  grants?: Grant[]
  as?: string
}

const AS = ['--as <email>', 'the admin who says so'] as const

export function command(program: Command): void {
  const user = program
    .command('user')
    .description('the people who work here')
    .addHelpText('after', '\nExample: dealwright user add rep@company.example --name "Rosa Rep" --role rep')
  user
    .command('add')
    .argument('<email>', 'their address; mail is sent from it')
    .description('add a person, with the mailbox that their mail is sent from; "invite make" lets them sign in')
    .requiredOption('--name <name>', 'as it stands in mails')
    .addOption(new Option('--role <role>', 'what they may do').choices([...ROLES]).default('rep'))
    .option('--zone <zone>', 'IANA time zone', 'UTC')
    .option('--team <team>', 'their team', 'Sales')
    .option('--capacity <n>', 'open leads at most', Number)
    .option('--signature <text>', 'below their mails')
    .option(...AS)
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
  user
    .command('change')
    .description('change role, team or grants; in force at once, for sessions and keys too')
    .argument('<email>', 'whose')
    .option('--name <name>', 'as it stands in mails')
    .addOption(new Option('--role <role>', 'what they may do').choices([...ROLES]))
    .option('--team <team>', 'one that there is')
    .option('--zone <zone>', 'IANA time zone')
    .option('--capacity <n>', 'open leads at most', Number)
    .option('--grants <list>', `rights beyond the role: ${GRANTS.join(', ')}, or none`, grants)
    .option(...AS)
    .addHelpText('after', '\nExample: dealwright user change ann@acme.example --role manager --grants mail_bodies')
    .action(change)
  user
    .command('deactivate')
    .description('somebody has left: their sessions, keys and links end at once')
    .argument('<email>', 'who')
    .option(...AS)
    .addHelpText('after', '\nExample: dealwright user deactivate ann@acme.example')
    .action((email: string, options: { as?: string }, self: Command) => setActive(email, false, options, self))
  user
    .command('reactivate')
    .description('somebody is back; ended sessions and keys stay ended')
    .argument('<email>', 'who')
    .option(...AS)
    .addHelpText('after', '\nExample: dealwright user reactivate ann@acme.example')
    .action((email: string, options: { as?: string }, self: Command) => setActive(email, true, options, self))
  user
    .command('approvers')
    .description('say whether deciding takes a second factor')
    .addOption(
      new Option('--two-factor <rule>', 'of everybody who decides')
        .choices(['required', 'optional'])
        .makeOptionMandatory(),
    )
    .option(...AS)
    .addHelpText('after', '\nExample: dealwright user approvers --two-factor required')
    .action(approvers)
}

async function add(email: string, options: Add, self: Command): Promise<void> {
  const { withDatabase } = await import('../lib/with-database.ts')
  const { normaliseEmail } = await import('../../domain/import/normalise/email.ts')
  const { actingAdmin } = await import('../lib/acting.ts')
  const { addUser } = await import('../../db/stores/users.ts')
  const address = normaliseEmail(email)?.email
  if (!address) throw new DealwrightError('bad_input', `“${email}” is not an e-mail address.`)
  const { name, role, zone, team, capacity, signature = name } = options
  await withDatabase('user add', async ({ db }) => {
    const by = await actingAdmin(db, options.as)
    const person = { name, email: address, role, zone, team, capacity: capacity ?? null, signature }
    const id = await db.tx(tx => addUser(tx, person, by))
    await answer(self, { id, email: address, name, role }, () =>
      [`${name} <${address}> is here as ${role}.`, `To let them sign in: dealwright invite make ${address}`].join('\n'),
    )
  })
}

async function list(_options: unknown, self: Command): Promise<void> {
  const { withDatabase } = await import('../lib/with-database.ts')
  const { listUsers } = await import('../../db/stores/users.ts')
  const { table } = await import('../lib/table.ts')
  await withDatabase('user list', async ({ db }) => {
    const { items } = await listUsers(db, { limit: 200 })
    await answer(self, items, () =>
      items.length === 0
        ? 'Nobody yet: dealwright user add EMAIL --name "…"'
        : table<UserRow>(
            [
              { head: 'ROLE', get: row => row.role },
              { head: 'NAME', get: row => row.name, shrinkTo: 10 },
              { head: 'E-MAIL', get: row => row.email, shrinkTo: 16 },
              { head: 'TEAM', get: row => row.team },
              { head: 'GRANTS', get: row => row.grants.join(',') },
              { head: 'SIGNS IN', get: row => signsIn(row) },
            ],
            items,
          ),
    )
  })
}

function signsIn(row: UserRow): string {
  if (!row.active) return row.canSignIn ? 'left' : 'not yet at work'
  if (!row.canSignIn) return 'not yet'
  return row.twoFactor ? 'with a code' : 'yes'
}

async function change(email: string, options: Change, self: Command): Promise<void> {
  const { as, team, ...fields } = options
  await changed(email, as, self, fields, team)
}

const setActive = (email: string, active: boolean, { as }: { as?: string }, self: Command): Promise<void> =>
  changed(email, as, self, { active })

async function changed(email: string, as: string | undefined, self: Command, fields: UserChange, team?: string) {
  const { withDatabase } = await import('../lib/with-database.ts')
  const { actingAdmin, knownUser } = await import('../lib/acting.ts')
  const { changeUser, listTeams, lockedUser } = await import('../../db/stores/users.ts')
  await withDatabase('user change', async ({ db }) => {
    const by = await actingAdmin(db, as)
    const { id } = await knownUser(db, email)
    const after = await db.tx(async tx => {
      const found = team === undefined ? null : (await listTeams(tx)).find(one => one.name === team)
      if (found === undefined) throw new DealwrightError('not_found', `There is no team ${team}: dealwright team add`)
      return changeUser(tx, await lockedUser(tx, id), { ...fields, ...(found ? { teamId: found.id } : {}) }, by)
    })
    await answer(self, after, () =>
      after.active
        ? `${after.name} is ${after.role} now.`
        : `${after.name} has left: sessions, keys and links have ended.`,
    )
  })
}

async function approvers(options: { twoFactor: string; as?: string }, self: Command): Promise<void> {
  const { withDatabase } = await import('../lib/with-database.ts')
  const { actingAdmin } = await import('../lib/acting.ts')
  const { setApproversTwoFactor } = await import('../../db/stores/sign-in.ts')
  const required = options.twoFactor === 'required'
  await withDatabase('user approvers', async ({ db }) => {
    const by = await actingAdmin(db, options.as)
    await db.tx(tx => setApproversTwoFactor(tx, required, by))
  })
  await answer(self, { approversTwoFactor: required }, () =>
    required ? 'Nobody decides without a second factor from now on.' : 'Deciding takes no second factor.',
  )
}

function grants(text: string): Grant[] {
  const given = text.split(/[\s,]+/).filter(word => word !== '' && word !== 'none')
  if (given.some(one => !(GRANTS as readonly string[]).includes(one)))
    throw new InvalidArgumentError(`grants are some of ${GRANTS.join(', ')}, or none.`)
  return GRANTS.filter(grant => given.includes(grant))
}

/** What an admin does with people and teams. Every change takes effect with its transaction: a request reads role and state anew. */
import type { Grant, Role } from '../../domain/access/viewer.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { keyset, pageOf, type Order, type Page, type PageRequest } from '../page.ts'
import { must, type Sql, type Tx } from '../sql.ts'
import { audit } from './audit.ts'
import { ensureMailbox, ensureUser, type NewUser } from './people.ts'
import { endSessions } from './sign-in.ts'

export interface UserRow {
  id: string
  name: string
  email: string
  role: Role
  teamId: string | null
  team: string | null
  zone: string
  active: boolean
  capacity: number | null
  grants: Grant[]
  twoFactor: boolean
  /** Whether they have a way to sign in: a password, or single sign-on used once. */
  canSignIn: boolean
  createdAt: Date
}

const USER_ROW = `u.id, u.name, u.email, u.role, u.team_id, t.name as team, u.zone, u.active, u.capacity, u.grants, u.created_at,
  u.two_factor_enabled as two_factor, exists (select 1 from sign_in_account a where a.user_id = u.id) as can_sign_in`
const FROM = '"user" u left join team t on t.id = u.team_id'

const BY_NAME: Order = {
  by: [
    { sql: 'u.name', type: 'text', key: 'name' },
    { sql: 'u.id', type: 'uuid', key: 'id' },
  ],
  descending: false,
}

export async function listUsers(sql: Sql, page: PageRequest): Promise<Page<UserRow>> {
  const values: unknown[] = []
  const { where, tail } = keyset(BY_NAME, page, values)
  return pageOf(
    await sql.rows<UserRow>(`select ${USER_ROW} from ${FROM} where ${where} ${tail}`, values),
    BY_NAME,
    page,
  )
}

export const userRow = (sql: Sql, id: string): Promise<UserRow> =>
  must('user', id, sql.row<UserRow>(`select ${USER_ROW} from ${FROM} where u.id = $1`, [id]))

/** With their row locked, for a change. */
export async function lockedUser(tx: Tx, id: string): Promise<UserRow> {
  await tx.run('select 1 from "user" where id = $1 for update', [id])
  return userRow(tx, id)
}

/** Makes a user with the mailbox that their mail is sent from. @throws DealwrightError `conflict` for an address that is taken */
export async function addUser(
  tx: Tx,
  user: NewUser & { signature?: string /** False: they are not at work yet. */; active?: boolean },
  by: string,
): Promise<string> {
  if (await tx.row('select 1 from "user" where email = lower($1)', [user.email]))
    throw new DealwrightError('conflict', `There is a user with the address ${user.email} already.`)
  const id = await ensureUser(tx, user)
  const { email: address, name, signature = user.name } = user
  if (user.role === 'rep' || user.role === 'manager') await ensureMailbox(tx, { userId: id, address, name, signature })
  if (user.active === false) await tx.run('update "user" set active = false where id = $1', [id])
  await audit(tx, { actor: by, type: 'user.created', target: 'user', targetId: id, data: { role: user.role } })
  return id
}

export interface UserChange {
  name?: string | undefined
  role?: Role | undefined
  teamId?: string | null | undefined
  zone?: string | undefined
  capacity?: number | null | undefined
  grants?: Grant[] | undefined
  active?: boolean | undefined
}

const COLUMNS = {
  name: 'name',
  role: 'role',
  teamId: 'team_id',
  zone: 'zone',
  capacity: 'capacity',
  grants: 'grants',
} as const

/** Call it with the row locked. An admin who is the last one that can act stays one. */
export async function changeUser(tx: Tx, before: UserRow, change: UserChange, by: string): Promise<UserRow> {
  const { id } = before
  const demoted = before.role === 'admin' && change.role !== undefined && change.role !== 'admin'
  if (before.active && (demoted || change.active === false)) await keepAnAdmin(tx, before)
  const fields = (Object.keys(COLUMNS) as (keyof typeof COLUMNS)[]).filter(
    field => change[field] !== undefined && JSON.stringify(change[field]) !== JSON.stringify(before[field]),
  )
  if (fields.length > 0) {
    if (change.teamId) await must('team', change.teamId, tx.row('select 1 from team where id = $1', [change.teamId]))
    await tx.run(
      `update "user" set ${fields.map((field, n) => `${COLUMNS[field]} = $${n + 2}`).join(', ')} where id = $1`,
      [id, ...fields.map(field => change[field])],
    )
    await audit(tx, {
      actor: by,
      type: 'user.changed',
      target: 'user',
      targetId: id,
      data: { fields, role: change.role ?? null, grants: change.grants ?? null },
    })
  }
  if (change.active === false && before.active) await deactivate(tx, id, by)
  if (change.active === true && !before.active) {
    await tx.run('update "user" set active = true where id = $1', [id])
    await audit(tx, { actor: by, type: 'user.reactivated', target: 'user', targetId: id })
  }
  return userRow(tx, id)
}

/** Sessions and keys end in the same transaction, open links too: they do not come back with the person. */
async function deactivate(tx: Tx, id: string, by: string): Promise<void> {
  await tx.run('update "user" set active = false where id = $1', [id])
  const sessions = await endSessions(tx, id)
  const keys = await tx.run('update api_key set revoked_at = now() where user_id = $1 and revoked_at is null', [id])
  await tx.run(
    'update invitation set revoked_at = now() where user_id = $1 and accepted_at is null and revoked_at is null',
    [id],
  )
  await audit(tx, { actor: by, type: 'user.deactivated', target: 'user', targetId: id, data: { sessions, keys } })
}

/** Two admins who take each other's role at the same moment wait for each other here. */
async function keepAnAdmin(tx: Tx, leaving: UserRow): Promise<void> {
  if (leaving.role !== 'admin') return
  const admins = await tx.rows<{ id: string }>(
    `select id from "user" where role = 'admin' and active order by id for update`,
  )
  if (!admins.some(({ id }) => id !== leaving.id))
    throw new DealwrightError('conflict', `${leaving.name} is the only admin: make somebody else one first.`)
}

export interface TeamRow {
  id: string
  name: string
  managerId: string | null
  manager: string | null
  members: number
  createdAt: Date
}

const TEAM_ROW = `t.id, t.name, t.manager_id, m.name as manager, t.created_at,
  (select count(*) from "user" u where u.team_id = t.id and u.active)::int as members`
const TEAM_FROM = 'team t left join "user" m on m.id = t.manager_id'

export const listTeams = (sql: Sql): Promise<TeamRow[]> =>
  sql.rows<TeamRow>(`select ${TEAM_ROW} from ${TEAM_FROM} order by t.name limit 500`)

export const teamRow = (sql: Sql, id: string): Promise<TeamRow> =>
  must('team', id, sql.row<TeamRow>(`select ${TEAM_ROW} from ${TEAM_FROM} where t.id = $1`, [id]))

export async function lockedTeam(tx: Tx, id: string): Promise<TeamRow> {
  await tx.run('select 1 from team where id = $1 for update', [id])
  return teamRow(tx, id)
}

export interface TeamChange {
  name?: string | undefined
  managerId?: string | null | undefined
}

export async function addTeam(tx: Tx, team: { name: string; managerId: string | null }, by: string): Promise<TeamRow> {
  await requireManager(tx, team.managerId)
  await requireFreeName(tx, team.name, null)
  const row = await tx.row<{ id: string }>('insert into team (name, manager_id) values ($1, $2) returning id', [
    team.name,
    team.managerId,
  ])
  const id = row?.id ?? ''
  await audit(tx, { actor: by, type: 'team.created', target: 'team', targetId: id })
  return teamRow(tx, id)
}

/** Call it with the row locked. */
export async function changeTeam(tx: Tx, before: TeamRow, change: TeamChange, by: string): Promise<TeamRow> {
  const fields = (['name', 'managerId'] as const).filter(
    field => change[field] !== undefined && change[field] !== before[field],
  )
  if (fields.length === 0) return before
  await requireManager(tx, change.managerId)
  if (change.name !== undefined) await requireFreeName(tx, change.name, before.id)
  await tx.run(
    'update team set name = coalesce($2, name), manager_id = case when $3 then $4 else manager_id end where id = $1',
    [before.id, change.name ?? null, change.managerId !== undefined, change.managerId ?? null],
  )
  await audit(tx, { actor: by, type: 'team.changed', target: 'team', targetId: before.id, data: { fields } })
  return teamRow(tx, before.id)
}

/** Only for a manager does a team managed widen what they see, so only a manager can be named. */
async function requireManager(tx: Tx, id: string | null | undefined): Promise<void> {
  if (!id) return
  const { role } = await must(
    'user',
    id,
    tx.row<{ role: Role }>('select role from "user" where id = $1 and active', [id]),
  )
  if (role !== 'manager' && role !== 'admin')
    throw new DealwrightError('conflict', `A ${role} cannot lead a team: give them the role manager first.`)
}

async function requireFreeName(tx: Tx, name: string, own: string | null): Promise<void> {
  const taken = await tx.row('select 1 from team where name = $1 and ($2::uuid is null or id <> $2)', [name, own])
  if (taken) throw new DealwrightError('conflict', `There is a team called ${name} already.`)
}

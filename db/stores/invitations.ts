/** One-time links by which people set their name and password. Stored as a hash; a new link for somebody ends their earlier ones. */
import { randomBytes } from 'node:crypto'
import type { Role } from '../../domain/access/viewer.ts'
import { DealwrightError } from '../../domain/errors.ts'
import type { Sql, Tx } from '../sql.ts'
import { audit } from './audit.ts'
import { ensureUser, userByEmail } from './people.ts'
import { hashOfToken, setPassword } from './sign-in.ts'
import { addUser } from './users.ts'

export interface NewInvitation {
  /** Null: a first link, for a person who says who they are. */
  userId: string | null
  role: Role
  localOnly?: boolean
  hours: number
  by: string
}

export interface Invitation {
  id: string
  userId: string | null
  name: string | null
  email: string | null
  role: Role
  localOnly: boolean
  invitedBy: string
  createdAt: Date
  expiresAt: Date
}

const OPEN = 'i.accepted_at is null and i.revoked_at is null and i.expires_at > now()'
const INVITATION = `i.id, i.user_id, u.name, u.email, coalesce(u.role, i.role) as role, i.local_only, i.invited_by, i.created_at, i.expires_at`
const FROM = 'invitation i left join "user" u on u.id = i.user_id'

export interface Invited {
  email: string
  name?: string | undefined
  role?: Role | undefined
  team: string | null
  zone: string
}

/** Whom a link is for: a user who is here, or somebody new, who is not at work before they accept: nothing is routed to them. */
export async function invitedUser(tx: Tx, of: Invited, by: string): Promise<{ id: string; role: Role }> {
  const user = await userByEmail(tx, of.email)
  const { name, role, email, team, zone } = of
  if (user) {
    if (name === undefined && role === undefined) return user
    throw new DealwrightError('conflict', `${user.name} is here already: leave out name and role, or change the user.`)
  }
  if (name === undefined || role === undefined)
    throw new DealwrightError('bad_input', 'name and role: somebody new needs both.')
  return { id: await addUser(tx, { name, role, email, team, zone, active: false }, by), role }
}

/** Returns the link's token: the only time it can be seen. */
export async function invite(tx: Tx, of: NewInvitation): Promise<{ id: string; token: string; expiresAt: Date }> {
  await tx.run(
    `update invitation i set revoked_at = now() where ${OPEN}
     and (i.user_id = $1 or $1::uuid is null and i.user_id is null and i.role = $2)`,
    [of.userId, of.role],
  )
  const token = randomBytes(32).toString('base64url')
  const row = await tx.row<{ id: string; expiresAt: Date }>(
    `insert into invitation (hash, user_id, role, local_only, invited_by, expires_at)
     values ($1, $2, $3, $4, $5, now() + $6 * interval '1 hour') returning id, expires_at`,
    [hashOfToken(token), of.userId, of.role, of.localOnly ?? false, of.by, of.hours],
  )
  const made = row as { id: string; expiresAt: Date }
  await audit(tx, {
    actor: of.by,
    type: 'invitation.created',
    target: 'invitation',
    targetId: made.id,
    data: { user: of.userId, role: of.role },
  })
  return { ...made, token }
}

export const openInvitations = (sql: Sql): Promise<Invitation[]> =>
  sql.rows<Invitation>(`select ${INVITATION} from ${FROM} where ${OPEN} order by i.created_at desc limit 200`)

/** What a link is for, without using it up. @throws DealwrightError `not_found` for one that is used, over or unknown: which, is not said */
export async function invitationOf(sql: Sql, token: string): Promise<Invitation> {
  const found = await sql.row<Invitation>(`select ${INVITATION} from ${FROM} where i.hash = $1 and ${OPEN}`, [
    hashOfToken(token),
  ])
  if (!found) throw gone()
  return found
}

const gone = () =>
  new DealwrightError('not_found', 'This link is not valid: it was used, or its time is over. Ask for a new one.')

export interface Acceptance {
  name: string
  /** Needed where the link names nobody. */
  email?: string | undefined
  passwordHash: string
}

/**
 * Uses the link up: the person can sign in from now on, and nobody else with it. Their role is what the user's row says now, so that a
 * change after the invitation counts.
 */
export async function accept(tx: Tx, token: string, of: Acceptance): Promise<{ userId: string; email: string }> {
  const used = await tx.row<Pick<Invitation, 'id' | 'userId' | 'role'>>(
    `update invitation i set accepted_at = now() where i.hash = $1 and ${OPEN} returning i.id, i.user_id, i.role`,
    [hashOfToken(token)],
  )
  if (!used) throw gone()
  const userId = used.userId ?? (await newcomer(tx, used.role, of))
  const user = await tx.row<{ email: string; role: Role }>(
    'update "user" set name = $2, active = true where id = $1 returning email, role',
    [userId, of.name],
  )
  await setPassword(tx, userId, of.passwordHash)
  await audit(tx, {
    actor: `user:${userId}`,
    type: 'invitation.accepted',
    target: 'invitation',
    targetId: used.id,
    data: { user: userId, role: user?.role ?? used.role },
  })
  return { userId, email: user?.email ?? '' }
}

/** A link for nobody in particular makes a new user, never an existing one its own. */
async function newcomer(tx: Tx, role: Role, of: Acceptance): Promise<string> {
  if (of.email === undefined) throw new DealwrightError('bad_input', 'email: this link needs your address.')
  if (await tx.row('select 1 from "user" where email = lower($1)', [of.email]))
    throw new DealwrightError('conflict', 'There is a user with this address already: take another one.')
  const id = await ensureUser(tx, { name: of.name, email: of.email, role, zone: 'UTC', team: null })
  await audit(tx, { actor: `user:${id}`, type: 'user.created', target: 'user', targetId: id, data: { role } })
  return id
}

export async function revokeInvitation(tx: Tx, id: string, by: string): Promise<void> {
  const ended = await tx.row<{ userId: string | null }>(
    `update invitation i set revoked_at = now() where i.id = $1 and ${OPEN} returning i.user_id`,
    [id],
  )
  if (!ended) throw new DealwrightError('not_found', `There is no open invitation ${id}.`, { details: { id } })
  await audit(tx, {
    actor: by,
    type: 'invitation.revoked',
    target: 'invitation',
    targetId: id,
    data: { user: ended.userId },
  })
}

/** The roles of which nobody can sign in yet, with the first person of each who could be given a link. */
export const rolesWithoutSignIn = (sql: Sql): Promise<{ role: Role; userId: string | null; name: string | null }[]> =>
  sql.rows(
    `select r.role, first.id as user_id, first.name
     from unnest(array['admin', 'manager', 'ops', 'rep', 'viewer']) with ordinality as r(role, n)
     left join lateral (select id, name from "user" where role = r.role and active order by created_at, name limit 1) first on true
     where not exists (select 1 from sign_in_account a join "user" u on u.id = a.user_id where u.role = r.role and u.active)
     order by r.n`,
  )

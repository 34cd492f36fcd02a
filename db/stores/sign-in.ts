/** Sessions, passwords, second factors and failed attempts. Who may read these tables is the server's role alone. */
import { createHash } from 'node:crypto'
import { STANDING, type Standing } from '../access.ts'
import type { Sql, Tx } from '../sql.ts'
import { audit } from './audit.ts'
import { USER, type User } from './people.ts'

/** How a session's token or a link's is stored: what is in a browser or a mail is not in the database. */
export const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('hex')

export interface Session {
  id: string
  current: boolean
  createdAt: Date
  expiresAt: Date
  userAgent: string | null
  secondFactorAt: Date | null
}

export interface SessionUser extends User {
  sessionId: string
  twoFactorEnabled: boolean
  secondFactorAt: Date | null
}

/** Whose session it is now: their role, and whether they are still here, as of this moment. */
export const userOfSession = (sql: Sql, sessionId: string): Promise<SessionUser | null> =>
  sql.row<SessionUser>(
    `select ${USER}, u.two_factor_enabled, s.id as session_id, s.second_factor_at
     from sign_in_session s join "user" u on u.id = s.user_id where s.id = $1 and s.expires_at > now() and u.active`,
    [sessionId],
  )

export const userOfToken = (sql: Sql, token: string): Promise<SessionUser | null> =>
  sql.row<SessionUser>(
    `select ${USER}, u.two_factor_enabled, s.id as session_id, s.second_factor_at
     from sign_in_session s join "user" u on u.id = s.user_id where s.token = $1 and s.expires_at > now() and u.active`,
    [hashOfToken(token)],
  )

export const sessionsOf = (sql: Sql, userId: string, current: string | null): Promise<Session[]> =>
  sql.rows<Session>(
    `select id, id = $2 as current, created_at, expires_at, user_agent, second_factor_at from sign_in_session
     where user_id = $1 and expires_at > now() order by created_at desc limit 200`,
    [userId, current],
  )

/** Ends them at once; all of the user's, or the one. Returns how many. */
export const endSessions = (sql: Sql, userId: string, sessionId?: string): Promise<number> =>
  sql.run('delete from sign_in_session where user_id = $1 and ($2::uuid is null or id = $2)', [
    userId,
    sessionId ?? null,
  ])

/** A code was shown in this session. */
export async function noteSecondFactor(sql: Sql, token: string): Promise<void> {
  await sql.run('update sign_in_session set second_factor_at = now() where token = $1', [hashOfToken(token)])
}

export const hasPassword = async (sql: Sql, userId: string): Promise<boolean> =>
  (await sql.row(`select 1 from sign_in_account where user_id = $1 and provider_id = 'credential'`, [userId])) !== null

/** @param hash made by server/auth; every session of the user ends. */
export async function setPassword(tx: Tx, userId: string, hash: string): Promise<void> {
  await tx.run(
    `insert into sign_in_account (user_id, provider_id, account_id, password) values ($1::uuid, 'credential', $1::uuid::text, $2)
     on conflict (provider_id, account_id) do update set password = excluded.password, updated_at = now()`,
    [userId, hash],
  )
  await endSessions(tx, userId)
}

/** Takes the second factor away: for somebody who lost it. Every session of theirs ends. */
export async function removeTwoFactor(tx: Tx, userId: string): Promise<boolean> {
  const removed = await tx.run('delete from sign_in_two_factor where user_id = $1', [userId])
  await tx.run('update "user" set two_factor_enabled = false where id = $1', [userId])
  await endSessions(tx, userId)
  return removed > 0
}

/** Does deciding take a second factor here? A column for any query. */
export const APPROVERS_TWO_FACTOR =
  'coalesce((select o.approvers_two_factor from organisation o limit 1), false) as approvers_two_factor'

export async function approversNeedTwoFactor(sql: Sql): Promise<boolean> {
  const row = await sql.row<{ approversTwoFactor: boolean }>(`select ${APPROVERS_TWO_FACTOR}`)
  return row?.approversTwoFactor ?? false
}

/** All that a user's rights hang on besides their own columns. */
export const rightsOf = (sql: Sql, userId: string): Promise<(Standing & { approversTwoFactor: boolean }) | null> =>
  sql.row(`select ${STANDING}, ${APPROVERS_TWO_FACTOR} from "user" u where u.id = $1`, [userId])

export async function setApproversTwoFactor(tx: Tx, needed: boolean, by: string): Promise<void> {
  await tx.run('update organisation set approvers_two_factor = $1', [needed])
  await audit(tx, {
    actor: by,
    type: 'sign_in.rules_changed',
    target: 'organisation',
    targetId: 'own',
    data: { approversTwoFactor: needed },
  })
}

export interface Slowing {
  /** Failures within a day that cost nothing. */
  free: number
  /** Seconds: the longest wait. */
  longest: number
}

/**
 * Counts an attempt before it is made, so that attempts at the same moment are counted too; `forgive` takes it back when it went well.
 * Beyond the free ones each failure doubles the wait, from one second to the longest; after a quiet day the count begins anew.
 * @returns seconds still to wait; 0: go on
 */
export async function beginAttempt(sql: Sql, key: string, slowing: Slowing): Promise<number> {
  const begun = await sql.row(
    `insert into sign_in_attempt as a (key, failures, last_at, free_at) values ($1, 1, clock_timestamp(), to_timestamp(0))
     on conflict (key) do update set last_at = clock_timestamp(),
       failures = case when a.last_at < now() - interval '1 day' then 1 else a.failures + 1 end,
       free_at = case when a.last_at < now() - interval '1 day' or a.failures < $2 then to_timestamp(0)
         else clock_timestamp() + least(power(2, least(a.failures - $2, 30)), $3) * interval '1 second' end
     where a.free_at <= clock_timestamp() returning 1`,
    [key, slowing.free, slowing.longest],
  )
  if (begun) return 0
  const row = await sql.row<{ seconds: number }>(
    'select ceil(extract(epoch from free_at - clock_timestamp()))::int as seconds from sign_in_attempt where key = $1',
    [key],
  )
  return Math.max(1, row?.seconds ?? 1)
}

/** True once in that time: what is shown again within it was seen by somebody else, perhaps. */
export async function firstUse(sql: Sql, key: string, seconds: number): Promise<boolean> {
  const first = await sql.row(
    `insert into sign_in_attempt as a (key, failures, last_at, free_at)
     values ($1, 0, clock_timestamp(), clock_timestamp() + $2 * interval '1 second')
     on conflict (key) do update set last_at = excluded.last_at, free_at = excluded.free_at
     where a.free_at <= clock_timestamp() returning 1`,
    [key, seconds],
  )
  return first !== null
}

/** It went well: the account's count begins anew, the address's loses this one. */
export async function forgive(sql: Sql, keys: { whole: string; one: string }): Promise<void> {
  await sql.run(`delete from sign_in_attempt where key = $1 or last_at < now() - interval '2 days'`, [keys.whole])
  await sql.run(
    'update sign_in_attempt set failures = greatest(failures - 1, 0), free_at = to_timestamp(0) where key = $1',
    [keys.one],
  )
}

/** Whose password was right in the challenge that a browser holds; null: over, or never was. */
export async function challengedUser(sql: Sql, challenge: string): Promise<string | null> {
  const row = await sql.row<{ value: string }>(
    'select value from sign_in_verification where identifier = $1 and expires_at > now()',
    [createHash('sha256').update(challenge).digest('base64url')],
  )
  return row?.value ?? null
}

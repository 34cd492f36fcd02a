/** API keys: shown once, stored as a hash, with scopes and an end. What a key may do is what its owner may do now, within its scopes. */
import { createHash, randomBytes } from 'node:crypto'
import { SCOPES, type Scope, type Viewer } from '../../domain/access/viewer.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { scope, STANDING, type Standing } from '../access.ts'
import { keyset, newestFirst, pageOf, type Page, type PageRequest } from '../page.ts'
import type { Sql, Tx } from '../sql.ts'
import { audit } from './audit.ts'
import { USER, type User } from './people.ts'
import { APPROVERS_TWO_FACTOR } from './sign-in.ts'

export const LONGEST_KEY_DAYS = 365

export interface NewKey {
  userId: string
  name: string
  scopes: readonly Scope[]
  expiresAt: Date
  /** Made in a session that had shown a second factor. */
  secondFactor?: boolean
  /** For the audit trail. */
  by: string
}

export interface Key {
  id: string
  name: string
  owner: string
  userId: string
  scopes: Scope[]
  createdAt: Date
  expiresAt: Date | null
  revokedAt: Date | null
  lastUsedAt: Date | null
}

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/** Makes a key and returns it with its secret: the only time that can be seen. */
export async function createKey(tx: Tx, key: NewKey): Promise<{ id: string; secret: string }> {
  const secret = `dw_${randomBytes(24).toString('base64url')}`
  const row = await tx.row<{ id: string }>(
    `insert into api_key (user_id, name, hash, scopes, expires_at, second_factor) values ($1, $2, $3, $4, $5, $6) returning id`,
    [key.userId, key.name, hashOf(secret), key.scopes, key.expiresAt, key.secondFactor ?? false],
  )
  const id = (row as { id: string }).id
  await audit(tx, {
    actor: key.by,
    type: 'key.created',
    target: 'key',
    targetId: id,
    data: { user: key.userId, scopes: [...key.scopes], expires: key.expiresAt.toISOString() },
  })
  return { id, secret }
}

/** A key with every scope, for the sample world's people. */
export async function createApiKey(tx: Tx, userId: string, name: string, expiresAt: Date): Promise<string> {
  return (await createKey(tx, { userId, name, scopes: SCOPES, expiresAt, by: 'server' })).secret
}

export interface KeyUser extends User, Standing {
  keyId: string
  scopes: Scope[]
  secondFactor: boolean
  /** Whether deciding takes a second factor here. */
  approversTwoFactor: boolean
}

/** Whose key it is, and all that their rights hang on; null for a wrong, expired or revoked one, or a user who is gone. Notes its use, to the minute. */
export async function userOfKey(sql: Sql, secret: string): Promise<KeyUser | null> {
  const found = await sql.row<KeyUser & { stale: boolean }>(
    `select ${USER}, ${STANDING}, ${APPROVERS_TWO_FACTOR}, k.id as key_id, k.scopes, k.second_factor and u.two_factor_enabled as second_factor,
       coalesce(k.last_used_at < now() - interval '1 minute', true) as stale
     from api_key k join "user" u on u.id = k.user_id
     where k.hash = $1 and k.revoked_at is null and (k.expires_at is null or k.expires_at > now()) and u.active`,
    [hashOf(secret)],
  )
  if (!found) return null
  const { stale, ...user } = found
  if (stale) await sql.run('update api_key set last_used_at = now() where id = $1', [user.keyId])
  return user
}

const NEWEST = newestFirst('k')

const KEY = `k.id, k.name, u.name as owner, k.user_id, k.scopes, k.created_at, k.expires_at, k.revoked_at, k.last_used_at`

/** @param mine only one's own, for an admin too */
export async function listKeys(
  sql: Sql,
  viewer: Viewer,
  { mine = false, ...page }: PageRequest & { mine?: boolean },
): Promise<Page<Key>> {
  const values: unknown[] = []
  const seen = mine ? `k.user_id = $${values.push(viewer.userId)}` : scope(viewer, 'key.see', 'k.user_id', values)
  const { where, tail } = keyset(NEWEST, page, values)
  const rows = await sql.rows<Key>(
    `select ${KEY} from api_key k join "user" u on u.id = k.user_id where ${seen} and ${where} ${tail}`,
    values,
  )
  return pageOf(rows, NEWEST, page)
}

/** Ends a key at once. Ending one that has ended changes nothing. @throws DealwrightError `not_found` for one that is not the viewer's to end */
export async function revokeKey(tx: Tx, viewer: Viewer, id: string, by: string): Promise<Key> {
  const values: unknown[] = [id]
  const mine = scope(viewer, 'key.manage', 'k.user_id', values)
  const key = await tx.row<Key>(
    `select ${KEY} from api_key k join "user" u on u.id = k.user_id where k.id = $1 and ${mine} for update of k`,
    values,
  )
  if (!key) throw new DealwrightError('not_found', `There is no key ${id}.`, { details: { id } })
  if (key.revokedAt) return key
  const ended = await tx.row<{ revokedAt: Date }>(
    'update api_key set revoked_at = now() where id = $1 returning revoked_at',
    [id],
  )
  await audit(tx, { actor: by, type: 'key.revoked', target: 'key', targetId: id, data: { user: key.userId } })
  return { ...key, revokedAt: ended?.revokedAt ?? null }
}

/** Whether an action's decision is there, whole and still good: every word of it signed over exactly this content, by people who may. */
import type { KeyObject } from 'node:crypto'
import { contentHash, reliedHash } from '../../domain/gate/canonical.ts'
import { verifyDecision, type Decision } from '../../domain/gate/decision.ts'
import { EARNED } from '../../domain/policy/decide.ts'
import { viewerOf } from '../access.ts'
import type { Tx } from '../sql.ts'
import { type Action, decisionOf } from './actions.ts'
import { mayBeAskedAnew } from './asked-anew.ts'
import { decidesAlone, stillStandsIn } from './authority.ts'
import { isGranted } from './autonomy.ts'
import type { ClaimRefusal } from './claims.ts'
import { USER, type User } from './people.ts'

interface Row {
  decision: Decision['decision']
  by: string
  contentHash: string
  reliedHash: string
  expiresAt: Date | null
  keyId: string
  signature: string
  at: Date
  late: boolean
  seat: number
  people: number
  notBy: string | null
  forUser: string | null
  apiKey: string | null
  keyRevoked: boolean
  /** What the policy asks for. */
  needs: number
}

const invalid = (why: string): ClaimRefusal => ({ code: 'approval_invalid', why, settle: 'failed' })

export async function approvalHolds(
  tx: Tx,
  action: Action,
  publicKeys: Map<string, KeyObject>,
): Promise<ClaimRefusal | null> {
  const rows = await tx.rows<Row>(
    `select p.decision, p.by, p.content_hash, p.relied_hash, p.expires_at, p.key_id, p.signature, p.at, p.seat, p.people, p.not_by,
       p.for_user, p.api_key, p.api_key is not null and coalesce(k.revoked_at is not null, true) as key_revoked,
       coalesce(p.expires_at <= clock_timestamp(), false) as late, coalesce(v.people, 1) as needs
     from approval p left join policy_verdict v on v.action_id = p.action_id left join api_key k on k.id = p.api_key where p.action_id = $1 order by p.seat`,
    [action.id],
  )
  const wanted = action.status === 'allowed' ? 'allow' : 'approve'
  const wrong = rows.map(row => signatureProblem(action, row, wanted, publicKeys)).find(why => why !== null)
  if (rows.length === 0) return invalid('there is no decision')
  if (wrong !== undefined) return invalid(wrong)
  const short =
    wanted === 'approve' ? peopleProblem(rows) : rows.length === 1 ? null : 'there is more than one decision'
  if (short !== null) return invalid(short)
  if (rows.some(row => row.late))
    return {
      code: 'expired',
      why: 'its time ran out before it was used',
      settle: 'expired',
      // What went by the policy alone simply ends: it would be allowed again and again.
      anew: wanted === 'approve' && mayBeAskedAnew(action),
    }
  return wanted === 'approve' ? voidedBy(tx, action, rows) : takenBack(tx, action, rows, publicKeys)
}

function signatureProblem(
  action: Action,
  row: Row,
  wanted: Decision['decision'],
  publicKeys: Map<string, KeyObject>,
): string | null {
  if (row.decision !== wanted) return `the decision is ${row.decision}`
  const actual = contentHash(action.kind, action.content, action.rendered)
  if (actual !== row.contentHash || actual !== action.contentHash) return 'the content is not the one that was approved'
  if (reliedHash(action.reliedOn) !== row.reliedHash) return 'the relied-on fields are not the ones that were approved'
  const decision: Decision = {
    ...decisionOf(action, row.decision, row.by, row.at),
    contentHash: row.contentHash,
    reliedHash: row.reliedHash,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    seat: row.seat,
    people: row.people,
    notBy: row.notBy,
    forUser: row.forUser,
    apiKey: row.apiKey,
  }
  const key = publicKeys.get(row.keyId)
  return key && verifyDecision(decision, row.signature, key) ? null : 'the signature is not the server’s'
}

/** Each signed word says how many the action needs: all of them must be there, by different people, none by who may not. */
function peopleProblem(rows: Row[]): string | null {
  const people = Math.max(...rows.map(row => Math.max(row.people, row.needs)))
  const different = new Set(rows.map(row => row.by))
  const heads = rows.flatMap(row => (row.forUser === null ? [row.by] : [row.by, `user:${row.forUser}`]))
  if (new Set(heads).size !== heads.length) return 'somebody and who decided in their place are not two people'
  if (
    different.size !== people ||
    rows.length !== people ||
    rows.some((row, n) => row.seat !== n + 1 || row.people !== people)
  )
    return `it takes ${people} different people, and ${different.size} approved`
  if (rows.some(row => row.notBy !== null && (row.by === `user:${row.notBy}` || row.forUser === row.notBy)))
    return 'who made it approved it themselves'
  return null
}

/** What went alone by a grant goes only as long as its class has it. */
async function takenBack(
  tx: Tx,
  action: Action,
  rows: Row[],
  publicKeys: Map<string, KeyObject>,
): Promise<ClaimRefusal | null> {
  if (rows[0]?.by !== `policy:${EARNED.rule}`) return null
  for (const key of publicKeys.values()) if (await isGranted(tx, action, key)) return null
  const why = 'its class went alone when it was decided, and does no more: let a person look at it anew'
  return { code: 'approval_void', why, settle: 'failed', anew: mayBeAskedAnew(action) }
}

/** Who approved must still be one who may, by a key that still counts: an approval does not outlive the right that gave it its weight. */
async function voidedBy(tx: Tx, action: Action, rows: Row[]): Promise<ClaimRefusal | null> {
  for (const { by, forUser, at, keyRevoked } of rows) {
    const user = await tx.row<User>(`select ${USER} from "user" u where u.id::text = $1`, [by.replace(/^user:/, '')])
    if (!user) return invalid('nobody is known by the name of who approved it')
    const still =
      forUser === null
        ? user.active && decidesAlone(user, await viewerOf(tx, user), action)
        : await stillStandsIn(tx, user, forUser, action, at)
    if (still && !keyRevoked) continue
    const lost = still ? 'approved it by a key that was revoked since' : 'approved it and may no longer decide on it'
    return {
      code: 'approval_void',
      why: `${user.name} ${lost}: let somebody who may look at it anew`,
      settle: 'failed',
      anew: mayBeAskedAnew(action),
    }
  }
  return null
}

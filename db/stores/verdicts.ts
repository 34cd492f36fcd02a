/** What the policy said of each action: one signed row, never changed. Whom an action needs is read from here. */
import type { KeyObject } from 'node:crypto'
import { DealwrightError } from '../../domain/errors.ts'
import { keyId, publicHalf, signVerdict, verifyVerdict, type SignedVerdict } from '../../domain/gate/decision.ts'
import type { PlaybookTerms } from '../../domain/policy/decide.ts'
import type { PolicySubject, PolicyVerdict } from '../../domain/policy/types.ts'
import { json, type Sql, type Tx } from '../sql.ts'
import type { Action } from './actions.ts'

export interface Needs {
  /** The policy's version; null: none was in force. */
  version: number | null
  rule: string
  verdict: 'allow' | 'ask' | 'refuse'
  approver: Action['approver']
  /** How many different people have to approve. */
  people: number
  /** Who may not be among them: the maker, where the policy says so. */
  notBy: string | null
}

/** Signs and stores it. The maker is named only where the policy keeps them out. */
export async function storeVerdict(
  tx: Tx,
  action: Action,
  verdict: PolicyVerdict,
  facts: { version: number | null; subject: PolicySubject },
  key: KeyObject,
): Promise<Needs> {
  const needs: Needs = {
    version: facts.version,
    rule: verdict.rule,
    verdict: verdict.verdict,
    approver: verdict.approver,
    people: verdict.people,
    notBy: verdict.notByMaker ? action.madeBy : null,
  }
  await tx.run(
    `insert into policy_verdict (action_id, version, rule, verdict, approver, people, not_by, subject, key_id, signature)
     values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)`,
    [
      action.id,
      needs.version,
      needs.rule,
      needs.verdict,
      needs.approver,
      needs.people,
      needs.notBy,
      json({ ...facts.subject, asked: askedOf(action) }),
      keyId(key),
      signVerdict(signed(action, needs), key),
    ],
  )
  return needs
}

/** What the playbook's `approve:` asks for; the policy can only add to it. */
export function askedOf(action: Action): PlaybookTerms {
  return {
    approver: action.approver,
    people: action.people === 2 ? 2 : 1,
    notByMaker: action.notByMaker,
    mustAsk: action.mustAsk,
  }
}

/** What this action needs; null before the policy has spoken. */
export async function needsOf(sql: Sql, actionId: string): Promise<Needs | null> {
  return sql.row<Needs>(
    'select version, rule, verdict, approver, people, not_by from policy_verdict where action_id = $1',
    [actionId],
  )
}

export interface StoredNeeds extends Needs {
  signature: string
  keyId: string
}

/** Of `v`, a policy_verdict: what is stored of it, for `signedNeeds`. */
export const NEEDS_AS_JSON = `json_build_object('version', v.version, 'rule', v.rule, 'verdict', v.verdict, 'approver', v.approver,
  'people', v.people, 'notBy', v.not_by, 'signature', v.signature, 'keyId', v.key_id)`

/**
 * What this action needs, trusted: its signature is ours and it is of exactly this content.
 * @throws DealwrightError `approval_invalid` where it is not; `action_waits` where there is none yet
 */
export function signedNeeds(action: Action, stored: StoredNeeds | null, key: KeyObject): Needs {
  const wrong = (why: string): DealwrightError =>
    new DealwrightError('approval_invalid', `Action ${action.id} cannot be decided: ${why}. Nothing was done.`)
  // Its next turn is a moment away (server/decider.ts).
  if (!stored)
    throw new DealwrightError('action_waits', `The policy has not said yet whom action ${action.id} needs: try again.`)
  const { signature, keyId: by, ...needs } = stored
  if (by === keyId(key) && !verifyVerdict(signed(action, needs), signature, publicHalf(key)))
    throw wrong('what the policy said of it was changed afterwards')
  // Signed by an earlier key of this server, whose public half is not here: as strict as it can be.
  if (by !== keyId(key)) return { ...needs, people: 2 }
  return needs
}

function signed(action: Action, needs: Needs): SignedVerdict {
  return { actionId: action.id, contentHash: action.contentHash, ...needs }
}

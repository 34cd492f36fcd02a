/** Many decisions at once: of one class, so that whoever decides knows what they decide, and each one by itself. */
import type { KeyObject } from 'node:crypto'
import { DealwrightError } from '../domain/errors.ts'
import type { Db } from '../db/sql.ts'
import type { ActionRow } from '../db/stores/actions.ts'
import { inTime, signerFor } from './deciding.ts'
import { approve, refuse, type Signer } from './decisions.ts'

export interface OneDecision {
  id: string
  hash: string
  decision: 'approve' | 'refuse'
  why?: string | undefined
}

export interface Decided {
  done: { id: string; status: string }[]
  failed: { id: string; code: string; detail: string }[]
}

interface Found {
  one: OneDecision
  action: ActionRow
  signer: Signer
}

/**
 * @param mistake what went wrong, as a problem that may be shown
 * @throws DealwrightError `bad_input` when those that may be decided are not of one kind and playbook; nothing was decided then
 */
export async function decideMany(
  db: Db,
  decisions: readonly OneDecision[],
  caller: Parameters<typeof signerFor>[2],
  key: KeyObject,
  mistake: (error: unknown) => DealwrightError,
): Promise<Decided> {
  const answer: Decided = { done: [], failed: [] }
  const fail = (id: string, error: unknown) => {
    const { code, message } = mistake(error)
    answer.failed.push({ id, code, detail: message })
  }
  const found: Found[] = []
  for (const one of decisions) {
    try {
      found.push({ one, ...(await signerFor(db, one.id, caller)) })
    } catch (error) {
      fail(one.id, error)
    }
  }
  await requireOneClass(db, found)
  for (const { one, action, signer } of found) {
    try {
      const done =
        one.decision === 'approve'
          ? await approve(db, action, signer, key, one.hash)
          : await refuse(db, action, signer, reasonOf(one), key, one.hash)
      answer.done.push({ id: one.id, status: inTime(done).status })
    } catch (error) {
      fail(one.id, error)
    }
  }
  return answer
}

function reasonOf({ id, why }: OneDecision): string {
  if (why !== undefined) return why
  throw new DealwrightError('bad_input', `why: is missing for action ${id}: a refusal says why.`)
}

async function requireOneClass(db: Db, found: readonly Found[]): Promise<void> {
  const classes = await db.rows<{ kind: string; playbook: string }>(
    `select distinct a.kind, coalesce(r.playbook, '') as playbook from action a left join run r on r.id = a.run_id where a.id = any($1::uuid[])`,
    [found.map(({ action }) => action.id)],
  )
  if (classes.length <= 1) return
  const names = classes.map(({ kind, playbook }) => `${kind} of ${playbook || 'no playbook'}`)
  throw new DealwrightError(
    'bad_input',
    `decisions: are of several classes (${names.join(', ')}). Decide one class at a time.`,
  )
}

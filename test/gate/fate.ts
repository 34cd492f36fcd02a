/** What becomes of a mail, as three witnesses tell it: the worker that was asked to send it, the mail server, and the audit trail. */
import type { System } from '../support/system.ts'
import { current, type Proposed } from './mails.ts'

export interface Fate {
  /** How it stands as the worker says, or the code of what it threw. */
  answer: string
  /** Mails that the mail server took meanwhile. */
  left: number
  status: string
  code: string | null
  /** What the trail gained about it: the type, and the code where there is one. */
  told: string[]
}

/** Nothing happened: it stands as it stood. */
export const stays = (status: string): Fate => ({ answer: status, left: 0, status, code: null, told: [] })
/** It came to this end, and nothing left. */
export const ends = (status: 'failed' | 'expired' | 'uncertain', code: string): Fate => ({
  answer: status,
  left: 0,
  status,
  code,
  told: [`action.${status} ${code}`],
})
/** Its approval does not hold any more: a new one waits for people in its place, and nothing left. */
export const anew = (code: string): Fate => ({
  ...ends('failed', code),
  answer: 'proposed',
  status: 'superseded',
  told: [`action.superseded ${code}`],
})
/** It left, once. */
export const leaves: Fate = {
  answer: 'done',
  left: 1,
  status: 'done',
  code: null,
  told: ['action.claimed', 'action.done'],
}

/** Has it sent, and sent again as Temporal would; tells what came of both. */
export async function fateOf(system: System, mail: Proposed): Promise<Fate> {
  const before = system.mail.taken.length
  const known = (await trailOf(system, mail)).length
  const answer = await answerOf(system.activities.perform(mail))
  await answerOf(system.activities.perform(mail))
  const { status, failureCode } = await current(system, mail)
  const told = (await trailOf(system, mail)).slice(known)
  return { answer, left: system.mail.taken.length - before, status, code: failureCode, told }
}

export const answerOf = (work: Promise<{ status: string }>): Promise<string> =>
  work.then(
    ({ status }) => status,
    (error: unknown) => String((error as { type?: unknown }).type),
  )

/** All that the trail holds about an action, in order. */
export async function trailOf(system: System, { id }: { id: string }): Promise<string[]> {
  const events = await system.admin.rows<{ type: string; code: string | null }>(
    `select type, data->>'code' as code from audit_event where target_id = $1 order by id`,
    [id],
  )
  return events.map(({ type, code }) => (code === null ? type : `${type} ${code}`))
}

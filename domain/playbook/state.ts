/** Where a run stands: plain JSON, small, holding ids and small results and never texts of pages or mails. */
import type { JsonObject } from './types.ts'

export const STATE_VERSION = 1

export interface RunState {
  stateVersion: typeof STATE_VERSION
  status: 'running' | 'paused' | 'ended'
  /** How it ended: the playbook's `end`, or `finished`, `stopped`, `cancelled`; null while it has not. */
  outcome: string | null
  /** What ended it from outside: the stopping event's id or a person's reason. */
  endedBy: string | null
  /** The trigger's fields as the run's shapes declare them. A copy: later changes of the records do not reach the run. */
  trigger: { fields: JsonObject; records: JsonObject }
  /** From the outermost list of steps inwards. Each but the last also says how it was entered. */
  cursor: Frame[]
  /** How often each step was begun. */
  visits: Record<string, number>
  /** The latest result of each step. */
  results: Record<string, { key: string; result: JsonObject }>
  /** The one step that is under way; steps run one after another. */
  pending: Pending | null
  paused: Pause | null
  /** Events that came before a wait for them opened, oldest first. */
  inbox: Kept[]
  /** How many events the inbox had to let go. */
  inboxLost: number
  /** Ids of events already taken in, oldest first. */
  seen: string[]
}

export interface Frame {
  /** Index of the statement in its list. */
  at: number
  /** Of a choose that was entered: the branch taken. */
  branch?: number
  /** Of a repeat that was entered: the round, from 1. */
  round?: number
}

export interface Pending {
  key: string
  step: string
  /** What settles it: a result of work, or the time that a wait is given. */
  by: 'result' | 'time'
}

export interface Pause {
  /** The key of the step that failed, or `choose@line` for a condition. */
  key: string
  code: string
  message: string
}

export interface Kept {
  id: string
  name: string
  fields: JsonObject
}

/**
 * What a step kind is. Adding one takes a file in `activities/steps/` and a line in `activities/registry.ts`; the playbook checker
 * reads `with` and `result` from here.
 */
import type { Pass } from '../connectors/mail/smtp.ts'
import type { Action, NewAction } from '../db/stores/actions.ts'
import type { ClaimRefusal } from '../db/stores/claims.ts'
import type { Account, Contact, Lead } from '../db/stores/records.ts'
import type { Run, Step } from '../db/stores/runs.ts'
import type { Sql, Tx } from '../db/sql.ts'
import type { JsonObject, StepKind } from '../domain/playbook/types.ts'
import type { Deps } from './deps.ts'

/** One task queue for each scarce thing. */
export type Queue = 'records' | 'web' | 'model' | 'effects'

export interface StepContext {
  deps: Deps
  run: Run
  step: Step
  /** `run/step#visit`: the business key of whatever the step writes. */
  key: string
  /** The playbook's constants and earlier results, as the interpreter resolved them. */
  with: JsonObject
  /** Fields of the event that started the run. */
  trigger: JsonObject
  lead: Lead | null
  contact: Contact | null
  account: Account | null
}

export interface DoKind extends StepKind {
  verb: 'do'
  /** `research` is a procedure of the workflow: several activities, each fetch and each model call one of its own. */
  queue: Queue | 'procedure'
  run: (context: StepContext) => Promise<JsonObject>
}

export type Proposal = Omit<NewAction, 'key' | 'runId'>

/** An effect on our own records happens in the transaction of its claim; one on the outside world between claim and record. */
export type Effect =
  | { where: 'records'; apply: (tx: Tx, action: Action) => Promise<JsonObject> }
  | {
      where: 'outside'
      prepare: (deps: Deps) => Promise<void>
      /** `pass` is asked right before the first word to the outside; what it refuses is `held`. */
      send: (deps: Deps, action: Action, pass: Pass) => Promise<Sent>
      record: (tx: Tx, action: Action) => Promise<JsonObject>
    }

/** `sent`: it left. `later`: it certainly did not, and may be tried again. `never`: it certainly did not and will not. */
export type Sent =
  | { outcome: 'sent'; detail: JsonObject }
  | { outcome: 'later'; code: string; why: string }
  | { outcome: 'never'; code: string; why: string }
  | { outcome: 'uncertain'; why: string }
  | { outcome: 'held' }

export interface ProposeKind extends StepKind {
  verb: 'propose'
  propose: (context: StepContext) => Promise<Proposal>
  /**
   * Makes anew what was proposed as `before`, under the context's key, since it may not be carried out any more by its approval. Default:
   * it is proposed as the first time. Throws `bad_input` or `not_found` where nothing is left to propose.
   */
  again?: (context: StepContext, before: Action) => Promise<Proposal>
  /** What the claim checks besides decision, content and relied-on fields. */
  check?: (sql: Sql, action: Action) => Promise<ClaimRefusal | null>
  effect: Effect
}

export type AnyKind = DoKind | ProposeKind

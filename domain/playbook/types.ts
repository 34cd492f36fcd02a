/** The words between the interpreter and its two drivers (Temporal and in memory). */
import type { Duration } from '../calendar/duration.ts'

/** JSON without undefined: what states, results and events are made of. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
export type JsonObject = { [key: string]: Json }

/**
 * The type of a field that CEL may read. `object` nests, `list` holds one element type. In JSON a timestamp is an ISO text.
 * Any field may be null or missing: it is then unknown, and a condition that needs it is not true (see condition.ts).
 */
export type FieldType =
  | 'string'
  | 'double'
  | 'bool'
  | 'timestamp'
  /** A text that is one of these: a condition that compares it with anything else is a mistake. */
  | { oneOf: readonly string[] }
  | { list: FieldType }
  | { object: Record<string, FieldType> }

/** What the checker knows of a step kind: handed in by `activities/registry.ts`, so adding a kind changes no checker. */
export interface StepKind {
  name: string
  verb: 'do' | 'propose'
  /** The keys allowed under `with`. `step`: the id of an earlier step of one of these kinds. */
  with: Record<string, WithField>
  /** Fields of the step's result, readable in CEL as `id.field`. Proposals add `outcome` by themselves. */
  result: Record<string, FieldType>
}

export type WithField =
  | { type: 'string' | 'number' | 'boolean'; required?: boolean; oneOf?: readonly string[]; min?: number; max?: number }
  | { type: 'step'; kinds: readonly string[]; required?: boolean }
  /** Written as a duration (`3 working days`); the command holds the instant it leads to, ISO in UTC. */
  | { type: 'duration'; required?: boolean }

/**
 * What the checker knows of an event: its fields as CEL sees them under `event`, and the names of the catalogue's records
 * that it brings. When it triggers a run, its records and its fields of type object are also readable by their own name.
 */
export interface EventKind {
  name: string
  fields: Record<string, FieldType>
  records?: readonly string[]
}

/** Everything a playbook can speak about, handed in by the registry. */
export interface Catalogue {
  steps: readonly StepKind[]
  events: readonly EventKind[]
  /** Fields of the records that events bring: `lead`, `contact`, `account`, `deal`. */
  records: Record<string, Record<string, FieldType>>
}

/** What a step argument that names an earlier step becomes in a command: that step's latest key and its result. */
export type StepReference = { key: string; result: JsonObject }

/** Where a problem stands. Lines and columns start at 1. */
export interface PlaybookProblem {
  file: string
  line: number
  column: number
  message: string
}

/** `done` and the rest are an action's settled ends; see design of an action's life. */
export const PROPOSAL_OUTCOMES = ['done', 'refused', 'expired', 'superseded', 'failed'] as const
export type ProposalOutcome = (typeof PROPOSAL_OUTCOMES)[number]

/** What reaches a run. `key` is `step#visit`. A result whose key is not pending changes nothing. */
export type RunEvent =
  /** First event of a run: the trigger's fields, under `event` and its records (`lead`, `contact`, `account`, `deal`, …) in CEL. */
  | { type: 'started'; fields: JsonObject }
  | { type: 'completed'; key: string; result: JsonObject }
  /** For good: the activity's retries are used up or the error is not retryable. Pauses the run. */
  | { type: 'failed'; key: string; code: string; message: string }
  | { type: 'timer'; key: string }
  /** Something happened in the world: a message, a stage change, a stop. `id` makes repeats harmless. */
  | { type: 'happened'; id: string; name: string; fields: JsonObject }
  /** A person's word on a paused run. */
  | { type: 'resume' }
  | { type: 'skip' }
  | { type: 'cancel'; why: string }

/** What a driver is told to do. Keys are unique over the run's life. */
export type Command =
  | { type: 'act'; key: string; kind: string; with: JsonObject }
  | { type: 'propose'; key: string; kind: string; with: JsonObject; approve: ApprovalTerms }
  /** Open a timer that fires at this instant (ISO, UTC) as `timer` with this key. */
  | { type: 'wait'; key: string; until: string }
  /** Stop whatever this key stands for: an activity, a proposal (superseded), a timer. */
  | { type: 'cancel'; key: string }
  | { type: 'end'; outcome: string }

/** As the playbook's `approve` says; durations already turned into instants with the run's calendar. */
export interface ApprovalTerms {
  by: 'owner' | 'manager' | 'ops'
  /** Left out where the playbook says nothing of them; the policy can add to all of these, and take nothing away. */
  always?: true
  people?: 2
  notByMaker?: true
  /** ISO instants; null when the playbook names none. */
  escalateAt: string | null
  escalateTo: 'manager' | 'ops' | null
  /** As the playbook says it: whoever decides has hours of their own, which these count in. Left out of commands of an earlier release. */
  escalateAfter?: Duration | null
  expiresAt: string | null
}

/** A playbook after parsing and checking: plain JSON, so that versions can be stored, compared and shown. */
import type { Duration } from '../calendar/duration.ts'
import type { ApprovalTerms, FieldType } from './types.ts'

export interface Playbook {
  name: string
  language: 1
  on: { event: string; when: string | null; oncePer: string | null }
  stopOn: string[]
  retry: RetryTerms
  /** Null: only the deployment's own budgets hold. */
  budget: { minor: number; currency: string } | null
  steps: Statement[]
  shapes: Shapes
}

export interface RetryTerms {
  attempts: number
  first: Duration
  factor: number
  max: Duration
}

/** `line` is where the statement begins in its file. */
export type Statement = { line: number } & (
  | { form: 'do'; id: string; kind: string; with: Record<string, Argument> }
  | {
      form: 'propose'
      id: string
      kind: string
      with: Record<string, Argument>
      approve: Approve
      unless: Unless | null
    }
  | { form: 'choose'; branches: Branch[] }
  | { form: 'repeat'; times: number; steps: Statement[] }
  | { form: 'wait'; id: string; for: string; where: string | null; atMost: Duration }
  | { form: 'delay'; id: string; time: Duration }
  | { form: 'end'; outcome: string }
)

/** `when` is null in the closing `else` branch. */
export interface Branch {
  line: number
  when: string | null
  steps: Statement[]
}

export type Argument = { value: string | number | boolean } | { step: string } | { duration: Duration }

/** A proposal is withdrawn when this happens before it is settled, or has happened and waits in the inbox. */
export interface Unless {
  event: string
  where: string | null
}

export interface Approve {
  by: ApprovalTerms['by']
  /** A person is asked whatever the policy allows. */
  always?: true
  /** Two different people have to approve. */
  people?: 2
  /** Nobody approves what they made themselves. */
  notByMaker?: true
  escalate: { to: 'manager' | 'ops'; after: Duration } | null
  expires: Duration | null
}

export type Fields = Record<string, FieldType>

/** The types that conditions see, and the fields of results and events that a run keeps. Frozen into the version. */
export interface Shapes {
  /** By event name: the trigger and every event that a wait asks for. */
  events: Record<string, Fields>
  /** By variable name: what the trigger brings. */
  records: Record<string, Fields>
  /** By step id; delays have none. */
  steps: Record<string, Fields>
}

/** What a wait reads as, in every text field of the event, when its time runs out. */
export const NONE = 'none'

/** Words that cannot name a step, a record or an outcome: CEL's own, and ours. */
export const RESERVED: ReadonlySet<string> = new Set(
  (
    'event none true false null in as break const continue else for function if import let loop package namespace return ' +
    'var void while int uint double string bool bytes list map timestamp duration type dyn has size optional cel google'
  ).split(' '),
)

/** How a proposal can end besides its settled outcomes: passed over by a person, or withdrawn because of `unless`. */
export const ENGINE_ENDS = ['skipped', 'withdrawn'] as const

/** Outcomes of a run that the engine itself gives. */
export const ENGINE_OUTCOMES = ['finished', 'stopped', 'cancelled'] as const

export const NAME = /^[a-z][a-z0-9_]{0,39}$/

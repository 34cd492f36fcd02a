/** Whom a step is about. */
import type { Subject } from '../domain/evidence/types.ts'
import { DealwrightError } from '../domain/errors.ts'
import type { Json } from '../domain/playbook/types.ts'
import type { StepContext } from './kinds.ts'

/** The lead of a step that cannot go without one. */
export function needLead(context: Pick<StepContext, 'lead' | 'run'>): NonNullable<StepContext['lead']> {
  if (!context.lead) throw new DealwrightError('bad_input', `Run ${context.run.id} has no lead, which this step needs.`)
  return context.lead
}

/** A text argument of the step; the checker has made sure that it is one. */
export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}

/** Whom facts must be about: the company, else the person who wrote. */
export function subjectOf({ account, contact }: Pick<StepContext, 'account' | 'contact'>): Subject {
  if (account) return { name: account.name, aliases: [], domain: account.domain }
  return { name: contact?.name ?? 'the sender', aliases: [], domain: null }
}

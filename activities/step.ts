/** Runs one step of a playbook: loads what it stands on, calls its kind, keeps the result. A finished step is not run again. */
import type { Deps } from './deps.ts'
import type { StepContext } from './kinds.ts'
import { kindNamed } from './registry.ts'
import { knownAction, supersede } from '../db/stores/actions.ts'
import { accountById, contactById, leadById } from '../db/stores/records.ts'
import { eventById } from '../db/stores/events.ts'
import { failStep, finishStep, runById, stepByKey } from '../db/stores/runs.ts'
import { DealwrightError } from '../domain/errors.ts'

export async function contextOf(deps: Deps, runId: string, key: string): Promise<StepContext> {
  const { db } = deps
  const [run, step] = await Promise.all([runById(db, runId), stepByKey(db, runId, key)])
  const lead = run.leadId ? await leadById(db, run.leadId) : null
  const contactId = run.contactId ?? lead?.contactId ?? null
  const contact = contactId ? await contactById(db, contactId) : null
  const accountId = run.accountId ?? lead?.accountId ?? contact?.accountId ?? null
  const account = accountId ? await accountById(db, accountId) : null
  const event = await eventById(db, run.eventId)
  return {
    deps,
    run,
    trigger: event?.fields ?? {},
    step,
    key: `${runId}/${key}`,
    with: step.with.with,
    lead,
    contact,
    account,
  }
}

export function stepActivities(deps: Deps) {
  return {
    async step(input: { runId: string; key: string }): Promise<void> {
      const context = await contextOf(deps, input.runId, input.key)
      if (context.step.status !== 'pending') return
      const kind = kindNamed(context.step.kind)
      if (kind.verb !== 'do')
        throw new DealwrightError('internal', `Step ${input.key} of run ${input.runId} is not work but a proposal.`)
      const result = await kind.run(context)
      await finishStep(deps.db, input.runId, input.key, result)
    },

    /** Keeps why a step failed for good, for people; the run pauses. */
    async stepFailed(input: { runId: string; key: string; code: string; message: string }): Promise<void> {
      await deps.db.tx(async tx => {
        await failStep(tx, input.runId, input.key, input.code, input.message)
        // Resumed, the step proposes anew: what it proposed before must not be left for people to decide in vain.
        const action = await knownAction(tx, `${input.runId}/${input.key}`)
        if (action) await supersede(tx, action.id, `its step failed: ${input.code}`)
      })
    },
  }
}

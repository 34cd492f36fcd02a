/** Runs one step of a playbook: loads what it stands on, calls its kind, keeps the result. A finished step is not run again. */
import type { Deps } from './deps.ts'
import type { StepContext } from './kinds.ts'
import { kindNamed } from './registry.ts'
import { knownAction, supersede } from '../db/stores/actions.ts'
import { failStep, finishStep } from '../db/stores/runs.ts'
import { stepRecords } from '../db/stores/step-records.ts'
import { DealwrightError } from '../domain/errors.ts'

export async function contextOf(deps: Deps, runId: string, key: string): Promise<StepContext> {
  const records = await stepRecords(deps.db, runId, key)
  return { deps, ...records, key: `${runId}/${key}`, with: records.step.with.with }
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

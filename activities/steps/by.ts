/** Who changes a field when an action is carried out: the run that proposed it. */
import type { Action } from '../../db/stores/actions.ts'

export function changedBy(action: Action) {
  return {
    by: action.runId ? `run:${action.runId}` : 'code',
    why: action.summary,
    runId: action.runId,
    actionId: action.id,
  }
}

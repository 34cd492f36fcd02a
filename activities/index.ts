/** All activities, made once for a worker process. */
import { advanceActivities } from './advance.ts'
import { askActivities } from './ask/answer.ts'
import type { Deps } from './deps.ts'
import { withFailures } from './failure.ts'
import { intakeActivities } from './intake.ts'
import { proposalActivities } from './proposal.ts'
import { researchActivities } from './research.ts'
import { stepActivities } from './step.ts'

export function createActivities(deps: Deps) {
  return withFailures(
    {
      ...advanceActivities(deps),
      ...stepActivities(deps),
      ...proposalActivities(deps),
      ...researchActivities(deps),
      ...intakeActivities(deps),
      ...askActivities(deps),
    },
    deps.log,
  )
}

export type Activities = ReturnType<typeof createActivities>

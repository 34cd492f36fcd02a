/** Every step kind, one line each. The checker, the interpreter's drivers and the workers know kinds from here alone. */
import { DealwrightError } from '../domain/errors.ts'
import type { Catalogue } from '../domain/playbook/types.ts'
import { EVENTS, RECORDS } from './events.ts'
import type { AnyKind } from './kinds.ts'
import { createTaskKind } from './steps/create-task.ts'
import { draft } from './steps/draft.ts'
import { openDealKind } from './steps/open-deal.ts'
import { qualify } from './steps/qualify.ts'
import { researchKind } from './steps/research.ts'
import { route } from './steps/route.ts'
import { score } from './steps/score.ts'
import { sendMail } from './steps/send-mail.ts'
import { setLeadStatus } from './steps/set-lead-status.ts'
import { updateDeal } from './steps/update-deal.ts'

export const KINDS: readonly AnyKind[] = [
  researchKind,
  qualify,
  score,
  route,
  draft,
  sendMail,
  openDealKind,
  updateDeal,
  setLeadStatus,
  createTaskKind,
]

/** What may be proposed: the kinds of action that a policy speaks of. */
export const ACTION_KINDS: readonly string[] = KINDS.filter(kind => kind.verb === 'propose').map(kind => kind.name)

const byName = new Map(KINDS.map(kind => [kind.name, kind]))

export function kindNamed(name: string): AnyKind {
  const kind = byName.get(name)
  if (!kind)
    throw new DealwrightError(
      'internal',
      `No step kind is called ${name}. Was this playbook published by a newer version?`,
    )
  return kind
}

export const catalogue: Catalogue = {
  steps: KINDS.map(({ name, verb, with: fields, result }) => ({ name, verb, with: fields, result })),
  events: EVENTS,
  records: RECORDS,
}

/** Runs for tests of the engine: each starts a playbook of its own for a lead of its own. */
import { type Run, runById } from '../../db/stores/runs.ts'
import { type LeadIds, type LeadOptions, type System, until } from '../support/system.ts'

/** Tasks and parking go through, everything else waits for a person. */
export const POLICY = `policy: 1
rules:
  - { name: tasks and parking are harmless, actions: [create_task, set_lead_status], decide: allow }
`

export interface Begun {
  lead: LeadIds
  runId: string
  playbook: string
}

let n = 0

/** Publishes the steps as a playbook that this lead alone starts, and makes the event that starts it. */
export async function order(
  system: System,
  steps: string,
  head = '',
  about: LeadOptions = {},
): Promise<{ lead: LeadIds; playbook: string }> {
  n += 1
  const lead = await system.lead(`Person ${n}`, about)
  const playbook = `trial-${n}`
  await system.publish(
    `playbook: ${playbook}\nlanguage: 1\non: { event: lead.created, when: 'lead.id == "${lead.leadId}"' }\n${head}\nsteps:\n${steps}`,
  )
  await system.happen('lead.created', lead)
  return { lead, playbook }
}

/** The same, and waits until the run is there: the flow has to be at work. */
export async function begin(system: System, steps: string, head = '', about: LeadOptions = {}): Promise<Begun> {
  const { lead, playbook } = await order(system, steps, head, about)
  const { id } = await until('the run to begin', () =>
    system.db.row<{ id: string }>('select id from run where playbook = $1', [playbook]),
  )
  return { lead, playbook, runId: id }
}

export const untilRun = (system: System, runId: string, wanted: Run['status'], limitMs?: number): Promise<Run> =>
  until(
    `run ${runId} to be ${wanted}`,
    async () => {
      const now = await runById(system.db, runId)
      return now.status === wanted && now
    },
    limitMs,
  )

export const message = (
  system: System,
  lead: LeadIds,
  label = 'interested',
  human = true,
  key?: string,
): Promise<string> =>
  system.happen('message.received', lead, { message: 'm', label, human, margin: 1, updates: 0 }, key)

/** The run's action once it stands so. */
export const untilAction = (
  system: System,
  runId: string,
  wanted: string,
  limitMs?: number,
): Promise<{ id: string; contentHash: string }> =>
  until(
    `an action of run ${runId} to be ${wanted}`,
    () =>
      system.db.row<{ id: string; contentHash: string }>(
        'select id, content_hash from action where run_id = $1 and status = $2',
        [runId, wanted],
      ),
    limitMs,
  )

export const WAIT = `
  - { id: todo, propose: create_task, with: { title: Look at them } }
  - { id: reply, wait: { for: message.received, where: event.human, at_most: 3 working days } }
  - choose:
      - when: 'reply.label == "interested"'
        steps: [{ end: keen }]
  - end: other
`

export const ASK = `
  - { id: deal, propose: open_deal, approve: { by: owner } }
  - choose:
      - when: 'deal.outcome == "done"'
        steps: [{ end: opened }]
  - end: left_alone
`

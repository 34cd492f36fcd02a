/** A proposed change of a deal's stage, as `update_deal` makes it from what a message said. */
import { currentFields, propose } from '../../db/stores/actions.ts'
import { storeSource } from '../../db/stores/evidence.ts'
import type { LeadIds, System } from '../support/system.ts'
import type { Proposed } from './mails.ts'

export async function proposeDealUpdate(
  system: System,
  lead: LeadIds,
  runId: string,
  dealId: string,
  stageId: string,
): Promise<Proposed> {
  const { db } = system.deps
  const key = `stage#${Math.floor(Math.random() * 1e9)}`
  const id = await db.tx(async tx => {
    const step = { with: {}, approve: { by: 'owner' } }
    const sourceId = await storeSource(tx, {
      key: `said:${runId}/${key}`,
      kind: 'mail',
      text: 'we are ready',
      fetchedAt: new Date(),
    })
    await tx.run(
      `insert into step_run (run_id, key, kind, verb, "with") values ($1, $2, 'update_deal', 'propose', $3)`,
      [runId, key, JSON.stringify(step)],
    )
    const made = await propose(tx, {
      key: `${runId}/${key}`,
      runId,
      kind: 'update_deal',
      summary: 'stage of the deal',
      content: { dealId, updates: [{ field: 'stageId', value: stageId, quote: 'we are ready', sourceId }] },
      reliedOn: await currentFields(tx, [{ table: 'deal', id: dealId, field: 'stage_id' }]),
      by: 'code',
      leadId: lead.leadId,
      dealId,
      contactId: lead.contactId,
    })
    return made.id
  })
  return { id, runId, key }
}

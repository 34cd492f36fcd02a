/** Opens a deal for a lead that has become one, at the pipeline's first stage. A lead has one open deal at most. */
import { DealwrightError } from '../../domain/errors.ts'
import { currentFields } from '../../db/stores/actions.ts'
import { audit } from '../../db/stores/audit.ts'
import { recordEvent } from '../../db/stores/events.ts'
import { changeField, openDeal, openDealOf, stages } from '../../db/stores/records.ts'
import type { ProposeKind } from '../kinds.ts'
import { needLead } from '../about.ts'
import { changedBy } from './by.ts'

export const openDealKind: ProposeKind = {
  name: 'open_deal',
  verb: 'propose',
  with: {},
  result: { deal: 'string' },
  async propose(context) {
    const lead = needLead(context)
    const { db } = context.deps
    const first = (await stages(db)).find(stage => stage.kind === 'open')
    if (!first)
      throw new DealwrightError('not_found', 'There is no pipeline with an open stage: import or create one first.')
    const name = context.account?.name ?? context.contact?.name ?? 'New deal'
    return {
      kind: 'open_deal',
      summary: `open a deal for ${name} at stage ${first.name}`,
      content: {
        name,
        leadId: lead.id,
        accountId: context.account?.id ?? null,
        contactId: lead.contactId,
        stageId: first.id,
        pipelineId: first.pipelineId,
      },
      reliedOn: await currentFields(db, [
        { table: 'lead', id: lead.id, field: 'contact_id' },
        { table: 'lead', id: lead.id, field: 'account_id' },
      ]),
      by: 'code',
      leadId: lead.id,
      contactId: lead.contactId,
      ownerId: lead.ownerId,
    }
  },
  effect: {
    where: 'records',
    async apply(tx, action) {
      const content = action.content as {
        name: string
        leadId: string
        accountId: string | null
        contactId: string | null
        stageId: string
        pipelineId: string
      }
      // The lead's row is the lock: two runs cannot open two deals for one lead.
      await tx.run('select 1 from lead where id = $1 for update', [content.leadId])
      const open = await openDealOf(tx, { leadId: content.leadId, contactId: null })
      if (open) return { deal: open.id, opened: false }
      const { by } = changedBy(action)
      const id = await openDeal(tx, { ...content, id: action.id, ownerId: action.ownerId, actionId: action.id, by })
      await changeField(
        tx,
        { table: 'lead', id: content.leadId, field: 'status', value: 'converted', ...changedBy(action) },
        true,
      )
      await audit(tx, { actor: by, type: 'deal.opened', target: 'deal', targetId: id, runId: action.runId })
      await recordEvent(tx, {
        key: `deal.opened:${id}`,
        name: 'deal.opened',
        fields: { deal: { id } },
        dealId: id,
        leadId: content.leadId,
        contactId: content.contactId,
        accountId: content.accountId,
      })
      return { deal: id, opened: true }
    },
  },
}

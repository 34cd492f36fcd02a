/** Moves a lead to another status. */
import { currentFields } from '../../db/stores/actions.ts'
import { changeField } from '../../db/stores/records.ts'
import { recordEvent } from '../../db/stores/events.ts'
import type { ProposeKind } from '../kinds.ts'
import { needLead, textOf } from '../about.ts'
import { changedBy } from './by.ts'

const STATUSES = ['new', 'working', 'nurture', 'qualified', 'disqualified', 'converted', 'closed'] as const

export const setLeadStatus: ProposeKind = {
  name: 'set_lead_status',
  verb: 'propose',
  with: { status: { type: 'string', oneOf: STATUSES, required: true } },
  result: { status: { oneOf: STATUSES } },
  async propose(context) {
    const lead = needLead(context)
    const status = textOf(context.with.status)
    return {
      kind: 'set_lead_status',
      summary: `set ${context.contact?.name ?? context.account?.name ?? 'the lead'} to ${status} (now ${lead.status})`,
      content: { leadId: lead.id, status },
      reliedOn: await currentFields(context.deps.db, [{ table: 'lead', id: lead.id, field: 'status' }]),
      by: 'code',
      leadId: lead.id,
      contactId: lead.contactId,
      ownerId: lead.ownerId,
    }
  },
  effect: {
    where: 'records',
    async apply(tx, action) {
      const { leadId, status } = action.content as { leadId: string; status: string }
      const changed = await changeField(
        tx,
        { table: 'lead', id: leadId, field: 'status', value: status, ...changedBy(action) },
        true,
      )
      if (status === 'closed' || status === 'disqualified') {
        await recordEvent(tx, {
          key: `lead.closed:${action.id}`,
          name: 'lead.closed',
          fields: { lead: { id: leadId, status } },
          leadId,
          contactId: action.contactId,
        })
      }
      return { status, changed }
    },
  },
}

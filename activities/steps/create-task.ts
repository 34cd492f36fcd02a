/** Something for a person to do. */
import { createTask } from '../../db/stores/records.ts'
import { textOf } from '../about.ts'
import type { ProposeKind } from '../kinds.ts'

export const createTaskKind: ProposeKind = {
  name: 'create_task',
  verb: 'propose',
  with: { title: { type: 'string', required: true }, due: { type: 'duration' } },
  result: { task: 'string' },
  async propose(context) {
    const { lead, contact, account, run } = context
    const who = contact?.name ?? account?.name ?? null
    const what = textOf(context.with.title)
    const title = who ? `${what}: ${who}` : what
    return {
      kind: 'create_task',
      summary: `task: ${title}`,
      content: {
        title,
        why: `the playbook ${run.playbook} asks for it`,
        dueAt: context.with.due ?? null,
        key: context.key,
      },
      reliedOn: [],
      by: 'code',
      leadId: lead?.id ?? null,
      dealId: run.dealId,
      contactId: contact?.id ?? null,
      ownerId: lead?.ownerId ?? account?.ownerId ?? null,
    }
  },
  effect: {
    where: 'records',
    async apply(tx, action) {
      const { title, why, dueAt, key } = action.content as {
        title: string
        why: string
        dueAt: string | null
        key: string
      }
      const task = await createTask(tx, {
        key,
        title,
        why,
        dueAt,
        assigneeId: action.ownerId,
        leadId: action.leadId,
        dealId: action.dealId,
        contactId: action.contactId,
        runId: action.runId,
      })
      return { task }
    },
  },
}

/** Who owns the lead: territory, industry, capacity, then whoever has waited longest; the reason is kept. */
import { activeUsers, loads } from '../../db/stores/people.ts'
import { definitionInForce } from '../../db/stores/playbooks.ts'
import { audit } from '../../db/stores/audit.ts'
import { leadById } from '../../db/stores/records.ts'
import { changeField } from '../../db/stores/records.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { parseTerritories } from '../../domain/routing/parse.ts'
import { routeLead } from '../../domain/routing/route.ts'
import type { DoKind } from '../kinds.ts'
import { needLead } from '../about.ts'

export const route: DoKind = {
  name: 'route',
  verb: 'do',
  with: {},
  result: { owner: 'string', reason: 'string' },
  queue: 'records',
  async run(context) {
    const { id } = needLead(context)
    const { db } = context.deps
    const definition = await definitionInForce(db, 'territories')
    if (!definition)
      throw new DealwrightError(
        'not_found',
        'No territories file is published. Publish one with: dealwright territories publish FILE',
      )
    const { territories } = parseTerritories(definition.text, `territories v${definition.version}`)
    if (!territories)
      throw new DealwrightError(
        'internal',
        `Territories version ${definition.version} was published but cannot be read.`,
      )
    return db.tx(async tx => {
      // One routing at a time: round robin and capacity are counted from what the others have just been given.
      await tx.run(`select pg_advisory_xact_lock(hashtext('route'))`)
      const lead = await leadById(tx, id)
      if (lead.ownerId) return { owner: lead.ownerId, reason: lead.ownerWhy ?? 'has an owner already' }
      const [people, taken] = [await activeUsers(tx), await loads(tx)]
      const chosen = routeLead(
        territories,
        {
          country: context.account?.country ?? context.contact?.country ?? null,
          industry: context.account?.industry ?? null,
          employees: context.account?.employees ?? null,
          source: lead.source,
        },
        people
          .filter(person => person.role === 'rep')
          .map(person => {
            const load = taken.find(one => one.userId === person.id)
            return {
              id: person.id,
              email: person.email,
              capacity: person.capacity,
              open: load?.open ?? 0,
              lastAssignedAt: load?.lastAssignedAt?.toISOString() ?? null,
            }
          }),
      )
      if (!chosen.ownerId) return { owner: '', reason: chosen.reason }
      const by = `run:${context.run.id}`
      await changeField(tx, {
        table: 'lead',
        id,
        field: 'ownerId',
        value: chosen.ownerId,
        by,
        why: chosen.reason,
        runId: context.run.id,
      })
      await tx.run('update lead set owner_why = $2, assigned_at = now() where id = $1', [id, chosen.reason])
      await audit(tx, {
        actor: by,
        type: 'lead.routed',
        target: 'lead',
        targetId: id,
        runId: context.run.id,
        data: { owner: chosen.ownerId },
      })
      return { owner: chosen.ownerId, reason: chosen.reason }
    })
  },
}

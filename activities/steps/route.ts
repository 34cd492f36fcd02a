/** Who owns the lead: territory, industry, capacity, then whoever has waited longest; the reason is kept. */
import { activeUsers, loads } from '../../db/stores/people.ts'
import { audit } from '../../db/stores/audit.ts'
import { type Account, changeField, type Contact, type Lead, leadById } from '../../db/stores/records.ts'
import type { Sql } from '../../db/sql.ts'
import { parseTerritories } from '../../domain/routing/parse.ts'
import { type Person, type RoutedLead, routeLead } from '../../domain/routing/route.ts'
import { inForce } from '../definitions.ts'
import type { DoKind } from '../kinds.ts'
import { needLead } from '../about.ts'

const territoriesInForce = inForce('territories', (text, file) => parseTerritories(text, file).territories)

export const route: DoKind = {
  name: 'route',
  verb: 'do',
  with: {},
  result: { owner: 'string', reason: 'string' },
  queue: 'records',
  async run(context) {
    const { id } = needLead(context)
    const { db } = context.deps
    const { value: territories } = await territoriesInForce(db)
    return db.tx(async tx => {
      // One routing at a time: round robin and capacity are counted from what the others have just been given.
      await tx.run(`select pg_advisory_xact_lock(hashtext('route'))`)
      const lead = await leadById(tx, id)
      if (lead.ownerId) return { owner: lead.ownerId, reason: lead.ownerWhy ?? 'has an owner already' }
      const known = routedLead({ lead, account: context.account, contact: context.contact })
      const chosen = routeLead(territories, known, await peopleToRoute(tx))
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

/** What routing looks at. */
export function routedLead({
  lead,
  account,
  contact,
}: {
  lead: Lead
  account: Account | null
  contact: Contact | null
}): RoutedLead {
  return {
    country: account?.country ?? contact?.country ?? null,
    industry: account?.industry ?? null,
    employees: account?.employees ?? null,
    source: lead.source,
  }
}

/** Who may be given leads: active reps, with what they have. */
export async function peopleToRoute(sql: Sql): Promise<Person[]> {
  const [people, taken] = [await activeUsers(sql), await loads(sql)]
  return people
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
    })
}

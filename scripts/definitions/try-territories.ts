/** Who would get which lead under another territories file, if it were given out now. */
import { peopleToRoute, routedLead } from '../../activities/steps/route.ts'
import type { Sql } from '../../db/sql.ts'
import { activeUsers } from '../../db/stores/people.ts'
import type { TerritoriesTrial } from '../../domain/definition-trial.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { parseTerritories, type Territories } from '../../domain/routing/parse.ts'
import { routeLead } from '../../domain/routing/route.ts'
import { forCurrentLeads } from './current-leads.ts'
import { inForce } from './in-force.ts'

/**
 * Each lead is routed by itself, from the load that people have now, so that one change does not shift all turns behind it.
 * @param most the newest so many leads; all of them unless said
 */
export async function tryTerritories(
  sql: Sql,
  territories: Territories,
  onProgress: (done: number, of: number) => void,
  most?: number,
): Promise<TerritoriesTrial> {
  const { version, text } = await inForce(sql, 'territories')
  const { territories: old } = parseTerritories(text, `territories v${version}`)
  if (!old) throw new DealwrightError('internal', `Territories version ${version} was published but cannot be read.`)
  const people = await peopleToRoute(sql)
  const names = new Map((await activeUsers(sql)).map(user => [user.id, user.name]))
  const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? id))
  const all = await forCurrentLeads(
    sql,
    async current => {
      const known = routedLead(current)
      const [before, after] = [routeLead(old, known, people), routeLead(territories, known, people)]
      const { lead, name, company } = current
      return {
        lead: lead.id,
        name,
        company,
        owner: nameOf(lead.ownerId),
        before: { owner: nameOf(before.ownerId), reason: before.reason },
        after: { owner: nameOf(after.ownerId), reason: after.reason },
      }
    },
    onProgress,
    most,
  )
  const changed = all.filter(one => one.before.owner !== one.after.owner)
  return { version, leads: all.length, changed }
}

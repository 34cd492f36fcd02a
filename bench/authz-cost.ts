/**
 * `authz_cost`: the leads list's store query with its permission condition, over the bare query: the same function for a viewer who may see
 * everything, whose condition is `true`. A rep and a manager of one team among eight, first and second page; the worse of the two viewers'
 * medians. In turn, in one database.
 */
import { openDb, type Db } from '../db/sql.ts'
import { listLeads } from '../db/stores/lists.ts'
import { INSTALLATION, type Viewer } from '../domain/access/viewer.ts'
import { fillCrm } from './support/crm.ts'
import { median, round } from './support/measure.ts'
import { withPostgres } from './support/scratch.ts'
import type { BenchOptions, Ratio } from './support/types.ts'

const LIMIT = 50
const WARM_UP = 7

export function authzCost({ quick, say }: BenchOptions): Promise<Ratio> {
  return measureAuthzCost(quick ? 10_000 : 100_000, quick ? 100 : 300, say)
}

export function measureAuthzCost(leads: number, rounds: number, say: BenchOptions['say']): Promise<Ratio> {
  return withPostgres(async scratch => {
    const { adminUrl, serverUrl } = await scratch.database('bench')
    say(`filling a world of ${leads} leads`)
    const { rep, manager } = await fillCrm(adminUrl, leads)
    const db = openDb(serverUrl, { max: 1, name: 'bench' })
    try {
      const viewers = { bare: INSTALLATION, rep: rep.viewer, manager: manager.viewer }
      const times = await inTurn(db, viewers, rounds)
      const over = (who: 'rep' | 'manager') => round(median(times[who]) / median(times.bare), 3)
      return {
        name: 'authz_cost',
        value: Math.max(over('rep'), over('manager')),
        goal: 1.2,
        detail: {
          leads,
          rounds,
          bareMs: round(median(times.bare), 2),
          repMs: round(median(times.rep), 2),
          managerMs: round(median(times.manager), 2),
          rep: over('rep'),
          manager: over('manager'),
        },
      }
    } finally {
      await db.close()
    }
  })
}

/** Milliseconds of two pages each. */
async function inTurn<W extends string>(
  db: Db,
  viewers: Record<W, Viewer>,
  rounds: number,
): Promise<Record<W, number[]>> {
  const names = Object.keys(viewers) as W[]
  const times = Object.fromEntries(names.map(name => [name, [] as number[]])) as Record<W, number[]>
  for (let n = 0; n < WARM_UP + rounds; n++)
    for (const name of n % 2 === 0 ? names : names.toReversed()) {
      const start = performance.now()
      const { items, next } = await listLeads(db, viewers[name], { limit: LIMIT })
      await listLeads(db, viewers[name], { limit: LIMIT, cursor: next ?? undefined })
      if (items.length < LIMIT) throw new Error(`${name} sees ${items.length} leads, which is no whole page`)
      if (n >= WARM_UP) times[name].push(performance.now() - start)
    }
  return times
}

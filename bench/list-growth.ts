/**
 * `list_growth`: p95 of the approvals inbox, the leads and the audit list in a world of 1,000,000 records of each kind, over the same in
 * one of 10,000; the worst of the three. Store queries as the API calls them, on one connection with its statements prepared; pages of 50:
 * the first, the one behind it, and filtered ones; a rep and a manager look. Both worlds lie in one Postgres and take turns. Beside them
 * stand the other lists. Several minutes, most of them to fill the worlds; some GB of disk.
 */
import type { Page, PageRequest } from '../db/page.ts'
import { openDb, type Db } from '../db/sql.ts'
import { inbox } from '../db/stores/approvals.ts'
import { auditEvents, type AuditFilter } from '../db/stores/audit.ts'
import { listActions } from '../db/stores/actions.ts'
import { listRecords } from '../db/stores/crm/read.ts'
import { listDeals } from '../db/stores/deal-list.ts'
import { listLeads } from '../db/stores/lists.ts'
import { listRuns } from '../server/runs.ts'
import { fillCrm, type Looker } from './support/crm.ts'
import { percentile, round } from './support/measure.ts'
import { withPostgres, type Scratch } from './support/scratch.ts'
import type { BenchOptions, Ratio } from './support/types.ts'

const LIMIT = 50
/** Postgres makes up its mind on how to carry out a prepared statement within the first six. */
const WARM_UP = 7
const GOALS = ['inbox', 'leads', 'audit']

export interface GrowthSizes {
  few: number
  many: number
  rounds: number
}

export function listGrowth({ quick, say }: BenchOptions): Promise<Ratio> {
  return measureListGrowth({ few: 10_000, many: quick ? 100_000 : 1_000_000, rounds: quick ? 30 : 100 }, say)
}

export function measureListGrowth({ few, many, rounds }: GrowthSizes, say: BenchOptions['say']): Promise<Ratio> {
  return withPostgres(async scratch => {
    const small = await openWorld(scratch, 'small', few, say)
    const large = await openWorld(scratch, 'large', many, say)
    try {
      // Where one world has no second page, there is nothing to compare.
      const names = Object.keys(small.looks).filter(name => large.looks[name] !== undefined)
      const times = new Map([small, large].map(world => [world, new Map<string, number[]>()]))
      for (let n = 0; n < WARM_UP + rounds; n++)
        for (const name of names)
          for (const world of n % 2 === 0 ? [small, large] : [large, small]) {
            const start = performance.now()
            await world.looks[name]?.()
            if (n >= WARM_UP) push(times.get(world), name, performance.now() - start)
          }
      const lists = [...new Set(names.map(listOf))]
      const p95 = (world: World, of: (name: string) => boolean) =>
        percentile(
          names.filter(of).flatMap(name => times.get(world)?.get(name) ?? []),
          0.95,
        )
      const growth = (of: (name: string) => boolean) => {
        const [before, after] = [p95(small, of), p95(large, of)]
        return { fewMs: round(before, 2), manyMs: round(after, 2), ratio: round(after / before, 2) }
      }
      const found = Object.fromEntries(lists.map(list => [list, growth(name => listOf(name) === list)]))
      const each = names.map(name => ({ name, ...growth(one => one === name) })).sort((a, b) => b.ratio - a.ratio)
      return {
        name: 'list_growth',
        value: Math.max(...GOALS.map(list => found[list]?.ratio ?? Number.NaN)),
        goal: 1.5,
        detail: { few, many, looksOfEach: rounds, lists: found, worst: each.slice(0, 5) },
      }
    } finally {
      await small.db.close()
      await large.db.close()
    }
  })
}

const listOf = (name: string): string => name.split(',')[0] ?? ''

function push(times: Map<string, number[]> | undefined, name: string, time: number): void {
  times?.set(name, [...(times.get(name) ?? []), time])
}

type Look = () => Promise<unknown>

interface World {
  db: Db
  looks: Record<string, Look>
}

async function openWorld(scratch: Scratch, name: string, rows: number, say: BenchOptions['say']): Promise<World> {
  const { adminUrl, serverUrl } = await scratch.database(name)
  say(`filling a world of ${rows} records of each kind`)
  const { rep, manager } = await fillCrm(adminUrl, rows)
  const db = openDb(serverUrl, { max: 1, name: 'bench' })
  return { db, looks: { ...(await looksOf(db, 'a rep', rep)), ...(await looksOf(db, 'a manager', manager)) } }
}

type List = (page: PageRequest) => Promise<Page<unknown>>

/** Named by the list, who looks, and at what of it. */
async function looksOf(db: Db, who: string, { user, viewer }: Looker): Promise<Record<string, Look>> {
  const lists: Record<string, List> = {
    'inbox, all': page => inbox(db, user, viewer, page),
    'inbox, mails': page => inbox(db, user, viewer, { ...page, kind: 'send_mail' }),
    'leads, all': page => listLeads(db, viewer, page),
    'leads, qualified': page => listLeads(db, viewer, { ...page, status: 'qualified' }),
    'actions, all': page => listActions(db, viewer, page),
    'actions, uncertain': page => listActions(db, viewer, { ...page, status: 'uncertain' }),
    'deals, all': page => listDeals(db, viewer, page),
    'deals, open': page => listDeals(db, viewer, { ...page, open: true }),
    'runs, all': page => listRuns(db, viewer, page),
    'runs, waiting': page => listRuns(db, viewer, { ...page, status: 'waiting' }),
    'contacts, all': page => listRecords(db, viewer, 'contact', page),
    'contacts, own': page => listRecords(db, viewer, 'contact', { ...page, filters: { owner: user.id } }),
    'accounts, all': page => listRecords(db, viewer, 'account', page),
    'tasks, all': page => listRecords(db, viewer, 'task', page),
    'tasks, open': page => listRecords(db, viewer, 'task', { ...page, filters: { status: 'open' } }),
    ...(user.role === 'manager' ? auditLists(db, user.id) : {}),
  }
  const looks: Record<string, Look> = {}
  for (const [name, list] of Object.entries(lists)) {
    looks[`${name}, ${who}`] = () => list({ limit: LIMIT })
    const { next } = await list({ limit: LIMIT })
    if (next !== null) looks[`${name}, ${who}, second page`] = () => list({ limit: LIMIT, cursor: next })
  }
  return looks
}

function auditLists(db: Db, userId: string): Record<string, List> {
  const filtered =
    (filter: AuditFilter): List =>
    async ({ limit, cursor }) => {
      const items = await auditEvents(db, limit + 1, cursor === undefined ? undefined : Number(cursor), filter)
      return { items: items.slice(0, limit), next: items.length > limit ? String(items[limit - 1]?.id) : null }
    }
  return {
    'audit, all': filtered({}),
    'audit, one type': filtered({ type: 'record.changed' }),
    'audit, one room': filtered({ type: 'action.*' }),
    'audit, one person': filtered({ actor: `user:${userId}` }),
    'audit, that day': filtered({ to: new Date(Date.now() - 86_400_000) }),
  }
}

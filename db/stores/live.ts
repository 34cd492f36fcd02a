/**
 * What changed, for people who look on. Rows are read in the order of their transactions, and only those of which no older transaction is
 * still under way: what was read once has nothing come in behind it, so a position is enough to go on without a gap or a repeat.
 */
import { relationsFor } from '../../domain/access/may.ts'
import type { Right } from '../../domain/access/table.ts'
import type { Viewer } from '../../domain/access/viewer.ts'
import { scope } from '../access.ts'
import type { Sql } from '../sql.ts'

/** Everything up to here has been read. `tx` is a 64-bit number in decimals. */
export interface Position {
  tx: string
  id: number
}

export interface LiveEvent extends Position {
  at: Date
  type: string
  target: string
  targetId: string
  /** May this viewer see the record, as things stand? */
  visible: boolean
}

/** Kept at most this long and this many: for connections that broke, not for history, which the audit trail is. */
const KEPT = '24 hours'
const KEPT_ROWS = 100_000

/** Where somebody begins who has seen nothing yet: at what happens from now on. */
export async function liveHead(sql: Sql): Promise<Position> {
  const row = await sql.row<{ tx: string }>('select pg_snapshot_xmin(pg_current_snapshot())::text as tx')
  return { tx: row?.tx ?? '0', id: 0 }
}

/** Can one go on from here, or are rows behind it gone? */
export async function isKept(sql: Sql, { tx, id }: Position): Promise<boolean> {
  const row = await sql.row<{ kept: boolean }>(
    `select coalesce((select (tx, id) <= ($1::text::xid8, $2::bigint) or id = 1 from live_event order by tx, id limit 1), true) as kept`,
    [tx, id],
  )
  return row?.kept ?? false
}

/** The next events after a position, those included that the viewer may not see: the position passes over them too. */
export function liveEvents(sql: Sql, viewer: Viewer, after: Position, limit: number): Promise<LiveEvent[]> {
  const values: unknown[] = [after.tx, after.id, limit]
  return sql.rows<LiveEvent>(
    `select e.tx::text as tx, e.id, e.at, e.type, e.target, e.target_id, coalesce(${visibility(viewer, values)}, false) as visible
     from live_event e where (e.tx, e.id) > ($1::text::xid8, $2::bigint) and e.tx < pg_snapshot_xmin(pg_current_snapshot())
     order by e.tx, e.id limit $3`,
    values,
  )
}

/** Is something written that cannot be read yet, since an older transaction is under way? */
export async function isHeldBack(sql: Sql): Promise<boolean> {
  const row = await sql.row('select 1 from live_event where tx >= pg_snapshot_xmin(pg_current_snapshot()) limit 1')
  return row !== null
}

/** The newest row of those out of date stays: by it, positions that are behind them are known. */
export function pruneLive(sql: Sql): Promise<number> {
  return sql.run(
    `with cut as (
       select tx, id from live_event where at < now() - interval '${KEPT}'
         or id <= (select max(id) from live_event) - ${KEPT_ROWS} order by tx desc, id desc limit 1)
     delete from live_event e using cut where (e.tx, e.id) < (cut.tx, cut.id)`,
  )
}

/** Records with an owner: where it stands, and the right to see one. `$id` is the record's. */
const OWNED: Record<string, { right: Right; owner: string; from: string }> = {
  lead: { right: 'lead.see', owner: 'r.owner_id', from: 'lead r where r.id = $id' },
  account: { right: 'account.see', owner: 'r.owner_id', from: 'account r where r.id = $id' },
  contact: { right: 'contact.see', owner: 'r.owner_id', from: 'contact r where r.id = $id' },
  deal: { right: 'deal.see', owner: 'r.owner_id', from: 'deal r where r.id = $id' },
  task: { right: 'task.see', owner: 'r.assignee_id', from: 'task r where r.id = $id' },
  action: { right: 'action.see', owner: 'r.owner_id', from: 'action r where r.id = $id' },
  run: { right: 'run.see', owner: 'r.owner_id', from: 'run r where r.id = $id' },
  message: {
    right: 'message.see',
    owner: 'c.owner_id',
    from: 'message r left join contact c on c.id = r.contact_id where r.id = $id',
  },
  ask: { right: 'ask.see', owner: 'r.user_id', from: 'ask r where r.id = $id' },
  import_job: { right: 'import.see', owner: 'r.created_by', from: 'import_job r where r.id = $id' },
}

/** Of the organisation as a whole: seen by whoever has the right at all. */
const SHARED: Record<string, Right> = {
  playbook: 'playbook.see',
  playbook_version: 'playbook.see',
  definition: 'policy.see',
  knowledge: 'knowledge.see',
  mailbox: 'mailbox.see',
  stop: 'stop.see',
  team: 'team.see',
  webhook_endpoint: 'webhook.see',
  lead_form: 'settings.see',
}

/** Anything else is for those who may see the audit trail. */
function visibility(viewer: Viewer, values: unknown[]): string {
  const cases = [
    ...Object.entries(OWNED).map(([target, { right, owner, from }]) => {
      const mine = scope(viewer, right, owner, values)
      return `when '${target}' then exists (select 1 from ${from.replace('$id', 'e.target_id::uuid')} and ${mine})`
    }),
    ...Object.entries(SHARED).map(([target, right]) => `when '${target}' then ${has(viewer, right)}`),
  ]
  return `case e.target ${cases.join(' ')} else ${has(viewer, 'audit.see')} end`
}

const has = (viewer: Viewer, right: Right): boolean => relationsFor(viewer, right).includes('any')

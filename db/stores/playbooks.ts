/** Playbooks and their immutable published versions, and the definitions (policy, scoring, territories) that ops publish. */
import type { Playbook } from '../../domain/playbook/model.ts'
import { sha256 } from '../../domain/gate/canonical.ts'
import { json, type Sql, type Tx } from '../sql.ts'
import { audit } from './audit.ts'

export interface PlaybookVersion {
  id: string
  playbook: string
  version: number
  text: string
  hash: string
  compiled: Playbook
  publishedBy: string
  publishedAt: Date
}

const COLUMNS = 'v.id, v.playbook, v.version, v.text, v.hash, v.compiled, v.published_by, v.published_at'

/** Publishes a checked playbook as the next version and makes it the active one. Equal text is not published twice. */
export async function publish(
  tx: Tx,
  playbook: Playbook,
  text: string,
  by: string,
): Promise<{ id: string; version: number; made: boolean }> {
  const hash = sha256(text)
  await tx.run('insert into playbook (name) values ($1) on conflict do nothing', [playbook.name])
  await tx.run('select 1 from playbook where name = $1 for update', [playbook.name])
  const newest = await tx.row<{ id: string; version: number; hash: string }>(
    'select id, version, hash from playbook_version where playbook = $1 order by version desc limit 1',
    [playbook.name],
  )
  if (newest?.hash === hash) {
    await tx.run('update playbook set active_id = $2 where name = $1', [playbook.name, newest.id])
    return { id: newest.id, version: newest.version, made: false }
  }
  const version = (newest?.version ?? 0) + 1
  const row = await tx.row<{ id: string }>(
    `insert into playbook_version (playbook, version, text, hash, compiled, on_event, published_by) values ($1,$2,$3,$4,$5,$6,$7) returning id`,
    [playbook.name, version, text, hash, json(playbook), playbook.on.event, by],
  )
  const id = (row as { id: string }).id
  await tx.run('update playbook set active_id = $2 where name = $1', [playbook.name, id])
  await audit(tx, {
    actor: by,
    type: 'playbook.published',
    target: 'playbook_version',
    targetId: id,
    data: { playbook: playbook.name, version },
  })
  return { id, version, made: true }
}

export async function versionById(sql: Sql, id: string): Promise<PlaybookVersion | null> {
  return sql.row<PlaybookVersion>(`select ${COLUMNS} from playbook_version v where v.id = $1`, [id])
}

/** Active versions of playbooks that are not paused and begin on this event. */
export async function playbooksFor(sql: Sql, event: string): Promise<PlaybookVersion[]> {
  return sql.rows<PlaybookVersion>(
    `select ${COLUMNS} from playbook p join playbook_version v on v.id = p.active_id where p.paused_at is null and v.on_event = $1 order by p.name`,
    [event],
  )
}

export interface PlaybookRow {
  name: string
  version: number
  onEvent: string
  publishedAt: Date
  publishedBy: string
  pausedAt: Date | null
  /** Under way, `waiting` of them for a time or an event. */
  running: number
  waiting: number
  /** Stopped at a step that failed. */
  paused: number
  completed: number
  /** Runs in which a step failed for good, and runs that ended, within seven days. */
  failedLately: number
  endedLately: number
}

const LATELY = `now() - interval '7 days'`

export async function listPlaybooks(sql: Sql): Promise<PlaybookRow[]> {
  return sql.rows<PlaybookRow>(
    `select p.name, v.version, v.on_event, v.published_at, v.published_by, p.paused_at,
       count(r.id) filter (where r.status in ('running', 'waiting'))::int as running, count(r.id) filter (where r.status = 'paused')::int as paused,
       count(r.id) filter (where r.status = 'completed')::int as completed, count(r.id) filter (where r.status = 'waiting')::int as waiting,
       count(r.id) filter (where r.ended_at > ${LATELY})::int as ended_lately,
       (select count(distinct s.run_id) from step_run s join run f on f.id = s.run_id
        where s.status = 'failed' and s.ended_at > ${LATELY} and f.playbook = p.name)::int as failed_lately
     from playbook p join playbook_version v on v.id = p.active_id left join run r on r.playbook = p.name
     group by p.name, v.version, v.on_event, v.published_at, v.published_by, p.paused_at order by p.name`,
  )
}

export type DefinitionKind = 'policy' | 'scoring' | 'territories'

export interface Definition {
  id: string
  kind: DefinitionKind
  version: number
  text: string
}

/** The definition in force: the newest of its kind; null before the first is published. */
export async function definitionInForce(sql: Sql, kind: DefinitionKind): Promise<Definition | null> {
  return sql.row<Definition>(
    'select id, kind, version, text from definition where kind = $1 order by version desc limit 1',
    [kind],
  )
}

/** Publishes a checked text; equal text is not published twice. */
export async function publishDefinition(
  tx: Tx,
  kind: DefinitionKind,
  text: string,
  by: string,
): Promise<{ id: string; version: number }> {
  await tx.run('select pg_advisory_xact_lock(hashtext($1))', [`definition:${kind}`])
  const newest = await definitionInForce(tx, kind)
  if (newest?.text === text) return newest
  const row = await tx.row<{ id: string; version: number }>(
    'insert into definition (kind, version, text, hash, published_by) values ($1, $2, $3, $4, $5) returning id, version',
    [kind, (newest?.version ?? 0) + 1, text, sha256(text), by],
  )
  const made = row as { id: string; version: number }
  await audit(tx, {
    actor: by,
    type: `${kind}.published`,
    target: 'definition',
    targetId: made.id,
    data: { version: made.version },
  })
  return made
}

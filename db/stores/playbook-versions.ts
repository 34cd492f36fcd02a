/** Playbooks as ops keep them: their versions, which is in force, and whether it starts anything. */
import { must, type Sql, type Tx } from '../sql.ts'
import { audit } from './audit.ts'
import type { DefinitionKind } from './playbooks.ts'

export interface VersionRow {
  id: string
  version: number
  hash: string
  publishedBy: string
  publishedAt: Date
  active: boolean
}

/** Newest first. */
export async function versionsOf(sql: Sql, playbook: string): Promise<VersionRow[]> {
  await playbookNamed(sql, playbook)
  return sql.rows<VersionRow>(
    `select v.id, v.version, v.hash, v.published_by, v.published_at, v.id = p.active_id as active
     from playbook_version v join playbook p on p.name = v.playbook where p.name = $1 order by v.version desc`,
    [playbook],
  )
}

export const versionText = (sql: Sql, playbook: string, version: number): Promise<VersionRow & { text: string }> =>
  must(
    'playbook version',
    `${playbook} ${version}`,
    sql.row<VersionRow & { text: string }>(
      `select v.id, v.version, v.hash, v.published_by, v.published_at, v.id = p.active_id as active, v.text
       from playbook_version v join playbook p on p.name = v.playbook where p.name = $1 and v.version = $2`,
      [playbook, version],
    ),
  )

export interface PlaybookState {
  name: string
  version: number
  pausedAt: Date | null
}

/** Null: there is none of this name. */
export const playbookIfAny = (sql: Sql, name: string): Promise<PlaybookState | null> =>
  sql.row<PlaybookState>(
    'select p.name, v.version, p.paused_at from playbook p join playbook_version v on v.id = p.active_id where p.name = $1',
    [name],
  )

export const playbookNamed = (sql: Sql, name: string): Promise<PlaybookState> =>
  must('playbook', name, playbookIfAny(sql, name))

/** An earlier version is in force again, for runs that begin from now on. */
export async function rollBack(tx: Tx, name: string, version: number, by: string): Promise<PlaybookState> {
  const { id } = await versionText(tx, name, version)
  await tx.run('update playbook set active_id = $2 where name = $1', [name, id])
  await audit(tx, {
    actor: by,
    type: 'playbook.rolled_back',
    target: 'playbook_version',
    targetId: id,
    data: { playbook: name, version },
  })
  return playbookNamed(tx, name)
}

/** A paused playbook starts nothing; runs that have begun go on. */
export async function setPaused(tx: Tx, name: string, paused: boolean, by: string): Promise<PlaybookState> {
  const touched = await tx.run(
    'update playbook set paused_at = case when $2 then now() end where name = $1 and (paused_at is null) = $2',
    [name, paused],
  )
  if (touched > 0)
    await audit(tx, {
      actor: by,
      type: paused ? 'playbook.paused' : 'playbook.resumed',
      target: 'playbook',
      targetId: name,
    })
  return playbookNamed(tx, name)
}

export interface DefinitionVersion {
  version: number
  hash: string
  publishedBy: string
  publishedAt: Date
}

/** Newest first; the first is in force. */
export const definitionVersions = (sql: Sql, kind: DefinitionKind): Promise<DefinitionVersion[]> =>
  sql.rows<DefinitionVersion>(
    'select version, hash, published_by, published_at from definition where kind = $1 order by version desc limit 200',
    [kind],
  )

export const definitionText = (
  sql: Sql,
  kind: DefinitionKind,
  version: number,
): Promise<DefinitionVersion & { text: string }> =>
  must(
    `version of the ${kind}`,
    String(version),
    sql.row<DefinitionVersion & { text: string }>(
      'select version, hash, published_by, published_at, text from definition where kind = $1 and version = $2',
      [kind, version],
    ),
  )

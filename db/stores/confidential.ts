/** What confidentiality needs of the store. */
import { must, type Sql, type Tx } from '../sql.ts'
import { audit } from './audit.ts'

/** Names of companies that bought from us, this one aside, that stand in the texts; case and word bounds are for the caller to see to. */
export async function customersIn(sql: Sql, texts: readonly string[], except: string | null): Promise<string[]> {
  if (texts.length === 0) return []
  const rows = await sql.rows<{ name: string }>(
    `select distinct a.name from account a where a.id is distinct from $2 and length(a.name) > 2
       and exists (select 1 from deal d join stage s on s.id = d.stage_id where d.account_id = a.id and s.kind = 'won')
       and exists (select 1 from unnest($1::text[]) t where position(lower(a.name) in lower(t)) > 0)`,
    [texts, except],
  )
  return rows.map(({ name }) => name)
}

/** @throws DealwrightError `not_found` */
export async function markInternal(tx: Tx, sourceId: string, internal: boolean, actor: string): Promise<void> {
  await must(
    'source',
    sourceId,
    tx.row('update source set internal = $2 where id = $1 returning 1', [sourceId, internal]),
  )
  await audit(tx, { actor, type: 'source.marked', target: 'source', targetId: sourceId, data: { internal } })
}

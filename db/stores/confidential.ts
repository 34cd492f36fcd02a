/** What confidentiality needs of the store. */
import { must, type Sql, type Tx } from '../sql.ts'
import { supersede } from './actions.ts'
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

export interface Marked {
  internal: boolean
  /** Mails that rested on it and had not left: they are withdrawn. */
  withdrawn: number
}

/**
 * Marks a source, or takes the mark away. What was drafted out of it and has not left is withdrawn.
 * @throws DealwrightError `not_found`
 */
export async function markInternal(tx: Tx, sourceId: string, internal: boolean, actor: string): Promise<Marked> {
  await must(
    'source',
    sourceId,
    tx.row('update source set internal = $2 where id = $1 returning 1', [sourceId, internal]),
  )
  const resting = internal ? await mailsRestingOn(tx, sourceId) : []
  for (const id of resting) await supersede(tx, id, 'rests on a source that was marked internal')
  await audit(tx, {
    actor,
    type: 'source.marked',
    target: 'source',
    targetId: sourceId,
    data: { internal, withdrawn: resting.length },
  })
  return { internal, withdrawn: resting.length }
}

/** Mails that may still leave and quote the source's facts. One that is being sent at this moment cannot be called back. */
async function mailsRestingOn(tx: Tx, sourceId: string): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(
    `select a.id from action a join draft d on d.id = a.draft_id where a.status in ('proposed', 'waiting', 'allowed', 'approved')
       and exists (select 1 from jsonb_array_elements(d.sentences) s, jsonb_array_elements_text(s->'ids') i
         join fact f on f.id::text = i where f.source_id = $1) for update of a`,
    [sourceId],
  )
  return rows.map(({ id }) => id)
}

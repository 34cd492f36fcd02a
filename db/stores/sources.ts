/** Sources as people may see them: a page with its account, a mail or note with whom it is from, our own knowledge by everybody. */
import type { Viewer } from '../../domain/access/viewer.ts'
import { DealwrightError } from '../../domain/errors.ts'
import type { SourceKind } from '../../domain/evidence/types.ts'
import { scope } from '../access.ts'
import { must, type Sql, type Tx } from '../sql.ts'

export interface SeenSource {
  id: string
  kind: SourceKind
  url: string | null
  title: string | null
  fetchedAt: Date
  /** Marked by a person: nothing read in it enters what is written to a prospect. */
  internal: boolean
  hash: string
  text: string
}

/** Whose a mail or note is: its contact's, lead's or deal's owner. */
const CONVERSATION_OWNER = `coalesce(
  (select c.owner_id from message m join contact c on c.id = m.contact_id where m.source_id = s.id limit 1),
  (select l.owner_id from lead l where l.message_source_id = s.id limit 1),
  (select coalesce(l.owner_id, d.owner_id, c.owner_id) from call_note n left join lead l on l.id = n.lead_id left join deal d on d.id = n.deal_id
    left join contact c on c.id = n.contact_id where n.source_id = s.id limit 1))`

/** @throws DealwrightError `not_found` for what is not there or not theirs to see */
export function seenSource(sql: Sql, viewer: Viewer, id: string): Promise<SeenSource> {
  const values: unknown[] = [id]
  return must(
    'source',
    id,
    sql.row<SeenSource>(
      `select s.id, s.kind, s.url, s.title, s.fetched_at, s.internal, s.text_hash as hash, t.text from source s
       join source_text t on t.hash = s.text_hash left join account a on a.id = s.account_id
       where s.id = $1 and ${visible(viewer, values)}`,
      values,
    ),
  )
}

/**
 * The same, locked, for who may change it as well: a page with its account, a mail or note with whom it is from.
 * @throws DealwrightError `not_found`, `forbidden`; `conflict` for our own knowledge, which is there to be said
 */
export async function sourceToMark(tx: Tx, viewer: Viewer, id: string): Promise<SeenSource> {
  await tx.run('select 1 from source where id = $1 for update', [id])
  const source = await seenSource(tx, viewer, id)
  if (source.kind === 'knowledge')
    throw new DealwrightError('conflict', `Source ${id} is approved knowledge, there to be said: retire it instead.`)
  const values: unknown[] = [id]
  const pages = scope(viewer, 'account.change', 'a.owner_id', values)
  const mails = scope(viewer, 'message.create', CONVERSATION_OWNER, values)
  const may = await tx.row(
    `select 1 from source s left join account a on a.id = s.account_id
     where s.id = $1 and case when s.kind in ('mail', 'call_note') then ${mails} else ${pages} end`,
    values,
  )
  if (!may) throw new DealwrightError('forbidden', `Source ${id} is not yours to mark: ask its owner or their manager.`)
  return source
}

/** Those of these sources that the viewer may read. */
export async function readableSources(sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<Set<string>> {
  const values: unknown[] = [ids]
  const rows = await sql.rows<{ id: string }>(
    `select s.id from source s left join account a on a.id = s.account_id
     where s.id = any($1::uuid[]) and ${visible(viewer, values)}`,
    values,
  )
  return new Set(rows.map(({ id }) => id))
}

function visible(viewer: Viewer, values: unknown[]): string {
  const pages = scope(viewer, 'account.see', 'a.owner_id', values)
  const mails = scope(viewer, 'message.see', CONVERSATION_OWNER, values)
  const ours = scope(viewer, 'knowledge.see', 'a.owner_id', values)
  return `case s.kind when 'knowledge' then ${ours} when 'mail' then ${mails} when 'call_note' then ${mails} else ${pages} end`
}

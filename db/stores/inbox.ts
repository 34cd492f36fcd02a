/** What came in: to be sorted, of nobody we know, or all of it; and one message with the conversation that it stands in. */
import type { Viewer } from '../../domain/access/viewer.ts'
import { INBOX_ORDER, type MessageLabel } from '../../domain/message/types.ts'
import { scope } from '../access.ts'
import { keyset, pageOf, type Order, type Page, type PageRequest } from '../page.ts'
import { must, type Sql } from '../sql.ts'

export const INBOX_VIEWS = ['sort', 'unmatched', 'all'] as const
export type InboxView = (typeof INBOX_VIEWS)[number]

export interface InboxRow {
  id: string
  at: Date
  fromAddress: string
  subject: string
  label: MessageLabel | null
  /** protocol | rules | model | person */
  labelBy: string | null
  /** The sentence that decided. */
  quote: string | null
  untilDate: string | null
  contactId: string | null
  contact: string | null
  account: string | null
  ownerId: string | null
  owner: string | null
  leadId: string | null
  dealId: string | null
}

/** A message's owner is its contact's. */
const OWNER = 'c.owner_id'
const ROW = `m.id, m.at, m.from_address, m.subject, m.label, m.label_by, m.label_quote as quote, m.until_date, m.contact_id, c.name as contact, a.name as account,
  ${OWNER} as owner_id, u.name as owner,
  coalesce(h.lead_id, (select l.id from lead l where l.contact_id = m.contact_id order by l.created_at desc limit 1)) as lead_id,
  coalesce(h.deal_id, (select d.id from deal d where d.contact_id = m.contact_id order by d.created_at desc limit 1)) as deal_id`
const FROM = `message m left join contact c on c.id = m.contact_id left join account a on a.id = c.account_id left join "user" u on u.id = c.owner_id
  left join thread h on h.id = m.thread_id`

/** The expression of the index message_to_sort. */
const RANK = `(case m.label ${INBOX_ORDER.map((label, n) => `when '${label}' then ${INBOX_ORDER.length - n}`).join(' ')} else 0 end)`

const NEWEST: Order = {
  by: [
    { sql: 'm.at', type: 'timestamptz', key: 'at' },
    { sql: 'm.id', type: 'uuid', key: 'id' },
  ],
  descending: true,
}
const BY_LABEL: Order = { by: [{ sql: RANK, type: 'int8', key: 'sortRank' }, ...NEWEST.by], descending: true }

/** Each view is read in the order of its own partial index. */
const VIEWS: Record<InboxView, { where: string; order: Order }> = {
  // What a server itself said of its mail needs nobody's eye.
  sort: { where: `m.label_by in ('rules', 'model')`, order: BY_LABEL },
  unmatched: { where: `m.contact_id is null and m.label_by is distinct from 'person'`, order: NEWEST },
  all: { where: 'true', order: NEWEST },
}

export interface InboxRequest extends PageRequest {
  view: InboxView
  label?: MessageLabel | undefined
}

/** What is to be sorted comes by label, those that want a person soonest first; the rest newest first. */
export async function listInbox(sql: Sql, viewer: Viewer, request: InboxRequest): Promise<Page<InboxRow>> {
  const { where: which, order } = VIEWS[request.view]
  const values: unknown[] = []
  const labelled = request.label === undefined ? 'true' : `m.label = $${values.push(request.label)}`
  const mine = scope(viewer, 'message.see', OWNER, values)
  const { where, tail } = keyset(order, request, values)
  const rows = await sql.rows<InboxRow>(
    `select ${ROW}, ${RANK} as sort_rank from ${FROM}
     where m.direction = 'in' and ${which} and ${labelled} and ${mine} and ${where} ${tail}`,
    values,
  )
  return pageOf(rows, order, request)
}

export interface ThreadMessage {
  id: string
  direction: 'in' | 'out'
  at: Date
  fromAddress: string
  toAddresses: string[]
  subject: string
  sourceId: string
  text: string
  /** Of the label, where it stands in this text. */
  quote: string | null
}

export interface InboxMessage extends InboxRow {
  read: boolean
  matchedBy: string | null
  zone: string | null
  /** The conversation in order, this message with it. */
  thread: ThreadMessage[]
  /** A mail to this person that waits for somebody's word. */
  answer: { id: string; summary: string } | null
  corrections: { from: string | null; to: string; by: string; at: Date }[]
}

/** Characters of each message that are shown; the whole stands in its source. */
const MOST_TEXT = 20_000
const MOST_MESSAGES = 50

/** @throws DealwrightError `not_found` also for one that the viewer may not see */
export async function inboxMessage(sql: Sql, viewer: Viewer, id: string): Promise<InboxMessage> {
  const values: unknown[] = [id]
  const mine = scope(viewer, 'message.see', OWNER, values)
  const decides = scope(viewer, 'action.see', 'x.owner_id', values)
  const row = await must(
    'message',
    id,
    sql.row<Omit<InboxMessage, 'thread' | 'corrections'> & { threadId: string | null }>(
      `select ${ROW}, m.read_at is not null as read, m.matched_by, c.zone, m.thread_id,
         (select jsonb_build_object('id', x.id, 'summary', x.summary) from action x where x.kind = 'send_mail' and x.status = 'waiting'
            and x.contact_id = m.contact_id and ${decides} order by x.created_at desc limit 1) as answer
       from ${FROM} where m.id = $1 and m.direction = 'in' and ${mine}`,
      values,
    ),
  )
  const asked: unknown[] = [id, row.threadId]
  const readable = scope(viewer, 'message.see', OWNER, asked)
  const [thread, corrections] = await Promise.all([
    sql.rows<ThreadMessage>(
      `select * from (select m.id, m.direction, m.at, m.from_address, m.to_addresses, m.subject, m.source_id, left(t.text, ${MOST_TEXT}) as text,
           m.label_quote as quote
         from message m join source s on s.id = m.source_id join source_text t on t.hash = s.text_hash left join contact c on c.id = m.contact_id
         where (m.id = $1 or ($2::uuid is not null and m.thread_id = $2)) and ${readable} order by m.at desc, m.id desc limit ${MOST_MESSAGES}) one
       order by one.at, one.id`,
      asked,
    ),
    sql.rows<InboxMessage['corrections'][number]>(
      `select k.from_label as "from", k.to_label as "to", u.name as by, k.at from label_correction k join "user" u on u.id = k.user_id
       where k.message_id = $1 order by k.at, k.id`,
      [id],
    ),
  ])
  const { threadId: _, ...shown } = row
  return { ...shown, thread, corrections }
}

/** As it came, byte for byte; of one in a conversation that the viewer may read. @throws DealwrightError `not_found` */
export async function rawMessage(sql: Sql, viewer: Viewer, id: string): Promise<Uint8Array> {
  const values: unknown[] = [id]
  const mine = scope(viewer, 'message.see', OWNER, values)
  const { raw } = await must(
    'message',
    id,
    sql.row<{ raw: Uint8Array }>(
      `select m.raw from message m left join contact c on c.id = m.contact_id where m.id = $1 and ${mine}`,
      values,
    ),
  )
  return raw
}

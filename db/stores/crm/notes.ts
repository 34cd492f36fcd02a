/** Notes that people write: each a source, so that facts can quote it. A contact's are erased with the person. */
import { randomUUID } from 'node:crypto'
import { requireFor } from '../../../domain/access/may.ts'
import type { Viewer } from '../../../domain/access/viewer.ts'
import type { Tx } from '../../sql.ts'
import { must } from '../../sql.ts'
import { audit } from '../audit.ts'
import { storeSource } from '../evidence.ts'
import { seenRecord } from './read.ts'

/** What a note can be about. */
export const NOTED = ['lead', 'contact', 'deal'] as const
export type Noted = (typeof NOTED)[number]

export interface NewNote {
  kind: Noted
  recordId: string
  text: string
  /** When the talk was. */
  at: Date
}

export interface Note {
  id: string
  sourceId: string
  at: Date
}

interface About {
  contactId: string | null
  company: string | null
  domain: string | null
}

const ABOUT = `a.name as company, a.domain from`
/** With whom it was: theirs is the voice of the note. */
const WITH: Record<Noted, string> = {
  lead: `select r.contact_id, ${ABOUT} lead r left join account a on a.id = r.account_id where r.id = $1`,
  contact: `select r.id as contact_id, ${ABOUT} contact r left join account a on a.id = r.account_id where r.id = $1`,
  deal: `select r.contact_id, ${ABOUT} deal r left join account a on a.id = r.account_id where r.id = $1`,
}

/** @throws DealwrightError `not_found`, and `forbidden` for who sees the record and may not read or write what is said about it */
export async function addNote(tx: Tx, viewer: Viewer, { kind, recordId, text, at }: NewNote): Promise<Note> {
  const record = await seenRecord(tx, viewer, kind, recordId)
  requireFor(viewer, 'message.create', { what: kind, ...record })
  const about = await must(kind, recordId, tx.row<About>(WITH[kind], [recordId]))
  const key = `note:${randomUUID()}`
  const sourceId = await storeSource(tx, {
    key,
    kind: 'call_note',
    text,
    publisherName: about.company,
    publisherDomain: about.domain,
    fetchedAt: at,
  })
  const note = await tx.row<Note>(
    `insert into call_note (key, source_id, lead_id, deal_id, contact_id, author_id, at) values ($1, $2, $3, $4, $5, $6, $7)
     returning id, source_id, at`,
    [
      key,
      sourceId,
      kind === 'lead' ? recordId : null,
      kind === 'deal' ? recordId : null,
      about.contactId,
      viewer.userId,
      at,
    ],
  )
  await audit(tx, {
    actor: `user:${viewer.userId}`,
    type: `${kind}.noted`,
    target: kind,
    targetId: recordId,
    data: {},
  })
  return note as Note
}

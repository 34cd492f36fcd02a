/** What lies around a record as far as a viewer may see it: ids of the people, leads and deals that its page tells of. */
import type { Viewer } from '../../../domain/access/viewer.ts'
import { scope } from '../../access.ts'
import type { Sql } from '../../sql.ts'
import { seenRecord, type Seen } from './read.ts'

/** Kinds that have a page of their own. */
export type PageKind = 'account' | 'contact' | 'lead' | 'deal'

export interface Around {
  kind: PageKind
  id: string
  ownerId: string | null
  accountId: string | null
  contactIds: string[]
  /** Newest first. */
  leadIds: string[]
  dealIds: string[]
}

interface Ids {
  contactId?: string | null
  accountId?: string | null
  leadId?: string | null
}

/** A company may have any number of them; a page tells of the newest. */
const MOST = 200

/** SQL of the ids, `$1` being the record's, with the columns to which the viewer's scope is applied. */
const FROM: Record<PageKind, { contacts: string; leads: string; deals: string }> = {
  account: {
    contacts: 'contact c where c.account_id = $1',
    leads: 'lead l where l.account_id = $1',
    deals: 'deal d where d.account_id = $1',
  },
  contact: {
    contacts: 'contact c where c.id = $1',
    leads: 'lead l where l.contact_id = $1',
    deals: 'deal d where d.contact_id = $1',
  },
  lead: {
    contacts: 'contact c where c.id = (select contact_id from lead where id = $1)',
    leads: 'lead l where l.id = $1',
    deals: 'deal d where d.lead_id = $1',
  },
  deal: {
    contacts: 'contact c where c.id = (select contact_id from deal where id = $1)',
    leads: 'lead l where l.id = (select lead_id from deal where id = $1)',
    deals: 'deal d where d.id = $1',
  },
}

/** @throws DealwrightError `not_found` also when the viewer may not see the record */
export async function around(sql: Sql, viewer: Viewer, kind: PageKind, id: string): Promise<Around> {
  const record = await seenRecord<Seen & Ids>(sql, viewer, kind, id)
  const values: unknown[] = [id]
  const { contacts, leads, deals } = FROM[kind]
  const newest = (from: string, alias: string, right: 'contact.see' | 'lead.see' | 'deal.see') =>
    `array(select ${alias}.id from ${from} and ${scope(viewer, right, `${alias}.owner_id`, values)} order by ${alias}.created_at desc limit ${MOST})`
  const ids = await sql.row<Pick<Around, 'contactIds' | 'leadIds' | 'dealIds'>>(
    `select ${newest(contacts, 'c', 'contact.see')} as contact_ids, ${newest(leads, 'l', 'lead.see')} as lead_ids,
       ${newest(deals, 'd', 'deal.see')} as deal_ids`,
    values,
  )
  return {
    kind,
    id,
    ownerId: record.ownerId,
    accountId: kind === 'account' ? id : (record.accountId ?? null),
    contactIds: ids?.contactIds ?? [],
    leadIds: ids?.leadIds ?? [],
    dealIds: ids?.dealIds ?? [],
  }
}

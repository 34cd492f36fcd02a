/** A lead that comes in by itself, as from a form: matched to the contact and company we know, or making them. */
import { companyDomain } from '../../domain/import/normalise/domain.ts'
import { normaliseEmail } from '../../domain/import/normalise/email.ts'
import { companyKey, personKey } from '../../domain/import/normalise/name.ts'
import { DealwrightError } from '../../domain/errors.ts'
import type { Tx } from '../sql.ts'
import { audit } from './audit.ts'
import { refuseErased } from './erased.ts'
import { recordEvent } from './events.ts'
import { storeSource } from './evidence.ts'
import { accountByDomain, contactByEmailKey, openLeadOf } from './records.ts'

export interface NewLead {
  /** Makes a repeat harmless: the form's own submission id. */
  key: string
  source: string
  name: string
  firstName?: string | null
  title?: string | null
  email?: string | null
  phone?: string | null
  language?: string | null
  zone?: string | null
  company?: {
    name: string
    domain?: string | null
    industry?: string | null
    country?: string | null
    city?: string | null
    employees?: number | null
  } | null
  message?: string | null
  campaign?: string | null
  /** Someone who is in talks already: recorded, but no playbook starts. */
  quiet?: boolean
  status?: string
  at?: Date
}

/** Returns the lead's id; an open lead of the same contact is that lead. Throws `bad_input` when there is nobody to write to nor a name. */
export async function receiveLead(tx: Tx, lead: NewLead): Promise<{ id: string; made: boolean }> {
  const mail = lead.email ? normaliseEmail(lead.email) : null
  if (lead.email && !mail) throw new DealwrightError('bad_input', `“${lead.email}” is not an e-mail address.`)
  await refuseErased(tx, [mail?.emailKey], 'form')
  if (!lead.name.trim() && !mail) throw new DealwrightError('bad_input', 'A lead needs a name or an e-mail address.')
  const known = await tx.row<{ recordId: string }>(
    `select record_id from external_ref where kind = 'lead' and system = 'form' and external_id = $1`,
    [lead.key],
  )
  if (known) return { id: known.recordId, made: false }
  const accountId = await ensureAccount(tx, lead, mail?.domain ?? null)
  const contactId = await ensureContact(tx, lead, mail, accountId)
  const open = await openLeadOf(tx, contactId)
  const leadId = open?.id ?? (await insertLead(tx, lead, contactId, accountId))
  await tx.run(`insert into external_ref (kind, system, external_id, record_id) values ('lead', 'form', $1, $2)`, [
    lead.key,
    leadId,
  ])
  if (!open && !lead.quiet) {
    await recordEvent(tx, {
      key: `lead.created:${leadId}`,
      name: 'lead.created',
      fields: {},
      leadId,
      contactId,
      accountId,
    })
  }
  return { id: leadId, made: !open }
}

async function insertLead(tx: Tx, lead: NewLead, contactId: string, accountId: string | null): Promise<string> {
  const at = lead.at ?? new Date()
  const messageSourceId = lead.message
    ? await storeSource(tx, {
        key: `form:${lead.key}`,
        kind: 'mail',
        text: lead.message,
        accountId,
        publisherName: lead.company?.name ?? lead.name,
        publisherDomain: lead.company?.domain ?? null,
        fetchedAt: at,
      })
    : null
  const row = await tx.row<{ id: string }>(
    `insert into lead (contact_id, account_id, source, status, message_source_id, campaign, created_at) values ($1,$2,$3,$4,$5,$6,$7) returning id`,
    [contactId, accountId, lead.source, lead.status ?? 'new', messageSourceId, lead.campaign ?? null, at],
  )
  const { id } = row as { id: string }
  await audit(tx, {
    actor: 'server',
    type: 'lead.created',
    target: 'lead',
    targetId: id,
    data: { source: lead.source },
  })
  return id
}

/** By domain (never a free-mail one), else by name; made when unknown. */
async function ensureAccount(tx: Tx, lead: NewLead, mailDomain: string | null): Promise<string | null> {
  const domain =
    (lead.company?.domain ? companyDomain(lead.company.domain) : null) ??
    (mailDomain ? companyDomain(mailDomain) : null)
  const byDomain = domain ? await accountByDomain(tx, domain) : null
  if (byDomain) return byDomain.id
  if (!lead.company && !domain) return null
  const name = lead.company?.name ?? domain ?? ''
  const nameKey = companyKey(name)
  if (!domain) {
    const byName = await tx.row<{ id: string }>(
      'select id from account where name_key = $1 order by created_at limit 1',
      [nameKey],
    )
    if (byName) return byName.id
  }
  const row = await tx.row<{ id: string }>(
    `insert into account (name, name_key, domain, industry, country, city, employees) values ($1,$2,$3,$4,$5,$6,$7)
     on conflict (domain) do update set domain = excluded.domain returning id`,
    [
      name,
      nameKey,
      domain,
      lead.company?.industry ?? null,
      lead.company?.country ?? null,
      lead.company?.city ?? null,
      lead.company?.employees ?? null,
    ],
  )
  return (row as { id: string }).id
}

async function ensureContact(
  tx: Tx,
  lead: NewLead,
  mail: { email: string; emailKey: string } | null,
  accountId: string | null,
): Promise<string> {
  const known = mail ? await contactByEmailKey(tx, mail.emailKey) : null
  if (known) return known.id
  const row = await tx.row<{ id: string }>(
    `insert into contact (account_id, name, name_key, first_name, title, email, email_key, phone, language, zone, country, origin, origin_id)
     values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13) on conflict (email_key) do update set email_key = excluded.email_key returning id`,
    [
      accountId,
      lead.name,
      personKey(lead.name),
      lead.firstName ?? null,
      lead.title ?? null,
      mail?.email ?? null,
      mail?.emailKey ?? null,
      lead.phone ?? null,
      lead.language ?? null,
      lead.zone ?? null,
      lead.company?.country ?? null,
      lead.source === 'form' ? 'form' : lead.source === 'referral' ? 'referral' : null,
      lead.source === 'form' || lead.source === 'referral' ? lead.key : null,
    ],
  )
  return (row as { id: string }).id
}

/** Loads the sample world, through the doors that real data takes where there is one. Loading what is there already changes nothing. */
import { randomUUID } from 'node:crypto'
import { parseKnowledge } from '../../agents/knowledge.ts'
import { sha256 } from '../../domain/gate/canonical.ts'
import { normaliseCountry } from '../../domain/import/normalise/country.ts'
import { normaliseEmail } from '../../domain/import/normalise/email.ts'
import type { Db, Tx } from '../../db/sql.ts'
import { ensureThread, storeMessage, suppress } from '../../db/stores/conversation.ts'
import { storeSource } from '../../db/stores/evidence.ts'
import { receiveLead } from '../../db/stores/new-lead.ts'
import {
  approveKnowledge,
  ensureMailbox,
  ensureOrganisation,
  ensurePipeline,
  ensureUser,
} from '../../db/stores/people.ts'
import { knowledgeMarkdown } from '../../test/world/index.ts'
import type { Contact, Lead, World } from '../../test/world/index.ts'
import { publishShipped, STAGES } from '../shipped.ts'

export async function loadWorld(
  db: Db,
  world: World,
  options: { progress?: (done: number, of: number) => void } = {},
): Promise<void> {
  const { our } = world
  const users = await db.tx(async tx => {
    await ensureOrganisation(tx, {
      name: our.name,
      domain: our.domain,
      currency: 'EUR',
      zone: world.users[0]?.zone ?? 'UTC',
      country: null,
      address: our.address,
    })
    await ensurePipeline(tx, 'Sales', [...STAGES])
    return peopleOf(tx, world)
  })
  await publishShipped(db, 'sample world')
  await db.tx(async tx => {
    for (const file of our.knowledge) {
      const text = knowledgeMarkdown(file)
      const item = parseKnowledge(text, `${file.id}.md`)
      await approveKnowledge(
        tx,
        { id: item.id, kind: item.kind, title: item.title, text: item.text, lang: 'en', hash: sha256(text) },
        'sample world',
      )
    }
    for (const { email, reason } of world.suppressions)
      await suppress(tx, { kind: 'email', value: normaliseEmail(email)?.emailKey ?? email, reason })
  })
  const contacts = new Map(world.contacts.map(contact => [contact.id, contact]))
  // Those in talks first: a lead that comes in meets what is known already.
  const leads = world.leads.toSorted((a, b) => Number(b.case === 'in_deal') - Number(a.case === 'in_deal'))
  for (const [done, lead] of leads.entries()) {
    const contact = contacts.get(lead.contactId)
    if (contact) await db.tx(tx => loadLead(tx, world, lead, contact, users))
    options.progress?.(done + 1, leads.length)
  }
}

async function peopleOf(tx: Tx, world: World): Promise<Map<string, string>> {
  const users = new Map<string, string>()
  for (const user of world.users) {
    const id = await ensureUser(tx, {
      name: user.name,
      email: user.email,
      role: user.role,
      zone: user.zone,
      team: user.role === 'ops' ? null : 'Sales',
    })
    await ensureMailbox(tx, {
      userId: id,
      address: user.email,
      name: user.name,
      signature: user.signature,
      dailyCap: 500,
    })
    users.set(user.id, id)
  }
  return users
}

async function loadLead(tx: Tx, world: World, lead: Lead, contact: Contact, users: Map<string, string>): Promise<void> {
  const company = world.companies.find(one => one.id === lead.companyId)
  const { id: leadId } = await receiveLead(tx, {
    key: lead.id,
    source: lead.source,
    status: lead.status,
    name: contact.name,
    firstName: contact.firstName,
    title: contact.title,
    email: contact.email,
    phone: contact.phone,
    language: contact.lang,
    zone: contact.zone,
    message: lead.message,
    at: new Date(lead.createdAt),
    quiet: lead.status !== 'new',
    company: company
      ? {
          name: company.name,
          domain: company.site === 'no_site' ? null : company.domain,
          industry: company.industry,
          country: normaliseCountry(company.country),
          city: company.city,
          employees: company.employees,
        }
      : null,
  })
  const ids = await tx.row<{ contactId: string; accountId: string | null }>(
    'select contact_id, account_id from lead where id = $1',
    [leadId],
  )
  await loadDeals(
    tx,
    world,
    lead,
    { leadId, contactId: ids?.contactId ?? '', accountId: ids?.accountId ?? null },
    users,
  )
  await loadTalks(tx, world, contact, {
    leadId,
    contactId: ids?.contactId ?? '',
    name: company?.name ?? contact.name,
    domain: company?.domain ?? null,
  })
}

interface Ids {
  leadId: string
  contactId: string
  accountId: string | null
}

async function loadDeals(tx: Tx, world: World, lead: Lead, ids: Ids, users: Map<string, string>): Promise<void> {
  for (const deal of world.deals.filter(one => one.leadId === lead.id)) {
    const id = randomUUID()
    const first = await tx.run(
      `insert into external_ref (kind, system, external_id, record_id) values ('deal', 'sample', $1, $2) on conflict do nothing`,
      [deal.id, id],
    )
    if (first === 0) continue
    await tx.run(
      `insert into deal (id, name, account_id, contact_id, lead_id, owner_id, pipeline_id, stage_id, amount_minor, currency, close_date, source, created_at)
       select $1, $2, $3, $4, $5, $6, s.pipeline_id, s.id, $7, $8, $9, 'sample', $10 from stage s where s.name = $11`,
      [
        id,
        deal.name,
        ids.accountId,
        ids.contactId,
        ids.leadId,
        users.get(deal.ownerId),
        deal.amountMinor,
        deal.currency,
        deal.closeDate,
        deal.openedAt,
        deal.stage,
      ],
    )
    await tx.run('update lead set owner_id = $2, assigned_at = now(), owner_why = $3 where id = $1', [
      ids.leadId,
      users.get(deal.ownerId),
      'owns the deal',
    ])
  }
}

async function loadTalks(
  tx: Tx,
  world: World,
  contact: Contact,
  of: { leadId: string; contactId: string; name: string; domain: string | null },
): Promise<void> {
  for (const note of world.callNotes.filter(one => one.contactId === contact.id)) {
    const sourceId = await storeSource(tx, {
      key: `note:${note.id}`,
      kind: 'call_note',
      text: note.text,
      publisherName: of.name,
      publisherDomain: of.domain,
      fetchedAt: new Date(note.at),
    })
    await tx.run(
      'insert into call_note (key, source_id, lead_id, contact_id, at) values ($1,$2,$3,$4,$5) on conflict do nothing',
      [note.id, sourceId, of.leadId, of.contactId, note.at],
    )
  }
  for (const thread of world.threads.filter(one => one.contactId === contact.id)) {
    const first = thread.messages[0]
    if (!first) continue
    const threadId = await ensureThread(tx, {
      key: `sample:${thread.id}`,
      subject: first.subject,
      contactId: of.contactId,
      leadId: of.leadId,
      dealId: null,
      mailboxId: null,
    })
    for (const message of thread.messages) {
      const ours = message.direction === 'out'
      const sourceId = await storeSource(tx, {
        key: `mail:${message.messageId}`,
        kind: 'mail',
        text: message.text,
        title: message.subject,
        publisherName: ours ? world.our.name : of.name,
        publisherDomain: ours ? world.our.domain : of.domain,
        fetchedAt: new Date(message.at),
      })
      const { id } = await storeMessage(tx, {
        messageId: message.messageId,
        direction: message.direction,
        threadId,
        contactId: of.contactId,
        inReplyTo: message.inReplyTo,
        refs: message.inReplyTo ? [message.inReplyTo] : [],
        fromAddress: message.from,
        toAddresses: [message.to],
        subject: message.subject,
        sourceId,
        raw: Buffer.from(message.text),
        headers: {},
        at: new Date(message.at),
        matchedBy: 'sample world',
      })
      // History: read in its time, nothing reacts to it any more.
      await tx.run(
        `update message set read_at = at, label = coalesce(label, 'other'), label_by = 'person' where id = $1 and direction = 'in'`,
        [id],
      )
    }
  }
}

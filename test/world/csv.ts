/** The world's records as the files people import: a lead list and a deal list. */
import type { Lead, LeadCase, World } from './types.ts'

/** One row a lead, under the headings that common systems export. `cases` narrows it, e.g. to `['imported']`. */
export function leadsCsv(world: World, cases?: readonly LeadCase[]): string {
  const head =
    'Record ID,First Name,Last Name,Email,Job Title,Phone,Company,Website,Country,Industry,Employees,Lead Source,Created,Message'
  const rows = world.leads.filter(lead => !cases || cases.includes(lead.case)).map(lead => leadRow(world, lead))
  return `${[head, ...rows.map(line)].join('\n')}\n`
}

function leadRow(world: World, lead: Lead): string[] {
  const contact = byId(world.contacts, lead.contactId)
  const company = lead.companyId ? byId(world.companies, lead.companyId) : null
  const website = company && company.site !== 'no_site' && lead.case !== 'free_mail' ? `http://${company.domain}` : ''
  return [
    lead.id,
    contact.firstName,
    contact.name.slice(contact.firstName.length + 1),
    contact.email,
    contact.title,
    contact.phone ?? '',
    company?.name ?? '',
    website,
    company?.country ?? '',
    company?.industry ?? '',
    company ? String(company.employees) : '',
    lead.source,
    lead.createdAt,
    lead.message ?? '',
  ]
}

/** One row a deal; amounts in whole units of the currency, with two decimals. */
export function dealsCsv(world: World): string {
  const head = 'Deal ID,Deal Name,Company,Website,Contact Email,Stage,Amount,Currency,Close Date,Deal Owner,Created'
  const rows = world.deals.map(deal => {
    const company = byId(world.companies, deal.companyId)
    return line([
      deal.id,
      deal.name,
      company.name,
      `http://${company.domain}`,
      byId(world.contacts, deal.contactId).email,
      deal.stage,
      (deal.amountMinor / 100).toFixed(2),
      deal.currency,
      deal.closeDate,
      byId(world.users, deal.ownerId).name,
      deal.openedAt,
    ])
  })
  return `${[head, ...rows].join('\n')}\n`
}

function line(cells: string[]): string {
  return cells.map(cell => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')
}

const indexes = new WeakMap<readonly object[], Map<string, { id: string }>>()

/** Finds a record by id; throws when the world does not hold it. Looks long lists through once. */
function byId<T extends { id: string }>(records: readonly T[], id: string): T {
  let index = indexes.get(records)
  if (!index) indexes.set(records, (index = new Map(records.map(record => [record.id, record]))))
  const found = index.get(id)
  if (!found) throw new Error(`the world has no ${id}`)
  return found as T
}

/** The systems whose exports are known by their headers, and what is particular about each. */
import { labelKey } from './normalise/name.ts'
import type { ImportKind } from './types.ts'

export interface KnownExport {
  /** Under this name the ids of its records are kept. */
  system: string
  kind: ImportKind
  /** Cell texts that say that nothing was chosen. */
  empties: readonly string[]
  /** Currency and unit (a power of ten) of the money in it, where the file itself does not say. */
  currency: string | null
  power: number
}

type Labels = ReadonlySet<string>

const has = (labels: Labels, ...names: string[]) => names.every(name => labels.has(name))
const hasAny = (labels: Labels, ...names: string[]) => names.some(name => labels.has(name))

/** Recognises an export; null when the headers are nobody's in particular. */
export function recogniseExport(headers: readonly string[]): KnownExport | null {
  const labels = new Set(headers.map(labelKey))
  return xEducation(labels) ?? mavenCrm(labels) ?? pipedrive(headers) ?? hubspot(labels) ?? salesforce(labels, headers)
}

const plain = (system: string, kind: ImportKind): KnownExport => ({
  system,
  kind,
  empties: [],
  currency: null,
  power: 0,
})

/** Columns of HubSpot's contacts that other files with a "Record ID" do not have. */
const HUBSPOT_CONTACT = [
  'contact owner',
  'lifecycle stage',
  'associated company',
  'associated company ids',
  'primary associated company id',
  'marketing contact status',
  'create date',
  'last activity date',
]

/** Exports of the contacts, companies, deals and leads tables: "Record ID" and the tables' own columns. */
function hubspot(labels: Labels): KnownExport | null {
  if (!hasAny(labels, 'record id', 'record id contact', 'record id company', 'record id deal')) return null
  if (hasAny(labels, 'deal name', 'deal stage', 'deal owner')) return plain('hubspot', 'deals')
  if (hasAny(labels, 'lead name', 'lead stage', 'lead pipeline stage') && !labels.has('lifecycle stage'))
    return plain('hubspot', 'leads')
  const person = hasAny(labels, 'first name', 'last name', 'email', 'contact owner')
  if (hasAny(labels, 'company owner', 'company domain name') && !person) return plain('hubspot', 'accounts')
  if (has(labels, 'company name') && !person) return plain('hubspot', 'accounts')
  if (has(labels, 'name', 'unit price')) return plain('hubspot', 'products')
  return person && hasAny(labels, ...HUBSPOT_CONTACT) ? plain('hubspot', 'contacts') : null
}

/** Reports (labels with blanks: "Lead Owner", "Company / Account") and Data Loader files (API names: "LastName", "OwnerId"). */
function salesforce(labels: Labels, headers: readonly string[]): KnownExport | null {
  const loader =
    headers.includes('Id') &&
    headers.some(header => /^(OwnerId|CreatedById|SystemModstamp|IsDeleted|CreatedDate)$/.test(header))
  if (loader) {
    if (headers.includes('StageName')) return plain('salesforce', 'deals')
    if (headers.includes('Company') || headers.includes('IsConverted')) return plain('salesforce', 'leads')
    if (headers.includes('LastName')) return plain('salesforce', 'contacts')
    if (headers.includes('ProductCode') || headers.includes('Family')) return plain('salesforce', 'products')
    return headers.includes('Name') ? plain('salesforce', 'accounts') : null
  }
  if (
    has(labels, 'opportunity name') &&
    hasAny(labels, 'opportunity owner', 'stage', 'opportunity id', 'fiscal period')
  )
    return plain('salesforce', 'deals')
  if (
    labels.has('company account') ||
    (labels.has('lead owner') && hasAny(labels, 'lead status', 'lead source', 'lead id'))
  )
    return plain('salesforce', 'leads')
  if (has(labels, 'account name') && hasAny(labels, 'contact owner', 'contact id', 'mailing street', 'mailing city'))
    return plain('salesforce', 'contacts')
  if (
    has(labels, 'account name') &&
    hasAny(labels, 'account owner', 'billing street', 'billing city', 'account id', 'billing state province')
  )
    return hasAny(labels, 'last name', 'email') ? plain('salesforce', 'contacts') : plain('salesforce', 'accounts')
  if (has(labels, 'product name', 'product code')) return plain('salesforce', 'products')
  return null
}

/** Every header begins with the table's name: "Deal - Title", "Person - Email - Work". */
function pipedrive(headers: readonly string[]): KnownExport | null {
  const table = (name: string) => headers.some(header => header.startsWith(`${name} - `))
  const count = headers.filter(header =>
    /^(Deal|Person|Organization|Lead|Product|Activity|Note) - /.test(header),
  ).length
  if (count === 0 || count * 2 < headers.length) return null
  if (table('Deal')) return plain('pipedrive', 'deals')
  if (table('Lead')) return plain('pipedrive', 'leads')
  if (table('Person')) return plain('pipedrive', 'contacts')
  if (table('Organization')) return plain('pipedrive', 'accounts')
  return table('Product') ? plain('pipedrive', 'products') : null
}

/** The public data set of an online school's leads: no e-mail and no company; what was not chosen reads "Select". */
function xEducation(labels: Labels): KnownExport | null {
  if (!has(labels, 'prospect id', 'lead number', 'lead origin')) return null
  return { system: 'x_education_leads', kind: 'leads', empties: ['Select'], currency: 'INR', power: 0 }
}

/** The public data set of a hardware maker's pipeline: revenue stands in millions of US dollars, prices in dollars. */
function mavenCrm(labels: Labels): KnownExport | null {
  const one = (kind: ImportKind, power: number): KnownExport => ({
    system: 'maven_crm',
    kind,
    empties: [],
    currency: 'USD',
    power,
  })
  if (has(labels, 'account', 'sector', 'year established', 'revenue', 'employees', 'office location'))
    return one('accounts', 6)
  if (has(labels, 'opportunity id', 'sales agent', 'deal stage', 'engage date', 'close value')) return one('deals', 0)
  if (has(labels, 'product', 'series', 'sales price')) return one('products', 0)
  return null
}

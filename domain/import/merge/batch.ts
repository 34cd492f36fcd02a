/**
 * Merges the rows of one batch with each other and with what the store already has, in file order. Pure: the store hands
 * in all records that any row could mean, and writes what comes out.
 *
 * The same company: by domain; else by name, unless both have a domain and they differ.
 * The same person: by e-mail; else by name within the company, unless both have an e-mail and they differ.
 * The same lead: the person's; else by id; for a row with neither person nor id the company's lead that has no person.
 * The same deal: by the source's id; without one by name and company. The same product: by name.
 * Only then by the source system's own id, which is all that some files have.
 *
 * A row's own record is updated where an import set the field; companies and persons named beside it are only filled.
 * What records are told apart by (domain, e-mail, a person's company, the folded names) is filled and never replaced:
 * so whatever row has found a record once finds one again, and importing a file again creates nothing.
 */
import { fold } from '../normalise/name.ts'
import type { AccountPart, ContactPart, CustomValues, ImportRecord } from '../types.ts'
import {
  type Entry,
  mergeCustom,
  newEntry,
  type Setting,
  setField,
  type Stored,
  storedEntry,
  type Value,
} from './entry.ts'
import { dealKey, isOver, pushOnce, refKey } from './keys.ts'
import { type Known, type MergeContext, type NewMessage, type Table, TABLE_OF } from './words.ts'

export class BatchMerge {
  /** All entries touched or known, by table and id. */
  readonly entries: Record<Table, Map<string, Entry>>
  /** References to add: external id to record id. */
  readonly newRefs = new Map<string, string>()
  /** Addresses and their comparing form that must not be written to. */
  readonly suppress = new Set<string>()
  /** What people wrote, of leads that had nothing yet. */
  readonly messages: NewMessage[] = []
  /** How many values were left out because a person or an agent owns the field. */
  spared = 0

  private readonly context: MergeContext
  private readonly refs: Map<string, string>
  private order = 0
  private readonly accountByDomain = new Map<string, Entry>()
  private readonly accountsByName = new Map<string, Entry[]>()
  private readonly contactByEmail = new Map<string, Entry>()
  private readonly contactsByName = new Map<string, Entry[]>()
  private readonly leadByContact = new Map<string, Entry>()
  private readonly leadByAccount = new Map<string, Entry>()
  private readonly dealByName = new Map<string, Entry>()
  private readonly productByName = new Map<string, Entry>()

  constructor(known: Known, context: MergeContext) {
    this.context = context
    this.refs = known.refs
    const load = (stored: Stored[], index: (entry: Entry) => void) => {
      const map = new Map<string, Entry>()
      for (const record of stored) {
        const entry = storedEntry(record, this.order++)
        map.set(entry.id, entry)
        index(entry)
      }
      return map
    }
    this.entries = {
      account: load(known.account, entry => this.indexAccount(entry)),
      contact: load(known.contact, entry => this.indexContact(entry)),
      product: load(known.product, entry => this.indexProduct(entry)),
      lead: load(known.lead, entry => this.indexLead(entry)),
      deal: load(known.deal, entry => this.indexDeal(entry)),
    }
  }

  /** Takes one row in. */
  add(record: ImportRecord): 'created' | 'merged' {
    if (record.doNotEmail && record.contact?.emailKey) {
      this.suppress.add(record.contact.emailKey)
      this.suppress.add((record.contact.email as string).toLowerCase())
    }
    const main = this.addParts(record)
    const key = refKey(record, this.context.kind)
    if (key !== null && !this.refs.has(key)) {
      this.refs.set(key, main.entry.id)
      this.newRefs.set(key, main.entry.id)
    }
    return main.created ? 'created' : 'merged'
  }

  /** Whether the row means a record that is there already; changes nothing. */
  finds(record: ImportRecord): boolean {
    const { kind } = this.context
    if (this.ref(record, TABLE_OF[kind]) !== undefined) return true
    if (kind === 'products') return record.product !== null && this.productByName.has(record.product.nameKey)
    const account = (record.account && this.findAccount(record.account)) ?? null
    if (kind === 'accounts') return account !== null
    if (kind === 'deals')
      return (
        record.externalId === null &&
        account !== null &&
        this.dealByName.has(dealKey(account.id, record.deal?.name ?? ''))
      )
    const contact = (record.contact && this.findContact(record.contact, account)) ?? null
    if (kind === 'contacts') return contact !== null
    if (contact !== null) return this.leadByContact.has(contact.id)
    return (
      record.contact === null && account !== null && record.externalId === null && this.leadByAccount.has(account.id)
    )
  }

  private addParts(record: ImportRecord): { entry: Entry; created: boolean } {
    const { kind } = this.context
    if (kind === 'products') return this.product(record)
    const account = record.account === null ? null : this.account(record.account, record)
    if (kind === 'accounts') return account as { entry: Entry; created: boolean }
    const contact = record.contact === null ? null : this.contact(record.contact, account?.entry ?? null, record)
    if (kind === 'contacts') return contact as { entry: Entry; created: boolean }
    return kind === 'leads'
      ? this.lead(record, account?.entry ?? null, contact?.entry ?? null)
      : this.deal(record, account?.entry ?? null, contact?.entry ?? null)
  }

  private ref(record: ImportRecord, table: Table): Entry | undefined {
    const key = refKey(record, this.context.kind)
    const id = key === null ? undefined : this.refs.get(key)
    return id === undefined ? undefined : this.entries[table].get(id)
  }

  // ── Companies ──

  private account(part: AccountPart, record: ImportRecord): { entry: Entry; created: boolean } {
    const own = this.context.kind === 'accounts'
    const found = this.findAccount(part) ?? (own ? this.ref(record, 'account') : undefined)
    const values: Record<string, Value> = {
      name: part.name,
      nameKey: part.nameKey === '' ? null : part.nameKey,
      domain: part.domain,
      website: part.website,
      industry: part.industry,
      country: part.country,
      city: part.city,
      employees: part.employees,
      revenueMinor: part.revenue?.minor ?? null,
      currency: part.revenue?.currency ?? null,
      founded: part.founded,
      phone: part.phone,
      parentName: part.parentName,
      ownerId: own ? this.owner(record) : null,
    }
    if (found === undefined) {
      values.name ??= part.domain
      values.nameKey ??= ''
      values.custom = own ? this.customOf(record) : {}
      return { entry: this.create('account', values, entry => this.indexAccount(entry)), created: true }
    }
    // A domain that another company has stays there; one's own is not replaced.
    if (part.domain !== null && this.accountByDomain.has(part.domain)) values.domain = null
    if ((found.values.domain ?? null) !== null) values.domain = null
    // A name put in for want of a better one gives way.
    const unnamed = found.values.nameKey === '' && values.nameKey !== null
    // Whoever is found by this name already goes on being found by it.
    if (!unnamed || this.accountsByName.has(part.nameKey)) values.nameKey = null
    this.setAll(found, values, own || unnamed ? 'update' : 'fill', own ? null : ['name', 'nameKey'], own)
    if (own) this.count(mergeCustom(found, this.customOf(record), this.context.mark))
    this.indexAccount(found)
    return { entry: found, created: false }
  }

  private findAccount(part: AccountPart): Entry | undefined {
    const byDomain = part.domain === null ? undefined : this.accountByDomain.get(part.domain)
    if (byDomain !== undefined || part.nameKey === '') return byDomain
    return this.accountsByName
      .get(part.nameKey)
      ?.find(entry => part.domain === null || (entry.values.domain ?? null) === null)
  }

  private indexAccount(entry: Entry): void {
    const domain = entry.values.domain as string | null
    if (domain !== null && domain !== undefined) this.accountByDomain.set(domain, entry)
    pushOnce(this.accountsByName, entry.values.nameKey as string | null, entry)
  }

  // ── Persons ──

  private contact(part: ContactPart, account: Entry | null, record: ImportRecord): { entry: Entry; created: boolean } {
    const own = this.context.kind === 'contacts'
    const byLead =
      this.context.kind === 'leads'
        ? (this.ref(record, 'lead')?.values.contactId as string | null | undefined)
        : undefined
    const found =
      this.findContact(part, account) ??
      (own ? this.ref(record, 'contact') : byLead ? this.entries.contact.get(byLead) : undefined)
    const values: Record<string, Value> = {
      accountId: account?.id ?? null,
      name: part.name,
      nameKey: part.nameKey === '' ? null : part.nameKey,
      firstName: part.firstName,
      lastName: part.lastName,
      title: part.title,
      email: part.email,
      emailKey: part.emailKey,
      phone: part.phone,
      country: part.country,
      language: part.language,
      lawfulBasis: part.lawfulBasis,
      lawfulBasisOn: part.lawfulBasisOn,
      lawfulBasisNote: part.lawfulBasisNote,
    }
    if (found === undefined) {
      values.name ??= part.email
      values.nameKey ??= ''
      values.custom = own ? this.customOf(record) : {}
      values.origin = 'import'
      values.originId = this.context.mark.id?.replace('import:', '') ?? null
      return { entry: this.create('contact', values, entry => this.indexContact(entry)), created: true }
    }
    this.keepAddress(found, values, record)
    keepBasis(found, values)
    if ((found.values.accountId ?? null) !== null) values.accountId = null
    const unnamed = found.values.nameKey === '' && values.nameKey !== null
    if (!unnamed) values.nameKey = null
    const update = own || this.context.kind === 'leads'
    this.setAll(
      found,
      values,
      update || unnamed ? 'update' : 'fill',
      update ? null : unnamed ? ['name', 'nameKey'] : null,
      update,
    )
    if (own) this.count(mergeCustom(found, this.customOf(record), this.context.mark))
    this.indexContact(found)
    return { entry: found, created: false }
  }

  /** The address and its comparing form are set together, and only where there is none; another one is kept beside. */
  private keepAddress(found: Entry, values: Record<string, Value>, record: ImportRecord): void {
    const key = values.emailKey as string | null
    const current = (found.values.emailKey ?? null) as string | null
    const owned = [found.owners.email, found.owners.emailKey].some(
      owner => owner !== undefined && owner.by !== 'import',
    )
    if (key === null || (current === null && !owned && !this.contactByEmail.has(key))) return
    if (key !== current) record.custom['other e-mail'] = values.email as string
    values.email = null
    values.emailKey = null
  }

  private findContact(part: ContactPart, account: Entry | null): Entry | undefined {
    const byEmail = part.emailKey === null ? undefined : this.contactByEmail.get(part.emailKey)
    if (byEmail !== undefined || account === null || part.nameKey === '') return byEmail
    return this.contactsByName
      .get(`${account.id}\n${part.nameKey}`)
      ?.find(entry => part.emailKey === null || (entry.values.emailKey ?? null) === null)
  }

  private indexContact(entry: Entry): void {
    const { emailKey, accountId, nameKey } = entry.values
    if (typeof emailKey === 'string') this.contactByEmail.set(emailKey, entry)
    if (typeof accountId === 'string' && typeof nameKey === 'string' && nameKey !== '')
      pushOnce(this.contactsByName, `${accountId}\n${nameKey}`, entry)
  }

  // ── Leads ──

  private lead(record: ImportRecord, account: Entry | null, contact: Entry | null): { entry: Entry; created: boolean } {
    const byPerson = contact === null ? undefined : this.leadByContact.get(contact.id)
    const byCompany =
      contact === null && account !== null && record.externalId === null
        ? this.leadByAccount.get(account.id)
        : undefined
    const found = byPerson ?? this.ref(record, 'lead') ?? byCompany
    const values: Record<string, Value> = {
      contactId: contact?.id ?? null,
      accountId: account?.id ?? (contact?.values.accountId as string | null | undefined) ?? null,
      ownerId: this.owner(record),
      campaign: record.lead?.campaign ?? null,
    }
    const custom = this.customOf(record)
    if (found === undefined) {
      values.source = this.context.source
      values.status = record.lead?.status ?? 'new'
      values.custom = custom
      const entry = this.create('lead', values, made => this.indexLead(made))
      this.message(entry, record, account)
      return { entry, created: true }
    }
    // The state is where the work on the lead stands: a later import does not turn it back.
    this.setAll(found, { ...values, contactId: null, accountId: null }, 'update', null, true)
    this.setAll(
      found,
      { contactId: values.contactId as Value, accountId: values.accountId as Value },
      'fill',
      null,
      false,
    )
    this.count(mergeCustom(found, custom, this.context.mark))
    this.message(found, record, account)
    this.indexLead(found)
    return { entry: found, created: false }
  }

  private message(lead: Entry, record: ImportRecord, account: Entry | null): void {
    const text = record.lead?.message ?? null
    if (text === null || (lead.values.messageSourceId ?? null) !== null) return
    const id = this.context.newId()
    if (setField(lead, 'messageSourceId', id, 'fill', this.context.mark) !== 'set') return
    this.messages.push({
      id,
      leadId: lead.id,
      text,
      accountId: account?.id ?? null,
      publisherName: record.account?.name ?? record.contact?.name ?? null,
      publisherDomain: record.account?.domain ?? null,
    })
  }

  private indexLead(entry: Entry): void {
    const { contactId, accountId } = entry.values
    if (typeof contactId === 'string') {
      // The open one of several; else the first.
      const other = this.leadByContact.get(contactId)
      if (other === undefined || (isOver(other) && !isOver(entry))) this.leadByContact.set(contactId, entry)
    } else if (typeof accountId === 'string' && !this.leadByAccount.has(accountId))
      this.leadByAccount.set(accountId, entry)
  }

  // ── Deals ──

  private deal(record: ImportRecord, account: Entry | null, contact: Entry | null): { entry: Entry; created: boolean } {
    const part = record.deal as NonNullable<ImportRecord['deal']>
    const key = account === null ? null : dealKey(account.id, part.name)
    const found =
      this.ref(record, 'deal') ?? (record.externalId === null && key !== null ? this.dealByName.get(key) : undefined)
    const stage = this.context.stages.find(part.pipeline, part.stage, part.stageKind)
    const values: Record<string, Value> = {
      name: part.name,
      accountId: account?.id ?? null,
      contactId: contact?.id ?? null,
      ownerId: this.owner(record),
      ownerName: record.ownerName,
      stageId: stage.id,
      pipelineId: stage.pipelineId,
      productId: part.product === null ? null : this.findProduct(part.product.name, part.product.nameKey).id,
      amountMinor: part.amount?.minor ?? null,
      currency: part.amount?.currency ?? null,
      closeDate: part.closeDate,
      engagedOn: part.engagedOn,
      nextStep: part.nextStep,
    }
    const custom = this.customOf(record)
    if (found === undefined) {
      values.source = this.context.source
      values.custom = custom
      return { entry: this.create('deal', values, entry => this.indexDeal(entry)), created: true }
    }
    this.setAll(found, values, 'update', null, true)
    this.count(mergeCustom(found, custom, this.context.mark))
    return { entry: found, created: false }
  }

  private indexDeal(entry: Entry): void {
    const { accountId, name } = entry.values
    if (typeof accountId !== 'string') return
    const key = dealKey(accountId, name as string)
    if (!this.dealByName.has(key)) this.dealByName.set(key, entry)
  }

  // ── Products ──

  private product(record: ImportRecord): { entry: Entry; created: boolean } {
    const part = record.product as NonNullable<ImportRecord['product']>
    const found = this.productByName.get(part.nameKey) ?? this.ref(record, 'product')
    const values: Record<string, Value> = {
      name: part.name,
      series: part.series,
      priceMinor: part.price?.minor ?? null,
      currency: part.price?.currency ?? null,
    }
    if (found === undefined) {
      const all = { ...values, nameKey: part.nameKey, custom: this.customOf(record) }
      return { entry: this.create('product', all, entry => this.indexProduct(entry)), created: true }
    }
    this.setAll(found, values, 'update', null, true)
    this.count(mergeCustom(found, this.customOf(record), this.context.mark))
    this.indexProduct(found)
    return { entry: found, created: false }
  }

  private findProduct(name: string, nameKey: string): Entry {
    const found = this.productByName.get(nameKey)
    if (found !== undefined) return found
    const values = { name, nameKey, series: null, priceMinor: null, currency: null, custom: {} }
    return this.create('product', values, entry => this.indexProduct(entry))
  }

  private indexProduct(entry: Entry): void {
    this.productByName.set(entry.values.nameKey as string, entry)
  }

  // ── Common ──

  private create(table: Table, values: Record<string, Value>, index: (entry: Entry) => void): Entry {
    const entry = newEntry(this.context.newId(), values, this.context.mark, this.order++)
    this.entries[table].set(entry.id, entry)
    index(entry)
    return entry
  }

  /**
   * @param only the fields that `mode` holds for; the others are filled. null: all
   * @param counting whether spared fields count: those of a row's own record do
   */
  private setAll(
    entry: Entry,
    values: Record<string, Value>,
    mode: 'fill' | 'update',
    only: string[] | null,
    counting: boolean,
  ): void {
    for (const [field, value] of Object.entries(values)) {
      const how = only === null || only.includes(field) ? mode : 'fill'
      const setting = setField(entry, field, value, how, this.context.mark)
      if (counting) this.count(setting)
    }
  }

  private count(setting: Setting): void {
    if (setting === 'spared') this.spared++
  }

  private owner(record: ImportRecord): string | null {
    const { users } = this.context
    const byMail = record.ownerEmail === null ? undefined : users.get(record.ownerEmail)
    return byMail ?? (record.ownerName === null ? null : (users.get(fold(record.ownerName)) ?? null))
  }

  /** An owner whom no user answers to is kept by name. */
  private customOf(record: ImportRecord): CustomValues {
    if ((record.ownerName === null && record.ownerEmail === null) || this.owner(record) !== null) return record.custom
    if (this.context.kind === 'deals' && record.ownerEmail === null) return record.custom
    return { ...record.custom, owner: (record.ownerName ?? record.ownerEmail) as string }
  }
}

/** On what ground somebody's data is held is filled where nobody has said, with its date and note, and never replaced by a file. */
function keepBasis(found: Entry, values: Record<string, Value>): void {
  if ((found.values.lawfulBasis ?? null) === null && values.lawfulBasis !== null) return
  for (const field of ['lawfulBasis', 'lawfulBasisOn', 'lawfulBasisNote']) values[field] = null
}

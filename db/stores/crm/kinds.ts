/**
 * The records that people work with, as they see them: what a document of each kind holds, which of its fields a person may set, and
 * how its list is searched. One description each; reading (read.ts) and changing (change.ts) follow it.
 */
export type RecordKind = 'account' | 'contact' | 'lead' | 'deal' | 'task' | 'product'

export interface KindFacts {
  table: string
  /** What a document holds besides id, owner and times: SQL over `r`, with its joins. Keys come out in camel case. */
  columns: string
  joins: string
  owner: string
  /** Has custom fields, and says who set a field last. */
  custom: boolean
  /** Document field → column that a person may set. */
  fields: Readonly<Record<string, string>>
  /** Columns that a search looks into; compared in lower case, from the beginning of a word. */
  search: readonly string[]
  /** Named filters: SQL with `?` for the value. */
  filters: Readonly<Record<string, string>>
}

const OWNER_NAME = 'left join "user" u on u.id = r.owner_id'

export const KIND: Readonly<Record<RecordKind, KindFacts>> = {
  account: {
    table: 'account',
    columns: `r.name, r.domain, r.website, r.industry, r.country, r.city, r.employees, r.revenue_minor, r.currency, r.founded, r.phone, r.parent_name,
      u.name as owner,
      (select count(*) from contact c where c.account_id = r.id)::int as contacts,
      (select count(*) from deal d join stage s on s.id = d.stage_id where d.account_id = r.id and s.kind = 'open')::int as open_deals`,
    joins: OWNER_NAME,
    owner: 'r.owner_id',
    custom: true,
    fields: {
      name: 'name',
      domain: 'domain',
      website: 'website',
      industry: 'industry',
      country: 'country',
      city: 'city',
      employees: 'employees',
      revenueMinor: 'revenue_minor',
      currency: 'currency',
      founded: 'founded',
      phone: 'phone',
      parentName: 'parent_name',
      ownerId: 'owner_id',
    },
    search: ['r.name', 'r.domain'],
    filters: { owner: 'r.owner_id = ?', industry: 'r.industry = ?', country: 'r.country = ?' },
  },
  contact: {
    table: 'contact',
    columns: `r.account_id, a.name as account, r.name, r.first_name, r.last_name, r.title, r.email, r.phone, r.country, r.zone, r.language, r.stale_at,
      r.stale_why, r.lawful_basis, r.lawful_basis_on, r.lawful_basis_note, r.origin, r.origin_id, u.name as owner,
      exists (select 1 from suppression x where x.kind = 'email' and x.value = r.email_key) as suppressed`,
    joins: `${OWNER_NAME} left join account a on a.id = r.account_id`,
    owner: 'r.owner_id',
    custom: true,
    fields: {
      accountId: 'account_id',
      name: 'name',
      firstName: 'first_name',
      lastName: 'last_name',
      title: 'title',
      email: 'email',
      phone: 'phone',
      country: 'country',
      zone: 'zone',
      language: 'language',
      lawfulBasis: 'lawful_basis',
      lawfulBasisOn: 'lawful_basis_on',
      lawfulBasisNote: 'lawful_basis_note',
      origin: 'origin',
      originId: 'origin_id',
      ownerId: 'owner_id',
    },
    search: ['r.name', 'r.email'],
    filters: {
      owner: 'r.owner_id = ?',
      account: 'r.account_id = ?',
      basis: `coalesce(r.lawful_basis, 'unknown') = ?`,
      origin: `coalesce(r.origin, 'unknown') = ?`,
    },
  },
  lead: {
    table: 'lead',
    columns: `r.contact_id, r.account_id, c.name, c.title, c.email, a.name as account, r.source, r.status, r.status_why, r.owner_why, r.assigned_at,
      r.score_value as score, r.campaign, u.name as owner`,
    joins: `${OWNER_NAME} left join contact c on c.id = r.contact_id left join account a on a.id = r.account_id`,
    owner: 'r.owner_id',
    custom: true,
    fields: { status: 'status', statusWhy: 'status_why', campaign: 'campaign', ownerId: 'owner_id' },
    search: ['c.name', 'c.email', 'a.name'],
    filters: { owner: 'r.owner_id = ?', status: 'r.status = ?', account: 'r.account_id = ?' },
  },
  deal: {
    table: 'deal',
    columns: `r.name, r.account_id, a.name as account, r.contact_id, c.name as contact, r.lead_id, r.pipeline_id, r.stage_id, s.name as stage,
      s.kind as stage_kind, r.product_id, r.amount_minor, r.currency, r.close_date, r.next_step, r.source,
      coalesce(u.name, r.owner_name) as owner`,
    joins: `${OWNER_NAME} left join account a on a.id = r.account_id left join contact c on c.id = r.contact_id join stage s on s.id = r.stage_id`,
    owner: 'r.owner_id',
    custom: true,
    fields: {
      name: 'name',
      accountId: 'account_id',
      contactId: 'contact_id',
      productId: 'product_id',
      stageId: 'stage_id',
      amountMinor: 'amount_minor',
      currency: 'currency',
      closeDate: 'close_date',
      nextStep: 'next_step',
      ownerId: 'owner_id',
    },
    search: ['r.name', 'a.name'],
    filters: {
      owner: 'r.owner_id = ?',
      stage: 'r.stage_id = ?',
      account: 'r.account_id = ?',
      kind: 's.kind = ?',
      closesFrom: 'r.close_date >= ?::date',
      closesTo: 'r.close_date <= ?::date',
    },
  },
  task: {
    table: 'task',
    columns: `r.title, r.why, r.due_at, r.status, r.lead_id, r.deal_id, r.contact_id, r.run_id, r.done_at, u.name as owner`,
    joins: 'left join "user" u on u.id = r.assignee_id',
    owner: 'r.assignee_id',
    custom: false,
    fields: { title: 'title', why: 'why', dueAt: 'due_at', status: 'status', ownerId: 'assignee_id' },
    search: ['r.title'],
    filters: { owner: 'r.assignee_id = ?', status: 'r.status = ?', lead: 'r.lead_id = ?', deal: 'r.deal_id = ?' },
  },
  /** Nobody's: the role alone says who changes it. Its cost comes with the custom fields, which not everybody sees either. */
  product: {
    table: 'product',
    columns: 'r.name, r.series, r.price_minor, r.currency, r.archived_at, null::text as owner',
    joins: '',
    owner: 'null::uuid',
    custom: true,
    fields: {
      name: 'name',
      series: 'series',
      priceMinor: 'price_minor',
      currency: 'currency',
      costMinor: 'cost_minor',
      archivedAt: 'archived_at',
    },
    search: ['r.name', 'r.series'],
    filters: { archived: '(r.archived_at is not null) = ?::boolean' },
  },
}

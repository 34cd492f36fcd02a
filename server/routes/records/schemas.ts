/** Documents of the records that people work with, and what they may set in them. */
import { z } from '@hono/zod-openapi'
import { LAWFUL_BASES, ORIGINS } from '../../../domain/privacy/basis.ts'
import { CUSTOM_KEY } from '../../../domain/shape/custom-field.ts'

const text = z.string().nullable()
const id = z.uuid()
export const code = (length: number) => z.string().regex(new RegExp(`^[A-Z]{${length}}$`))
export const line = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .regex(/^[^\p{Cc}]*$/u, 'has line breaks or control characters')
export const name = line(300).min(1)
/** Custom fields by key; null empties one. Each is checked against its definition. */
export const customSet = z.record(z.string().regex(CUSTOM_KEY), z.unknown()).optional()
/** A day that a plan or a price can be about. */
export const day = z.iso.date().regex(/^(19|20|21)/, 'is of no century of ours')
export const minor = z.int().min(0).max(Number.MAX_SAFE_INTEGER)

export const base = {
  id,
  ownerId: id.nullable(),
  owner: text,
  createdAt: z.date(),
  updatedAt: z.date(),
}
export const fields = {
  custom: z.record(z.string(), z.unknown()),
  /** Who set a field last: a field that a person set is theirs. */
  fieldOwners: z.record(z.string(), z.unknown()),
}

export const accountSchema = z
  .object({
    ...base,
    name: z.string(),
    domain: text,
    website: text,
    industry: text,
    country: text,
    city: text,
    employees: z.int().nullable(),
    revenueMinor: z.int().nullable(),
    currency: text,
    founded: z.int().nullable(),
    phone: text,
    parentName: text,
    ...fields,
    contacts: z.int(),
    openDeals: z.int(),
  })
  .openapi('Account')

export const accountSet = z.strictObject({
  custom: customSet,
  name: name.optional(),
  domain: line(253).nullable().optional(),
  website: line(500).nullable().optional(),
  industry: line(200).nullable().optional(),
  country: code(2).nullable().optional(),
  city: line(200).nullable().optional(),
  employees: z.int().min(0).max(100_000_000).nullable().optional(),
  revenueMinor: minor.nullable().optional(),
  currency: code(3).nullable().optional(),
  founded: z.int().min(1000).max(2200).nullable().optional(),
  phone: line(50).nullable().optional(),
  parentName: line(300).nullable().optional(),
  ownerId: id.nullable().optional(),
})

export const contactSchema = z
  .object({
    ...base,
    accountId: id.nullable(),
    account: text,
    name: z.string(),
    firstName: text,
    lastName: text,
    title: text,
    email: text,
    phone: text,
    country: text,
    zone: text,
    language: text,
    staleAt: z.date().nullable(),
    staleWhy: text,
    /** On what ground their data is held (GDPR, Article 6 (1)); null: nobody has said. */
    lawfulBasis: z.enum(LAWFUL_BASES).nullable(),
    /** Since when. */
    lawfulBasisOn: day.nullable(),
    lawfulBasisNote: text,
    /** Where we have them from, and its id there: of the import, the form's submission, the run, the user, the message or who referred them. */
    origin: z.enum(ORIGINS).nullable(),
    originId: text,
    ...fields,
    suppressed: z.boolean(),
  })
  .openapi('Contact')

export const contactSet = z.strictObject({
  custom: customSet,
  accountId: id.nullable().optional(),
  name: name.optional(),
  firstName: line(150).nullable().optional(),
  lastName: line(150).nullable().optional(),
  title: line(200).nullable().optional(),
  email: line(320).nullable().optional(),
  phone: line(50).nullable().optional(),
  country: code(2).nullable().optional(),
  zone: line(60).nullable().optional(),
  language: line(35).nullable().optional(),
  lawfulBasis: z.enum(LAWFUL_BASES).nullable().optional(),
  lawfulBasisOn: day.nullable().optional(),
  lawfulBasisNote: line(500).nullable().optional(),
  origin: z.enum(ORIGINS).nullable().optional(),
  originId: line(200).nullable().optional(),
  ownerId: id.nullable().optional(),
})

export const leadSchema = z
  .object({
    ...base,
    contactId: id.nullable(),
    accountId: id.nullable(),
    name: text,
    title: text,
    email: text,
    account: text,
    source: z.string(),
    status: z.string(),
    statusWhy: text,
    ownerWhy: text,
    assignedAt: z.date().nullable(),
    score: z.number().nullable(),
    campaign: text,
    ...fields,
  })
  .openapi('Lead')

export const LEAD_STATUSES = ['new', 'working', 'nurture', 'qualified', 'disqualified', 'converted', 'closed'] as const

export const leadSet = z.strictObject({
  custom: customSet,
  status: z.enum(LEAD_STATUSES).optional(),
  statusWhy: line(500).nullable().optional(),
  campaign: line(200).nullable().optional(),
  ownerId: id.nullable().optional(),
})

export const dealSchema = z
  .object({
    ...base,
    name: z.string(),
    accountId: id.nullable(),
    account: text,
    contactId: id.nullable(),
    contact: text,
    leadId: id.nullable(),
    pipelineId: id,
    stageId: id,
    stage: z.string(),
    stageKind: z.string(),
    productId: id.nullable(),
    amountMinor: z.int().nullable(),
    currency: text,
    closeDate: z.iso.date().nullable(),
    nextStep: text,
    source: z.string(),
    ...fields,
  })
  .openapi('Deal')

export const dealSet = z.strictObject({
  custom: customSet,
  name: name.optional(),
  accountId: id.nullable().optional(),
  contactId: id.nullable().optional(),
  productId: id.nullable().optional(),
  stageId: id.optional(),
  amountMinor: minor.nullable().optional(),
  currency: code(3).nullable().optional(),
  closeDate: z.iso.date().nullable().optional(),
  nextStep: line(500).nullable().optional(),
  ownerId: id.nullable().optional(),
})

export const taskSchema = z
  .object({
    ...base,
    title: z.string(),
    why: z.string(),
    dueAt: z.date().nullable(),
    status: z.string(),
    leadId: id.nullable(),
    dealId: id.nullable(),
    contactId: id.nullable(),
    runId: id.nullable(),
    doneAt: z.date().nullable(),
  })
  .openapi('Task')

export const taskSet = z.strictObject({
  title: name.optional(),
  why: line(1_000).optional(),
  dueAt: z.iso.datetime({ offset: true }).nullable().optional(),
  status: z.enum(['open', 'done', 'cancelled']).optional(),
  ownerId: id.nullable().optional(),
})

export const recordKind = z.enum(['account', 'contact', 'lead', 'deal', 'task', 'product'])

export const suggestionSchema = z
  .object({
    id,
    kind: recordKind,
    recordId: id,
    field: z.string(),
    value: z.unknown(),
    quote: text,
    sourceId: id.nullable(),
    status: z.string(),
    createdAt: z.date(),
    decidedAt: z.date().nullable(),
  })
  .openapi('Suggestion')

/** A change: what to set, and why. */
export const editOf = <S extends z.ZodType>(set: S) =>
  z.strictObject({ set, why: line(500).default('changed by a person') })

/** The form of the labelled lines. Strict: an unknown or misspelt field is an error, not silently ignored. */
import { z } from 'zod'
import { FACT_KINDS, REJECT_REASONS } from '../../domain/evidence/types.ts'

const isoDay = z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'a year, a month or a day in ISO form')

const subject = z.strictObject({
  name: z.string().min(1),
  aliases: z.array(z.string().min(1)),
  domain: z.string().min(1).nullable(),
})

const range = { start: z.int().nonnegative(), end: z.int().positive() }

const region = z.strictObject({
  ...range,
  role: z.enum(['main', 'header', 'nav', 'footer', 'aside', 'hidden', 'data', 'meta']),
})

const block = z.strictObject({
  ...range,
  kind: z.enum(['heading', 'paragraph', 'item', 'cell', 'quote', 'caption', 'other']),
  level: z.int().min(1).max(6).optional(),
  heads: z.array(z.strictObject(range)).optional(),
})

const claim = z.strictObject({
  subject,
  kind: z.enum(FACT_KINDS),
  value: z.string().min(1),
  quote: z.string().min(1),
  when: isoDay.optional(),
})

const label = {
  id: z.string().regex(/^[a-z]+-\d{3}$/),
  claim,
  expect: z.enum(['ok', ...REJECT_REASONS]),
  /** Further reasons a careful reader could defend; none where `expect` is ok. */
  also: z.array(z.enum(REJECT_REASONS)).optional(),
  note: z.string().min(1),
}

export const labelledLine = z.strictObject({
  ...label,
  category: z.string().regex(/^[a-z]+(-[a-z]+)*$/),
  source: z.strictObject({
    kind: z.enum(['page', 'mail', 'call_note', 'crm_field', 'knowledge']),
    text: z.string().min(1),
    regions: z.array(region).optional(),
    blocks: z.array(block).optional(),
    publisher: subject.nullable(),
    title: z.string().optional(),
    dated: isoDay.optional(),
  }),
})

/** A line about a real page holds where the page is, never its text. */
export const realLine = z.strictObject({
  ...label,
  page: z.strictObject({
    repo: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
    commit: z.string().regex(/^[0-9a-f]{40}$/),
    path: z.string().regex(/^(?!\/)(?!.*\.\.)[\w./-]+$/),
  }),
  publisher: subject,
})

export type LabelledLine = z.infer<typeof labelledLine>
export type RealLine = z.infer<typeof realLine>

/** Our own approved knowledge: one Markdown file an item, with front matter, read from files that people keep. */
import { z } from 'zod'
import { DealwrightError } from '../domain/errors.ts'
import { splitFrontMatter } from './front-matter.ts'

export const KNOWLEDGE_KINDS = ['offering', 'proof_point', 'case_study', 'price', 'voice'] as const
export type KnowledgeKind = (typeof KNOWLEDGE_KINDS)[number]

export interface KnowledgeFile {
  id: string
  kind: KnowledgeKind
  title: string
  text: string
  /** Two letters; English when the file does not say. */
  lang: string
  /** Where the claim comes from: a study, a signed statement, the price list. */
  source: string
}

const header = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'small letters, digits and hyphens only'),
  kind: z.enum(KNOWLEDGE_KINDS),
  title: z.string().trim().min(1),
  lang: z
    .string()
    .regex(/^[a-z]{2}$/, 'two small letters, such as de')
    .default('en'),
  source: z.string().trim().min(1),
})

/** Throws `bad_input` naming the file and what to correct. */
export function parseKnowledge(content: string, file: string): KnowledgeFile {
  const { data, body } = splitFrontMatter(content, file)
  const parsed = header.safeParse(data)
  if (!parsed.success) {
    throw new DealwrightError('bad_input', `${file}: ${z.prettifyError(parsed.error)}. Correct the front matter.`)
  }
  if (body === '') throw new DealwrightError('bad_input', `${file}: there is no text after the front matter.`)
  return { ...parsed.data, text: body }
}

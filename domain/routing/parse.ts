/** The territories file: which leads belong where, and who works there. */
import { z } from 'zod'
import { readDefinition } from '../definition-file.ts'
import type { PlaybookProblem } from '../playbook/types.ts'

const names = z.array(z.string().min(1)).min(1)

const territory = z.strictObject({
  name: z.string().min(1).max(80),
  /** ISO country codes. */
  countries: z
    .array(z.string().regex(/^[A-Z]{2}$/, 'a country is two capital letters, such as DE'))
    .min(1)
    .optional(),
  industries: names.optional(),
  sources: names.optional(),
  employees: z
    .strictObject({ from: z.number().int().min(0).optional(), to: z.number().int().min(0).optional() })
    .optional(),
  /** `everyone`, or e-mail addresses. */
  people: z.union([z.literal('everyone'), z.array(z.email()).min(1)]),
})

const schema = z.strictObject({
  territories: z.literal(1),
  list: z.array(territory).min(1).max(500),
})

export type Territory = z.infer<typeof territory>
export interface Territories {
  list: Territory[]
}

export function parseTerritories(
  text: string,
  file: string,
): { territories?: Territories; problems: PlaybookProblem[] } {
  const { value, problems, report } = readDefinition(text, file, schema)
  if (!value) return { problems }
  const seen = new Set<string>()
  for (const [index, one] of value.list.entries()) {
    if (seen.has(one.name)) report(['list', index, 'name'], `two territories are called “${one.name}”`)
    seen.add(one.name)
    const { from, to } = one.employees ?? {}
    if (from !== undefined && to !== undefined && from > to)
      report(['list', index, 'employees'], `no company has from ${from} to ${to} employees`)
  }
  return problems.length > 0 ? { problems } : { territories: { list: value.list }, problems }
}

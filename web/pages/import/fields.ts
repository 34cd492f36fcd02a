/** Fields of an import in the words of people, and the choices that one makes about columns as the API takes them. */
import type { ImportResult } from '../../api/upload.ts'

type Column = ImportResult['columns'][number]

const WORDS: Readonly<Record<string, string>> = {
  externalId: 'Id in the other system',
  email: 'E-mail address',
  fullName: 'Name (first and last)',
  title: 'Job title',
  parentName: 'Parent company',
  ownerName: 'Owner (name)',
  ownerEmail: 'Owner (e-mail address)',
  message: 'What they wrote',
  doNotEmail: 'Do not e-mail',
  lawfulBasisOn: 'Lawful basis: since when',
  lawfulBasisNote: 'Lawful basis: note',
  dealName: 'Name of the deal',
  dealStatus: 'Deal: open, won or lost',
  engagedOn: 'Last engaged',
}

/** `closeDate` → `Close date`, `custom.region` → `Region (your field)`. */
export function fieldInWords(field: string): string {
  if (WORDS[field]) return WORDS[field]
  const own = field.startsWith('custom.')
  const words = field
    .replace(/^custom\./, '')
    .replaceAll('_', ' ')
    .replaceAll(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`)
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${own ? ' (your field)' : ''}`
}

/** What somebody chose for a column, by its header; null: keep it under its own name. */
export type Choices = Readonly<Record<string, string | null>>

/**
 * The choices as a map of the API: only fields whose columns are not those that were guessed.
 * @returns undefined where nothing differs from the guess
 */
export function mapOf(guessed: readonly Column[], choices: Choices): string | undefined {
  const headersOf = (fieldOf: (column: Column) => string | null) => {
    const found = new Map<string, string[]>()
    for (const column of guessed) {
      const field = column.ignored ? null : fieldOf(column)
      if (field !== null) found.set(field, [...(found.get(field) ?? []), column.header])
    }
    return found
  }
  const before = headersOf(({ field }) => field)
  const after = headersOf(({ header, field }) => (header in choices ? (choices[header] ?? null) : field))
  const map: Record<string, string[] | null> = {}
  for (const field of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(field) ?? [], after.get(field) ?? []]
    if (was.join('\n') !== is.join('\n')) map[field] = is.length > 0 ? is : null
  }
  return Object.keys(map).length === 0 ? undefined : JSON.stringify(map)
}

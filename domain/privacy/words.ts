/** The words by which a person is found wherever they stand, and what takes their place. */

export interface Words {
  /** Regular expressions in the syntax that Postgres and JavaScript share, to be matched whatever the case. */
  patterns: string[]
  /** For each, what takes the place of a match where length does not matter. */
  fillers: string[]
  /** As written, for what is no text. */
  plain: string[]
}

/** Addresses, the whole name (a first name alone is everybody's) and the telephone number however it is written. */
export function wordsOf(person: { name: string | null; emails: readonly string[]; phones: readonly string[] }): Words {
  const words: Words = { patterns: [], fillers: [], plain: [] }
  const add = (pattern: string, filler: string, plain: readonly string[]) => {
    words.patterns.push(pattern)
    words.fillers.push(filler)
    words.plain.push(...plain)
  }
  for (const email of new Set(person.emails.map(one => one.toLowerCase()))) {
    add(literal(email), filler(email), [email])
    const encoded = encodeURIComponent(email)
    if (encoded !== email) add(literal(encoded), filler(encoded), [encoded])
  }
  const name = person.name?.trim().replace(/\s+/g, ' ') ?? ''
  if (/\S\s\S/.test(name)) add(name.split(' ').map(literal).join('\\s+'), filler(name), [name])
  for (const phone of person.phones) {
    const digits = phone.replace(/\D/g, '')
    // Digits, not letters: in JSON a number stays one.
    if (digits.length >= 6) add(digits.split('').join('[ ./()-]{0,3}'), '1'.repeat(digits.length), [phone])
  }
  return words
}

const literal = (text: string): string =>
  text.replace(/[\\^$.*+?()[\]{}|/-]/g, sign => (sign === '-' || sign === '/' ? sign : `\\${sign}`))
const filler = (text: string): string => 'x'.repeat(text.length)

/** The text with every match blotted out at equal length, so that offsets into the rest hold. */
export function redact(text: string, { patterns }: Pick<Words, 'patterns'>): string {
  return patterns.reduce((left, pattern) => left.replace(new RegExp(pattern, 'giu'), blot), text)
}

/** All of it blotted out: every sign but white space, at equal length. */
export const blot = (text: string): string => text.replace(/\S/g, 'x')

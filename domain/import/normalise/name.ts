/** Names of companies, people and products: tidied for showing, folded for comparing. */

/** Letters that do not decompose into a base letter and an accent. */
const LETTERS: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
}

/** White space made single and trimmed; null when nothing is left. */
export function tidy(text: string): string | null {
  const clean = text.replace(/[\s\u00a0\u200b\ufeff]+/g, ' ').trim()
  return clean === '' ? null : clean
}

/** Lower case without accents: "Müller-Lüdenscheidt" and "Muller Ludenscheidt" are folded alike by the keys below. */
export function fold(text: string): string {
  const lower = text.toLowerCase()
  // oxlint-disable-next-line no-control-regex -- all of ASCII needs no folding
  if (/^[\x00-\x7f]*$/.test(lower)) return lower
  return lower
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[ßæœøłđðþı]/g, letter => LETTERS[letter] ?? letter)
}

function words(text: string): string[] {
  return fold(text)
    .replace(/['’`´.]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word !== '')
}

/** Legal forms, as whole words at a name's end (a few also at its start). */
const LEGAL = new Set(
  `inc incorporated corp corporation co company ltd limited llc llp lp plc pllc pc gmbh mbh ag kg kgaa ohg gbr ug se ev eg ek
   sa sas sarl sasu eurl snc sci scop srl sl slu sc scs spa srls bv nv vof cv ab hb as asa aps oy oyj kft zrt sro as doo dd
   spzoo pty pvt private pte bhd sdn kk gk jsc ooo oao zao pao lda ltda eireli sapi ltee inh`
    .trim()
    .split(/\s+/),
)

/** Folded company name without legal forms: "Acme Corporation", "ACME Corp." and "Acme" are one. */
export function companyKey(name: string): string {
  const all = words(name.replaceAll('&', ' and ').replace(/(?<!\p{L})(\p{L})\/(\p{L})(?!\p{L})/gu, '$1$2'))
  let end = all.length
  while (end > 1 && (LEGAL.has(all[end - 1] as string) || (end < all.length && isJoiner(all[end - 1] as string)))) end--
  const kept = all.slice(0, end)
  if (kept.length > 1 && kept[0] === 'the') kept.shift()
  return kept.join(' ')
}

/** The name as people say it: "Haselauer Spritzguss GmbH & Co. KG" is "Haselauer Spritzguss". */
export function companySpoken(name: string): string {
  const all = name.trim().split(/\s+/)
  const key = companyKey(name)
  for (let end = 1; end < all.length; end++) {
    const short = all.slice(0, end).join(' ').replace(/[,&]$/, '')
    if (companyKey(short) === key) return short
  }
  return all.join(' ')
}

/** "GmbH & Co. KG": what stands between two legal forms goes with them. */
function isJoiner(word: string): boolean {
  return word === 'and' || word === 'und' || word === 'et' || word === 'y'
}

const TITLES = new Set(
  'mr mrs ms miss mx dr prof professor sir dame herr frau hr fr mme mlle m sr sra srta don dona ing dipl mag'.split(
    ' ',
  ),
)
const SUFFIXES = new Set('jr sr ii iii iv phd md mba esq cpa pmp'.split(' '))

/** Folded name of a person without titles, the family name last. */
export function personKey(name: string): string {
  const all = words(turnAround(name))
  let start = 0
  let end = all.length
  while (end - start > 1 && TITLES.has(all[start] as string)) start++
  while (end - start > 1 && SUFFIXES.has(all[end - 1] as string)) end--
  return all.slice(start, end).join(' ')
}

/** "Doe, Jane" to "Jane Doe". */
function turnAround(name: string): string {
  const parts = name.split(',')
  if (parts.length !== 2) return name
  const [family = '', given = ''] = parts.map(part => part.trim())
  return family === '' || given === '' || SUFFIXES.has(fold(given).replaceAll('.', '')) ? name : `${given} ${family}`
}

export interface PersonName {
  name: string
  firstName: string | null
  lastName: string | null
}

/** Puts a person's name together from what a file has of it; null when it has nothing. */
export function personName(parts: {
  full: string | null
  first: string | null
  last: string | null
}): PersonName | null {
  const first = parts.first === null ? null : tidy(parts.first)
  const last = parts.last === null ? null : tidy(parts.last)
  if (first !== null || last !== null) {
    return { name: [first, last].filter(part => part !== null).join(' '), firstName: first, lastName: last }
  }
  const full = parts.full === null ? null : tidy(turnAround(parts.full))
  if (full === null) return null
  const pieces = full.split(' ')
  const start = pieces.findIndex(piece => !TITLES.has(fold(piece).replaceAll('.', '')))
  const given = pieces.slice(Math.max(start, 0))
  if (given.length < 2) return { name: full, firstName: null, lastName: null }
  return { name: full, firstName: given[0] as string, lastName: given.slice(1).join(' ') }
}

/** Folded product name: letters and digits only, so "GTXPro" and "GTX Pro" are one. A plus or sharp sign counts. */
export function productKey(name: string): string {
  return fold(name)
    .replaceAll('+', 'plus')
    .replaceAll('#', 'sharp')
    .replace(/[^\p{L}\p{N}]+/gu, '')
}

/** Folded header or label: words with single spaces. */
export function labelKey(text: string): string {
  return words(text).join(' ')
}

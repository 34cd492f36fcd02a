/** Whether a found value says the same as a planted one, however it is spelt. For graders only. */

/** Lower case, without accents, quotation marks and most punctuation. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[’'"“”„«»]/g, '')
    .replace(/[^\p{L}\p{N}@.+&%€£$/-]+/gu, ' ')
    .replace(/[.\s]+$/g, '')
    .trim()
}

const SCALES: [RegExp, number][] = [
  [/^(billion|milliarde|milliard|bn)/, 1e9],
  [/^(million|mio|mn|m\b)/, 1e6],
  [/^(thousand|tausend|mille|k\b)/, 1e3],
]

/** All numbers of a text, thousands separators and words of scale understood: `4,5 Millionen` is 4500000. */
export function numbersOf(text: string): number[] {
  const out: number[] = []
  for (const found of text.matchAll(/\d+(?:[.,\s\u00a0\u202f]\d+)*/g)) {
    const written = found[0].replace(/[\s\u00a0\u202f]/g, ' ')
    const grouped = /^\d{1,3}([., ]\d{3})+$/.test(written)
    const value = grouped ? Number(written.replace(/[., ]/g, '')) : Number(written.replace(',', '.').replace(/ /g, ''))
    const after = text
      .slice(found.index + found[0].length)
      .trimStart()
      .toLowerCase()
    const scale = SCALES.find(([word]) => word.test(after))?.[1] ?? 1
    // Rounded: 4.1 times a million is not quite 4100000.
    out.push(Math.round(value * scale * 100) / 100)
  }
  return out
}

const ARTICLES = new Set([
  'a',
  'an',
  'the',
  'der',
  'die',
  'das',
  'ein',
  'eine',
  'un',
  'une',
  'des',
  'le',
  'la',
  'les',
  'du',
  'de',
])

export function tokens(text: string): string[] {
  return fold(text)
    .split(/[\s/-]+/)
    .filter(token => token !== '' && !ARTICLES.has(token))
}

/** The share of the first text's tokens that the second holds. */
export function coverage(of: string, within: string): number {
  const wanted = tokens(of)
  const held = new Set(tokens(within))
  return wanted.length === 0 ? 0 : wanted.filter(token => held.has(token)).length / wanted.length
}

/** Whether two passages of one text share most of the shorter one: either holds the other, up to spelling. */
export function overlaps(a: string, b: string): boolean {
  const [left, right] = [fold(a), fold(b)]
  if (left === '' || right === '') return false
  return left.includes(right) || right.includes(left)
}

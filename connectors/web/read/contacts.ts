/** E-mail addresses and phone numbers as they stand in a text. */

export interface FoundContact {
  kind: 'email' | 'phone'
  start: number
  end: number
}

const LOCAL = /[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]/
const DOMAIN = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})(?:\.[A-Za-z0-9-]{1,63}){1,8}/
/** Two file names with an at sign between them (`logo@2x.png`) are no address. */
const FILE_ENDING = /\.(?:png|jpe?g|gif|svg|webp|avif|css|js|ico)$/i

/** Looks left and right of each `@`, so that the cost is that of the text, whatever it holds. */
export function findEmails(text: string, max: number): FoundContact[] {
  const found: FoundContact[] = []
  for (let at = text.indexOf('@'); at >= 0 && found.length < max; at = text.indexOf('@', at + 1)) {
    let start = at
    while (start > 0 && at - start < 64 && LOCAL.test(text[start - 1] ?? '')) start -= 1
    while (start < at && /[.'/=]/.test(text[start] ?? '')) start += 1
    const domain = DOMAIN.exec(text.slice(at + 1, at + 256))?.[0].replace(/[.-]+$/, '')
    if (start === at || domain === undefined || !/\.(?:xn--[a-z0-9-]+|[a-z]{2,24})$/i.test(domain)) continue
    if (FILE_ENDING.test(domain)) continue
    found.push({ kind: 'email', start, end: at + 1 + domain.length })
  }
  return found
}

/** A run of digits with the marks people put between them, on one line. */
const DIGITS = /(?<![\w.,/@-])\+?\(?\d[\d ().\-/\u2010-\u2013]{5,22}\d(?![\w@])/g
const INTERNATIONAL = /^\+/
const NORTH_AMERICAN = /^(?:1[ .-])?(?:\(\d{3}\) ?|\d{3}[.-])\d{3}[ .-]\d{4}$/
const LABEL =
  /(?:^|[^\p{L}])(?:tel(?:efon|ephone|éfono|éphone|efono)?|phone|call(?: us)?|mobile?|cell|hotline|toll[- ]free|[tpm]|電話|代表|電話番号)\W{0,4}(?:(?:no|nr|number)\W{0,3})?$/iu
const FAX = /(?:fax|ファックス|ファクス)\W{0,4}(?:(?:no|nr|number)\W{0,3})?$/iu

/**
 * Numbers in international form (`+49 30 1234567`), North American form (`(555) 123-4567`), or behind a label
 * (`Tel. 030 / 1234567`). Fax numbers are left out: nobody can be called there.
 */
export function findPhones(text: string, max: number): FoundContact[] {
  const found: FoundContact[] = []
  for (const match of text.matchAll(DIGITS)) {
    const number = match[0]
    const digits = number.replace(/\D/g, '').length
    if (digits < 7 || digits > 15) continue
    const before = text.slice(Math.max(0, match.index - 24), match.index)
    const plain = INTERNATIONAL.test(number) || NORTH_AMERICAN.test(number)
    if (FAX.test(before) || (!plain && !LABEL.test(before))) continue
    found.push({ kind: 'phone', start: match.index, end: match.index + number.length })
    if (found.length >= max) break
  }
  return found
}

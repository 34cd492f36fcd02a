/** Addresses and numbers under which a company is reached. */
import type { Draft, Rule } from './rule.ts'

const EMAIL = /(?<![\w.+-])[\w.+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu
const PHONE =
  /(?<![\w+/.,-])(?:\+\d{1,3}[\s.-]?(?:\(0\)\s?)?(?:\(\d{1,4}\)[\s.-]?)?\d[\d\s./-]{5,16}\d|\(?0\d{1,5}\)?[\s./-]\d[\d\s./-]{4,14}\d)(?![\w])/gu

/** North American numbers carry no plus: "1 (602) 850-5200", "775.750.0540". */
const NORTH_AMERICAN =
  /(?<![\w+/.,()-])(?:1[\s.-])?(?:\([2-9]\d{2}\)\s?|[2-9]\d{2}[\s.-])\d{3}[\s.-]\d{4}(?![\w-]|\.\d)/gu

export const contacts: Rule = ({ text }) => {
  const drafts: Draft[] = []
  for (const match of text.matchAll(EMAIL)) drafts.push({ kind: 'email', value: match[0], quote: range(match) })
  const phones = [...text.matchAll(PHONE)]
  for (const match of phones.length > 0 ? phones : text.matchAll(NORTH_AMERICAN)) {
    const fax = /fax[^\d]{0,8}$/i.test(text.slice(0, match.index))
    if (!fax && match[0].replace(/\D/g, '').length >= 7)
      drafts.push({ kind: 'phone', value: match[0].trim(), quote: range(match) })
  }
  return drafts
}

function range(match: RegExpExecArray): { start: number; end: number } {
  return { start: match.index, end: match.index + match[0].length }
}

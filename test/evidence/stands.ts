/**
 * Whether a quote stands in a text at token bounds, forgiving white space, quotation marks and end punctuation.
 * Written for the labels alone and apart from the rules, so that the two can disagree.
 */
export function quoteStands(quote: string, text: string): boolean {
  const wanted = plain(quote).replace(/^[\s'.,;:!?]+|[\s'.,;:!?]+$/g, '')
  const within = plain(text)
  for (let at = within.indexOf(wanted); at >= 0; at = within.indexOf(wanted, at + 1)) {
    if (isBound(within, at) && isBound(within, at + wanted.length)) return true
  }
  return false
}

function plain(text: string): string {
  return text.replace(/[“”„‟"«»‘’‚‛`´]/g, "'").replace(/\s+/g, ' ')
}

/** No bound lies between two letters or digits, nor beside a point or comma between two digits. */
function isBound(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 2), at)
  const after = text.slice(at, at + 2)
  if (/[\p{L}\p{N}]$/u.test(before) && /^[\p{L}\p{N}]/u.test(after)) return false
  return !(/\d[.,]$/.test(before) && /^\d/.test(after)) && !(/\d$/.test(before) && /^[.,]\d/.test(after))
}

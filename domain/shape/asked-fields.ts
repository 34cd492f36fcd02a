/** Which fields of a deal an exit rule speaks of: what a person is asked for when the rule is not met. */

/** A text in quotes, so that what stands in it is not taken for a field. */
const TEXTS = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g
const FIELD = /\bdeal\.(custom\.)?([A-Za-z_]\w*)/g

/**
 * In the order in which they stand, each once; custom ones as `custom.region`.
 * @example askedFields('has(deal.amount) && deal.custom.region != "deal.name"') // ['amount', 'custom.region']
 */
export function askedFields(rule: string): string[] {
  const found = rule.replaceAll(TEXTS, '""').matchAll(FIELD)
  return [...new Set([...found].map(([, custom = '', name]) => `${custom}${name}`))]
}

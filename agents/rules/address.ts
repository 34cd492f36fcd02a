/** The town in a firm's own address: its name, street and number, code and town in one line, as imprints and footers have it. */
import type { Rule } from './rule.ts'

const TOWN = String.raw`(?<v>\p{Lu}[\p{L}'’.-]+(?:[ -](?:am|an|der|sur|upon|under|de|la|le|les|in|on|\p{Lu}[\p{L}'’.-]+)){0,3})`
/** German, French, Dutch and other codes before the town; British codes on either side; American ones behind the state. */
const FORMS = [
  String.raw`(?:[A-Z]{1,2}-)?\d{4,5}(?:\s[A-Z]{2})?\s${TOWN}`,
  String.raw`\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\s${TOWN}`,
  String.raw`,\s${TOWN},?\s[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b`,
  String.raw`,\s${TOWN},\s[A-Z]{2}\s\d{5}\b`,
  String.raw`\b[A-Z]{2}\s\d{5}\s${TOWN}`,
].map(form => new RegExp(`${form}(?=\\s*(?:$|[,·|–•.;]))`, 'u'))

export const ownAddress: Rule = ({ text, isSubject }) => {
  const [name = '', ...rest] = text.split(/\s*[,·|•–]\s+/u)
  // "Orrin Pumps, Inc., 12 Mill Lane": the legal form may stand apart.
  if (text.length > 160 || rest.length === 0 || !isSubject(name) || !/\d/.test(rest.join(' '))) return []
  const value = FORMS.map(form => form.exec(text)?.groups?.['v']).find(town => town !== undefined)
  return value === undefined ? [] : [{ kind: 'headquarters', value }]
}

/** Whether a count of people is of the whole company: a site's, a season's or one trade's people are a part of it. */
import { fold } from './text.ts'

const SITE_NOUN =
  '(?:sites?|plants?|branch|factory|works|depot|workshop|foundry|mill|hub|headquarters|laboratory|warehouse|\\w*standort|\\w*werk|\\w*niederlassung|\\w*stammsitz|\\w*hauptsitz|\\w*zentrale|\\w*filiale|usine|site|agence|atelier|siege|entrepot|planta|fabrica|sede|sucursal|delegacion|almacen)'
const OWN =
  '(?:our|the|its|their|this|unser\\w*|d(?:er|em|ie|as)|seine\\w*|ihre\\w*|notre|nos|la|le|sa|son|l|nuestr[oa]|el|su)'

/** "At our Leeds plant, 85 people …", "An unserem Standort in Ulm arbeiten 265 …": one site, named in the count's own clause. */
const AT_SITE = new RegExp(
  `\\b(?:at|in|from|am|an|im|bei|a|dans|en|sur)\\s(?:${OWN}['\\s]\\s?)?(?:[\\p{L}-]+\\s){0,2}${SITE_NOUN}\\b[^.;:]{0,40}$`,
  'u',
)
/** "In Ulm arbeiten 41 …": a place before a verb of working. */
const WORKS_THERE =
  /\b(?:in|at|bei|a|en)\s(?!(?:us|uns|nous|ihm|der firma|unserem unternehmen)\s)(?:[\p{L}-]+\s){1,3}(?:work|are employed|arbeiten|sind|travaillent|trabajan)\s(?:\p{L}+\s){0,2}$/u
const SEASON =
  /\b(?:peak|high season|busy season|in season|seasonal\w*|harvest|hochsaison|saisonal\w*|zu spitzenzeiten|haute saison|en saison|saisonnier\w*|temporada|campana|estacional\w*)\b/
/** "Our hotline is looked after by 34 engineers": people who are the means of one task. */
const MEANS = /\b(?:by|through|durch|par|por)\s(?:\p{L}+\s){0,2}$/u
const EMPLOYED =
  /\b(?:employ\w*|staff\w*|workforce|payroll|owned|beschaftig\w*|belegschaft|emploi\w*|effectif\w*|plantilla|emplea\w*)\b/

/** Why the number counts a part of the staff only, in words; null when nothing says so. `at` is relative to `sentence`. */
export function partOfStaff(value: string, sentence: string, at: { start: number; end: number }): string | null {
  const said = fold(value)
  // Of equal length only where folding keeps it; what stands before is folded by itself.
  const before = fold(sentence.slice(0, at.start))
  const clause = before.slice(Math.max(before.lastIndexOf(';'), before.lastIndexOf(': ')) + 1)
  const isSite = AT_SITE.test(clause) || WORKS_THERE.test(clause)
  if (isSite && !/\b(?:in|at|an|am|bei|a|en)\s/.test(said)) return 'the number counts the people of one site'
  const near = `${clause.slice(-60)} ${fold(sentence.slice(at.end, at.end + 40)).split(/[.;]/)[0]}`
  if (SEASON.test(near) && !SEASON.test(said)) return 'the number holds for a season'
  if (MEANS.test(clause) && !EMPLOYED.test(fold(sentence))) return 'the number counts the people of one task'
  return null
}

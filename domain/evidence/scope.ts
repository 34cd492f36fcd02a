/** What a denying or limiting word in a sentence speaks about. Texts are lower case without accents. */
import type { LimitRule } from './negation-words.ts'
import { isVerb } from './names.ts'
import type { Span } from './text.ts'

/** Nouns that the adjective "former" takes the fact away from, whatever the value names. */
const ROLE_NOUN =
  /\b(?:office|site|location|plant|branch|headquarters|seat|store|factory|customer|client|partner|supplier|employee|ceo|cto|cfo|coo|president|chief|director|manager|head|chairman|owner|standort|werk|sitz|kunde|partner|leiter|leiterin|chef|chefin|geschaftsfuhrer|geschaftsfuhrerin|directeur|directrice|client|siege|site|president|directora?|gerente|cliente|sede|presidente)\b/

const ADJECTIVE = /^(?:former|previous|ex|ehemalig|vormalig|einstig|damalig|fruher|ancien|antigu)/
const UPPER_BOUND =
  /^(?:up to|at most|no more|not more|bis zu|jusqu'a|hasta|less than|fewer than|weniger|moins|menos|maximal|hochstens|au plus|como maximo)/
const CONTRAST_OBJECT =
  /^\s(?:for|in|on|at|to|from|with|by|the|an?|our|its|fur|im?|am|mit|von|die|der|das|den|ein\w*|pour|en|dans|le|la|les|une?|para|con|el|los|las)\s/

/** A word that stands beside the value's parts without speaking about any of them. */
export function isHarmless(rule: LimitRule, hit: Span, text: string, targets: readonly Span[], value: string): boolean {
  const word = text.slice(hit.start, hit.end)
  const after = text.slice(hit.end)
  if (/^(?:without|ohne|sans|sin)$/.test(word)) return !touches(targets, hit.end, phraseEnd(text, hit.end))
  if (ADJECTIVE.test(word) && rule.class === 'ended') {
    const end = phraseEnd(text, hit.end)
    const role = ROLE_NOUN.exec(text.slice(hit.end, end))?.[0]
    // "The former CEO X is now chairman": the claim of X as chairman stands.
    if (role && /,/.test(value) && !value.includes(role)) return true
    return !touches(targets, hit.end, end) && role === undefined
  }
  if (rule.class === 'limit' && UPPER_BOUND.test(word)) return !touches(targets, hit.end, hit.end + 25)
  if (/^(?:not|nicht|pas|no|non)$/.test(word)) {
    // "not 90 but 70": only what stands between is denied.
    const contrast = /^\s[^.;]{1,60}?,?\s(?:but|sondern|mais|sino)\s/.exec(after)
    if (contrast && !hasVerb(contrast[0])) return !touches(targets, hit.end, hit.end + contrast[0].length)
    // ", not for the office": only what follows is denied.
    if (/,\s*(?:and |but )?$/.test(text.slice(0, hit.start)) && CONTRAST_OBJECT.test(after))
      return !touches(targets, hit.end, text.length)
  }
  // "Not one of our 95 employees": what is owned and counted is taken as given.
  if (
    rule.class === 'denial' &&
    targets.some(
      target =>
        target.start > hit.end && OWNED.test(text.slice(hit.end, target.start)) && /^\d/.test(text.slice(target.start)),
    )
  )
    return true
  // "X replaces Y with Z": Y alone goes.
  if (/^(?:replac|ersetz|remplac|reemplaz|sustitu)/.test(word)) {
    const end = text.slice(hit.end).search(/\s(?:with|by|durch|par|por|con)\s|[;.]/)
    return !touches(targets, hit.end, end === -1 ? text.length : hit.end + end)
  }
  // "switched from A to B": B is where it went.
  if (rule.class === 'ended' && /\bfrom$/.test(word)) {
    const to = text.slice(hit.end).search(/\sto\s/)
    if (to !== -1) return !touches(targets, hit.end, hit.end + to)
  }
  // "180 to 200 staff, depending on the season": a range says so itself.
  if (word.startsWith('depend') && /\d\s?(?:-|–|to|bis)\s?\d/.test(value)) return true
  // "switched to X in 2024, doesn't want a trial": in a list of notes each comma begins anew.
  if (
    rule.class === 'denial' &&
    word.endsWith("n't") &&
    /,\s$/.test(text.slice(0, hit.start)) &&
    /^\s\w+\s(?:an?|the|to|any)\s/.test(after)
  )
    return !touches(targets, hit.end, text.length)
  // "closed its Malmo office": a verb with its object ends that object alone.
  if (
    rule.class === 'ended' &&
    /^\s(?:its|our|the|their|an?|sein\w*|ihr\w*|unser\w*|den|die|das|ses|son|sa|nos|notre|sus?|nuestr\w+|la|el)\s/.test(
      after,
    ) &&
    /(?:ed|sold|lost|left|down|off|shut|up|with|of|from|out|en)$/.test(word)
  ) {
    return !touches(targets, hit.end, clauseEnd(text, hit.end))
  }
  return false
}

const OWNED =
  /\b(?:our|its|unser\w*|nos|nuestr[oa]s|notre)\s(?:now\s|about\s|over\s|more than\s|rund\s|etwa\s|mehr als\s|plus de\s|mas de\s)?$/

function touches(targets: readonly Span[], start: number, end: number): boolean {
  return targets.some(target => target.start < end && target.end > start)
}

/** End of the noun phrase that begins at `at`: before a preposition, a mark or the fifth word. */
function phraseEnd(text: string, at: number): number {
  const match =
    /^[\s-]*(?:(?!(?:in|at|of|on|for|from|with|and|or|is|was|are|were|who|to|by|im|am|bei|von|fur|mit|und|wurde|ist|war|en|dans|a|de|du|et|est|qui|para|con|y|es|que)[\s])[\p{L}\p{N}'-]+[\s-]?){1,4}/u.exec(
      text.slice(at, at + 90),
    )
  return at + (match?.[0].length ?? 0)
}

function clauseEnd(text: string, at: number): number {
  const end = text.slice(at).search(/[;.]|,?\s(?:and|but|und|aber|et|mais|y|pero)\s/)
  return end === -1 ? text.length : at + end
}

const BREAK =
  /;|:\s|\s[–—]\s|,?\s(?:but|whereas|while|although|though|however|aber|jedoch|sondern|wahrend|obwohl|mais|tandis que|alors que|pero|sino|mientras)\s|\s(?:because|weil|parce que|porque)\s|,\s(?=(?:still|immer noch|weiterhin|toujours|todavia)\s)|,?\s(?:and|und|et|y)\s(?=(?:we|it|they|he|she|i|the|our|its|her|his|their|this|wir|sie|er|es|das|die|der|unser\w*|nous|il|elle|ils|l|la|le|les|notre|nosotros|el|los|nuestr\w+)\s)|,\s(?:and|und|et|y)\s(?=(?:[\p{L}'-]+\s){1,4}(?:is|was|has|have|are|ist|hat|est|es|tiene|employs|serves|runs|became)\s)/gu

/** Whether the word governs any target: in its clause, or from a clause that leans on the target's. */
export function reaches(rule: LimitRule, hit: Span, targets: readonly Span[], text: string): boolean {
  if (rule.reach === 'sentence') return true
  const first = targets[0]!
  const last = targets.at(-1)!
  if (hit.start >= first.start && hit.end <= last.end) {
    return targets.some(target => reachesOne(rule, hit, target, text))
  }
  return reachesOne(rule, hit, hit.end <= first.start ? first : last, text)
}

function reachesOne(rule: LimitRule, hit: Span, target: Span, text: string): boolean {
  const isBefore = hit.end <= target.start
  const [left, right] = isBefore ? [hit.end, target.start] : [target.end, hit.start]
  if (left >= right) return true
  const between = text.slice(left, right)
  if (newPredicate(rule, between, isBefore) || standsAside(text, target, hit, isBefore)) return false
  for (const mark of text.slice(left).matchAll(BREAK)) {
    if (mark.index + mark[0].length > right - left) break
    // A label ("Planned: …") is no clause of its own.
    if (mark[0].startsWith(':') && wordCount(text.slice(clauseStart(text, left + mark.index), left + mark.index)) < 5)
      continue
    // "They looked at X but didn't buy": what follows has no subject of its own and takes back what went before.
    const rest = text.slice(left + mark.index + mark[0].length)
    const leans =
      !isBefore &&
      /\b(?:but|aber|mais|pero|however|though)\b/.test(mark[0]) &&
      (!hasSubject(rest) || TAKES_BACK.test(rest))
    if (!leans) return false
  }
  return !(isBefore && rule.reach === 'clause' && startsClause(text, left, right))
}

/**
 * "won X and was shortlisted for Y", "plans a site and employs 50": behind "and" a finite verb tells something new. A
 * denial before it may reach both, so only milder words stop there.
 */
function newPredicate(rule: LimitRule, between: string, isBefore: boolean): boolean {
  if (isBefore && rule.class === 'denial') return false
  const verb = /,?\s(?:and|und|et|y)\s(?:now |also |heute |aussi |tambien )?([\p{L}']+)\s/gu
  // The marker itself may be the verb's complement: the verb then stands at the very end of what lies between.
  for (const match of `${between} `.matchAll(verb)) if (FINITE.test(match[1]!) || isVerb(match[1]!)) return true
  return false
}

/**
 * A relative clause between commas asserts by itself: "Brook Pumps, which has 130 workers, will keep its name". So does
 * the naming of a speaker, whatever is then said.
 */
function standsAside(text: string, target: Span, hit: Span, isBefore: boolean): boolean {
  if (isBefore) return RELATIVE.test(text.slice(hit.end, target.start))
  const between = text.slice(target.end, hit.start)
  const relative = RELATIVE.exec(between)
  // What a relative clause says of the noun before it is said of that noun alone.
  if (relative && wordCount(between.slice(0, relative.index)) > 0) return true
  if (/\b(?:said|says|told|explained|added|sagte?|erklarte?|declare|explique|dijo|dice|afirmo)\b/.test(between))
    return true
  const open = [...text.slice(0, target.start).matchAll(new RegExp(RELATIVE, 'g'))].at(-1)
  return open !== undefined && between.includes(',') && !text.slice(open.index + 2, target.start).includes(',')
}

const RELATIVE = /,\s(?:which|who|whose|where|die|der|das|deren|dessen|qui|dont|ou|cuy[oa]|donde)\s/

const TAKES_BACK =
  /^\s*(?:nothing|it (?:did|was|has|never)|it is not|it has not|il n'est|elle n'est|es ist|er ist|no esta|this|that|they (?:did|were|have|never)|nichts|es (?:kam|wurde)|das|rien|nada)\b/

function wordCount(text: string): number {
  return text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0
}

function clauseStart(text: string, at: number): number {
  return Math.max(
    0,
    text.lastIndexOf(';', at - 1) + 1,
    text.lastIndexOf('. ', at - 1) + 2 > 1 ? text.lastIndexOf('. ', at - 1) + 2 : 0,
  )
}

function hasSubject(text: string): boolean {
  return /^\s*(?:we|it|they|he|she|i|you|the|our|its|wir|sie|er|es|das|die|der|nous|il|elle|ils|la|le|les|ellos|el|los|nothing|nobody)\b/.test(
    text,
  )
}

const FINITE =
  /^(?:is|are|lies|has|have|had|was|were|goes|comes|sits|rests|runs|uses?|employs?|makes?|sells?|works?|stays?|ist|sind|hat|haben|liegt|war|bleibt|est|ont|sont|reste|es|son|tiene|tenemos|esta|queda)$/
const SUBJECT = /^(?:we|it|they|he|she|i|wir|sie|er|es|nous|il|elle|ils|nosotros|ellos)$/

/** "Rory can't sign, decision lies with X": after a comma on the way a new clause begins, with a verb of its own. */
function startsClause(text: string, left: number, right: number): boolean {
  const comma = text.slice(left, right).indexOf(',')
  if (comma === -1 || wordCount(text.slice(left, left + comma)) === 0) return false
  const words =
    text
      .slice(left + comma + 1, left + comma + 90)
      .match(/[\p{L}\p{N}']+/gu)
      ?.slice(0, 5) ?? []
  if (/^(?:which|that|who|whose|die|der|das|qui|que|and|or|und|oder|et|ou|y|o)$/.test(words[0] ?? '')) return false
  return words.some(word => FINITE.test(word) || SUBJECT.test(word))
}

function hasVerb(text: string): boolean {
  return text.split(/\s+/).some(word => FINITE.test(word) || SUBJECT.test(word))
}

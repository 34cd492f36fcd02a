/** What a denying or limiting word in a sentence speaks about. Texts are lower case without accents. */
import type { Clause } from './clauses.ts'
import { clauseIndexAt } from './clauses.ts'
import type { LimitRule } from './negation-words.ts'
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
  if (/^(?:without|except|excluding|except for|apart from|ohne|ausser|sans|sauf|sin|excepto|salvo)$/.test(word))
    return !touches(targets, hit.end, phraseEnd(text, hit.end, true))
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
    // "…, the forecast not": what is denied is the phrase before it.
    const gap = /,\s((?:[\p{L}-]+\s){1,5})$/u.exec(text.slice(0, hit.start))
    if (gap && /^\s*(?:[.;!]|$)/.test(after) && !hasVerb(gap[1]!))
      return !touches(targets, hit.start - gap[1]!.length, hit.start)
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
    // What ends a bond ends it for whoever is bound.
    const object = text.slice(hit.end, clauseEnd(text, hit.end))
    return !BOND.test(object) && !touches(targets, hit.end, clauseEnd(text, hit.end))
  }
  return false
}

const BOND =
  /\b(?:joint venture|partnership|contract|cooperation|collaboration|relationship|agreement|alliance|zusammenarbeit|partnerschaft|vertrag|partenariat|contrat|alianza|contrato)\b/
const OWNED =
  /\b(?:our|its|unser\w*|nos|nuestr[oa]s|notre)\s(?:\w+\sof\s)?(?:now\s|about\s|over\s|more than\s|rund\s|etwa\s|mehr als\s|plus de\s|mas de\s)?$/

function touches(targets: readonly Span[], start: number, end: number): boolean {
  return targets.some(target => target.start < end && target.end > start)
}

/** End of the noun phrase that begins at `at`: before a preposition, a mark or the fifth word. */
function phraseEnd(text: string, from: number, withOf = false): number {
  const at =
    from +
    (/^\s(?:an?|the|any|un|une|la|le|el|una|der|die|das|den|dem|ein\w*)(?=\s)/.exec(text.slice(from, from + 8))?.[0]
      .length ?? 0)
  const match =
    /^[\s-]*(?:(?!(?:in|at|of|on|for|from|with|and|or|is|was|are|were|who|to|by|im|am|bei|von|fur|mit|und|wurde|ist|war|en|dans|a|de|du|et|est|qui|para|con|y|es|que)[\s])[\p{L}\p{N}'-]+[\s-]?){1,4}/u.exec(
      text.slice(at, at + 90),
    )
  const end = at + (match?.[0].length ?? 0)
  const of = withOf ? /^(?:of|von|an|de)\s/.exec(text.slice(end, end + 5)) : null
  return of ? phraseEnd(text, end + of[0].length) : end
}

function clauseEnd(text: string, at: number): number {
  const end = text.slice(at).search(/[;.]|,?\s(?:and|but|und|aber|et|mais|y|pero)\s/)
  return end === -1 ? text.length : at + end
}

/** Whether the word governs any target: in its clause, or from a clause that the target's hangs on. */
export function reaches(
  rule: LimitRule,
  hit: Span,
  targets: readonly Span[],
  text: string,
  clauses: readonly Clause[],
): boolean {
  if (rule.reach === 'sentence') return true
  const first = targets[0]!
  const last = targets.at(-1)!
  if (hit.start >= first.start && hit.end <= last.end)
    return targets.some(target => reachesOne(rule, hit, target, text, clauses))
  return reachesOne(rule, hit, hit.end <= first.start ? first : last, text, clauses)
}

function reachesOne(rule: LimitRule, hit: Span, target: Span, text: string, clauses: readonly Clause[]): boolean {
  if (hit.start < target.end && target.start < hit.end) return true
  const from = clauseIndexAt(clauses, hit.start)
  const to = clauseIndexAt(clauses, target.start)
  if (from === to) return true
  // "If you need more …": an offer to the reader sets no condition.
  if (OFFERS.test(text.slice(clauses[from]!.start, clauses[from]!.end))) return false
  return from < to ? governsAhead(clauses, from, to, text) : governsBack(rule, clauses, from, to, target, hit, text)
}

/** A word of clause `from` and a place in the later clause `to`. */
function governsAhead(clauses: readonly Clause[], from: number, to: number, text: string): boolean {
  const hit = clauses[from]!
  const target = clauses[to]!
  // "denies that …", "hopes that …", "rumours that …": the content is as true as what governs it.
  for (let at = to; at !== -1 && at > from; at = clauses[at]!.parent) {
    if (clauses[at]!.role === 'content' && isWithin(clauses, from, clauses[at]!.parent)) return true
  }
  // "If they agree, we shall …": the next clause hangs on the condition.
  if (hit.role === 'condition' && leads(clauses, from) && !/^(?:but|aber|mais|pero)$/.test(target.opener))
    return clauses.slice(from + 1, to).every(clause => clause.role !== 'main') || target.shares
  if (target.role === 'aside') return to === from + 1
  // "Planned: Leeds", "Not yet – Hull": a label without a verb speaks of what follows it.
  if (/^[:–—]$/.test(target.opener))
    return to === from + 1 && !hit.verb && wordCount(text.slice(hit.start, hit.end)) < 6
  // A fragment is no clause: what has no verb goes on with what stands before it.
  return (
    target.role === 'main' &&
    !target.verb &&
    !/^(?:;|still|instead|rather|so|immer|weiterhin|stattdessen|toujours|todavia)$/.test(target.opener) &&
    to === from + 1
  )
}

/** A condition in front of what hangs on it: at the beginning, or behind "and". */
function leads(clauses: readonly Clause[], index: number): boolean {
  return (
    index === 0 || !clauses[index - 1]!.verb || /^(?:and|but|und|aber|et|mais|y|pero)$/.test(clauses[index]!.opener)
  )
}

/** A word of clause `from` and a place in the earlier clause `to`. */
function governsBack(
  rule: LimitRule,
  clauses: readonly Clause[],
  from: number,
  to: number,
  target: Span,
  hit: Span,
  text: string,
): boolean {
  const clause = clauses[from]!
  const earlier = clauses[to]!
  const between = clauses.slice(to + 1, from)
  // "…, if the council agrees", "… once approved": right behind what hangs on it.
  if (clause.role === 'condition' && !/^(?:and|but|und|aber|et|mais|y|pero)$/.test(clause.opener))
    return between.every(other => other.role !== 'main')
  // "for Brae until it left": what the clause before says has ended; "until the contract is up" says that it has not.
  if (/^(?:until|till|bis|jusqu)/.test(clause.opener))
    return between.length === 0 && hit.start === clause.start && !STILL.test(text.slice(clause.start, clause.end))
  // "the chapel, which we sold": said of the noun right before it, and of that alone.
  if (clause.role === 'relative') return between.length === 0 && wordCount(text.slice(target.end, clause.start)) === 0
  if (clause.role === 'aside')
    return between.length === 0 && wordCount(text.slice(target.end, clause.start)) < (earlier.verb ? 1 : 5)
  // "…, though we do not use it".
  if (/^(?:though|although|obwohl|bien|aunque)$/.test(clause.opener))
    return between.length === 0 && POINTS_BACK.test(text.slice(hit.end, clause.end))
  if (clause.opener === 'so' && TAKES_BACK.test(text.slice(clause.start + 3, clause.end))) return true
  if (clause.role !== 'main') return false
  // "Rumours that he is leaving are unfounded", "the purchase of X, which …, is off": the verb of the noun that `to` hangs on.
  if (clause.opener === 'resume' && !isWithin(clauses, to, from)) return earlier.role === 'content'
  const rest = text.slice(clause.start, clause.end)
  if (!clause.verb) return between.length === 0
  // "They looked at X but didn't buy", "used X and dropped it", "…; nothing came of it".
  if (TAKES_BACK.test(rest)) return true
  if (!clause.shares) return false
  if (/^(?:but|yet|aber|doch|mais|pero)$/.test(clause.opener)) return true
  return rule.class !== 'limit' && POINTS_BACK.test(text.slice(hit.end, clause.end))
}

/** Whether clause `inner` is `outer` or hangs on it. */
function isWithin(clauses: readonly Clause[], inner: number, outer: number): boolean {
  for (let at = inner; at !== -1; at = clauses[at]!.parent) if (at === outer) return true
  return false
}

const OFFERS = /^(?:and |but )?(?:if|should|whether|when|unless|wenn|falls|sollten|si) (?:you|sie|vous|usted)(?!\p{L})/u

const TAKES_BACK =
  /^\s*(?:(?:but|and|aber|und|mais|pero|y|however|though|instead|in the end),?\s)?(?:nothing|there (?:is|was|are|were) (?:no|nothing)|it (?:did|was|has|never|fell)|it is not|it has not|il n'est|elle n'est|es ist|er ist|no esta|this|that|these|those|they (?:did|were|have|never)|nichts|es (?:kam|wurde)|daraus|das|rien|nada)\b/
const STILL = /\b(?:is|are|runs? out|expires?|ends?|comes?|ist|lauft|endet)\b/
const POINTS_BACK = /\b(?:it|them|this|that|again|ihn|davon)\b/

function wordCount(text: string): number {
  return text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0
}

const FINITE =
  /^(?:is|are|lies|has|have|had|was|were|goes|comes|sits|rests|runs|uses?|employs?|makes?|sells?|works?|stays?|ist|sind|hat|haben|liegt|war|bleibt|est|ont|sont|reste|es|son|tiene|tenemos|esta|queda)$/
const SUBJECT = /^(?:we|it|they|he|she|i|wir|sie|er|es|nous|il|elle|ils|nosotros|ellos)$/

function hasVerb(text: string): boolean {
  return text.split(/\s+/).some(word => FINITE.test(word) || SUBJECT.test(word))
}

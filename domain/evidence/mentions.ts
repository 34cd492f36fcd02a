/** Who is spoken of in a sentence: names, "we", pronouns, the reader, and parties named by their role. */
import { actingNames } from './acting.ts'
import type { Passage } from './passage.ts'
import { bareWord, extendedFormAt, formAt, isVerb } from './names.ts'
import type { Cast, Company } from './speaker.ts'
import { publisherOf, voiceAt } from './speaker.ts'
import type { Span, Token } from './text.ts'
import { tokens } from './text.ts'

export interface Mention extends Span {
  company: Company
  kind: 'name' | 'voice' | 'pronoun' | 'reader' | 'role'
  /** A name that is the subject of a company's verb, has a legal form, or follows a role word. */
  acting: boolean
}

const VOICE =
  /^(?:we|our|ours|us|wir|uns|unser\w*|nous|notre|nos|nosotr[oa]s|nuestr[oa]s?|somos|contamos|tenemos|vendemos|i|my|ich|mein\w*|je)$/
const READER = /^(?:you|your|yours|ihr|ihnen|euch|vous|votre|vos|usted|ustedes)$/
const PRONOUN = /^(?:it|its|they|their|es|sie|ihre[nrms]?|il|elle|ils|son|sa|ses|leur|su|sus)$/
const SELF =
  /^(?:company|firm|group|business|organisation|organization|startup|manufacturer|provider|supplier|unternehmen|firma|gesellschaft|gruppe|konzern|hersteller|anbieter|entreprise|societe|groupe|empresa|compania|grupo|sociedad)$/
const ROLE =
  /^(?:\w*partners?|(?:share|stake)holders?|owners?|landlords?|tenants?|neighbou?rs?|\w*gesellschafter(?:in)?|\w*aktionar(?:e|in)?|\w*eigentumer(?:in)?|vermieter|mieter|nachbarn?|actionnaires?|proprietaires?|voisins?|accionistas?|propietari[oa]s?|vecinos?|bank|banks?|hausbank|\w*kund(?:e|en|in)|\w*lieferant\w*|customers?|clients?|partners?|competitors?|rivals?|suppliers?|parent|subsidiar(?:y|ies)|investors?|kunden?|kundin|lieferanten?|wettbewerber|mutter|mutterkonzern|tochter|tochtergesellschaft|proveedor(?:es)?|clientes?|socios?|fournisseurs?|concurrents?|filiale)$/
const ARTICLE = /^(?:the|this|that|das|die|der|unser|l'\w+|la|le|el|a|our|one|its|their)$/

/** All mentions of parties in a span, in order. */
export function mentionsIn(span: Span, passage: Passage, cast: Cast, strict = false): Mention[] {
  const { text, kind } = passage.prepared.source
  const list = tokens(text, span.start, span.end)
  const acting = actingNames(text, span, {
    generic: () => true,
    people: kind === 'mail' || kind === 'call_note',
    strict,
  })
  const found: Mention[] = []
  for (let index = 0; index < list.length; index++) {
    const token = list[index]!
    const actor = acting.find(name => name.start === token.start)
    const name = nameAt(list, index, text, cast, actor ? [actor.words] : [])
    if (name) {
      const end = list[index + name.used - 1]!.end
      const isActor = acting.some(other => other.start <= token.start && other.end === end)
      found.push({ start: token.start, end, company: name.company, kind: 'name', acting: isActor })
      index += name.used - 1
    } else {
      const word = wordMention(list, index, passage, cast)
      if (word) found.push(word)
    }
  }
  // What stands in an apposition between a name and its verb is not what the sentence is about.
  return found.filter(mention => !acting.some(name => mention.start > name.end && mention.end < name.acts))
}

function nameAt(
  list: readonly Token[],
  index: number,
  text: string,
  cast: Cast,
  acting: readonly string[][],
): { used: number; company: Company } | null {
  const candidates: { forms: readonly string[][]; company: Company }[] = [
    { forms: cast.subject, company: { who: 'subject', name: '' } },
    ...(cast.own ? [] : [{ forms: cast.publisherForms, company: publisherOf(cast) }]),
  ]
  for (const words of [...cast.others, ...acting])
    candidates.push({ forms: [words], company: { who: 'other', name: words.join(' ') } })
  let best: { used: number; company: Company } | null = null
  for (const { forms, company } of candidates) {
    const used = formAt(list, index, forms, text)
    if (used > (best?.used ?? 0)) best = { used, company }
  }
  const extended = extendedFormAt(list, index, cast.subject, text)
  if (extended > (best?.used ?? 0)) best = { used: extended, company: { who: 'other', name: '' } }
  if (best?.company.who === 'other' && ROLE_NOUN.test(list[index]!.fold) && formAt(list, index + 1, cast.subject, text))
    best.company = { who: 'subject', name: '' }
  else if (best?.company.who === 'other')
    best.company = {
      who: 'other',
      name: text.slice(list[index]!.start, list[index + best.used - 1]!.end).replace(/['’]s?$/, ''),
    }
  return best
}

/** "die Reederei Strandholm": what kind of house it is, written before its name. */
const ROLE_NOUN =
  /(?:erei|firma|verlag|hersteller|anbieter|konzern|unternehmen|gruppe|spezialist|dienstleister|werft|kanzlei|agentur|startup|haus|group|company|firm|brewery|agency|maker)$/

function wordMention(list: readonly Token[], index: number, passage: Passage, cast: Cast): Mention | null {
  const token = list[index]!
  const span = { start: token.start, end: token.end }
  const word = bareWord(token.fold)
  const before = list[index - 1]?.fold ?? ''
  const isVoice = VOICE.test(token.fold) || token.fold === "we're" || token.fold === "we've"
  if (isVoice && token.text !== 'US') {
    // "our customers employ": the noun is the party, unless it is the object of the sentence.
    if (/^(?:our|unser\w*|notre|nos|nuestr\w+)$/.test(token.fold) && ownsRole(list, index)) return null
    return { ...span, company: voiceAt(passage, span, cast), kind: 'voice', acting: true }
  }
  if (READER.test(token.fold) && !(token.fold === 'ihr' && !token.capital)) {
    return { ...span, company: { who: 'other', name: 'the reader' }, kind: 'reader', acting: true }
  }
  if (
    ROLE.test(word) &&
    (index === 0 ||
      ARTICLE.test(before) ||
      /^(?:unsere?[rnms]?|notre|nos|nuestr\w+|einer|eines|d'un|key|largest|biggest|minority|majority|main|major)$/.test(
        before,
      ))
  ) {
    return { ...span, company: { who: 'other', name: `a ${token.fold}` }, kind: 'role', acting: true }
  }
  const elided = token.fold.startsWith("l'")
  if ((ARTICLE.test(before) && !/^(?:a|one|our)$/.test(before) && SELF.test(word)) || (elided && SELF.test(word))) {
    return { ...span, company: { who: 'unknown', name: '' }, kind: 'pronoun', acting: true }
  }
  if (PRONOUN.test(token.fold)) return { ...span, company: { who: 'unknown', name: '' }, kind: 'pronoun', acting: true }
  return null
}

/** "our customers", "our largest customer", "notre actionnaire minoritaire": the noun within two words names another party. */
function ownsRole(list: readonly Token[], index: number): boolean {
  return list
    .slice(index + 1, index + 4)
    .some((next, at) => ROLE.test(next.fold) && !/'s?$/.test(next.fold) && (at === 0 || isAttribute(list, index, at)))
}

/** Between "our" and the noun stand adjectives alone: no verb, no capitalised name. */
function isAttribute(list: readonly Token[], index: number, count: number): boolean {
  return list
    .slice(index + 1, index + 1 + count)
    .every(word => !isVerb(word.fold) && !/^(?:own|and|und|et|y|of|for|team|products?|eigene\w*)$/.test(word.fold))
}

/** A name acts when it opens its clause, owns something ('s), or a company's verb follows it. */
export function isActing(mention: Mention, passage: Passage): boolean {
  if (mention.acting) return true
  const text = passage.prepared.source.text
  if (
    /^['’]s?\s/.test(text.slice(mention.end, mention.end + 3)) ||
    /['’]s?$/.test(text.slice(mention.start, mention.end))
  )
    return true
  const next = tokens(text, mention.end, Math.min(text.length, mention.end + 40))[0]
  if (next && isVerb(next.fold) && /^[\s,]*$/.test(text.slice(mention.end, next.start))) return true
  return mention.start - passage.sentence.start < 2
}

const PREPOSITION =
  /\b(?:for|with|to|by|of|at|like|as|including|from|and|between|against|via|in|on|than|fur|mit|von|bei|durch|wie|fur|und|pour|avec|chez|par|de|et|con|para|por|y|a)\s(?:the\s|der\s|die\s|den\s|dem\s)?$/u

/** The party stands behind a preposition and no verb follows it: it is not what the sentence is about. */
export function isObject(mention: Mention, text: string): boolean {
  if (
    mention.kind === 'voice' &&
    /^(?:we|wir|nous|i|ich|je|our|unser|notre|nos)/i.test(text.slice(mention.start, mention.end))
  )
    return false
  const before = text
    .slice(Math.max(0, mention.start - 24), mention.start)
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
  if (!PREPOSITION.test(before)) return false
  const next = tokens(text, mention.end, Math.min(text.length, mention.end + 40))[0]
  return !(next && isVerb(next.fold) && /^ $/.test(text.slice(mention.end, next.start)))
}

/**
 * What a draft must be to be worth a check: its value a thing of its kind, not a menu's word, a slogan, or a piece of a sentence.
 * Each test here stands for a mistake seen on a real page.
 */
import { writtenDates } from '../../domain/evidence/dates.ts'
import type { FactKind } from '../../domain/evidence/types.ts'
import { MARK_NAME, SOFTWARE_NAME, TRADE } from './lexicon.ts'
import { isTitleCase } from './title-case.ts'
import type { Draft, Sentence } from './rule.ts'
import { PERSON, rx } from './words.ts'

const CONTACT: ReadonlySet<FactKind> = new Set<FactKind>(['email', 'phone'])
/** Values that are the sentence itself. */
const SENTENCES: ReadonlySet<FactKind> = new Set<FactKind>([
  'hiring',
  'expansion',
  'acquisition',
  'launch',
  'award',
  'closure',
  'need',
  'budget',
  'authority',
  'timing',
])

export function isSound(draft: Draft, sentence: Sentence): boolean {
  if (CONTACT.has(draft.kind)) return true
  if (sentence.role === 'nav' || (!BIOGRAPHY.has(draft.kind) && isBiography(sentence))) return false
  // Above and below a page stand menus too, only built of other tags.
  if (sentence.role !== 'main' && isMenuWord(sentence.text)) return false
  if (SENTENCES.has(draft.kind) && words(sentence.text) < 4 && !/[:\d.]/.test(sentence.text)) return false
  return SOUND[draft.kind]?.(draft.value, sentence) ?? true
}

const words = (text: string): number => text.split(/\s+/).length

function isMenuWord(text: string): boolean {
  return !/[.!?:\d]/.test(text) && words(text) <= 8
}

/** Nouns that are capital in headings and menus and name nobody. */
const GENERIC =
  /(?<!\p{L})(?:customers?|clients?|partners?|partnerships?|contractors?|suppliers?|team|teams|members?|department|leadership|management|projects?|infrastructure|technology|technologies|professionals?|maintaining|building|together|plugins?|platforms?|ecosystem|policy|policies|center|centre|services?|solutions?|products?|industry|industries|banks|community|careers?|e-?commerce|premier|read|story|stories|focused|construction|security|privacy|terms|login|menu|support|resources|press|investors?|news|events?|about|contact|home|blog|our|your|the world['’]s)(?!\p{L})/iu

const NEVER_NAMED =
  /(?<!\p{L})(?:team|members?|department|leadership|policy|customers?|clients?)(?!\p{L})|^(?:first|second|key|core|white house)(?!\p{L})/iu

function isName(value: string, { text }: Sentence): boolean {
  if (NEVER_NAMED.test(value)) return false
  if (/^\p{Lu}{1,3}$/u.test(value) || isTitleCase(text)) return false
  const all = value.split(/\s+/)
  // "Halden Solutions" is a firm's name, "Solutions" and "Focused Solutions" are none.
  const own = all.filter(word => !GENERIC.test(word) && /^[\p{Lu}\d]|^\p{Ll}{1,3}\p{Lu}/u.test(word))
  return own.length > 0 && (all.length > 1 || !GENERIC.test(value)) && !(GENERIC.test(all[0] ?? '') && own.length < 2)
}

const SOFTWARE_TALK = rx(
  String.raw`\b(?:software|systems?|ERP|CRM|MES|IT|stack|tools?|platform|accounts?|accounting|invoices?|orders?|stock|planning|bookkeeping|database|experience|knowledge|every day|Software|System|Aufträge|Buchhaltung|Planung|Kenntnisse|Erfahrung|logiciel|outil\p{L}*|commandes|comptabilité|gestion|planning)\b`,
)

function isTool(value: string, sentence: Sentence): boolean {
  if (new RegExp(SOFTWARE_NAME.source, 'iu').test(value)) return true
  if (!isName(value, sentence) || PLACE_TALK.test(sentence.text)) return false
  // "We work in Leeds" names a place: after "in" a tool must be spoken of as one, or be written as one.
  const located = new RegExp(String.raw`\b(?:in|from|at|à)\s+(?:the\s+)?${escape(value)}`, 'u').test(sentence.text)
  return !located || SOFTWARE_TALK.test(sentence.text) || /\p{Ll}\p{Lu}|\d/u.test(value)
}
const PLACE_TALK = rx(
  String.raw`\b(?:offices?|branch(?:es)?|sites?|depots?|locations?|workshops? (?:is|in)|colleagues (?:also )?work|Standorte?|Niederlassung\p{L}*|agences?)\b`,
)

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')

const NO_THING =
  /^(?:it|them|this|that|these|you|your|us|me|him|her|his|their|the next|and|or|who|what|when|how|as|to|formerly|known|with|for)(?!\p{L})|(?<!\p{L})(?:happen|together|guidance|excellence|difference|you (?:can|need|want))(?!\p{L})/iu

const NO_TRADE =
  /^(?:to|for|and|the|each|every|various|all|many|several|our|your|their|this|that|these|diverse|different|any|some|how|what|we|you|it)(?!\p{L})|(?<!\p{L})(?:should|would|can|realm|purposes)(?!\p{L})|^(?:independent|employee-owned|family-owned|family-run|leading|global|international|local|private|public|professional|young|dynamic|mid-sized|small|large)$/iu

const NO_DESCRIPTION =
  /\?$|(?<!\p{L})(?:we|wir|nous) (?:also )?(?:know|wissen|savons|believe|glauben|croyons)(?!\p{L})|\bknown for (?:excellence|quality|our commitment|integrity|professionalism)\b|\b(?:we(?:['’]?re| are)|were) (?:\p{L}+ )?looking for\b|(?<!\p{L})(?:offices?|branch(?:es)?|depots?|sites?|locations?|present|represented) (?:is |are )?(?:in|at)(?!\p{L})|^(?:if|therefore|please|when|should|based)(?!\p{L})|\b(?:strive|passion|dedicated|pursuit|full attention|high performers|empowers?|organi[sz]ed as|talent|we will|we exist)\b|\bserver logs\b|\b(?:is|are) (?:led|run|owned|headed) by\b|\bfollowing the guidance\b|\b(?:would like to|want to|wish to) (?:personally )?thank\b|\bsmall team\b|\b(?:canteen|registered (?:MSP|ISO))\b|\bmission is to (?:maintain|be)\b|\bare committed to\b|^(?:we|our team) (?:like|love|try|hope|want) to\b|\bset a .* deadline\b/iu

const NO_NEED = rx(
  String.raw`\b(?:we|they|it|platform|solutions?) (?:also )?(?:provide|offer|deliver|help|supply|give)s?\b|\b(?:businesses|companies|organi[sz]ations|teams|institutions|people|clients) need\b|\b(?:innovators|talents?|candidates|join us|operating hours)\b`,
)
const NO_DEAL =
  /\b(?:legal team|mergers and acquisitions|to purchase|purchase our|app store|acquiring|acquisition (?:cost|of (?:customers|talent)))\b/iu
const NO_LAUNCH =
  /\bsince (?:its|our|the) launch\b|\btime[- ]to[- ]launch\b|^press releases?$|\brelease notes\b|\brelease updates\b/iu
const TITLED = rx(
  String.raw`\b(?:award\p{L}*|prize|medal|winner|preis|prix|premio|label|seal|siegel|auszeichn\p{L}+|ausgezeichnet|recogni[sz]ed|honou?red|named|accredit\p{L}*|certif\p{L}+|zertifi\p{L}+|employer|arbeitgeber|audit\p{L}*|standard|norm\p{L}*|quality|ranked?)\b`,
)

const PRODUCT_PAGE = rx(
  String.raw`\b(?:products?|services|range|Produkte?|Leistungen|Angebot|Sortiment|produits?|gamme)\b`,
)
/** On a page of products a name written as products are is one of them. */
const isCustomer = (value: string, sentence: Sentence): boolean =>
  isName(value, sentence) && !(PRODUCT_PAGE.test(sentence.title) && /\p{Ll}\p{Lu}/u.test(value))

/** "Backwaren für Bäckereien" is goods and their buyers, no buyer's name. */
const THINGS_FOR = /\s(?:für|pour)\s/u
/** "In Derby", "from Derby": a place, unless goods are in use there. */
function isPlaceIn(value: string, { text }: Sentence): boolean {
  const at = text.indexOf(value)
  return (
    !value.includes(' ') && /\b(?:in|from|near|aus|de|à)\s$/iu.test(text.slice(0, at)) && !/\bin use at\b/u.test(text)
  )
}

const isGiven = (_value: string, { text }: Sentence): boolean =>
  new RegExp(MARK_NAME.source, 'iu').test(text) || (TITLED.test(text) && words(text) > 3)

/** People at work are no people sought. */
const WORKADAY = rx(
  String.raw`\b(?:on paper|spreadsheets?|breakdowns?|downtime|better overview|by hand|certificates?|customers? (?:value|trust)|auf Papier|von Hand|sur papier)\b`,
)

/** Money a firm puts into its own works is its budget. */
const OWN_PROJECT =
  /\b(?:maintenance|systems?|software|project|moderni[sz]\p{L}+|digital|tools?|upkeep|workshops?|Instandhaltung|Projekt|projet)\b/iu
const FROM_OTHERS =
  /\b(?:raised|round|series|seed|loan|grant|investors?|led by|from \p{Lu}\p{L}+|levé\p{L}*|Finanzierungsrunde|Darlehen)\b/u

const GENDERS = /\((?:m|w|f|h|d|x|all)(?:\s?[/|]\s?(?:m|w|f|h|d|x)){1,2}\)/iu

/** "A depot in Derby" is a place of the firm's, not what it sells. */
const A_SITE =
  /(?<!\p{L})(?:offices?|sites?|depots?|branch(?:es)?|plants?|halls?|warehouses?|subsidiar(?:y|ies)|locations?|workshops?|Werke?|Standorte?|Niederlassung|Lager|Filiale|usines?|agences?|ateliers?)\s(?:in|at|near|à|bei)\s\p{Lu}/u

/** A plan is for a day to come: on a page, a date that had passed when it was read is no plan. Without a year nobody can say. */
function isAhead(_value: string, { text, readAt }: Sentence): boolean {
  const today = readAt?.slice(0, 10)
  const ends = writtenDates(text).flatMap(date =>
    date.year === null ? [] : [lastDay(date.year, date.months, date.day)],
  )
  return today === undefined || ends.length === 0 || ends.some(end => end >= today)
}

const lastDay = (year: number, months: [number, number] | null, day: number | null): string =>
  `${year}-${String(months?.[1] ?? 12).padStart(2, '0')}-${String(day ?? 31).padStart(2, '0')}`

const SOUND: Partial<Record<FactKind, (value: string, sentence: Sentence) => boolean>> = {
  customer: (value, sentence) => !THINGS_FOR.test(value) && !isPlaceIn(value, sentence) && isCustomer(value, sentence),
  partner: isName,
  technology: isTool,
  office: value =>
    words(value) <= 4 && !/[/]|(?<!\p{L})(?:of the|Registered|Institute|University)(?!\p{L})/u.test(value),
  headquarters: value => !/^About\b|^Alcohol\b/u.test(value),
  offering: (value, { text }) =>
    !new RegExp(SOFTWARE_NAME.source, 'iu').test(value) &&
    !A_SITE.test(value) &&
    !NO_THING.test(value) &&
    words(value) <= 18 &&
    !(isTitleCase(text) && !/[.:]/.test(text)) &&
    !/^\p{Lu}+$/u.test(value),
  industry: value => !NO_TRADE.test(value),
  description: value => !NO_DESCRIPTION.test(value),
  authority: value => !/\bsense of responsib/iu.test(value),
  need: value => !NO_NEED.test(value),
  timing: isAhead,
  acquisition: value => !NO_DEAL.test(value),
  launch: value => !NO_LAUNCH.test(value),
  award: isGiven,
  funding: (_value, { text }) => !OWN_PROJECT.test(text) || FROM_OTHERS.test(text),
  hiring: (_value, { text }) => (TRADE.test(text) || GENDERS.test(text)) && !WORKADAY.test(text),
  leader: (value, { text }) =>
    !/['’]s (?:message|desk|office)/iu.test(text) && !NO_PERSON.test(value) && !isAttribution(value, text),
}

/** A line of a title and a name with nothing else: "COO, Sharper Image" gives the speaker's firm. */
function isAttribution(value: string, text: string): boolean {
  const at = value.indexOf(', ')
  return text === `${value.slice(at + 2)}, ${value.slice(0, at)}`
}

const BIOGRAPHY: ReadonlySet<FactKind> = new Set<FactKind>(['leader', 'authority'])
const PERSON_ALONE = rx(`^${PERSON}(?:,[^.]{0,60})?\\s*\\|?$`, 'u')

/** Below a person's name on a page about the team stands what that person did, elsewhere too. */
const isBiography = ({ heading, title }: Sentence): boolean =>
  PERSON_ALONE.test(heading) && /\b(?:team|people|leadership|équipe)\b/iu.test(title)
const NO_PERSON = /^(?:About|Office|Contact|Meet|Our|Message|OFFICE|ABOUT|Offene|Open|News|Home)(?!\p{L})/u

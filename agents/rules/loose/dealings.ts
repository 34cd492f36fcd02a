/** Customers, products and tools of any wording. */
import { SOFTWARE_NAME } from '../lexicon.ts'
import { productIn } from '../product.ts'
import type { Draft, Sentence } from '../rule.ts'
import { isTitleCase } from '../title-case.ts'
import { NAME, namesInside, PERSON, rx, TITLES, trimName } from '../words.ts'
import { CAREERS, ofItself, pageIs } from './speaker.ts'

const USES = rx(
  String.raw`\b(?:us(?:e|es|ed|ing)|runs?|running|work(?:s|ing)?|plan(?:s|ned|ning)?|handl\p{L}+|manag\p{L}+|record\p{L}*|book\p{L}*|ke(?:ep|eps|pt)|process\p{L}*|track\p{L}*|enter\p{L}*|li(?:ve|ves)|know(?:s|ledge)?|experience\p{L}*|skills?|systems?|software|ERP|CRM|stack|based|buil[td]|rel(?:y|ies)|orders?|accounts?|invoices?|stock|bookkeeping|accounting|purchas\p{L}+|every day|daily|migrat\p{L}+|switch\p{L}*|introduc\p{L}+|backbone|hands|familiar|at home|help\p{L}*|holds?|arbeit\p{L}*|nutz\p{L}*|setz\p{L}*|verwend\p{L}+|lauf\p{L}*|läuft|plan\p{L}*|buch\p{L}*|steuer\p{L}*|Kenntnisse|Erfahrung\p{L}*|Einsatz|System\p{L}*|utilis\p{L}+|travaill\p{L}+|gér\p{L}+|gest\p{L}+|repos\p{L}+|tourn\p{L}+|connaissance\p{L}*|maîtris\p{L}+|expérience|logiciel|outil\p{L}*)\b`,
)
const NOT_OURS =
  /\b(?:partners?|resellers?|trademarks?|follow us|share|download|available (?:in|on|for) the|app store|integrat\p{L}+ with (?:your|all)|plug-?ins?|connectors?|formerly|ex-|previously|customers? (?:use|run)|no longer|used to|instead of|competitors?|alternative to|compared|vs\.?|not)\b/iu

export function technology(sentence: Sentence): Draft[] {
  const { text, isSubject } = sentence
  if (NOT_OURS.test(text) || !(USES.test(text) || pageIs(sentence, CAREERS))) return []
  const names = [...text.matchAll(SOFTWARE_NAME)]
    .map(match => match.groups?.['v'] ?? '')
    .filter(name => !isSubject(name))
  return [...new Set(names)].slice(0, 6).map(value => ({ kind: 'technology', value }))
}

const DEALINGS = rx(
  String.raw`\b(?:customers?|clients?|buys?|bought|buying|order(?:s|ed|ing)?|rel(?:y|ies)|relied|trust(?:s|ed)?|choos\p{L}+|chose|suppl\p{L}+|deliver\p{L}*|serv\p{L}+|equip\p{L}*|look after|looks? to|turns? to|works? with|in use at|references?|regular|loyal|Kunden?|Kundin\p{L}*|beliefer\p{L}+|liefer\p{L}+|kauf\p{L}+|bestell\p{L}+|vertrau\p{L}+|setzt auf|bezieh\p{L}+|arbeiten für|Auftrag\p{L}*|Referenz\p{L}*|clients?|livr\p{L}+|fourni\p{L}+|confiance|achèt\p{L}+|command\p{L}+|équip\p{L}+|travaill\p{L}+ pour|fidèle\p{L}*)\b`,
)
const NO_CUSTOMER = rx(
  String.raw`^(?:many |our |most )?customers? (?:\p{L}+ )?(?:order|buy|choose|like|love|ask|know)\b|\b(?:partner\p{L}*|partenaire\p{L}*|suppliers?|software|system|hiring|recruit\p{L}*|looking|office|depot|site|branch|acquir\p{L}+|invest\p{L}*|raised|director|CEO|decid\p{L}+|approv\p{L}*|product|products|range|certif\p{L}+|head ?quarter\p{L}*|values?|mission|vision|goal|culture|relationships?|services?|solutions?)\b`,
)
const CUSTOMERS = rx(
  String.raw`\b(?:customers?|clients?|references?|case stud\p{L}+|who (?:we work|trusts)|Kunden|Referenzen|références|clientes)\b`,
)

export function customer(sentence: Sentence): Draft[] {
  const { text, isSubject } = sentence
  if (text.length > 160 || isTitleCase(text) || !DEALINGS.test(text) || NO_CUSTOMER.test(text)) return []
  if (!ofItself(sentence) && !pageIs(sentence, CUSTOMERS)) return []
  const names = namesInside(text).filter(
    name => /\s\p{Lu}/u.test(name) && !isSubject(name) && !SOFTWARE_NAME_ONCE.test(name),
  )
  return names.length > 3 ? [] : names.map(value => ({ kind: 'customer', value }))
}
const SOFTWARE_NAME_ONCE = new RegExp(SOFTWARE_NAME.source, 'iu')

const OFFERED = rx(
  String.raw`\b(?:our|we|us|range|portfolio|offer\p{L}*|sell|sells|product\p{L}*|order\p{L}*|buy|ask|try|choose|popular|made|built|developed|catalogue|programme?|line|available|unser\p{L}*|wir|Angebot|Sortiment|Programm|Produkt\p{L}*|erhältlich|nos|notre|nous|gamme|catalogue|offre\p{L}*|produits?|propos\p{L}+)\b`,
)
const PRODUCTS = rx(
  String.raw`\b(?:products?|services?|solutions?|what we (?:do|offer|make)|shop|range|Produkte?|Leistungen|Angebot|Sortiment|produits?|prestations?|offre|gamme)\b`,
)
const NO_OFFER =
  /\b(?:mayor|visitors?|e-?mail|contact|shelf|partner\p{L}*|partenaires?|certif\p{L}+|acquired|invest\p{L}*|founded|uses?|software for|Monday|colleagues|apply|hiring|customers? include|cookies?|privacy|terms)\b/iu

export function offering(sentence: Sentence): Draft[] {
  const { text, isSubject } = sentence
  if (text.length > 220 || NO_OFFER.test(text)) return []
  const name = productIn(sentence)
  const onProducts = pageIs(sentence, PRODUCTS)
  if (name !== null) return OFFERED.test(text) || onProducts ? [{ kind: 'offering', value: name }] : []
  if (!onProducts || isTitleCase(text) || text.length > 160 || A_PERSON_OR_POST.test(text)) return []
  const told = NAMED_AS_A_THING.map(pattern => pattern.exec(text)?.groups?.['v']).find(value => value !== undefined)
  const named = told ?? onlyNameIn(sentence)
  const clean = named === undefined ? '' : trimName(named)
  return /\p{Ll}{3}/u.test(clean) && !/\d{3}/.test(clean) && !isSubject(clean) && !NO_THING_NAME.test(clean)
    ? [{ kind: 'offering', value: clean }]
    : []
}

/** The one name in a whole sentence of a language that writes common nouns small. At the start it must be of two words. */
function onlyNameIn({ text, isSubject }: Sentence): string | undefined {
  if (!/[.!]$/.test(text) || IN_GERMAN.test(text)) return undefined
  const [name, ...more] = namesInside(text).filter(other => /\p{Ll}{3}/u.test(other) && !isSubject(other))
  return name === undefined || more.length > 0 || (text.startsWith(name) && !name.includes(' ')) ? undefined : name
}
const IN_GERMAN = /(?<!\p{L})(?:der|die|das|und|wir|unser\p{L}*|ist|mit|für|auf|ein|eine|zu|von|bei)(?!\p{L})/u

/** A product's name of ordinary words is told by what stands beside it: an article, a colon, a bracket, "called". */
const NAMED_AS_A_THING = [
  rx(
    String.raw`^(?<v>${NAME})(?:,? (?:is|stands for|steht für|heißt)\b|,? (?:ist|est) (?:ein|eine|unser|unsere|une?|notre|le|la)\b|,? (?:an?|our|the|ein|eine|unser|unsere|der|die|das|une?|notre|le|la|c['’]est) \p{Ll}|\s?[:(–])`,
    'u',
  ),
  rx(
    String.raw`\b(?:called|named|under the name|the name|order|try|choose|buy|sell|make|offer|stock|discover|meet|about|is|with|like|carry|list|have|includes?|[Hh]eißt|nennt sich|namens|Produkt|Marke|s['’]appelle|nommée?|appelée?|produit|baptisée?|vendons|proposons|découvrez|[Dd]écouvrez|Discover|Meet|Try|Order)\s(?<v>${NAME})`,
    'u',
  ),
]
const A_PERSON_OR_POST = rx(String.raw`^${PERSON}$|(?<!\p{L})${TITLES}(?!\p{L})`, 'u')
const NO_THING_NAME =
  /^(?:Under|With|From|For|By|As|In|At|On|Mit|Unter|Bei|Avec|Sous|Chez|We|Our|The|This|That|These|They|It|You|Your|Each|Every|All|Many|Most|Some|What|Who|How|Here|There|Products?|Services?|Water|Quality|Unser\p{L}*|Wir|Das|Die|Der|Alles?|Was|Nos|Notre|Nous|Les?|La|Ce|Tout|Qui|Monday|Tuesday|Wednesday|Thursday|Friday)(?!\p{L})/u

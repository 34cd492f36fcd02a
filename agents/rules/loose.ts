/**
 * Rules of last resort, one a kind: they look for the things a fact of that kind cannot be without (a year, a count, a place, a
 * product's name) and for any word that goes with it, whatever the sentence is like. They are asked only where no stricter rule of that kind
 * found anything, and only of text that stands in the body of a page.
 */
import type { FactKind } from '../../domain/evidence/types.ts'
import { BUSINESS_TRADE, MARK_NAME, SOFTWARE_NAME, TRADE } from './lexicon.ts'
import { productIn } from './product.ts'
import type { Draft, Sentence } from './rule.ts'
import { statement } from './statement.ts'
import { COUNT, DATE, leadingNames, MONEY, namesInside, PERSON, PLACE, rx, trimName, YEAR } from './words.ts'

const OURS = rx(
  String.raw`(?<!\p{L})(?:we|our|ours|us|the (?:company|firm|business|group)|wir|uns|unser\p{L}*|nous|notre|nos|chez nous|l['’]entreprise|das Unternehmen|die Firma)(?!\p{L})`,
)

/** The firm speaks of itself: by "we" or by its name. */
function ofItself({ text, isSubject }: Sentence): boolean {
  return OURS.test(text) || leadingNames(text).some(isSubject) || namesInside(text).some(isSubject)
}

const pageIs = (sentence: Sentence, words: RegExp): boolean =>
  words.test(sentence.title) || words.test(sentence.heading)

const NOT_FOUNDING =
  /(?:[€$£%]|\b(?:revenue|turnover|sales|raised|acquired|launched|certified|ISO|award\p{L}*|customers?|hiring|loan|round|©|copyright|Umsatz|Kunden?|chiffre|clients?)\b|\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Januar|Februar|März|Mai|Juni|Juli|August|Oktober|Dezember|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)\s+(?:19|20)\d{2})/iu
const BEGINNING = rx(
  String.raw`\b(?:roots?|origins?|histor\p{L}+|stor(?:y|ies)|beginnings?|beg(?:an|in|ins|un)|start(?:s|ed)?|first|found\p{L}+|doors|go(?:es)? back|reach(?:es)? back|trace\p{L}*|dat(?:es|ing)|since|generations?|exist\p{L}*|incorporat\p{L}+|registered|born|birth|set up|formed|trading|in business|tradition|Tradition|Wurzeln|Ursprung|Anfang|Anfänge|begann|Geschichte|gibt es|besteh\p{L}+|gegründet|Gründ\p{L}+|entstand\p{L}*|Generation|origines?|racines|débuts?|histoire|naissance|existe|fond\p{L}+|cré\p{L}+|remonte\p{L}*|depuis|seit)\b`,
)
const ONE_YEAR = rx(String.raw`(?<![\d.,-])(?<v>${YEAR})(?![\d%]|[.,]\d)`, 'gu')

function founded(sentence: Sentence): Draft[] {
  const years = [...sentence.text.matchAll(ONE_YEAR)]
  const year = years[0]?.groups?.['v']
  if (year === undefined || years.length > 1 || !BEGINNING.test(sentence.text) || NOT_FOUNDING.test(sentence.text))
    return []
  return ofItself(sentence) || sentence.text.length < 40 ? [{ kind: 'founded', value: year }] : []
}

const PEOPLE = String.raw`(?:employees?|staff|people|persons?|colleagues|women and men|men and women|co-?workers|workers|hands|pairs of hands|heads|members|specialists|professionals|experts|jobs|positions|of us|Menschen|Personen|Leute|Köpfe|Beschäftigte\p{L}*|Mitarbeit\p{L}+|Kolleg\p{L}+|Frauen und Männer|Arbeitsplätze|personnes|salarié\p{L}*|collaborat\p{L}+|femmes et hommes|hommes et femmes|emplois|postes)`
const PAYROLL = String.raw`(?:staff|payroll|pay roll|team|workforce|headcount|head count|crew|personnel|employ\p{L}*|number|count|Belegschaft|Team|Personalstand|effectif\p{L}*|équipe|emplo\p{L}+)`
const COUNTED = [
  rx(String.raw`(?<![\p{N}.,])(?<v>${COUNT})\s+(?:\p{L}+\s+){0,2}?${PEOPLE}(?!\p{L})`),
  rx(
    String.raw`\b${PAYROLL}\b[^\d.;]{0,30}?(?<![\p{N}.,])(?<v>${COUNT})(?=\s*(?:[.,;]|$|and\b|at\b|in\b|strong|today|now))`,
  ),
]
const NOT_STAFF =
  /(?<!\p{L})(?:customers?|clients?|users?|visitors?|guests?|members of|trained|hired|new jobs|students?|apprentices|people in need|Kunden|Besucher|Gäste|visiteurs|board|years?|countries|people (?:with|who (?:want|need)))(?!\p{L})/iu

function employees(sentence: Sentence): Draft[] {
  if (NOT_STAFF.test(sentence.text) || !ofItself(sentence)) return []
  for (const pattern of COUNTED) {
    const value = pattern.exec(sentence.text)?.groups?.['v']?.trim()
    if (value !== undefined && /\d{2}|[a-z]{4}/iu.test(value) && !/^(?:19|20)\d{2}$/.test(value))
      return [{ kind: 'employees', value }]
  }
  return []
}

const SEAT = rx(
  String.raw`\b(?:head ?quarter\p{L}*|HQ|head office|main (?:office|site|building|works|plant|house)|registered|at home|home|home town|seat|based|heart|central\p{L}*|address|sits?|where (?:it|everything|all)|Zentrale|Hauptsitz|Sitz|Stammsitz|zu Hause|Heimat|Haupthaus|Verwaltung|siège|maison[- ]mère|sede|installée?s?|basée?s?)\b`,
)
const LIVES = rx(
  String.raw`\b(?:find us|visit us|(?:run|managed|led|steered|directed)[^.;]{0,30} from|comes? from|calls?|management|offices? (?:are|is)|gefunden|finden Sie uns|geleitet|dirigée?s?)\b`,
)
const NO_SEAT = rx(
  String.raw`\b(?:second|further|also|another|branch\p{L}*|additional|new|besides|weiter\p{L}+|zweit\p{L}+|auch|également|aussi|autre|third|subsidiary|working from home|home page|take home|deliver\p{L}*|customers?|market|home (?:delivery|decor|connectivity|networking))\b`,
)
const PLACE_AFTER = rx(
  String.raw`(?:\b(?:[Ii]n|[Aa]t|to|[Ff]rom|[Nn]ear|is|of|call|calls|aus|nach|ist|[Àà]|est)|:|–|,)\s+(?:the (?:city|town) of\s+)?(?<v>${PLACE})`,
  'gu',
)
const PLACE_FIRST = rx(String.raw`^(?<v>${PLACE})\s+(?:is|remains|has been|ist|bleibt|est|reste)\b`, 'u')

function headquarters(sentence: Sentence): Draft[] {
  const told = SEAT.test(sentence.text) || LIVES.test(sentence.text)
  if (!told || NO_SEAT.test(sentence.text) || !ofItself(sentence)) return []
  return placeIn(sentence).map(value => ({ kind: 'headquarters', value }))
}

const SITE = rx(
  String.raw`\b(?:offices?|branch(?:es)?|sites?|locations?|plants?|depots?|warehouses?|workshops?|factor(?:y|ies)|outposts?|bases?|teams?|colleagues|address(?:es)?|presence|present|represented|showrooms?|premises|shops?|stores?|Niederlassung\p{L}*|Standort\p{L}*|Büro\p{L}*|Zweigstelle\p{L}*|Außenstelle\p{L}*|Werk|Filiale\p{L}*|vertreten|agences?|bureaux?|sites?|antennes?|succursales?|présents?|présentes?|implant\p{L}+)\b`,
)
const MORE_OF_THEM = rx(
  String.raw`\b(?:also|too|as well|another|second|third|further|additional|other|besides|alongside|apart from|in addition|next to|nearby|local|regional|auch|ebenfalls|außerdem|zusätzlich|weiter\p{L}+|zweit\p{L}+|daneben|également|aussi|en outre|autre|second|deuxième|we (?:have|run|keep|maintain|operate)|our)\b`,
)
const NO_SITE = rx(
  String.raw`\b(?:clos(?:ed|ure|es)|shut|head ?quarter\p{L}*|head office|hiring|recruit\p{L}*|looking for|vacanc\p{L}+|opened|opening|market|wanted|apply|job|jobs|fair|university|institute|partner\p{L}*)\b`,
)

function office(sentence: Sentence): Draft[] {
  const { text } = sentence
  if (!SITE.test(text) || !MORE_OF_THEM.test(text) || NO_SITE.test(text) || !ofItself(sentence)) return []
  return placeIn(sentence).map(value => ({ kind: 'office', value }))
}

/** The place a sentence names: after a preposition, else at its beginning. */
function placeIn({ text, isSubject }: Sentence): string[] {
  const found: string[] = []
  for (const match of text.matchAll(PLACE_AFTER)) found.push(match.groups?.['v'] ?? '')
  if (found.length === 0) found.push(PLACE_FIRST.exec(text)?.groups?.['v'] ?? '')
  const place = found.map(trimName).find(name => name.length > 2 && !isSubject(name) && !NO_PLACE.test(name))
  return place === undefined ? [] : [place]
}
const NO_PLACE =
  /^(?:We|Our|The|This|That|It|Us|You|Your|Europe|English|German|French|January|February|March|April|May|June|July|August|September|October|November|December|Contact|About|Unser\p{L}*|Wir|Nous|Notre|Home|Head|Main|Customer\p{L}*|Sales|Service|Team|Monday|Friday|Januar|Februar|März|Mai|Juni|Juli|Oktober|Dezember|Standort\p{L}*|Niederlassung\p{L}*|Werk|Büro|Zentrale|Sitz|Hauptsitz|Kunden)\b/u

const USES = rx(
  String.raw`\b(?:us(?:e|es|ed|ing)|runs?|running|work(?:s|ing)?|plan(?:s|ned|ning)?|handl\p{L}+|manag\p{L}+|record\p{L}*|book\p{L}*|ke(?:ep|eps|pt)|process\p{L}*|track\p{L}*|enter\p{L}*|li(?:ve|ves)|know(?:s|ledge)?|experience\p{L}*|skills?|systems?|software|ERP|CRM|stack|based|buil[td]|rel(?:y|ies)|orders?|accounts?|invoices?|stock|bookkeeping|accounting|purchas\p{L}+|every day|daily|migrat\p{L}+|switch\p{L}*|introduc\p{L}+|backbone|hands|familiar|at home|help\p{L}*|holds?|arbeit\p{L}*|nutz\p{L}*|setz\p{L}*|verwend\p{L}+|lauf\p{L}*|läuft|plan\p{L}*|buch\p{L}*|steuer\p{L}*|Kenntnisse|Erfahrung\p{L}*|Einsatz|System\p{L}*|utilis\p{L}+|travaill\p{L}+|gér\p{L}+|gest\p{L}+|repos\p{L}+|tourn\p{L}+|connaissance\p{L}*|maîtris\p{L}+|expérience|logiciel|outil\p{L}*)\b`,
)
const NOT_OURS =
  /\b(?:partners?|resellers?|trademarks?|follow us|share|download|available (?:in|on|for) the|app store|integrat\p{L}+ with (?:your|all)|plug-?ins?|connectors?|formerly|ex-|previously|customers? (?:use|run)|no longer|used to|instead of|competitors?|alternative to|compared|vs\.?|not)\b/iu

function technology(sentence: Sentence): Draft[] {
  const { text, isSubject } = sentence
  if (NOT_OURS.test(text) || !(USES.test(text) || pageIs(sentence, CAREERS))) return []
  const names = [...text.matchAll(SOFTWARE_NAME)]
    .map(match => match.groups?.['v'] ?? '')
    .filter(name => !isSubject(name))
  return [...new Set(names)].slice(0, 6).map(value => ({ kind: 'technology', value }))
}

const CAREERS = rx(
  String.raw`\b(?:careers?|jobs?|vacanc\p{L}+|work (?:with|for) us|join us|open positions|Karriere|Stellen\p{L}*|carrières?|emplois?|recrutement|nous rejoindre|empleo)\b`,
)
const SOUGHT = rx(
  String.raw`\b(?:wanted|vacan\p{L}+|opening|openings|positions?|appl(?:y|ication|ications|icants?)|join(?:ing)?|recruit\p{L}*|hir(?:e|es|ing)|looking|look for|search(?:ing)?|seek(?:s|ing)?|needs?|need|short of|room for|reinforce\p{L}*|strengthen\p{L}*|grow(?:s|ing)?|fill|welcome|come and work|start (?:with us|as|your)|become|next|advertis\p{L}+|available|invite|position|gesucht|such\p{L}+|Stellen?|Verstärkung|verstärk\p{L}+|bewerb\p{L}+|einstell\p{L}*|stellen|fehl\p{L}+|freuen|werden Sie|recherch\p{L}+|recrut\p{L}+|embauch\p{L}+|postes?|rejoin\p{L}+|renforc\p{L}+|candidat\p{L}*|pourvoir|besoin)\b`,
)
const NOT_SOUGHT =
  /\b(?:our [\p{L} ]{2,30} (?:will|are|have|know|help)|consult our|contact our|customers?|your|for all|tool|software|system|supplier|partner|platform|need(?:s)? to (?:change|replace)|spreadsheets?|maintenance plan)\b/iu

/** A person with a title is here already. */
const A_CARD = rx(`^${PERSON},`, 'u')

function hiring(sentence: Sentence): Draft[] {
  const { text } = sentence
  if (!TRADE.test(text) || A_CARD.test(text) || NOT_SOUGHT.test(text) || text.length > 200) return []
  const onCareers = pageIs(sentence, CAREERS)
  const asked = SOUGHT.test(text) && (onCareers || ofItself(sentence) || /:/.test(text))
  return asked || (onCareers && text.length < 140 && (ofItself(sentence) || placeIn(sentence).length > 0))
    ? [{ kind: 'hiring', value: statement(text) }]
    : []
}

const HOLDS = rx(
  String.raw`\b(?:we|our|certif\p{L}+|accredit\p{L}*|hold(?:s|ers?)?|award\p{L}*|received?|audit\p{L}*|pass(?:ed)?|meets?|according to|compl\p{L}+|standard\p{L}*|quality|wir|unser\p{L}*|zertifi\p{L}+|geprüft|nach|erfüll\p{L}+|nous|notre|nos|certifi\p{L}+|label\p{L}*|norme|conform\p{L}+)\b`,
)
const NO_MARK = /\b(?:apprentices?|plan(?:s|ning)? to|aim|working towards|ask|not|kein\p{L}*|pas|registered|MSP)\b/iu

function award(sentence: Sentence): Draft[] {
  const { text } = sentence
  if (text.length > 220 || NO_MARK.test(text) || !MARK_NAME.test(text)) return []
  if (!HOLDS.test(text) && !ofItself(sentence)) return []
  return [{ kind: 'award', value: statement(text) }]
}

const NEWNESS = rx(
  String.raw`\b(?:new|newest|newcomer|latest|now|first|unveil\p{L}*|debut\p{L}*|premi[eè]re\p{L}*|releas\p{L}+|launch\p{L}*|introduc\p{L}+|present\p{L}*|market|on sale|hits?|arriv\p{L}+|join(?:s|ed) (?:our|the)|added|extends?|completes?|start(?:s|ed)?|out now|since|available|orders|rolled out|showed|shown|revealed|neu\p{L}*|jetzt|ab sofort|vorgestellt|präsentiert|eingeführt|Start|Markt|seit|nouve\p{L}+|désormais|lanc\p{L}+|présent\p{L}+|dévoil\p{L}+|sorti\p{L}*|disponible|gamme|depuis|rejoint)\b`,
)
const MONTH_YEAR = rx(
  String.raw`\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Januar|Februar|März|Mai|Juni|Juli|August|Oktober|Dezember|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)\s+20\d{2}\b`,
)
const NO_PRODUCT_NEWS =
  /\b(?:hiring|plant|depot|branch|office|acquir\p{L}+|partner\p{L}*|customers? (?:include|such)|relies|certif\p{L}+|round|invest\p{L}*|CEO|director)\b/iu

/** A product that is named beside a word of newness, and a month or in a post with a date of its own. */
function launch(sentence: Sentence): Draft[] {
  const { text } = sentence
  const name = productIn(sentence)
  if (name === null || text.length > 240 || !NEWNESS.test(text) || NO_PRODUCT_NEWS.test(text)) return []
  return MONTH_YEAR.test(text) || sentence.dated ? [{ kind: 'launch', value: statement(text) }] : []
}

const GROWTH = rx(
  String.raw`\b(?:new|newest|second|third|opened?|opening|expan\p{L}+|extend\p{L}*|grow\p{L}*|set up|set foot|enter\p{L}*|market|subsidiary|ground|build\p{L}*|built|moved into|start(?:ed|s)?|inaugurat\p{L}+|added|took (?:over|up)|began|now also|neu\p{L}*|eröffn\p{L}+|erweiter\p{L}+|wächst|wachsen|zweit\p{L}+|Betrieb|bezogen|nouve\p{L}+|ouv\p{L}+|join(?:ed|s)|add(?:s|ed)?|welcom\p{L}+|agrandi\p{L}*|étend\p{L}*|implant\p{L}+|inaugur\p{L}+|second)\b`,
)
function expansion(sentence: Sentence): Draft[] {
  const { text } = sentence
  if (!sentence.dated && !MONTH_YEAR.test(text)) return []
  if (
    text.length > 240 ||
    !GROWTH.test(text) ||
    !SITE_OR_MARKET.test(text) ||
    /\b(?:clos\p{L}+|shut|hiring|fair|open day|acquir\p{L}+|bought|loan|invested)\b/iu.test(text)
  )
    return []
  return placeIn(sentence).length > 0 && ofItself(sentence) ? [{ kind: 'expansion', value: statement(text) }] : []
}
const SITE_OR_MARKET = rx(
  String.raw`\b(?:offices?|branch|sites?|locations?|plants?|depots?|warehouses?|workshops?|factory|halls?|works|subsidiary|market|premises|shops?|stores?|laboratory|kitchen|base|hub|presence|production|Niederlassung|Standort|Werk|Halle|Filiale|Tochter\p{L}*|Markt|Lager|usine|site|agence|filiale|atelier|marché|entrepôt|bureau)\b`,
)

const DEALINGS = rx(
  String.raw`\b(?:customers?|clients?|buys?|bought|buying|order(?:s|ed|ing)?|rel(?:y|ies)|relied|trust(?:s|ed)?|choos\p{L}+|chose|suppl\p{L}+|deliver\p{L}*|serv\p{L}+|equip\p{L}*|look after|looks? to|turns? to|works? with|in use at|references?|regular|loyal|Kunden?|Kundin\p{L}*|beliefer\p{L}+|liefer\p{L}+|kauf\p{L}+|bestell\p{L}+|vertrau\p{L}+|setzt auf|bezieh\p{L}+|arbeiten für|Auftrag\p{L}*|Referenz\p{L}*|clients?|livr\p{L}+|fourni\p{L}+|confiance|achèt\p{L}+|command\p{L}+|équip\p{L}+|travaill\p{L}+ pour|fidèle\p{L}*)\b`,
)
const NO_CUSTOMER = rx(
  String.raw`\b(?:partner\p{L}*|partenaire\p{L}*|suppliers?|software|system|hiring|recruit\p{L}*|looking|office|depot|site|branch|acquir\p{L}+|invest\p{L}*|raised|director|CEO|decid\p{L}+|approv\p{L}*|product|products|range|certif\p{L}+|head ?quarter\p{L}*|values?|mission|vision|goal|culture|relationships?|services?|solutions?)\b`,
)
const CUSTOMERS = rx(
  String.raw`\b(?:customers?|clients?|references?|case stud\p{L}+|who (?:we work|trusts)|Kunden|Referenzen|références|clientes)\b`,
)

function customer(sentence: Sentence): Draft[] {
  const { text, isSubject } = sentence
  if (text.length > 160 || isTitleCase(text) || !DEALINGS.test(text) || NO_CUSTOMER.test(text)) return []
  if (!ofItself(sentence) && !pageIs(sentence, CUSTOMERS)) return []
  const names = namesInside(text).filter(
    name => /\s\p{Lu}/u.test(name) && !isSubject(name) && !SOFTWARE_NAME_ONCE.test(name),
  )
  return names.length > 3 ? [] : names.map(value => ({ kind: 'customer', value }))
}
const SOFTWARE_NAME_ONCE = new RegExp(SOFTWARE_NAME.source, 'iu')

/** "We Provide Professional Solutions": capitals that name nothing. */
export function isTitleCase(text: string): boolean {
  const words = text.match(/\p{L}[\p{L}'’-]*/gu)?.filter(word => word.length > 3) ?? []
  return words.length >= 5 && !/[.;]$/.test(text) && words.every(word => /^\p{Lu}/u.test(word))
}

const OFFERED = rx(
  String.raw`\b(?:our|we|us|range|portfolio|offer\p{L}*|sell|sells|product\p{L}*|order\p{L}*|buy|ask|try|choose|popular|made|built|developed|catalogue|programme?|line|available|unser\p{L}*|wir|Angebot|Sortiment|Programm|Produkt\p{L}*|erhältlich|nos|notre|nous|gamme|catalogue|offre\p{L}*|produits?|propos\p{L}+)\b`,
)
const PRODUCTS = rx(
  String.raw`\b(?:products?|services?|solutions?|what we (?:do|offer|make)|shop|range|Produkte?|Leistungen|Angebot|Sortiment|produits?|prestations?|offre|gamme)\b`,
)
const NO_OFFER =
  /\b(?:partner\p{L}*|partenaires?|certif\p{L}+|acquired|invest\p{L}*|founded|uses?|software for|Monday|colleagues|apply|hiring|customers? include|cookies?|privacy|terms)\b/iu

function offering(sentence: Sentence): Draft[] {
  const { text, isSubject } = sentence
  if (text.length > 220 || NO_OFFER.test(text)) return []
  const name = productIn(sentence)
  const onProducts = pageIs(sentence, PRODUCTS)
  if (name !== null) return OFFERED.test(text) || onProducts ? [{ kind: 'offering', value: name }] : []
  if (!onProducts || isTitleCase(text) || text.length > 140) return []
  const [named, ...more] = namesInside(text).filter(other => /\p{Ll}{3}/u.test(other) && !isSubject(other))
  return named === undefined || more.length > 0 ? [] : [{ kind: 'offering', value: named }]
}

const AT_WORK_IN = rx(
  String.raw`\b(?:in|trade|business|field|sector|industry|active|world|home|speciali[sz]\p{L}*|experts?|company|name|firm|line of|work|house|live and breathe|what we do|come from|earn|living|belong\p{L}*|part of|player|Branche|Fach|Metier|Feld|Bereich|tätig|aktiv|zu Hause|Spezialist\p{L}*|Unternehmen|Firma|Betrieb|secteur|métier|domaine|activité|spécialis\p{L}+|actifs?|active|filière)\b`,
)

function industry(sentence: Sentence): Draft[] {
  const { text } = sentence
  if (text.length > 140 || !ofItself(sentence) || !AT_WORK_IN.test(text)) return []
  const value = BUSINESS_TRADE.exec(text.replace(/^\p{Lu}(?=\p{Ll})/u, first => first.toLowerCase()))?.groups?.['v']
  return value === undefined ? [] : [{ kind: 'industry', value: value.trim() }]
}

const DOES = rx(
  String.raw`\b(?:mak(?:e|es|ing)|suppl\p{L}+|stand(?:s)? for|look(?:s)? after|bring(?:s)?|turn(?:s)?|help(?:s)?|take(?:s)? care|do(?:es)?|offer\p{L}*|provid\p{L}+|deliver\p{L}*|known|come(?:s)? to us|get|need(?:s)?|ask|trade|craft\p{L}*|specialis\p{L}+|busy|business|job|work|that is|that['’]s|your|address|find|made|place|count on|serv\p{L}+|machen|fertig\p{L}+|liefer\p{L}+|bau\p{L}+|steh\p{L}+ für|biet\p{L}+|bekommen|Spezialist\p{L}*|Geschäft|faisons|fabri\p{L}+|fourni\p{L}+|propos\p{L}+|spécialis\p{L}+|métier)\b`,
)
const NO_DESCRIPTION =
  /(?:\d|@|\b(?:cookies?|server logs|privacy|welcome|colleagues|canteen|contact|call us|write|hiring|jobs?|apply|holiday|team|news|read more|customers? include|partner\p{L}*|certif\p{L}+|committed|mission|values?|Datenschutz|Kolleg\p{L}+)\b)/iu

/** Said of a trade and of those it serves, as a site's first lines are. */
function description(sentence: Sentence): Draft[] {
  const { text } = sentence
  if (text.length < 25 || text.length > 180 || NO_DESCRIPTION.test(text) || isTitleCase(text)) return []
  if (
    !/(?<!\p{L})(?:for|für|pour|to)(?!\p{L})/u.test(text) ||
    !(DOES.test(text) || text.length < 110) ||
    !ofItself(sentence)
  )
    return []
  return [{ kind: 'description', value: statement(text) }]
}

const TROUBLE = rx(
  String.raw`\b(?:late|los[est]\p{L}*|old|worn|fail\p{L}*|stop(?:s|ped|pages?)?|stuck|slow\p{L}*|miss\p{L}*|wish|want(?:s|ed)?|search\p{L}*|looking|replac\p{L}+|moderni[sz]\p{L}+|digital\p{L}*|better|overview|too|hard|difficult\p{L}*|trouble\p{L}*|paper|excel|spreadsheets?|by hand|manual\p{L}*|ag(?:e)?ing|break ?downs?|break|downtime|stand\p{L}* still|outdated|repair\p{L}*|maint\p{L}+|upkeep|cost(?:s|ing)?|hours|need(?:s|ed)?|fall\p{L}* behind|unreliab\p{L}+|alt\p{L}*|Ausf\p{L}+|Stillst\p{L}+|veraltet\p{L}*|Papier|Wartung\p{L}*|Instandhaltung|fehl\p{L}+|such\p{L}+|brauch\p{L}+|verlier\p{L}+|pannes?|vieilli\p{L}*|arrêts?|entretien|maintenance|papier|cherch\p{L}+|besoin|perd\p{L}+|remplac\p{L}+)\b`,
  'giu',
)
const ABOUT_READERS = rx(
  String.raw`(?<!\p{L})(?:you|your|Sie|Ihre?[rnms]?|vous|votre|vos|customers?|clients?|Kunden|businesses|companies|offer|provide|services?)(?!\p{L})`,
)

function need(sentence: Sentence): Draft[] {
  const { text } = sentence
  if (text.length > 220 || !OURS.test(text) || ABOUT_READERS.test(text)) return []
  const words = new Set([...text.matchAll(TROUBLE)].map(match => match[0].toLowerCase()))
  return words.size >= 2 ? [{ kind: 'need', value: statement(text) }] : []
}

const PURCHASE = rx(
  String.raw`\b(?:decid\p{L}+|decisions?|say|word|sign\p{L}*|approv\p{L}+|authori\p{L}+|purchas\p{L}+|buy\p{L}*|budget|invest\p{L}+|procure\p{L}+|spend\p{L}*|go-ahead|green light|lies|rests|desk|table|hands|talk to|speak|turn to|address\p{L}*|send|matters?|agree\p{L}*|vote|pick\p{L}*|select\p{L}*|choos\p{L}+|releas\p{L}+|responsib\p{L}+|in charge|entscheid\p{L}+|Freigabe|frei|genehmig\p{L}+|Einkauf\p{L}*|Investition\p{L}*|décid\p{L}+|décision\p{L}*|valid\p{L}+|approuv\p{L}+|achats?|investissements?)\b`,
)
function authority(sentence: Sentence): Draft[] {
  const { text } = sentence
  return sentence.dated &&
    text.length < 220 &&
    PURCHASE.test(text) &&
    A_PERSON.test(text) &&
    !/\b(?:joined|appointed|customers?|congratulat\p{L}+)\b/iu.test(text)
    ? [{ kind: 'authority', value: statement(text) }]
    : []
}
const A_PERSON = rx(PERSON, 'u')

const MONEY_FOR = rx(
  String.raw`\b(?:budget\p{L}*|project|system\p{L}*|software|moderni\p{L}+|maintenance|digital\p{L}*|spend\p{L}*|set|put|up to|provid\p{L}+|plan\p{L}*|cover\p{L}*|reserv\p{L}+|invest\p{L}*|money|allow\p{L}*|available|earmark\p{L}*|Projekt|Vorhaben|Instandhaltung|projet|maintenance|modernis\p{L}+)\b`,
)
const NO_BUDGET =
  /\b(?:revenue|turnover|sales|raised|round|loan|customers?|from €|price\p{L}*|Umsatz|chiffre|levé|funding|acquir\p{L}+|investors?)\b/iu
const A_SUM = rx(MONEY)

function budget(sentence: Sentence): Draft[] {
  const { text } = sentence
  return sentence.dated && text.length < 220 && A_SUM.test(text) && MONEY_FOR.test(text) && !NO_BUDGET.test(text)
    ? [{ kind: 'budget', value: statement(text) }]
    : []
}

const AHEAD = rx(
  String.raw`\b(?:system|project|supplier|decision|decide|offers?|tender|switch\p{L}*|changeover|phase|trial|pilot|should|must|wants?|plan(?:s|ned)?|aim\p{L}*|deadline|ready|in use|go live|start\p{L}*|begin\p{L}*|choice|contract|in place|chosen|pick\p{L}*|select\p{L}*|finish\p{L}*|complete\p{L}*|replace\p{L}*|introduc\p{L}+|run|up and running|expires?|runs? out|Projekt\p{L}*|\p{L}*[Ss]ystem\p{L}*|Angebote?|Start|starte\p{L}*|eingeführt|Einführung|läuft|Umstellung|Anbieter|Vertrag|Entscheidung|soll\p{L}*|bis|projet|système|offres?|doit|décision|choix)\b`,
)
const BEHIND =
  /\b19\d\d\b|\b(?:stor(?:y|ies)|history|opened|launched|acquired|raised|received|joined|closed|welcomed|since|was|were|has been|founded|fair|open day|seit|wurde|depuis|hiring)\b/iu
const SOON = rx(
  String.raw`\b(?:by|until|before|from|in|on|for|at|bis|ab|im|am|zum|d['’]ici|avant|en|dès|le)\s+(?:the\s+)?(?:(?:end|start|beginning|middle|early|late|Ende|Anfang|fin|début)\s+(?:of\s+|de\s+)?)?(?:${DATE})`,
)

function timing(sentence: Sentence): Draft[] {
  const { text } = sentence
  return sentence.dated && text.length < 220 && SOON.test(text) && AHEAD.test(text) && !BEHIND.test(text)
    ? [{ kind: 'timing', value: statement(text) }]
    : []
}

const INVESTED = rx(
  String.raw`\b(?:capital|money|stake|fresh|growth|financ\p{L}+|back(?:ed|ing|ers?)|investors?|invest\p{L}+|fund\p{L}*|rais\p{L}+|round|loan|credit|equity|ventures?|bank|Kapital|Investor\p{L}*|Finanz\p{L}+|Beteiligung\p{L}*|Darlehen|investisseur\p{L}*|fonds|prêt|levée)\b`,
)
const OWN_PLANS =
  /\b(?:maintenance|systems?|software|project|moderni[sz]\p{L}+|digital|tools?|upkeep|workshops?|Instandhaltung|Projekt|projet|revenue|turnover|sales|Umsatz|chiffre)\b/iu

function funding(sentence: Sentence): Draft[] {
  const { text } = sentence
  const sum =
    sentence.dated && text.length < 240 && !OWN_PLANS.test(text) && INVESTED.test(text) ? A_SUM.exec(text) : null
  return sum === null ? [] : [{ kind: 'funding', value: sum[0].replace(/[\s.]+$/u, '') }]
}

const ENDED = rx(
  String.raw`\b(?:no longer|last (?:day|shift|time|order)|clos\p{L}+|shut\p{L}*|end(?:ed|s)?|stop(?:ped|s)?|wound|left|g(?:ive|ave|iven) up|farewell|doors|moved out|final|ceased?|discontinu\p{L}+|geschlossen|schlie\p{L}+|Schließung|aufgegeben|eingestellt|beendet|Ende|ferm\p{L}+|cess\p{L}+|fin)\b`,
)

function closure(sentence: Sentence): Draft[] {
  const { text } = sentence
  if (!sentence.dated || text.length > 200 || !ENDED.test(text) || !SITE_OR_MARKET.test(text)) return []
  if (/\b(?:opened|opening|contract|round|loan|weekend|year|fair|hiring)\b/iu.test(text)) return []
  return placeIn(sentence).length > 0 && MONTH_YEAR.test(text) ? [{ kind: 'closure', value: statement(text) }] : []
}

const LOOSE: readonly [FactKind, (sentence: Sentence) => Draft[]][] = [
  ['founded', founded],
  ['employees', employees],
  ['headquarters', headquarters],
  ['office', office],
  ['technology', technology],
  ['hiring', hiring],
  ['award', award],
  ['launch', launch],
  ['expansion', expansion],
  ['customer', customer],
  ['offering', offering],
  ['industry', industry],
  ['need', need],
  ['authority', authority],
  ['budget', budget],
  ['timing', timing],
  ['funding', funding],
  ['closure', closure],
]

/** What stricter rules missed. `found` is what they found in the sentence. */
export function looseDrafts(sentence: Sentence, found: readonly Draft[]): Draft[] {
  if (sentence.role !== 'main' || sentence.kind === 'heading' || sentence.text.length < 12) return []
  const kinds = new Set(found.map(draft => draft.kind))
  // What says something of another kind is no description: that is asked last, of sentences that gave nothing else.
  const told = LOOSE.flatMap(([kind, rule]) => (kinds.has(kind) ? [] : rule(sentence)))
  return found.length + told.length === 0 ? description(sentence) : told
}

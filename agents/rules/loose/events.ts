/** Posts, prizes, new products, new and closed sites, and money raised, of any wording. */
import { MARK_NAME, TRADE } from '../lexicon.ts'
import { productIn } from '../product.ts'
import type { Draft, Sentence } from '../rule.ts'
import { statement } from '../statement.ts'
import { SUPPOSED } from '../supposed.ts'
import { MONEY, PERSON, rx } from '../words.ts'
import { placeIn } from './places.ts'
import { CAREERS, ofItself, pageIs } from './speaker.ts'

const SOUGHT = rx(
  String.raw`\b(?:wanted|vacan\p{L}+|opening|openings|positions?|appl(?:y|ication|ications|icants?)|join(?:ing)?|recruit\p{L}*|hir(?:e|es|ing)|(?:are|is|we|currently|always) looking|look for|search(?:ing)?|seek(?:s|ing)?|needs?|need|short of|room for|reinforce\p{L}*|strengthen\p{L}*|grow(?:s|ing)?|fill|welcome|come and work|start (?:with us|as|your)|become|next|advertis\p{L}+|available|invite|position|gesucht|such\p{L}+|Stellen?|Verstärkung|verstärk\p{L}+|bewerb\p{L}+|einstell\p{L}*|stellen|fehl\p{L}+|freuen|werden Sie|recherch\p{L}+|recrut\p{L}+|embauch\p{L}+|postes?|rejoin\p{L}+|renforc\p{L}+|candidat\p{L}*|pourvoir|besoin)\b`,
)
const NOT_SOUGHT =
  /\b(?:our [\p{L} ]{2,30} (?:will|are|have|know|help)|consult our|contact our|customers?|your|for all|tool|software|system|supplier|partner|platform|need(?:s)? to (?:change|replace)|spreadsheets?|maintenance plan)\b/iu

/** A person with a title is here already. */
const A_CARD = rx(`^${PERSON},`, 'u')

export function hiring(sentence: Sentence): Draft[] {
  const { text } = sentence
  const onCareers = pageIs(sentence, CAREERS)
  if (!TRADE.test(text) || A_CARD.test(text) || text.length > 200 || (!onCareers && NOT_SOUGHT.test(text))) return []
  const asked = SOUGHT.test(text) && (onCareers || ofItself(sentence) || /:/.test(text))
  return asked || (onCareers && text.length < 140 && placeIn(sentence).length > 0)
    ? [{ kind: 'hiring', value: statement(text) }]
    : []
}

const HOLDS = rx(
  String.raw`\b(?:we|our|certif\p{L}+|accredit\p{L}*|hold(?:s|ers?)?|award\p{L}*|received?|audit\p{L}*|pass(?:ed)?|meets?|according to|compl\p{L}+|standard\p{L}*|quality|wir|unser\p{L}*|zertifi\p{L}+|geprüft|nach|erfüll\p{L}+|nous|notre|nos|certifi\p{L}+|label\p{L}*|norme|conform\p{L}+)\b`,
)
const NO_MARK =
  /\b(?:hope\p{L}*|want\p{L}*|next year|soon|by the end|preparing|on (?:the|our) way|apprentices?|plan(?:s|ning)? to|aim|working towards|ask|not|kein\p{L}*|pas|registered|MSP)\b/iu

export function award(sentence: Sentence): Draft[] {
  const { text } = sentence
  if (text.length > 220 || NO_MARK.test(text) || SUPPOSED.test(text) || !MARK_NAME.test(text)) return []
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
export function launch(sentence: Sentence): Draft[] {
  const { text } = sentence
  const name = productIn(sentence)
  if (name === null || text.length > 240 || !NEWNESS.test(text) || NO_PRODUCT_NEWS.test(text)) return []
  return MONTH_YEAR.test(text) || sentence.dated ? [{ kind: 'launch', value: statement(text) }] : []
}

const GROWTH = rx(
  String.raw`\b(?:now|too|another|enlarg\p{L}+|joined|doubled|auch|vertreten|new|newest|second|third|opened?|opening|expan\p{L}+|extend\p{L}*|grow\p{L}*|set up|set foot|enter\p{L}*|market|subsidiary|ground|build\p{L}*|built|moved into|start(?:ed|s)?|inaugurat\p{L}+|added|took (?:over|up)|began|now also|neu\p{L}*|eröffn\p{L}+|erweiter\p{L}+|wächst|wachsen|zweit\p{L}+|Betrieb|bezogen|nouve\p{L}+|ouv\p{L}+|join(?:ed|s)|add(?:s|ed)?|welcom\p{L}+|agrandi\p{L}*|étend\p{L}*|implant\p{L}+|inaugur\p{L}+|second)\b`,
)
export function expansion(sentence: Sentence): Draft[] {
  const { text } = sentence
  if ((!sentence.dated && !MONTH_YEAR.test(text)) || SUPPOSED.test(text)) return []
  if (
    text.length > 240 ||
    !GROWTH.test(text) ||
    !SITE_OR_MARKET.test(text) ||
    /\b(?:clos\p{L}+|shut|hiring|fair|open day|acquir\p{L}+|bought|loan|invested|Director|Manager)\b/iu.test(text)
  )
    return []
  return placeIn(sentence).length > 0 && ofItself(sentence) ? [{ kind: 'expansion', value: statement(text) }] : []
}
const SITE_OR_MARKET = rx(
  String.raw`\b(?:network|working|business to|vertreten|offices?|branch|sites?|locations?|plants?|depots?|warehouses?|workshops?|factory|halls?|works|subsidiary|market|premises|shops?|stores?|laboratory|kitchen|base|hub|presence|production|Niederlassung|Standort|Werk|Halle|Filiale|Tochter\p{L}*|Markt|Lager|usine|site|agence|filiale|atelier|marché|entrepôt|bureau)\b`,
)

const A_SUM = rx(MONEY)

const INVESTED = rx(
  String.raw`\b(?:capital|money|stake|fresh|growth|financ\p{L}+|back(?:ed|ing|ers?)|investors?|invest\p{L}+|fund\p{L}*|rais\p{L}+|round|loan|credit|equity|ventures?|bank|Kapital|Investor\p{L}*|Finanz\p{L}+|Beteiligung\p{L}*|Darlehen|investisseur\p{L}*|fonds|prêt|levée)\b`,
)
const OWN_PLANS =
  /\b(?:maintenance|systems?|software|project|moderni[sz]\p{L}+|digital|tools?|upkeep|workshops?|Instandhaltung|Projekt|projet|revenue|turnover|sales|Umsatz|chiffre)\b/iu

export function funding(sentence: Sentence): Draft[] {
  const { text } = sentence
  const sum =
    sentence.dated && text.length < 240 && !OWN_PLANS.test(text) && INVESTED.test(text) ? A_SUM.exec(text) : null
  return sum === null ? [] : [{ kind: 'funding', value: sum[0].replace(/[\s.]+$/u, '') }]
}

const ENDED = rx(
  String.raw`\b(?:goodbye|withdr[ae]w\p{L}*|last day|no more|no longer|last (?:day|shift|time|order)|clos\p{L}+|shut\p{L}*|end(?:ed|s)?|stop(?:ped|s)?|wound|left|g(?:ive|ave|iven) up|farewell|doors|moved out|final|ceased?|discontinu\p{L}+|geschlossen|schlie\p{L}+|Schließung|aufgegeben|eingestellt|beendet|Ende|ferm\p{L}+|cess\p{L}+|fin)\b`,
)

/** "Our Dundee plant". */
const OUR_PLACE = /(?<!\p{L})(?:our|the) \p{Lu}\p{L}+ \p{Ll}/u

export function closure(sentence: Sentence): Draft[] {
  const { text } = sentence
  if (!sentence.dated || text.length > 200 || !ENDED.test(text) || !SITE_OR_MARKET.test(text)) return []
  if (/\b(?:opened|opening|contract|round|loan|weekend|year|fair|hiring)\b/iu.test(text)) return []
  const named = placeIn(sentence).length > 0 || OUR_PLACE.test(text)
  return named && MONTH_YEAR.test(text) ? [{ kind: 'closure', value: statement(text) }] : []
}

const EARNED = rx(
  String.raw`\b(?:revenues?|turnover|sales|earned|earnings|took in|takings|turned? over|generated|business worth|business volume|invoiced|billed|books|financial year|fiscal year|Umsatz\p{L}*|Erlös\p{L}*|umgesetzt|erwirtschaft\p{L}+|Geschäftsjahr|chiffre d['’]affaires|ventes|recettes|exercice)\b`,
)
const NOT_EARNED = rx(
  String.raw`\b(?:invest\p{L}*|rais(?:e|ed|es|ing)|round|loan|budget|set aside|funding|price\p{L}*|save[ds]?|worth of|customers?['’]?s?|market|project|levé\p{L}*|Finanzierung\p{L}*|Darlehen|prêt)\b`,
)

export function revenue(sentence: Sentence): Draft[] {
  const { text } = sentence
  if (text.length > 200 || !EARNED.test(text) || NOT_EARNED.test(text) || SUPPOSED.test(text)) return []
  const sum = /\b20\d\d\b/.test(text) && (ofItself(sentence) || text.length < 90) ? A_SUM.exec(text) : null
  const year = /\b20\d\d\b/.exec(text)?.[0]
  return sum === null ? [] : [{ kind: 'revenue', value: `${sum[0].replace(/[\s.]+$/u, '')}, ${year}` }]
}

/** Age, size, trade and purpose of any wording. */
import { BUSINESS_TRADE } from '../lexicon.ts'
import type { Draft, Sentence } from '../rule.ts'
import { statement } from '../statement.ts'
import { isTitleCase } from '../title-case.ts'
import { COUNT, rx, YEAR } from '../words.ts'
import { ofItself } from './speaker.ts'

const NOT_FOUNDING =
  /(?:[€$£%]|\b(?:revenue|turnover|sales|raised|acquired|launched|certified|ISO|award\p{L}*|customers?|hiring|loan|round|©|copyright|Umsatz|Kunden?|chiffre|clients?)\b|\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Januar|Februar|März|Mai|Juni|Juli|August|Oktober|Dezember|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)\s+(?:19|20)\d{2})/iu
const BEGINNING = rx(
  String.raw`\b(?:roots?|origins?|histor\p{L}+|stor(?:y|ies)|beginnings?|beg(?:an|in|ins|un)|start(?:s|ed)?|first|found\p{L}+|doors|go(?:es)? back|reach(?:es)? back|trace\p{L}*|dat(?:es|ing)|since|generations?|exist\p{L}*|incorporat\p{L}+|registered|born|birth|set up|formed|trading|in business|tradition|Tradition|Wurzeln|Ursprung|Anfang|Anfänge|begann|Geschichte|gibt es|besteh\p{L}+|gegründet|Gründ\p{L}+|entstand\p{L}*|Generation|origines?|racines|débuts?|histoire|naissance|existe|fond\p{L}+|cré\p{L}+|remonte\p{L}*|depuis|seit|register(?:ed)?|angefangen|fing|Anfängen|portes|démarr\p{L}+|commenc\p{L}+|came into|spun off|establish\p{L}*|since)\b`,
)
const ONE_YEAR = rx(String.raw`(?<![\d.,-])(?<v>${YEAR})(?![\d%]|[.,]\d)`, 'gu')

export function founded(sentence: Sentence): Draft[] {
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
  /(?<!\p{L})(?:(?:employed|hired|recruited|trained) since|customers?|clients?|users?|visitors?|guests?|members of|trained|hired|new jobs|students?|apprentices|people in need|Kunden|Besucher|Gäste|visiteurs|board members|on the board|years?|countries|people (?:with|who (?:want|need)))(?!\p{L})/iu

export function employees(sentence: Sentence): Draft[] {
  if (NOT_STAFF.test(sentence.text) || !ofItself(sentence)) return []
  for (const pattern of COUNTED) {
    const value = pattern.exec(sentence.text)?.groups?.['v']?.trim()
    if (value !== undefined && /\d{2}|[a-z]{4}/iu.test(value) && !/^(?:19|20)\d{2}$/.test(value))
      return [{ kind: 'employees', value }]
  }
  return []
}

const AT_WORK = rx(
  String.raw`\b(?:in|work|house|name|earn|trade|craft|business|field|sector|industry|active|at home|world|speciali[sz]\p{L}*|experts?|company|firm|name|player|line of|works? in|working in|operates? in|engaged in|living|live and breathe|what we do|what we know|come from|belong\p{L}*|part of|Branche|Fach\p{L}*|Metier|Feld|Bereich|Gebiet|tätig|aktiv|zu Hause|Spezialist\p{L}*|Unternehmen|Firma|Betrieb|secteur|métier|domaine|activité|spécialis\p{L}+|actifs?|évoluons|filière)\b`,
)
/** Sentences about people sought, money, dates, fairs and tools name trades that are not the firm's. */
const NOT_THE_TRADE = rx(
  String.raw`\b(?:hiring|recruit\p{L}*|looking for|seek|vacanc\p{L}+|wanted|strengthen|suchen|gesucht|recherch\p{L}+|recrut\p{L}+|fair|Messe|salon|invest\p{L}*|budget|systems?|software|database|tools?|certif\p{L}+|head ?quarter\p{L}*|founded|gegründet|fondée?|customers? (?:in|from)|Kunden aus|clients du|our (?:own )?maintenance)\b|[€$£]`,
)
/** What may follow a trade that stands for itself: in "maintenance technicians" it only narrows another noun. */
const TRADE_ENDS =
  /^\s*(?:$|[.,;:!?()–-]|(?:company|firm|business|sector|industry|trade|market|specialists?|and|is|are|has|since|for|with|in|from|where|to|that|which|ist|sind|seit|und|aus|zu|tätig|est|depuis|et|à)(?!\p{L}))/u

/** Firms whose kind is their trade: "is a language school", "as a craft bakery". */
const KIND_OF_FIRM = rx(
  String.raw`\b(?:is|are|as|As) (?:an? |the )(?:(?:family-run|family|small|mid-sized|medium-sized|independent|local|regional|modern|leading)\s)*(?<v>(?:\p{Ll}+[\s-]){0,2}(?:school|academy|law firm|firm of [\p{Ll}]+|agency|studio|bakery|brewery|laborator(?:y|ies)|practice|foundry|mill|printers?|print shop|haulier|carrier|restaurant|clinic|pharmacy|publisher|wholesaler|architects?|bookkeepers?))(?=[,.;!]|$|\s(?:in|with|from|for|and|that)\b)`,
  'u',
)

export function industry(sentence: Sentence): Draft[] {
  const { text } = sentence
  if (text.length > 140 || !ofItself(sentence) || NOT_THE_TRADE.test(text)) return []
  const kind = KIND_OF_FIRM.exec(text)?.groups?.['v']
  if (kind !== undefined) return [{ kind: 'industry', value: kind }]
  if (!AT_WORK.test(text)) return []
  const lower = text.replace(/^\p{Lu}(?=\p{Ll})/u, first => first.toLowerCase())
  const match = BUSINESS_TRADE.exec(lower)
  const value = match?.groups?.['v']?.trim()
  if (match === null || value === undefined || !TRADE_ENDS.test(lower.slice(match.index + match[0].length))) return []
  // "Sandeck Metallbau has its seat in Thun" names the firm, not its trade.
  return /\p{Lu}[\p{L}-]+\s$/u.test(text.slice(0, match.index)) ? [] : [{ kind: 'industry', value }]
}

const DOES = rx(
  String.raw`\b(?:mak(?:e|es|ing)|suppl\p{L}+|stand(?:s)? for|look(?:s)? after|bring(?:s)?|turn(?:s)?|help(?:s)?|take(?:s)? care|do(?:es)?|offer\p{L}*|provid\p{L}+|deliver\p{L}*|known|come(?:s)? to us|get|need(?:s)?|ask|trade|craft\p{L}*|specialis\p{L}+|busy|business|job|work|that is|that['’]s|your|address|find|made|place|count on|serv\p{L}+|machen|fertig\p{L}+|liefer\p{L}+|bau\p{L}+|steh\p{L}+ für|biet\p{L}+|bekommen|Spezialist\p{L}*|Geschäft|faisons|fabri\p{L}+|fourni\p{L}+|propos\p{L}+|spécialis\p{L}+|métier)\b`,
)
const NO_DESCRIPTION =
  /(?:\d|@|\b(?:cookies?|server logs|privacy|welcome|colleagues|canteen|contact|call us|write|hiring|jobs?|apply|holiday|team|news|read more|customers? include|partner\p{L}*|certif\p{L}+|committed|mission|values?|Datenschutz|Kolleg\p{L}+|seems?|would like|nobody)\b|(?<!\p{L})(?:for|für|pour) (?:us|it|this|that|them|uns|dies\p{L}*|nous|notre|cela|a long|years|sale|the (?:first|time|years|moment))(?!\p{L})|(?<!\p{L})(?:for|für|pour) (?:our (?!customers|clients)|unsere? (?!Kunden)|nos (?!clients)|those we)|(?:we|We) are looking for|^Our (?!company|business|firm|trade|job|special|craft|work|house|daily|bread|world|customers|field)|^(?:It|There|Then|Il|Elle|Rien|Nothing|Nichts)(?!\p{L}))/iu
/** Whom a trade serves: what a description says beside what it sells. */
const FOR_WHOM = /(?<!\p{L})(?:for|für|pour)(?!\p{L})/u

/** Said of a trade and of those it serves, as a site's first lines are. */
export function description(sentence: Sentence): Draft[] {
  const { text } = sentence
  if (text.length < 25 || text.length > 180 || NO_DESCRIPTION.test(text) || isTitleCase(text)) return []
  if (!FOR_WHOM.test(text) || !(DOES.test(text) || text.length < 110)) return []
  if (!(ofItself(sentence) || READER_NEEDS.test(text))) return []
  return [{ kind: 'description', value: statement(text) }]
}
const READER_NEEDS =
  /^(?:if you (?:need|are looking for)|whoever needs|wer .{3,60} (?:braucht|sucht)|vous cherchez)(?!\p{L})/iu

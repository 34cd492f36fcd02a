/** Building blocks of the extraction rules: how names, places, people, titles, numbers and amounts look in four languages. */
import { pattern } from '../../domain/message/pattern.ts'

export { pattern as rx }

/** A word that begins with a capital letter or a digit, as names have. */
const WORD = String.raw`(?:\p{Lu}|\d|\p{Ll}{1,3}(?=\p{Lu}))[\p{L}\p{N}\p{M}&'’.+/-]*`
const LINK = String.raw`(?:of|the|for|de|du|des|del|della|der|die|das|den|van|von|zu|für|la|le|les|el|y|&|\+|am|an|im|sur|upon|in)`

/** A proper name: capitalised words, joined by small words only between them. */
export const NAME = String.raw`${WORD}(?:\s+(?:${LINK}\s+){0,2}${WORD}){0,6}`

const PLACE_WORD = String.raw`\p{Lu}[\p{L}\p{M}'’.-]*`
const PLACE_LINK = String.raw`(?:de|la|le|les|sur|am|an|der|den|im|upon|of|the|and|bei|ob|du|del|in)`
/** "Leeds", "Frankfurt am Main, Germany", "80331 München". */
export const PLACE = String.raw`(?:[A-Z]{0,2}-?\d{4,5}\s+)?${PLACE_WORD}(?:\s+(?:${PLACE_LINK}\s+){0,2}${PLACE_WORD}){0,3}(?:,\s+(?:${PLACE_WORD})(?:\s+${PLACE_WORD}){0,2}){0,2}`

export const PERSON = String.raw`(?:(?:Dr|Prof|Mr|Mrs|Ms|Herr|Frau|Mme|Ing)\.?\s+){0,2}\p{Lu}[\p{L}\p{M}'’]+(?:-\p{Lu}[\p{L}\p{M}'’]+)*(?:\s+\p{Lu}\.)?(?:\s+(?:van|von|de|del|da|di|dos|der|den|el|al|bin|la|le|ten|zu|zur))*(?:\s+(?:\p{Lu}['’])?\p{Lu}[\p{L}\p{M}'’]+(?:-\p{Lu}[\p{L}\p{M}'’]+)*){1,2}`

const TITLE_HEAD = [
  String.raw`(?:CEO|CTO|CFO|COO|CMO|CRO|CIO|CPO|CHRO|CISO|CCO|CDO|VP|SVP|EVP|MD|PDG|DG|DAF|DSI|DRH)\b`,
  String.raw`(?:[Oo]fficer|[Dd]irector|[Hh]ead|[Mm]anager|[Pp]resident|[Cc]hair(?:man|woman|person)?|[Cc]o-?[Ff]ounder|[Ff]ounder|[Oo]wner|[Pp]roprietor|[Ll]ead|[Pp]rincipal|[Cc]ontroller|[Tt]reasurer|[Ss]upervisor|[Mm]anaging\s+[Pp]artner|[Ff]ounding\s+[Pp]artner|[Cc]hief\s+(?:[Ee]ngineer|[Ss]cientist|[Aa]rchitect|[Tt]echnologist|[Ee]conomist))\b`,
  String.raw`[\p{L}-]*(?:[Ll]eiter|[Cc]hef|[Ff]ührer|[Ii]nhaber|[Gg]ründer|[Dd]irektor|[Pp]rokurist|[Gg]esellschafter)(?:in)?\b`,
  String.raw`[\p{L}-]*(?:[Ll]eitung|[Vv]orstand|[Vv]orständin|[Vv]orsitzende[rn]?)\b`,
  String.raw`(?:[Dd]irect(?:eur|rice)|[Pp]résidente?|[Gg]érante?|[Rr]esponsable|(?:[Cc]o)?[Ff]ondat(?:eur|rice)|[Cc]heff?e?|[Dd]irigeante?|[Aa]ssociée?)\b`,
  String.raw`(?:[Dd]irectora?|[Gg]erente|[Pp]residenta?|[Ff]undadora?|[Jj]ef[ea]|[Pp]ropietari[oa])\b`,
].join('|')
const TITLE_MODIFIER = String.raw`(?:(?:Sr|Jr|Asst|Assoc)\.|\p{Lu}[\p{L}&-]*|executive|non-executive|managing|general|technical|commercial|deputy|senior|interim|joint|group|sales|operations|plant|works|finance|financial|product|production|marketing|maintenance|purchasing|supply|chain|technology|quality|workshop|site|country|regional|human|resources)\s+`
const TITLE_TAIL = [
  String.raw`\s+(?:of|for|für|der|des|de la|de l['’]\s?|de|du|d['’]\s?|del)\s*(?:the\s+|la\s+|l['’])?[\p{L}&-]+(?:[\s-](?:and|&|und|et|y)\s+[\p{L}&-]+)?(?:\s+\p{Lu}[\p{L}&-]*)?`,
  String.raw`\s+(?:générale?s?|technique|commerciale?|industriel(?:le)?|financi(?:er|ère)|adjointe?|déléguée?|administrati(?:f|ve)|exécuti(?:f|ve)|associée?|general|ejecutiv[oa]|técnic[oa]|comercial)\b`,
  String.raw`\s+(?:maintenance|achats|production|qualité|atelier|ventes|marketing|logistique|informatique|sécurité)\b`,
  String.raw`\s+(?:\p{Lu}[\p{L}&-]*|&)`,
].join('|')
/** Titles of people who lead something, with what they lead: "Head of Operations", "Leiterin Einkauf", "directrice générale". */
export const TITLE = String.raw`(?:(?:${TITLE_MODIFIER}){0,4}?(?:${TITLE_HEAD})(?:${TITLE_TAIL}){0,3})`
/** "Co-founder and CEO", "Geschäftsführer und Gründer". */
export const TITLES = String.raw`${TITLE}(?:\s*(?:and|&|und|et|y|,|/)\s*${TITLE})?`

const DIGITS = String.raw`\d{1,3}(?:[.,'’\u00A0\u202F\u2009 ]\d{3})+|\d+`
const WORDS = String.raw`(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|(?:a|one|two|three|four|five|six|seven|eight|nine)\s+(?:dozen|hundred|thousand)(?:\s+and\s+[a-z-]+)?|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|three|four|five|six|seven|eight|nine|zwanzig|dreißig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig|zehn|zwölf|hundert|(?:zwei|drei|vier|fünf|sechs|sieben|acht|neun)hundert|(?:ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun)und(?:zwanzig|dreißig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig)|dix|onze|douze|quinze|vingt|trente|quarante|cinquante|soixante|cent|deux cents|trois cents|une (?:dizaine|vingtaine|trentaine|quarantaine|cinquantaine|centaine)|veinte|treinta|cuarenta|cincuenta|cien`
const APPROX = String.raw`about|around|some|roughly|approximately|approx\.?|nearly|almost|over|more than|just over|just under|just short of|close to|well over|at least|fewer than|less than|under|~|≈|c\.|circa|ca\.|rund|etwa|ungefähr|über|mehr als|knapp|fast|gut|annähernd|weniger als|environ|plus de|près de|quelque|presque|moins de|unos|unas|más de|cerca de|alrededor de|casi`
/** A count as written: "about 250", "51-200", "1,200+", "forty-five". */
export const COUNT = String.raw`(?:(?:${APPROX})\s*)?(?:(?:${DIGITS})\s*(?:[-–]|to|bis|à|a)\s*(?:${DIGITS})|(?:${DIGITS})|(?:${WORDS}))\b\+?`

const SCALE = String.raw`(?:thousand|million|billion|mn|bn|m|k|b|mio\.?|mrd\.?|tsd\.?|millionen|million|milliarden|milliarde|tausend|millions?|milliards?|millones|mil millones|md|M|Md|Mrd|Mio)`
const CURRENCY = String.raw`(?:RM|MYR|₹|Rs\.?|INR|JPY|CNY|RMB|HK\$|S\$|A\$|C\$|R\$|AED|CZK|Kč|HUF|zł|€|\$|£|¥|US\$|USD|EUR|GBP|CHF|SEK|NOK|DKK|PLN|euros?|dollars?|pounds?(?:\s+sterling)?|Euro|Franken|francs?|Schweizer Franken|dólares|libras)`
const FIGURE = String.raw`(?<![\d.,])\d{1,3}(?:[.,'’\u00A0\u202F\u2009 ]\d{3})+(?:[.,]\d{1,2})?|(?<![\d.,])\d+(?:[.,]\d+)?`
/** A sum of money as written: "€12.5 million", "3,4 Mio. EUR", "$40m", "12 millions d'euros". */
export const MONEY = String.raw`(?:(?:${APPROX})\s*)?(?:${CURRENCY}\s?(?:${FIGURE})(?:[\s\u00A0\u202F-]?${SCALE}\b\.?)?(?:\s?${CURRENCY}(?!\p{L}))?|(?:${FIGURE})[\s\u00A0\u202F-]?(?:${SCALE}\.?[\s\u00A0\u202F-]?)?(?:d['’]\s?|de\s|of\s)?${CURRENCY}(?!\p{L}))`

const MONTH = String.raw`(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Januar|Jänner|Februar|März|Mai|Juni|Juli|Oktober|Dezember|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)\.?`
export const YEAR = String.raw`(?:1[89]|20)\d{2}`
export const DATE = String.raw`(?:\d{1,2}(?:st|nd|rd|th|er|\.)?\s+(?:de\s+|of\s+)?${MONTH},?\s+(?:de\s+)?${YEAR}|${MONTH}\s+\d{1,2}(?:st|nd|rd|th)?,?\s+${YEAR}|${MONTH}\s+(?:de\s+|of\s+)?${YEAR}|${YEAR}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]${YEAR}|Q[1-4]\s+${YEAR}|(?:(?:spring|summer|autumn|fall|winter|early|late|mid-?|Frühjahr|Sommer|Herbst|Winter|Anfang|Ende|Mitte)\s*)?${YEAR})`

const LEGAL =
  /^(?:Inc|Ltd|LLC|L\.L\.C|Corp|Co|GmbH|AG|SE|KG|SA|SAS|SARL|S\.A|S\.L|SL|BV|B\.V|PLC|plc|Limited|Incorporated)\.?$/
const SEPARATOR =
  /\s*[,;·•|]\s*(?:and\s+|und\s+|et\s+|y\s+|or\s+|sowie\s+)?|\s+(?:and|und|et|y|as well as|sowie|ainsi que|or|plus|along with|together with|like|followed by)\s+/u
const STARTS_AS_NAME =
  /^(?:the\s+|der\s+|die\s+|das\s+|den\s+|dem\s+|le\s+|la\s+|les\s+|l['’]|el\s+)?(?=\p{Lu}|\d|\p{Ll}{1,3}\p{Lu})/u
/** Words that begin with a capital letter and are no name. */
const NO_NAME =
  /^(?:We|Our|The|This|That|These|They|It|In|On|At|For|Since|With|And|But|More|Many|Most|All|Some|Other|Others|Customers?|Clients?|Partners?|Read|See|Learn|Wir|Unsere?|Der|Die|Das|Nous|Notre|Nos|Les|Le|La|Kunden|I|You|He|She|Both|Each|There|Here|What|Why|How|Contact|Home|About|Imprint|Privacy|Cookies?)$/

/** Names in an enumeration at the start of a text, up to the first part that is no name. */
export function leadingNames(text: string): string[] {
  const names: string[] = []
  for (const part of text.split(SEPARATOR)) {
    const clean = part.trim()
    if (LEGAL.test(clean) && names.length > 0) {
      names[names.length - 1] += `, ${clean}`
      continue
    }
    const name = leadingName(clean)
    if (name === null) break
    names.push(name.text)
    if (!name.whole) break
  }
  return names
}

const SINCE_YEAR = /^(?:\p{Lu}\p{L}+\s)?(?:19|20)\d{2}$/u
const NAME_AT_START = pattern(`^${NAME}`, 'u')

/** The name a text begins with; `whole` when the name is all of the text but for end punctuation. */
export function leadingName(text: string): { text: string; whole: boolean } | null {
  if (!STARTS_AS_NAME.test(text)) return null
  const bare = text.replace(STARTS_AS_NAME, '')
  const match = NAME_AT_START.exec(bare)
  if (match === null) return null
  const name = trimName(match[0])
  if (name === '' || NO_NAME.test(name) || SINCE_YEAR.test(name)) return null
  return { text: name, whole: bare.slice(match[0].length).replace(/[\s.,;:!?)"”’]+/gu, '') === '' }
}

const ABBREVIATED_END = /(?:\b(?:Inc|Ltd|Corp|Co|Bros)|\b\p{Lu}(?:\.\p{Lu})+)\.$/u

export function trimName(name: string): string {
  const trimmed = name
    .trim()
    .replace(/['’](?=$|\s*$)/u, '')
    .replace(/['’]s$/u, '')
  return ABBREVIATED_END.test(trimmed) ? trimmed : trimmed.replace(/[\s.,;:!?'’/-]+$/u, '')
}

const NAMES_INSIDE = pattern(`(?<![\\p{L}\\p{N}])${NAME}`, 'gu')
const FIRST_WORDS =
  /^(?:(?:We|Our|The|This|That|These|They|It|In|On|At|For|Since|With|Without|And|But|More|Many|Most|All|Some|Other|Among|Amongst|Besides|From|To|By|As|When|While|Every|Each|Both|Today|Now|New|Customers?|Clients?|Partners?|Together|Wir|Unsere?[mnrs]?|Der|Die|Das|Den|Dem|Zu|Bei|Mit|Für|Seit|Im|Am|Auch|Unter|Neu|Ein|Eine[nmr]?|Kunden|Nous|Notre|Nos|Les|Le|La|Parmi|Avec|Pour|Depuis|En|Un|Une|I|You|Try|Order|Discover|Meet|Choose|Buy|Ask|What|Why|How|If|Also|Recently|Finally|Thanks|Like|Not|No|Q[1-4]|January|February|March|April|May|June|July|August|September|October|November|December|Januar|Februar|März|Mai|Juni|Juli|Oktober|Dezember|IT|Only|Whether|Large|Small)\s+)+(?=\p{Lu}|\d)/u
const NOT_NAMED =
  /^(?:\d|(?:Q[1-4]|January|February|March|April|May|June|July|August|September|October|November|December)$|(?:IT|ERP|CRM|EU|UK|US|USA|CEO|CTO|PDF|FAQ|GmbH|AG|Ltd)$)/u

/** Proper names anywhere in a text, without words that are capital only because they begin a sentence. Not for German nouns. */
export function namesInside(text: string): string[] {
  const names: string[] = []
  for (const match of text.matchAll(NAMES_INSIDE)) {
    const bare = match[0].replace(FIRST_WORDS, '')
    // A single capital word at the start of a sentence says nothing.
    if (
      match.index === 0 &&
      bare === match[0] &&
      !/\s|\p{Ll}\p{Lu}|\p{Lu}{2}|\d/u.test(bare) &&
      !/^\s*[,:(]|^\s+(?:is|are|has|was|est|ist|hat)\b/u.test(text.slice(bare.length))
    )
      continue
    const name = trimName(bare)
    if (name.length > 1 && !NO_NAME.test(name) && !NOT_NAMED.test(name)) names.push(name)
  }
  return names
}

const NAME_BEFORE_VERB = pattern(`^(?:The |Der |Die |Das |La |Le |Les |L['’])?(${NAME})(?=,?\\s\\p{Ll})`, 'u')

/** The name of two words or more that a sentence begins with and speaks of; null where it begins otherwise. */
export function nameAtStart(text: string): string | null {
  // "Derby-based Orrin Pumps" is Orrin Pumps.
  const name = NAME_BEFORE_VERB.exec(text.replace(/^\p{Lu}[\p{L}-]*-(?:based|headquartered)\s/u, ''))?.[1]
    ?.replace(FIRST_WORDS, '')
    .split(/\s(?:in|im|am|an|bei|for|für|à|en)\s/u)[0]
  if (name === undefined || !text.includes(name) || /\d/u.test(name)) return null
  return /\s\p{Lu}/u.test(name) ? trimName(name) : null
}

/** A phrase up to the end of its clause: for values that are no names. At most 160 characters, cut at a word. */
export function clause(text: string): string {
  const cut =
    text.split(/[;:!?]|\.(?=\s|$)|,?\s+(?:because|so that|which|who|while|weil|damit|qui|que)\s|\s[–—]\s/u)[0] ?? ''
  const trimmed = cut.replace(/[\s,.]+$/u, '').trim()
  return trimmed.length <= 160 ? trimmed : trimmed.slice(0, 161).replace(/\s+\S*$/u, '')
}

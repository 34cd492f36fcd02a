/** What each kind of fact demands of its passage beyond holding the value's words: the right noun, role or sign. */
import { clauseIndexAt, clausesOf } from './clauses.ts'
import type { Passage } from './passage.ts'
import { sentenceText, surroundings } from './passage.ts'
import { textOf } from './prepare.ts'
import type { Span } from './text.ts'
import { fold } from './text.ts'
import type { Claim, FactKind } from './types.ts'
import { isAboutPart } from './workforce.ts'

const FOUNDING =
  /\b(?:found(?:ed|er|ers|ing|ation)?|co-?found\w*|establish\w*|est\.?|started|start-?up|set up|incorporated|born|began|since|created|launched|gegrundet|grund\w*|gegr\.?|ins leben gerufen|seit|besteht|entstand|fond[eé]\w*|cree\w*|creation|naissance|depuis|nace|nacio|fund(?:ad|aci|o|ador)\w*|creada|desde|origins?|dates? (?:back|from)|roots|registered|formed|c(?:ame|omes) into (?:being|existence)|began life|opened for business|story (?:starts|begins)|(?:open(?:s|ed)|eroffnet\w*) (?:an?|his|her|eine|einen|seine|ihre) (?:[\w-]+ ){0,2}(?:shop|workshop|business|firm|practice|store|factory|forge|smithy|laden|betrieb|werkstatt|[\w]+erei)|(?:\w+erei|werkstatt|laden|betrieb), (?:die|den|der) (?:\S+ ){1,6}eroffnete\w*)\b/
const HEADQUARTERS =
  /\b(?:head ?quarter\w*|hq|head office|main office|based|seat|registered office|home office|run from|sitz|hauptsitz|firmensitz|zentrale|stammsitz|stammhaus|ansassig|siege|basee?|bas[eé]e? a|sede|con sede|(?:hersteller|anbieter|spezialist|unternehmen|firma|betrieb|dienstleister|haus)\w* (?:\S+ ){0,4}aus|never moved|stayed put|mov(?:ed|es) (?:(?:its|our|the) \w+ )?to|relocated to|central|address ?locality|street ?address|administration|address|adresse|anschrift|direccion)\b|本社|本店|总部|總部|본사/
// A year behind "in" or "since" is no postal code.
const POSTAL =
  /\b(?:[A-Z]{1,2}-)?(?:\d{5,6}|(?!(?:19|20)\d\d\b)\d{4})\b|(?<=, )(?:19|20)\d\d(?= \p{Lu})|\b\d{3}\s?\d{2}\b|\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b/u

const DEMANDS: Partial<Record<FactKind, RegExp>> = {
  founded: FOUNDING,
  revenue:
    /\b(?:revenues?|turnover|sales|income|umsatz\w*|erlos\w*|jahresumsatz|chiffre d'affaires|\bca\b|ventes|recettes|facturacion|factur[oa]\w*|ventas|ingresos|arr|mrr|earned|generat\w+|billings|takings|turned over|turns over|setz(?:t|te|ten) (?:\S+ ){0,6}um|erwirtschaft\w+)\b/,
  funding:
    /\b(?:rais\w+|fund\w*|series|seed|round|invest\w*|financ\w*|grant|loan|backed|capital|secur\w+|finanzierung\w*|beteilig\w*|lev[eé]e?\w*|investi\w*|ronda|inversion|capta\w*|recauda\w*|forderung)\b/,
  hiring:
    /\b(?:hir\w+|recruit\w*|join\w*|vacanc\w+|career\w*|jobs?|position\w*|openings?|looking for|seek\w*|wanted|apply|role|roles|such\w*|stelle\w*|m\/w\/d|w\/m\/d|f\/m\/d|karriere|recrut\w*|poste\w*|recherch\w+|emploi|busca\w*|vacante\w*|taken on|tak(?:e|es|ing) on|needs? (?:an?|\d+|more|another)|contrat\w*|empleo|talent|verstark\w*|einstell\w*)\b|\((?:m|w|f)\/(?:m|w|f)\/(?:d|x)\)/,
  acquisition:
    /\b(?:acqui\w+|buy\w*|bought|purchas\w+|takeover|take over|tak(?:es|ing) over|took over|taken over|merg\w+|deal|stake|ubern\w+|gekauft|kauf\w*|erw(?:irbt|arb|orben|erb)\w*|rach\w+|fusion\w*|adqui\w+|compr\w+|sold to|verkauft|join(?:ed|s) the (?:\w+ ){0,3}(?:group|family)|becam?es? an? (?:wholly[ -]owned )?subsidiary|(?:is|are|been|now|become|became) part of|part of the (?:\w+ )?group|belongs to)\b/,
  closure:
    /\b(?:clos\w+|ceas\w+|shut\w*|end(?:ed|s|ing)?|stop\w*|discontinu\w*|insolv\w*|bankrupt\w*|liquidat\w*|wound up|administration|dissol\w+|geschloss\w*|schlie\w*|eingestellt|einstell\w*|insolvenz\w*|aufgegeben|gave up|given up|blown out|switched off|mothballed|demolished|stillgelegt|vacat\w+|wound down|winding down|ferm\w+|cess\w+|redressement|cerr\w+|cierre|cese|ces[oa]\w*|quiebra|concurso)\b/,
  launch:
    /\b(?:launch\w*|introduc\w+|releas\w+|unveil\w*|present\w*|new|now available|available|brings?|debut\w*|roll\w* out|start\w*|announc\w+|brings? out|brought out|to market|on the market|on sale|product|first|markt|marche|mercado|neu\w*|vorgestellt|stellt|gelauncht|in dienst|in betrieb|early access|go(?:es)? live|went live|gelauncht|lance\w*|nouve\w*|sortie|lanz\w+|nuev\w+|presenta\w*)\b/,
  award:
    /\b(?:award\w*|certif\w+|iso|soc|won|wins?|winner|named|recogni\w+|prize|medal|accredit\w*|rank\w*|best|top|leader|ausgezeichnet|auszeichnung|preis\w*|zertifi\w*|siegel|gewonnen|gewann|prix|laureat\w*|certifi\w*|prim[eé]e?|premi\w+|went to|goes to|galardon\w*|audit\w*|kitemark|label|mark|receiv\w+|hold(?:s|ers?|ing)?|held|obtain\w*|pass(?:ed|es)|earned|achiev\w+|erhalten|erhielt\w*|bestanden|erlangt\w*|besitz\w*|obten\w*|obtuv\w*|recu\w*|recib\w+)\b/,
  office:
    /\b(?:offic\w*|branch\w*|schools?|surger(?:y|ies)|practices?|clinics?|labs?|laborator\w+|kitchens?|academ(?:y|ies)|campus\w*|bases?|mills?|yards?|halls?|cent(?:re|er)s?|cold stores?|site\w*|location\w*|based|seat|plant\w*|factor\w+|warehouse\w*|depot\w*|showroom\w*|shops?|stores?|studios?|salons?|workshop\w*|hub\w*|subsidiar\w*|facilit\w+|headquarter\w*|buro\w*|standort\w*|niederlassung\w*|zweigstelle\w*|werk\w*|fertigung|sitz|lager|filiale\w*|bureau\w*|agence\w*|usine\w*|sites?|implantation\w*|siege|oficina\w*|sede\w*|sucursal\w*|planta\w*|delegacion\w*|fabrica\w*|role|address\w*|adresse|kontakt|contact|locations|presence|present in|represented|vertreten|prasen\w*|implante\w*)\b/,
  authority:
    /\b(?:decid\w*|decision\w*|sign\w*|approv\w*|owner\w*|director\w*|manager\w*|board|head|chief|ceo|cto|cfo|coo|cio|responsib\w*|authori\w*|budget holder|final say|last word|final word|green light|sponsor\w*|entscheid\w*|freigabe\w*|geschaftsfuhr\w*|leiter\w*|leitung|inhaber\w*|vorstand\w*|verantwort\w*|unterschr\w*|unterzeich\w*|decid\w*|directeur|directrice|dirige\w*|responsable|valide\w*|gerente|direccion|firma\w*|aprueba\w*|president\w*|partner|procurement|purchasing|einkauf)\b/,
  budget:
    /\b(?:budget\w*|money|spend\w*|fund\w*|set aside|earmark\w*|allocat\w*|afford\w*|approved|pay\w*|invest\w*|cost\w*|price\w*|euros?|dollars?|pounds?|geld\w*|mittel|ausgeben|kosten|eingeplant|bewilligt\w*|freigegeben|depens\w*|prevu\w*|enveloppe|presupuesto\w*|gast\w*|inver\w*|dinero)\b|[€$£]|\b\d+\s?k\b/,
}

/** The clause that holds the year, with a fragment before or behind it: "began in 1969 and … moved in 1990" founds in 1969 alone. */
function foundingClause(value: string, text: string): string {
  const year = /(?:1[5-9]|20)\d\d/.exec(value)?.[0]
  const at = year === undefined ? -1 : text.indexOf(year)
  if (at === -1) return text
  const clauses = clausesOf(text)
  const index = clauseIndexAt(clauses, at)
  const clause = clauses[index]!
  const joined = /^(?:and|but|und|et|y)$/.test(clause.opener) && clause.verb !== null && !clause.shares
  return joined ? text.slice(clause.start, clause.end) : text
}

/** Which demand the passage fails, in words; null when none. */
export function failedDemand(claim: Claim, passage: Passage): string | null {
  const own = sentenceText(passage)
  const spaced = passage.isData ? own.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2') : own
  const text = fold(`${spaced}\n${surroundings(passage)}`)
  if (claim.kind === 'headquarters') {
    if (!HEADQUARTERS.test(text) && !POSTAL.test(own)) return 'nothing says that this is the headquarters'
  } else if (claim.kind === 'founded') {
    if (isAboutPart(own)) return 'the sentence is about a part of the company'
    if (!FOUNDING.test(fold(foundingClause(claim.value, spaced)))) return 'no word of founding by the year'
    if (/^\s*(?:©|\(c\)|copyright)/iu.test(own)) return 'a copyright notice is no founding year'
  } else if (claim.kind === 'offering' && ASKED.test(heading(passage))) return 'the heading asks it of the reader'
  else if (claim.kind === 'industry' && isServedMarket(own, passage))
    return 'the heading lists industries that are served'
  else if (claim.kind === 'partner' || claim.kind === 'customer') return wrongRelation(claim.kind, fold(own), text)
  else {
    const demand = DEMANDS[claim.kind]
    if (claim.kind === 'acquisition' && isStake(claim.value, fold(own))) return 'only a stake was bought'
    if (claim.kind === 'acquisition' && turnsRound(claim.value, fold(own))) return 'buyer and bought are turned round'
    if (claim.kind === 'revenue' && isAboutPart(own)) return 'the sentence is about a part of the company'
    if (demand && !demand.test(text)) return `nothing in the passage is about ${claim.kind}`
  }
  return null
}

const CUSTOMER =
  /\b(?:customers?|clients?|kund\w+|clientes?|trust\w*|chose\w*|choos\w*|us(?:es?|ing)|nutz\w*|serv\w+|sell|sells|decid\w*|case study|success stor\w+|referenz\w*|rel(?:y|ies|ied) on (?:us|our)|buy(?:s|ing)? (?:\w+ ){0,3}from|bought from (?:us|them)|orders? from|(?:used|worn|chosen|bought|cut|stocked|ordered|picked) by|(?:work|running|use|live|picking|installed|service) at|g(?:eht|ehen) an|with us|(?:with|on|in|avec|mit|con) (?:our|nos|notre|unser\w*|nuestr\w+) (?!partner|supplier|team|own|colleague|friend|new|sister|parent)|nous confi\w+|we (?:have |also )*(?:suppl|serv|deliver|equip|work for)\w*|beliefer\w+|setzt auf uns|livrons|fournissons|equipons|suministramos|abastecemos|among our)\b/
const PARTNER =
  /\b(?:partner\w*|affiliat\w*|cooperat\w*|alliance|reseller\w*|dealer\w*|provider|publisher|agents?|importer\w*|licen[cs]ees?|licensors?|hosts?|auditors?|distribut\w*|suppliers?|supplie[sd]|supply(?! chain)|integrat\w*|together|kooperation\w*|zusammen\w*|alianza|socios?|subcontract\w*)\b/
/** Verbs of dealing that stand for the relation. */
const TRADES =
  /\bour (?:\w+ ){1,2}(?:comes?|(?:is|are) (?:sourced|supplied|bought)) (?:from|by)\b|\b(?:work(?:s|ed|ing)? (?:with|for)|order(?:s|ed)?|suppl\w+|deliver\w*|equip\w*|built for|install\w*|contract\w*|project\w* (?:for|with)|for|bei|fur|pour|chez|para|by|member\w*|sign\w*|team\w* up|join\w*|switch\w*|parted|en partenariat|partenariat\w*|partenaires?)\b/
const RIVAL =
  /\b(?:competitors?|compet(?:e|es|ed|ing)|rivals?|konkurren\w*|wettbewerb\w*|concurrent\w*|competidor\w*|investors?|backed by|backers?)\b/

/** "carried out by X": X works for the company. What is "used by X" or "built for X" is another matter. */
const WORKS_FOR_US =
  /\b(?:carried out|made|built|supplied|provided|delivered|designed|written|tested|audited|done|printed|manufactured|maintained|hosted|financed|insured|represented|performed|handled|conducted) by\b/

function wrongRelation(kind: 'partner' | 'customer', text: string, around: string): string | null {
  if (
    /\b(?:trademarks?|registered marks?|website by|web ?design by|site by|designed by|hosted by|photos? by|formerly (?:of|at|with)|joined (?:us )?from|came (?:to us )?from|worked (?:at|for)|started (?:his|her) career|marken? der|webdesign|marque deposee|site realise par|marca registrada|diseno web)\b/.test(
      text,
    )
  )
    return 'a credit or trademark notice is no relation'
  if (kind === 'customer' && WORKS_FOR_US.test(text)) return 'the passage names who did the work, not who ordered it'
  if (RIVAL.test(text)) return 'the passage speaks of a competitor or investor'
  const customer = CUSTOMER.test(text)
  const partner = PARTNER.test(text)
  if (!customer && !partner && !CUSTOMER.test(around) && !PARTNER.test(around) && !TRADES.test(text))
    return `nothing in the passage says that they are a ${kind}`
  if (kind === 'customer' && partner && !customer) return 'the passage speaks of a partner, not of a customer'
  if (kind === 'partner' && customer && !partner && /\bcustomers?\b/.test(text))
    return 'the passage speaks of a customer, not of a partner'
  return null
}

const ROLES: [FactKind, RegExp][] = [
  [
    'headquarters',
    /\b(?:head ?quarter\w*|hq|head office|main office|hauptsitz|firmensitz|zentrale|siege|sede|seat|based|sitz)\b/g,
  ],
  [
    'office',
    /\b(?:(?:further |branch )?offices?|branch(?:es)?|sites?|locations?|plants?|customs office|niederlassung\w*|buros?|standorte?|werke?|bureaux?|agences?|oficinas?|sucursal\w*|warehouses?)\b/g,
  ],
]

/** In a sentence with a seat and offices, a place belongs to the role word before it. `place` is relative to `text`. */
export function wrongPlaceRole(kind: FactKind, text: string, place: Span): string | null {
  if (kind !== 'headquarters' && kind !== 'office') return null
  const folded = text.normalize('NFC').toLowerCase()
  const roles: { kind: FactKind; start: number; end: number }[] = []
  for (const [role, form] of ROLES) {
    for (const match of plain(folded).matchAll(form)) {
      if (!roles.some(other => match.index < other.end && other.start < match.index + match[0].length)) {
        roles.push({ kind: role, start: match.index, end: match.index + match[0].length })
      }
    }
  }
  const tagged = taggedAfter(plain(folded), place)
  if (tagged) return tagged === kind ? null : `the place is named as ${tagged}, not as ${kind}`
  const seat = roles.find(role => role.kind === 'headquarters' && role.end <= place.start)
  // "based in Norfolk and keep a second laboratory in Leuven": behind "and" with more than a place, it is another thing's.
  if (kind === 'headquarters' && seat && FURTHER.test(text.slice(seat.end, place.start)))
    return 'the place is another site’s'
  if (!roles.some(role => role.kind === 'headquarters') || !roles.some(role => role.kind === 'office')) return null
  const before = roles.filter(role => role.end <= place.start).sort((a, b) => b.end - a.end)[0]
  const nearest = before ?? roles.sort((a, b) => a.start - b.start)[0]!
  return nearest.kind === kind ? null : `the place is named as ${nearest.kind}, not as ${kind}`
}

/** "Leicester (HQ), Wembley": a role in brackets is that of the place before it; the other places of the list are offices. */
function taggedAfter(text: string, place: Span): FactKind | null {
  const tag = /\((?:[^)]{0,20}\s)?(?:hq|head ?quarters?|head office|main office|hauptsitz|zentrale|sitz|siege|sede)\)/
  if (tag.test(text.slice(place.end, place.end + 40)) && /^[^,;.]{0,12}\(/.test(text.slice(place.end)))
    return 'headquarters'
  return tag.test(text) ? 'office' : null
}

const FURTHER =
  /(?:,|;|\s)(?:and|with|plus|und|sowie|mit|et|avec|y|con)\s(?!(?:in|at|near|bei|à|a|en)\s)\p{Ll}\S*\s.*\b(?:in|at|near|im|bei|à|en)\s/u

/** Accents removed at equal length, so that offsets hold. */
function plain(text: string): string {
  return text.replace(/[À-ÿ]/g, letter => letter.normalize('NFD')[0]!)
}

/** Headings under which a page says what it wants, not what it gives. */
const ASKED =
  /\b(?:what we (?:ask|need|expect|look for)|what you(?:'ll)? (?:bring|need)|requirements?|your profile|eligibility|you (?:bring|need)|anforderungen|(?:dein|ihr) profil|votre profil|requisitos|tu perfil)\b/

function heading(passage: Passage): string {
  return passage.headings[0] ? fold(textOf(passage.prepared, passage.headings[0])) : ''
}

/** A bare item under "Industries" or "Branchen" names a market, not the company's own trade. */
function isServedMarket(own: string, passage: Passage): boolean {
  const heading = passage.headings[0] ? fold(textOf(passage.prepared, passage.headings[0])) : ''
  return (
    /\b(?:industries|markets|sectors|branchen|markte|secteurs|marches|sectores|mercados)\b/.test(heading) &&
    !/\b(?:is|are|we|ist|sind|wir|est|sommes|es|somos)\b/i.test(own)
  )
}

/** "has bought a 24 percent stake in X" is no purchase of X. */
function isStake(value: string, text: string): boolean {
  const part = /\b(?:stake|minority|interest|shares|share|beteiligung|anteile?|participation|participacion)\b/
  const all = /\b(?:all|100|majority|controlling|remaining|mehrheit\w*|samtliche|alle)\b/
  return part.test(text) && !all.test(text) && !part.test(fold(value)) && !/\b(?:percent|prozent)\b|%/.test(fold(value))
}

const BUYS_FIRST =
  /^(?:has |have |hat )?(?:acquired|acquires|bought|buys|purchased|took over|takes over|ubernommen|ubernahm|ubernimmt|kaufte|a rachete|rachat de|acquisition (?:of|de)|takeover of|adquirio|compro|compra de) (?!by |von |par |por )/

/** The value says who bought whom; the passage may not say it the other way round. */
function turnsRound(value: string, text: string): boolean {
  const claimed = fold(value)
  if (!BUYS_FIRST.test(claimed)) return false
  const object = /\p{L}{3,}/u.exec(claimed.replace(BUYS_FIRST, ''))?.[0]
  const buys =
    /\b(?:acquir(?:ed|es|e)|b(?:ought|uys|uy)|purchased|took over|takes over|taken over|ubernommen|ubernimmt|ubernahm|rachete\w*|adquir\w+|compr[oa]\w*)\b/.exec(
      text,
    )
  if (!object || !buys) return false
  const isPassive = /\b(?:was|were|been|being|is|are|wurde|worden|ete|fue|sido)\s(?:\w+\s)?$/.test(
    text.slice(0, buys.index),
  )
  const objectAt = text.indexOf(object)
  return isPassive
    ? objectAt > buys.index
    : objectAt !== -1 && objectAt < buys.index && !text.slice(buys.index).includes(object)
}

/** What happened at a company: money, people sought, places opened and closed, firms bought, products brought out. */
import type { FactKind } from '../../domain/evidence/types.ts'
import { MARK_NAME } from './lexicon.ts'
import type { Draft, Rule, Sentence } from './rule.ts'
import { isSound } from './sound.ts'
import { statement } from './statement.ts'
import { SUPPOSED } from './supposed.ts'
import { DATE, MONEY, rx, YEAR } from './words.ts'

/** The sentence itself is the value: what happened is said best in their words. */
function bySentence(kind: FactKind, cue: RegExp, veto: RegExp | null = null, needs: RegExp | null = null): Rule {
  return ({ text }) => {
    if (text.length > 320 || (needs !== null && !needs.test(text)) || !cue.test(text) || veto?.test(text)) return []
    if (!SAYS_NO.has(kind) && (DENIES.test(text) || SUPPOSED.test(text))) return []
    return [{ kind, value: statement(text) }]
  }
}

/** These kinds are told by a "no longer" too. */
const SAYS_NO: ReadonlySet<FactKind> = new Set<FactKind>(['closure', 'hiring'])
const DENIES = rx(
  String.raw`\b(?:not|never|no longer|nicht|kein(?:e[nrsm]?)?|noch nie|ne|n['’]\p{L}+|jamais|aucune?)\b`,
)

/** A capital letter after the first word: something is named. */
const NAMED = /^\p{Lu}\p{Ll}+\p{Lu}|^\p{Lu}{2,}|[\s("“„«'’]\p{Lu}[\p{L}\p{N}]/u
const MONEY_AT = rx(MONEY)
const WHEN = rx(DATE, 'gu')

const REVENUE = rx(
  String.raw`\b(?:revenues?|turnover|turned over|turns over|turn over|(?:annual |net |total |gross |group )?sales\b|net income|ARR|annual recurring|takings|billings|Umsatz\p{L}*|Erlöse|erwirtschaftet\p{L}*|umgesetzt|setzten|chiffre d['’]affaires|\bCA\b|facturación|facturamos|volumen de negocio|ingresos|ventas)`,
)
const FUNDING = rx(
  String.raw`\b(?:rais(?:e|ed|es|ing)|fund(?:ing|ed|raise|raising)|financing|series\s+[a-f]\b|seed|pre-seed|(?:growth |bridge |bank |promotional )?loan|venture|equity|capital (?:increase|injection|round)|investment round|round of|grant|invested|invests|backed|secured|backers|Finanzierung(?:srunde)?|investiert(?!\s+wir)|Kapitalerhöhung|Wagniskapital|Darlehen|Förderung|Investoren|Beteiligung|levé|levée|lève|investi|financement|prêt|tour de table|subvention|augmentation de capital|bouclé|ronda|financiación|inversores|captado|recaudado)`,
)
const OWN_SPENDING = rx(
  String.raw`\b(?:we (?:are |will be |have |will )?(?:invest(?:ing|ed)?|set aside|budgeted|put aside|reserved|allocated)|budget|set aside|earmark\p{L}*|allocated|put aside|ring-?fenced|investieren wir|wir investieren|eingeplant|bereitgestellt|vorgesehen|zur Verfügung|Budget|réservé|alloué|prévu|nous investissons|presupuesto|our limit)\b`,
)

/** Amount with the period or date stated beside it. */
function money(kind: 'revenue' | 'funding', cue: RegExp): Rule {
  return ({ text, isSubject }) => {
    if (
      !cue.test(text) ||
      (kind === 'funding' &&
        OWN_SPENDING.test(text) &&
        !/\b(?:raised|round|loan|levé|Finanzierungsrunde)\b/iu.test(text))
    )
      return []
    const match = MONEY_AT.exec(text)
    if (match === null) return []
    const parts = [
      match[0]
        .replace(/^over\s/iu, word => (/\bturn(?:ed|s)?\s$/iu.test(text.slice(0, match.index)) ? '' : word))
        .replace(/[\s.]+$/u, '')
        .trim(),
    ]
    if (kind === 'funding') {
      const round = /\b(?:Series\s+[A-F]\d?|pre-seed|seed|loan|grant|Darlehen|prêt|crédit)\b/iu.exec(text)?.[0]
      if (round !== undefined) parts.push(round)
      const investor = INVESTOR.exec(text)?.groups?.['v']
      if (investor !== undefined && !isSubject(investor)) parts.push(investor.replace(/[\s.,]+$/u, ''))
    }
    const when = dateOutside(text, match.index, match.index + match[0].length)
    if (when !== null) parts.push(when)
    return [{ kind, value: parts.join(', ') }]
  }
}

const INVESTOR =
  /(?:\b(?:from|led by|von|durch|auprès de|mené par|conducido por|by)\s+|^)(?<v>\p{Lu}[\p{L}\p{N}&'’.-]*(?:\s+\p{Lu}[\p{L}\p{N}&'’.-]*){0,4})(?=\s+(?:invested|invests|has invested|led|was|closed|a investi|investiert|hat|in|im|en)\b|[.,;]|$)/u

function dateOutside(text: string, start: number, end: number): string | null {
  for (const match of text.matchAll(WHEN)) {
    if (match.index >= end || match.index + match[0].length <= start) return match[0]
  }
  return null
}

const THINGS_TO_BUY =
  /\b(?:system|tool|software|solution|platform|suppliers?|vendors?|partner|way|ways|answers?|replacement|overview|Lösung|Werkzeug|System|Software|Anbieter|outil|logiciel|solution|fournisseur|prestataire|système|sistema|herramienta|proveedor)\b/iu
const hiring = bySentence(
  'hiring',
  rx(
    String.raw`\b(?:hiring|recruit(?:s|ing|ment)?|(?:we|is|are|currently|now|also) (?:\p{L}+ )?looking for|^looking for|in search of|vacanc(?:y|ies)|(?:open|current|vacant) (?:positions?|roles?|jobs?|posts?)|positions? (?:open|available|to fill)|job (?:openings?|offers?)|we (?:\p{L}+ )?seek|is seeking|are seeking|join us|join our|become (?:a|an|our|part of)|to (?:strengthen|reinforce|support|grow) our|apply (?:now|as|for)|we need (?:more )?\p{L}+s\b|needs \p{L}+|wanted\s*:|wir suchen|suchen wir|sucht|gesucht|(?:offene|freie) Stellen?|Stellenangebote?|Verstärkung|stellen (?:wir )?(?:\p{L}+ )?ein\b|einzustellen|recrut\p{L}*|recherchons|recherche|postes? (?:à pourvoir|ouverts?|vacants?)|rejoignez|embauch\p{L}*|buscamos|contratamos|vacantes?)\b`,
  ),
  THINGS_TO_BUY,
)

const SITE_NOUN = String.raw`(?:offices?|plants?|sites?|halls?|warehouses?|depots?|factor(?:y|ies)|branch(?:es)?|stores?|shops?|locations?|workshops?|subsidiar(?:y|ies)|production|headquarters|cent(?:re|er)s?|labs?|laborator(?:y|ies)|facilit(?:y|ies)|premises|building|hub|terminal|market|Werk|Standort|Halle|Niederlassung|Lager|Filiale|Büro|Tochter\p{L}*|Betriebsstätte|Markt|usine|site|agence|entrepôt|filiale|atelier|bureau|succursale|marché|implantation|fábrica|oficina|nave|sede|almacén|mercado)`
const expansion = bySentence(
  'expansion',
  rx(
    String.raw`\b(?:open(?:ed|s|ing)|inaugurat\p{L}*|commission(?:ed|ing)|moved into|broke ground|built|build|add(?:ed|ing)?|set(?:ting)? up|establish(?:ed|ing)?|eröffnet\p{L}*|bezogen|gebaut|errichtet|entstanden|gegründet|ouvert|ouvrons|ouvre|inauguré\p{L}*|construit|créé|implant\p{L}+|abierto|inaugurado)\b[^.;]{0,80}\b${SITE_NOUN}\b|\b(?:new|second|third|further|additional|larger|neues?r?n?|zweite[sr]?|weitere[sr]?|nouveau|nouvel(?:le)?|second|nuev[oa])\s+(?:\p{L}+[\s-]){0,2}${SITE_NOUN}\b[^.;]{0,60}\b(?:in|at|à|en|for|has|is|went|started|opened|opens|ist|hat|eröffnet|up and running|a ouvert|ouvre)\b|\bexpand(?:s|ed|ing)?\b[^.;]{0,40}\b(?:to|into|in|with)\b|\bexpansion (?:to|into|in|nach)\b|\b(?:enter(?:ed|s|ing)?|moved into)\s+(?:a|the)\s+[^.;]{0,30}\bmarkets?\b|\b(?:erweiter\p{L}+|expandier\p{L}+|s['’]agrandit|s['’]étend|s['’]implante|se développe en|amplía|se expande)\b`,
  ),
  /\b(?:Director|Manager|Supervisor|friends|brothers|sisters|founders?|grandfather)\b|\b(?:day|doors|open positions|open day|hours|Tür|portes ouvertes|team|equity|trade fair|year)\b[^.]{0,12}\b(?:open|opening)|\bopen(?:ing)? (?:hours|day)\b|\bloan\b|\bfounded\b/iu,
  NAMED,
)

const acquisition = bySentence(
  'acquisition',
  rx(
    String.raw`\b(?:acquir(?:ed|es|ing)|acquisitions?|bought|buys|purchased|purchase of(?= (?:the )?\p{Lu})|took over|tak(?:en|es|ing) over|take-?over|merg(?:ed|er|es)|(?:has|have) been part of|(?:became|becomes|now) (?:a )?part of|now belongs|(?:has |have )?joined the(?! (?:range|team|family of products))|joins the(?! (?:range|team|family:))|became (?:an? )?(?:wholly[- ]owned )?subsidiary of|belong(?:s|ed)? to us|joined the \p{L}+ (?:family|group)|new owners? of|a rejoint|fait désormais partie|Teil von|majority (?:stake|share)|übernommen|übernimmt|übernahm|Übernahme|erworben|erwarb|Zukauf|gehört (?:seit|nun|jetzt|ab)|Fusion|fusioniert|gekauft|racheté\p{L}*|rachète|rachat|acquis\p{L}*|acquiert|acquisition|repris\p{L}*|reprise|fusionn\p{L}*|adquirido|adquirió|adquisición|compra de|fusión)\b`,
  ),
  /\b(?:(?:bought|purchased|buys) (?:an?|her|his|their|our|its) (?:first|new|used|second|third|old) \p{L}+|from us|customers?|clients?|orders?|decisions?|purchasing|purchases? (?:for|of (?:this|that))|responsib\p{L}*|signature|product|partner\p{L}*|forces|planning and|buy from|management team|team as|from the|Kunden|Kontrolle|Verantwortung|Geschäftsführung|Leitung|direction|responsab|offers?|parts)\b/iu,
  NAMED,
)

const launch = bySentence(
  'launch',
  rx(
    String.raw`\b(?:launch(?:ed|es|ing)?|introduc(?:ed|es|ing)|introduce|releas(?:ed|es|ing)|unveil(?:ed|s|ing)?|brought [^.;]{1,40}? (?:to|out|onto)|brings? [^.;]{1,40}? to market|brought out|can (?:now )?be ordered|extended our range|entered our (?:range|catalogue|portfolio)|joined our (?:range|catalogue|portfolio)|rolled out|say hello to|wir stellen vor|stellen wir vor|on sale|on(?:to)? the market|to market|(?:now |is |are |has been |have been |,\s*)available (?:since|from|as of|now)|(?:now |newly )available|(?:generally|commercially) available|(?:excited|pleased|proud|happy|delighted|thrilled) to (?:announce|present|introduce|launch|unveil)|available now|new in (?:our|the)|our (?:latest|newest|new) (?:\p{L}+ ){0,2}(?:product|sensor|machine|app|tool|unit|device|pump|system|platform|version|model|service|software|line|series|range)|(?:was |were )?(?:first )?presented (?:to|at|for)|premi[eè]re[ds]?|debut(?:ed|s)?|made its debut|added [^.;]{1,40} to (?:our|the|its) (?:range|portfolio|catalogue|programme)|extends? (?:our|the) range|hits? the (?:market|shelves)|auf den Markt|am Markt|vorgestellt|präsentiert|neu im (?:Programm|Sortiment|Angebot)|neu (?:ist|in unserem)|eingeführt|Markteinführung|Neuheit|erhältlich|lancé\p{L}*|lançons|lance\b|lancement|dévoil\p{L}*|commercialis\p{L}+|nouveau(?:té)? dans|nouveau dans|disponible depuis|mis sur le marché|mise sur le marché|présenté\p{L}*|sorti\p{L}*|lanzado|lanzamos|presentado|disponible desde)\b`,
  ),
  /\b(?:appointed|as (?:CEO|our)|certificates?|round|funding|annual report|summer party|Preis\b|CEO|director)\b/iu,
  NAMED,
)

const award = bySentence(
  'award',
  rx(
    String.raw`\b(?:certified|certification|certifications?\s*:|certificat(?:e|es|ion)\b|accredit\p{L}*|awarded|award|prize|medal|won (?:the|an?)|winner|(?:we |proud )?hold(?:s|ers?)?(?: of)? (?:the |an? )?\p{L}+|received (?:the |an? )?\p{L}+|earned (?:the |an? )?\p{L}+|obtained|achieved \p{L}+|passed (?:the|our) [^.;]{0,20}audit|audited|recogni[sz]ed (?:as|by|with)|honou?red|named [^.;]{0,40}of the year|complian(?:t|ce) with|complies with|meets? ISO|zertifiziert|Zertifizierung(?:en)?|Zertifikate?|ausgezeichnet|Auszeichnung(?:en)?|Preis\b|Gütesiegel|Siegel|erhalten|certifié\p{L}*|certifications?|agréé\p{L}*|récompens\p{L}+|prix\b|distinction|lauréat|obtenu|labellis\p{L}+|titulaires?|détenons|certificad[oa]s?|galardonad[oa]s?|premio)\b|\bISO[\s/-]?(?:IEC )?\d{4,5}`,
    'iu',
  ),
  /\b(?:apprentices?|Auszubildende\w*|apprentis|students?|contract|order was awarded|prices?|Anfragen?|message|offers?)\b/iu,
  /\bISO[\s/-]?(?:IEC )?\d|\p{Lu}{2,}|[\s:("“„]\p{Lu}\p{L}+/u,
)

/** A place of work, the business as a whole, or a named thing comes to an end: machines and shifts only stop. */
const CLOSES_WHAT = rx(
  String.raw`\b(?:${SITE_NOUN}|insolven\p{L}*|bankrupt\p{L}*|administration|receivership|liquidation|Insolvenz\p{L}*|redressement|dépôt de bilan|concurso|trading|business|operations|doors|Geschäftsbetrieb|Betrieb|Fertigung|activité|portes|company|Unternehmen|entreprise|outpost|base)\b`,
)
const closure = bySentence(
  'closure',
  rx(
    String.raw`\b(?:clos(?:ed|es|ing)(?: down)?|closure of|clos(?:ed|es) its doors|will close|shut(?:s|ting)?(?: down)?|ceas(?:ed|es|ing)|g(?:ave|iven|iving|ive) up|discontinu\p{L}+|w(?:ound|inding|ind) (?:down|up)|insolven\p{L}+|bankrupt\p{L}*|liquidat\p{L}+|receivership|in administration|went out of business|stopped (?:trading|production|operating|work)|end of (?:production|business)|vacated|geschlossen|schließ(?:t|en|ung)|schloss|stillgelegt|Stilllegung|eingestellt|aufgegeben|aufgelöst|Insolvenz\p{L}*|Geschäftsaufgabe|ferm(?:é\p{L}*|ons|e|eture)|cess(?:é\p{L}*|e|ation)|arrêt(?:é\p{L}*)?|liquidation|redressement judiciaire|dépôt de bilan|quitté|abandonné\p{L}*|cerrado|cierre|cerramos|insolvencia|concurso de acreedores)(?!\p{L})`,
  ),
  /\b(?:clos(?:ed|ing|es)\b[^.;]{0,50}\b(?:round|deal|financing|sales|revenue|turnover|year|books|contract|gap|order|accounts|investment|on (?:Sundays?|weekends?|Saturdays?)|public holidays|until)|funding|closed-loop|closing date|closure[s]? for|closures\b(?! of)|Finanzierungsrunde|Vertrag|abgeschlossen|ein(?:ge)?stellt als|hours|weekend|Sundays?)\b/iu,
  CLOSES_WHAT,
)

const insolvent: Rule = sentence =>
  /\b(?:insolven\p{L}+|bankrupt\p{L}*|receivership|Insolvenz\p{L}*|redressement judiciaire|liquidation judiciaire|ceased (?:trading|operations|business))/iu.test(
    sentence.text,
  )
    ? [{ kind: 'closure', value: statement(sentence.text) }]
    : []

const EVENT_RULES_PLAIN: readonly Rule[] = [
  money('revenue', REVENUE),
  money('funding', FUNDING),
  hiring,
  expansion,
  acquisition,
  launch,
  award,
  firstFound(closure, insolvent),
]

function firstFound(...rules: Rule[]): Rule {
  return sentence => rules.map(rule => rule(sentence)).find(found => found.length > 0) ?? []
}

const FULL_DATE = rx(String.raw`${DATE}`, 'u')
const ONLY_YEAR = rx(String.raw`^(?:\p{L}+\s+)?${YEAR}$`)

/** A dated happening of no other kind. A year alone is no date. */
function news(sentence: Sentence, others: readonly Draft[]): Draft[] {
  if (others.length > 0 || !/\d{2}/.test(sentence.text)) return []
  const date = FULL_DATE.exec(sentence.text)?.[0]
  if (date === undefined || ONLY_YEAR.test(date)) return []
  if (sentence.text.length < 25 || sentence.text.length > 320 || sentence.role !== 'main') return []
  return [{ kind: 'news', value: statement(sentence.text) }]
}

/** All event drafts of a sentence; `news` only where no other rule, of any file, found something. */
export function eventDrafts(sentence: Sentence, others: readonly Draft[]): Draft[] {
  const drafts = EVENT_RULES_PLAIN.flatMap(rule => rule(sentence))
  return [
    ...drafts,
    ...news(
      sentence,
      [...others, ...drafts].filter(draft => isSound(draft, sentence) && !isMerelyGiven(draft)),
    ),
  ]
}

/** A prize or a certificate with no known name may as well be a happening: the check tells. */
function isMerelyGiven({ kind, value }: Draft): boolean {
  return kind === 'award' && !new RegExp(MARK_NAME.source, 'iu').test(value)
}

/** Whom and what a company names beside itself: customers, partners, technology, leaders. */
import type { FactKind } from '../../domain/evidence/types.ts'
import type { Draft, Rule } from './rule.ts'
import { afterLead, byPattern, firstOf } from './rule.ts'
import { leadingName, leadingNames, NAME, namesInside, PERSON, rx, TITLES } from './words.ts'

const INCLUDE = String.raw`(?:include|includes|including|are|is|such as|like|among them|among others|include names (?:such as|like)|zählen|gehören|sind|wie|etwa|darunter|comptent|sont|figurent|tels que|comme|dont|parmi lesquels|son|incluyen|como|entre ellos|today include|now include)`
const names = (rest: string) => leadingNames(rest).filter(name => name.length > 1)
const single = (value: string): string | null => leadingName(value)?.text ?? null

/** Names anywhere in a sentence that speaks of such a relation and of ourselves; the loosest rule of each kind. */
function namedWith(kind: FactKind, cue: RegExp, veto: RegExp | null = null): Rule {
  return ({ text, isSubject }) => {
    if (!cue.test(text) || veto?.test(text)) return []
    const found = namesInside(text).filter(name => !isSubject(name))
    return found.length > 4 ? [] : found.map(value => ({ kind, value }))
  }
}
const US = String.raw`\b(?:we|us|our|ours|wir|uns|unser\p{L}*|nous|notre|nos|nosotros|nuestr[oa]s?)\b`

const CLIENTS = String.raw`(?:customers?|clients?|users|buyers|references?|(?:Referenz|Stamm)?kunden?|Auftraggebern?|Referenzen|clientes|références)`
const LOOSE_CUSTOMER = rx(
  String.raw`(?=.*(?:${US}))(?:.*\b(?:customers?|clients?|buy(?:s|ing)? from|order(?:s|ed)? from|rel(?:y|ies) on|trusts?|suppl(?:y|ied|ies)|deliver(?:ed|s|ies)?|serve[ds]?|equip(?:ped)?|goes to|go to|works? for|worked for|confiance|clients?|fournissons|livrons|équipons|compte[rz]?)\b)`,
)
const customer = firstOf(
  byPattern(
    'customer',
    rx(
      String.raw`(?:^|[.,]\s+|^.{0,30}\b(?:auch|neu|seit\s\d{4}|désormais|aussi)\s)(?:die |der |das |la |le |les |the )?(?<v>${NAME})\s+(?:gehört|gehören|zählt|zählen|ist|sind|setzt|vertraut|bezieht|bestellt|kauft|fait partie|figure|compte|est|s['’]approvisionne|nous fait|nous achète|is|are)\s[^.]{0,30}\b(?:${CLIENTS}|uns|nous|unsere[rn]?)(?!\p{L})`,
      'u',
    ),
    single,
  ),
  byPattern(
    'customer',
    rx(
      String.raw`\b(?:[Zz]u unseren(?: \p{Ll}+)? \p{L}*[Kk]unden|[Uu]nter unseren \p{L}*[Kk]unden|[Pp]armi nos(?: \p{Ll}+)? clients?|[Ee]ntre nuestros clientes)\s+(?:\p{L}+\s+)?(?:zählen|zählt|gehören|gehört|ist|sind|figurent|figure|compte|on trouve|on compte|est|están?|figuran?)\s+(?:wir |auch |unter anderem |seit \d{4} |notamment |aussi )*(?:die |der |das |la |le |les )?(?<v>${NAME})`,
      'u',
    ),
    single,
  ),
  afterLead(
    'customer',
    rx(
      String.raw`\b${CLIENTS}\b[^.:;]{0,40}?(?:\b${INCLUDE}\b|:)(?:\s+(?:among others|unter anderem|u\. ?a\.|unsere?|wir|notamment|e\.g\.))*\s*:?\s+(?=(?:the |der |die |das |le |la )?[\p{Lu}\d])`,
      'iu',
    ),
    names,
  ),
  afterLead(
    'customer',
    rx(
      String.raw`\b(?:trusted by|used by|chosen by|in use at|loved by|relied (?:up)?on by|proud to (?:serve|supply|work with|work for|count)|we (?:supply|serve|work for|look after|support|equip|delivered (?:to|for)|have (?:supplied|worked for))|worked for|im Einsatz bei|vertrauen|(?:wir )?beliefern(?: wir)?|liefern (?:wir )?(?:auch )?an|wir arbeiten für|arbeiten wir für|unter anderem für|nous accompagnons|nous travaillons pour|travaillons pour|nous équipons|nous livrons|livrons|fournissons|équipons|ils nous font confiance\s*:|confían en nosotros|projects? for|work for|trabajamos para|suministramos a)\s+(?:companies like|brands like|names like|firms such as|among others|unter anderem|notamment|auch|aussi)?\s*(?=(?:the |der |die |das |le |la )?[\p{Lu}\d])`,
      'iu',
    ),
    names,
  ),
  afterLead(
    'customer',
    rx(
      String.raw`\b(?:case study|customer story|success story|reference|Referenz|Kundenprojekt|cas client|caso de éxito)\s*[:–|-]\s*(?:how\s+)?`,
    ),
    rest => names(rest).slice(0, 1),
  ),
  byPattern('customer', rx(String.raw`\b(?:customer|client|Kunde|Kundin|client)\s+(?<v>${NAME})`, 'u'), single),
  namedWith(
    'customer',
    LOOSE_CUSTOMER,
    /^customers?\b|\b(?:partner\p{L}*|partenaire\p{L}*|supplier|offer|range|products?|gamme|product|decides?|approv\p{L}*|software|system|hiring|recruit|branch|office|depot|site)\b/iu,
  ),
)

const PARTNERS = String.raw`(?:[\p{L}-]*partner(?:in|innen|n|s|ship|ships|schaft|ed)?|partenaires?|partenariats?|soci[oa]s?|alianza|alliances?)`
const partner = firstOf(
  byPattern(
    'partner',
    rx(
      String.raw`\b(?:Partner|partner|partenaire|socio)(?:in)?\s+(?:for|für|pour|in|bei|beim|im|en|para)\s+[^.]{2,50}?\s(?:is|ist|est|es|heißt|:)\s+(?:the |die |der |la |le )?(?<v>${NAME})`,
      'u',
    ),
    single,
  ),
  byPattern(
    'partner',
    rx(
      String.raw`\b(?:an?|the|our|als|eine?|un|certified|official|authori[sz]ed|zertifizierter|offizieller|long-standing|exclusive)\s+(?<v>${NAME})\s+(?:(?:Gold|Silver|Platinum|Premier|certified|solution|technology|channel|implementation|sales)\s+)*(?:[Pp]artner|reseller)\b`,
      'u',
    ),
    single,
  ),
  afterLead(
    'partner',
    rx(
      String.raw`\b(?:partners|partnerships?|alliances?|Partnern?|partenaires|socios)\b[^.:;]{0,40}?(?:\b${INCLUDE}\b|:|\bwith\b|\bmit\b|\bavec\b)\s*:?\s+(?=(?:the )?[\p{Lu}\d])`,
      'iu',
    ),
    names,
  ),
  afterLead(
    'partner',
    rx(
      String.raw`\b(?:partner|reseller|distributor|integrator|dealer|Partner|Vertriebspartner|partenaire|distributeur|revendeur|socio|distribuidor)\s+(?:of|to|von|der|de)\s+(?:the\s+)?(?=\p{Lu})`,
      'u',
    ),
    names,
  ),
  afterLead(
    'partner',
    rx(
      String.raw`\b(?:partner(?:s|ed|ing)? (?:up )?with|teamed up with|teams? up with|join(?:s|ed)? forces with|collaborat(?:e|es|ed|ing) with|cooperat(?:e|es|ed) with|(?:in|a) (?:close |strategic |long-standing )?(?:partnership|cooperation|collaboration|alliance) with|hand in hand with|partnerschaftlich mit|kooperier(?:en|t)(?: wir)? mit|Kooperation mit|Partnerschaft mit|Zusammenarbeit mit|zusammen mit|gemeinsam mit|arbeiten(?: wir)?(?: eng)? mit|partenariat avec|s['’]associe à|collaborons avec|main dans la main avec|aux côtés de|en colaboración con|alianza con|work(?:s|ing)? (?:closely |hand in hand |side by side |together )?with)\s+(?:our (?:long-standing )?partners?\s+|unserem Partner\s+|notre partenaire\s+)?(?=(?:the )?[\p{Lu}\d])`,
      'iu',
    ),
    names,
  ),
  byPattern('partner', rx(String.raw`\b(?:partner|Partner|partenaire|socio)\s+(?<v>${NAME})`, 'u'), single),
  byPattern(
    'partner',
    rx(
      String.raw`^(?<v>${NAME})\s+(?:is|has been|ist|est)\s+(?:our|unser|notre|a|one of our|seit)[^.]{0,50}\b(?:[Pp]artners?|partenaires?)\b`,
      'u',
    ),
    single,
  ),
  namedWith(
    'partner',
    rx(String.raw`\b${PARTNERS}\b`),
    /\b(?:investor|funding|equity|managing partner|founding partner)\b/iu,
  ),
)

const technology = firstOf(
  afterLead(
    'technology',
    rx(
      String.raw`\b(?:(?:tech(?:nology)? )?stack|toolset|tools|systems|software|platforms?|IT(?: landscape)?|infrastructure|ERP(?:-System)?|Systemlandschaft|outils|informatique)\b[^.;:]{0,30}?(?:\b(?:is|are|includes?|consists? of|built (?:on|around|upon)|based on|runs? on|ist|umfasst|besteht aus|comprend|est|repose sur|s['’]appuie sur)\b|:)\s*(?=[\p{Lu}\d])`,
      'iu',
    ),
    names,
  ),
  afterLead(
    'technology',
    rx(
      String.raw`\b(?:built (?:on|with|around|upon)|powered by|runs? on|running on|hosted on|based on|relies on|rely on|works? (?:daily |every day )?in|migrat(?:e|ed|ing) (?:\p{L}+ ){0,6}?to|moved (?:\p{L}+ ){0,6}?(?:to|onto)|switch(?:ed|ing) (?:\p{L}+ ){0,6}?to|standardi[sz]ed on|introduced|implement(?:ed|ing)|deployed|rolled out|rolling out|integrated with|managed (?:in|with)|planned (?:in|with)|kept in|handled (?:in|by|with)|recorded in|tracked in|booked in|entered (?:in|into)|processed (?:in|by|with)|lives? in|läuft auf|laufen (?:auf|über|in)|läuft über|basiert auf|arbeiten(?: wir)? mit|arbeitet mit|setzen(?: wir)? auf|setzt auf|nutzen(?: wir)?|nutzt|verwenden(?: wir)?|einsetzen|eingeführt|(?:im Einsatz|eingesetzt|verwendet|genutzt)(?: ist| wird| werden)?(?: bei uns)?(?: seit \d{4})?|gesteuert über|geplant mit|s['’]appuie sur|repose sur|tourne sur|tournent sur|utilisons|utilise|gérée?s? (?:dans|avec|par|sur)|planifiée?s? (?:dans|avec|sur)|travaill(?:ons|erez|ez|ent) (?:avec|sur|dans)|passent par|basée? sur|utilizamos|usamos|trabajamos con|funciona con)\s+(?:the\s+|die\s+|das\s+|le logiciel\s+|l['’]ERP\s+)?(?=[\p{Lu}\d])`,
      'iu',
    ),
    names,
  ),
  afterLead(
    'technology',
    rx(
      String.raw`(?<!customers |clients |users |who )\b(?:use|uses|used|work with|works with|working with|run|runs|employ|trust)\s+(?=[\p{Lu}\d])`,
      'iu',
    ),
    names,
  ),
  afterLead(
    'technology',
    rx(
      String.raw`\b(?:experience|skills?|knowledge|familiar|proficien\p{L}+|at home|comfortable|Erfahrung(?:en)?|Kenntnisse|vertraut|expérience|maîtrise|connaissance|experiencia)\s+(?:with|in|of|mit|avec|sur|de|en|con)\s+(?=[\p{Lu}\d])`,
      'iu',
    ),
    names,
  ),
  byPattern(
    'technology',
    rx(
      String.raw`\b(?:use|uses|using|on|with|in|nutzen|mit|avec|sur|utilisons|dans)\s+(?<v>${NAME})\s+(?:as (?:our|its|the)|for (?:our|its|the|all|every|planning|accounting|sales|support|production|purchasing)|to (?:manage|plan|run|track|handle|keep)|throughout|across|every day|als|für|pour|comme)\b`,
      'u',
    ),
    single,
  ),
)

const APPOINTED = String.raw`(?:is|was|as|has been|becomes|became|has become|joins?|joined|has joined|takes over|took over|has taken over|is taking over|appointed|named|promoted|serves|leads|heads|runs|leitet|führt|verantwortet|vertritt|pilote|assure|ist|wurde|wird|übernimmt|übernahm|est|a été|devient|rejoint|prend|dirige|es|ha sido|asume|acts?|works?|steps up|been)`
const leader: Rule = sentence => {
  const { text } = sentence
  if (!TWO_CAPITALS.test(text) || !HAS_TITLE.test(text)) return []
  const drafts: Draft[] = []
  for (const pattern of LEADER_PATTERNS) {
    for (const match of text.matchAll(pattern)) {
      const person = cleanPerson(match.groups?.['p'] ?? '')
      const title = (match.groups?.['t'] ?? '')
        .replace(/^(?:Our|The|New|Your|Unsere?|Neue[rn]?|Ihre?|Notre|Nouve(?:au|lle))\s+/u, '')
        .replace(/[\s,]+$/u, '')
      if (person === '' || title === '' || drafts.some(draft => draft.value.startsWith(`${person},`))) continue
      drafts.push({ kind: 'leader', value: `${person}, ${title}` })
    }
  }
  return drafts
}

const TWO_CAPITALS = /\p{Lu}[\p{L}'’.-]*\s(?:\p{L}+\s){0,3}\p{Lu}/u
/** Cheap look first: the patterns below are costly. */
const HAS_TITLE =
  /C[A-Z]O\b|CH?RO|CISO|PDG|\b(?:DG|DAF|DSI|DRH|MD|[SE]?VP)\b|officer|direct|head|manag|president|président|chair|founder|owner|proprietor|lead|principal|controller|treasurer|supervisor|partner|chief|leiter|leitung|chef|führer|inhaber|gründer|direktor|prokurist|gesellschafter|vorst[aä]nd|vorsitzend|gérant|responsable|fondat|dirigeant|associé|gerente|fundador|jef[ea]|propietari/iu
const BETWEEN = String.raw`(?:(?:our|the|new|as|their|its|unsere?|neue[rn]?|als|der|die|das|zum|zur|the company['’]s|us|notre|le|la|nouveau|nouvelle|comme|nuestr[ao]|el|nueva?|a|an|post of|role of|position of|interim|long-standing|ad|acting|poste de|fonctions de)\s+)*`
const LEADER_PATTERNS = [
  rx(String.raw`(?<p>${PERSON})\s*(?:,|–|—|-|\||:|\()\s*${BETWEEN}(?<t>${TITLES})`, 'gu'),
  rx(String.raw`(?<p>${PERSON})\s+${APPOINTED}(?:\s+(?!\p{Lu})[\p{L}'’]+){0,5}?\s+${BETWEEN}(?<t>${TITLES})`, 'gu'),
  rx(
    String.raw`(?<p>${PERSON})\s+${APPOINTED}\s+[^.;]{0,60}?\b(?:as|als|comme|como|zum|zur|to|of)\s+${BETWEEN}(?<t>${TITLES})`,
    'gu',
  ),
  rx(
    String.raw`(?<t>${TITLES})\s*(?:is|,|:|–|—|-|ist|est|es|\||now)?\s*(?:is\s+|ist\s+|seit \d{4}\s+)?(?<p>${PERSON})`,
    'gu',
  ),
  rx(String.raw`(?<t>${TITLES})[^.;,]{0,40}?\s(?:is|ist|est|es|wurde|was|has been)\s+(?:now\s+)?(?<p>${PERSON})`, 'gu'),
  rx(
    String.raw`\b(?:appointed|named|welcom(?:e|ed|es)|promoted|hired|begrüßen|berufen|ernannt|nommé|nomme|accueille|nombr(?:ó|ado|amos))\s+(?:wir\s+)?(?<p>${PERSON})\s+(?:to\s+(?:the\s+)?)?${BETWEEN}(?<t>${TITLES})`,
    'gu',
  ),
]

function cleanPerson(text: string): string {
  const bare = text.replace(
    /^(?:(?:\p{L}+\s)?(?:Welcomes?|Appoints?|Names|Hires?|Promotes?)|C['’]est|The|Our|Since|Under|With|Meet|And|Mr|Mrs|Ms|Herr|Frau|Mme|M)\.?\s+/u,
    '',
  )
  const words = bare.split(/\s+/)
  if (words.length < 2 || words.some(word => NOT_A_PERSON.test(word))) return ''
  return bare
}

const NOT_A_PERSON =
  /^(?:CEO|CTO|CFO|COO|CMO|CRO|Chief|Officer|Managing|Director|Head|President|Vice|Sales|Marketing|Operations|Finance|Team|Company|Group|The|Our|GmbH|Inc|Ltd|AG|SE|LLC|Manager|Founder|Chair|Board|January|February|March|April|May|June|July|August|September|October|November|December|Office|Street|Geschäftsführer|Geschäftsführerin|Vertrieb|Leiter|Leiterin|Directeur|Directrice|Président|General|Production|Produktion|Technik|Logistics|We|In)$/u

const FOUNDERS =
  /(?:\b(?:founded|started|set up|created|established)\s+(?:in \d{4}\s+)?by\s+|\b(?:gegründet von|fondée? par|fundada por)\s+|\b[Cc]o-?founders?\s+|\b[Ff]ounders\s+)(?=\p{Lu})/u
const PERSON_FIRST = rx(`^(?<v>${PERSON})`, 'u')

/** All who are named as founders: "founded by A and B", "co-founders A and B". */
const foundedBy: Rule = ({ text }) => {
  const lead = FOUNDERS.exec(text)
  if (lead === null) return []
  const drafts: Draft[] = []
  for (const part of text
    .slice(lead.index + lead[0].length)
    .split(/,\s+|\s+(?:and|und|et|y|&)\s+/u)
    .slice(0, 4)) {
    const name = cleanPerson(PERSON_FIRST.exec(part)?.groups?.['v'] ?? '')
    if (name === '') break
    drafts.push({ kind: 'leader', value: `${name}, ${/co-?founder/iu.test(lead[0]) ? 'co-founder' : 'founder'}` })
  }
  return drafts
}

/** On a team page a name stands on one line and the title on the next. */
export function leaderOnTwoLines(line: string, title: string): string | null {
  const name = line.replace(/\s*[|,–-]$/u, '')
  if (!WHOLE_PERSON.test(name) || cleanPerson(name) === '' || title.length > 80) return null
  const match = TITLE_AT_START.exec(title)
  return match === null ? null : `${name}, ${title.replace(/[\s.,]+$/u, '')}`
}
const WHOLE_PERSON = rx(`^${PERSON}$`, 'u')
const TITLE_AT_START = rx(`^${TITLES}`, 'u')

export const RELATION_RULES: readonly Rule[] = [customer, partner, technology, leader, foundedBy]

/** Whom and what a company names beside itself: customers, partners, technology, leaders. */
import type { Draft, Rule } from './rule.ts'
import { afterLead, byPattern, firstOf } from './rule.ts'
import { leadingName, leadingNames, NAME, PERSON, rx, TITLES } from './words.ts'

const INCLUDE = String.raw`(?:include|includes|including|are|is|such as|like|among them|among others|include names (?:such as|like)|zählen|gehören|sind|wie|etwa|darunter|comptent|sont|figurent|tels que|comme|dont|parmi lesquels|son|incluyen|como|entre ellos|today include|now include)`
const names = (rest: string) => leadingNames(rest).filter(name => name.length > 1)
const single = (value: string): string | null => leadingName(value)?.text ?? null

const CLIENTS = String.raw`(?:customers?|clients?|users|buyers|references?|(?:Referenz)?kunden|Auftraggeber|Referenzen|clientes|références)`
const customer = firstOf(
  afterLead(
    'customer',
    rx(
      String.raw`\b${CLIENTS}\b[^.:;]{0,40}?(?:\b${INCLUDE}|:)(?:\s+(?:among others|unter anderem|u\. ?a\.|unsere?|wir|notamment|e\.g\.))*\s*:?\s+(?=(?:the |der |die |das |le |la )?[\p{Lu}\d])`,
      'iu',
    ),
    names,
  ),
  afterLead(
    'customer',
    rx(
      String.raw`\b(?:trusted by|used by|chosen by|in use at|loved by|relied (?:up)?on by|proud to (?:serve|supply|work with|work for|count)|we (?:supply|serve|work (?:with|for)|look after|support|equip|delivered (?:to|for)|have (?:supplied|worked (?:with|for)))|worked (?:with|for)|im Einsatz bei|vertrauen|wir beliefern|wir arbeiten für|arbeiten wir für|unter anderem für|nous accompagnons|nous travaillons (?:pour|avec)|nous équipons|nous livrons|ils nous font confiance\s*:|confían en nosotros|projects? for|work for)\s+(?:companies like|brands like|names like|firms such as|among others|unter anderem|notamment)?\s*(?=(?:the |der |die |das |le |la )?[\p{Lu}\d])`,
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
  byPattern(
    'customer',
    rx(
      String.raw`^(?:[^,]{0,30},\s+)?(?:the\s+)?(?<v>${NAME})\s+(?:has |have |hat |a |recently |now |already |also )*(?:chose|chosen|choose|picked|selected|uses?|trusts?|relies on|rely on|runs? on|works? with|buys?|bought|orders?|ordered|switched to|signed(?: up)?|renewed|went live|rolled out|became (?:a|our)|is (?:a|one of our|our)(?:\s+\w+)?\s+(?:customers?|clients?)|are customers|gewählt|entschied sich|setzt auf|vertraut|nutzt|arbeitet mit|fait confiance|a choisi|utilise|confía|ha elegido)\b[^.]{0,60}\b(?:us|our|ours|with us|uns|unsere?[rmn]?|nous|notre|nos|customers?|clients?|nosotros|nuestr[ao]s?|on our|from us)\b`,
      'u',
    ),
    single,
  ),
  byPattern('customer', rx(String.raw`\b(?:customer|client|Kunde|Kundin|client)\s+(?<v>${NAME})`, 'u'), single),
  byPattern(
    'customer',
    rx(
      String.raw`\b(?:we (?:won|signed|welcomed|gained|added)|welcome|haben wir|konnten wir|nous avons (?:gagné|signé|accueilli))\s+(?<v>${NAME})\s+(?:as (?:a|our)\s+(?:new\s+)?(?:customer|client)|als (?:neuen\s+)?Kunden|comme (?:nouveau\s+)?client|as customers)`,
      'u',
    ),
    single,
  ),
)

const partner = firstOf(
  afterLead(
    'partner',
    rx(
      String.raw`\b(?:partners|partnerships?|alliances?|Partnern?|partenaires)\b[^.:;]{0,40}?(?:\b${INCLUDE}|:|\bwith\b|\bmit\b|\bavec\b)\s*:?\s+(?=(?:the )?[\p{Lu}\d])`,
      'iu',
    ),
    names,
  ),
  byPattern(
    'partner',
    rx(
      String.raw`\b(?:partner|reseller|distributor|integrator|dealer|Partner|Vertriebspartner|partenaire|distributeur|revendeur|socio|distribuidor)\s+(?:of|for|to|von|für|de|der)\s+(?:the\s+)?(?<v>${NAME})`,
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
      String.raw`\b(?:partner(?:s|ed|ing)? (?:up )?with|teamed up with|teams up with|join(?:s|ed) forces with|collaborat(?:e|es|ed|ing) with|cooperat(?:e|es|ed) with|(?:in|a) (?:close |strategic |long-standing )?(?:partnership|cooperation|collaboration|alliance) with|together with our partners?|hand in hand with|kooperier(?:en|t) mit|Kooperation mit|Partnerschaft mit|Zusammenarbeit mit|gemeinsam mit|partenariat avec|s['’]associe à|en colaboración con|alianza con|work(?:s)? (?:closely |hand in hand )?with)\s+(?:our (?:long-standing )?partners?\s+|unserem Partner\s+|notre partenaire\s+)?(?=(?:the )?[\p{Lu}\d])`,
      'iu',
    ),
    names,
  ),
  byPattern('partner', rx(String.raw`\b(?:partner|Partner|partenaire|socio)\s+(?<v>${NAME})`, 'u'), single),
  byPattern(
    'partner',
    rx(
      String.raw`^(?<v>${NAME})\s+(?:is|has been|ist|est)\s+(?:our|unser|notre|a|one of our)[^.]{0,50}\b(?:partners?|Partner|partenaires?)\b`,
      'u',
    ),
    single,
  ),
)

const technology = firstOf(
  afterLead(
    'technology',
    rx(
      String.raw`\b(?:(?:tech(?:nology)? )?stack|toolset|tools|systems|software|platforms?|IT landscape|infrastructure|Systemlandschaft|outils)\b[^.;:]{0,30}?(?:\b(?:is|are|includes?|consists? of|built (?:on|around)|based on|runs? on|:|umfasst|besteht aus|comprend)|:)\s*(?=[\p{Lu}\d])`,
      'iu',
    ),
    names,
  ),
  afterLead(
    'technology',
    rx(
      String.raw`\b(?:built (?:on|with)|powered by|runs? on|running on|hosted on|based on|relies on|rely on|works? (?:daily |every day )?in|migrat(?:e|ed|ing) (?:\w+ ){0,6}?to|moved (?:\w+ ){0,6}?(?:to|onto)|switch(?:ed|ing) (?:\w+ ){0,6}?to|standardi[sz]ed on|introduced|implement(?:ed|ing)|deployed|rolled out|rolling out|integrated with|managed (?:in|with)|planned (?:in|with)|kept in|handled (?:in|by|with)|live in|läuft auf|laufen auf|laufen über|basiert auf|arbeiten mit|arbeitet mit|setzen auf|setzt auf|nutzen|nutzt|verwenden|einsetzen|eingeführt|s['’]appuie sur|repose sur|tourne sur|tournent sur|utilisons|utilise|travaillons (?:avec|sur)|utilizamos|usamos|trabajamos con|funciona con)\s+(?:the\s+|die\s+|das\s+)?(?=[\p{Lu}\d])`,
      'iu',
    ),
    names,
  ),
  afterLead(
    'technology',
    rx(
      String.raw`\b(?:we|our [\p{L} ]{2,30}?|${NAME})\s+(?:also |now |all |currently )?(?:use|uses|used|work with|works with|run|runs|employ|trust)\s+(?=[\p{Lu}\d])`,
      'iu',
    ),
    names,
  ),
  afterLead(
    'technology',
    rx(
      String.raw`\b(?:experience|skills?|knowledge|familiar|proficien\w+|Erfahrung|Kenntnisse|expérience|maîtrise|experiencia)\s+(?:with|in|of|mit|avec|de|en|con)\s+(?=[\p{Lu}\d])`,
      'iu',
    ),
    names,
  ),
  byPattern(
    'technology',
    rx(
      String.raw`\b(?:use|uses|using|on|with|nutzen|mit|avec|sur|utilisons)\s+(?<v>${NAME})\s+(?:as (?:our|its|the)|for (?:our|its|the|all|every|planning|accounting|sales|support|production)|to (?:manage|plan|run|track|handle|keep)|als|für|pour|comme)\b`,
      'u',
    ),
    single,
  ),
)

const APPOINTED = String.raw`(?:is|was|as|has been|becomes|became|has become|joins?|joined|has joined|takes over|took over|has taken over|is taking over|appointed|named|promoted|serves|leads|heads|runs|ist|wurde|wird|übernimmt|übernahm|est|a été|devient|rejoint|prend|dirige|es|ha sido|asume|acts?|works?|steps up|been)`
const leader: Rule = sentence => {
  const { text } = sentence
  const drafts: Draft[] = []
  for (const pattern of LEADER_PATTERNS) {
    for (const match of text.matchAll(pattern)) {
      const person = cleanPerson(match.groups?.['p'] ?? '')
      const title = (match.groups?.['t'] ?? '').replace(/[\s,]+$/u, '')
      if (person === '' || title === '' || drafts.some(draft => draft.value.startsWith(`${person},`))) continue
      drafts.push({ kind: 'leader', value: `${person}, ${title}` })
    }
  }
  return drafts
}

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
  const bare = text.replace(/^(?:The|Our|Since|Under|With|Meet|Mr|Mrs|Ms|Herr|Frau|Mme|M)\.?\s+/u, '')
  const words = bare.split(/\s+/)
  if (words.length < 2 || words.some(word => NOT_A_PERSON.test(word))) return ''
  return bare
}

const NOT_A_PERSON =
  /^(?:CEO|CTO|CFO|COO|CMO|CRO|Chief|Officer|Managing|Director|Head|President|Vice|Sales|Marketing|Operations|Finance|Team|Company|Group|The|Our|GmbH|Inc|Ltd|AG|SE|LLC|Manager|Founder|Chair|Board|January|February|March|April|May|June|July|August|September|October|November|December|Office|Street|Geschäftsführer|Geschäftsführerin|Vertrieb|Leiter|Leiterin|Directeur|Directrice|Président|General|Production|Produktion|Technik|Logistics|We|In)$/u

const foundedBy: Rule = byPattern(
  'leader',
  rx(
    String.raw`\b(?:founded|started|set up|created|established|gegründet von|fondée? par|fundada por)\s+(?:in \d{4}\s+)?(?:by\s+)?(?<v>${PERSON})`,
    'u',
  ),
  (value, match) =>
    /\b(?:by|von|par|por)\b/u.test(match[0]) && cleanPerson(value) !== '' ? `${cleanPerson(value)}, founder` : null,
)

/** On a team page a name stands on one line and the title on the next. */
export function leaderOnTwoLines(name: string, title: string): string | null {
  if (!WHOLE_PERSON.test(name) || cleanPerson(name) === '' || title.length > 80) return null
  const match = TITLE_AT_START.exec(title)
  return match === null ? null : `${name}, ${title.replace(/[\s.,]+$/u, '')}`
}
const WHOLE_PERSON = new RegExp(`^${PERSON}$`, 'u')
const TITLE_AT_START = new RegExp(`^${TITLES}`, 'u')

export const RELATION_RULES: readonly Rule[] = [customer, partner, technology, leader, foundedBy]

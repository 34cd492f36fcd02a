/** What is said about need, budget, authority and timing: on pages, in mails and in call notes. */
import type { Factor } from '../../domain/qualification/types.ts'
import type { SourceKind } from '../../domain/evidence/types.ts'
import { polarity } from '../../domain/qualification/polarity.ts'
import type { Draft, Sentence } from './rule.ts'
import { SUPPOSED } from './supposed.ts'
import { statement } from './statement.ts'
import { DATE, MONEY, PERSON, rx, TITLES } from './words.ts'

const MONEY_AT = rx(MONEY)
const PERSON_AT = rx(PERSON, 'u')
/** Who decides is a person in a post: two capital words alone may be any name. */
const POST_AT = rx(String.raw`(?<!\p{L})${TITLES}`, 'u')

const NEED = rx(
  String.raw`\b(?:(?:we|they|she|he|I)\s+(?:\p{L}+\s+){0,2}?(?:needs?|require|must (?:have|get|replace)|want to (?:replace|move|get rid|get away|stop|reduce|cut|automate|digiti[sz]e|improve|modernise|modernize|have|see)|would like to (?:replace|move|reduce|automate|improve)|struggle|suffer|lose|waste|spend (?:too|hours|days))|wants? to replace|need(?:s|ed)? (?:a|an|to|that|better|more|something|help|new)|need that|are looking for|looking for (?:a|an|something|help|ways?)|look for a|in search of a|search for a|(?:main |biggest |greatest |real |key |big )?(?:pain|challenge|problem|headache|bottleneck|worry|issue|trouble)s?\s*(?:point)?\s*(?:is|are|:|with|lies|remains|for us)|costs? us|costing us|cost them|lose (?:about |around )?[^.;]{0,25}(?:hours?|days?|shifts?|money|orders)|unplanned|breakdowns?|break down|downtime|stand(?:s)? still|still (?:tracked|kept|managed|done|planned|working|work|use|run|on|in)\b[^.;]{0,40}(?:paper|spreadsheets?|excel|hand|whiteboard|head)|(?:on|with|from) paper|in spreadsheets?|by hand|manual(?:ly)?|unmanageable|outdated|out of date|no longer supported|end of life|needs? replac\p{L}+|(?:no|nobody|no one) [^.;]{0,25}(?:overview|knows)|can(?:not|['’]t) (?:keep up|cope|find|see|do that)|too (?:many|much|slow|late|long|often)|falls? apart|does not match|unreliable|overdue|backlog|ageing|aging)\b`,
)
const NEED_OTHER = rx(
  String.raw`(?<!\p{L})(?:wir (?:suchen|brauchen|benötigen|wollen|möchten|verlieren|kämpfen)|suchen wir (?:ein|eine)|brauchen wir|benötigen wir|(?:größte[s]?|unser) (?:Problem|Herausforderung|Sorge)|Problem (?:ist|sind)|kosten? uns|Stillstände?|Ausfälle|von Hand|auf Papier|in Excel|veraltet|nous (?:cherchons|recherchons|avons besoin|voulons|souhaitons|perdons|devons)|besoin (?:de|d['’])|notre (?:principal |plus grand )?(?:problème|défi)|nous coûtent?|sur papier|à la main|pannes?|arrêts imprévus|obsolète|necesitamos|buscamos (?:un|una)|queremos|perdemos|nuestro (?:mayor |principal )?(?:problema|reto)|nos cuestan?|averías|en papel|a mano)(?!\p{L})`,
)
const NO_NEED = rx(
  String.raw`\b(?:no (?:real |such |current |actual )?need|see no|nothing for us|no problems? to solve|(?:do|does|did) not (?:have|see) (?:a |any )?need|n['’]t (?:have|see) (?:a |any )?need|do not need|don['’]t need|(?:just|already|recently) (?:introduced|have|bought|chosen|use)|introduced (?:a|another) (?:competitor|different)|competitor['’]s|outsourced|no machines|we have no|kein(?:en)? Bedarf|brauchen (?:wir )?(?:das )?nicht|haben bereits|pas besoin|aucun besoin|avons déjà|no necesitamos|ya tenemos)\b`,
)

const BUDGET = rx(
  String.raw`(?<!\p{L})(?:budget\p{L}*|set aside|put aside|earmarked|allocated|approved|released|reserved|ring-?fenced|available (?:for|to spend)|we (?:are |will be |will |plan to )?invest(?:ing)?|(?:can|could|may|will|to|ready to|willing to|able to|allowed to) (?:spend|pay|invest)|spend up to|up to|in (?:the|this year['’]s|our|next year['’]s) (?:plan|budget)|the money|funds?|funded with|financed|limit (?:is|of)|ceiling|eingeplant|bereitgestellt|vorgesehen|freigegeben|genehmigt|bewilligt|bereit|zur Verfügung|investieren|ausgeben|réservé|prévu|alloué|débloqué|validé|accordé|disponibles?|dépenser|investi(?:r|ssons)|presupuesto|reservado|aprobado|destinado|disponemos|gastar)(?!\p{L})`,
)
const NO_BUDGET = rx(
  String.raw`\b(?:no (?:\p{L}+ )?(?:budget|money|funds|funding)|without (?:a )?budget|spending|frozen|freeze|request for (?:funds|money|budget)|turned down|refused the|rejected the|cannot (?:pay|afford)|can['’]t (?:pay|afford)|too expensive|not budgeted|kein(?:e|en)? (?:Budget|Geld|Mittel)|Ausgabenstopp|pas de budget|aucun budget|pas les moyens|sin presupuesto|no (?:hay|tenemos) (?:presupuesto|dinero))\b`,
)
const BUDGET_SAID = rx(
  String.raw`\b(?:budget (?:is |has been |was )?(?:approved|confirmed|released|secured|available|there|granted|signed off)|(?:approved|confirmed|secured) (?:the |our |their |a )?budget|money is (?:there|available|approved)|have (?:a|the) budget|Budget (?:ist |wurde )?(?:genehmigt|freigegeben|vorhanden)|budget (?:est )?(?:validé|approuvé|disponible)|presupuesto (?:aprobado|disponible))\b`,
)

const DECIDES = rx(
  String.raw`(?<!\p{L})(?:decid(?:e|es|ed|ing)|decisions?|decision[- ]?makers?|final (?:say|word|call|approval)|last word|signs?(?: off)?|signed off|sign-?off|signature|approv(?:e|es|ed|al)|authori[sz](?:e|es|ed|ation)|authority|has the say|have the say|no say|say in|budget holder|holds the budget|gives? the go-?ahead|green light|responsible for (?:buying|purchas\p{L}+|procurement|the budget)|in charge of (?:buying|purchas\p{L}+|procurement|the budget)|runs it past|needs? (?:the )?(?:ok|okay|approval|consent|blessing)|(?:address|send|direct) (?:your )?(?:offers|proposals|quotes|quotations)|entscheid\p{L}*|Entscheidung\p{L}*|freigibt|gibt [^.;]{0,50}frei|Freigabe|unterschreib\p{L}*|zeichnungsberechtigt|genehmigt|letzte Wort|décid\p{L}+|décisions?|décideu(?:r|se)|signe|signature|tranche|valid(?:e|és?|ées?) (?:par|les)|approuv\p{L}+|dernier mot|decid(?:e|o|imos|en)|decisi(?:ón|ones)|aprueba|firma|autoriza|última palabra)(?!\p{L})`,
)
const WHO = rx(
  String.raw`(?:\bI\b|\bmyself\b|\b(?:she|he|they)\b|\bour (?:\p{L}+ ){0,3}?(?:CEO|CFO|CTO|COO|director|head|manager|owner|board|parent|boss|chief|president|managing)|\bthe (?:\p{L}+ ){0,2}?(?:board|CEO|CFO|CTO|COO|director|owner|head|manager|boss|group|parent|management|committee)|\bmine\b|\bmy\b|\bme\b|\bIntern\b|maker\b|\bich\b|\bunser\p{L}*\b|\bje\b|\bnotre\b|\bmoi\b|\byo\b|\bnuestr[oa]\b|Geschäftsführ\p{L}+|Vorstand|directeur|directrice|directora?)`,
  'iu',
)

const PROJECT = String.raw`(?:live|go-?live|going live|start\p{L}*|begin\p{L}*|kick-?off|choose|chosen|select\p{L}*|decide|decision|sign(?:ed|ing)?|due|deadline|contract|running|in place|ready|roll(?:ed)?[ -]?out|introduc\p{L}+|implement\p{L}*|install\p{L}*|switch(?:es|ing)?(?: over)? (?:to|from)|switch-?over|change-?over|replace\p{L}*|needs? it|need this|need (?:a|the) [^.;]{2,30} by|have it|buy|purchase|order|project|offers?|proposals?|tender|bids?|pilot|system|renewal|expires?|runs? out|ends?|migrat\p{L}+|in Betrieb|starten|beginn\p{L}*|einführ\p{L}*|entscheid\p{L}*|unterschreib\p{L}*|Angebote?|Vertrag|läuft aus|Projekt|umstell\p{L}+|en service|démarr\p{L}+|commenc\p{L}+|choisir|décid\p{L}+|sign\p{L}+|offres?|contrat|projet|déploi\p{L}+|empezar|arrancar|comenzar|decidir|firmar|ofertas?|contrato|proyecto|implantar|en marcha|switched off|offers?|choosing|finish\p{L}*|complet\p{L}+|Umstellung|wählen|Auswahl|ausw\p{L}+|läuft|laufen|choisirons|choisi\p{L}*|prend fin|expire\p{L}*|mise? en service|décision)`
const TIME = String.raw`(?:(?:by|before|until|till|no later than|not later than|from|in|on|at|for|after|since|within|during|of|bis(?: zum| Ende| Anfang| Mitte)?|vor|ab|im|am|in|d['’]ici|avant|dès|en|le|au|fin|antes de|para|a partir de|desde|el)\s+(?:the\s+)?(?:(?:end|start|beginning|middle|close|first half|second half)\s+of\s+|(?:early|mid|late|fin|début|mi|finales de|principios de)[- ])?(?:${DATE}|(?:January|February|March|April|May|June|July|August|September|October|November|December|Januar|Februar|März|Mai|Juni|Juli|Oktober|Dezember|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)\b|Q[1-4]\b|(?:the |this |next |last )?(?:first|second|third|fourth)?\s?(?:quarter|year|month|summer|autumn|fall|winter|spring|week)|(?:this|next) (?:year|quarter|month|spring|summer|autumn|fall|winter|week)|\d+ (?:weeks|months|days)|(?:two|three|four|five|six) (?:weeks|months)|Quartal|Jahresende|Sommer|Herbst|Frühjahr|trimestre|été|automne|printemps|la rentrée)|\b(?:this|next) (?:year|quarter|month|spring|summer|autumn|fall|winter)\b|(?:date|planned for|scheduled for|Termin|fecha|start|go-live|deadline|decision|kick-off|Projektstart|Starttermin|démarrage|échéance)[^.;:]{0,25}(?::|\bis)\s*${DATE}|(?:für|pour|set for|due)\s+${DATE}|(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+(?:${DATE})?\s*(?:is fixed|at the latest))`
const TIMING = [
  rx(
    String.raw`\b(?:start|go-live|deadline|decision|change-?over|kick-off|introduction|implementation|Projektstart|Start|Umstellung|Einführung|Entscheidung|démarrage|mise en service|échéance)\b[^.;:]{0,40}(?::|\bis\b)[^.;:]{0,12}${DATE}`,
  ),
  rx(String.raw`^${DATE} is (?:our|the) (?:\p{L}+ ){0,2}(?:date|deadline|start|goal|target)\b`),
  rx(String.raw`\b(?:given ourselves|have|got|time) until (?:the end of )?${DATE}`),
  rx(String.raw`\b${PROJECT}\b[^.;]{0,80}?\b${TIME}`),
  rx(String.raw`(?<!\p{L})${TIME}[^.;]{0,80}?\b${PROJECT}\b`),
  rx(String.raw`\b(?:start|go-live|close|signing|kick-off|delivery|target) date\b[^.;]{0,12}${DATE}`),
]
const NO_TIMING = rx(
  String.raw`\b(?:postponed|shelved|indefinitely|on ice|on hold|roadmap|no (?:date|plans?|timeline)\b|next (?:two|three|few|several) years|(?:a )?few years|not this year|verschoben|auf Eis|unbestimmte Zeit|reporté|suspendu|aplazado|pospuesto)\b`,
)
const URGENT = rx(
  String.raw`\b(?:as soon as possible|asap|urgent(?:ly)?|immediately|right away|so schnell wie möglich|dringend|au plus vite|urgent|cuanto antes)\b`,
)
/** Periods and dates that are no plan: what was, what is told as history or as offer to customers. */
const PAST = rx(
  String.raw`\b(?:founded|established|was opened|opened|launched|acquired|raised|won|received|turned over|revenue|invested|joined|closed|shut|welcomed|visit us|trade fair|gegründet|eröffnet|übernommen|erhalten|begrüßt|Messe|fondée?|ouvert|racheté|levé|obtenu|lancé|accueilli|hiring|recruiting|available since|on sale|since|seit|depuis|business since|out of (?:the )?office|on leave|on holiday)\b`,
)

/** Words by which a page speaks of its own firm, not of its readers. */
const OURSELVES = rx(
  String.raw`(?<!\p{L})(?:we|our|us|wir|unser\p{L}*|uns|nous|nos|notre|nosotros|nuestr[oa]s?)(?!\p{L})`,
)
const READERS = rx(
  String.raw`(?<!\p{L})(?:you|your|Sie|Ihre?[rnms]?|vous|votre|vos|customers?|clients?|Kunden)(?!\p{L})`,
)

export function bantDrafts(sentence: Sentence, source: SourceKind): Draft[] {
  const { text } = sentence
  if (text.length > 320 || text.length < 8) return []
  const drafts: Draft[] = []
  for (const factor of ['need', 'budget', 'authority', 'timing'] as const) {
    if (source === 'page' ? !saidOnPage(factor, text) : !saidInTalk(factor, text)) continue
    if (polarity(factor, text) !== 'open') drafts.push({ kind: factor, value: statement(text) })
  }
  return drafts
}

const NO_SAY = rx(
  String.raw`\b(?:only collecting|student|intern|thesis|university) [^.]{0,30}(?:project|information|brochures|paper)`,
)

function saidInTalk(factor: Factor, text: string): boolean {
  if (factor === 'need') return NEED.test(text) || NEED_OTHER.test(text) || NO_NEED.test(text)
  if (factor === 'budget')
    return (BUDGET.test(text) && MONEY_AT.test(text)) || NO_BUDGET.test(text) || BUDGET_SAID.test(text)
  if (factor === 'authority' && NO_SAY.test(text)) return true
  if (factor === 'authority')
    return (
      DECIDES.test(text) &&
      (WHO.test(text) || PERSON_AT.test(text)) &&
      !/\b(?:we|they) want to decide\b|board decides on \d/iu.test(text)
    )
  return (
    !PAST.test(text) &&
    (TIMING.some(pattern => pattern.test(text)) || NO_TIMING.test(text) || (URGENT.test(text) && text.length > 20))
  )
}

/** A page says much about its readers' needs and dates: there the firm itself must speak, with something named. */
function saidOnPage(factor: Factor, text: string): boolean {
  if (factor === 'need')
    return OURSELVES.test(text) && !READERS.test(text) && (NEED.test(text) || NEED_OTHER.test(text))
  if (factor === 'budget')
    return (
      BUDGET.test(text) &&
      MONEY_AT.test(text) &&
      !SUPPOSED.test(text) &&
      !/\b(?:raised|levé|round|revenue|turnover|Umsatz|chiffre)\b/iu.test(text)
    )
  if (factor === 'authority') return DECIDES.test(text) && PERSON_AT.test(text) && POST_AT.test(text)
  return !PAST.test(text) && TIMING.some(pattern => pattern.test(text)) && /\d/.test(text)
}

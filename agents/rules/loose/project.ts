/** Need, money, decision and date of a purchase, of any wording. */
import { writtenDates } from '../../../domain/evidence/dates.ts'
import type { Draft, Sentence } from '../rule.ts'
import { statement } from '../statement.ts'
import { SUPPOSED } from '../supposed.ts'
import { DATE, MONEY, PERSON, rx, TITLES } from '../words.ts'
import { CAREERS, OURS, pageIs } from './speaker.ts'

const TROUBLE = rx(
  String.raw`\b(?:late|los[est]\p{L}*|old|worn|fail\p{L}*|stop(?:s|ped|pages?)?|stuck|slow\p{L}*|miss\p{L}*|wish|want(?:s|ed)?|search\p{L}*|looking|replac\p{L}+|moderni[sz]\p{L}+|digital\p{L}*|better|overview|too|hard|difficult\p{L}*|trouble\p{L}*|paper|excel|spreadsheets?|by hand|manual\p{L}*|ag(?:e)?ing|break ?downs?|break|downtime|stand\p{L}* still|outdated|repair\p{L}*|maint\p{L}+|upkeep|cost(?:s|ing)?|hours|need(?:s|ed)?|fall\p{L}* behind|unreliab\p{L}+|alt\p{L}*|Ausf\p{L}+|Stillst\p{L}+|veraltet\p{L}*|Papier|Wartung\p{L}*|Instandhaltung|fehl\p{L}+|such\p{L}+|brauch\p{L}+|verlier\p{L}+|pannes?|vieilli\p{L}*|arrêts?|entretien|maintenance|papier|cherch\p{L}+|besoin|perd\p{L}+|remplac\p{L}+|attention|sooner|state of|lack\p{L}*|headache|serviced|documents|binders?|outgrown|e-?mails?|whiteboard|has to end|no longer|running|more and more|zu oft|fällt|fallen|Überblick|Zustand|manque|vue d['’]ensemble|état|trop souvent|tombent)\b`,
  'giu',
)
const ABOUT_READERS = rx(
  String.raw`(?<!\p{L})(?:you|your|Sie|Ihre?[rnms]?|vous|votre|vos|customers?|clients?|Kunden|businesses|companies|offer|provide|services?)(?!\p{L})`,
)

export function need(sentence: Sentence): Draft[] {
  const { text } = sentence
  if (text.length > 220 || !OURS.test(text) || ABOUT_READERS.test(text) || pageIs(sentence, CAREERS)) return []
  const words = new Set([...text.matchAll(TROUBLE)].map(match => match[0].toLowerCase()))
  return words.size >= 2 ? [{ kind: 'need', value: statement(text) }] : []
}

const PURCHASE = rx(
  String.raw`\b(?:decid\p{L}+|decisions?|say|word|sign\p{L}*|approv\p{L}+|authori\p{L}+|purchas\p{L}+|buy\p{L}*|budget|invest\p{L}+|procure\p{L}+|spend\p{L}*|go-ahead|green light|lies|rests|desk|table|hands|talk to|speak|turn to|address\p{L}*|send|matters?|agree\p{L}*|vote|pick\p{L}*|select\p{L}*|choos\p{L}+|releas\p{L}+|responsib\p{L}+|in charge|bought|convince\p{L}*|choice|up to|verantwort\p{L}+|Auswahl|Anbieter|chois\p{L}+|choix|revient|fournisseurs?|achats?|dernier mot|letzte Wort|entscheid\p{L}+|Freigabe|frei|genehmig\p{L}+|Einkauf\p{L}*|Investition\p{L}*|décid\p{L}+|décision\p{L}*|valid\p{L}+|approuv\p{L}+|achats?|investissements?)\b`,
)
export function authority(sentence: Sentence): Draft[] {
  const { text } = sentence
  return sentence.dated &&
    text.length < 220 &&
    PURCHASE.test(text) &&
    A_PERSON.test(text) &&
    A_POST.test(text) &&
    !/\b(?:joined|appointed|customers?|congratulat\p{L}+)\b/iu.test(text)
    ? [{ kind: 'authority', value: statement(text) }]
    : []
}
const A_PERSON = rx(PERSON, 'u')
const A_POST = rx(String.raw`(?<!\p{L})${TITLES}`, 'u')

const MONEY_FOR = rx(
  String.raw`\b(?:budget\p{L}*|project|system\p{L}*|software|moderni\p{L}+|maintenance|digital\p{L}*|spend\p{L}*|set|put|up to|provid\p{L}+|plan\p{L}*|cover\p{L}*|reserv\p{L}+|invest\p{L}*|money|allow\p{L}*|available|earmark\p{L}*|Projekt|Vorhaben|Instandhaltung|projet|maintenance|modernis\p{L}+)\b`,
)
const NO_BUDGET =
  /\b(?:revenue|turnover|sales|raised|round|loan|customers?|from €|price\p{L}*|Umsatz|chiffre|levé|funding|acquir\p{L}+|investors?)\b/iu
const A_SUM = rx(MONEY)

export function budget(sentence: Sentence): Draft[] {
  const { text } = sentence
  return sentence.dated &&
    text.length < 220 &&
    A_SUM.test(text) &&
    MONEY_FOR.test(text) &&
    !SUPPOSED.test(text) &&
    !NO_BUDGET.test(text)
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

/** Gatherings and what readers are asked to come to are dates of another kind. */
const GATHERING =
  /(?<!\p{L})(?:fair|open day|party|visit us|festival|conference|webinar|stand|booth|anniversary|holidays?|closed on|Messe|Tag der|Fest|Jubiläum|salon|portes ouvertes|fête|anniversaire)(?!\p{L})/iu

/** A day that is still to come, told in a post of the firm's: it is what they are working towards. */
function isToCome({ text, readAt }: Sentence): boolean {
  const today = readAt?.slice(0, 7)
  return (
    today !== undefined &&
    writtenDates(text).some(({ year, months }) => {
      const month = `${year}-${String(months?.[1] ?? 12).padStart(2, '0')}`
      return year !== null && month > today
    })
  )
}

export function timing(sentence: Sentence): Draft[] {
  const { text } = sentence
  if (!sentence.dated || text.length > 220 || GATHERING.test(text)) return []
  const planned = SOON.test(text) && AHEAD.test(text) && !BEHIND.test(text)
  return planned || (isToCome(sentence) && !OVER.test(text)) ? [{ kind: 'timing', value: statement(text) }] : []
}
/** Told as over and done: a date beside it is no plan, whatever the calendar says. */
const OVER =
  /(?<!\p{L})(?:launched|acquired|raised|received|joined|closed|welcomed|hiring|certif\p{L}*|insolven\p{L}*)(?!\p{L})/iu

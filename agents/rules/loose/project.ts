/** Need, money, decision and date of a purchase, of any wording. */
import type { Draft, Sentence } from '../rule.ts'
import { statement } from '../statement.ts'
import { DATE, MONEY, PERSON, rx } from '../words.ts'
import { OURS } from './speaker.ts'

const TROUBLE = rx(
  String.raw`\b(?:late|los[est]\p{L}*|old|worn|fail\p{L}*|stop(?:s|ped|pages?)?|stuck|slow\p{L}*|miss\p{L}*|wish|want(?:s|ed)?|search\p{L}*|looking|replac\p{L}+|moderni[sz]\p{L}+|digital\p{L}*|better|overview|too|hard|difficult\p{L}*|trouble\p{L}*|paper|excel|spreadsheets?|by hand|manual\p{L}*|ag(?:e)?ing|break ?downs?|break|downtime|stand\p{L}* still|outdated|repair\p{L}*|maint\p{L}+|upkeep|cost(?:s|ing)?|hours|need(?:s|ed)?|fall\p{L}* behind|unreliab\p{L}+|alt\p{L}*|Ausf\p{L}+|Stillst\p{L}+|veraltet\p{L}*|Papier|Wartung\p{L}*|Instandhaltung|fehl\p{L}+|such\p{L}+|brauch\p{L}+|verlier\p{L}+|pannes?|vieilli\p{L}*|arrêts?|entretien|maintenance|papier|cherch\p{L}+|besoin|perd\p{L}+|remplac\p{L}+)\b`,
  'giu',
)
const ABOUT_READERS = rx(
  String.raw`(?<!\p{L})(?:you|your|Sie|Ihre?[rnms]?|vous|votre|vos|customers?|clients?|Kunden|businesses|companies|offer|provide|services?)(?!\p{L})`,
)

export function need(sentence: Sentence): Draft[] {
  const { text } = sentence
  if (text.length > 220 || !OURS.test(text) || ABOUT_READERS.test(text)) return []
  const words = new Set([...text.matchAll(TROUBLE)].map(match => match[0].toLowerCase()))
  return words.size >= 2 ? [{ kind: 'need', value: statement(text) }] : []
}

const PURCHASE = rx(
  String.raw`\b(?:decid\p{L}+|decisions?|say|word|sign\p{L}*|approv\p{L}+|authori\p{L}+|purchas\p{L}+|buy\p{L}*|budget|invest\p{L}+|procure\p{L}+|spend\p{L}*|go-ahead|green light|lies|rests|desk|table|hands|talk to|speak|turn to|address\p{L}*|send|matters?|agree\p{L}*|vote|pick\p{L}*|select\p{L}*|choos\p{L}+|releas\p{L}+|responsib\p{L}+|in charge|entscheid\p{L}+|Freigabe|frei|genehmig\p{L}+|Einkauf\p{L}*|Investition\p{L}*|décid\p{L}+|décision\p{L}*|valid\p{L}+|approuv\p{L}+|achats?|investissements?)\b`,
)
export function authority(sentence: Sentence): Draft[] {
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

export function budget(sentence: Sentence): Draft[] {
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

export function timing(sentence: Sentence): Draft[] {
  const { text } = sentence
  return sentence.dated && text.length < 220 && SOON.test(text) && AHEAD.test(text) && !BEHIND.test(text)
    ? [{ kind: 'timing', value: statement(text) }]
    : []
}

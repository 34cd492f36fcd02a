/** Changes to a deal as sentences state them. Amounts and dates are parsed out of the sentence by code, for models too. */
import { splitSentences } from '../../domain/evidence/sentences.ts'
import { parseAmount } from '../../domain/message/parse-amount.ts'
import { parseDate } from '../../domain/message/parse-date.ts'
import { pattern } from '../../domain/message/pattern.ts'
import { PERSON, TITLES } from './words.ts'

export const UPDATE_FIELDS = ['amount', 'close_date', 'decision_maker', 'stage', 'next_step'] as const
export type UpdateField = (typeof UPDATE_FIELDS)[number]

/** `quote` is `text.slice(start, end)`. */
export type DealUpdate = { quote: string; start: number; end: number } & (
  | { field: 'amount'; minor: number; currency: string }
  | { field: 'close_date'; date: string }
  | { field: 'decision_maker'; name: string }
  /** `value`: the words that say so; `stage`: which step of selling they speak of. */
  | { field: 'stage'; value: string; stage: StageWord }
  | { field: 'next_step'; value: string }
)
export type StageWord = 'evaluation' | 'proposal' | 'negotiation' | 'won' | 'lost'

const AMOUNT = pattern(
  String.raw`\b(?:offer|quote|quotation|proposal|deal|contract|order|amount|total|price|value|volume|size|sum|we (?:would|will|['’]d) be at|comes? to|agreed|settled|settle on|per year|a year|annual(?:ly)?|licen[cs]es?|angebot|vertrag|auftrag|summe|volumen|betrag|preis|einigt|geeinigt|offre|devis|contrat|montant|prix|convenu|oferta|contrato|importe|precio|acordado)\b`,
)
const BUDGET = pattern(
  String.raw`\b(?:budget\p{L}*|set aside|earmarked|approved|released|spend up to|limit|in (?:the|this year['’]s) plan|funded|revenue|turnover|eingeplant|bereitgestellt|freigegeben|umsatz|prévu|réservé|débloqué|presupuesto|costs? us|lose)\b`,
)
const CLOSE = pattern(
  String.raw`\b(?:sign(?:s|ed|ing)?|signature|close[sd]?|closing|close date|board (?:decides|meets|votes)|decision (?:is )?(?:due|on)|decides? on|place (?:the|our|an) order|order (?:on|by)|purchase order|contract (?:should|will|is to|can)|unterschr\p{L}+|abschluss|unterzeichn\p{L}+|entscheidet am|bestell\p{L}+|sign\p{L}+|clôture|commande|firm(?:a|ar|aremos|amos)|cierre|pedido)\b`,
)
const NOT_CLOSE = pattern(
  String.raw`\b(?:closed (?:until|from|for)|clos(?:e|ed) (?:our|the) (?:site|plant|office|depot)|go[- ]live|contract (?:ends|runs out|expires)|we have signed)\b`,
)
const DECIDER = [
  pattern(
    String.raw`\b(?:decision[- ]?maker|decider|Entscheider(?:in)?|décideu(?:r|se)|responsable de la decisión|signatory|economic buyer)\b[^.:]{0,30}?(?:\bis\b|\bist\b|\best\b|\bes\b|:|\bnow\b)\s*(?:now\s+|jetzt\s+)?(?<p>${PERSON}|(?:the |our )?${TITLES})`,
    'u',
  ),
  pattern(
    String.raw`(?<p>${PERSON})(?:,?\s*\(?\s*${TITLES}\)?,?)?\s+(?:(?:has|hat|a)\s+[^.]{0,40}\s(?:and|und|et)\s+)?(?:now |jetzt )?(?:will (?:now )?(?:make the (?:final )?decision|decide|sign|approve|have the final say)|decides|makes the (?:final )?decision|has the final (?:say|word)|signs|approves|entscheidet|wird entscheiden|décide|décidera|signera|decide|decidirá|firmará)\b`,
    'u',
  ),
  pattern(
    String.raw`\b(?:decision|Entscheidung|décision|decisión)\b[^.]{0,40}\b(?:lies|rests|liegt|made by|taken by|bei|revient à|depende de|with)\s+(?:our |unserer? |notre )?(?:with |by |bei )?(?<p>${PERSON})`,
    'u',
  ),
]
const STAGES: readonly [StageWord, RegExp][] = [
  [
    'lost',
    pattern(
      String.raw`\b(?:went with (?:another|a competitor|a different)|chose (?:another|a competitor|a different)|decided against|signed with (?:another|a competitor)|anderen anbieter|contre votre offre|otro proveedor)\b`,
    ),
  ],
  [
    'won',
    pattern(
      String.raw`\b(?:signed (?:the )?(?:contract|agreement|offer|order)|contract is signed|purchase order (?:is )?(?:attached|sent|issued)|we (?:hereby )?(?:accept|order)|order is placed|vertrag (?:ist )?unterschrieben|contrat (?:est )?signé|contrato (?:está )?firmado)\b`,
    ),
  ],
  [
    'negotiation',
    pattern(
      String.raw`\b(?:draft contract|contract draft|redlines?|terms and conditions|negotiat\p{L}+|discount|legal (?:is|are|review)|vertragsentwurf|verhandl\p{L}+|rabatt|négoci\p{L}+|remise|negociar|descuento)\b`,
    ),
  ],
  [
    'proposal',
    pattern(
      String.raw`\b(?:(?:written|formal|binding|firm|detailed|revised) (?:offer|proposal|quote|quotation)|(?:send|sent|email|prepare|get|need|want|like|asked for|ask for|requested?|requests) (?:us |me |them )?(?:an?|the|your) (?:\p{L}+ )?(?:offer|proposal|quote|quotation)|(?:schriftliches |verbindliches )?angebot|offre (?:écrite|ferme|commerciale)|un devis|oferta (?:por escrito|formal)|un presupuesto por escrito)\b`,
    ),
  ],
  [
    'evaluation',
    pattern(
      String.raw`\b(?:start (?:a|the) (?:trial|pilot|test)|(?:trial|pilot|proof of concept|poc) (?:starts?|started|is running|phase)|testphase|pilotprojekt|phase (?:de test|pilote)|prueba piloto)\b`,
    ),
  ],
]
const NEXT_STEP = [
  pattern(
    String.raw`\b(?:next steps?|nächster schritt|prochaine étape|próximo paso)\b\s*(?:\bis\b|\bwould be\b|\bwill be\b|:|–|-|,|\bist\b|\best\b|\bes\b|\bwe would like\b|\bwe['’]d like\b|\bthey (?:want|would like)\b)+\s*(?:to (?:have |do |hold )?|for )?(?<v>[^.!?]{3,160})`,
  ),
  pattern(
    String.raw`\b(?:as (?:a|the) next step|als nächstes|comme prochaine étape|como siguiente paso)\b,?\s*(?:we (?:would|['’]d) like (?:to have |to )?|they (?:want|would like) (?:to have |to )?|wünschen wir uns |nous (?:voudrions|aimerions) )?(?<v>[^.!?]{3,160})`,
  ),
  pattern(String.raw`^(?:to ?do|action|follow[- ]?up|agreed)\s*:\s*(?<v>[^.!?]{3,160})`),
]

/** Every update the text states; of a field said twice, the later sentence. `reference`: ISO date of the text. */
export function updatesByRules(text: string, reference: string): DealUpdate[] {
  const byField = new Map<UpdateField, DealUpdate>()
  for (const { start, end } of splitSentences(text, { lineBreaks: 'wrapped' })) {
    for (const update of updatesIn(text.slice(start, end), start, reference)) byField.set(update.field, update)
  }
  return [...byField.values()]
}

function updatesIn(sentence: string, start: number, reference: string): DealUpdate[] {
  return UPDATE_FIELDS.filter(field => isAbout(field, sentence)).flatMap(field => {
    const update = readUpdate(field, sentence, start, reference)
    return update === null ? [] : [update]
  })
}

function isAbout(field: UpdateField, sentence: string): boolean {
  // What is asked or supposed changes nothing; a polite request ("could you send an offer?") is a stage all the same.
  if (field !== 'stage' && /\?\s*$/u.test(sentence)) return false
  if (field === 'amount') return AMOUNT.test(sentence) && !BUDGET.test(sentence)
  if (field === 'close_date') return CLOSE.test(sentence) && !NOT_CLOSE.test(sentence)
  return true
}

/** Reads one field out of a sentence, or null where it is not in it. `start` is the sentence's place in the text. */
export function readUpdate(field: UpdateField, sentence: string, start: number, reference: string): DealUpdate | null {
  const place = { quote: sentence, start, end: start + sentence.length }
  if (field === 'amount') {
    const amount = parseAmount(sentence)
    return amount === null ? null : { ...place, field, minor: amount.minor, currency: amount.currency }
  }
  if (field === 'close_date') {
    const date = parseDate(sentence, reference)
    return date === null ? null : { ...place, field, date: date.iso }
  }
  if (field === 'decision_maker') {
    const name = DECIDER.map(form => form.exec(sentence)?.groups?.['p']).find(found => found !== undefined)
    return name === undefined ? null : { ...place, field, name: name.replace(/^(?:From now on|Ab jetzt|Now)\s+/u, '') }
  }
  if (field === 'stage') {
    for (const [stage, form] of STAGES) {
      const words = form.exec(sentence)?.[0]
      if (
        words !== undefined &&
        !/\b(?:not|no|never|nicht|kein\p{L}*|pas)\s+(?:\p{L}+\s+){0,2}$/iu.test(
          sentence.slice(0, sentence.indexOf(words)),
        )
      ) {
        return { ...place, field, value: words, stage }
      }
    }
    return null
  }
  const value = NEXT_STEP.map(form => form.exec(sentence)?.groups?.['v']?.trim()).find(found => found !== undefined)
  return value === undefined ? null : { ...place, field, value }
}

/**
 * The sentences that a mail may hold without a fact behind them: greeting, thanks, one ask, sign-off. Each pattern matches a
 * whole sentence and leaves room for names and times only, so that no claim fits in. Reviewed by people: add with care.
 */

import { nameWords } from './names.ts'

export interface Courtesy {
  kind: 'greeting' | 'thanks' | 'bridge' | 'ask' | 'offer' | 'sign_off'
  form: RegExp
}

const NAME_WORDS = "\\p{Lu}[\\p{L}'’.-]*(?:\\s(?:(?:van|von|de|der|den|la|le|du)\\s)?\\p{Lu}[\\p{L}'’.-]*){0,3}"
/** Any run of up to four words: that they are capitalised is checked after the match, since the patterns ignore case. */
const NAME = `(?<name>${NAME_WORDS})`
const SHORT = '(?:short |quick |brief |first |introductory )?'
const DAY_EN = '(?:monday|tuesday|wednesday|thursday|friday)'
const WHEN_EN = `(?: (?:this week|next week|(?:this|next) ${DAY_EN}|on ${DAY_EN}|tomorrow|in the coming (?:days|weeks)|later this (?:week|month)|next month|sometime (?:this|next) week|this or next week|either day|on ${DAY_EN} or ${DAY_EN}))?`
const LONG_EN = '(?:(?:of |for |to talk for )?(?:10|15|20|25|30|45|ten|fifteen|twenty|thirty)[ -]minutes? ?)?'
const MEET_EN = '(?:call|chat|conversation|meeting|talk|demo|exchange)'
const WHEN_DE =
  '(?: (?:diese Woche|nächste Woche|kommende Woche|in dieser oder der nächsten Woche|in den nächsten Tagen|am (?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag)|morgen))?'
const WHEN_FR =
  '(?: (?:cette semaine|la semaine prochaine|dans les prochains jours|(?:lundi|mardi|mercredi|jeudi|vendredi)(?: prochain)?|demain))?'
const WHEN_ES =
  '(?: (?:esta semana|la próxima semana|la semana que viene|en los próximos días|el (?:lunes|martes|miércoles|jueves|viernes)|mañana))?'

const whole = (kind: Courtesy['kind'], ...forms: string[]): Courtesy[] =>
  forms.map(form => ({ kind, form: new RegExp(`^[¿¡]?(?:${form})[\\s,.!?:]*$`, 'iu') }))

export const COURTESIES: readonly Courtesy[] = [
  ...whole(
    'greeting',
    `(?:hi|hello|dear|good (?:morning|afternoon)|hey)(?: there| all| (?:mr|ms|mrs|dr)\\.?)?(?: ${NAME})?`,
    `(?:hallo|guten tag|liebe[r]?|moin|sehr geehrte[r]?(?: damen und herren)?)(?: (?:herr|frau|dr\\.?))*(?: ${NAME})?`,
    `(?:bonjour|cher|chère)(?: (?:monsieur|madame|m\\.|mme))?(?: ${NAME})?`,
    `(?:hola|buenos días|buenas tardes|estimad[oa])(?: (?:señor|señora|sr\\.?|sra\\.?))?(?: ${NAME})?`,
    'i hope (?:this (?:mail|email|e-mail|message|note) finds you well|you are (?:doing )?well|you are having a good week)',
    'ich hoffe, (?:es geht ihnen gut|sie hatten einen guten start in die woche)',
  ),
  ...whole(
    'thanks',
    '(?:many )?thanks(?: (?:again|in advance|a lot))?(?: for (?:your (?:time|reply|answer|mail|email|message|interest|note|patience)|the (?:call|reply|answer|conversation|quick reply|quick answer)|getting back to (?:me|us)|reaching out))?',
    'thank you(?: (?:again|in advance|very much))?(?: for (?:your (?:time|reply|answer|mail|email|message|interest|note|patience)|the (?:call|reply|answer|conversation|quick reply|quick answer)|getting back to (?:me|us)|reaching out))?',
    '(?:vielen dank|danke|herzlichen dank)(?: (?:nochmals|im voraus))?(?: für (?:ihre (?:zeit|antwort|nachricht|rückmeldung|e-mail|anfrage)|das gespräch|die (?:schnelle )?(?:antwort|rückmeldung)|ihr interesse))?',
    "merci(?: (?:beaucoup|encore|d'avance))?(?: pour (?:votre (?:temps|réponse|message|intérêt)|l['’]échange))?",
    '(?:muchas )?gracias(?: (?:de nuevo|de antemano))?(?: por (?:su (?:tiempo|respuesta|mensaje|interés)|la (?:llamada|respuesta)))?',
    '(?:sorry|apologies) for the (?:late|slow) (?:reply|answer)',
  ),
  ...whole(
    // What was said just before is why we write, and from where: no more than that.
    'bridge',
    `that is (?:why|the reason) i am writing(?: to you)?(?: from ${NAME})?`,
    `i am writing to you from ${NAME}`,
    `deshalb schreibe ich ihnen(?: von ${NAME})?`,
    `ich schreibe ihnen von ${NAME}`,
    `c['’]est (?:pourquoi|la raison pour laquelle) je vous écris(?: de ${NAME})?`,
    `je vous écris de ${NAME}`,
    `(?:por eso )?le escribo(?: desde ${NAME})?`,
  ),
  ...whole(
    'ask',
    `(?:would|could|might) (?:you (?:be (?:open|available|free|up) (?:to|for)|have time for)|we (?:have|schedule|set up|arrange)) (?:an? )?${LONG_EN}${SHORT}${LONG_EN}${MEET_EN}? ?${LONG_EN}?${WHEN_EN}`,
    `(?:are|would) you (?:be )?(?:free|available|open)(?: (?:to talk|to speak|for an? ${SHORT}${LONG_EN}${MEET_EN}|to an? ${SHORT}${LONG_EN}${MEET_EN}))? ?${LONG_EN}?${WHEN_EN}`,
    `(?:can|could|may|shall) we (?:talk|speak|meet)(?: briefly)? ?${LONG_EN}?${WHEN_EN}`,
    `(?:does|would|do) (?:an? ${SHORT}${LONG_EN}${MEET_EN} ?)?${WHEN_EN} ?(?:work|suit)(?: for)? you`,
    `do you have (?:time|10 minutes|15 minutes|20 minutes|30 minutes|a few minutes)(?: (?:to talk|for an? ${SHORT}${MEET_EN}))?${WHEN_EN}`,
    `when (?:would be a good time|would suit you|are you free|could we talk)(?: (?:to talk|for an? ${SHORT}${MEET_EN}))?`,
    `(?:please )?(?:let me know|tell me) (?:if|whether|when|what time|which day) (?:that|this|an? ${SHORT}${LONG_EN}${MEET_EN}|it|a time) ?(?:would |might )?(?:suits?|works?|is of interest|be of interest|be useful)?(?: for)?(?: you)?${WHEN_EN}`,
    `(?:please )?let me know (?:what you think|if you have any questions|your thoughts|when you are free|a time that suits you)`,
    '(?:is|would) (?:this|that) (?:be )?(?:of interest|relevant|worth a (?:short |quick )?(?:call|chat|conversation|look))(?: (?:to|for) you)?',
    'are you the right person to talk to about this(?:, or is there someone else)?',
    'who would be the right person to talk to about this',
    `(?:hätten|haben) sie (?:zeit für ein (?:kurzes )?(?:gespräch|telefonat|treffen)|(?:10|15|20|30) minuten zeit|zeit)${WHEN_DE}`,
    `(?:wollen|können|könnten|dürfen) wir(?: kurz)? (?:telefonieren|sprechen|uns (?:kurz )?austauschen)${WHEN_DE}`,
    `(?:können|könnten|wollen) wir${WHEN_DE}(?: kurz)? (?:telefonieren|sprechen)`,
    `(?:passt|passte|würde) (?:ihnen )?(?:ein (?:kurzes )?(?:gespräch|telefonat) ?)?${WHEN_DE} ?(?:passen|ihnen)?`,
    'geben sie mir gern(?:e)? bescheid(?:, wann es (?:ihnen )?passt)?',
    'wäre das ein (?:kurzes )?(?:gespräch|telefonat) wert',
    'sind sie (?:dafür|hierfür) die richtige ansprechperson(?:, oder ist es jemand anderes)?',
    `(?:auriez|avez)-vous (?:un moment|(?:10|15|20|30|quelques) minutes|le temps)(?: pour (?:un (?:bref |court )?(?:échange|appel)|en parler|échanger))?${WHEN_FR}`,
    `(?:pouvons|pourrions)-nous (?:en parler|échanger|nous appeler)${WHEN_FR}`,
    'cela (?:vaut-il|vaudrait-il) un (?:bref |court )?(?:échange|appel)',
    "êtes-vous la bonne personne pour en parler(?:, ou est-ce quelqu[’']un d[’']autre)?",
    '(?:merece|valdría) la pena una (?:breve )?(?:llamada|conversación)',
    'es usted la persona adecuada para hablar de esto(?:, o es otra persona)?',
    `(?:tendría|tiene|tendrían) (?:un momento|(?:10|15|20|30|unos) minutos|tiempo)(?: para (?:una (?:breve )?(?:llamada|conversación|charla)|hablar))?${WHEN_ES}`,
    `(?:podemos|podríamos) (?:hablar|llamarnos|conversar)${WHEN_ES}`,
  ),
  ...whole(
    'offer',
    'happy to (?:answer (?:any )?questions|tell you more|share (?:more )?details|send (?:you )?(?:more )?(?:details|information))',
    'if (?:this|that|it) is not (?:for you|relevant|of interest|a priority)(?: (?:right )?now)?, (?:just )?(?:tell me|let me know|say so)(?: and i will not (?:write|mail|contact you) again)?',
    'no reply is fine too',
    'wenn das (?:gerade )?kein thema ist, sagen sie es mir einfach(?:, dann schreibe ich nicht wieder)?',
    "si (?:ce n[’']est pas|le sujet n[’']est pas) d[’']actualité, dites-le-moi(?:, je ne vous écrirai plus)?",
    'si no es de interés(?: ahora)?, dígamelo(?: y no le escribiré más)?',
    'gern(?:e)? (?:beantworte ich ihre fragen|sende ich ihnen (?:mehr|weitere) informationen|erzähle ich ihnen mehr)',
    'je reste à votre disposition(?: pour toute question)?',
    'quedo a su disposición(?: para cualquier (?:pregunta|consulta))?',
  ),
  ...whole(
    'sign_off',
    `(?:(?:best|kind|warm|many) (?:regards|wishes)|regards|best|cheers|sincerely|yours sincerely|all the best|talk soon|speak soon|have a (?:good|great|nice) (?:day|week|weekend)|i look forward to (?:hearing from you|your (?:reply|answer)|our (?:call|conversation))|looking forward to (?:hearing from you|your (?:reply|answer)|our (?:call|conversation)))(?:,? ${NAME})?`,
    `(?:(?:mit freundlichen|viele|beste|freundliche|herzliche|liebe) grüße[n]?|mit besten grüßen|ich freue mich (?:auf ihre (?:antwort|rückmeldung)|von ihnen zu hören))(?:,? ${NAME})?`,
    `(?:(?:bien )?cordialement|bien à vous|meilleures salutations|sincères salutations|au plaisir (?:de vous lire|d['’]échanger))(?:,? ${NAME})?`,
    `(?:(?:un )?(?:cordial )?saludos?(?: cordiales?)?|atentamente|quedo a la espera de su respuesta)(?:,? ${NAME})?`,
  ),
]

/**
 * The courtesy that the whole sentence is, or null. Long sentences are none: a courtesy is short.
 * With `names` given, a person who is greeted must be among them.
 */
export function courtesyOf(
  sentence: string,
  courtesies: readonly Courtesy[] = COURTESIES,
  names?: readonly string[],
): Courtesy | null {
  const plain = sentence.replace(/\s+/gu, ' ').trim()
  if (plain.length > 160) return null
  for (const courtesy of courtesies) {
    const match = courtesy.form.exec(plain)
    if (match && isNameOf(match.groups?.name, names)) return courtesy
  }
  return null
}

const PARTICLE = /^(?:van|von|de|der|den|la|le|du)$/
const NAME_PART = /^\p{Lu}[\p{L}'’.-]*$/u

/** Capitalised words only, and known ones where the names are known. An absent name is fine. */
function isNameOf(name: string | undefined, names?: readonly string[]): boolean {
  if (name === undefined) return true
  const known = names && new Set(names.flatMap(nameWords))
  const parts = name.split(' ')
  return (
    parts.every(part => NAME_PART.test(part) || PARTICLE.test(part)) &&
    (!known || nameWords(name).every(word => known.has(word) || HONORIFIC.test(word)))
  )
}

const HONORIFIC = /^(?:mr|mrs|ms|dr|prof|herr|frau|monsieur|madame|mme|senor|senora|sr|sra|m)$/

/** A line that is a name and nothing else: what stands under a sign-off. */
export function isSignature(line: string, names?: readonly string[]): boolean {
  const plain = line.trim()
  return plain.length <= 60 && plain.split(' ').length <= 4 && isNameOf(plain, names)
}

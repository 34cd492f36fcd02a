/** Finite verbs by form and place: enough grammar to tell where a clause has its predicate. English and German, some French and Spanish. */
import { isVerb } from './names.ts'
import type { Token } from './text.ts'

const AUXILIARY =
  /^(?:is|are|was|were|am|isn't|aren't|wasn't|weren't|has|have|had|hasn't|haven't|hadn't|do|does|did|don't|doesn't|didn't|will|won't|would|wouldn't|can|cannot|can't|could|couldn't|may|might|shall|should|shouldn't|must|ought|we're|we've|we'll|we'd|they're|they've|it's|he's|she's|i'm|i've|i'd|i'll|that's|there's|who's|you'll|ist|sind|bin|war|waren|hat|haben|habe|hatte|hatten|wird|werden|wurde|wurden|kann|konnen|konnte|konnten|muss|mussen|soll|sollen|sollte|will|wollen|darf|durfen|mag|mochten|est|sont|etait|etaient|a|ont|avait|avons|sommes|sera|seront|es|son|era|eran|ha|han|hay|tiene|tienen|esta|estan|fue|fueron)$/

/** Regular verbs as they stand in company texts; the forms are made from them. */
const REGULAR =
  'accept account achieve adapt add adopt affect allow analyse apologise arrange assess assign assure award become bear beat begin bend bid bind blow bring broaden build buy carve celebrate chase cheer chip choose clear climb coach coat complete compete compose construct consult contract contribute control convince coordinate copy correct counsel crop cross crush debate declare dedicate defend defer define delay deserve desire detect develop dig disappear discover dismiss dispatch display dispute do double draft draw dream dress dry eat elect emerge emphasise encounter encourage enforce engineer enhance enlarge escape evaluate examine exclude exercise exhibit exit experience explore express fabricate fade feature feel ferment fetch fix flow flourish fly focus forecast forge freeze fuel fulfil furnish get give glaze go grant grind group hear heat hit hold honour ignore illustrate imagine implement inform inherit innovate inspect inspire instruct interview judge jump keep knit know label lack lay lend lie lift limit lock lose lower make manage map master match mature melt mend mention merit milk modernise monitor mould multiply navigate negotiate note nurture observe obtain oversee owe package park partner patent pioneer polish pool pose possess power praise press prevent price print prohibit prolong pursue put quit quote rank reach realise rebuild recall reconsider reduce refer refine reflect refurbish register regret reinvest reject relocate rely remind renew reopen repay reply request research reserve reside resist resolve respond resume retrain reveal review revise reward ride ring rise rival roast rule save scale schedule screen secure select separate set shape shift show shrink simplify sing skip slip slow smoke solve spark speak specialise specialize spin spread stem stick stitch strengthen stress strive struggle submit succeed suffer suit sustain swap sweep swim tackle tail take target tend terminate think thrive tie tighten touch track transform translate trigger trust tune undergo unite unveil update upgrade urge value venture verify view vote warrant waste weave weigh widen withdraw witness worry wrap yield zero act add admit advise agree aim announce answer appear apply appoint approve arrive ask assemble assist attend avoid back bake base believe belong blend boast book bottle brew call carry cast cater cause cease certify chair change charge check claim clean close collect combine come command comprise concern confirm connect consider consist contact contain continue convert cook cost count cover craft create cure cut date decide decline deliver demand deny depend deploy describe design develop die direct discuss distribute divide dominate donate double drive drop earn edit elect employ enable end engage enjoy ensure enter equip establish estimate exceed exchange exist expand expect explain export extend face fail fall farm feed fetch fill finance finish fit follow form found fund gain gather generate greet grow guarantee guide hand handle happen harvest head help hire hope host house import improve include increase inherit insist install insure integrate intend introduce invest invite involve issue join keep know land last launch lead lease leave let license like list live load look love maintain make manage manufacture march mark market mean measure merge mine mix move name need notify number occupy offer open operate order organise organize own pack paint pass pay perform pick place plan plant play point portray post pour predict prefer prepare present press process produce promise promote propose protect prove provide publish pull purchase push qualify quote raise range reach read receive reckon recognise recommend record recruit recycle refuse relate release rely remain remember remove rename rent repair replace report represent require rescue resign rest restore retain retire return roll run say see seek seem sell send serve service settle share ship shut sign sit sleep smelt sort source spend split sponsor staff stand start state stay steer step stock stop store stretch strike study succeed suggest supply support survive switch take talk taste teach tell test think total tour trace trade train transfer transport travel treat try turn understand use value vary visit wait want warn wash watch wear weigh weld welcome win work write yield'.split(
    ' ',
  )
/** Past forms that no rule makes. */
const PAST_FORMS = new Set(
  'became began bought brought built came chose cut did drew drove fell felt fought found gave got grew held hit kept knew laid led left lent lost made meant met paid put quit ran rose said sat saw sent set shut sold spent split spoke stood stuck struck swept taught thought took went won wore wrote broke hung set took'.split(
    ' ',
  ),
)
const THIRD = new Set(REGULAR.map(third))
const PAST = new Set([...REGULAR.map(past), ...PAST_FORMS])
const BASE = new Set(REGULAR)
/** Third persons that are as often plural nouns. */
const OFTEN_NOUNS = new Set(
  'plans works reports orders supplies hires needs uses moves services sources stores stocks shares tests tours trades visits values claims changes charges covers designs ends exports imports farms figures helps hosts houses issues joins lands leads leases likes links lists loads looks makes marks markets names offers parts picks places plants points posts presses processes promises purchases quotes ranges records releases rents repairs rests returns rolls runs ships signs sorts stands starts states stays steps stops studies supports takes talks totals trains transfers turns watches welds wins answers calls casts checks costs cuts dates deals demands drops guides hands heads hopes increases numbers packs paints plays prospects cooks mines fills fits forms funds'.split(
    ' ',
  ),
)
const GERMAN =
  /^(?:arbeite[nt]|beschaftig(?:t|en|te|ten)|betreib(?:t|en)|betreut|bietet|bieten|bleibt|blieb|bringt|begann|besteht|bestand|befindet|bewilligt|beliefer[nt]|besitzt|bekommt|braucht|brauchen|eroffnet\w*|entsteht|entstand|entwickel[nt]|entscheidet|erhielt|erhalt|erwirb[t]?|erwarb|erzielt\w*|fahrt|fehlt|fertig(?:t|en)|findet|folgt|fuhrt|fuhren|fuhrte|gab|geht|gehen|gehort\w*|gibt|ging|grundete\w*|halt|hilft|investiert\w*|kam|kommt|kommen|kostet|kauft|kaufte|lag|lauft|lasst|lebt|leitet\w*|liefer[nt]|liegt|liegen|lief|macht|machen|nahm|nennt|nimmt|nutz(?:t|en)|plan(?:t|en|te)|produzier\w+|sag(?:t|te|en)|schafft|setz(?:t|en|te|ten)|sitzt|stammt|stammen|stand|steht|stehen|steigt|stieg|such(?:t|en)|tragt|ubernahm|ubernimmt|ubergab|umfasst|verkauf\w+|verdient|verlasst|verliess|vertreib(?:t|en)|verfugt|verfugen|wachst|wuchs|zahl(?:t|te|en)|zieht|zog|zogen|bezieht|bereite[n]?|befordert|bauen?|baut|erklart\w*|erreicht\w*|rechnet|schliesst|schloss|stellt\w*|wechselt\w*|weiss)$/
const FRENCH_SPANISH =
  /^(?:emploie\w*|compte\w*|propose\w*|fournit|realise\w*|fabrique\w*|utilise\w*|exploite\w*|ouvre\w*|recrute\w*|livre\w*|travaill\w+|dirige\w*|reste\w*|devient|vend|produit|emplea\w*|cuenta\w*|ofrece\w*|fabrica\w*|utiliza\w*|trabaja\w*|dirige\w*|sigue\w*|vende\w*|produce\w*|dispone\w*|queda\w*|necesita\w*)$/

const NOMINAL =
  /^(?:the|a|an|our|its|their|his|her|my|your|this|these|those|of|in|for|with|by|per|each|every|no|any|some|all|to|at|on|from|new|own|der|die|das|den|dem|des|ein|eine|einen|einem|einer|unser|unsere|unseren|zu)$/
const SUBJECT_PRONOUN =
  /^(?:i|we|you|they|he|she|it|who|which|that|this|these|those|wir|sie|er|es|ich|nous|il|elle|ils)$/
const BINDS =
  /^(?:be|been|being|is|are|was|were|has|have|had|not|never|also|now|already|just|recently|since|fully|newly|isn't|aren't|wasn't|hasn't|haven't|hadn't|having|get|gets|got)$/

function third(verb: string): string {
  if (/[^aeiou]y$/.test(verb)) return `${verb.slice(0, -1)}ies`
  return /(?:s|x|z|ch|sh|o)$/.test(verb) ? `${verb}es` : `${verb}s`
}

function past(verb: string): string {
  if (/[^aeiou]y$/.test(verb)) return `${verb.slice(0, -1)}ied`
  if (/^(?:plan|ship|step|stop|drop|equip|fit|let|cut|run|win|sit|shut|split|begin|admit)$/.test(verb))
    return `${verb}${verb.at(-1)}ed`
  return verb.endsWith('e') ? `${verb}d` : `${verb}ed`
}

/**
 * Whether the token at `index` is, by its form and its neighbours, the finite verb of a clause. A participle behind an auxiliary
 * is not: the auxiliary is. A guess, made so that a doubtful word is no verb.
 */
export function isFinite(list: readonly Token[], index: number): boolean {
  const token = list[index]!
  const word = token.fold
  const previous = list[index - 1]
  // What stands before a mark does not bind this word.
  const before = previous && token.start - previous.end < 2 ? previous.fold : ''
  const after = list[index + 1]
  if (AUXILIARY.test(word)) {
    if (token.capital && index > 0 && !word.startsWith("i'")) return false
    if (/^(?:a|es|son|may|will|can|must)$/.test(word)) return isLikelyAuxiliary(word, before, after)
    return before !== 'to'
  }
  if (token.capital && index > 0) return false
  if (NOMINAL.test(before)) return false
  if (word === 'plant')
    return after !== undefined && /^(?:ein\w*|den|die|das|der|im|fur|mit|bis|ab|zu|wir)$/.test(after.fold)
  if (GERMAN.test(word) || FRENCH_SPANISH.test(word)) return true
  if (/^\p{L}{3,}(?:amos|emos|imos|aron|ieron)$/u.test(word) || (before === 'nous' && word.endsWith('ons'))) return true
  if (THIRD.has(word)) return !OFTEN_NOUNS.has(word) || opensObject(after)
  if (PAST.has(word)) return !BINDS.test(before) && !before.endsWith('ly') && after?.fold !== 'by' && index > 0
  if (BASE.has(word))
    return (
      SUBJECT_PRONOUN.test(before) ||
      (/[a-rt-z]s$/.test(before) && !before.includes("'") && (after?.fold === 'of' || opensObject(after)))
    )
  return isVerb(word) && !/^(?:recently|now|today|currently|also|already|never)$/.test(word)
}

function isLikelyAuxiliary(word: string, before: string, after: Token | undefined): boolean {
  if (word === 'a') return /^(?:il|elle|qui|entreprise|societe|groupe)$/.test(before)
  if (word === 'es' || word === 'son') return after !== undefined && /^(?:un|una|el|la|los|parte)$/.test(after.fold)
  return !NOMINAL.test(before) && after !== undefined && !/^\d/.test(after.fold)
}

/** "the consolidator backed by X", "Quillon, founded in 2019": a participle that speaks of the noun before it. */
export function isParticiple(list: readonly Token[], index: number, behindComma: boolean): boolean {
  const token = list[index]!
  const before = list[index - 1]
  if (!before || token.capital || !PAST.has(token.fold) || BINDS.test(before.fold) || AUXILIARY.test(before.fold))
    return false
  if (behindComma) return /^(?:by|in|at|for|from|to|with|on|up|as|out)$/.test(list[index + 1]?.fold ?? '')
  return list[index + 1]?.fold === 'by' && !before.fold.endsWith('ly') && !NOMINAL.test(before.fold)
}

/** What may stand behind a verb and not behind a noun. */
function opensObject(after: Token | undefined): boolean {
  return (
    after !== undefined &&
    (after.capital ||
      /^\d/.test(after.fold) ||
      /^(?:the|a|an|our|its|their|his|her|to|that|it|us|them|on|out|up|with|from|over|some|about|around|two|three|four|five|six|seven|eight|nine|ten|more|no|not|only|every|all|for|at|in|by|into|as|well|here|there|mainly|mostly|both|you|your|what|how|off)$/.test(
        after.fold,
      ))
  )
}

/**
 * Words that deny, end, postpone, doubt or limit what a sentence says, by language. They are matched on lower-case text
 * without accents. Patterns are alternatives, joined by bars, and each is bounded.
 */
import type { Language } from './language.ts'

export type LimitClass = 'denial' | 'ended' | 'plan' | 'condition' | 'doubt' | 'limit'

export interface LimitRule {
  class: LimitClass
  language: Language
  form: RegExp
  /**
   * How far it reaches. `clause`: to the comma where a new clause with its own verb begins. `wide`: to a contrast or
   * semicolon. `sentence`: everywhere.
   */
  reach: 'clause' | 'wide' | 'sentence'
}

/** The alternatives of all rules, by language. */
const words: Record<Language, string[]> = { en: [], de: [], fr: [], es: [] }

function rule(limit: LimitClass, language: Language, reach: LimitRule['reach'], ...forms: string[]): LimitRule {
  const alternatives = forms.join('|').replaceAll('ss', '(?:ss|ß)')
  words[language].push(alternatives)
  return { class: limit, language, reach, form: standing(alternatives, 'gu') }
}

/** Any of these, as words of their own. */
function standing(alternatives: string, flags: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${alternatives})(?![\\p{L}\\p{N}])`, flags)
}

const MONTH_OR_YEAR_DE =
  '(?:ende|anfang|mitte|zum|zur|januar|februar|marz|april|mai|juni|juli|august|september|oktober|november|dezember|\\d{4})'

export const LIMIT_RULES: readonly LimitRule[] = [
  // Denied
  rule(
    'denial',
    'en',
    'clause',
    "not|\\p{L}{2,7}n't|cannot|never|neither|nor|none|nothing|nobody|nowhere|without|lacks?|except|excluding|instead of|rather than",
    'fails? to|failed to|unable to|refus\\p{L}+|declin(?:ed|es) to|rejected|turned down|turned away|out of the question|ruled? out|rules out|came of it|fell through',
    '(?:decided|voted|advised|came down|ruled) against|said no to',
    'no(?! matter|\\.|,|\\s?\\d)',
  ),
  rule(
    'denial',
    'en',
    'sentence',
    'denie[sd]|deny(?:ing)?|denial|without (?:any )?foundation|unfounded|baseless|groundless|no truth in|(?:is|are|was|were) (?:simply |just |plain )?wrong|false|untrue|hoax|incorrect|contrary to',
  ),
  rule(
    'denial',
    'de',
    'clause',
    'nicht|kein(?:e[nmrs]?)?|nie|niemals|nirgends|weder|ohne|keinerlei|nichts|ausser|statt|lehnt \\p{L}+ ab|lehnte \\p{L}+ ab|abgelehnt|gescheitert',
  ),
  rule('denial', 'de', 'sentence', 'dementiert\\p{L}*|bestreitet|bestritt|falsch|weist \\p{L}+ zuruck'),
  rule(
    'denial',
    'fr',
    'clause',
    "pas|jamais|aucune?|sans|ni|rien|sauf|ne \\p{L}+ point|n'\\p{L}+ (?:\\p{L}+ ){0,3}plus|ne \\p{L}+ (?:\\p{L}+ ){0,2}plus|refus\\p{L}+|renonc\\p{L}+|a rejete",
  ),
  rule('denial', 'fr', 'sentence', 'dement|dementi|faux'),
  rule(
    'denial',
    'es',
    'clause',
    'no|nunca|jamas|ningun[ao]?|sin|tampoco|nadie|nada|excepto|salvo|ni|rechaz\\p{L}+|descart\\p{L}+|renunci\\p{L}+',
  ),
  rule('denial', 'es', 'sentence', 'desmiente|desmintio|niega|nego|falso'),
  // It was so, and is no more
  rule(
    'ended',
    'en',
    'clause',
    'no longer|not any ?more|formerly|former|ex|used to|previously|previous|until|till|discontinued|ended|ceased|stepp?e?d down|stepping down',
    'resigned|retired|(?:has|have|had) left|left (?:the|us|our|in)|departed|dissolved|shut down|sold off|divested|terminated|expired|defunct|back then|at (?:the|that) time',
    'stands? empty|stood empty|boarded up|mothballed|derelict|lies idle|outgoing',
    'once (?:\\p{L}+ )?(?:were|was|had)|once had|was once|lapsed|withdrew|withdrawn|cancel\\p{L}*|closed|closing(?! date)|is leaving|are leaving|retires|sold (?:its|our|their)|replaced by|phased out|retiring|switched (?:away )?from|moved away from|migrated from|ancien|erstwhile',
    'dropped(?! by| to| from)|abandon(?:s|ed)|gave up|given up|ditch(?:es|ed)|scrapp(?:ed|ing)|axed|called off|parted (?:ways|company)(?: with)?|split (?:up )?(?:from|with)|pulled out of|quit|exited|taken off|took off the|(?:has|have|had|been|was|were|is|are) shut|shut (?:its|our|their|the)|shuttered|replac(?:es|ed|ing)(?! by)|phas(?:es|ing) out|let go of|fell out with|dismissed|ousted|wound up|superseded',
    'said goodbye to|gave way to|mov(?:ed|ing) off|merged into|hand(?:s|ed)? over|handing over',
    'left(?! (?:hand|side|to|over|bank|foot|behind|for|with|of))|(?:switched|turned|shut) off|decommissioned|unplugged|sunset(?:ted)?',
    'lost (?:its|our|their|the|a) (?:\\p{L}+ ){0,3}(?:customers?|clients?|contracts?|partners?|suppliers?|accounts?|licen[cs]es?|certificat\\p{L}+)',
  ),
  rule(
    'ended',
    'en',
    'sentence',
    '(?:position|vacancy|role|job|post) (?:is |has been |already |now )?(?:filled|closed)|applications? (?:are |is )?closed|sold out',
  ),
  rule(
    'ended',
    'de',
    'clause',
    'steht leer|stehen leer|stillgelegt|brach',
    `nicht (?:mehr|langer)|ehemalig\\p{L}*|fruher\\p{L}*|vormals|vormalig\\p{L}*|einst|einstig\\p{L}*|ex|bis(?= ${MONTH_OR_YEAR_DE})|geschlossen|eingestellt|beendet|ausgeschieden|aufgegeben`,
    'getrennt|trennte sich|trennten sich|abgeschafft|abgeschaltet|abgestossen|ersetzt(?! durch)|entlassen|abberufen|vom markt genommen|zuruckgezogen',
    'zuruckgetreten|verlassen|verliess|damals|damalig\\p{L}*|gekundigt|abgelost|verkauft|ausgelaufen|(?:stelle|position) (?:ist )?(?:bereits )?besetzt',
  ),
  rule(
    'ended',
    'fr',
    'clause',
    "longtemps|anciens?|anciennes?|autrefois|jusqu'(?:a|en|au)(?= (?:\\p{L}+ ){0,2}\\d{4})|a quitte|ont quitte|a cesse|ferme(?:e|s|es)?(?= (?:en|depuis|ses|son|sa))|a ferme|abandonn\\p{L}+|se(?:st)? separe|separee? de|remplac(?:e|ent|ait)(?! par)|retiree? (?:du marche|de la vente)|n'est plus|ne \\p{L}+ plus|n'\\p{L}+ plus|precedemment|a demissionne|ex|resili\\p{L}+|poste pourvu|jadis",
  ),
  rule(
    'ended',
    'es',
    'clause',
    'abandon(?:o|aron|amos|ado)|retirad[oa] del mercado|se separo|reemplaz(?:a|o)|sustituye(?! por)|rompio con|prescindio de',
    'antigu[oa]s?|anteriormente|hasta(?= (?:\\p{L}+ )?(?:de )?\\d{4})|dejo de|dejaron de|ha dejado|hemos dejado|ya no|ex|exdirectora?|cerrad[oa]|cerro|cerramos|ceso|dimitio|entonces|vacante cubierta|cancel\\p{L}+',
  ),
  // It is to be so, or is wished to be
  rule(
    'plan',
    'en',
    'clause',
    'plan(?:s|ned)? (?:to|on|for|its|our|an?|the)|planned(?! by| with| using| and)|(?:is|are|was|were|been|be) planning|in planning|in the works|in preparation|soon|shortly|intend(?:s|ed|ing)?|aim(?:s|ed|ing)? (?:to|for|at|of)|hop(?:e|es|ed|ing)|expect(?:s|ed|ing)?|will|shall',
    "\\p{L}+'ll|wants? to|wanted to|would like|wish(?:es)? to|targets? (?:of|is|are|for|to|\\d)|targeting \\d|goals? (?:is|of|are|for|to)|ambition|is forecast|forecasts? (?:to|that|of|sales|revenue|growth)",
    'projected|anticipat\\p{L}+|set to|about to|going to|slated|scheduled (?:for|to)|due (?:to (?:open|launch|start|close|be)|in|by) |(?:is|are|was|were|been) being considered|considering|consider(?:s|ed)(?! (?:an?|the|one|to be|as|by|among|himself|itself|ourselves)(?! (?:\\p{L}+ )?(?:plant|site|office|branch|move|sale|merger|takeover|route|investment|expansion)))|weigh(?:s|ed|ing)|mull(?:s|ed|ing)|explor(?:e|es|ing) (?:an?|the|options|opening)',
    '(?:have|has|had|is|are|was) (?:still )?yet to|(?:is|are) (?:still )?outstanding|under way|underway|(?:being|is|are) prepar(?:ed|ing)|gap analysis|(?:is|are) evaluating|look(?:ed|ing) at|working towards?|postponed|on hold',
    '(?:very )?(?:nearly|almost) (?:\\p{L}{2,}ed|bought|sold|won|lost|took|made|left|went)|came close to|prefers|favou?rs|leaning towards?|undecided|tempted by|pencill?ed in|incoming|designate',
    'agree[sd]? to|agreement to|(?:an? )?option to|negotiat(?:es?|ing|ions?)|in discussions?|seeks? to|seeking to|upcoming|coming soon|road ?map|in talks|proposed|proposes to|pending|not yet|on track to|letter of intent|asked (?!us|me|for)(?:\\p{L}+ ){1,6}for|requested|shortlisted|nominated|finalists?|runners?-up|applied for|applying for|bidding for|in the running|under construction',
  ),
  rule(
    'plan',
    'de',
    'clause',
    'plant|plante|planen|planten|geplant\\p{L}*|soll(?:en|te|ten)?|will|wollen|wollten|mochten?|ziel|zielt|erwarte(?:t|n)|beabsichtig\\p{L}+|strebt|streben|vorgesehen|voraussichtlich|demnachst|prognos\\p{L}+|anvisier\\p{L}+|hoff(?:t|en)|nominiert|beantragt|im bau|in (?:planung|vorbereitung|arbeit)|bald|noch nicht',
    'verhandel\\p{L}*|in verhandlung\\p{L}*|evaluieren|verschoben|auf eis|bereite(?:n|t)?(?= (?:[\\p{L}\\d]+ ){0,8}vor(?!\\p{L}))|vorbereitet|steht (?:[\\p{L}\\d]+ ){0,3}noch aus|noch aussteh\\p{L}+|angestrebt\\p{L}*|werden(?= (?:[\\p{L}\\d]+ ){0,2}angestrebt)',
    'werden(?= (?:\\p{L}+ ){0,8}\\p{L}+en(?!\\p{L}))|wird(?= (?:[\\p{L}\\d]+ ){0,8}(?:eroffnen|starten|einstellen|ubernehmen|bauen|investieren|schaffen|beschaftigen|ziehen|umziehen|erweitern|entstehen|folgen|kommen|geben|wachsen|sein))',
  ),
  rule(
    'plan',
    'fr',
    'clause',
    'en (?:discussion|pourparlers|negociation\\p{L}*)',
    'prevoit|prevoient|prevoyons|prevue?s?|envisage\\p{L}*|objectif|souhait\\p{L}+|compte(?:nt)? (?:ouvrir|recruter|embaucher|lancer|atteindre|investir|doubler|creer)|vise|visons|projet(?:te|ons) d|esper\\p{L}+|prochainement|bientot|nomme pour|finaliste',
    '(?:va|vont|allons)(?= \\p{L}+(?:er|ir|re)(?!\\p{L}))|ouvrira|sera|seront|aura|lancera|recrutera|emploiera|investira|\\p{L}{4,}(?:erons|irons|eront|iront)',
  ),
  rule(
    'plan',
    'es',
    'clause',
    'en (?:conversaciones|negociaciones|negociacion)|negocia\\p{L}*',
    'planea\\p{L}*|preve|preven|prevemos|previst[oa]s?|proyecta\\p{L}*|espera(?:n|mos)?|objetivo|pretende\\p{L}*|(?:va|van|vamos)(?= a )|quiere\\p{L}*|queremos|aspira\\p{L}*|\\p{L}{3,}(?:aremos|eremos|iremos)|abrira|abriran|contratara|lanzara|invertira|sera|proximamente|pronto|en (?:proyecto|construccion|preparacion)|finalista|nominad[oa]',
  ),
  // It hangs on something
  rule(
    'condition',
    'en',
    'wide',
    'if|unless|provided that|subject to|assuming|suppose|supposing|imagine|would|could|might|may(?! \\d)|should|in case|depend(?:s|ing|ent) on|contingent|as soon as|once(?= (?:\\p{L}+ ){1,5}(?:is|are|has|have|signs?|agrees?|approves?|gives?|clears?|allows?|permits?|comes?|goes|says?)(?!\\p{L}))|whether|hypothetical\\p{L}*|once approved|comes through',
  ),
  rule(
    'condition',
    'de',
    'wide',
    'falls|sofern|sobald|wenn(?! es um)|konnten?|wurden?(?= (?:[\\p{L}\\d]+ ){1,8}(?:wenn|falls|gern\\p{L}*))|durften?|vorbehaltlich|vorbehalt|abhangig von|angenommen|stellen sie sich',
  ),
  rule(
    'condition',
    'fr',
    'wide',
    "si(?! bien)|s'ils?|pourrai(?:t|ent|s)|pourrions|devrai(?:t|ent)|sous reserve|a condition|imaginez",
  ),
  rule(
    'condition',
    'es',
    'wide',
    'si|podria\\p{L}*|deberia\\p{L}*|siempre que|sujet[oa]s? a|a condicion|quiza\\p{L}*|tal vez|imagine',
  ),
  // It is only said, or an example
  rule(
    'doubt',
    'en',
    'wide',
    'it is said|(?:is|are) said to|so they say|legend has it|rumou?rs?|rumou?red|alleged(?:ly)?|reportedly|unconfirmed|neither confirm\\p{L}*|speculat\\p{L}+|supposedly|perhaps|maybe|possibly|probably|presumably|for example|lorem ipsum|placeholder|fictional|fictitious|sample data|wrongly|mistaken(?:ly)?|claims? to',
  ),
  rule(
    'doubt',
    'de',
    'wide',
    'gerucht\\p{L}*|angeblich|vermutlich|mutmasslich|vielleicht|moglicherweise|wohl|unbestatigt\\p{L}*|zum beispiel|beispielsweise|falschlich',
  ),
  rule(
    'doubt',
    'fr',
    'wide',
    'rumeurs?|peut-etre|presume\\p{L}*|probablement|par exemple|aurait|auraient|serait|seraient',
  ),
  rule('doubt', 'es', 'wide', 'rumor(?:es)?|supuest\\p{L}+|posiblemente|probablemente|por ejemplo|habria\\p{L}*'),
  // It is so only within bounds
  rule(
    'limit',
    'en',
    'clause',
    'up to|can (?:reach|rise to|grow to)|at most|no more than|not more than|fewer than|less than|(?<!(?:not|the|an|our|its) )only|limited to|restricted to|solely|exclusively(?= (?:in|for|to))|on trial|pilot (?:only|phase|with)|as a test|except for|apart from|barely|acting(?= (?:ceo|chief|head|director|managing|president))|interim',
  ),
  rule(
    'limit',
    'de',
    'clause',
    'bis zu|bis auf|hochstens|maximal|weniger als|(?<!nicht )nur|ausschliesslich|lediglich|testweise|beschrankt auf|kommissarisch\\p{L}*|interimistisch',
  ),
  rule(
    'limit',
    'fr',
    'clause',
    "jusqu'a|peu(?:t|vent) atteindre|au plus|moins de|seulement|uniquement|au maximum|limitee? a|par interim|ne \\p{L}+ qu'?e?",
  ),
  rule(
    'limit',
    'es',
    'clause',
    'hasta(?= \\d)|pued(?:e|en) (?:llegar|alcanzar)|menos de|solo|solamente|unicamente|como maximo|limitad[oa] a|interin[oa]|en funciones',
  ),
]

/** Matches where any rule of the language does: most sentences hold no such word, and are told by one look. */
export const ANY_LIMIT: Readonly<Record<Language, RegExp>> = {
  en: standing(words.en.join('|'), 'u'),
  de: standing(words.de.join('|'), 'u'),
  fr: standing(words.fr.join('|'), 'u'),
  es: standing(words.es.join('|'), 'u'),
}

/** Turns of phrase that hold a word of the lists and yet affirm. They are blanked out before the rules look. */
export const AFFIRMING: readonly RegExp[] = [
  /\b(?:and |but )?(?:nobody|no one|nothing|nowhere) else\b|\bund (?:sonst )?(?:niemand|nichts|keiner) sonst\b|\bund sonst (?:niemand|nichts)\b|\bet (?:rien|personne) d'autre\b|\by nad(?:ie|a) mas\b/g,
  /\b(?:nobody|no one|none)(?: \p{L}+){0,4} (?:but|other than|except|besides)\b|\b(?:niemand|keiner)(?: \p{L}+){0,4} ausser\b/gu,
  /\b(?:in|of|since|during|early|late|mid|last|from) may\b/g,
  /\b(?:cerro|cerramos|cerraron) (?:el (?:ano|ejercicio)(?: de| fiscal)? ?)?(?:(?:19|20)\d\d )?con\b/g,
  /\bclosed (?:the )?(?:fiscal |financial |business )?(?:year )?(?:19|20)\d\d with\b/g,
  /\b(?:you will|you'll|vous (?:trouver|travailler|decouvrir)ez|sie werden|encontrara)\b/g,
  /\bwill (?:always |also |gladly )?be (?:glad|happy|pleased|delighted) to\b/g,
  /\bwould like to (?:\w+ )?(?:thank|congratulate|welcome|introduce|invite|remind)\b/g,
  /\bwhether (?!we|it|they|he|she|the|this|to|or)(?:\w+,? ){1,8}or\b/g,
  /\bnot (?:only|least|just|merely|to mention)\b/g,
  /\b(?:never|not|n't) (?:stop\w*|ceas\w*|fail\w*|miss\w*|without|been (?:better|stronger|busier))\b/g,
  /\bclosed (?:an?|its|the|our) (?:[€$£]?[\d.,]+ ?\w* )?(?:\w+ )?(?:series|seed|round|funding|financing|deal|investment)\b/g,
  /\bnot later than\b|\bnicht spater als\b|\bnot before time\b/g,
  /\bno (?:\p{L}+er|more \p{L}+) than\b|\bdurften wir\b/gu,
  /\bplan(?:t|en) (?:wir )?mit\b/g,
  /\b(?:could|did) ?(?:not|n't) (?:yet )?(?:know|suspect|guess|realise|foresee)\b|\bkonnte (?:noch )?nicht (?:wissen|ahnen)\b/g,
  /\bno (?:doubt|fewer than|less than|longer than|later than|wonder|stranger|exception)\b/g,
  /\b(?:not|no) (?:fewer|less) than\b/g,
  /\b(?:could|would|can) ?(?:not|n't) be (?:more \w+|\w+er)\b/g,
  /\bcan(?:not|'t| not) (?:be beaten|wait)\b/g,
  /\b(?:than|as) (?:expected|planned|hoped|forecast|anticipated|projected)\b/g,
  /\b(?:not-for-profit|non-profit|no-code|no-nonsense|nonstop|non-stop|without compromis\w+|without interruption|without exception|no strings attached|not for profit|nothing but|none other than|nothing less than|(?:if|should|whether) you(?: (?:wish|want|would like|need|plan|intend|hope|prefer)(?: to)?)?|contrary to what you may have (?:read|heard)|up to date|up-to-date|may \d{4})\b/g,
  /\bnicht (?:nur|zuletzt|umsonst)\b|\bnicht weniger als\b|\bohne (?:zweifel|unterbrechung|ausnahme)\b|\bwenn es um\b|\bnie aufgehort\b/g,
  /\b(?:non seulement|sans (?:doute|cesse|interruption|exception)|pas moins de|rien de moins|n'a jamais cesse|pas a pas|si bien que)\b/g,
  /\b(?:no solo|no solamente|sin (?:duda|embargo|interrupcion|excepcion)|nada menos que|no menos de|nunca ha dejado|asi como)\b/g,
]

export const ANY_AFFIRMING = new RegExp(AFFIRMING.map(form => form.source).join('|'), 'u')

/** Sentences that take back the one before them. */
export const RETRACTION =
  /^(?:that|this|which|those|these figures|it)\s(?:is|was|are|were|has|have)\s(?:no longer|not (?:so|true|the case|correct)|never|false|wrong|untrue|history|in the past|ended|changed)|^(?:no longer|not any ?more)[\s\p{L}]{0,20}[.!]?$|^correction\b|^(?:das|dies) (?:ist|war|gilt|stimmt) (?:nicht|heute nicht|inzwischen|falsch|fruher)|^(?:ce n'est plus|cela n'est|c'est faux|ya no (?:es|existe|esta)|esto no|es falso)\b/u

/** Headings under which a thing is not so now. */
export const UNREAL_HEADING =
  /^(?:(?:looking ahead|what's next|what is next|next steps?|in the pipeline|wish ?list|a venir|proximamente)$|^(?:our |unsere |notre |nuestra )?(?:vision|visions|ambitions?|aspirations?|goals?|ziele?|objectifs?|objetivos?|vision and goals)$|former|past|previous|archived?|alumni|planned|upcoming|road ?map|coming soon|example|sample|in memoriam|ehemalige|fruhere|geplante?|archiv|beispiel|anciens?|anciennes?|archives?|prevus?|exemple|antigu[oa]s|anteriores|archivo|ejemplo)(?![\p{L}])/u

/** A company says that it is no more. */
export const CLOSED_COMPANY =
  /\b(?:ceased (?:trading|operations?|business|to trade|to exist|all operations)|permanently closed|closed (?:down |its doors |our doors )?(?:for good|permanently)|closed (?:its|our) doors|(?:is|are|went|gone|declared|became) (?:bankrupt|insolvent)|(?:went|is|are|gone) out of business|(?:is|was|has been|have been) (?:dissolved|wound up|liquidated|shut down)|(?:is|went|entered|are|placed) (?:now )?in(?:to)? (?:liquidation|administration|receivership)|filed for (?:bankruptcy|insolvency)|ha(?:ve|s) shut down|no longer (?:trading|in business|operating|exists))\b|\b(?:geschaftsbetrieb|betrieb|geschaftstatigkeit)\b.{0,40}\beingestellt|\b(?:insolvenz (?:angemeldet|beantragt)|insolvenzverfahren|endgultig geschlossen)\b|\b(?:a|avons) (?:definitivement )?cesse (?:ses|nos|son|notre|toute) activites?\b|\bliquidation judiciaire\b|\bdefinitivement ferme|\b(?:ceso|cesado|cesamos) (?:su|nuestra|la|toda) actividad\b|\ben liquidacion\b|\bcerrado definitivamente\b/

/** Phrases by which people and machines say what their message is, in four languages, with the weight of each group. */
import type { MessageLabel } from '../../domain/message/types.ts'
import { pattern } from '../../domain/message/pattern.ts'

export interface PhraseGroup {
  label: MessageLabel
  weight: number
  forms: readonly RegExp[]
  /** Sentences that hold one of these are not meant. */
  unless?: RegExp
}

const forms = (...sources: string[]): RegExp[] => sources.map(source => pattern(source))

export const PHRASES: readonly PhraseGroup[] = [
  {
    label: 'unsubscribe',
    weight: 3,
    forms: forms(
      String.raw`^\W*(?:unsubscribe|stop|remove|opt[- ]?out|abmelden|désabonner|désinscription|baja)\b\W*(?:me|please|bitte|please\.)?\W*$`,
      String.raw`\bunsubscribe\b|\bopt(?:ing)? (?:me |us )?out\b`,
      String.raw`\b(?:remove|take|delete|strike|drop|erase|scrub)\b[^.!?]{0,40}\b(?:(?:off|from|out of)\b[^.!?]{0,25}\b(?:list|lists|database|mailing|distribution|records|system|crm|address book)|my (?:details|data|address|contact|e-?mail|information))`,
      String.raw`\b(?:do not|don['’]t|never|stop|please stop|no longer|not wish to|no wish to|not want to|don['’]t want to|quit)\b[^.!?]{0,30}\b(?:(?:write|contact|mail|email|e-mail|message|writing|contacting|mailing|emailing|messaging|sending|send)\b(?! the)|receiv\p{L}* (?:any )?(?:further |more |these |your )?(?:e-?mails?|mails?|messages?|anything))`,
      String.raw`\bno (?:more|further) (?:e-?mails?|mails?|messages?|contact)`,
      String.raw`\b(?:aus (?:Ihrem|dem|deinem|eurem) (?:Verteiler|Newsletter|System|Adressbuch)|abmelden|austragen|keine (?:weiteren )?(?:e-?mails?|mails?|nachrichten|werbung)(?: mehr)?|nicht mehr (?:an)?(?:schreiben|kontaktieren)|(?:daten|adresse) (?:zu )?löschen|löschen sie (?:bitte )?meine)\b`,
      String.raw`\b(?:désabonne\p{L}*|désinscri\p{L}*|(?:me |nous )?retirer de (?:votre|vos|la) (?:liste|base)|ne plus (?:m['’]|nous |me )?(?:écrire|contacter|envoyer|recevoir)|supprimer (?:mon adresse|mes (?:données|coordonnées)))\b`,
      String.raw`\b(?:de baja|dar(?:me|nos) de baja|no (?:me |nos )?(?:escriba|contacte|envíe)n? más|no (?:deseo|quiero) recibir|eliminen? mi|borren? (?:mi|mis)|quítenme)\b`,
    ),
    unless: /\bautomati\p{L}+|no-?reply/iu,
  },
  {
    label: 'complaint',
    weight: 3.2,
    forms: forms(
      String.raw`\b(?:spam|junk mail|unsolicited|harass\p{L}*|gdpr|dsgvo|rgpd|data protection|privacy law|legal (?:action|ground|basis|steps)|lawyer|solicitor|attorney|cease and desist|outrage\p{L}*|nuisance|illegal|unlawful|forbidden|breach\p{L}*|violat\p{L}*|report(?:ed|ing)? (?:you|this|it) (?:to|as)|filing a complaint|file a complaint|complain(?:t|ing)?\b|regulator|supervisory authority|never (?:gave|consented|agreed|signed)|without (?:my|our) (?:consent|permission))\b`,
      String.raw`\b(?:where|how) did you (?:get|find|obtain) (?:my|this|our) (?:address|e-?mail|data|details|contact|name|number)`,
      String.raw`\b(?:unerlaubte|unverlangte|unaufgeforderte|belästig\p{L}*|anwalt|rechtliche schritte|abmahn\p{L}*|datenschutz\p{L}*|beschwer\p{L}*|woher haben sie (?:meine|unsere)|unverschämt\p{L}*|einwilligung)\b`,
      String.raw`\b(?:signale?r?(?: à la cnil)?|cnil|indésirable|harcèl\p{L}*|avocat|plainte|sans (?:mon|notre) (?:accord|consentement)|inadmissible|d['’]où (?:tenez|avez)-vous)\b`,
      String.raw`\b(?:no deseado|denunciar|denuncia|abogad[oa]|acoso|sin (?:mi|nuestro) (?:consentimiento|permiso)|de dónde (?:ha|han) sacado|protección de datos|ilegal)\b`,
    ),
  },
  {
    label: 'left_company',
    weight: 2.8,
    forms: forms(
      String.raw`\b(?:no longer|not|any ?more|any longer)\b[^.!?]{0,30}\b(?:work(?:s|ing)?|employed|with|part of|at|here|reached)\b[^.!?]{0,40}(?:\b(?:compan(?:y|ies)|firm|organi[sz]ation|here|us|any ?more|any longer)\b|$)`,
      String.raw`\bno longer (?:works?|working|employed|with|at|part of|active)\b|\bdoes(?: not|n['’]t) work (?:here|for|at|with)\b`,
      String.raw`\b(?:has|have|had) (?:left|moved on|changed jobs|retired|departed|resigned)\b(?! (?:a|the|you|my) (?:message|note|office for))|\b(?:left (?:us|the company|the firm|our company)|moved on to|retired (?:in|last|at|from)|former (?:employee|colleague)|new job|successor|parted (?:ways|company)|last (?:working )?day (?:was|with)|changed jobs|passed away)\b`,
      String.raw`\b(?:nicht mehr (?:bei|für|im|in unserem|hier)|ausgeschieden|verlassen|ehemalige[rn]?|arbeite nicht mehr|ruhestand|gewechselt)\b`,
      String.raw`\b(?:ne (?:fait|fais|travaille|travaillent) plus|a quitté|ai quitté|plus partie|ancien(?:ne)? (?:collègue|collaborat\p{L}+|salarié)|retraite|nouveau poste)\b`,
      String.raw`\b(?:ya no (?:trabaja|trabajo|forma|está con)|ha dejado|he dejado|dejó la|antigu[oa] emplead[oa]|se ha jubilado)\b`,
    ),
    unless: /\b(?:supported|machines|need|on my desk|interested|until|back on|returning|in the office|im Büro)\b/iu,
  },
  {
    label: 'out_of_office',
    weight: 2.6,
    forms: forms(
      String.raw`\b(?:out of (?:the )?office|out of office|ooo|away from (?:the |my )?(?:office|desk)|on (?:\p{L}+ )?(?:leave|holidays?|vacation|annual|sabbatical|business trip)|absence note|limited access|(?:currently|presently) (?:away|travelling|traveling|abroad|out|unavailable|on)|(?:i am|i['’]m|i will be|we are) (?:away|travelling|traveling|abroad|out)(?: of| from| until| till| on| and| with|$)|back (?:in|at|on|from)|return(?:ing)? (?:on|to the office|to work)|(?:will|shall) (?:return|be back)|not in (?:the )?office|closed (?:until|from|for|between)|(?<!this |that |it )off (?:until|sick)|sick leave|trade fair and back)\b`,
      String.raw`\b(?:nicht (?:im (?:büro|haus|dienst)|am platz|erreichbar|da\b)|außer haus|abwesen\p{L}*|im urlaub|auf dienstreise|in elternzeit|wieder (?:für sie )?(?:da|erreichbar|im büro|zurück)|betriebsferien|krank\p{L}*)\b`,
      String.raw`\b(?:absente?|en congés?|de retour|hors (?:du )?bureau|en déplacement|indisponible|en vacances|congé (?:maternité|parental|maladie)|fermé(?:e)? (?:jusqu|du))\b`,
      String.raw`\b(?:fuera de la oficina|de vacaciones|ausente|vuelvo|regreso|estaré de vuelta|de baja (?:médica|maternal)|de viaje)\b`,
    ),
    unless:
      /\b(?:back (?:to|in touch)|come back|get back|write back|call me back|remind|try again|contact me|nach dem .* noch einmal)\b/iu,
  },
  {
    label: 'auto_reply',
    weight: 2.3,
    forms: forms(
      String.raw`\b(?:automat(?:ic|ed|ically)\b[^.!?]{0,40}(?:reply|repl|response|message|mail|confirmation|notice|answer|generated)|auto-?(?:reply|response|generated)|do not (?:reply|answer|respond)|no-?reply|(?:we|our team) (?:have |has )?received your (?:message|mail|e-?mail|enquiry|inquiry|request)|your (?:message|mail|e-?mail|enquiry|inquiry|request|ticket) (?:has (?:been|reached|arrived)|was (?:received|registered)|is in the queue)|(?:has been|was) (?:registered|logged|opened|created) (?:under|with|as)|ticket (?:number|no|id|#|\w*\d)|reference number|thank you for (?:contacting|writing to|reaching out to|your enquiry|your inquiry)(?! back)|confirm(?:s|ation)? (?:that your|of receipt|receipt)|confirm that your|(?:one|someone|a member) of (?:our team|them|us|our colleagues) will (?:reply|answer|get back)|looked after by several|will (?:answer|reply|respond|get back to you) within|click the link|verify (?:that )?you|(?:new|changed) (?:e-?mail )?address is)\b`,
      String.raw`\b(?:automatisch\p{L}*|(?:nachricht|mail|anfrage) (?:ist|wurde|haben wir) (?:bei uns )?(?:eingegangen|erhalten|registriert)|eingangsbestätigung|vorgangsnummer|ticketnummer|bitte antworten sie nicht)\b`,
      String.raw`\b(?:réponse automatique|message automatique|accusé de réception|avons bien reçu votre|ne pas répondre|numéro de (?:ticket|dossier))\b`,
      String.raw`\b(?:respuesta automática|mensaje automático|acuse de recibo|hemos recibido su|no responda a este|número de (?:ticket|caso))\b`,
    ),
  },
  {
    label: 'bounce_hard',
    weight: 2,
    forms: forms(
      String.raw`\b(?:user unknown|unknown user|no such (?:user|recipient|mailbox)|(?:mailbox|address|account|recipient|user) (?:does not|doesn['’]t) exist|(?:e-?mail )?account that you tried to reach|(?:recipient )?address rejected|invalid recipient|account (?:is )?disabled|unrouteable address|undeliverable|could not be delivered|delivery (?:has )?failed|mailbox has been closed|permanent(?:ly)? (?:error|fail\p{L}*)|host (?:or domain name )?not found)\b`,
    ),
  },
  {
    label: 'bounce_soft',
    weight: 2.1,
    forms: forms(
      String.raw`\b(?:mailbox (?:is )?(?:full|busy)|over quota|quota exceeded|greylist\p{L}*|temporary (?:lookup )?failure|service temporarily unavailable|temporarily (?:deferred|rejected|unavailable)|too many connections|insufficient system storage|local error in processing|server is being maintained|delivery (?:is )?delayed|message delayed)\b`,
    ),
  },
  {
    label: 'referral',
    weight: 2.2,
    forms: [
      // Capital letters tell a person's name here.
      pattern(
        String.raw`\b(?:[Cc]ontact|[Ss]peak (?:to|with)|[Tt]alk (?:to|with)|[Aa]sk|[Ww]rite to|[Tt]urn to|in touch with|[Rr]each out to|[Tt]ry|[Aa]ddress|[Ff]orward this to|[Ss]end (?:this|it|that) to|[Bb]elongs? with|[Gg]o through|[Aa]pproach|[Cc]opied(?: in)?|[Ll]oop(?:ed|ing) in|[Aa]dd(?:ed|ing))\s+(?:my colleague |our colleague |Mr\.? |Mrs\.? |Ms\.? |Dr\.? )?(?!I\b)\p{Lu}\p{Ll}+`,
        'u',
      ),
      ...forms(
        String.raw`\b(?:not the right (?:person|contact|one)|wrong (?:person|department|contact)|my colleague|(?:pass|passing|passed|forward|forwarded|forwarding|hand|handing|refer|referring) (?:you|this|it|your \p{L}+)(?: on| over)?(?: to)?|is (?:your|the right) (?:contact|person)|(?:looks after|handles|is responsible for|is in charge of|takes care of|deals with) (?:it|this|that|these|such|those)|not (?:my|on my) (?:area|desk|department|responsibility|remit)|no longer on my desk|i only do)`,
        String.raw`\b(?:nicht (?:zuständig|der richtige|die richtige)|(?:wenden|richten) sie sich|ansprechpartner(?:in)? (?:ist|wäre|hierfür)|zuständig (?:ist|dafür)|leite (?:ihre|das|die) \p{L}+ weiter|(?:meine|mein|unser|unsere) kolleg(?:e|in))\b`,
        String.raw`\b(?:pas la bonne (?:personne|interlocut\p{L}+)|(?:veuillez |merci de )(?:contacter|vous adresser|écrire)|adressez-vous|contactez (?:mon|ma|plutôt)|(?:mon|ma) collègue|s['’]en occupe|transmets|transfère)\b`,
        String.raw`\b(?:no soy la persona|escriba(?:n)? (?:por favor )?a|contacte (?:con|a)|póngase en contacto con|mi colega|mi compañer[oa]|se encarga|reenvío)\b`,
      ),
    ],
    unless: /\b(?:contact me|write to me|data protection|stop|never)\b/iu,
  },
  {
    label: 'not_now',
    weight: 2.1,
    forms: forms(
      String.raw`\b(?:not (?:a|the) (?:good|right|best) (?:time|moment)|bad (?:time|timing|moment)|(?:try|write|ask|ping|call|contact|reach out|get (?:back )?in touch|come back|check (?:back )?in|talk|speak)\b[^.!?]{0,40}\b(?:again|after|later|in (?:the )?(?:spring|summer|autumn|fall|winter|new year|q[1-4]|january|february|march|april|may|june|july|august|september|october|november|december|\d{4}|a few|six|three|two)|on \d{1,2}|next (?:year|quarter|month|spring|summer|autumn|fall))|remind me|(?:come|get) back to (?:me|us) (?:after|in|on|later|next)|not (?:this|until|before|right) (?:quarter|year|month|now|season)?|(?:nothing|no (?:capacity|time|room|resources?)|too busy|very busy|tied up|snowed under|swamped|flat out)\b[^.!?]{0,50}\b(?:before|until|till|for now|right now|at the moment|this)|no capacity|put (?:this|it|that) (?:off|on hold|aside)|on hold|postpone\p{L}*|not (?:right )?now|at a later (?:date|stage|point)|later (?:this|in the) year|maybe (?:later|next)|the moment is not|too early|peak season|revisit|park (?:this|it)|plan for this year is closed|again then)\b`,
      String.raw`\b(?:im moment|momentan|derzeit|aktuell|zur ?zeit)\b[^.!?]{0,60}\b(?:nicht|kein\p{L}*|leider)|\b(?:melden sie sich|kommen sie|sprechen wir|fragen sie)\b[^.!?]{0,60}\b(?:noch einmal|wieder|später|nach|erneut)|\bvor (?:dem|ende|anfang|\p{L}+)\b[^.!?]{0,60}\b(?:nicht|keine zeit|nichts|kein)|\b(?:nicht vor|erst (?:ab|nach|im)|später|keine zeit|passt (?:es )?(?:gerade |leider )?nicht|zu früh)\b`,
      String.raw`\b(?:pas le (?:bon )?moment|recontactez|(?:re)?venez vers|pas avant|plus tard|en ce moment|pas (?:cette|pour) (?:année|l['’]instant|le moment)|pleine saison|trop tôt|rappelez-(?:moi|nous))\b`,
      String.raw`\b(?:ahora no|no es (?:un )?buen momento|más adelante|después del?|no antes|por ahora no|en otro momento|vuelva a (?:escribir|contactar|llamar)|este año no)\b`,
    ),
    unless: /\b(?:could not agree more|out of (?:the )?office|on leave|do not write)\b/iu,
  },
  {
    label: 'not_interested',
    weight: 2,
    forms: forms(
      String.raw`\b(?:not (?:\p{L}+ )?interested|no interest|no,? thank(?:s| you)|(?:will|['’]ll|going to|must|have to|are going to) (?:pass|decline)|decided against|(?:do(?:es)?|did) not (?:fit|suit|match|apply)|doesn['’]t (?:fit|suit|match|apply)|no (?:need|demand|use|call)\b|(?:is |are )?not (?:relevant|for us|what we|something (?:for us|we)|a (?:fit|match|priority))|nothing for us|(?:already|currently) (?:have|use|work with|covered|using|served)[^.!?]{0,60}(?:happy|satisfied|content|change|switch|system|solution|supplier|partner|provider|covered)?|happy with (?:what|our|the)|(?:do not|don['’]t|no) (?:intend|plan|plans|intention)\b[^.!?]{0,30}\b(?:to )?(?:change|switch|buy)|build our own|in-house|went with (?:another|a different|someone)|chose (?:another|a different)|not looking (?:for|to)|don['’]t need|do not need|thanks,? but no|not going (?:to happen|ahead))\b`,
      String.raw`\b(?:kein(?:en)? (?:interesse|bedarf)|nicht interessiert|nein,? danke|haben (?:wir )?(?:bereits|schon)|passt nicht zu|kommt (?:für uns )?nicht (?:in frage|infrage)|brauchen (?:wir )?nicht|dagegen entschieden|nicht relevant|bleiben dabei)\b`,
      String.raw`\b(?:pas intéressée?s?|ne nous intéresse pas|non,? merci|ne correspond pas|pas besoin|aucun (?:intérêt|besoin)|avons déjà|nous ne souhaitons pas donner suite|décliner)\b`,
      String.raw`\b(?:no (?:me|nos) interesa|no estamos interesados|no,? gracias|no (?:lo )?necesitamos|ya tenemos|no encaja|declinar)\b`,
    ),
    unless: /\b(?:one more message|whether|not sure)\b/iu,
  },
  {
    label: 'interested',
    weight: 1.8,
    forms: forms(
      String.raw`(?<!not )(?<!n['’]t )(?<!no longer )\b(?:(?:am|are|is|was|very|definitely|quite|also|be) (?:very |quite |definitely |really )?(?:interested|keen|curious)|sounds? (?:good|great|interesting|promising|like (?:something|it|what))|(?:would|['’]d) (?:like|love|be (?:glad|happy|keen)) to (?:see|hear|learn|know|talk|discuss|meet|try|have|take|join|get|explore|understand)|happy to (?:talk|meet|chat|discuss|have|hear|speak|jump|take)|glad to (?:talk|meet|take)|(?:let us|let['’]s) (?:talk|speak|meet|set up|schedule|arrange|have|do|book|find|get)|(?:book|schedule|arrange|set up|send (?:me|us)|suggest|propose) (?:a |an |me |some |two |your |the )?(?:\p{L}+ ){0,3}?(?:slots?|call|meeting|demo|invite|invitation|times?|dates?|appointment|availability|calendar)|count me in|(?:show|see|have|get|want|like) (?:me |us )?(?:a|the) (?:demo|demonstration|trial|pilot|presentation)|tell (?:me|us) more|(?:could|can|shall|should) we (?:have|do|talk|speak|meet|set|arrange|schedule)|(?:could|can) you (?:do|make) (?:a call|\p{L}+day)|please (?:go ahead|call me|give me a call)|sure,? (?:let|why not|happy)|yes,? (?:please|let|i|we)|good timing|right (?:time|moment)|exactly what we (?:need|are)|worth (?:a|looking|exploring)|should look at|take you up on|move forward|next steps?)\b`,
      String.raw`\b(?:klingt (?:\p{L}+ )?(?:interessant|gut|spannend|vielversprechend)|(?:sind|bin|wäre|wären) (?:\p{L}+ )?(?:interessiert|neugierig)|(?:würde[n]?|möchte[n]?) (?:wir |ich )?(?:\p{L}+ ){0,4}?(?:gern|gerne|zeigen|sehen|mehr erfahren|ansehen|kennenlernen|sprechen)|gern(?:e)?,? (?:schlagen|schicken|senden|rufen|lassen|können)|(?:schlagen|nennen) sie (?:bitte )?(?:einen|mir|uns)|(?:einen )?termin|demo|vorführung|passt ihnen|lassen sie uns)\b`,
      String.raw`(?<!ne )\b(?:(?:nous |m['’])?intéresse(?! pas)|(?:suis|sommes) (?:très )?intéressée?s?|veux bien|voudrions|aimerais|aimerions|avec plaisir|volontiers|proposez-(?:moi|nous)|démonstration|échanger|rendez-vous|prenons)\b`,
      String.raw`(?<!no )\b(?:(?:nos|me) interesa(?:ría)?|(?:estoy|estamos) interesad[oa]s?|(?:nos|me) gustaría|con (?:mucho )?gusto|envíe(?:me|nos) (?:una )?(?:invitación|propuesta)|podemos hablar|una demostración|una reunión|suena (?:bien|interesante))\b`,
    ),
    unless:
      /\b(?:not|no|nicht|kein\p{L}*|ne|pas|sin)\s+(?:\p{L}+\s+)?(?:interested|interessiert|intéress\p{L}*|interesad\p{L}*)|\b(?:after|until) \d/iu,
  },
  {
    label: 'question',
    weight: 1.5,
    forms: forms(
      String.raw`(?:^|[:.,;–-]\s*|\b)(?:how (?:long|much|many|does|do|is|would|can|often|soon)|what (?:does|do|is|are|would|exactly|kind|happens|about|languages|if)|which|where (?:is|are|do|does)|when (?:can|could|would)|who (?:else|hosts|owns|has)|does (?:it|your|the|this)|do (?:you|we need)|is (?:it|there|your|the|this|training)|are (?:there|you|your)|can (?:it|you|we|your|technicians|the|i|one|users)|could (?:you|it) (?:tell|explain|clarify|send|share|also|run|work)|would (?:it|you|this)|will (?:it|you|there))\b[^?]{3,200}\?`,
      String.raw`\b(?:was (?:kostet|kosten|ist|sind|passiert|bedeutet)|wie (?:lange|viel|viele|hoch|funktioniert|läuft|sieht)|wo (?:liegen|werden|sind|ist)|lässt sich|gibt es|können (?:sie|wir|die)|kann (?:man|ich|die)|haben sie|ist (?:das|die|es)|welche|braucht|unterstützt)\b[^?]{2,200}\?`,
      String.raw`(?:combien|où (?:sont|est)|quel(?:le)?s?|comment|est-ce que|y a-t-il|pouvez-vous|proposez-vous|avez-vous|peut-on|faut-il)\b[^?]{2,200}\?`,
      String.raw`¿[^?]{4,200}\?`,
      String.raw`\b(?:i have (?:a|some|one|two) questions?|(?:quick|one|another) question|i (?:was|am) wondering|eine frage|une question|una pregunta|not clear to me|please (?:explain|clarify))\b`,
    ),
  },
]

/** Any other sentence that asks something: weaker than a telling question. */
export const ASKS = /\?\s*["”’»)]*$/u
/** Asked by way of small talk, or about the mail itself. */
export const SMALL_TALK = pattern(
  String.raw`\b(?:did you mean|did we not|do we know|have we met|is this (?:for|meant)|who (?:are|is) (?:you|this)|how are you|right\?$|isn['’]t it|you know)\b`,
)

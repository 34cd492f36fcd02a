/** What a company says of itself: size, age, places, trade. */
import { productIn, withItsKind } from './product.ts'
import type { Draft, Rule } from './rule.ts'
import { afterLead, byPattern, firstOf, unless } from './rule.ts'
import { clause, COUNT, leadingNames, NAME, PLACE, rx, trimName, YEAR } from './words.ts'

const STAFF = String.raw`(?:employees|staff(?:\s+members)?|team\s?(?:members|mates)|members of staff|colleagues|co-?workers|workers|FTEs?|full-time equivalents|Mitarbeiter(?:[*:_]?innen)?(?:\s+und\s+Mitarbeiter)?|Mitarbeiterinnen|Mitarbeitenden?|Beschäftigten?|Angestellten?|Kolleg(?:inn)?en|salarié(?:[·.()-]?e)?[·.-]?s?|collaborat(?:eurs|rices)|employé(?:e)?s|empleados|trabajadores|colaboradores)`
const FOLK = String.raw`(?:people|persons|professionals|specialists|experts|heads|souls|engineers and [a-z]+|craftspeople|Menschen|Personen|Leuten?|Köpfen?|Fachkräften?|Expert(?:inn)?en|personnes|talents|femmes et hommes|personas|profesionales)`
const ADJECTIVES = String.raw`(?:(?!and\b|und\b|of\b|in\b)[\p{L}-]+\s+){0,3}?`
/** Whose staff it would be if not ours. */
const OTHERS =
  /(?:compan(?:y|ies)|firms?|businesses|organi[sz]ations|customers?|clients?|teams|plants|sites|Unternehmen|Betrieben?|Kunden|Firmen|entreprises|clients|PME|empresas|clientes)\s+(?:with|of|from|between|mit|ab|von|de|entre|having|that employ)\s+(?:\p{L}+\s+){0,2}$/iu

/** A size that is told as gone. */
const HAD = rx(
  String.raw`\b(?:back in|until|at that time|used to|we (?:had|were|employed) (?:only |still |just )?|comptions|étions|employions|hatten wir|waren wir|damals)\b`,
)
const employeesBy = (pattern: string): Rule => {
  const compiled = rx(pattern)
  return ({ text }) => {
    const match = compiled.exec(text)
    const value = match?.groups?.['v']?.trim()
    if (match === null || value === undefined || /^(?:19|20)\d{2}$/.test(value) || HAD.test(text)) return []
    const at = match.index + match[0].indexOf(value)
    return OTHERS.test(text.slice(0, at)) ? [] : [{ kind: 'employees', value }]
  }
}

const employees = firstOf(
  employeesBy(String.raw`(?<!\p{N})(?<v>${COUNT})\s+${ADJECTIVES}${STAFF}\b`),
  employeesBy(String.raw`(?<!\p{N})(?<v>${COUNT})[\s-]strong\b`),
  employeesBy(
    String.raw`\b(?:headcount|workforce|staff|team|payroll|crew|personnel|Belegschaft|Mitarbeiterzahl|Team|effectif|effectifs|équipe|plantilla|equipo|company size|team size|number of (?:employees|staff)|employees|mitarbeiter(?:innen)?|salariés|empleados)(?:\s+(?:is|are|of|now|today|currently|stands? at|has grown to|grew to|grown to|passed|exceeds?|exceeded|tops|surpassed|crossed|rose to|climbed to|übersteigt|dépasse|reached|numbers?|counts?|totals?|comprises?|at|von|aus|zählt|umfasst|liegt bei|beträgt|besteht aus|de|compte|est de|a atteint|atteint|es de|cuenta con|at present|some|roughly|around|to))*\s*[:–-]?\s*(?<v>${COUNT})(?!\s*(?:years|%|percent|Jahre|ans|countries|offices|sites|languages|nationalities|Sprachen|days|weeks|months))`,
  ),
  employeesBy(
    String.raw`\b(?:we are|we're|there are|we now number|we number|we employ|we have|employs?|employed|employing|gives? work to|beschäftigen|beschäftigt|wir sind|sind wir|arbeiten|wir zählen|nous sommes|emploie|employons|compte|regroupe|réunit|rassemble|somos|emplea|empleamos|trabajan)\s+(?:now\s+|today\s+|currently\s+|a team of\s+|heute\s+|inzwischen\s+|mittlerweile\s+|derzeit\s+|aujourd['’]hui\s+|hoy\s+|désormais\s+|bei\s+\p{L}+\s+)*(?<v>${COUNT})(?:\s+${ADJECTIVES}${FOLK}|\s*(?:of us|strong)|(?=\s+(?:across|à|in|at|worldwide|today|on|between))|(?=\s*[.,;]|$))`,
  ),
  employeesBy(
    String.raw`(?<!\p{N})(?<v>${COUNT})\s+${ADJECTIVES}${FOLK}\s+(?:strong|work|working|worldwide|across|make up|on (?:our|the) (?:team|payroll)|at\s|in (?:our|the) (?:team|company)|are employed|arbeiten|beschäftigt|gehören|travaillent|composent|trabajan|forman|who|are part|keep|join|now)\b`,
  ),
  employeesBy(
    String.raw`\b(?:team|staff|Team|équipe|equipo|crew|workforce)\s+(?:of|von|aus|de|with)\s+(?:now\s+)?(?<v>${COUNT})`,
  ),
  employeesBy(
    String.raw`\b(?:arbeiten|beschäftigt|travaillent|work)\b[^.\d]{0,40}?\s(?<v>${COUNT})\s+${ADJECTIVES}${FOLK}`,
  ),
)

const FOUNDING = String.raw`(?:founded|established|set up|started(?: out| up| trading| life| as)?|began(?: trading| life| as)?|begun|incorporated|formed|launched as|born|created|came into being|opened (?:its|our) doors|in business|family[- ](?:run|owned)|in operation|trading|gegründet|Gründung|Gründungsjahr|entstand|fondé[es]*|créée?s?|création|fundad[ao]s?|nació|nacimos|Est(?:d)?\.?|dates back|roots (?:go|reach) back|history (?:goes|began|begins|reaches)|Geschichte|Anfänge|Ursprünge|beginnt|histoire|remonte|year of (?:foundation|establishment|formation)|year founded|existe|existiert|besteht|existence)`
const founded = firstOf(
  byPattern('founded', rx(String.raw`^Est(?:d|ablished)?\.?:?\s+(?:in\s+)?(?<v>${YEAR})`)),
  byPattern('founded', rx(String.raw`\b${FOUNDING}\b[^.;]{0,60}?\b(?<v>${YEAR})\b`)),
  byPattern(
    'founded',
    rx(
      String.raw`\b(?<v>${YEAR})\b[^.;]{0,80}?\b(?:gegründet|ins Leben gerufen|eröffnete|founded|established|set up|started|began|opened|hat(?:te)? alles begonnen|begann|fondèrent|fondent|fondé|créé|a vu le jour|naît|est née?|nace|fundó|fundaron|was born|incorporated|formed)\b`,
    ),
  ),
  unless(
    /\b(?:(?:customer|client|kunde|kundin|partner|supplier|lieferant|member|mitglied|membre)(?![\p{L}])|depot|running|CEO|director|manager)/iu,
    byPattern(
      'founded',
      rx(
        String.raw`\b(?:since|ever since|seit|depuis|desde)\s+(?:the year\s+|dem Jahr\s+|el año\s+|our (?:founding|start)\s+in\s+|(?:January|February|March|April|May|June|July|August|September|October|November|December|Januar|Februar|März|Mai|Juni|Juli|Oktober|Dezember)\s+)?(?<v>${YEAR})\b`,
      ),
    ),
  ),
)

const place = (value: string): string | null => {
  const clean = value.replace(/[\s,.]+$/u, '').replace(/\s+(?:and|und|et|y|in|of|de|am|an|the)$/u, '')
  return /^(?:We|Our|The|This|Europe|It|January|February|March|April|May|June|July|August|September|October|November|December|English|Unsere?|Wir|Nous)$/.test(
    clean,
  )
    ? null
    : clean
}
const HQ_CASED = String.raw`(?:[Hh]ead\s?[Qq]uarter(?:ed|s)?|[Hh]ead\s?[Oo]ffice|[Mm]ain [Oo]ffice|[Rr]egistered [Oo]ffice|[Hh]ome [Bb]ase|HQ|Hauptsitz|Firmensitz|Unternehmenssitz|Stammsitz|Zentrale|Hauptverwaltung|Stammhaus|[Ss]iège(?:\s+[Ss]ocial)?|[Ss]ede(?:\s+(?:central|social|principal))?|seat)`
const IN = String.raw`(?:in|at|near|outside|from|to|im|bei|à|a|au|en|close to|just outside|to the (?:north|south|east|west) of|the heart of|the cent(?:re|er) of|central|downtown)`
const NO_HQ =
  /\b(?:second|further|also|another|branch|weiter\p{L}+|zweit\p{L}+|auch|également|autre|third|subsidiary)\b/iu
const headquarters = unless(
  NO_HQ,
  firstOf(
    byPattern(
      'headquarters',
      rx(
        String.raw`\b${HQ_CASED}\b(?:\s+(?:is|are|ist|est|liegt|befindet sich|se trouve|está|lies|sits|stands?|remains?|has been|located|situated|based|situé|basé|ubicada|can be found|of the company|des Unternehmens|de l['’]entreprise|moved|has moved|continue to be|still))*\s*(?:[:–|-]\s*|\s${IN}\s+(?:${IN}\s+)?)(?:the\s+(?:city|town|port)\s+of\s+)?(?<v>${PLACE})`,
        'u',
      ),
      place,
    ),
    byPattern(
      'headquarters',
      rx(
        String.raw`\b(?:[Bb]ased|[Hh]eadquartered|[Ss]ituated|basé[es]*|installée?s?|implantée?s?|domiciliée?s?|ansässig|beheimatet|zu Hause|at home|radicada|afincada|[Ll]ocated|[Bb]asée?s?|sitzt|sitzen)\s+(?:${IN}\s+)+(?<v>${PLACE})`,
        'u',
      ),
      place,
    ),
    byPattern(
      'headquarters',
      rx(
        String.raw`\b(?:mit Sitz|[Ss]itz|home is|home town is|hometown of|call|con sede|à son siège|ont leur siège)\s+(?:${IN}\s+)?(?<v>${PLACE})`,
        'u',
      ),
      place,
    ),
    byPattern(
      'headquarters',
      rx(String.raw`\b[Aa]us (?:unserem?|der|dem)\s+(?:Sitz|Zentrale|Hauptsitz)\s+in\s+(?<v>${PLACE})`, 'u'),
      place,
    ),
    byPattern(
      'headquarters',
      rx(
        String.raw`\b(?:run|managed|steered|directed|operate|work|steuern|lenken|pilotée?s?)\b[^.]{0,40}\bfrom\s+(?:our\s+)?(?:\p{Ll}+\s+){0,3}(?:in\s+)?(?<v>${PLACE})`,
        'u',
      ),
      place,
    ),
    byPattern(
      'headquarters',
      rx(
        String.raw`(?:^|[,.]\s+|\b[Ii]n\s+)(?<v>${PLACE})[^.]{0,30}\b(?:is (?:our|where our|the|home to our)|is where|ist unser|steht unser|befindet sich unser|liegt unser|est notre)\b[^.]{0,30}\b${HQ_CASED}`,
        'u',
      ),
      place,
    ),
    byPattern('headquarters', rx(String.raw`(?<v>${PLACE})-(?:based|headquartered)\b`, 'u'), place),
  ),
)

/** A place matched without regard to case, cut back to its capitalised words. */
function caps(value: string): string | null {
  return (
    leadingNames(value)
      .map(place)
      .find(found => found !== null) ?? null
  )
}

const OFFICE = String.raw`(?:offices?|branch(?:es)?|sites?|locations?|subsidiar(?:y|ies)|depots?|warehouses?|workshops?|plants?|factor(?:y|ies)|showrooms?|hubs?|studios?|labs?|service cent(?:re|er)s?|Niederlassung(?:en)?|Standorte?n?|Büros?|Zweigstellen?|Werke?|Filialen?|Außenstellen?|Lager|bureaux?|agences?|succursales?|sites?|antennes?|filiales?|usines?|oficinas?|sucursal(?:es)?|delegaci(?:ón|ones)|presence|teams|représentations?)`
const MORE = String.raw`(?:[Ff]urther|[Oo]ther|[Aa]dditional|[Mm]ore|[Ss]econd|[Rr]egional|[Ss]ales|[Ff]ield|[Ss]ervice|[Ss]atellite|[Ll]ocal|[Ww]eitere[rn]?|[Zz]weite[rsn]?|[Dd]eux|[Tt]wo|[Tt]hree|[Zz]wei|[Dd]rei|[Tt]rois|[Aa]utres?|[Ss]econde?|[Aa]nother|[Oo]ur|[Uu]nsere?|[Nn]os|an?|eine?|une?)`
const offices = firstOf(
  byPattern(
    'office',
    rx(
      String.raw`\b(?:[Ss]econd|[Tt]hird|[Ff]urther|[Oo]ther|[Aa]dditional|[Nn]ew|[Ww]eitere[rns]?|[Zz]weite[rns]?|[Dd]ritte[rns]?|[Ss]econd|[Dd]euxième|[Tt]roisième|[Aa]utre)\s+(?:${OFFICE})\b[^.;]{0,40}?\s(?:is(?: in)?|are in|in|at|ist(?: in)?|liegt in|befindet sich in|haben wir in|gibt es in|est(?: installée?| située?| implantée?)? à|se trouve à|à|está en|en)\s+(?<v>${PLACE})`,
      'iu',
    ),
    value => caps(value),
  ),
  byPattern(
    'office',
    rx(String.raw`\b(?:find|visit|meet|reach) us(?: also| as well)? (?:in|at)\s+(?<v>${PLACE})`, 'u'),
    place,
  ),
  byPattern(
    'office',
    rx(
      String.raw`\b(?:finden Sie uns|sind wir|erreichen Sie uns)(?: auch| außerdem| ebenfalls)? in\s+(?<v>${PLACE})`,
      'u',
    ),
    place,
  ),
  byPattern(
    'office',
    rx(String.raw`\b(?:retrouvez-nous|vous nous trouverez)(?: aussi| également)? à\s+(?<v>${PLACE})`, 'u'),
    place,
  ),
  afterLead(
    'office',
    rx(
      String.raw`\b(?:${MORE}\s+)*${OFFICE}\s*(?:(?:are|is|can be found|located|situated|sind|liegen|befinden sich|est situé|se trouvent|of ours|too|as well|also|open)\s+)*(?:${IN}\s+|:\s*)(?=\p{Lu})`,
      'iu',
    ),
    rest => leadingNames(rest).map(trimName),
  ),
  afterLead(
    'office',
    rx(
      String.raw`\b(?:we (?:also )?(?:have|run|keep|operate|maintain|work)|there is|wir (?:sind|haben|unterhalten)|sind wir|nous (?:avons|sommes|disposons))\b[^.]{0,60}\b${OFFICE}\b[^.]{0,30}?\s(?:in|at|à|en)\s+(?=\p{Lu})`,
      'iu',
    ),
    rest => leadingNames(rest).map(trimName),
  ),
  byPattern(
    'office',
    rx(
      String.raw`\b(?:[Oo]ur|[Uu]nsere?|[Nn]otre|nuestra|an?|eine?|une?|[Tt]he)\s+(?<v>${NAME})\s+(?:office|branch|site|depot|warehouse|Niederlassung|Büro|plant|factory|workshop)\b`,
      'u',
    ),
    place,
  ),
  byPattern(
    'office',
    rx(
      String.raw`\b(?:also|auch|également|tambien|también)\s+(?:present|represented|active|vertreten|präsent|vor Ort|implantée?s?|présente?s?)\s+(?:in|à|en)\s+(?<v>${PLACE})`,
      'u',
    ),
    place,
  ),
)

const FIRM = String.raw`(?:company|firm|business|name|player|enterprise|group|specialists?|experts?|professionals|partner|supplier|leader|house|at home|active|operat(?:e|es|ing)|work(?:s|ing)?|engaged|busy|roots|experience|expertise)`
const SECTOR = String.raw`(?<v>(?!house\b|partnership\b|three\b|two\b|one\b|close\b|addition\b|our\b|a\b|an\b|this\b|business\b|shifts\b|touch\b|person\b|all\b|many\b|more\b|which\b|use\b|teams?\b|time\b|their\b|its\b|every\b|small\b|over\b|about\b|[\p{L}]+ (?:countries|languages|shifts)\b)[\p{Ll}][\p{Ll}-]*(?:\s(?!and (?:nothing|we|have)\b|since\b|for\b|with\b|in\b|where\b|from\b)[\p{Ll}&-]+){0,4}?)(?=\s+(?:and (?:nothing|we|have|are|know)|since|for|with|in|where|from|is|today)\b|[,.;!]|$)`

const industry = firstOf(
  byPattern(
    'industry',
    rx(
      String.raw`\b(?:[Ii]ndustry|[Ss]ector|[Ff]ield|[Tt]rade|[Ll]ine of business|[Mm]arket)\s+(?:is|has always been|:)\s+(?:the\s+)?(?<v>[\p{L}&-]+(?:\s[\p{L}&-]+){0,4})`,
      'u',
    ),
  ),
  byPattern(
    'industry',
    rx(
      String.raw`\b(?:[Bb]ranche|[Bb]ereich|[Ww]irtschaftszweig|[Ff]eld|[Gg]ebiet|[Ss]ektor)\s+(?:ist\s+(?:die\s+|der\s+|das\s+)?|der\s+|des\s+)?(?<v>\p{Lu}[\p{L}-]+(?:\s+(?:und\s+)?\p{Lu}[\p{L}-]+)?)`,
      'u',
    ),
  ),
  byPattern(
    'industry',
    rx(
      String.raw`\b(?:[Ss]ecteur|[Ff]ilière|[Mm]étier|[Dd]omaine)(?:\s+(?:est|de|du|des|de la|de l['’]|d['’]))?\s+(?:la\s+|le\s+|l['’]|les\s+|de la\s+|de l['’])?(?<v>[\p{Ll}][\p{L}-]+(?:\s+(?!et\s|depuis|à\s|en\s|qui)[\p{L}-]+){0,2}?)(?=[,.;]|\s+(?:depuis|et|à|en|qui)\b|$)`,
      'u',
    ),
  ),
  byPattern(
    'industry',
    rx(String.raw`\b${FIRM}\s+(?:in|within)\s+(?:the\s+(?:field|world|area|business|trade)\s+of\s+)?${SECTOR}`, 'u'),
  ),
  byPattern(
    'industry',
    rx(
      String.raw`\b(?:tätig in der|zu Hause in der|spezialisiert auf|aktiv in der|im)\s+(?<v>\p{Lu}[\p{L}-]*(?:branche|industrie|bau|technik|wirtschaft|handel|gewerbe|wesen))\b`,
      'u',
    ),
  ),
  byPattern(
    'industry',
    rx(
      String.raw`\b(?:industry|sector|branche|secteur(?: d['’]activité)?|sector|line of business|Wirtschaftszweig)\s*[:|–]\s*(?<v>[^.;|]{3,60})`,
    ),
  ),
  byPattern(
    'industry',
    rx(
      String.raw`\b(?:in|to|for|of|within|from|serving|served?|supply(?:ing)?|supplied|across)\s+the\s+(?<v>[\p{L}&-]+(?:\s+[\p{L}&-]+){0,3}?)\s+(?:industry|sector|trade|business|market)\b`,
    ),
  ),
  byPattern(
    'industry',
    rx(String.raw`\b(?:in der|aus der|für die)\s+(?<v>[\p{L}-]+(?:branche|industrie|wirtschaft|technik|bau))\b`),
  ),
  byPattern(
    'industry',
    rx(
      String.raw`\b(?:secteur|industrie|filière|sector)\s+(?:de la |de l['’]|du |des |de |d['’])?(?<v>[\p{L}-]+(?:\s+(?:et|de|des)?\s*[\p{L}-]+){0,2}?)(?=[,.;]|\s+(?:depuis|et|à|en|qui)\b|$)`,
    ),
  ),
  byPattern(
    'industry',
    rx(
      String.raw`\b(?:is|are|as|ist|sind|est|sommes)\s+(?:an?|the|one of the|eine?|une?)\s+(?:\p{L}+[- ]){0,3}?(?<v>[\p{L}-]+(?:\s+[\p{L}-]+){0,2}?)\s+(?:company|manufacturer|maker|business|firm|wholesaler|specialist|provider|producer|supplier|group|distributor|consultancy|agency|operator|carrier)\b`,
    ),
  ),
  byPattern(
    'industry',
    rx(
      String.raw`\b(?:eine?n?|der)\s+(?:\p{L}+\s+){0,3}?(?<v>\p{Lu}[\p{L}-]+(?:hersteller|unternehmen|betrieb|dienstleister|händler|spezialist|anbieter|bauer|großhändler|lieferant))\b`,
      'u',
    ),
  ),
)

const MAKES = String.raw`(?:sells?|makes?|builds?|offers?|provides?|develops?|manufactures?|suppl(?:y|ies)|designs?|produces?|delivers?|distributes?|installs?|runs?|operates?|craft|crafts|engineers?|publish(?:es)?|rents? out|leases?|repairs?|maintains?|ships?)`
const WE = String.raw`(?:[Ww]e|[Oo]ur company|[Oo]ur team|[Tt]he company|${NAME})`
/** A sentence about a product that it names: then the sentence says what it is. */
const NAMED_PRODUCT = rx(
  String.raw`(?:\b(?:our (?:\p{L}+[\s-]){0,4}|with |one of (?:our|the) |order |we (?:also )?(?:offer|sell|supply|make|stock|carry|list)\b|range|portfolio|programme?|catalogue|product|available|(?:we|was) (?:developed|built|designed|made)|developed|in house|designed by us|entwickelt|développé\p{L}*|unser\p{L}*|Angebot|Sortiment|Programm|Produkt\p{L}*|aus unserem Haus|bieten|im Haus|erhältlich|lieferbar|gamme|catalogue|offre|produits?|proposons|vendons|c['’]est|disponible|notre|nos))`,
)
const NOT_A_PRODUCT =
  /\b(?:welcomed|begrüßt|accueilli\p{L}*|open day|customers? include|clients?|kunden|partner\p{L}*|partenaires?|founded|head\s?office|headquarter\p{L}*|employees?|staff|offices?|branch|site|depot|hiring|certif\p{L}+|zertif\p{L}+|award|revenue|turnover|acquired|CEO|director|manager|Hauptsitz|Niederlassung|Standort|siège|agence|Umsatz|chiffre d.affaires|directeur|directrice|Geschäftsführer\p{L}*|contract|decid\p{L}+|month|workforce|team|équipe|Belegschaft|launched|introduc\p{L}+|since|depuis|seit|industry|sector|Branche|secteur|stack|software for|relies|uses?|utilis\p{L}+|nutz\p{L}+|works? with|Einsatz|e-?mail|@|call us)\b/iu
const namedProduct: Rule = sentence => {
  const { text } = sentence
  const name = productIn(sentence)
  if (name === null || text.length > 200 || !NAMED_PRODUCT.test(text) || NOT_A_PRODUCT.test(text)) return []
  return [{ kind: 'offering', value: withItsKind(text, name) }]
}

/** Products with names of ordinary words are told by where the name stands. */
const PRODUCT_PLACE = rx(
  String.raw`(?:^|\b(?:[Ww]ith|[Mm]it|[Aa]vec|[Oo]rder|[Bb]uy|[Ii]ncludes?|[Cc]omprises?|[Ss]ell|[Oo]ffer|[Ss]upply|[Mm]ake|[Pp]roducts? is|[Gg]ehört|[Cc]omprend|[Pp]roposons|[Vv]endons)\s+)(?<v>${NAME})(?:\s+(?:we (?:also )?(?:offer|sell|supply)|haben wir|bieten wir|is our\b|is one of our products|ist unsere?|est notre)|,\s+(?:an?|the|our|eine?|unsere?|une?|notre|nos|la|le|des|nous proposons|c['’]est)\s|\s?:\s|\s+\()`,
  'u',
)
const placedProduct: Rule = ({ text, isSubject }) => {
  const name = PRODUCT_PLACE.exec(text)?.groups?.['v']
  if (
    name === undefined ||
    isSubject(name) ||
    /^(?:Our|We|Products?|Services?|Unsere?|Notre|Nos|What|Unser|Contact|Phone|Tel)\b/u.test(name) ||
    text.length > 200
  )
    return []
  return PRODUCT_TALK.test(text) && !NOT_A_PRODUCT.test(text)
    ? [{ kind: 'offering', value: withItsKind(text, name) }]
    : []
}
const PRODUCT_TALK = rx(
  String.raw`\b(?:we (?:also )?(?:offer|sell|supply|make)|range|portfolio|programme?|catalogue|products?|available|order|is our|Angebot|Sortiment|Programm|aus unserem Haus|haben wir|bieten wir|ist unsere?|erhältlich|lieferbar|gamme|catalogue|proposons|vendons|c['’]est|disponible|est notre)\b`,
)
const JOB_TALK =
  /\b(?:contracts|colleagues|canteen|salary|wages|benefits|training|Gehalt|Verträge|Kantine|salaire|contrats|cantine)\b/iu

const offering = unless(
  JOB_TALK,
  firstOf(
    namedProduct,
    placedProduct,
    afterLead(
      'offering',
      rx(
        String.raw`\b(?:our|the)\s+(?:range|portfolio|products?|services?|offer(?:ing)?s?|catalogue|line-?up|product line|programme)\s+(?:includes?|covers?|comprises?|spans?|consists? of|ranges? from|extends? from|are|is|runs? from|features?)\s*:?\s*`,
      ),
      rest => phraseList(rest),
    ),
    afterLead(
      'offering',
      rx(
        String.raw`^(?:products?|services?|what we (?:do|offer|make|sell)|leistungen|produkte|angebot|produits?|prestations?)\s*[:–]\s*`,
      ),
      rest => phraseList(rest),
    ),
    afterLead(
      'offering',
      rx(
        String.raw`(?:^|[,;]\s+)(?:[^,;]{0,40},\s+)?${WE}\s+(?:also |mainly |chiefly |now |currently |proudly )?(?:(?:design|develop|plan|make|build|manufacture)(?:s)?\s*(?:,|and)\s*)*${MAKES}\s+(?!sure|by\b|from\b|an? (?:\p{L}+ )?(?:site|office|depot|branch|service depot)\b|every\b|it easy|a difference|use|up\b|for\b|with\b|to\b|at\b|in\b|on\b)`,
        'u',
      ),
      rest => [clause(rest)].filter(isPhrase),
    ),
    afterLead(
      'offering',
      rx(
        String.raw`\b(?:wir|das Unternehmen)\s+(?:\p{L}+\s+)?(?:bauen|fertigen|produzieren|entwickeln|liefern|verkaufen|führen|stellen|vertreiben|bieten|fertigt|produziert|entwickelt|liefert|herstellen|planen)\s+`,
      ),
      rest => [clause(rest)].filter(isPhrase),
    ),
    afterLead(
      'offering',
      rx(
        String.raw`\b(?:${NAME})\s+(?:baut|fertigt|produziert|entwickelt|liefert|verkauft|vertreibt|bietet|fabrique|conçoit|propose|développe|produit|vend|commercialise)\s+`,
        'u',
      ),
      rest => [clause(rest)].filter(isPhrase),
    ),
    afterLead(
      'offering',
      rx(
        String.raw`\b(?:nous|notre entreprise)\s+(?:fabriquons|concevons|proposons|fournissons|développons|produisons|vendons|offrons|livrons|fournissons|commercialisons|fabrique|conçoit|propose)\s+`,
      ),
      rest => [clause(rest)].filter(isPhrase),
    ),
    afterLead(
      'offering',
      rx(
        String.raw`\b(?:speciali[sz](?:e|es|ing) in|specialists? (?:in|for)|spezialisiert auf|Spezialist(?:en)? für|spécialis(?:é|ée|te|tes|és) (?:dans|en|de)|especializad[ao]s? en|known for|bekannt für)\s+`,
      ),
      rest => [clause(rest)].filter(isPhrase),
    ),
  ),
)

function isPhrase(text: string): boolean {
  return text.length >= 4 && text.split(/\s+/).length <= 25
}

function phraseList(rest: string): string[] {
  const whole = clause(rest)
  return isPhrase(whole) ? [whole] : []
}

const BUSINESS = rx(
  String.raw`^(?:our business is|what we do\b|in short\b|we are in the business of|unser geschäft\b|unser handwerk\b|was wir tun\b|notre métier\b|notre activité\b|ce que nous faisons\b|our (?:speciality|specialty|trade|mission) is|lo que hacemos|for (?:over |more than )?\p{L}+ years,? we)|^at [^,]{2,50}?,? we\b|^bei [^,]{2,40} (?:dreht sich|entstehen|fertigen wir|entwickeln wir)|^chez [^,]{2,40}, nous`,
)
const DESCRIBES = rx(
  String.raw`^(?:${NAME}|We|Our company|Wir|Nous|Notre entreprise|At ${NAME},? we)\s+(?:(?:is|are|ist|sind|est|sommes)\s+(?:an?|the|one of|eine?|der|die|das|une?|le|la|l['’]|your|Ihre?|specialis|speciali[sz]ed|spezialisiert)|(?:is|are|est|ist) (?:known|connue?|bekannt)|speciali[sz]es?|stands? for|delivers?|helps?|makes?|builds?|offers?|provides?|develops?|supports?|connects?|enables?|suppl(?:y|ies)|sells?|designs?|manufactures?|produces?|brings?|keeps?|baut|entwickelt|fertigt|liefert|bietet|unterstützt|hilft|helfen|bauen|entwickeln|fertigen|liefern|bieten|aide|conçoit|fabrique|développe|propose|accompagne|aidons|concevons|fabriquons|accompagnons|développons|proposons)`,
  'u',
)

const STARTS_WITH_NAME = rx(`^(${NAME})(?=\\s\\p{Ll})`, 'u')

const description: Rule = ({ text, role, isSubject }) => {
  const named = STARTS_WITH_NAME.exec(text)?.[1]
  const own =
    named === undefined || /^(?:We|Our|At|Wir|Nous|Notre|What|Unser|Bei|Chez|In)\b/u.test(named) || isSubject(named)
  const fits =
    text.length >= 25 &&
    text.length <= 260 &&
    own &&
    (role === 'meta' ? text.length >= 40 : DESCRIBES.test(text) || BUSINESS.test(text))
  return fits &&
    !/\b(?:hiring|looking for|cookies?|certified|zertifiziert|certifiés?|team of|équipe de|headquarter\p{L}*|based in|partnership|employees|Mitarbeit\p{L}*|salariés)\b/iu.test(
      text,
    )
    ? [{ kind: 'description', value: text }]
    : []
}

const EMAIL = /(?<![\w.+-])[\w.+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu
const PHONE =
  /(?<![\w+/.,-])(?:\+\d{1,3}[\s.-]?(?:\(0\)\s?)?(?:\(\d{1,4}\)[\s.-]?)?\d[\d\s./-]{5,16}\d|\(?0\d{1,5}\)?[\s./-]\d[\d\s./-]{4,14}\d)(?![\w])/gu

const contacts: Rule = ({ text }) => {
  const drafts: Draft[] = []
  for (const match of text.matchAll(EMAIL)) drafts.push({ kind: 'email', value: match[0], quote: range(match) })
  for (const match of text.matchAll(PHONE)) {
    const fax = /fax[^\d]{0,8}$/i.test(text.slice(0, match.index))
    if (!fax && match[0].replace(/\D/g, '').length >= 7)
      drafts.push({ kind: 'phone', value: match[0].trim(), quote: range(match) })
  }
  return drafts
}

function range(match: RegExpExecArray): { start: number; end: number } {
  return { start: match.index, end: match.index + match[0].length }
}

export const COMPANY_RULES: readonly Rule[] = [
  employees,
  founded,
  headquarters,
  offices,
  industry,
  offering,
  description,
  contacts,
]

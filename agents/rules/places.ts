/** Where a company says it sits, and where else it has people. */
import { afterLead, byPattern, firstOf, unless } from './rule.ts'
import { leadingNames, NAME, PLACE, rx, trimName } from './words.ts'

const place = (value: string): string | null => {
  const clean = value.replace(/[\s,.]+$/u, '').replace(/\s+(?:and|und|et|y|in|of|de|am|an|the)$/u, '')
  return /^(?:We|Our|The|This|Europe|It|January|February|March|April|May|June|July|August|September|October|November|December|English|Unsere?|Wir|Nous)$/.test(
    clean,
  )
    ? null
    : clean
}
const HQ_CASED = String.raw`(?:Sitz der Gesellschaft|[Ss]eat of the company|[Cc]ompany seat|[Pp]rincipal [Oo]ffice|[Cc]entral [Oo]ffice|[Hh]ead\s?[Qq]uarter(?:ed|s)?|[Hh]ead\s?[Oo]ffice|[Mm]ain [Oo]ffice|[Rr]egistered [Oo]ffice|[Hh]ome [Bb]ase|HQ|Hauptsitz|Firmensitz|Unternehmenssitz|Stammsitz|Zentrale|Hauptverwaltung|Stammhaus|[Ss]iège(?:\s+[Ss]ocial)?|[Ss]ede(?:\s+(?:central|social|principal))?|seat)`
const IN = String.raw`(?:in|at|near|outside|from|to|im|bei|à|a|au|en|close to|just outside|to the (?:north|south|east|west) of|the heart of|the cent(?:re|er) of|central|downtown)`
const NO_HQ =
  /\b(?:second|further|also|another|branch|weiter\p{L}+|zweit\p{L}+|auch|également|autre|third|subsidiary)\b/iu
/** "Our headquarters in Derby": the noun and its place side by side, whatever else the sentence says. */
const seatBeside = byPattern(
  'headquarters',
  rx(
    String.raw`(?<!(?:second|regional|other|new|former|old|first) )\b${HQ_CASED}\b(?:\s+(?:of|de|d['’]|von)\s+[^.;,]{2,40}?)?(?:,?\s(?:can be found|is to be found|is located|are located|is situated|is|are|stands?|sits?|lies|liegt|steht|befindet sich|ist|se trouve|se situe|est))?,?(?:\s${IN}\s+(?:${IN}\s+)?|(?<=\s(?:is|ist|est))\s)(?<v>${PLACE})`,
    'u',
  ),
  place,
)
const NO_SEAT_ANY_MORE =
  /(?<!\p{L})(?:until|formerly|used to|was|were|had|left|moved from|bis \d{4}|früher|war|jusqu['’]en|était|ancien\p{L}*|not|kein\p{L}*|nicht|pas)(?!\p{L})/iu

const otherSeat = unless(
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

export const headquarters = firstOf(unless(NO_SEAT_ANY_MORE, seatBeside), otherSeat)

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
export const offices = firstOf(
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

/** What a company says it sells or makes. */
import { productIn, withItsKind } from './product.ts'
import type { Rule } from './rule.ts'
import { afterLead, firstOf, unless } from './rule.ts'
import { clause, NAME, rx } from './words.ts'

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

export const offering = unless(
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
        String.raw`\b(?:speciali[sz](?:e|es|ing) in|specialists? (?:in|for)|engaged in (?:providing|making|manufacturing|supplying|building|selling)(?: various kinds? of)?|spezialisiert auf|Spezialist(?:en)? für|spécialis(?:é|ée|te|tes|és) (?:dans|en|de)|especializad[ao]s? en|known for|bekannt für)\s+`,
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

/** The year a company says it began in. */
import { byPattern, firstOf, unless } from './rule.ts'
import { rx, YEAR } from './words.ts'

const FOUNDING = String.raw`(?:founded|established|set up|started(?: out| up| trading| life| as)?|began(?: trading| life| as)?|begun|incorporated|formed|launched as|born|created|came into being|opened (?:its|our) doors|opened for business|(?:our|the) story (?:starts|started|begins|began)|in business|family[- ](?:run|owned)|in operation|trading|gegründet|Gründung|Gründungsjahr|entstand|fondé[es]*|créée?s?|création|fundad[ao]s?|nació|nacimos|Est(?:d)?\.?|dates back|roots (?:go|reach) back|history (?:goes|began|begins|reaches)|Geschichte|Anfänge|Ursprünge|beginnt|histoire|remonte|year of (?:foundation|establishment|formation)|year founded|existe|existiert|besteht|existence)`
export const founded = firstOf(
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
        String.raw`\b(?:since|ever since|seit|depuis|desde)\s+(?:the year\s+|dem Jahr\s+|el año\s+|our (?:founding|start)\s+in\s+)?(?<v>${YEAR})\b`,
      ),
    ),
  ),
)

/** The trade a company says it is in. */
import { byPattern, firstOf } from './rule.ts'
import { rx } from './words.ts'

const FIRM = String.raw`(?:company|firm|business|name|player|enterprise|group|specialists?|experts?|professionals|partner|supplier|leader|house|at home|active|operat(?:e|es|ing)|work(?:s|ing)?|engaged|busy|roots|experience|expertise)`
const SECTOR = String.raw`(?<v>(?!house\b|partnership\b|three\b|two\b|one\b|close\b|addition\b|our\b|a\b|an\b|this\b|business\b|shifts\b|touch\b|person\b|all\b|many\b|more\b|which\b|use\b|teams?\b|time\b|their\b|its\b|every\b|small\b|over\b|about\b|[\p{L}]+ (?:countries|languages|shifts)\b)[\p{Ll}][\p{Ll}-]*(?:\s(?!and (?:nothing|we|have)\b|since\b|for\b|with\b|in\b|where\b|from\b)[\p{Ll}&-]+){0,4}?)(?=\s+(?:and (?:nothing|we|have|are|know)|since|for|with|in|where|from|is|today)\b|[,.;!]|$)`

export const industry = firstOf(
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
      String.raw`\b(?:[Ss]ecteur|[Ff]ilière|[Mm]étier|[Dd]omaine)(?:\s+(?:est|de|du|des|de la|de l['’]|d['’]))?\s+(?:la\s+|le\s+|l['’]|les\s+|de la\s+|de l['’])?(?<v>[\p{Ll}][\p{L}-]+(?:\s+(?!depuis|à\s|en\s|qui|et\s(?:nous|nos|notre)\s)[\p{L}-]+){0,3}?)(?=[,.;]|\s+(?:depuis|et (?:nous|nos|notre)|à|en|qui)\b|$)`,
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
    // "A law firm" is told whole: "law" alone is a subject of study.
    (value, match) =>
      /\s(?:firm|agency)$/u.test(match[0]) && !value.includes(' ') ? `${value} ${match[0].split(' ').at(-1)}` : value,
  ),
  byPattern(
    'industry',
    rx(
      String.raw`\b(?:eine?n?|der)\s+(?:\p{L}+\s+){0,3}?(?<v>\p{Lu}[\p{L}-]+(?:hersteller|unternehmen|betrieb|dienstleister|händler|spezialist|anbieter|bauer|großhändler|lieferant))\b`,
      'u',
    ),
  ),
)

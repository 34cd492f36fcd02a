/** How many people a company says it has. */
import type { Rule } from './rule.ts'
import { firstOf } from './rule.ts'
import { COUNT, rx } from './words.ts'

const STAFF = String.raw`(?:employees|staff(?:\s+members)?|team\s?(?:members|mates)|members of staff|colleagues|co-?workers|workers|FTEs?|full-time equivalents|Mitarbeiter(?:[*:_]?innen)?(?:\s+und\s+Mitarbeiter)?|Mitarbeiterinnen|Mitarbeitenden?|Beschäftigten?|Angestellten?|Kolleg(?:inn)?en|salarié(?:[·.()-]?e)?[·.-]?s?|collaborat(?:eurs|rices)|employé(?:e)?s|empleados|trabajadores|colaboradores)`
const FOLK = String.raw`(?:people|persons|professionals|specialists|experts|heads|souls|engineers and [a-z]+|craftspeople|Menschen|Personen|Leuten?|Köpfen?|Fachkräften?|Expert(?:inn)?en|personnes|talents|femmes et hommes|personas|profesionales)`
const ADJECTIVES = String.raw`(?:(?!and\b|und\b|of\b|in\b)[\p{L}-]+\s+){0,3}?`
/** Whose staff it would be if not ours. */
const OTHERS =
  /(?:compan(?:y|ies)|firms?|businesses|organi[sz]ations|customers?|clients?|teams|plants|sites|Unternehmen|Betrieben?|Kunden|Firmen|entreprises|clients|PME|empresas|clientes)\s+(?:with|of|from|between|mit|ab|von|de|entre|having|that employ)\s+(?:\p{L}+\s+){0,2}$/iu

/** A size that is told as gone. */
const HAD = rx(
  String.raw`\b(?:(?:employed|hired|recruited|trained) since (?:its|our|the|then|\d)|back in|until|at that time|used to|we (?:had|were|employed) (?:only |still |just )?|comptions|étions|employions|hatten wir|waren wir|damals)\b`,
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

export const employees = firstOf(
  employeesBy(String.raw`(?<!\p{N})(?<v>${COUNT})\s+${ADJECTIVES}${STAFF}\b`),
  employeesBy(String.raw`(?<!\p{N})(?<v>${COUNT})[\s-]strong\b`),
  employeesBy(
    String.raw`\b(?:headcount|workforce|staff|team|payroll|crew|personnel|Belegschaft|Mitarbeiterzahl|Team|effectif|effectifs|équipe|plantilla|equipo|company size|team size|number of (?:employees|staff)|employees|mitarbeiter(?:innen)?|salariés|empleados)(?:\s+(?:is|are|of|now|today|currently|stands? at|has grown to|grew to|grown to|passed|exceeds?|exceeded|tops|surpassed|crossed|rose to|climbed to|übersteigt|dépasse|reached|numbers?|counts?|totals?|comprises?|at|von|aus|zählt|umfasst|liegt bei|beträgt|besteht aus|de|compte|est de|a atteint|atteint|es de|cuenta con|at present|some|roughly|around|to))*\s*[:–-]?\s*(?<v>${COUNT})(?!\s*(?:years|%|percent|Jahre|ans|countries|offices|sites|languages|nationalities|Sprachen|days|weeks|months))`,
  ),
  employeesBy(
    String.raw`\b(?:we are|we're|there are|we now number|we number|we employ|we have|employs?|employed|employing|gives? work to|beschäftigen|beschäftigt|wir sind|sind wir|arbeiten|wir zählen|nous sommes|emploie|employons|compte|regroupe|réunit|rassemble|somos|emplea|empleamos|trabajan)\s+(?:now\s+|today\s+|currently\s+|a team of\s+|heute\s+|inzwischen\s+|mittlerweile\s+|derzeit\s+|aujourd['’]hui\s+|hoy\s+|désormais\s+|bei\s+\p{L}+\s+)*(?<v>${COUNT})(?:\s+${ADJECTIVES}${FOLK}|\s*(?:of us|strong)|(?=\s+(?:across|à|in|at|worldwide|today|on|between))|(?=\s*[.,;]|$))`,
  ),
  employeesBy(
    String.raw`(?<!\p{N})(?<v>${COUNT})\s+${ADJECTIVES}${FOLK}\s+(?:strong|employed|work|working|worldwide|across|make up|on (?:our|the) (?:team|payroll)|at\s|in (?:our|the) (?:team|company)|are employed|arbeiten|beschäftigt|gehören|travaillent|composent|trabajan|forman|who|are part|keep|join|now)\b`,
  ),
  employeesBy(
    String.raw`\b(?:team|staff|Team|équipe|equipo|crew|workforce)\s+(?:of|von|aus|de|with)\s+(?:now\s+)?(?<v>${COUNT})`,
  ),
  employeesBy(
    String.raw`\b(?:arbeiten|beschäftigt|travaillent|work)\b[^.\d]{0,40}?\s(?<v>${COUNT})\s+${ADJECTIVES}${FOLK}`,
  ),
)

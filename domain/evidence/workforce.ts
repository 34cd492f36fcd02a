/** Whether a count of people is of the whole company: a site's, a season's or one trade's people are a part of it. */
import { fold } from './text.ts'

const SITE_NOUN =
  '(?:site|plant|branch|factory|works|depot|workshop|foundry|mill|hub|headquarters|laboratory|warehouse|\\w*standort|\\w*werk|\\w*niederlassung|\\w*stammsitz|\\w*hauptsitz|\\w*zentrale|\\w*filiale|usine|site|agence|atelier|siege|entrepot|planta|fabrica|sede|sucursal|delegacion|almacen)'
const OWN =
  '(?:our|the|its|their|this|unser\\w*|d(?:er|em|ie|as)|seine\\w*|ihre\\w*|notre|nos|la|le|sa|son|l|nuestr[oa]|el|su)'

/** "At our Leeds plant, 85 people …", "An unserem Standort in Ulm arbeiten 265 …": one site, named in the count's own clause. */
const AT_SITE = new RegExp(
  `\\b(?:at|in|from|am|an|im|bei|a|dans|en|sur)\\s(?:${OWN}['\\s]\\s?)?(?:[\\p{L}-]+\\s){0,2}${SITE_NOUN}\\b[^.;:]{0,40}$`,
  'u',
)
/** "In Ulm arbeiten 41 …": a place before a verb of working. */
const WORKS_THERE =
  /\b(?:in|at|bei|a|en)\s(?!(?:us|uns|nous|ihm|der firma|unserem unternehmen)\s)(?:[\p{L}-]+\s){1,3}(?:work|are employed|arbeiten|sind|travaillent|trabajan)\s(?:\p{L}+\s){0,2}$/u
const SEASON =
  /\b(?:peak|high season|busy season|in season|seasonal\w*|harvest|hochsaison|in der saison|im sommer|im winter|in summer|in winter|saisonal\w*|zu spitzenzeiten|haute saison|en saison|saisonnier\w*|temporada|campana|estacional\w*)\b/
/** "Our hotline is looked after by 34 engineers": people who are the means of one task. */
const MEANS = /\b(?:by|through|durch|par|por)\s(?:\p{L}+\s){0,2}$/u
const EMPLOYED =
  /\b(?:employ\w*|staff\w*|workforce|payroll|owned|beschaftig\w*|belegschaft|emploi\w*|effectif\w*|plantilla|emplea\w*)\b/

/** "Our research department has …", "L'atelier de Pau emploie …": what is counted belongs to a part that the sentence names first. */
const PART_SUBJECT =
  /^(?:[^.;]{0,60}, )?(?:[Oo]ur|[Tt]he|[Nn]otre|[Ll]['’]|[Ll]e|[Ll]a|[Nn]uestr[oa]|[Ee]l|[Uu]nser\p{L}*)\s?(?:\p{L}+\s){0,2}?((?<=unser\p{L}*\s|Unser\p{L}*\s)\p{Lu}\p{Ll}+|\p{Ll}{4,})(?:\s(?:in|de|d['’]|at)\s?\p{Lu}\p{L}+)?\s(?:has|have|had|employs?|counts?|was|achieved|generate[sd]?|made|hat|zählt|beschäftigt|wurde|emploie|compte|tiene|emplea|cuenta)\s/u
const WHOLE =
  /^(?:company|firm|group|business|cellar|winery|brewery|bakery|mill|\w*yard|hotel|farm|nursery|agency|studio|practice|hospital|school|kanzlei|praxis|organi[sz]ation|team|staff|workforce|family|enterprise|cooperative|startup|house|turnover|revenue|sales|\w*maker|\w*manufacturer|\w*unternehmen|\w*betrieb|\w*firma|\w*gruppe|\w*haus|\w*team|\w*umsatz|belegschaft|entreprise|societe|maison|groupe|equipe|effectif|empresa|compania|sociedad|grupo|equipo|plantilla|facturacion)$/

/** Whether the sentence is about a named part of the company rather than the whole. */
export function isAboutPart(sentence: string): boolean {
  const noun = PART_SUBJECT.exec(sentence)?.[1]
  return noun !== undefined && !WHOLE.test(fold(noun))
}

/** What came or went is no head count: "we hired 85 people". */
const FLOW =
  /\b(?:tak(?:es?|ing|en) over|took over|gain(?:s|ed)?|inherit(?:s|ed)?|take[sn]? on|taking on|took on|shed|sheds|lose[s]?|lost|hired|hires?|hiring|recruit\w*|added|adds?|created?|creates|let|laid off|cut|trained|additional|further|another|new|eingestellt|weitere\w*|zusatzlich\w*|neue|embauch\w*|recrut\w*|contratad\w*)\s(?:\p{L}+\s){0,2}$/u
/** "140 staff incl. 31 dentists", "of whom 12 are apprentices". */
const INCLUDED =
  /\b(?:incl|including|of (?:whom|which|them|these|those)|among (?:them|whom)|davon|darunter|dont(?! l[ea]s?\b)|entre ellos|de ellos)\b\.?\s(?:\p{L}+\s){0,2}$/u
/** "grew by 45". */
const CHANGED =
  /\b(?:grew|grown|grow|rose|risen|fell|fallen|increased?|shrank|shrunk|up|down|cut|reduced|expanded|gestiegen|gewachsen|wuchs|stieg|sank|augmente|crecio)\s(?:\p{L}+\s){0,3}(?:by|um|de|en)\s(?:\p{L}+\s){0,2}$/u
/** "60 engineers have been taken on", "25 people joined us". */
const MOVED_AFTER =
  /^\s(?:\p{L}+\s){1,4}(?:(?:have|has|had|were|was|are|is)\s(?:been\s|being\s)?(?:taken on|hired|recruited|added|let go|laid off|made redundant|transferred|trained|retrained)|joined|left|started|lost)\b/u
/** "Made for companies with 85 employees": anybody's. */
const ANYBODY =
  /\b(?:companies|firms|businesses|teams|organi[sz]ations|betrieben?|entreprises|empresas)\s(?:with|of|from|mit|von|ab|de|con)\s(?:\p{L}+\s){0,2}$/u
const SHARE =
  /^\s(?:of|von|der|de)\s(?:our|unser\w*|nos|nuestr\w+|the|its|their|those|these)\b|^-strong\s(?!team|company|workforce)\p{L}+/u
const ATTENDED = /^\s\p{L}+\s(?:attended|took part|visited|came to|have been trained|were trained|applied)\b/u
/** "85 people work at our plant", "85 in Leeds and 40 in York". */
const ELSEWHERE = new RegExp(
  `^[^.;]{0,30}\\b(?:at|in)\\s(?:${OWN}\\s)(?:[\\p{L}-]+\\s){0,1}${SITE_NOUN}\\b|^[^.;]{0,30}\\b(?:in|at)\\s\\p{L}+,?\\s(?:and\\s|und\\s)?(?:another\\s|further\\s|weitere\\s)?\\d+\\s(?:\\p{L}+\\s)?(?:in|at)\\b`,
  'u',
)

/** Why the number counts a part of the staff only, in words; null when nothing says so. `at` is relative to `sentence`. */
export function partOfStaff(value: string, sentence: string, at: { start: number; end: number }): string | null {
  const said = fold(value)
  // Of equal length only where folding keeps it; what stands before is folded by itself.
  const before = fold(sentence.slice(0, at.start))
  const clause = before.slice(Math.max(before.lastIndexOf(';'), before.lastIndexOf(': ')) + 1)
  const isSite = AT_SITE.test(clause) || WORKS_THERE.test(clause)
  if (isSite && !/\b(?:in|at|an|am|bei|a|en)\s/.test(said)) return 'the number counts the people of one site'
  const near = `${clause.slice(-60)} ${fold(sentence.slice(at.end, at.end + 40)).split(/[.;]/)[0]}`
  const after = fold(sentence.slice(at.end, at.end + 90))
  if (ELSEWHERE.test(after) && !/\b(?:in|at)\s/.test(said)) return 'the number counts the people of one site'
  if (isAboutPart(sentence) || SHARE.test(after)) return 'the number counts a part of the staff'
  if ((FLOW.test(clause) && !/\bin\s/.test(said)) || ATTENDED.test(after))
    return 'the number counts people who came, went or took part'
  if (INCLUDED.test(clause.slice(-40))) return 'the number counts a part of the staff'
  if (CHANGED.test(clause.slice(-60))) return 'the number is a change, not a level'
  if (MOVED_AFTER.test(after)) return 'the number counts people who came, went or took part'
  if (ANYBODY.test(clause)) return 'the number is of companies at large'
  if (/\bago\b/.test(fold(sentence)) && /\bhad\s/.test(clause)) return 'the number is of an earlier time'
  if (SEASON.test(near) && !SEASON.test(said)) return 'the number holds for a season'
  if (MEANS.test(clause) && !EMPLOYED.test(fold(sentence))) return 'the number counts the people of one task'
  return null
}

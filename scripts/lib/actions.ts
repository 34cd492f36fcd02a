/** Actions as the commands show them. */
import { seenAction } from '../../db/stores/actions.ts'
import { type Question, questionsOf } from '../../db/stores/questions.ts'
import { type Sentence, sentencesOf } from '../../db/stores/sentences.ts'
import type { Sql } from '../../db/sql.ts'
import { INSTALLATION } from '../../domain/access/viewer.ts'
import { showWholeAction } from '../../server/show.ts'
import { moment, shortId, wrap } from './words.ts'

/** As `showAction` gives it. */
export interface ShownAction {
  id: string
  kind: string
  status: string
  hash: string
  target: string | null
  summary: string
  by: string
  owner: string | null
  approver: string
  rule: string | null
  expiresAt: string | Date | null
  failure: string | null
  run: string | null
  lead: string | null
  createdAt: string | Date
}

export interface WholeAction extends ShownAction {
  content: Record<string, unknown>
  reliedOn: { table: string; id: string; field: string; value: unknown }[]
  message: string | null
  /** Of a mail: what each sentence rests on. */
  sentences: Sentence[]
  /** What whoever decides asked back, oldest first. */
  questions: Question[]
  /** What a person decided, if one did. */
  decision: { decision: string; by: string; reason: string | null; at: Date } | null
}

export async function wholeAction(sql: Sql, id: string): Promise<WholeAction> {
  const action = await seenAction(sql, INSTALLATION, id)
  const decision = await sql.row<NonNullable<WholeAction['decision']>>(
    `select p.decision, coalesce(u.name, p.by) as by, p.reason, p.at from approval p
       left join "user" u on p.by = 'user:' || u.id where p.action_id = $1`,
    [id],
  )
  const { content, reliedOn, ...shown } = showWholeAction(action, true)
  return {
    ...shown,
    content: content ?? {},
    reliedOn: reliedOn ?? [],
    sentences: await sentencesOf(sql, action),
    questions: await questionsOf(sql, id, true),
    decision,
  }
}

/** One action after a decision, in one or two lines. */
export function decided(action: ShownAction): string {
  const about = `${action.status}: ${action.summary} (${shortId(action.id)})`
  return action.failure ? `${about}\n${action.failure}` : about
}

/** Subject and text of a mail, as `approve --edit` takes them back. */
export function messageText(action: WholeAction): string | null {
  const { subject, text } = action.content as { subject?: unknown; text?: unknown }
  return typeof subject === 'string' && typeof text === 'string' ? `Subject: ${subject}\n\n${text}` : null
}

export function describe(action: WholeAction, width: number): string {
  const rows: [string, string | null][] = [
    ['action', action.id],
    ['what', action.kind.replaceAll('_', ' ')],
    ['status', action.failure ? `${action.status}: ${action.failure}` : action.status],
    ['to', action.target],
    ['owner', action.owner],
    ['made by', madeBy(action.by)],
    [
      action.decision ? 'decided' : 'decides',
      decisionOf(action) ?? `its ${action.approver}${action.rule ? ` (rule: ${action.rule})` : ''}`,
    ],
    ['expires', action.status === 'waiting' ? moment(action.expiresAt) : null],
    ['hash', action.hash],
    ['run', action.run],
    ['lead', action.lead],
  ]
  const head = rows.flatMap(([name, value]) => (value === null ? [] : [`${name.padEnd(8)} ${value}`]))
  const parts = [body(action, width), ...evidence(action, width), ...asked(action, width), ...next(action)]
  return [action.summary, '', ...head, '', ...parts].join('\n')
}

const MADE: Record<string, string> = {
  model: 'a language model, each claim checked',
  rules: 'rules, no model',
  person: 'a person',
  code: 'code',
}
const madeBy = (by: string): string => MADE[by] ?? by

function decisionOf({ decision }: WholeAction): string | null {
  if (!decision) return null
  const why = decision.reason ? `: ${decision.reason}` : ''
  return `${decision.decision.replaceAll('_', ' by ')}, ${decision.by}, ${moment(decision.at)}${why}`
}

function body(action: WholeAction, width: number): string {
  const mail = messageText(action)
  if (mail !== null) return wrap(mail, width, '  ')
  // Ids are for programs: --json has them.
  const shown = Object.entries(action.content).filter(([name, value]) => !name.endsWith('Id') && value !== null)
  const lines = shown.map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
  return wrap(lines.join('\n'), width, '  ')
}

function evidence(action: WholeAction, width: number): string[] {
  const bound = action.sentences.filter(sentence => sentence.quotes.length > 0)
  if (bound.length === 0) return []
  const lines = bound.flatMap(({ text, quotes }) => [
    wrap(text, width, '  '),
    ...quotes.map(one =>
      wrap(`“${one.quote}” (${one.url ?? 'their message'}, source ${shortId(one.sourceId)})`, width, '    '),
    ),
  ])
  return ['', 'What it says about them rests on:', ...lines]
}

function asked({ questions }: WholeAction, width: number): string[] {
  const said = (value: unknown) => (typeof value === 'string' ? value : '(erased)')
  const lines = questions.flatMap(({ askedBy, askedOf, question, answer, answeredAt }) => [
    wrap(`${askedBy} asked ${askedOf}: ${said(question)}`, width, '  '),
    wrap(answeredAt === null ? 'not answered yet' : said(answer), width, '    '),
  ])
  return lines.length === 0 ? [] : ['', 'Questions:', ...lines]
}

function next(action: WholeAction): string[] {
  const id = shortId(action.id)
  if (action.status === 'waiting') {
    const edit =
      action.kind === 'send_mail'
        ? `\n  dealwright action ${id} --message > mail.txt; then: dealwright approve ${id} --edit mail.txt`
        : ''
    return [
      '',
      `  dealwright approve ${id} --hash ${action.hash.slice(0, 12)}\n  dealwright refuse ${id} --why "…"${edit}`,
    ]
  }
  if (action.status === 'uncertain') return ['', `  dealwright settle ${id} --sent | --not-sent`]
  return []
}

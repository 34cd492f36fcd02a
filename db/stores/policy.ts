/** Versions of the policy, and what another one would have decided of past actions. */
import { askOf } from '../../domain/policy/asks.ts'
import { decideByPolicy, type PlaybookTerms } from '../../domain/policy/decide.ts'
import type { Policy } from '../../domain/policy/parse.ts'
import type { PolicySubject, Terms, Verdict } from '../../domain/policy/types.ts'
import { keyset, pageOf, type Order, type Page, type PageRequest } from '../page.ts'
import { must, type Sql } from '../sql.ts'
import { type Action, ACTION_COLUMNS } from './actions.ts'
import { policySubject } from './policy-subject.ts'
import { askedOf } from './verdicts.ts'

export interface PolicyVersion {
  version: number
  text: string
  publishedBy: string
  publishedAt: Date
}

const VERSION = 'version, text, published_by, published_at'

/** Null before the first is published. */
export async function newestPolicy(sql: Sql): Promise<PolicyVersion | null> {
  return sql.row<PolicyVersion>(`select ${VERSION} from definition where kind = 'policy' order by version desc limit 1`)
}

/** @throws DealwrightError `not_found` */
export async function policyVersion(sql: Sql, version: number): Promise<PolicyVersion> {
  return must(
    'policy version',
    String(version),
    sql.row<PolicyVersion>(`select ${VERSION} from definition where kind = 'policy' and version = $1`, [version]),
  )
}

const NEWEST: Order = { by: [{ sql: 'version::int8', type: 'int8', key: 'version' }], descending: true }

export async function policyVersions(sql: Sql, request: PageRequest): Promise<Page<Omit<PolicyVersion, 'text'>>> {
  const values: unknown[] = []
  const { where, tail } = keyset(NEWEST, request, values)
  const rows = await sql.rows<Omit<PolicyVersion, 'text'>>(
    `select version, published_by, published_at from definition where kind = 'policy' and ${where} ${tail}`,
    values,
  )
  return pageOf(rows, NEWEST, request)
}

export interface TriedAction {
  id: string
  kind: string
  summary: string
  /** `allow`, `refuse`, or `ask` with whom, e.g. `ask two managers`. */
  was: string
  would: string
  /** The rule of the tried policy that decides. */
  rule: string
}

export interface PolicyTrial {
  actions: number
  changed: TriedAction[]
}

interface Past extends Action {
  sVerdict: Verdict | null
  sApprover: Terms['approver'] | null
  sPeople: 1 | 2 | null
  sMaker: boolean | null
  sSubject: (PolicySubject & { asked: PlaybookTerms }) | null
  decision: string | null
}

const AT_ONCE = 500

/**
 * Each past action is judged on the facts of its time; one of a time before these were written down, on the records as they are now.
 * @param since only actions proposed from then on; null: all
 */
export async function tryPolicy(
  sql: Sql,
  policy: Policy,
  since: Date | null,
  onProgress: (done: number) => void = () => {},
): Promise<PolicyTrial> {
  const trial: PolicyTrial = { actions: 0, changed: [] }
  let after: { at: Date; id: string } | null = null
  for (;;) {
    const page: Past[] = await sql.rows<Past>(
      `select ${ACTION_COLUMNS.split(',')
        .map(column => `a.${column.trim()}`)
        .filter(column => column !== 'a.rendered')
        .join(
          ', ',
        )}, v.verdict as s_verdict, v.approver as s_approver, v.people as s_people, v.not_by is not null as s_maker,
         v.subject as s_subject, (select decision from approval p where p.action_id = a.id order by seat limit 1) as decision
       from action a left join policy_verdict v on v.action_id = a.id
       where ($1::timestamptz is null or a.created_at >= $1) and ($2::timestamptz is null or (a.created_at, a.id) > ($2, $3::uuid))
       order by a.created_at, a.id limit ${AT_ONCE}`,
      [since, after?.at ?? null, after?.id ?? null],
    )
    for (const past of page) {
      const changed = await tried(sql, policy, past)
      if (changed) trial.changed.push(changed)
    }
    trial.actions += page.length
    onProgress(trial.actions)
    const last = page.at(-1)
    if (page.length < AT_ONCE || !last) return trial
    after = { at: last.createdAt, id: last.id }
  }
}

async function tried(sql: Sql, policy: Policy, past: Past): Promise<TriedAction | null> {
  const subject = past.sSubject ?? (await policySubject(sql, past))
  const would = decideByPolicy(policy, subject, past.sSubject?.asked ?? askedOf(past))
  const after = inWords(would.verdict, { ...would, notByMaker: would.notByMaker && past.madeBy !== null })
  const before = saidThen(past)
  if (before === after) return null
  return { id: past.id, kind: past.kind, summary: past.summary, was: before, would: after, rule: would.rule }
}

function saidThen(past: Past): string {
  const asked: Terms = { approver: past.approver, people: 1, notByMaker: false }
  if (past.sVerdict === null)
    return past.decision === 'allow' ? 'allow' : past.decision === 'refuse_policy' ? 'refuse' : inWords('ask', asked)
  return inWords(past.sVerdict, {
    approver: past.sApprover ?? past.approver,
    people: past.sPeople ?? 1,
    notByMaker: past.sMaker === true,
  })
}

function inWords(verdict: Verdict, terms: Terms): string {
  if (verdict !== 'ask') return verdict
  return `ask ${askOf(terms)}${terms.notByMaker ? ', not its maker' : ''}`
}

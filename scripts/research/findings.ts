/** What is known of a company or lead, as `research` and `brief` print it. */
import { WORTH_KNOWING } from '../../agents/researcher.ts'
import { briefByRules, openLines, renderBrief, type BriefLine } from '../../agents/brief.ts'
import type { Sql } from '../../db/sql.ts'
import { factsById, factsOf, unknownsOf, type Fact, type FoundFact } from '../../db/stores/evidence.ts'
import { newestBrief, newestQualification } from '../../db/stores/judgement.ts'
import { accountById, type Account, type Lead } from '../../db/stores/records.ts'
import type { RejectCounts } from '../../domain/evidence/types.ts'
import type { Qualification } from '../../domain/qualification/types.ts'

export interface Findings {
  account: Pick<Account, 'id' | 'name' | 'domain' | 'industry' | 'country' | 'city' | 'employees'> | null
  facts: FoundFact[]
  rejects: RejectCounts
  unknown: { what: string; question: string }[]
  /** Markdown, each line with the ids of its facts; null when nothing is known. */
  brief: string | null
}

/** What `brief` prints is made of these lines as well. */
export interface WithLines extends Findings {
  lines: BriefLine[]
}

export const NO_COMPANY = { what: 'no_company', question: 'Which company are they with?' }
export const NO_SITE = { what: 'no_site', question: 'What is the address of their web site?' }

/** Of one research run: its own facts and rejects. */
export async function findingsOfRun(sql: Sql, runId: string, accountId: string): Promise<WithLines> {
  const account = await accountById(sql, accountId)
  const ids = await sql.rows<{ id: string }>('select id from fact where run_id = $1', [runId])
  const facts = (
    await factsById(
      sql,
      ids.map(row => row.id),
    )
  ).toSorted(inOrder)
  const rejects = await rejectsOf(sql, 'run_id = $1', runId)
  const unknown = stillUnknown(await unknownsOf(sql, { accountId }), kindsKnown(facts, account))
  return findings(
    account,
    facts,
    rejects,
    unknown,
    briefByRules(facts.map(fact => ({ ...fact, subject: account.name }))),
  )
}

/** Of a lead: its company's facts and its own conversation's; the newest brief that was written, else one by rules. */
export async function findingsOfLead(
  sql: Sql,
  lead: Lead,
): Promise<WithLines & { qualification: Qualification | null }> {
  const account = lead.accountId ? await accountById(sql, lead.accountId) : null
  const of = { accountId: lead.accountId, leadId: lead.id }
  const [facts, unknown, written, qualification, rejects] = await Promise.all([
    factsOf(sql, of),
    unknownsOf(sql, of),
    newestBrief(sql, lead.id),
    newestQualification(sql, lead.id),
    rejectsOf(sql, 'run_id in (select id from run where lead_id = $1)', lead.id),
  ])
  const name = account?.name ?? 'the lead'
  const cited = new Set((written?.lines ?? []).flatMap(line => line.factIds))
  const own = newestOfEach(facts, cited)
  const lines =
    (written?.lines as BriefLine[] | undefined) ?? briefByRules(own.map(fact => ({ ...fact, subject: name })))
  const open = openLines(qualification).filter(line => !lines.some(one => one.text === line.text))
  const known = kindsKnown(own, account)
  for (const factor of qualification?.factors ?? []) if (factor.status !== 'unknown') known.add(factor.factor)
  const found = findings(account, own.toSorted(inOrder), rejects, stillUnknown(unknown, known), [...lines, ...open])
  return { ...found, qualification }
}

function findings(
  account: Account | null,
  facts: readonly Fact[],
  rejects: RejectCounts,
  unknown: Findings['unknown'],
  lines: BriefLine[],
): WithLines {
  const open = account === null ? [NO_COMPANY] : account.domain === null && account.website === null ? [NO_SITE] : []
  return {
    account: account && {
      id: account.id,
      name: account.name,
      domain: account.domain,
      industry: account.industry,
      country: account.country,
      city: account.city,
      employees: account.employees,
    },
    facts: facts.map(({ id, kind, value, quote, sourceId, url, start, end }) => ({
      id,
      kind,
      value,
      quote,
      sourceId,
      url,
      start,
      end,
    })),
    rejects,
    unknown: [...open, ...unknown.filter(one => !SAID_ALREADY.has(one.what))],
    brief: lines.length === 0 ? null : renderBrief(account?.name ?? 'The lead', lines).markdown,
    lines,
  }
}

const KIND_OF = new Map(WORTH_KNOWING.map(item => [item.what, item.kind]))

function kindsKnown(facts: readonly Fact[], account: Account | null): Set<string> {
  const known = new Set<string>(facts.map(fact => fact.kind))
  if (account?.employees != null) known.add('employees')
  if (account?.city) known.add('headquarters')
  return known
}

/** A question is asked once, and no longer when something has answered it since. */
function stillUnknown(unknown: Findings['unknown'], known: ReadonlySet<string>): Findings['unknown'] {
  const asked = new Set<string>()
  return unknown.filter(one => {
    const kind = KIND_OF.get(one.what) ?? one.what
    if (known.has(kind) || asked.has(kind)) return false
    asked.add(kind)
    return true
  })
}

/** As research stores them: here they stand under their code. */
const SAID_ALREADY = new Set(['the company', 'their web site'])

/** The same claim read again, from a later fetch of its page, is one fact: the one that the brief cites, else the newest. */
function newestOfEach(facts: readonly Fact[], cited: ReadonlySet<string>): Fact[] {
  const newest = new Map<string, Fact>()
  for (const fact of facts) {
    const key = [fact.kind, fact.value.toLowerCase(), fact.quote, fact.url ?? fact.sourceId].join('\u0000')
    const before = newest.get(key)
    if (!before || cited.has(fact.id) || (!cited.has(before.id) && before.observedAt <= fact.observedAt))
      newest.set(key, fact)
  }
  return [...newest.values()]
}

const inOrder = (a: Fact, b: Fact): number =>
  a.kind.localeCompare(b.kind) || a.value.localeCompare(b.value) || a.id.localeCompare(b.id)

async function rejectsOf(sql: Sql, where: string, id: string): Promise<RejectCounts> {
  const rows = await sql.rows<{ reason: string; n: number }>(
    `select r.key as reason, sum(r.value::bigint)::bigint as n from agent_run, jsonb_each_text(rejects) r where ${where} group by r.key`,
    [id],
  )
  const counts = Object.fromEntries(rows.map(row => [row.reason, row.n]))
  const { not_found = 0, wrong_subject = 0, unsupported = 0, negated = 0 } = counts
  return { not_found, wrong_subject, unsupported, negated }
}

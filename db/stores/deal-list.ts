/** Deals as lists and boards show them, each with why it has come to a standstill; and what the stages of a pipeline hold. */
import type { Viewer } from '../../domain/access/viewer.ts'
import { HUMAN_LABELS } from '../../domain/message/types.ts'
import type { Json } from '../../domain/playbook/types.ts'
import { stallsOf, type Stall } from '../../domain/shape/stalled.ts'
import { scope } from '../access.ts'
import { cursorOf, keyset, newestFirst, pageOf, type Order, type Page, type PageRequest } from '../page.ts'
import type { Sql } from '../sql.ts'
import { customCondition } from './shape/custom-values.ts'

export interface DealRow {
  id: string
  name: string
  account: string | null
  contact: string | null
  ownerId: string | null
  owner: string | null
  pipelineId: string
  stageId: string
  stage: string
  stageKind: string
  amountMinor: number | null
  currency: string | null
  closeDate: string | null
  nextStep: string | null
  suggestions: number
  createdAt: Date
  /** When they last said something: a mail that a person wrote, or a call that was noted. */
  heardAt: Date | null
  /** Why an open deal stands still, worst first. */
  stalls: Stall[]
}

/** The expressions of the index deal_by_stage. */
const CLOSES = `coalesce(d.close_date, date '9999-12-31')`
const SOONEST = `${CLOSES}, d.created_at, d.id`
/** 0: its stage is open. */
const CLOSED = `(case s.kind when 'open' then 0 else 1 end)`

const BY_CLOSE_DATE: Order = {
  by: [
    { sql: CLOSED, type: 'int8', key: 'sortClosed' },
    { sql: CLOSES, type: 'date', key: 'sortCloses' },
    { sql: 'd.created_at', type: 'timestamptz', key: 'createdAt' },
    { sql: 'd.id', type: 'uuid', key: 'id' },
  ],
  descending: false,
}
const BY_AMOUNT: Order = {
  by: [{ sql: 'coalesce(d.amount_minor, -1)', type: 'int8', key: 'sortAmount' }, ...newestFirst('d').by],
  descending: true,
}

export const DEAL_SORTS = ['closes', 'newest', 'amount'] as const

export type DealsRequest = PageRequest & {
  open?: boolean | undefined
  pipeline?: string | undefined
  stage?: string | undefined
  owner?: string | undefined
  sort?: (typeof DEAL_SORTS)[number] | undefined
  custom?: Readonly<Record<string, Json>> | undefined
}

type Stored = Omit<DealRow, 'stalls'>

const PEOPLE = HUMAN_LABELS.map(label => `'${label}'`).join(', ')
const COLUMNS = `d.id, d.name, a.name as account, c.name as contact, d.owner_id, coalesce(u.name, d.owner_name) as owner, d.pipeline_id, d.stage_id,
  s.name as stage, s.kind as stage_kind, d.amount_minor, d.currency, d.close_date, d.next_step, d.created_at,
  (select count(*) from field_suggestion f where f."table" = 'deal' and f.record_id = d.id and f.status = 'open')::int as suggestions,
  greatest((select max(m.at) from message m where m.contact_id = d.contact_id and m.direction = 'in' and m.label in (${PEOPLE})),
    (select max(n.at) from call_note n where n.deal_id = d.id), (select max(n.at) from call_note n where n.contact_id = d.contact_id)) as heard_at`
const JOINS = `left join account a on a.id = d.account_id left join contact c on c.id = d.contact_id left join "user" u on u.id = d.owner_id`

/** Open deals first, soonest close date first, unless sorted otherwise. @param now for what stands still */
export async function listDeals(
  sql: Sql,
  viewer: Viewer,
  request: DealsRequest,
  now: Date = new Date(),
): Promise<Page<DealRow>> {
  const { items, next } = await (request.sort === undefined || request.sort === 'closes'
    ? bySoonest(sql, viewer, request)
    : sorted(sql, viewer, request, request.sort === 'newest' ? newestFirst('d') : BY_AMOUNT))
  const withStalls = (deal: Stored): DealRow => ({
    ...deal,
    stalls: deal.stageKind === 'open' ? stallsOf(deal, now) : [],
  })
  return { items: items.map(withStalls), next }
}

async function bySoonest(sql: Sql, viewer: Viewer, request: DealsRequest): Promise<Page<Stored>> {
  const last = cursorOf(BY_CLOSE_DATE, request)
  const rows: Stored[] = []
  for (const closed of [0, 1]) {
    const done = last !== null && Number(last[0]) > closed
    const wanted = request.open === undefined || request.open === (closed === 0)
    const left = request.limit + 1 - rows.length
    if (done || !wanted || left <= 0) continue
    const after = last !== null && last[0] === closed ? last.slice(1) : null
    rows.push(...(await dealsOf(sql, viewer, { closed, after, limit: left, request })))
  }
  return pageOf(rows, BY_CLOSE_DATE, request)
}

interface Part {
  closed: number
  /** Close date, creation and id of the deal before. */
  after: unknown[] | null
  limit: number
  request: DealsRequest
}

/** Of the open stages or of the closed ones: the first of each stage by its index, and of these the first. */
async function dealsOf(sql: Sql, viewer: Viewer, { closed, after, limit, request }: Part): Promise<Stored[]> {
  const values: unknown[] = [limit, closed, ...(after ?? [])]
  const behind = after === null ? 'true' : `(${SOONEST}) > ($3::date, $4::timestamptz, $5::uuid)`
  const fitting = await fittingDeals(sql, viewer, request, values)
  return sql.rows<Stored>(
    `select ${COLUMNS}, ${CLOSED} as sort_closed, ${CLOSES} as sort_closes
     from stage s cross join lateral (
         select d.* from deal d where d.stage_id = s.id and ${fitting} and ${behind} order by ${SOONEST} limit $1) d
       ${JOINS} where ${CLOSED} = $2 and ${stagesOf(request, values)} order by ${SOONEST} limit $1`,
    values,
  )
}

async function sorted(sql: Sql, viewer: Viewer, request: DealsRequest, order: Order): Promise<Page<Stored>> {
  const values: unknown[] = []
  const fitting = await fittingDeals(sql, viewer, request, values)
  const open = request.open === undefined ? 'true' : `(s.kind = 'open') = $${values.push(request.open)}`
  const stages = stagesOf(request, values)
  const { where, tail } = keyset(order, request, values)
  const rows = await sql.rows<Stored>(
    `select ${COLUMNS}, coalesce(d.amount_minor, -1) as sort_amount from deal d join stage s on s.id = d.stage_id ${JOINS}
     where ${fitting} and ${open} and ${stages} and ${where} ${tail}`,
    values,
  )
  return pageOf(rows, order, request)
}

async function fittingDeals(sql: Sql, viewer: Viewer, request: DealsRequest, values: unknown[]): Promise<string> {
  const mine = scope(viewer, 'deal.see', 'd.owner_id', values)
  const owner = request.owner === undefined ? 'true' : `d.owner_id = $${values.push(request.owner)}::uuid`
  const custom = await customCondition(
    sql,
    { viewer, kind: 'deal', owner: 'd.owner_id', alias: 'd', values },
    request.custom,
  )
  return `${mine} and ${owner} and ${custom}`
}

function stagesOf({ pipeline, stage }: DealsRequest, values: unknown[]): string {
  const ofPipeline = pipeline === undefined ? 'true' : `s.pipeline_id = $${values.push(pipeline)}::uuid`
  const ofStage = stage === undefined ? 'true' : `s.id = $${values.push(stage)}::uuid`
  return `${ofPipeline} and ${ofStage}`
}

export interface StageTotal {
  stageId: string
  deals: number
  /** One a currency; deals without an amount are in none. */
  sums: { currency: string; minor: number }[]
}

/** How many deals each stage of a pipeline holds that the viewer may see, and what they are worth; empty stages are not in it. */
export async function stageTotals(
  sql: Sql,
  viewer: Viewer,
  { pipeline, owner }: { pipeline: string; owner?: string | undefined },
): Promise<StageTotal[]> {
  const values: unknown[] = [pipeline, owner ?? null]
  const mine = scope(viewer, 'deal.see', 'd.owner_id', values)
  const rows = await sql.rows<{ stageId: string; currency: string | null; deals: number; minor: number | null }>(
    `select d.stage_id, d.currency, count(*)::int as deals, sum(d.amount_minor)::int8 as minor
     from deal d join stage s on s.id = d.stage_id
     where s.pipeline_id = $1 and ($2::uuid is null or d.owner_id = $2) and ${mine} group by d.stage_id, d.currency order by d.stage_id, d.currency`,
    values,
  )
  const totals = new Map<string, StageTotal>()
  for (const { stageId, currency, deals, minor } of rows) {
    const total = totals.get(stageId) ?? { stageId, deals: 0, sums: [] }
    total.deals += deals
    if (currency !== null && minor !== null) total.sums.push({ currency, minor })
    totals.set(stageId, total)
  }
  return [...totals.values()]
}

/** What the language model was asked lately and what that cost: by day, by agent and by outcome. The settings of the model are the workers'. */
import type { Sql } from '../sql.ts'

export interface ModelUse {
  /** Of the newest call; null: none in these days. */
  model: string | null
  answeredAt: Date | null
  failedAt: Date | null
  failedCode: string | null
  days: { day: string; calls: number; tokens: number; micros: number; byRules: number }[]
  agents: { agent: string; calls: number; tokens: number; micros: number; byRules: number; medianMs: number | null }[]
}

/** Cost in millionths of a US dollar; a model without a price costs 0. `byRules`: pieces of work that ended without a usable answer. */
const FIGURES = `coalesce(sum(calls), 0)::int as calls, coalesce(sum(tokens_in + tokens_out), 0)::bigint as tokens,
  coalesce(sum(cost_micros), 0)::bigint as micros, count(*) filter (where outcome not in ('ok', 'answered'))::int as by_rules`

/** @param days how far back, today included */
export async function modelUse(sql: Sql, days: number): Promise<ModelUse> {
  const since = `at > now() - make_interval(days => $1)`
  const newest = await sql.row<Omit<ModelUse, 'days' | 'agents'>>(
    `select (array_agg(model order by at desc))[1] as model, max(at) filter (where outcome in ('ok', 'answered')) as answered_at,
       max(at) filter (where outcome not in ('ok', 'answered')) as failed_at,
       (array_agg(outcome order by at desc) filter (where outcome not in ('ok', 'answered')))[1] as failed_code
     from agent_run where calls > 0 and ${since}`,
    [days],
  )
  const byDay = await sql.rows<ModelUse['days'][number]>(
    `select to_char(at at time zone 'UTC', 'YYYY-MM-DD') as day, ${FIGURES} from agent_run where ${since} group by 1 order by 1 desc`,
    [days],
  )
  const byAgent = await sql.rows<ModelUse['agents'][number]>(
    `select agent, ${FIGURES}, (percentile_cont(0.5) within group (order by latency_ms) filter (where calls > 0))::int as median_ms
     from agent_run where ${since} group by 1 order by 2 desc, 1`,
    [days],
  )
  return {
    ...(newest ?? { model: null, answeredAt: null, failedAt: null, failedCode: null }),
    days: byDay,
    agents: byAgent,
  }
}

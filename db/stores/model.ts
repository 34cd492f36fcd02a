/** What the model gateway keeps: answers, what was spent, and what each call was. */
import { json, type Db, type Sql } from '../sql.ts'

export async function cachedAnswer(sql: Sql, key: string): Promise<{ text: string } | null> {
  const row = await sql.row<{ value: { text: string } }>('select value from model_cache where key = $1', [key])
  return row?.value ?? null
}

export async function cacheAnswer(sql: Sql, key: string, model: string, answer: { text: string }): Promise<void> {
  await sql.run('insert into model_cache (key, model, value) values ($1, $2, $3) on conflict (key) do nothing', [
    key,
    model,
    json(answer),
  ])
}

/** A hard limit on what one scope (`run:<id>`, `day:<date>`) may spend; null: no limit of that sort. */
export interface Limit {
  scope: string
  micros: number | null
  tokens: number | null
}

/**
 * Sets an amount aside under all scopes at once; null when one of them does not allow it. Scopes are locked in order, so calls
 * side by side cannot overspend together. A reservation whose worker died stops counting after 15 minutes.
 */
export async function reserveBudget(
  db: Db,
  limits: Limit[],
  amount: { micros: number; tokens: number },
): Promise<string | null> {
  const scopes = limits.map(limit => limit.scope).sort()
  return db.tx(async tx => {
    await tx.run('insert into budget (scope) select * from unnest($1::text[]) on conflict (scope) do nothing', [scopes])
    const used = await tx.rows<{ scope: string; micros: number; tokens: number }>(
      `select b.scope, b.spent_micros + coalesce(r.micros, 0)::bigint as micros, b.spent_tokens + coalesce(r.tokens, 0)::bigint as tokens
       from (select * from budget where scope = any($1) order by scope for update) b
       left join lateral (select sum(micros) as micros, sum(tokens) as tokens from budget_reservation
         where b.scope = any(scopes) and at > now() - interval '15 minutes') r on true`,
      [scopes],
    )
    for (const limit of limits) {
      const now = used.find(row => row.scope === limit.scope) ?? { micros: 0, tokens: 0 }
      if (limit.micros !== null && now.micros + amount.micros > limit.micros) return null
      if (limit.tokens !== null && now.tokens + amount.tokens > limit.tokens) return null
    }
    const made = await tx.row<{ id: string }>(
      'insert into budget_reservation (scopes, micros, tokens) values ($1, $2, $3) returning id',
      [scopes, amount.micros, amount.tokens],
    )
    return (made as { id: string }).id
  })
}

/** Turns what was set aside into what was spent. */
export async function settleBudget(
  sql: Sql,
  reservation: string,
  spent: { micros: number; tokens: number },
): Promise<void> {
  await sql.run(
    `with settled as (delete from budget_reservation where id = $1 returning scopes)
     update budget set spent_micros = spent_micros + $2, spent_tokens = spent_tokens + $3 from settled where scope = any(settled.scopes)`,
    [reservation, spent.micros, spent.tokens],
  )
}

export interface AgentRunRow {
  id: string
  agent: string
  promptId: string
  promptVersion: number
  promptHash: string
  model: string
  inputHash: string
  generation: number
  calls: number
  runId: string | null
  stepKey: string | null
  tokensIn: number
  tokensOut: number
  promptChars: number
  costMicros: number | null
  latencyMs: number
  cached: boolean
  repaired: boolean
  rejects: object
  outcome: string
}

/** Keeps a record under its id; the second call with an id replaces the first. */
export async function recordAgentRun(sql: Sql, run: AgentRunRow): Promise<void> {
  await sql.run(
    `insert into agent_run (id, agent, prompt_id, prompt_version, prompt_hash, model, input_hash, generation, calls, run_id, step_key, tokens_in,
       tokens_out, prompt_chars, cost_micros, latency_ms, cached, repaired, rejects, outcome)
     values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20)
     on conflict (id) do update set calls = excluded.calls, tokens_in = excluded.tokens_in, tokens_out = excluded.tokens_out,
       cost_micros = excluded.cost_micros, latency_ms = excluded.latency_ms, repaired = excluded.repaired, rejects = excluded.rejects,
       outcome = excluded.outcome`,
    [
      run.id,
      run.agent,
      run.promptId,
      run.promptVersion,
      run.promptHash,
      run.model,
      run.inputHash,
      run.generation,
      run.calls,
      run.runId,
      run.stepKey,
      run.tokensIn,
      run.tokensOut,
      run.promptChars,
      run.costMicros,
      run.latencyMs,
      run.cached,
      run.repaired,
      json(run.rejects),
      run.outcome,
    ],
  )
}

/** Sums over all agent runs, for reports and the demo. */
export async function modelUse(sql: Sql): Promise<{
  model: string | null
  calls: number
  tokens: number
  costMicros: number
  rejects: Record<string, number>
}> {
  const sums = await sql.row<{ model: string | null; calls: number; tokens: number; costMicros: number }>(
    `select max(model) filter (where model <> 'rules') as model, coalesce(sum(calls), 0)::bigint as calls,
       coalesce(sum(tokens_in + tokens_out), 0)::bigint as tokens, coalesce(sum(cost_micros), 0)::bigint as cost_micros from agent_run`,
  )
  const rejects = await sql.rows<{ reason: string; n: number }>(
    `select r.key as reason, sum(r.value::bigint)::bigint as n from agent_run, jsonb_each_text(rejects) r group by r.key`,
  )
  const counts = Object.fromEntries(rejects.map(row => [row.reason, row.n]))
  return { ...(sums as { model: string | null; calls: number; tokens: number; costMicros: number }), rejects: counts }
}

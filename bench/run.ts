/**
 * `npm run bench -- [--json] [--only NAME] [--quick]`: each benchmark measures us and its baseline in the same run and gives a ratio; limits
 * are held against a figure. Measures, judges nothing: exit 0 however far from the goals, 1 when a measurement failed.
 */
import { parseArgs } from 'node:util'
import { approveVsSql } from './approve-vs-sql.ts'
import { auditVerify } from './audit-verify.ts'
import { authzCost } from './authz-cost.ts'
import { calls } from './calls.ts'
import { growth } from './growth.ts'
import { importVsCopyAlone } from './import-vs-copy-alone.ts'
import { listGrowth } from './list-growth.ts'
import { modelBound } from './model-bound.ts'
import { readVsSax } from './read-vs-sax.ts'
import { table } from './support/table.ts'
import type { BenchOptions, Limit, Ratio } from './support/types.ts'
import { throughputVsBare } from './throughput-vs-bare.ts'
import { warmStart } from './warm-start.ts'
import { workerRss } from './worker-rss.ts'

const RATIOS: Record<string, (options: BenchOptions) => Promise<Ratio>> = {
  read_vs_sax: readVsSax,
  import_vs_copy: importVsCopyAlone,
  warm_start: warmStart,
  throughput_vs_bare: throughputVsBare,
  model_bound: modelBound,
  growth,
  approve_vs_sql: approveVsSql,
  list_growth: listGrowth,
  authz_cost: authzCost,
  audit_verify: auditVerify,
}

const LIMITS: Record<string, (options: BenchOptions) => Promise<Limit[]>> = {
  calls_qualified: calls,
  calls_unqualified: calls,
  prompt_chars: calls,
  worker_rss: async options => [await workerRss(options)],
}

interface Report {
  ratios: Ratio[]
  limits: Limit[]
}

const say = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

async function measure(only: string | undefined, quick: boolean): Promise<{ report: Report; failed: number }> {
  const report: Report = { ratios: [], limits: [] }
  let failed = 0
  const attempt = async (name: string, work: () => Promise<void>): Promise<void> => {
    say(`${name} …`)
    try {
      await work()
    } catch (error) {
      failed += 1
      say(`${name} could not be measured: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  for (const [name, run] of Object.entries(RATIOS))
    if (only === undefined || only === name)
      await attempt(name, async () => void report.ratios.push(await run({ quick, say })))
  const wanted = Object.entries(LIMITS).filter(([name]) => only === undefined || only === name)
  for (const run of new Set(wanted.map(([, one]) => one))) {
    const names = wanted.filter(([, one]) => one === run).map(([name]) => name)
    await attempt(names.join(', '), async () => {
      report.limits.push(...(await run({ quick, say })).filter(limit => names.includes(limit.name)))
    })
  }
  return { report, failed }
}

async function main(): Promise<number> {
  const names = [...Object.keys(RATIOS), ...Object.keys(LIMITS)]
  let values: { json?: boolean; only?: string; quick?: boolean; help?: boolean }
  try {
    ;({ values } = parseArgs({
      options: {
        json: { type: 'boolean' },
        only: { type: 'string' },
        quick: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }))
  } catch (error) {
    say(`bench: ${(error as Error).message}`)
    return 2
  }
  if (values.help || (values.only !== undefined && !names.includes(values.only))) {
    say(`npm run bench -- [--json] [--quick] [--only NAME], where NAME is one of: ${names.join(', ')}`)
    return values.help ? 0 : 2
  }
  // Libraries that print would break the one document.
  console.log = console.info = console.error
  const { report, failed } = await measure(values.only, values.quick ?? false)
  process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : table(report.ratios, report.limits))
  return failed > 0 ? 1 : 0
}

const code = await main()
process.stdout.write('', () => process.exit(code))

/** Runs as `dealwright run` shows them. */
import type { RunRow, showRun } from '../../server/runs.ts'
import { table } from './table.ts'
import { moment, plural, shortId, withoutAddress } from './words.ts'

export type WholeRun = Awaited<ReturnType<typeof showRun>>

export function describeRuns(runs: readonly RunRow[]): string {
  if (runs.length === 0) return 'No run yet: one begins when something happens that a playbook begins on.'
  return table<RunRow>(
    [
      { head: 'RUN', get: row => shortId(row.id) },
      { head: 'STATUS', get: row => row.status },
      { head: 'PLAYBOOK', get: row => `${row.playbook} v${row.version}`, shrinkTo: 12 },
      { head: 'ABOUT', get: row => row.about, shrinkTo: 10 },
      { head: 'AT', get: row => row.currentKey, shrinkTo: 8 },
      { head: 'OUTCOME', get: row => row.outcome?.replaceAll('_', ' ') ?? row.errorWhy ?? row.errorCode, shrinkTo: 12 },
      { head: 'BEGAN', get: row => moment(row.startedAt) },
    ],
    runs,
  )
}

export function describeRun(run: WholeRun): string {
  const state = run.status === 'paused' ? `stopped at ${run.currentKey}: ${run.errorWhy ?? run.errorCode}` : run.status
  const lines = [
    `${run.playbook}: ${state}${run.outcome ? `, ${run.outcome.replaceAll('_', ' ')}` : ''}`,
    `run ${run.id}, began ${moment(run.startedAt)}${run.endedAt ? `, ended ${moment(run.endedAt)}` : ''}`,
  ]
  if (run.leadId) lines.push(`lead ${run.leadId}`)
  if (run.model && run.model.calls > 0)
    lines.push(`${plural(run.model.calls, 'model call')}, ${run.model.tokens} tokens`)
  if (run.steps.length > 0) lines.push('', steps(run.steps))
  if (run.actions.length > 0) lines.push('', actions(run.actions))
  if (run.status === 'paused') {
    const id = shortId(run.id)
    lines.push(
      '',
      `  dealwright run resume ${id}   try that step again`,
      `  dealwright run skip ${id}     go on without it`,
      `  dealwright run cancel ${id}   end the run`,
    )
  }
  return lines.join('\n')
}

function steps(rows: WholeRun['steps']): string {
  return table(
    [
      { head: 'STEP', get: row => row.key },
      { head: 'KIND', get: row => row.kind.replaceAll('_', ' ') },
      { head: 'STATUS', get: row => row.status },
      { head: 'RESULT', get: row => row.errorWhy ?? row.errorCode ?? resultOf(row.result), shrinkTo: 20 },
      { head: 'TOOK', get: row => took(row.startedAt, row.endedAt), right: true },
    ],
    rows,
  )
}

function actions(rows: WholeRun['actions']): string {
  return table(
    [
      { head: 'ACTION', get: row => shortId(row.id) },
      { head: 'STATUS', get: row => row.status },
      { head: 'WHAT', get: row => withoutAddress(row.summary), shrinkTo: 20 },
      { head: 'WHY', get: row => row.failureWhy, shrinkTo: 12 },
    ],
    rows,
  )
}

/** Ids in short, the rest as it is. */
function resultOf(result: Record<string, unknown> | null): string {
  return Object.entries(result ?? {})
    .filter(([, value]) => value !== null && value !== '')
    .map(
      ([name, value]) =>
        `${name} ${typeof value === 'string' && /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(value) ? shortId(value) : String(value)}`,
    )
    .join(', ')
}

function took(from: string | Date, to: string | Date | null): string | null {
  if (to === null) return null
  const seconds = (new Date(to).getTime() - new Date(from).getTime()) / 1000
  if (seconds < 120) return `${seconds.toFixed(1)} s`
  return seconds < 7_200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3_600)} h`
}

/** The figures for people: name, value, goal, met or by how much not. */
import type { Limit, Ratio } from './types.ts'

/** Ratios where less is better; all limits are of that sort. */
const LESS = new Set(['read_vs_sax', 'growth', 'warm_start', 'list_growth', 'authz_cost'])

export function table(ratios: readonly Ratio[], limits: readonly Limit[]): string {
  const lines = [
    ...ratios.map(({ name, value, goal }) => line(name, value, goal, LESS.has(name))),
    ...limits.map(({ name, value, goal }) => line(name, value, goal, true)),
  ]
  return lines.join('')
}

function line(name: string, value: number, goal: number, less: boolean): string {
  const met = less ? value <= goal : value >= goal
  const off = Math.abs(Math.round((value / goal - 1) * 100))
  return `${name.padEnd(20)} ${String(value).padStart(10)}   ${less ? '≤' : '≥'} ${String(goal).padEnd(8)} ${met ? 'met' : `missed by ${off} %`}\n`
}

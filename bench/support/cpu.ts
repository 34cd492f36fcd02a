/** Processor time of an installation's parts, which a busy machine does not stretch as it does the clock. Linux only. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { readRun, type Home } from '../../scripts/home.ts'

/** Seconds by part. `Postgres` stands for all its processes. */
export type Cpu = Record<string, number>

/** Ticks a second in /proc: a constant of the kernel's interface. */
const TICKS = 100

/** Null where the kernel does not tell. */
export async function cpuOf(home: Home, others: Record<string, number> = {}): Promise<Cpu | null> {
  if (!existsSync('/proc/self/stat')) return null
  const parts = { ...(await readRun(home))?.parts, ...others, bench: process.pid }
  const postgres = (parts as Record<string, number>).Postgres
  const cpu: Cpu = {}
  for (const [name, pid] of Object.entries(parts)) cpu[name] = statOf(pid)?.seconds ?? 0
  for (const entry of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
    const stat = statOf(Number(entry))
    if (stat && stat.parent === postgres) cpu.Postgres = (cpu.Postgres ?? 0) + stat.seconds
  }
  return cpu
}

/** Milliseconds of each part between two looks, for each of `count` things done. */
export function spent(before: Cpu | null, after: Cpu | null, count: number): Record<string, number> | null {
  if (!before || !after) return null
  const parts = Object.entries(after).map(([name, seconds]): [string, number] => [
    name,
    Math.round(((seconds - (before[name] ?? 0)) / count) * 10_000) / 10,
  ])
  return Object.fromEntries(parts.filter(([, milliseconds]) => milliseconds > 0))
}

/** Its own time and that of children it has waited for. */
function statOf(pid: number): { parent: number; seconds: number } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    const ticks = [11, 12, 13, 14].reduce((sum, field) => sum + (fields[field] ?? 0), 0)
    return { parent: fields[1] ?? 0, seconds: ticks / TICKS }
  } catch {
    return null // ended meanwhile
  }
}

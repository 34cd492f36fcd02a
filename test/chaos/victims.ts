/** Whom to kill, and how. Only processes that this one started: a part is recognised by its id and its parent. */
import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Random } from '../world/random.ts'

export const PARTS = ['worker', 'Temporal', 'Postgres', 'server'] as const
export type PartName = (typeof PARTS)[number]

/** `backend`: one connection's process, after which Postgres throws all others out and recovers. */
const WAYS = ['postmaster', 'backend', 'postmaster and children'] as const
type Way = 'process' | (typeof WAYS)[number]

interface Process {
  pid: number
  parent: number
  command: string
}

const PATIENCE_MS = 90_000

/** Kills the part by SIGKILL, waiting for it to run if it is just being started again. Returns how; Postgres dies in each way in turn. */
export async function kill(
  name: PartName,
  parts: () => Promise<Record<string, number>>,
  random: Random,
  turn = 0,
): Promise<Way> {
  const end = Date.now() + PATIENCE_MS
  for (;;) {
    const pid = (await parts())[name]
    const table = processes()
    const part = table.find(one => one.pid === pid && one.parent === process.pid)
    if (part)
      return name === 'Postgres' ? killPostgres(part, table, WAYS[turn % WAYS.length] as Way, random) : killOne(part)
    if (Date.now() > end) throw new Error(`${name} does not run: process ${pid} is none of ours`)
    await sleep(50)
  }
}

function killOne({ pid }: Process): Way {
  process.kill(pid, 'SIGKILL')
  return 'process'
}

function killPostgres(postmaster: Process, table: Process[], way: Way, random: Random): Way {
  const children = table.filter(one => one.parent === postmaster.pid)
  // The names of clients' processes hold the client's address.
  const backends = children.filter(one => /\d+\.\d+\.\d+\.\d+\(\d+\)/.test(one.command))
  const backend = backends.length > 0 ? random.pick(backends) : null
  if (way === 'backend' && backend) {
    signal(backend.pid)
    return way
  }
  signal(postmaster.pid)
  if (way === 'postmaster and children') for (const child of children) signal(child.pid)
  return way === 'backend' ? 'postmaster' : way
}

function signal(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    // A child that has ended with its postmaster in the meantime.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

function processes(): Process[] {
  return process.platform === 'linux' ? fromProc() : fromPs()
}

function fromProc(): Process[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(name => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
        const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
        if (state === 'Z') return []
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ')
        return [{ pid: Number(name), parent: Number(parent), command }]
      } catch {
        return [] // ended while we looked
      }
    })
}

function fromPs(): Process[] {
  const text = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,command='], { encoding: 'utf8' })
  return text.split('\n').flatMap(line => {
    const found = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line)
    return found ? [{ pid: Number(found[1]), parent: Number(found[2]), command: found[3] ?? '' }] : []
  })
}

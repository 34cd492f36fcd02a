/** Keeps the parts of an installation running: starts them, restarts what ends, stops all in reverse order. */
import { setTimeout as sleep } from 'node:timers/promises'
import { DealwrightError } from '../../domain/errors.ts'
import type { Exit } from './process.ts'

export interface Running {
  pid: number
  exited: Promise<Exit>
  stop: () => Promise<void>
}

export interface Part<T extends Running = Running> {
  name: string
  /** `again` is true when it replaces one that ended: addresses given to others must then stay the same. */
  start: (again: boolean) => Promise<T>
}

export interface Supervisor {
  /** Starts a part and keeps it running from then on. Rejects when the first start fails. */
  run: <T extends Running>(part: Part<T>) => Promise<T>
  pids: () => Record<string, number>
  /** Settles (never rejects) with the reason when a part cannot be kept running. */
  broken: Promise<Error>
  /** Stops all, last started first; safe to call twice. */
  stop: () => Promise<void>
}

const FIRST_PAUSE_MS = 200
const LONGEST_PAUSE_MS = 10_000
/** A part that ran this long before it ended was well: it begins again with the shortest pause, and its failures before are forgotten. */
const HEALTHY_MS = 10_000
const MOST_FAILURES = 8
const OBSTACLE_PAUSE_MS = 1_000

interface Kept {
  part: Part
  running: Running
}

export interface SuperviseOptions {
  say: (line: string) => void
  /** After a part was replaced: its process id is another. */
  onChange?: () => void
  /** Why no part could be started now, as for want of room on the disk; while there is a reason, ended parts wait. */
  obstacle?: () => string | null
  /** Waits that many milliseconds; a test's own clock. */
  pause?: (ms: number) => Promise<unknown>
}

export function supervise(options: SuperviseOptions): Supervisor {
  const pause = options.pause ?? sleep
  const obstacle = options.obstacle ?? (() => null)
  const kept: Kept[] = []
  let stopping: Promise<void> | null = null
  let giveUp: (reason: Error) => void = () => {}
  const broken = new Promise<Error>(resolve => {
    giveUp = resolve
  })

  async function keep(entry: Kept): Promise<void> {
    let failures = 0
    for (;;) {
      const since = Date.now()
      const exit = await entry.running.exited
      if (stopping) return
      failures = Date.now() - since > HEALTHY_MS ? 1 : failures + 1
      options.say(`${entry.part.name} ended (${exit.signal ?? `exit ${exit.code}`}); starting it again`)
      for (;;) {
        if (failures > MOST_FAILURES) {
          giveUp(
            new DealwrightError(
              'unavailable',
              `${entry.part.name} keeps ending: see its log in the home's logs folder`,
            ),
          )
          return
        }
        await pause(Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS))
        if (await held(entry.part.name)) failures = 1
        if (stopping) return
        try {
          entry.running = await entry.part.start(true)
          break
        } catch (error) {
          failures++
          options.say(`${entry.part.name} did not start: ${(error as Error).message}`)
        }
      }
      if (stopping) {
        // The stop did not see this one.
        await entry.running.stop()
        return
      }
      options.say(`${entry.part.name} runs again`)
      options.onChange?.()
    }
  }

  /** Waits while something stands against every start; whether it had to. */
  async function held(name: string): Promise<boolean> {
    for (let waited = false; ; waited = true) {
      const why = stopping ? null : obstacle()
      if (why === null) return waited
      if (!waited) options.say(`${name} is started again later: ${why}`)
      await pause(OBSTACLE_PAUSE_MS)
    }
  }

  async function stopAll(): Promise<void> {
    for (const { running } of kept.toReversed()) await running.stop()
  }

  return {
    async run(part) {
      const running = await part.start(false)
      const entry: Kept = { part, running }
      kept.push(entry)
      void keep(entry)
      return running
    },
    pids: () => Object.fromEntries(kept.map(({ part, running }) => [part.name, running.pid])),
    broken,
    stop() {
      stopping ??= stopAll()
      return stopping
    },
  }
}

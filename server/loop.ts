/** Work that is done when noticed and, in case a notice was lost, every so often. Never twice at once; an error waits for the next turn. */
import type { Logger } from 'pino'

export interface Loop {
  /** Asks for a turn now, or right after the one that is under way. */
  poke(): void
  /** Ends after the turn under way. */
  stop(): Promise<void>
}

/** `turn` returns how much it did: as long as that is more than nothing, it is called again at once. */
export function startLoop(name: string, everyMs: number, turn: () => Promise<number>, log: Logger): Loop {
  const stop = new AbortController()
  const stopped = (): boolean => stop.signal.aborted
  let asked = false
  let wait: { timer: NodeJS.Timeout; go: () => void } | undefined

  async function run(): Promise<void> {
    while (!stopped()) {
      asked = false
      let done = 0
      try {
        done = await turn()
      } catch (error) {
        log.warn(
          {
            loop: name,
            code: (error as { code?: unknown }).code,
            error: error instanceof Error ? error.message : 'unknown',
          },
          'turn failed',
        )
      }
      if (done > 0 || asked || stopped()) continue
      await new Promise<void>(resolve => {
        wait = { timer: setTimeout(resolve, everyMs), go: resolve }
      })
      clearTimeout(wait?.timer)
      wait = undefined
    }
  }
  const running = run()
  return {
    poke() {
      asked = true
      wait?.go()
    },
    async stop() {
      stop.abort()
      wait?.go()
      await running
    },
  }
}

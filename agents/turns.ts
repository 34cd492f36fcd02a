/** At most so many pieces of work at once; the others wait in line, first come first served. */

export interface Turns {
  /** Runs `work` when there is room. Gives up waiting, with the signal's reason, when `signal` aborts. */
  take<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>
}

export function createTurns(atOnce: number): Turns {
  let free = atOnce
  const line: (() => void)[] = []

  /** Room passes straight to whoever is next, so that a newcomer cannot slip in between. */
  function leave(): void {
    const next = line.shift()
    if (next) next()
    else free += 1
  }

  function enter(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted()
    if (free > 0) {
      free -= 1
      return Promise.resolve()
    }
    return new Promise((resolve, reject) => {
      const go = (): void => {
        signal?.removeEventListener('abort', stop)
        resolve()
      }
      function stop(): void {
        line.splice(line.indexOf(go), 1)
        reject(signal?.reason as Error)
      }
      line.push(go)
      signal?.addEventListener('abort', stop, { once: true })
    })
  }

  return {
    async take(work, signal) {
      await enter(signal)
      try {
        return await work()
      } finally {
        leave()
      }
    },
  }
}

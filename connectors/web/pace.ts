/** One request at a time per host, with a pause after each. Holds for one process: workers pace on their own. */
import { DealwrightError } from '../../domain/errors.ts'

export interface PaceOptions {
  /** Milliseconds since some fixed instant. */
  now: () => number
  sleep: (ms: number, signal?: AbortSignal) => Promise<void>
  /** A turn that would come later than this is refused with `web_pace`, so that nobody sits on a worker's slot. */
  maxWaitMs: number
}

interface Host {
  tail: Promise<void>
  waiting: number
  /** Not before this instant. */
  nextAt: number
}

/** Hosts remembered before idle ones are forgotten. */
const MANY_HOSTS = 1_000

export class Pace {
  private readonly hosts = new Map<string, Host>()
  private readonly options: PaceOptions

  constructor(options: PaceOptions) {
    this.options = options
  }

  /** Runs `work` when it is the caller's turn at `host`; the next turn comes `delayMs` after it has ended. */
  async turn<T>(host: string, delayMs: number, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    const state = this.stateOf(host)
    this.refuseLongWait(host, state, delayMs)
    const before = state.tail
    let release = (): void => {}
    state.tail = new Promise(resolve => {
      release = resolve
    })
    state.waiting += 1
    try {
      await untilAborted(before, signal)
      const wait = state.nextAt - this.options.now()
      if (wait > 0) await this.options.sleep(wait, signal)
      signal?.throwIfAborted()
      try {
        return await work()
      } finally {
        state.nextAt = Math.max(state.nextAt, this.options.now() + delayMs)
      }
    } finally {
      state.waiting -= 1
      // One that gives up waiting must not let the next pass those still ahead of it.
      void before.then(release)
      this.forgetIdle()
    }
  }

  /** No request to this host for a while, as its server asked. */
  postpone(host: string, ms: number): void {
    const state = this.stateOf(host)
    state.nextAt = Math.max(state.nextAt, this.options.now() + ms)
  }

  private stateOf(host: string): Host {
    let state = this.hosts.get(host)
    if (state === undefined) {
      state = { tail: Promise.resolve(), waiting: 0, nextAt: 0 }
      this.hosts.set(host, state)
    }
    return state
  }

  private refuseLongWait(host: string, state: Host, delayMs: number): void {
    const wait = Math.max(0, state.nextAt - this.options.now()) + state.waiting * delayMs
    if (wait <= this.options.maxWaitMs) return
    const message = `${host}: the next request may go out in ${Math.ceil(wait / 1_000)} s; try again then`
    throw new DealwrightError('web_pace', message, { details: { host, retryAfterMs: Math.ceil(wait) } })
  }

  private forgetIdle(): void {
    if (this.hosts.size <= MANY_HOSTS) return
    const now = this.options.now()
    for (const [name, state] of this.hosts) if (state.waiting === 0 && state.nextAt <= now) this.hosts.delete(name)
  }
}

function untilAborted(promise: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return promise
  signal.throwIfAborted()
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason)))
    signal.addEventListener('abort', stop, { once: true })
    void promise.then(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    })
  })
}

/**
 * Changes that leave a moment later, so that they can be taken back: what one decides is off the list at once, and is sent when the
 * moment is over, the page is left, or the tab is closed. What the server then refuses comes back to the list with the reason.
 */
import { createStore } from '../app/store.ts'
import { toast, toastProblem } from './toast.tsx'

const MOMENT_MS = 5_000

interface Held {
  timer: ReturnType<typeof setTimeout>
  send: () => Promise<void>
}

const waiting = new Map<string, Held>()
/** Ids of what one has decided: kept until the list itself no longer has them. */
export const decided = createStore<ReadonlySet<string>>(new Set())

interface Change {
  /** Ids of the records that it is about: off the list at once. */
  ids: readonly string[]
  /** What the message says, as done. */
  said: string
  send: () => Promise<unknown>
  /** After it was taken back, or was refused. */
  back?: () => void
}

export function hold({ ids, said, send, back }: Change): void {
  const name = ids.join(' ')
  if (waiting.has(name)) return
  const finish = async () => {
    clearTimeout(waiting.get(name)?.timer)
    if (!waiting.delete(name)) return
    try {
      await send()
    } catch (error) {
      forget(ids)
      back?.()
      toastProblem(error)
    }
  }
  decided.set(now => new Set([...now, ...ids]))
  waiting.set(name, { timer: setTimeout(() => void finish(), MOMENT_MS), send: finish })
  toast({
    message: said,
    undo: () => {
      clearTimeout(waiting.get(name)?.timer)
      if (!waiting.delete(name)) return
      forget(ids)
      back?.()
    },
  })
}

/** They count as not decided again. */
export function forget(ids: readonly string[]): void {
  decided.set(now => new Set([...now].filter(id => !ids.includes(id))))
}

/** Sends at once whatever still waits. */
export function sendHeld(): Promise<unknown> {
  return Promise.all([...waiting.values()].map(({ send }) => send()))
}

addEventListener('pagehide', () => void sendHeld())

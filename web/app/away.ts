/** Whether the server answers. While it does not, it is asked again, slower and slower; when it is back, everything is read anew. */
import { createStore } from './store.ts'

export interface Away {
  /** How often it was asked in vain. */
  tries: number
  nextAt: number
}

export const away = createStore<Away | null>(null)

const FIRST_MS = 1_000
const LONGEST_MS = 15_000
let timer: ReturnType<typeof setTimeout> | undefined
const returns = new Set<() => void>()

/** Calls `back` each time that the server has come back. Returns what ends it. */
export function onReturn(back: () => void): () => void {
  returns.add(back)
  return () => void returns.delete(back)
}

export function noteAway(): void {
  if (away.get() === null) wait(0)
}

/** A connection broke, which is no sign yet: asked once, quietly. */
export function suspectAway(): void {
  if (away.get() === null) void ask()
}

export function askNow(): void {
  clearTimeout(timer)
  void ask()
}

function wait(tries: number): void {
  const ms = Math.min(LONGEST_MS, FIRST_MS * 2 ** tries)
  away.set({ tries, nextAt: Date.now() + ms })
  timer = setTimeout(() => void ask(), ms)
}

async function ask(): Promise<void> {
  const answers = await fetch('/healthz', { cache: 'no-store' }).then(
    answer => answer.ok,
    () => false,
  )
  if (!answers) return wait((away.get()?.tries ?? -1) + 1)
  if (away.get() === null) return
  away.set(null)
  for (const back of returns) back()
}

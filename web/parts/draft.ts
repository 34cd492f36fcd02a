/** What one types, kept in this browser until it is saved: through a reload, a server that is away, a session that ended. */
import { useCallback, useState } from 'react'
import { useMe } from '../app/session.tsx'

const PREFIX = 'dealwright draft '
const KEPT_MS = 30 * 86_400_000

interface Kept<T> {
  value: T
  at: number
  /** What it was made from, so that a change of that meanwhile is seen. */
  base: string
}

export interface Draft<T> {
  value: T
  set: (value: T) => void
  /** Saved, or thrown away. */
  clear: () => void
  /** It was typed before, and found again. */
  found: boolean
  /** What it was made from has changed since. */
  overtaken: boolean
}

/**
 * @param name of what is typed, e.g. `reply to 3f…`; of this person alone
 * @param initial before anything was typed
 * @param base the version it is made from (an ETag, a hash)
 */
export function useDraft<T>(name: string, initial: T, base = ''): Draft<T> {
  const me = useMe()
  const key = `${PREFIX}${me.id} ${name}`
  const [state, setState] = useState(() => ({ key, kept: read<T>(key), found: read<T>(key) !== null }))
  const now = state.key === key ? state : { key, kept: read<T>(key), found: read<T>(key) !== null }
  if (now !== state) setState(now)
  const set = useCallback(
    (value: T) => {
      const kept = { value, at: Date.now(), base }
      write(key, kept)
      setState(before => ({ ...before, kept }))
    },
    [key, base],
  )
  const clear = useCallback(() => {
    localStorage.removeItem(key)
    setState({ key, kept: null, found: false })
  }, [key])
  return {
    value: now.kept?.value ?? initial,
    set,
    clear,
    found: now.found,
    overtaken: now.kept !== null && now.kept.base !== base,
  }
}

function read<T>(key: string): Kept<T> | null {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? 'null') as Kept<T> | null
    return kept !== null && Date.now() - kept.at < KEPT_MS ? kept : null
  } catch {
    return null
  }
}

function write(key: string, kept: Kept<unknown>): void {
  try {
    localStorage.setItem(key, JSON.stringify(kept))
  } catch {
    // The browser keeps nothing, or is full: the text still stands in the page.
  }
}

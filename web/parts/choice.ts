/** Which row of a list is the chosen one; moved by keys, and staying in its place when its row goes. */
import { useEffect, useRef } from 'react'

export interface Choice<T> {
  chosen: T | undefined
  index: number
  choose: (id: string) => void
  /** By so many rows down, or up. */
  move: (by: number) => void
}

/**
 * @param id of the chosen row, which the page keeps (in its address); undefined: the first
 * @param set keeps another
 */
export function useChoice<T extends { id: string }>(
  rows: readonly T[],
  id: string | undefined,
  set: (id: string) => void,
): Choice<T> {
  const last = useRef<{ id: string | undefined; index: number }>({ id: undefined, index: 0 })
  const found = rows.findIndex(row => row.id === id)
  const index = found >= 0 ? found : Math.min(last.current.index, rows.length - 1)
  const chosen = rows[index]
  // Its row has gone: the one that took its place is chosen. One that was never there is not this list's.
  const moved = found < 0 && id !== undefined && id === last.current.id ? chosen?.id : undefined
  useEffect(() => {
    if (found >= 0) last.current = { id, index: found }
    if (moved !== undefined) set(moved)
  })
  return {
    chosen,
    index,
    choose: set,
    move: by => {
      const next = rows[Math.max(0, Math.min(rows.length - 1, index + by))]
      if (next) set(next.id)
    },
  }
}

/**
 * A list that does not move under one's hands: what changes on the server changes in place, what is new waits behind a button, and what
 * one has decided oneself (held.ts) is gone at once.
 */
import { useCallback, useEffect, useMemo, useState } from 'react'
import { decided, forget } from './held.ts'

export interface Steady<T> {
  /** In the order in which one first saw them. */
  shown: readonly T[]
  /** How many are new on the server and not shown yet. */
  fresh: number
  /** Shown, and no longer there on the server: somebody else has dealt with them. */
  gone: ReadonlySet<string>
  /** Shows the list as it is now. */
  renew: () => void
}

/**
 * @param items as they came last; undefined: not yet
 * @param of another value is another list: it is shown as it comes
 */
export function useSteady<T extends { id: string }>(items: readonly T[] | undefined, of: string): Steady<T> {
  const hidden = decided.use()
  const [held, setHeld] = useState<{ of: string; items: readonly T[] }>({ of, items: [] })
  // Nothing is looked at: what comes may be shown as it comes.
  const idle = held.of !== of || held.items.every(({ id }) => hidden.has(id))
  if (items && idle && items !== held.items) setHeld({ of, items })
  const now = useMemo(() => (items ? new Map(items.map(item => [item.id, item])) : null), [items])
  useEffect(() => {
    if (!now) return
    const settled = held.items.filter(({ id }) => hidden.has(id) && !now.has(id)).map(({ id }) => id)
    if (settled.length === 0) return
    setHeld(before => ({ ...before, items: before.items.filter(({ id }) => !settled.includes(id)) }))
    forget(settled)
  }, [now, held, hidden])
  const renew = useCallback(() => {
    if (items) setHeld({ of, items })
  }, [items, of])
  return useMemo(() => {
    const known = new Set(held.items.map(({ id }) => id))
    const shown = held.items.filter(({ id }) => !hidden.has(id)).map(item => now?.get(item.id) ?? item)
    return {
      shown,
      fresh: [...(now?.keys() ?? [])].filter(id => !known.has(id) && !hidden.has(id)).length,
      gone: new Set(now ? shown.filter(({ id }) => !now.has(id)).map(({ id }) => id) : []),
      renew,
    }
  }, [held, now, hidden, renew])
}

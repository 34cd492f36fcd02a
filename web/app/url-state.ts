/** What a page shows, kept in its address: reload, back and a sent link show the same. */
import { useCallback } from 'react'
import { useSearchParams } from 'wouter'

/**
 * @param defaults every name with what it means when the address does not have it; a value is taken out of the address when it is that
 * @example const [view, setView] = useUrlState({ status: '', q: '' }); setView({ status: 'new' })
 */
export function useUrlState<S extends Record<string, string>>(defaults: S): [S, (change: Partial<S>) => void] {
  const [params, setParams] = useSearchParams()
  const state = Object.fromEntries(
    Object.entries(defaults).map(([name, value]) => [name, params.get(name) ?? value]),
  ) as S
  const set = useCallback(
    (change: Partial<S>) =>
      setParams(
        now => {
          const next = new URLSearchParams(now)
          for (const [name, value] of Object.entries(change)) {
            if (value === undefined || value === defaults[name]) next.delete(name)
            else next.set(name, value)
          }
          return next
        },
        { replace: true },
      ),
    // Defaults are the same for the life of a page.
    [setParams], // eslint-disable-line
  )
  return [state, set]
}

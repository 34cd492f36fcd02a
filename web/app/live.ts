/**
 * What changes on the server, as it changes: queries whose area it touches are read anew, at most once in a while. One tab of a browser
 * holds the connection and tells the others, since a browser opens only a few to one server.
 */
import { useEffect } from 'react'
import type { QueryClient } from '@tanstack/react-query'
import { suspectAway } from './away.ts'
import { noteSignedOut } from './session-state.ts'

/** By what an event is about: the areas (first words of query keys) that show it. */
const AREAS: Record<string, readonly string[]> = {
  action: ['approvals', 'actions', 'today', 'held', 'records'],
  lead: ['leads', 'today', 'records'],
  account: ['accounts', 'records'],
  contact: ['contacts', 'records'],
  deal: ['deals', 'today', 'suggestions', 'records'],
  task: ['tasks', 'today', 'records'],
  run: ['runs', 'today', 'records'],
  message: ['messages', 'inbox', 'today', 'records'],
  import_job: ['imports'],
  stop: ['stops', 'held'],
  playbook_version: ['playbooks'],
}

/** Events come in bursts. */
const GATHER_MS = 400
const AGAIN_MS = 4_000

type Told = { kind: 'change'; target: string } | { kind: 'reset' }

export function useLive(client: QueryClient, enabled: boolean): void {
  useEffect(() => {
    if (!enabled) return undefined
    const touched = new Set<string>()
    let timer: ReturnType<typeof setTimeout> | undefined
    const take = (told: Told) => {
      for (const area of told.kind === 'reset' ? ['*'] : (AREAS[told.target] ?? [`${told.target}s`])) touched.add(area)
      timer ??= setTimeout(() => {
        timer = undefined
        const areas = new Set(touched)
        touched.clear()
        void client.invalidateQueries(
          areas.has('*') ? {} : { predicate: ({ queryKey }) => areas.has(String(queryKey[0])) },
        )
      }, GATHER_MS)
    }
    const others = new BroadcastChannel('dealwright live')
    others.addEventListener('message', ({ data }: MessageEvent<Told>) => take(data))
    const end = new AbortController()
    const tell = (told: Told) => {
      take(told)
      others.postMessage(told)
    }
    void holdAlone(end.signal, () => listen(end.signal, tell))
    return () => {
      end.abort()
      clearTimeout(timer)
      others.close()
    }
  }, [client, enabled])
}

/** In one tab at a time; a browser without locks (a page that is neither https nor this machine's) holds one in each. */
async function holdAlone(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  if (!('locks' in navigator)) return work()
  try {
    await navigator.locks.request('dealwright live', { signal }, work)
  } catch {
    // The tab went away while it waited.
  }
}

/** Until `signal` ends it, or the session does. */
function listen(signal: AbortSignal, tell: (told: Told) => void): Promise<void> {
  return new Promise(resolve => {
    let source: EventSource
    let again: ReturnType<typeof setTimeout> | undefined
    const end = () => {
      clearTimeout(again)
      source?.close()
      resolve()
    }
    const begin = () => {
      // It connects again by itself, with the id of the last event: nothing is missed then. What happened between the page's first look
      // and the first word of a connection is not told, so all is looked at once more.
      source = new EventSource('/api/live')
      source.addEventListener('hello', () => tell({ kind: 'reset' }), { once: true })
      source.addEventListener('change', event => tell({ kind: 'change', target: fieldOf(event.data, 'target') }))
      source.addEventListener('reset', () => tell({ kind: 'reset' }))
      source.addEventListener('end', event => {
        source.close()
        if (fieldOf(event.data, 'code') !== 'not_signed_in') return beginLater()
        noteSignedOut()
        end()
      })
      source.addEventListener('error', () => {
        suspectAway()
        // Refused rather than broken: the browser does not try again.
        if (source.readyState === EventSource.CLOSED) beginLater()
      })
    }
    const beginLater = () => {
      clearTimeout(again)
      again = setTimeout(begin, AGAIN_MS)
    }
    if (signal.aborted) return resolve()
    signal.addEventListener('abort', end)
    begin()
  })
}

function fieldOf(data: unknown, name: string): string {
  const fields = JSON.parse(String(data)) as Record<string, unknown>
  return String(fields[name])
}

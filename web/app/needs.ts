/** What needs whoever looks: counted for the navigation and the title, told by the bell, and which of it they have not looked at yet. */
import { useEffect, useMemo } from 'react'
import { useQuery } from '@tanstack/react-query'
import { answered, api, type TodayItem, type Waiting } from '../api/here.ts'
import { shortSummary } from '../parts/format.ts'
import { decided } from '../parts/held.ts'
import { useMay } from './may.ts'
import { needCount } from './need-count.ts'
import { to } from './paths.ts'
import { useMe } from './session.tsx'
import { createStore } from './store.ts'

export interface Need {
  /** Of this kind and record: the same for as long as it needs one. */
  key: string
  word: string
  title: string
  why: string
  href: string
}

export interface Needs {
  items: readonly Need[]
  /** By the address of a page in the navigation. */
  counts: Readonly<Record<string, number>>
  /** There are more approvals than were counted. */
  more: boolean
  unread: ReadonlySet<string>
  /** They were looked at, all of them. */
  markSeen: () => void
}

/** Enough for a badge; the page itself has them all. */
const COUNTED = 25
/** Of Today what is told by the bell: what somebody waits for, not what merely falls due. */
const TOLD: Readonly<Record<string, string>> = {
  uncertain: 'Uncertain mail',
  reply: 'Reply',
  paused_run: 'Failed run',
  task: 'Task',
}

export function useNeeds(): Needs {
  const me = useMe()
  const may = useMay()
  const hidden = decided.use()
  const today = useQuery({ queryKey: ['today'], queryFn: async () => (await answered(api.today.$get())).data })
  const approvals = useQuery({
    queryKey: ['approvals', 'counted'],
    queryFn: async () => (await answered(api.approvals.$get({ query: { limit: String(COUNTED) } }))).data,
    enabled: may('action.decide'),
  })
  const [seen, keep] = useSeen(me.id)
  const needs = useMemo(() => {
    const waiting = (approvals.data?.items ?? []).filter(({ id }) => !hidden.has(id))
    const day = (today.data ?? []).filter(({ id }) => !hidden.has(id))
    const mine = day.filter(({ owner, kind }) => owner === null || owner === me.name || kind !== 'task')
    const items = [
      ...waiting.map(ofApproval),
      ...mine.filter(({ kind }) => kind in TOLD && (kind !== 'paused_run' || may('run.steer'))).map(ofToday),
    ]
    const replies = day.filter(({ kind }) => kind === 'reply').length
    const failed = day.filter(({ kind }) => kind === 'paused_run').length
    return {
      items,
      more: typeof approvals.data?.next === 'string',
      counts: {
        [to.today()]: day.length,
        [to.approvals()]: waiting.length,
        '/inbox': replies,
        '/runs': failed,
      },
    }
    // What a role may does not change while the page is open.
  }, [today.data, approvals.data, hidden, me.name]) // eslint-disable-line
  const unread = useMemo(
    () => new Set(needs.items.map(({ key }) => key).filter(key => !seen.has(key))),
    [needs.items, seen],
  )
  const known = today.data !== undefined
  useEffect(() => {
    if (known) needCount.set(unread.size)
  }, [unread, known])
  return { ...needs, unread, markSeen: () => keep(new Set(needs.items.map(({ key }) => key))) }
}

const CAPACITIES: Partial<Record<Waiting['capacity'], string>> = {
  delegated: 'Handed to you',
  escalated: 'Passed on to you',
  deputy: 'As deputy',
}

function ofApproval({ id, summary, capacity, for: principal, target, questions }: Waiting): Need {
  const whose = principal ? ` for ${principal}` : ''
  return {
    key: `approval ${id} ${capacity} ${questions}`,
    word: `${CAPACITIES[capacity] ?? 'Approval'}${whose}`,
    title: shortSummary(summary),
    why: questions > 0 ? 'A question about it is open' : (target ?? ''),
    href: to.approvals(id),
  }
}

function ofToday({ kind, id, title, reason }: TodayItem): Need {
  return {
    key: `${kind} ${id}`,
    word: TOLD[kind] ?? '',
    title: shortSummary(title),
    why: reason,
    href: kind === 'paused_run' ? to.run(id) : to.today(id),
  }
}

/** Kept in this browser, for this person; other tabs hear of it. */
const seenNow = createStore<{ of: string; keys: ReadonlySet<string> }>({ of: '', keys: new Set() })
const placeOf = (userId: string) => `dealwright seen ${userId}`

function useSeen(userId: string): [ReadonlySet<string>, (keys: ReadonlySet<string>) => void] {
  const now = seenNow.use()
  useEffect(() => {
    const read = () => seenNow.set({ of: userId, keys: readSeen(userId) })
    const heard = ({ key }: StorageEvent) => {
      if (key === placeOf(userId)) read()
    }
    read()
    addEventListener('storage', heard)
    return () => removeEventListener('storage', heard)
  }, [userId])
  const keep = (keys: ReadonlySet<string>) => {
    seenNow.set({ of: userId, keys })
    try {
      localStorage.setItem(placeOf(userId), JSON.stringify([...keys]))
    } catch {
      // The browser keeps nothing: it counts until the tab is closed.
    }
  }
  return [now.of === userId ? now.keys : readSeen(userId), keep]
}

function readSeen(userId: string): ReadonlySet<string> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(placeOf(userId)) ?? '[]')
    return new Set(Array.isArray(kept) ? kept.map(String) : [])
  } catch {
    return new Set()
  }
}

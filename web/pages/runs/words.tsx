/** Runs and their steps in the words of people. */
import { Badge } from '@mantine/core'
import type { api, Answer, Item } from '../../api/here.ts'
import { formatMoney, formatNumber, inWords } from '../../parts/format.ts'

export type RunRow = Item<typeof api.runs.$get>
export type Run = Answer<(typeof api.runs)[':id']['$get']>
export type RunStep = Run['steps'][number]

/** In the order in which they need people. */
export const STATUSES = {
  paused: { word: 'Stopped', color: 'red' },
  running: { word: 'At work', color: 'blue' },
  waiting: { word: 'Waits', color: 'gray' },
  completed: { word: 'Done', color: 'green' },
  cancelled: { word: 'Cancelled', color: 'gray' },
} as const

export function RunBadge({ status }: { status: string }) {
  const { word, color } = STATUSES[status as keyof typeof STATUSES] ?? { word: inWords(status), color: 'gray' }
  return (
    <Badge color={color} variant={status === 'paused' ? 'light' : 'dot'}>
      {word}
    </Badge>
  )
}

/** Where a run stands, or how it ended, on one line. */
export function standOf({ status, outcome, currentKey, errorWhy, errorCode }: RunRow | Run): string {
  if (status === 'paused')
    return `${stepName(currentKey)}: ${errorWhy ?? (errorCode ? inWords(errorCode) : 'it failed')}`
  if (outcome !== null) return inWords(outcome)
  return currentKey === null ? 'Begins' : stepName(currentKey)
}

/** `late_reply#2` → `Late reply, second time`; `choose@31` → `The choice in line 31`. */
export function stepName(key: string | null): string {
  if (key === null) return 'A step'
  const choice = /^choose@(\d+)$/.exec(key)
  if (choice) return `The choice in line ${choice[1]}`
  const [id = key, visit = '1'] = key.split('#')
  return visit === '1' ? inWords(id) : `${inWords(id)}, time ${visit}`
}

const STEP_WORDS: Record<string, string> = {
  pending: 'Under way',
  done: 'Done',
  failed: 'Failed',
  skipped: 'Skipped',
  cancelled: 'Withdrawn',
}
export const stepStatus = (status: string): string => STEP_WORDS[status] ?? inWords(status)

/** From one instant to another, in two units at most: `3 d 4 h`, `12 s`. */
export function took(from: string, to: string): string {
  const seconds = Math.max(0, (Date.parse(to) - Date.parse(from)) / 1_000)
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  const units = [
    ['d', 86_400],
    ['h', 3_600],
    ['min', 60],
    ['s', 1],
  ] as const
  const first = units.findIndex(([, size]) => seconds >= size)
  const parts: string[] = []
  let left = Math.round(seconds)
  for (const [unit, size] of units.slice(first, first + 2)) {
    const n = Math.floor(left / size)
    left -= n * size
    if (n > 0) parts.push(`${n} ${unit}`)
  }
  return parts.join(' ')
}

type Spent = Run['model']

/** What models took: calls, tokens, and money where there is a price; null: nothing. */
export function spentWords(spent: Spent | null): string | null {
  if (spent === null || spent.calls === 0) return null
  const calls = spent.calls === 1 ? 'one model call' : `${formatNumber(spent.calls)} model calls`
  const parts = [calls, `${formatNumber(spent.tokens)} tokens`]
  if (spent.micros > 0)
    parts.push(spent.micros < 10_000 ? 'less than a cent' : formatMoney(Math.round(spent.micros / 10_000), 'USD'))
  return parts.join(' · ')
}

/** A timeline's lines: what one person or run changed in one go, for one reason, is one of them. */
import type { Happening } from './record.ts'

export interface Line {
  id: string
  first: Happening
  /** More than one only of changed fields. */
  all: Happening[]
}

const TOGETHER_MS = 60_000

/** @param items newest first */
export function lines(items: readonly Happening[]): Line[] {
  const all: Line[] = []
  for (const item of items) {
    const last = all.at(-1)
    if (last && belongs(item, last.first)) last.all.push(item)
    else all.push({ id: item.id, first: item, all: [item] })
  }
  return all
}

const belongs = (item: Happening, first: Happening): boolean =>
  item.kind === 'change' &&
  first.kind === 'change' &&
  item.who === first.who &&
  item.text === first.text &&
  item.runId === first.runId &&
  item.status === first.status &&
  Date.parse(first.at) - Date.parse(item.at) < TOGETHER_MS

/** Which lines went, came and stayed from one text to the next: by their longest common run of lines. */
interface Part {
  change: 'same' | 'added' | 'removed'
  text: string
}

/** @returns parts in order, each of whole lines */
export function linesChanged(before: string, after: string): Part[] {
  const [old, now] = [before.split('\n'), after.split('\n')]
  const longest = commonLengths(old, now)
  const parts: Part[] = []
  const put = (change: Part['change'], line: string) => {
    const last = parts.at(-1)
    if (last?.change === change) last.text += `\n${line}`
    else parts.push({ change, text: line })
  }
  let [i, j] = [0, 0]
  while (i < old.length || j < now.length) {
    const [left, right] = [old[i], now[j]]
    if (left !== undefined && left === right) {
      put('same', left)
      i++
      j++
    } else if (left !== undefined && (right === undefined || at(longest, i + 1, j) >= at(longest, i, j + 1))) {
      put('removed', left)
      i++
    } else if (right !== undefined) {
      put('added', right)
      j++
    }
  }
  return parts
}

const at = (table: readonly (readonly number[])[], i: number, j: number): number => table[i]?.[j] ?? 0

/** How many lines the ends of both, from line i and from line j on, have in common in order. */
function commonLengths(old: readonly string[], now: readonly string[]): number[][] {
  const table: number[][] = Array.from({ length: old.length + 1 }, () => Array<number>(now.length + 1).fill(0))
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = now.length - 1; j >= 0; j--) {
      const row = table[i] as number[]
      row[j] = old[i] === now[j] ? at(table, i + 1, j + 1) + 1 : Math.max(at(table, i + 1, j), at(table, i, j + 1))
    }
  return table
}

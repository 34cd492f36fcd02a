/**
 * Where the parts of a drawn playbook stand. One row a node, in the order of the text; each level of nesting is a rail further to the
 * right. A branch leaves its rail to the right; what goes on after it comes back along a lane between the two.
 */
import type { Answer, api } from '../../api/here.ts'

export type FlowRow = NonNullable<Answer<typeof api.playbooks.check.$post>['flow']>[number]

export const ROW = 52
export const DOT = 11
const INDENT = 30
const LEFT = 18
const LANE = INDENT / 2

export interface Placed {
  row: FlowRow
  x: number
  y: number
}

export interface Line {
  /** As in SVG's `d`. */
  path: string
  /** What it says of the way: on to the next, into a branch, past what was not taken, back to the beginning of a round. */
  kind: 'next' | 'into' | 'back' | 'again'
}

export interface Layout {
  nodes: Placed[]
  lines: Line[]
  width: number
  height: number
  /** Where ways come together that no `end` names; null: each way has its own end. */
  finish: { x: number; y: number } | null
}

/** The end of a way, which the next node takes up. */
interface Loose {
  x: number
  y: number
}

export function layoutFlow(rows: readonly FlowRow[]): Layout {
  const children = new Map<number | null, FlowRow[]>()
  for (const row of rows) children.set(row.parent, [...(children.get(row.parent) ?? []), row])
  const drawing = new Drawing(children)
  const loose = drawing.list(null, 0, [])
  const finish = loose.length > 0 ? drawing.place(0) : null
  if (finish) drawing.join(loose, finish)
  return {
    nodes: drawing.nodes,
    lines: drawing.lines,
    width: LEFT + INDENT * drawing.deepest,
    height: drawing.used * ROW,
    finish,
  }
}

class Drawing {
  readonly nodes: Placed[] = []
  readonly lines: Line[] = []
  used = 0
  deepest = 0
  readonly #children: ReadonlyMap<number | null, readonly FlowRow[]>

  constructor(children: ReadonlyMap<number | null, readonly FlowRow[]>) {
    this.#children = children
  }

  place(depth: number): { x: number; y: number } {
    this.deepest = Math.max(this.deepest, depth)
    const place = { x: LEFT + INDENT * depth, y: this.used * ROW + ROW / 2 }
    this.used += 1
    return place
  }

  /** Draws what stands in `parent`, taking up `loose`; returns the ends of the ways that lead out of it. */
  list(parent: number | null, depth: number, loose: readonly Loose[]): Loose[] {
    let open = [...loose]
    for (const row of this.#children.get(parent) ?? []) open = this.#one(row, depth, open)
    return open
  }

  #one(row: FlowRow, depth: number, open: readonly Loose[]): Loose[] {
    if (row.form === 'choose') return this.#choose(row, depth, open)
    const at = this.#node(row, depth)
    this.join(open, at)
    if (row.form === 'end') return []
    if (row.form !== 'repeat') return [at]
    const ends = this.#inside(row, depth, at)
    for (const end of ends) this.#again(end, at)
    return [at]
  }

  #choose(row: FlowRow, depth: number, open: readonly Loose[]): Loose[] {
    let past = [...open]
    const out: Loose[] = []
    for (const branch of this.#children.get(row.id) ?? []) {
      const at = this.#node(branch, depth)
      this.join(past, at)
      out.push(...this.#inside(branch, depth, at))
      past = branch.title === 'Otherwise' ? [] : [at]
    }
    return [...out, ...past]
  }

  #node(row: FlowRow, depth: number): Placed {
    const at = { row, ...this.place(depth) }
    this.nodes.push(at)
    return at
  }

  /** Down the rail, then to the right into the first of what stands in it. */
  #inside(row: FlowRow, depth: number, at: Placed): Loose[] {
    const before = this.used
    const x = at.x + INDENT
    const y = before * ROW + ROW / 2
    this.lines.push({ kind: 'into', path: `M${at.x} ${at.y + DOT}V${y - 8}Q${at.x} ${y} ${at.x + 8} ${y}H${x - DOT}` })
    return this.list(row.id, depth + 1, [])
  }

  join(open: readonly Loose[], at: { x: number; y: number }): void {
    const top = at.y - DOT
    for (const { x, y } of open) {
      if (x === at.x) this.lines.push({ kind: 'next', path: `M${x} ${y + DOT}V${top}` })
      else {
        const lane = at.x + LANE
        const turn = y + DOT + 10
        this.lines.push({
          kind: 'back',
          path: `M${x} ${y + DOT}Q${x} ${turn} ${x - 8} ${turn}H${lane + 6}Q${lane} ${turn} ${lane} ${turn + 6}V${Math.max(turn + 6, top - 10)}Q${lane} ${top - 3} ${at.x} ${top}`,
        })
      }
    }
  }

  /** From the end of a round back to where the next begins. */
  #again({ x, y }: Loose, at: Placed): void {
    const lane = at.x + LANE
    const turn = y + DOT + 7
    this.lines.push({
      kind: 'again',
      path: `M${x} ${y + DOT}Q${x} ${turn} ${x - 6} ${turn}H${lane + 6}Q${lane} ${turn} ${lane} ${turn - 6}V${at.y + 14}Q${lane} ${at.y + 6} ${at.x + DOT} ${at.y + 4}`,
    })
  }
}

/** The row that a line of the text belongs to: the last that begins at it or before it. A choose is drawn as its branches. */
export function rowAt(rows: readonly FlowRow[], line: number): FlowRow | undefined {
  const found = rows.findLast(row => row.line <= line)
  return found?.form === 'choose' ? (rows[found.id + 1] ?? found) : found
}

/** The lines of a row in the text: up to where the next one begins, without what is empty or a remark before that. */
export function linesOf(rows: readonly FlowRow[], row: FlowRow, text: readonly string[]): { from: number; to: number } {
  const next = rows.find(other => other.line > row.line)?.line ?? text.length + 1
  let to = row.form === 'start' ? row.line : next - 1
  // The head of a playbook ends where its steps begin.
  if (row.form === 'start')
    to = Math.max(
      row.line,
      text.findIndex(line => /^steps\s*:/.test(line)),
    )
  while (to > row.line && /^\s*(#.*)?$/.test(text[to - 1] ?? '')) to -= 1
  return { from: row.line, to }
}

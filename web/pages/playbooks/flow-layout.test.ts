import { describe, expect, it } from 'vitest'
import { type FlowRow, layoutFlow, linesOf, rowAt } from './flow-layout.ts'

const row = (
  id: number,
  parent: number | null,
  form: FlowRow['form'],
  line: number,
  title: string = form,
): FlowRow => ({
  id,
  parent,
  form,
  line,
  step: null,
  title,
  about: null,
})

const TEXT = `playbook: x
on: { event: lead.created }
steps:
  - { id: a, do: score }

  # Why.
  - choose:
      - when: 'a.value < 4'
        steps:
          - end: over
      - when: 'a.value < 9'
        steps:
          - { id: b, do: route }
  - repeat: 2
    steps:
      - { id: c, do: draft }`.split('\n')

const ROWS = [
  row(0, null, 'start', 1),
  row(1, null, 'do', 4),
  row(2, null, 'choose', 7),
  row(3, 2, 'branch', 8),
  row(4, 3, 'end', 10),
  row(5, 2, 'branch', 11),
  row(6, 5, 'do', 13),
  row(7, null, 'repeat', 14),
  row(8, 7, 'do', 16),
]

describe('where the parts of a flow stand', () => {
  it('gives each a place of its own, and draws a choose as its branches', () => {
    const { nodes } = layoutFlow(ROWS)
    expect(nodes.map(node => node.row.id)).toEqual([0, 1, 3, 4, 5, 6, 7, 8])
    expect(new Set(nodes.map(({ y }) => y)).size).toBe(nodes.length)
    const depths = nodes.map(({ x }) => x)
    expect(depths.map(x => x > (depths[0] ?? 0))).toEqual([false, false, false, true, false, true, false, true])
  })

  it('leads from each way on to what comes next, and from an end nowhere', () => {
    const { lines, finish } = layoutFlow(ROWS)
    const count = (kind: string) => lines.filter(line => line.kind === kind).length
    // start–a, a–first branch, past it to the second, past that to the repeat, the repeat to the finish.
    expect(count('next')).toBe(5)
    expect(count('into')).toBe(3)
    expect(count('back')).toBe(1)
    expect(count('again')).toBe(1)
    expect(finish).not.toBeNull()
  })

  it('needs no finish where each way has an end, and none passes an otherwise', () => {
    const rows = [
      row(0, null, 'start', 1),
      row(1, null, 'choose', 2),
      row(2, 1, 'branch', 3),
      row(3, 2, 'end', 4),
      row(4, 1, 'branch', 5, 'Otherwise'),
      row(5, 4, 'end', 6),
    ]
    expect(layoutFlow(rows).finish).toBeNull()
  })

  it('knows the part of a line, and the lines of a part', () => {
    expect([1, 3, 4, 6, 7, 8, 9, 10, 13, 99].map(line => rowAt(ROWS, line)?.id)).toEqual([0, 0, 1, 1, 3, 3, 3, 4, 6, 8])
    const lines = (id: number) => linesOf(ROWS, ROWS[id] as FlowRow, TEXT)
    expect(lines(0)).toEqual({ from: 1, to: 2 })
    expect(lines(1)).toEqual({ from: 4, to: 4 })
    expect(lines(3)).toEqual({ from: 8, to: 9 })
    expect(lines(8)).toEqual({ from: 16, to: 16 })
  })
})

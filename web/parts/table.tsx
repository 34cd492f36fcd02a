/**
 * Rows in columns: only those in view stand in the document (never more than a hundred), more are fetched as one goes down, and j, k and
 * Enter do what the mouse does. Sort and filters are the page's, in its address (app/url-state.ts).
 */
import { useEffect, useRef, type ReactNode } from 'react'
import { Checkbox } from '@mantine/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useShortcuts } from '../app/shortcuts.ts'
import type { Choice } from './choice.ts'
import { RowSkeletons } from './page.tsx'
import classes from './table.module.css'

export interface Column<T> {
  key: string
  title: string
  /** A width as CSS grids know it: `120px`, `minmax(160px, 2fr)`. */
  width: string
  render: (row: T) => ReactNode
  /** In the place of the title. */
  head?: ReactNode
  /** Numbers stand at the right. */
  right?: boolean
  /** The narrowest screen that shows it; the first column always is. */
  from?: 'sm' | 'md' | 'lg'
  /** A press on the title sorts by it; `sorted` says how it stands. */
  onSort?: () => void
  sorted?: 'ascending' | 'descending' | undefined
}

interface Props<T> {
  label: string
  columns: readonly Column<T>[]
  rows: readonly T[] | undefined
  choice: Choice<T>
  open: (row: T) => void
  /** Called when the end is near. */
  more?: () => void
  hasMore?: boolean
  empty: ReactNode
  /** Where j and k are not those of this table. */
  keys?: boolean
  /** Rows that are ticked, to be changed together. */
  ticks?: Ticks
}

export interface Ticks {
  ticked: ReadonlySet<string>
  set: (ticked: ReadonlySet<string>) => void
  /** At most so many at once. */
  most: number
}

const ROW_PX = 44
const BEYOND = 12
const NEAR_END = 30

export function DataTable<T extends { id: string }>(props: Props<T>) {
  const { label, rows, choice, open, more, hasMore = false, empty, keys = true, ticks } = props
  const columns = ticks ? [tickColumn(ticks, rows ?? []), ...props.columns] : props.columns
  const place = useRef<HTMLDivElement>(null)
  const count = rows?.length ?? 0
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => place.current,
    estimateSize: () => ROW_PX,
    overscan: BEYOND,
  })
  const inView = virtual.getVirtualItems()
  const last = inView.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && last >= count - NEAR_END) more?.()
  }, [last, count, hasMore, more])
  const goTo = (by: number) => {
    choice.move(by)
    virtual.scrollToIndex(Math.max(0, Math.min(count - 1, choice.index + by)))
  }
  useShortcuts(
    label,
    [
      { keys: 'j', what: 'Next row', run: () => goTo(1) },
      { keys: 'k', what: 'Row before', run: () => goTo(-1) },
      { keys: 'Enter', what: 'Open the row', run: () => choice.chosen && open(choice.chosen) },
      { keys: 'Home', what: 'First row', run: () => goTo(-count) },
      { keys: 'End', what: 'Last row that is loaded', run: () => goTo(count) },
      ...(ticks
        ? [{ keys: 'x', what: 'Tick the row', run: () => choice.chosen && toggle(ticks, choice.chosen.id) }]
        : []),
    ],
    { enabled: keys },
  )
  if (rows === undefined) return <RowSkeletons />
  if (count === 0) return <>{empty}</>
  const template = gridOf(columns)
  return (
    <div
      ref={place}
      className={classes.table}
      role="table"
      aria-label={label}
      aria-rowcount={hasMore ? -1 : count + 1}
      tabIndex={0}
    >
      <div className={classes.head} role="row" aria-rowindex={1} style={template}>
        {columns.map(column => (
          <div
            key={column.key}
            role="columnheader"
            className={cellClass(column)}
            aria-sort={column.sorted ?? (column.onSort ? 'none' : undefined)}
          >
            {column.onSort ? (
              <button type="button" onClick={column.onSort}>
                {column.title} {column.sorted === 'ascending' ? '↑' : column.sorted === 'descending' ? '↓' : ''}
              </button>
            ) : (
              (column.head ?? column.title)
            )}
          </div>
        ))}
      </div>
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }} role="rowgroup">
        {inView.map(({ index, start }) => {
          const row = rows[index] as T
          return (
            <div
              key={row.id}
              role="row"
              aria-rowindex={index + 2}
              aria-current={row.id === choice.chosen?.id || undefined}
              className={classes.row}
              style={{ ...template, height: ROW_PX, transform: `translateY(${start}px)` }}
              onClick={() => {
                choice.choose(row.id)
                open(row)
              }}
            >
              {columns.map(column => (
                <div key={column.key} role="cell" className={cellClass(column)}>
                  {column.render(row)}
                </div>
              ))}
            </div>
          )
        })}
      </div>
    </div>
  )
}

function toggle({ ticked, set, most }: Ticks, id: string): void {
  if (ticked.has(id)) return set(new Set([...ticked].filter(other => other !== id)))
  if (ticked.size < most) set(new Set([...ticked, id]))
}

/** A box before each row, and one for all that are loaded. */
function tickColumn<T extends { id: string }>(ticks: Ticks, rows: readonly T[]): Column<T> {
  const { ticked, set, most } = ticks
  const all = rows.slice(0, most)
  const isAll = all.length > 0 && all.every(({ id }) => ticked.has(id))
  return {
    key: 'tick',
    title: 'Ticked',
    width: '20px',
    head: (
      <Checkbox
        size="xs"
        aria-label={isAll ? 'Tick none' : `Tick the first ${all.length}`}
        checked={isAll}
        indeterminate={ticked.size > 0 && !isAll}
        onChange={() => set(new Set(isAll ? [] : all.map(({ id }) => id)))}
      />
    ),
    render: ({ id }) => (
      <span onClick={event => event.stopPropagation()} role="presentation">
        <Checkbox
          size="xs"
          aria-label="Tick this row"
          checked={ticked.has(id)}
          onChange={() => toggle(ticks, id)}
          tabIndex={-1}
        />
      </span>
    ),
  }
}

const SCREENS = ['base', 'sm', 'md', 'lg'] as const

/** One template for each width of screen: columns that a screen does not show take no room on it. */
function gridOf<T>(columns: readonly Column<T>[]): Record<string, string> {
  return Object.fromEntries(
    SCREENS.map((screen, n) => [
      `--columns-${screen}`,
      columns
        .filter(({ from }) => from === undefined || SCREENS.indexOf(from) <= n)
        .map(({ width }) => width)
        .join(' '),
    ]),
  )
}

const cellClass = <T,>({ right, from }: Column<T>): string =>
  [classes.cell, right ? classes.right : '', from ? classes[`from-${from}`] : ''].filter(Boolean).join(' ')

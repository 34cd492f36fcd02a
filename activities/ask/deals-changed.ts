/** Deals whose close date, amount or stage changed in a span of days, with why. */
import type { z } from 'zod'
import type { LOOK_INPUT } from '../../agents/analyst.ts'
import { amountOf, changedLine, countOf, daysBetween, listed, sumsOf, type ChangedRow } from '../../domain/ask/tell.ts'
import { DealwrightError } from '../../domain/errors.ts'
import type { Json } from '../../domain/playbook/types.ts'
import {
  fieldChanges,
  MOST_CHANGES,
  stageChanges,
  type DealChange,
  type DealChanges,
} from '../../db/stores/ask-looks.ts'
import type { LookContext, Looked } from './looks.ts'

type Input = z.output<typeof LOOK_INPUT.deals_changed>

const WORDS: Record<Input['what'], string> = {
  close_date: 'whose close date changed',
  amount: 'whose amount changed',
  stage: 'that changed stage',
  won: 'won',
  lost: 'lost',
}

export async function dealsChanged(input: Input, context: LookContext): Promise<Looked> {
  if (input.from > input.to) throw new DealwrightError('bad_input', 'from: lies after to.')
  const { changes, more } = await read(input, context)
  const rows = changes.map(change => ({ change, row: rowOf(input.what, change, context) }))
  const deals = new Map(changes.map(change => [change.id, change]))
  const count = `${more ? 'more than ' : ''}${countOf('deal', deals.size)} ${WORDS[input.what]}`
  const slipped = new Set(rows.filter(({ row }) => (row.daysLater ?? 0) > 0).map(({ row }) => row.alias)).size
  const sums = sumsOf([...deals.values()])
  const extent = input.what === 'close_date' && deals.size > 0 ? `, ${slipped} of them to a later day` : ''
  return {
    what: count,
    data: {
      deals: deals.size,
      ...(more ? { more_than_shown: MOST_CHANGES } : {}),
      ...(input.what === 'close_date' ? { moved_later: slipped } : {}),
      amounts_in_all_of_these_deals: sums,
      rows: rows.map(({ change, row }) => ({
        id: row.alias,
        name: row.name,
        field: input.what,
        from: row.from,
        to: row.to,
        ...(row.daysLater === null ? {} : { days_later: row.daysLater }),
        on: row.on,
        by: row.by,
        why: row.why,
        owner: row.owner,
        amount: amountOf(change.amountMinor, change.currency),
      })),
    },
    lines: listed(context.name, rows, `${count}${extent}`, ({ row }) => changedLine(row)),
  }
}

function read({ what, from, to, mine }: Input, { sql, viewer, zone }: LookContext): Promise<DealChanges> {
  const wanted = { span: { from, to, zone }, mine }
  if (what === 'close_date') return fieldChanges(sql, viewer, 'closeDate', wanted)
  if (what === 'amount') return fieldChanges(sql, viewer, 'amountMinor', wanted)
  return stageChanges(sql, viewer, what === 'stage' ? null : what, wanted)
}

function rowOf(what: Input['what'], change: DealChange, { alias }: LookContext): ChangedRow {
  const said = (value: Json): string | null => {
    if (what === 'amount') return typeof value === 'number' ? amountOf(value, change.currency) : null
    return typeof value === 'string' ? value : null
  }
  const [from, to] = [said(change.from), said(change.to)]
  return {
    alias: alias('deal', change.id, change.name).alias,
    name: change.name,
    from,
    to,
    on: change.on,
    by: change.by,
    why: change.why,
    daysLater: what === 'close_date' ? daysBetween(from, to) : null,
    owner: change.owner,
  }
}

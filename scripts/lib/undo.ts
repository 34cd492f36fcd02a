/** Undo by command: what would be, or was, taken back. */
import type { Command } from 'commander'
import type { UndoReport } from '../../server/undo.ts'
import { answer } from '../output.ts'
import { serverCall } from './server-call.ts'
import { table } from './table.ts'
import { plural, shortId } from './words.ts'

export interface UndoOptions {
  preview: boolean
  as?: string
}

/** @param path `runs`, `actions` or `changes` */
export async function undoBy(path: string, id: string, options: UndoOptions, self: Command): Promise<void> {
  const method = options.preview ? 'GET' : 'POST'
  const report = await serverCall<UndoReport>(`/api/${path}/${id}/undo`, { as: options.as, method })
  await answer(self, report, () => inWords(report))
}

function inWords({ preview, reverted, items, spared, cannotBeUndone }: UndoReport): string {
  const head = preview
    ? `${plural(reverted, 'change')} would be taken back; nothing has been done yet.`
    : `${plural(reverted, 'change')} taken back.`
  return [
    head,
    ...(items.length > 0 ? [listed(items)] : []),
    ...(spared.length > 0 ? [`Spared, ${spared.length}:`, listed(spared)] : []),
    ...(cannotBeUndone.length > 0 ? ['What cannot be undone:', ...cannotBeUndone.map(why => `  ${why}`)] : []),
  ].join('\n')
}

type Row = UndoReport['items'][number] | UndoReport['spared'][number]

const listed = (rows: readonly Row[]): string =>
  table<Row>(
    [
      { head: 'RECORD', get: row => `${row.kind} ${shortId(row.id)}` },
      { head: 'FIELD', get: row => row.field },
      { head: 'NOW', get: row => text(row.from), shrinkTo: 12 },
      {
        head: 'to' in (rows[0] ?? {}) ? 'BACK TO' : 'WHY',
        get: row => ('to' in row ? text(row.to) : row.why),
        shrinkTo: 12,
      },
    ],
    rows,
  )

const text = (value: unknown): string | null =>
  value === null ? null : typeof value === 'string' ? value : JSON.stringify(value)

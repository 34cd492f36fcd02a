/** Taking back a run, an action or one change of a field; the preview is the same transaction, rolled back. */
import { requireFor } from '../domain/access/may.ts'
import { withoutHidden } from '../db/stores/shape/sensitive.ts'
import type { Right } from '../domain/access/table.ts'
import type { Viewer } from '../domain/access/viewer.ts'
import { DealwrightError } from '../domain/errors.ts'
import { scope } from '../db/access.ts'
import { must, type Db, type Sql, type Tx } from '../db/sql.ts'
import { seenAction } from '../db/stores/actions.ts'
import { audit } from '../db/stores/audit.ts'
import { KIND, type RecordKind } from '../db/stores/crm/kinds.ts'
import { runById } from '../db/stores/runs.ts'
import { takeBack, type Undone, type UndoTarget } from '../db/stores/undo.ts'
import { undoInWords, withWords } from '../db/stores/undo-words.ts'
import { seenRun } from './runs.ts'

export interface UndoReport {
  /** True: nothing was changed, this is what would be. */
  preview: boolean
  /** How many changes; what they are is in `items`. */
  reverted: number
  sparedBecauseEdited: number
  cannotBeUndone: string[]
  /** One line for all of it. */
  summary: string
  items: Worded<Undone['reverted']>
  spared: Worded<Undone['spared']>
}

/** Each with its sentence. */
type Worded<T extends object[]> = (T[number] & { words: string })[]

/**
 * @throws DealwrightError `not_found` (also for what the viewer may not see), `forbidden`, or `conflict` for a run that is still at work or an
 *   action that was not carried out
 */
export async function undo(db: Db, target: UndoTarget, viewer: Viewer, preview: boolean): Promise<UndoReport> {
  const owner = await seenTarget(db, viewer, target)
  requireFor(viewer, 'run.undo', { what: target.kind === 'field' ? 'change' : target.kind, ...owner })
  return preview ? dry(db, tx => perform(tx, target, viewer, true)) : db.tx(tx => perform(tx, target, viewer, false))
}

class Preview extends Error {
  readonly report: UndoReport
  constructor(report: UndoReport) {
    super('rolled back')
    this.report = report
  }
}

/** Runs the work and rolls back whatever it did. */
async function dry(db: Db, work: (tx: Tx) => Promise<UndoReport>): Promise<UndoReport> {
  try {
    await db.tx(async tx => {
      throw new Preview(await work(tx))
    })
  } catch (error) {
    if (error instanceof Preview) return error.report
    throw error
  }
  throw new DealwrightError('internal', 'A preview was not rolled back.')
}

async function perform(tx: Tx, target: UndoTarget, viewer: Viewer, preview: boolean): Promise<UndoReport> {
  await requireEnded(tx, target)
  const undone = await takeBack(tx, target, `person:${viewer.userId}`)
  if (target.kind !== 'field') await markUndone(tx, target, undone)
  const report: UndoReport = {
    preview,
    reverted: undone.reverted.length,
    sparedBecauseEdited: undone.spared.length,
    cannotBeUndone: undone.lasting.map(({ why }) => why),
    summary: undoInWords({
      preview,
      reverted: undone.reverted.length,
      spared: undone.spared.length,
      lasting: undone.lasting.length,
    }),
    items: await withWords(tx, await withoutHidden(tx, viewer, undone.reverted)),
    spared: await withWords(tx, await withoutHidden(tx, viewer, undone.spared)),
  }
  await audit(tx, {
    actor: `user:${viewer.userId}`,
    ...EVENTS[target.kind],
    targetId: target.id,
    runId: target.kind === 'run' ? target.id : null,
    data: {
      reverted: report.reverted,
      sparedBecauseEdited: report.sparedBecauseEdited,
      cannotBeUndone: report.cannotBeUndone.length,
    },
  })
  return report
}

const EVENTS = {
  run: { type: 'run.undone', target: 'run' },
  action: { type: 'action.undone', target: 'action' },
  field: { type: 'field.undone', target: 'field_change' },
} as const

/** A run at work would go on from what is taken back under it; an action that was not carried out has changed nothing. */
async function requireEnded(tx: Tx, { kind, id }: UndoTarget): Promise<void> {
  if (kind === 'run') {
    const run = await runById(tx, id)
    if (run.endedAt === null)
      throw new DealwrightError(
        'conflict',
        `Run ${id} is ${run.status}: cancel it first ("dealwright run cancel ${id.slice(0, 8)}"), then undo.`,
        { details: { run: id, status: run.status } },
      )
  }
  if (kind === 'action') {
    const action = await must('action', id, tx.row<{ status: string }>('select status from action where id = $1', [id]))
    if (!['done', 'uncertain'].includes(action.status))
      throw new DealwrightError(
        'conflict',
        `Action ${id} is ${action.status}: nothing of it was carried out that could be undone.`,
        { details: { id, status: action.status } },
      )
  }
}

/** Effects whose work was taken back; what lasts or was spared keeps standing as done. */
async function markUndone(tx: Tx, target: UndoTarget, undone: Undone): Promise<void> {
  const of = target.kind === 'run' ? 'a.run_id' : 'a.id'
  const deals = undone.spared.filter(({ what }) => what === 'deal').map(({ id }) => id)
  await tx.run(
    `update effect e set undone_at = now() from action a where a.id = e.action_id and ${of} = $1 and a.kind <> 'send_mail'
       and e.undone_at is null and not (a.id = any($2::uuid[]))`,
    [target.id, deals],
  )
  if (target.kind === 'run')
    await tx.run('update run set undone_at = coalesce(undone_at, now()) where id = $1', [target.id])
}

/** Whose it is. */
async function seenTarget(
  sql: Sql,
  viewer: Viewer,
  { kind, id }: UndoTarget,
): Promise<{ id: string; ownerId: string | null }> {
  if (kind === 'run') return seenRun(sql, viewer, id)
  if (kind === 'action') return seenAction(sql, viewer, id)
  const change = await must(
    'change of a field',
    id,
    sql.row<{ table: RecordKind; recordId: string }>('select "table", record_id from field_change where id = $1', [id]),
  )
  const { table, owner } = KIND[change.table]
  const values: unknown[] = [change.recordId]
  const mine = scope(viewer, `${change.table}.see` as Right, owner, values)
  const record = await must(
    'change of a field',
    id,
    sql.row<{ ownerId: string | null }>(
      `select ${owner} as owner_id from "${table}" r where r.id = $1 and ${mine}`,
      values,
    ),
  )
  return { id, ...record }
}

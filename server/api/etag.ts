/** Lost updates: a record's answer carries an ETag of its state, and a change has to show the one it was made from. */
import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import { DealwrightError } from '../../domain/errors.ts'
import type { Db, Tx } from '../../db/sql.ts'

/** Strong: equal only for equal documents. */
export function etagOf(document: unknown): string {
  return `"${createHash('sha256').update(JSON.stringify(document)).digest('base64url').slice(0, 27)}"`
}

export function sendEtag(context: Context, document: unknown): void {
  context.header('ETag', etagOf(document))
}

/** The document, its ETag sent with it. */
export function tagged<D>(context: Context, document: D): D {
  sendEtag(context, document)
  return document
}

/** A change from the state that the request names: locks the record, compares, changes, in one transaction. @throws as `requireMatch` */
export function changedFrom<B, A>(
  context: Context,
  db: Db,
  lock: (tx: Tx) => Promise<B>,
  change: (tx: Tx, before: B) => Promise<A>,
): Promise<A> {
  return db.tx(async tx => {
    const before = await lock(tx)
    requireMatch(context, before)
    return change(tx, before)
  })
}

/**
 * Compares the request's If-Match with the record as it stands; call it with the row locked.
 * @throws DealwrightError `precondition_required` without one, `precondition_failed` when the record has changed since
 */
export function requireMatch(context: Context, current: unknown): void {
  const given = context.req.header('if-match')
  if (given === undefined)
    throw new DealwrightError('precondition_required', 'Send If-Match with the ETag of the record that you read.')
  if (given !== '*' && !given.split(',').some(tag => tag.trim() === etagOf(current)))
    throw new DealwrightError(
      'precondition_failed',
      'This has changed since you read it: read it again and repeat your change.',
    )
}

/** As `requireMatch`, where the request has an If-Match at all. @throws DealwrightError `precondition_failed` */
export function heedMatch(context: Context, current: unknown): void {
  if (context.req.header('if-match') !== undefined) requireMatch(context, current)
}

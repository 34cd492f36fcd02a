/** Lost updates: a record's answer carries an ETag of its state, and a change has to show the one it was made from. */
import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import { DealwrightError } from '../../domain/errors.ts'

/** Strong: equal only for equal documents. */
export function etagOf(document: unknown): string {
  return `"${createHash('sha256').update(JSON.stringify(document)).digest('base64url').slice(0, 27)}"`
}

export function sendEtag(context: Context, document: unknown): void {
  context.header('ETag', etagOf(document))
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

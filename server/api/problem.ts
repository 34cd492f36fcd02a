/** Errors as RFC 9457 problem documents. The code is ours (domain/errors.ts); the title says what it is, the detail what to do. */
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { Logger } from 'pino'
import { z } from '@hono/zod-openapi'
import { refusalOf } from '../../db/refusal.ts'
import { DealwrightError, ERRORS, type ErrorCode } from '../../domain/errors.ts'

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    /** Ids and numbers that tell which record. */
    details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    /** Of the request, as in the server's log. */
    requestId: z.string(),
  })
  .openapi('Problem')

export function problem(context: Context, error: DealwrightError): Response {
  const status = error.http
  const document: z.infer<typeof problemSchema> = {
    type: `urn:dealwright:problem:${error.code}`,
    title: error.code.replaceAll('_', ' '),
    status,
    detail: error.message,
    code: error.code,
    details: error.details,
    requestId: String(context.get('requestId') ?? ''),
  }
  const wait = error.details.retryAfter
  return new Response(JSON.stringify(document), {
    status,
    headers: {
      'content-type': 'application/problem+json',
      // The rest of the body is not read: what the client has under way on this connection would be lost with it.
      ...(status === 413 ? { connection: 'close' } : {}),
      ...(typeof wait === 'number' ? { 'retry-after': String(Math.ceil(wait)) } : {}),
    },
  })
}

/** Whatever was thrown, as one of ours. What is not expected is logged and tells nothing of itself. */
export function asProblem(error: unknown, log: Logger, requestId = ''): DealwrightError {
  if (error instanceof DealwrightError) return error
  if (error instanceof z.ZodError) return invalid(error)
  const refusal = refusalOf(error)
  if (refusal !== null) {
    log.warn({ requestId, ...refusal }, 'the database refused what a request asked for')
    return refusal.what === 'taken'
      ? new DealwrightError('conflict', 'There is such a record already.')
      : new DealwrightError('bad_input', 'A value is not one that can be stored, or names a record that is not there.')
  }
  if (error instanceof HTTPException) {
    const known = Object.entries(ERRORS).find(([, facts]) => facts.http === error.status)
    const code = error.status === 413 ? 'body_too_large' : error.status < 500 ? (known?.[0] ?? 'bad_input') : 'internal'
    return new DealwrightError(code as ErrorCode, error.message || 'The request cannot be read.')
  }
  log.error(
    {
      requestId,
      error: error instanceof Error ? error.message : String(error),
      stack: error instanceof Error ? error.stack : undefined,
      cause: error instanceof Error && error.cause instanceof Error ? error.cause.message : undefined,
    },
    'request failed',
  )
  return new DealwrightError('internal', 'Something went wrong here. It is in the server’s log.')
}

/** Says the first thing that is wrong, and where. Values are not repeated: they may be secrets. */
export function invalid(error: z.ZodError): DealwrightError {
  const [first] = error.issues
  const where = first?.path.map(String).join('.') || 'the request'
  return new DealwrightError('bad_input', `${where}: ${first?.message ?? 'is not what it should be'}`)
}

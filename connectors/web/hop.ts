/** One request and its answer, within the limits. Redirects are the caller's business. */
import { type Dispatcher, request } from 'undici'
import { DealwrightError } from '../../domain/errors.ts'
import { ACCEPTED_ENCODINGS, readBody } from './body.ts'
import { failureOf } from './failures.ts'
import type { FetchLimits } from './limits.ts'
import { placeOf } from './place.ts'

export interface HopRequest {
  url: URL
  headers: Record<string, string>
  signal: AbortSignal | undefined
  dispatcher: Dispatcher
  limits: FetchLimits
  beyond: 'refuse' | 'keep'
  /** Called once the headers are in: false when the body is not wanted, throws to refuse it. */
  wantsBody: (status: number, headers: HopHeaders) => boolean
}

export type HopHeaders = Record<string, string | undefined>

export interface HopAnswer {
  status: number
  headers: HopHeaders
  body: Buffer
}

/** What of an unwanted body is read to keep the connection; a longer one closes it. */
const DUMP_BYTES = 64 * 1024

/**
 * Sends one GET. Throws a `DealwrightError` with the code of what failed, or the reason of `signal` when the caller
 * cancelled.
 */
export async function sendHop(hop: HopRequest): Promise<HopAnswer> {
  const place = placeOf(hop.url)
  const late = new AbortController()
  let reading = false
  const timer = setTimeout(() => {
    const seconds = hop.limits.totalMs / 1_000
    late.abort(
      reading
        ? new DealwrightError('web_too_slow', `${place}: the page was still arriving after ${seconds} s; try later`)
        : new DealwrightError('web_timeout', `${place}: no answer within ${seconds} s; try later`),
    )
  }, hop.limits.totalMs)
  const signal = hop.signal === undefined ? late.signal : AbortSignal.any([hop.signal, late.signal])
  try {
    hop.signal?.throwIfAborted()
    const response = await request(hop.url, {
      method: 'GET',
      dispatcher: hop.dispatcher,
      headers: { 'accept-encoding': ACCEPTED_ENCODINGS, ...hop.headers },
      signal,
      headersTimeout: hop.limits.headersMs,
      bodyTimeout: hop.limits.idleMs,
    })
    reading = true
    return await readAnswer(hop, response, place)
  } catch (error) {
    if (hop.signal?.aborted === true) throw hop.signal.reason
    throw failureOf(late.signal.aborted ? late.signal.reason : error, hop.url)
  } finally {
    clearTimeout(timer)
  }
}

async function readAnswer(hop: HopRequest, response: Dispatcher.ResponseData, place: string): Promise<HopAnswer> {
  const headers = flat(response.headers)
  const answer: HopAnswer = { status: response.statusCode, headers, body: Buffer.alloc(0) }
  // An error on a body that nobody reads any more must not end the process.
  response.body.on('error', () => {})
  let wanted = false
  try {
    wanted = hop.wantsBody(answer.status, headers)
  } catch (error) {
    response.body.destroy()
    throw error
  }
  if (!wanted) {
    await response.body.dump({ limit: DUMP_BYTES })
    return answer
  }
  const declared = Number(headers['content-length'] ?? 0)
  if (declared > hop.limits.wireBytes && hop.beyond === 'refuse') {
    response.body.destroy()
    const message = `${place}: the page announces ${declared} bytes, more than ${hop.limits.wireBytes}, and was not read`
    throw new DealwrightError('web_too_large', message, { details: { limit: hop.limits.wireBytes } })
  }
  const { bodyBytes, wireBytes } = hop.limits
  answer.body = await readBody(
    response.body,
    headers['content-encoding'],
    { bodyBytes, wireBytes, beyond: hop.beyond },
    place,
  )
  return answer
}

/** A header sent twice counts once, by its first value, except encodings, which add up. */
function flat(headers: Record<string, string | string[] | undefined>): HopHeaders {
  const result: HopHeaders = {}
  for (const [name, value] of Object.entries(headers)) {
    if (Array.isArray(value)) result[name] = name === 'content-encoding' ? value.join(',') : value[0]
    else result[name] = value
  }
  return result
}

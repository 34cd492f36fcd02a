/** Gives each way a request can fail its own code. */
import { errors } from 'undici'
import { DealwrightError } from '../../domain/errors.ts'
import { placeOf } from './place.ts'

const TLS = /^(CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO)/

/** The error as the caller shall see it. Errors that already have a code, ours, pass through. */
export function failureOf(error: unknown, url: URL): DealwrightError {
  if (error instanceof DealwrightError) return error
  const inner = firstOf(error)
  if (inner instanceof DealwrightError) return inner
  const place = placeOf(url)
  const code = inner instanceof Error && 'code' in inner ? String(inner.code) : ''
  const cause = { cause: error, details: { host: url.hostname, code } }
  if (inner instanceof errors.ConnectTimeoutError || code === 'ETIMEDOUT') {
    return new DealwrightError('web_timeout', `${place}: no connection in time; try later`, cause)
  }
  if (inner instanceof errors.HeadersTimeoutError || inner instanceof errors.BodyTimeoutError) {
    return new DealwrightError('web_timeout', `${place}: the server fell silent; try later`, cause)
  }
  if (inner instanceof errors.HeadersOverflowError || code === 'HPE_HEADER_OVERFLOW') {
    return new DealwrightError('web_header_too_large', `${place}: the response headers are too large`, cause)
  }
  if (inner instanceof errors.HTTPParserError || code.startsWith('HPE_')) {
    // Without the cause: the parser's error carries what the server sent.
    return new DealwrightError('web_protocol', `${place}: the server does not answer in HTTP`, {
      details: cause.details,
    })
  }
  if (TLS.test(code)) {
    return new DealwrightError('web_tls', `${place}: no secure connection (${code}); the site must be put right`, cause)
  }
  return new DealwrightError('web_connect', `${place}: the connection failed (${code || 'closed'}); try later`, cause)
}

/** When several addresses were tried, the first one's error stands for all. */
function firstOf(error: unknown): unknown {
  return error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error
}

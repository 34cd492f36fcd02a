/** Turns what a provider or the way to it throws into one typed error. Messages name the model, never prompt or answer. */
import { DealwrightError } from '../domain/errors.ts'

interface Thrown {
  name?: unknown
  message?: unknown
  status?: unknown
  code?: unknown
  type?: unknown
  error?: unknown
  headers?: unknown
}

const QUOTA = /insufficient[_ ]quota|billing_hard_limit|exceeded your current quota|credit balance|out of credits/i
const CONTEXT =
  /context_length_exceeded|context (?:window|length|size)|maximum context|too many tokens|exceed_context_size/i
const MAX_RETRY_AFTER_MS = 24 * 60 * 60 * 1000

/** `now` in milliseconds is needed where Retry-After holds a date. */
export function modelError(thrown: unknown, model: string, now: number): DealwrightError {
  if (thrown instanceof DealwrightError) return thrown
  const error: Thrown = typeof thrown === 'object' && thrown !== null ? thrown : {}
  const status = typeof error.status === 'number' ? error.status : null
  const words = describe(error)
  const details = { model, status }

  if (QUOTA.test(words)) {
    return new DealwrightError(
      'model_quota',
      `The quota for model ${model} is spent. Raise it at the provider, or set another key.`,
      { details },
    )
  }
  if (error.name === 'ContextOverflowError' || ((status === 400 || status === 413) && CONTEXT.test(words))) {
    return new DealwrightError(
      'model_context_too_long',
      `The prompt is longer than model ${model} takes. Choose a model with a larger context.`,
      { details },
    )
  }
  if (status === 401 || status === 403) {
    return new DealwrightError(
      'model_bad_key',
      `The provider refused the key for model ${model}. Check OPENAI_API_KEY and the key's rights.`,
      { details },
    )
  }
  if (status === 429) {
    const retryAfterMs = retryAfter(error.headers, now)
    const when = retryAfterMs === null ? 'later' : `in ${Math.ceil(retryAfterMs / 1000)} s`
    return new DealwrightError(
      'model_rate_limited',
      `The provider limits calls to model ${model}; it takes them again ${when}.`,
      {
        details: { ...details, retryAfterMs },
      },
    )
  }
  if (status !== null && status >= 400 && status < 500 && status !== 408 && status !== 409 && status !== 425) {
    return new DealwrightError(
      'model_bad_request',
      `The provider refused the call to model ${model} (HTTP ${status}). Check the model's name, OPENAI_BASE_URL, and that it takes JSON Schema answers.`,
      { details },
    )
  }
  const what = status === null ? 'could not be reached or broke off' : `answered HTTP ${status}`
  return new DealwrightError('model_unavailable', `Model ${model}: the provider ${what}. The call can be repeated.`, {
    details,
  })
}

function describe(error: Thrown): string {
  const inner: Thrown = typeof error.error === 'object' && error.error !== null ? error.error : {}
  return [error.code, error.type, error.message, inner.code, inner.type]
    .filter(part => typeof part === 'string')
    .join(' ')
}

/** Milliseconds by `retry-after-ms`, or `retry-after` in seconds or as an HTTP date; null when absent or unreadable. */
function retryAfter(headers: unknown, now: number): number | null {
  if (!isHeaders(headers)) return null
  const ms = number(headers.get('retry-after-ms'))
  const seconds = number(headers.get('retry-after'))
  const date = Date.parse(headers.get('retry-after') ?? '')
  let found: number
  if (ms !== null) found = ms
  else if (seconds !== null) found = seconds * 1000
  else if (Number.isFinite(date)) found = date - now
  else return null
  return Math.min(Math.max(0, Math.round(found)), MAX_RETRY_AFTER_MS)
}

/** By shape: headers of undici's own fetch are of another class than the global one. */
function isHeaders(headers: unknown): headers is Headers {
  return typeof headers === 'object' && headers !== null && 'get' in headers && typeof headers.get === 'function'
}

function number(text: string | null): number | null {
  if (text === null || !/^\s*\d+(?:\.\d+)?\s*$/.test(text)) return null
  return Number(text)
}

/**
 * The one error type. A code says what went wrong; the table says what HTTP answers and whether trying again can help.
 * Messages are for people: what happened, to which record, what to do next. They never carry page or mail text.
 */

/** `later`: the same call may succeed if repeated. `never`: it will not. `person`: someone has to change something first. */
export type Retry = 'later' | 'never' | 'person'

interface ErrorFacts {
  http: 400 | 401 | 402 | 403 | 404 | 409 | 410 | 413 | 422 | 429 | 500 | 502 | 503 | 504
  retry: Retry
}

/** Every code there is, by room. Add a code in its room's section, in alphabetical order. */
export const ERRORS = {
  // any room
  bad_input: { http: 400, retry: 'never' },
  conflict: { http: 409, retry: 'never' },
  forbidden: { http: 403, retry: 'never' },
  internal: { http: 500, retry: 'later' },
  not_found: { http: 404, retry: 'never' },
  unavailable: { http: 503, retry: 'later' },
} as const satisfies Record<string, ErrorFacts>

export type ErrorCode = keyof typeof ERRORS

export class DealwrightError extends Error {
  override readonly name = 'DealwrightError'
  readonly code: ErrorCode
  /** Ids and numbers only: safe for logs and workflow histories. */
  readonly details: Record<string, string | number | boolean | null>

  constructor(
    code: ErrorCode,
    message: string,
    options: { details?: Record<string, string | number | boolean | null>; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.details = options.details ?? {}
  }

  get retry(): Retry {
    return ERRORS[this.code].retry
  }

  get http(): number {
    return ERRORS[this.code].http
  }
}

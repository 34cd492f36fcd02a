/**
 * The one error type. A code says what went wrong; the table says what HTTP answers and whether trying again can help.
 * Messages are for people: what happened, to which record, what to do next. They never carry page or mail text.
 */

/** `later`: the same call may succeed if repeated. `never`: it will not. `person`: someone has to change something first. */
export type Retry = 'later' | 'never' | 'person'

interface ErrorFacts {
  http: 400 | 401 | 402 | 403 | 404 | 405 | 409 | 410 | 412 | 413 | 415 | 422 | 428 | 429 | 500 | 502 | 503 | 504
  retry: Retry
}

/** Every code there is, by room. Add a code in its room's section, in alphabetical order. */
export const ERRORS = {
  // any room
  ambiguous: { http: 409, retry: 'never' },
  bad_input: { http: 400, retry: 'never' },
  conflict: { http: 409, retry: 'never' },
  forbidden: { http: 403, retry: 'never' },
  internal: { http: 500, retry: 'later' },
  not_found: { http: 404, retry: 'never' },
  not_signed_in: { http: 401, retry: 'person' },
  unavailable: { http: 503, retry: 'later' },

  // HTTP API
  body_too_large: { http: 413, retry: 'never' },
  cross_site: { http: 403, retry: 'never' },
  idempotency_reused: { http: 422, retry: 'never' },
  method_not_allowed: { http: 405, retry: 'never' },
  precondition_failed: { http: 412, retry: 'person' },
  precondition_required: { http: 428, retry: 'never' },
  sign_in_failed: { http: 401, retry: 'person' },
  too_many_requests: { http: 429, retry: 'later' },
  unsupported_media_type: { http: 415, retry: 'never' },

  // database and gate
  action_changed: { http: 409, retry: 'never' },
  action_not_open: { http: 409, retry: 'never' },
  action_waits: { http: 409, retry: 'later' },
  already_approved: { http: 409, retry: 'person' },
  approval_invalid: { http: 403, retry: 'never' },
  audit_broken: { http: 500, retry: 'person' },
  database_away: { http: 503, retry: 'later' },
  definition_invalid: { http: 422, retry: 'person' },
  disk_full: { http: 503, retry: 'later' },
  own_work: { http: 403, retry: 'person' },
  person_erased: { http: 410, retry: 'never' },
  policy_invalid: { http: 422, retry: 'person' },
  run_out_of_step: { http: 409, retry: 'never' },
  stop_unsettled: { http: 503, retry: 'later' },

  // shape of the business
  exit_rules_invalid: { http: 422, retry: 'person' },
  exit_rules_unmet: { http: 422, retry: 'person' },
  field_required: { http: 422, retry: 'person' },
  field_value_invalid: { http: 422, retry: 'person' },

  // calendar and playbooks
  calendar_invalid: { http: 422, retry: 'person' },
  playbook_invalid: { http: 422, retry: 'person' },

  // agents
  model_bad_answer: { http: 502, retry: 'never' },
  model_bad_key: { http: 502, retry: 'person' },
  model_bad_request: { http: 502, retry: 'person' },
  model_budget_spent: { http: 402, retry: 'person' },
  model_context_too_long: { http: 413, retry: 'never' },
  model_cut_off: { http: 502, retry: 'never' },
  model_quota: { http: 502, retry: 'person' },
  model_rate_limited: { http: 429, retry: 'later' },
  model_refused: { http: 502, retry: 'never' },
  model_unavailable: { http: 503, retry: 'later' },

  // mail
  mail_bad_login: { http: 502, retry: 'person' },
  mail_invalid: { http: 422, retry: 'person' },
  mail_later: { http: 503, retry: 'later' },
  mail_no_sent_folder: { http: 502, retry: 'person' },
  mail_tls: { http: 502, retry: 'person' },
  mail_unavailable: { http: 503, retry: 'later' },
  mail_url_invalid: { http: 400, retry: 'person' },

  // launcher
  database_refused: { http: 503, retry: 'person' },
  home_in_use: { http: 409, retry: 'person' },
  home_unusable: { http: 500, retry: 'person' },
  migration_changed: { http: 500, retry: 'person' },
  migration_failed: { http: 500, retry: 'person' },
  postgres_failed: { http: 503, retry: 'person' },
  temporal_failed: { http: 503, retry: 'person' },
  temporal_missing: { http: 503, retry: 'person' },

  // import
  import_empty: { http: 422, retry: 'person' },
  import_kind_unknown: { http: 422, retry: 'person' },
  import_map_invalid: { http: 422, retry: 'person' },
  import_no_header: { http: 422, retry: 'person' },
  import_no_rows: { http: 422, retry: 'person' },
  import_not_text: { http: 422, retry: 'person' },

  // web
  web_connect: { http: 502, retry: 'later' },
  web_content_type: { http: 422, retry: 'never' },
  web_dns: { http: 503, retry: 'later' },
  web_dns_unknown: { http: 422, retry: 'never' },
  web_encoding: { http: 502, retry: 'never' },
  web_header_too_large: { http: 502, retry: 'never' },
  web_http_status: { http: 502, retry: 'never' },
  web_http_unavailable: { http: 503, retry: 'later' },
  web_not_found: { http: 404, retry: 'never' },
  web_pace: { http: 429, retry: 'later' },
  web_port: { http: 403, retry: 'never' },
  web_private_address: { http: 403, retry: 'never' },
  web_protocol: { http: 502, retry: 'never' },
  web_redirect_loop: { http: 502, retry: 'never' },
  web_robots: { http: 403, retry: 'never' },
  web_robots_unreachable: { http: 503, retry: 'later' },
  web_scheme: { http: 400, retry: 'never' },
  web_timeout: { http: 504, retry: 'later' },
  web_tls: { http: 502, retry: 'never' },
  web_too_large: { http: 413, retry: 'never' },
  web_too_many_redirects: { http: 502, retry: 'never' },
  web_too_slow: { http: 504, retry: 'later' },
  web_url: { http: 400, retry: 'never' },
  web_userinfo: { http: 400, retry: 'never' },
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

/** Problem documents as errors that the web app can tell apart. */
import type { ErrorCode } from '../../domain/errors.ts'

export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  /** `offline`: nothing answered. `unknown`: what answered is no server of ours. */
  readonly code: ErrorCode | 'offline' | 'unknown'
  readonly status: number
  readonly details: Readonly<Record<string, string | number | boolean | null>>
  /** As in the server's log. */
  readonly requestId: string | null

  constructor(of: Pick<ApiProblem, 'message' | 'code' | 'status' | 'details' | 'requestId'>, cause?: unknown) {
    super(of.message, cause === undefined ? undefined : { cause })
    this.code = of.code
    this.status = of.status
    this.details = of.details
    this.requestId = of.requestId
  }
}

interface Document {
  code: ErrorCode
  detail: string
  details?: Record<string, string | number | boolean | null>
  requestId?: string
}

/** @param status 0: nothing answered */
export function problemFrom(status: number, document: unknown, cause?: unknown): ApiProblem {
  if (isProblem(document)) {
    const { code, detail, details = {}, requestId = null } = document
    return new ApiProblem({ message: detail, code, status, details, requestId }, cause)
  }
  const message = status === 0 ? 'The server does not answer.' : `The server answered ${status} and did not say why.`
  return new ApiProblem(
    { message, code: status === 0 ? 'offline' : 'unknown', status, details: {}, requestId: null },
    cause,
  )
}

function isProblem(document: unknown): document is Document {
  if (typeof document !== 'object' || document === null) return false
  return (
    'code' in document &&
    typeof document.code === 'string' &&
    'detail' in document &&
    typeof document.detail === 'string'
  )
}

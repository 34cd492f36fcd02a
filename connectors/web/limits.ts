/** How much time and memory one fetch may take. Times in milliseconds, sizes in bytes. */
export interface FetchLimits {
  /** Name look-up, connection and TLS handshake, each. */
  connectMs: number
  /** From the request to the last header. */
  headersMs: number
  /** Silence between two pieces of the body. */
  idleMs: number
  /** Everything for one hop, however lively. */
  totalMs: number
  /** Body after decompression. */
  bodyBytes: number
  /** Body as it came over the wire. */
  wireBytes: number
  /** All response headers together. */
  headerBytes: number
  redirects: number
}

export const DEFAULT_LIMITS: FetchLimits = {
  connectMs: 10_000,
  headersMs: 15_000,
  idleMs: 10_000,
  totalMs: 45_000,
  bodyBytes: 32 * 1024 * 1024,
  wireBytes: 16 * 1024 * 1024,
  headerBytes: 32 * 1024,
  redirects: 5,
}

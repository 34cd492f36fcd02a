/** Reads a response body to its end, decompressed, and stops as soon as it grows beyond its limits. */
import { Duplex, Readable, Transform, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import * as zlib from 'node:zlib'
import { DealwrightError } from '../../domain/errors.ts'

export interface BodyLimits {
  bodyBytes: number
  wireBytes: number
  /** Beyond the limit: refuse (`web_too_large`), or keep what came so far. */
  beyond: 'refuse' | 'keep'
}

/** Node 20 has no zstd; where it has, servers may use it. */
const createZstd = (zlib as { createZstdDecompress?: () => Transform }).createZstdDecompress

/** What is offered to servers in `Accept-Encoding`. */
export const ACCEPTED_ENCODINGS = createZstd === undefined ? 'gzip, deflate, br' : 'gzip, deflate, br, zstd'

/** Servers stack at most two encodings in earnest; more only multiplies a bomb. */
const MAX_ENCODINGS = 2

/**
 * The decompressed body. Memory stays near `bodyBytes` whatever the compression ratio, because the decoders are fed
 * only as fast as their output is counted. Throws `web_too_large`, `web_encoding`, or the stream's own error.
 */
export async function readBody(
  body: Readable,
  contentEncoding: string | undefined,
  limits: BodyLimits,
  place: string,
): Promise<Buffer> {
  const decoders = decodersFor(contentEncoding, place)
  const chunks: Buffer[] = []
  const collector = collectorInto(chunks, limits.bodyBytes, place)
  try {
    await pipeline([body, wireCounter(limits.wireBytes, place), ...decoders, collector])
  } catch (error) {
    const full = error instanceof DealwrightError && error.code === 'web_too_large'
    if (!(full && limits.beyond === 'keep')) throw encodingError(error, place)
  }
  return Buffer.concat(chunks)
}

function tooLarge(place: string, limit: number): DealwrightError {
  return new DealwrightError('web_too_large', `${place}: the page is larger than ${limit} bytes and was not read`, {
    details: { limit },
  })
}

function collectorInto(chunks: Buffer[], limit: number, place: string): Writable {
  let size = 0
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      const room = limit - size
      size += chunk.length
      chunks.push(chunk.length > room ? chunk.subarray(0, room) : chunk)
      done(chunk.length > room ? tooLarge(place, limit) : null)
    },
  })
}

function wireCounter(limit: number, place: string): Transform {
  let wire = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      wire += chunk.length
      if (wire > limit) done(tooLarge(place, limit))
      else done(null, chunk)
    },
  })
}

function encodingError(error: unknown, place: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (!/^(Z_|ERR_BROTLI|ERR__ERROR|ERR_PADDING|ERR_ZSTD|ZSTD_)/.test(code)) return error
  return new DealwrightError('web_encoding', `${place}: the body cannot be decompressed (${code})`, { cause: error })
}

/** Decoders in the order to apply them: the header lists what was applied first, first. */
function decodersFor(contentEncoding: string | undefined, place: string): Duplex[] {
  const names = (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '' && name !== 'identity')
  if (names.length > MAX_ENCODINGS) {
    throw new DealwrightError('web_encoding', `${place}: the body is compressed ${names.length} times over`)
  }
  return names.reverse().map(name => decoderFor(name, place))
}

function decoderFor(name: string, place: string): Duplex {
  if (name === 'gzip' || name === 'x-gzip') return zlib.createGunzip()
  if (name === 'deflate') return inflateEither()
  if (name === 'br') return zlib.createBrotliDecompress()
  if (name === 'zstd' && createZstd !== undefined) return createZstd()
  throw new DealwrightError(
    'web_encoding',
    `${place}: the body is encoded as "${name.slice(0, 20)}", which is not read`,
  )
}

/** `deflate` means zlib, but some servers send raw deflate: the first byte tells them apart (RFC 1950, CM = 8). */
function inflateEither(): Duplex {
  return Duplex.from(async function* (source: AsyncIterable<Buffer>) {
    const pieces = source[Symbol.asyncIterator]()
    const first = await pieces.next()
    if (first.done === true) return
    const decoder = ((first.value[0] ?? 0) & 0x0f) === 8 ? zlib.createInflate() : zlib.createInflateRaw()
    const rest = async function* (): AsyncGenerator<Buffer> {
      yield first.value
      yield* { [Symbol.asyncIterator]: () => pieces }
    }
    yield* Readable.from(rest()).pipe(decoder)
  })
}

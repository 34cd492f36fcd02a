/** Bodies before they are validated: how large, of which type, in which encoding, and as what JSON. */
import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { DealwrightError } from '../../domain/errors.ts'
import type { Env } from './api.ts'
import { parseJson } from './json-text.ts'

const MB = 1024 * 1024
/** Unless a route says otherwise. */
export const USUAL_BODY = MB
/** A mail as it is on disk, with its attachments. */
export const MAIL_BODY = 30 * MB
export const FILE_BODY = 50 * MB

export function limitBody(maxSize: number): MiddlewareHandler<Env> {
  return bodyLimit({
    maxSize,
    onError: () => {
      throw new DealwrightError('body_too_large', `The body is larger than ${maxSize} bytes, which is the most here.`, {
        details: { limit: maxSize },
      })
    },
  })
}

/** @param types the media types that the route takes */
export function checkBody(types: readonly string[]): MiddlewareHandler<Env> {
  return async (context, next) => {
    const given = context.req.header('content-type')
    const type = given?.split(';')[0]?.trim().toLowerCase()
    if (type === undefined || !types.includes(type))
      throw new DealwrightError('unsupported_media_type', `Send the body as ${types.join(' or ')}.`)
    const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(given ?? '')?.[1]
    if (type === 'application/json') {
      if (charset !== undefined && !/^utf-?8$/i.test(charset))
        throw new DealwrightError('unsupported_media_type', 'JSON is read as UTF-8 alone: send it so.')
      const value = parseJson(utf8(await context.req.arrayBuffer()))
      // What was checked is what is validated.
      context.req.json = (() => Promise.resolve(value)) as typeof context.req.json
    }
    await next()
  }
}

function utf8(bytes: ArrayBuffer): string {
  try {
    // A byte order mark is kept: JSON begins with none, so it is refused as anything else in front would be.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new DealwrightError('bad_input', 'The body is not UTF-8.')
  }
}

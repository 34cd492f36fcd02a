/** A time zone by its name, as bodies have it. */
import { z } from '@hono/zod-openapi'

export const zone = z.string().max(60).refine(isZone, 'is an IANA name, such as Europe/London')

function isZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

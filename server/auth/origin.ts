/**
 * Cross-site requests. A browser adds the cookie to what other sites make it send, so what a cookie signs and changes something has to
 * come from our own pages: its Origin is ours or the browser says same-origin, and it is JSON, or a file named text/csv: no form of
 * another site can send either.
 * Keys travel in a header that other sites cannot set: they are free of this.
 */
import type { Context } from 'hono'
import { DealwrightError } from '../../domain/errors.ts'

/** None of these is among the three that a form can send, nor among those that a script may send elsewhere unasked. */
const NO_FORM_SENDS = /^(?:application\/json|text\/csv)\b/i
const CHANGES_NOTHING = new Set(['GET', 'HEAD', 'OPTIONS'])

/** For a request signed in by cookie. @throws DealwrightError `cross_site`, `unsupported_media_type` */
export function requireOurPage(context: Context, publicUrl: string): void {
  if (CHANGES_NOTHING.has(context.req.method)) return
  if (!fromUs(context, publicUrl))
    throw new DealwrightError('cross_site', 'This request did not come from this site’s own pages: nothing was done.')
  const type = context.req.header('content-type')
  const hasBody =
    context.req.header('transfer-encoding') !== undefined || Number(context.req.header('content-length') ?? 0) > 0
  if ((hasBody || type !== undefined) && !NO_FORM_SENDS.test(type ?? ''))
    throw new DealwrightError('unsupported_media_type', 'Send it as application/json.')
}

/** For requests that nobody is signed in for yet, such as signing in: what a browser says comes from elsewhere is refused. */
export function refuseOtherSites(context: Context, publicUrl: string): void {
  const origin = context.req.header('origin')
  const site = context.req.header('sec-fetch-site')
  if ((origin === undefined && (site === undefined || site === 'none')) || fromUs(context, publicUrl)) return
  throw new DealwrightError('cross_site', 'This request came from another site: nothing was done.')
}

function fromUs(context: Context, publicUrl: string): boolean {
  if (context.req.header('sec-fetch-site') === 'same-origin') return true
  return context.req.header('origin') === new URL(publicUrl).origin
}

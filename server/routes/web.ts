/** The web app: its page at `/` and at every address of its own, and the files that the page loads. */
import { randomBytes } from 'node:crypto'
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { DealwrightError } from '../../domain/errors.ts'
import { createGroup, type Env } from '../api/api.ts'
import { problem } from '../api/problem.ts'
import { route } from '../api/route.ts'
import { page } from '../status.ts'
import { ASSET_TYPES, bestBody, type WebFiles } from '../shell/files.ts'

const YEAR = 'public, max-age=31536000, immutable'

/** A first visit loads a dozen files at once, and an office shares its address: counted with every other request of it, not as a knock at the door. */
const RATE = { rate: 'address' } as const

const NOT_BUILT = page(
  'Dealwright',
  '<h1>Dealwright</h1><p>The web app is not built here: run <code>npm start</code>, or <code>node scripts/setup.mjs</code> and start the server again.</p><p><a href="/status">Status</a></p>',
)

export function web(files: WebFiles | null) {
  return createGroup()
    .openapi(
      route(
        'anyone',
        {
          method: 'get',
          path: '/',
          summary: 'The web app',
          responses: { 200: { description: 'Its page', content: { 'text/html': { schema: z.string() } } } },
        },
        RATE,
      ),
      context => shell(context, files),
    )
    .openapi(
      route(
        'anyone',
        {
          method: 'get',
          path: '/assets/{file}',
          summary: 'A file of the web app; its name changes with its content',
          request: { params: z.object({ file: z.string().max(200) }) },
          responses: {
            200: {
              description: 'The file',
              content: Object.fromEntries(ASSET_TYPES.map(type => [type, { schema: z.string() }])),
            },
          },
        },
        RATE,
      ),
      context => {
        const asset = files?.assets.get(context.req.valid('param').file)
        if (!asset) throw new DealwrightError('not_found', 'There is no such file: the web app may be a newer one now.')
        const { encoding, bytes } = bestBody(asset, context.req.header('accept-encoding') ?? '')
        context.set('ownHeaders', {
          'Cache-Control': YEAR,
          'Content-Type': `${asset.type}; charset=utf-8`,
          Vary: 'Accept-Encoding',
          ...(encoding === 'identity' ? {} : { 'Content-Encoding': encoding }),
        })
        return context.body(bytes, 200)
      },
    )
}

/** Of the server's own: the web app has no page there. */
const OURS = /^\/(api|assets|forms|healthz|docs|openapi\.json|status|unsubscribe|invitation|sign-in)(\/|$)/

/** A person's browser asks for an address that no route has: the app's page, which knows its own addresses. Others get `otherwise`. */
export function deepLink(files: WebFiles | null, otherwise: (context: Context<Env>) => Response) {
  return (context: Context<Env>): Response | Promise<Response> => {
    const { method, path } = context.req
    const asksForPage = /\btext\/html\b/.test(context.req.header('accept') ?? '')
    if ((method !== 'GET' && method !== 'HEAD') || !asksForPage || OURS.test(path)) return otherwise(context)
    try {
      return shell(context, files)
    } catch (error) {
      if (error instanceof DealwrightError) return problem(context, error)
      throw error
    }
  }
}

/**
 * Scripts from our own files alone; styles from there and, since the component library makes some as it runs, with this answer's nonce.
 * Nothing is loaded from elsewhere, no form sent there, and no page may frame this one.
 */
function shell(context: Context<Env>, files: WebFiles | null) {
  if (files === null) return context.html(NOT_BUILT, 200)
  const nonce = randomBytes(16).toString('base64')
  context.set('ownHeaders', {
    'Content-Security-Policy': [
      "default-src 'none'",
      "script-src 'self'",
      `style-src 'self' 'nonce-${nonce}'`,
      "img-src 'self' data:",
      "font-src 'self'",
      "connect-src 'self'",
      "form-action 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ].join('; '),
  })
  return context.html(files.index.replaceAll('__NONCE__', nonce), 200)
}

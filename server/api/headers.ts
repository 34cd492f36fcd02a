/** What every answer carries, whatever gave it. There is no header of CORS: no page of another site reads our answers. */
import type { Context } from 'hono'
import type { Env } from './api.ts'

const SECURITY = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'Cache-Control': 'no-store',
} as const

export function sendSecurityHeaders(context: Context<Env>): void {
  const all = { ...SECURITY, ...context.var.ownHeaders }
  for (const [name, value] of Object.entries(all)) context.header(name, value)
  context.header('X-Request-Id', context.var.requestId)
}

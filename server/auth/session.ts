/** What only a person at a browser does: a key must not end in a new password, a new second factor or a new key. */
import type { Context } from 'hono'
import { DealwrightError } from '../../domain/errors.ts'
import type { Env } from '../api/api.ts'
import type { Credential } from '../api/sign-in.ts'

/** @throws DealwrightError `forbidden` for keys and commands */
export function sessionOf(context: Context<Env>): Extract<Credential, { kind: 'session' }> {
  const { credential } = context.var
  if (credential.kind === 'session') return credential
  throw new DealwrightError('forbidden', 'This is for somebody who signed in themselves, not for a key.')
}

/** For the audit trail. */
export const actorOf = (context: Context<Env>): string => `user:${context.var.user.id}`

/** Two-factor sign-in by time-based codes: turning it on and off, backup codes, and the rule for approvers. */
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { DealwrightError } from '../../domain/errors.ts'
import type { Tx } from '../../db/sql.ts'
import { audit } from '../../db/stores/audit.ts'
import { lockedOrganisation } from '../../db/stores/organisation.ts'
import {
  approversNeedTwoFactor,
  noteSecondFactor,
  removeTwoFactor,
  setApproversTwoFactor,
} from '../../db/stores/sign-in.ts'
import { lockedUser } from '../../db/stores/users.ts'
import { type AppOptions, createGroup, type Env } from '../api/api.ts'
import { changedFrom, tagged } from '../api/etag.ts'
import { body, idParams, json, route } from '../api/route.ts'
import { ENDS, OWN_SECRET } from '../api/unversioned.ts'
import { passCookies, requireSuccess, type Called } from '../auth/call.ts'
import type { SignIn } from '../auth/index.ts'
import { verifyCode } from '../auth/flow.ts'
import { PASSWORD } from '../auth/options.ts'
import { actorOf, sessionOf } from '../auth/session.ts'

/** Missing for those who sign in by single sign-on alone. */
const confirmation = z.strictObject({ password: z.string().min(1).max(PASSWORD.longest).optional() })
const codes = z.array(z.string())
const rules = z.strictObject({ approversTwoFactor: z.boolean() }).openapi('SignInRules')
const done = z.object({ ok: z.literal(true) })
const ok = { ok: true } as const

export function twoFactorRoutes({ db }: AppOptions, sessions: SignIn) {
  return createGroup()
    .openapi(
      route(
        'signed_in',
        {
          method: 'post',
          path: '/api/two-factor',
          summary: 'Begins two-factor sign-in: what to scan, and backup codes, shown this once; a code confirms it',
          request: body(confirmation),
          responses: json(z.object({ uri: z.string(), backupCodes: codes }), 'For one’s app'),
        },
        { unversioned: OWN_SECRET },
      ),
      async context => {
        const called = await confirmed(context, '/two-factor/enable')
        const { totpURI, backupCodes } = called.json
        return context.json({ uri: String(totpURI), backupCodes: backupCodes as string[] }, 200)
      },
    )
    .openapi(
      route(
        'signed_in',
        {
          method: 'post',
          path: '/api/two-factor/confirm',
          summary: 'Turns it on, with a code of one’s app; this session counts as having shown it',
          request: body(z.strictObject({ code: z.string().regex(/^\d{6}$/) })),
          responses: json(done, 'It is on'),
        },
        { unversioned: OWN_SECRET },
      ),
      async context => {
        sessionOf(context)
        const { id } = context.var.user
        const attempt = await sessions.attempt(context, `code of ${id}`)
        const { code } = context.req.valid('json')
        const fresh = await sessions.freshCode(id, code)
        const { called } = await verifyCode(sessions, context, { code: fresh ? code : '' })
        if (!called.response.ok && called.response.status !== 429)
          throw new DealwrightError('forbidden', 'This code is not valid: nothing was turned on.')
        requireSuccess(called, 'Sign in again.')
        await attempt.succeeded()
        passCookies(context, called)
        const token = called.token ?? called.json.token
        if (typeof token === 'string') await noteSecondFactor(db, token)
        await audit(db, { actor: actorOf(context), type: 'two_factor.enabled', target: 'user', targetId: id })
        return context.json(ok, 200)
      },
    )
    .openapi(
      route(
        'signed_in',
        {
          method: 'post',
          path: '/api/two-factor/backup-codes',
          summary: 'New backup codes, shown this once; the old ones are void',
          request: body(confirmation),
          responses: json(z.object({ backupCodes: codes }), 'The new ones'),
        },
        { unversioned: OWN_SECRET },
      ),
      async context => {
        const called = await confirmed(context, '/two-factor/generate-backup-codes')
        const { id } = context.var.user
        await audit(db, { actor: actorOf(context), type: 'two_factor.new_codes', target: 'user', targetId: id })
        return context.json({ backupCodes: called.json.backupCodes as string[] }, 200)
      },
    )
    .openapi(
      route(
        'signed_in',
        {
          method: 'post',
          path: '/api/two-factor/turn-off',
          summary: 'Turns it off',
          request: body(confirmation),
          responses: json(done, 'It is off'),
        },
        { unversioned: OWN_SECRET },
      ),
      async context => {
        passCookies(context, await confirmed(context, '/two-factor/disable'))
        const { id } = context.var.user
        await audit(db, { actor: actorOf(context), type: 'two_factor.disabled', target: 'user', targetId: id })
        return context.json(ok, 200)
      },
    )
    .openapi(
      route(
        'user.manage',
        {
          method: 'post',
          path: '/api/users/{id}/two-factor/turn-off',
          summary: 'Turns it off for somebody who lost their device; their sessions end',
          request: { params: idParams },
          responses: json(done, 'It is off'),
        },
        { unversioned: ENDS },
      ),
      async context => {
        const { id } = context.req.valid('param')
        await db.tx(async tx => {
          await lockedUser(tx, id)
          await removeTwoFactor(tx, id)
          await audit(tx, { actor: actorOf(context), type: 'two_factor.disabled', target: 'user', targetId: id })
        })
        return context.json(ok, 200)
      },
    )
    .openapi(
      route(
        'user.see',
        {
          method: 'get',
          path: '/api/sign-in/rules',
          summary: 'What the organisation asks of those who decide',
          responses: json(rules, 'The rules'),
        },
        { etag: true },
      ),
      async context => context.json(tagged(context, { approversTwoFactor: await approversNeedTwoFactor(db) }), 200),
    )
    .openapi(
      route(
        'user.manage',
        {
          method: 'put',
          path: '/api/sign-in/rules',
          summary: 'Says whether deciding takes a second factor',
          request: body(rules),
          responses: json(rules, 'The rules'),
        },
        { etag: true, ifMatch: true },
      ),
      async context => {
        const { approversTwoFactor } = context.req.valid('json')
        const before = async (tx: Tx) => ({ approversTwoFactor: (await lockedOrganisation(tx)).approversTwoFactor })
        await changedFrom(context, db, before, tx => setApproversTwoFactor(tx, approversTwoFactor, actorOf(context)))
        return context.json(tagged(context, { approversTwoFactor }), 200)
      },
    )

  /** Somebody at a browser who knows the password: a session left open is not enough. */
  async function confirmed(
    context: Context<Env, string, { out: { json: z.infer<typeof confirmation> } }>,
    path: string,
  ): Promise<Called> {
    sessionOf(context)
    const attempt = await sessions.attempt(context, `password of ${context.var.user.id}`)
    const called = await sessions.call(context, { path, body: context.req.valid('json') })
    if (called.response.status === 400) throw new DealwrightError('forbidden', saidBy(called))
    requireSuccess(called, 'Sign in again.')
    await attempt.succeeded()
    return called
  }
}

function saidBy({ json }: Called): string {
  if (json.code === 'INVALID_PASSWORD') return 'The password is missing or not right: nothing was changed.'
  if (json.code === 'TOTP_ALREADY_ENABLED') return 'Two-factor sign-in is on already: turn it off first.'
  return 'Two-factor sign-in is not on: nothing was changed.'
}

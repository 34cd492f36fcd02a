/** Signing in and out, who one is, and one's sessions and password. */
import { z } from '@hono/zod-openapi'
import { GRANTS, ROLES, SCOPES } from '../../domain/access/viewer.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { audit } from '../../db/stores/audit.ts'
import type { User } from '../../db/stores/people.ts'
import {
  approversNeedTwoFactor,
  endSessions,
  hasPassword,
  noteSecondFactor,
  sessionsOf,
} from '../../db/stores/sign-in.ts'
import { type AppOptions, createGroup } from '../api/api.ts'
import { body, idParams, json, route } from '../api/route.ts'
import { ENDS, OWN_SECRET } from '../api/unversioned.ts'
import { passCookies, requireSuccess } from '../auth/call.ts'
import { type SignIn } from '../auth/index.ts'
import { withCode, withPassword } from '../auth/flow.ts'
import { PASSWORD } from '../auth/options.ts'
import { sessionOf } from '../auth/session.ts'

const code = z.string().regex(/^\d{6}$/)
const backupCode = z.string().min(8).max(40)
const password = z.string().min(1).max(PASSWORD.longest)
const me = z.object({ id: z.uuid(), name: z.string(), email: z.string(), role: z.enum(ROLES) }).openapi('Me')

const outcome = z
  .object({
    /** A code is still missing: send it to /api/sign-in/code. */
    codeNeeded: z.boolean(),
    user: me.nullable(),
  })
  .openapi('SignedIn')

const session = z
  .object({
    id: z.uuid(),
    current: z.boolean(),
    createdAt: z.date(),
    expiresAt: z.date(),
    userAgent: z.string().nullable(),
    secondFactorAt: z.date().nullable(),
  })
  .openapi('Session')

const whoami = me
  .extend({
    zone: z.string(),
    teamId: z.uuid().nullable(),
    grants: z.array(z.enum(GRANTS)),
    scopes: z.array(z.enum(SCOPES)),
    signedInBy: z.enum(['session', 'key', 'command']),
    secondFactor: z.boolean(),
    approversTwoFactor: z.boolean(),
    hasPassword: z.boolean(),
  })
  .openapi('WhoAmI')

const done = z.object({ ok: z.literal(true) })
const ok = { ok: true } as const
const shown = ({ id, name, email, role }: User) => ({ id, name, email, role })

export function signInRoutes({ db }: AppOptions, sessions: SignIn) {
  return createGroup()
    .openapi(
      route('anyone', {
        method: 'get',
        path: '/api/sign-in',
        summary: 'How one can sign in here besides with a password',
        responses: json(
          z.object({ singleSignOn: z.string().nullable() }),
          'Name of the identity provider; null: there is none',
        ),
      }),
      context => context.json({ singleSignOn: sessions.options.oidc?.name ?? null }, 200),
    )
    .openapi(
      route(
        'anyone',
        {
          method: 'post',
          path: '/api/sign-in',
          summary: 'Signs in with address and password; the cookie that comes back is the session',
          request: body(
            z.strictObject({
              email: z.string().min(3).max(254),
              password,
              code: code.optional(),
              backupCode: backupCode.optional(),
            }),
          ),
          responses: json(outcome, 'Signed in, or a code is missing'),
        },
        { unversioned: OWN_SECRET },
      ),
      async context => {
        const user = await withPassword(db, sessions, context, context.req.valid('json'))
        return context.json({ codeNeeded: user === null, user: user && shown(user) }, 200)
      },
    )
    .openapi(
      route(
        'anyone',
        {
          method: 'post',
          path: '/api/sign-in/code',
          summary: 'Shows the second factor: a code of one’s app, or a backup code',
          request: body(z.union([z.strictObject({ code }), z.strictObject({ backupCode })])),
          responses: json(outcome, 'Signed in'),
        },
        { unversioned: OWN_SECRET },
      ),
      async context => {
        const user = await withCode(db, sessions, context, context.req.valid('json'))
        return context.json({ codeNeeded: false, user: shown(user) }, 200)
      },
    )
    .openapi(
      route('signed_in', {
        method: 'get',
        path: '/api/session',
        summary: 'Who one is, and what one may do',
        responses: json(whoami, 'Oneself'),
      }),
      async context => {
        const { user, viewer, credential } = context.var
        return context.json(
          {
            ...shown(user),
            zone: user.zone,
            teamId: user.teamId,
            grants: [...viewer.grants],
            scopes: [...viewer.scopes],
            signedInBy: credential.kind,
            secondFactor: credential.secondFactor,
            approversTwoFactor: await approversNeedTwoFactor(db),
            hasPassword: await hasPassword(db, user.id),
          },
          200,
        )
      },
    )
    .openapi(
      route('signed_in', {
        method: 'get',
        path: '/api/sessions',
        summary: 'Where one is signed in',
        responses: json(z.object({ items: z.array(session) }), 'One’s sessions, newest first'),
      }),
      async context => {
        const { user, credential } = context.var
        const current = credential.kind === 'session' ? credential.sessionId : null
        return context.json({ items: await sessionsOf(db, user.id, current) }, 200)
      },
    )
    .openapi(
      route(
        'signed_in',
        {
          method: 'delete',
          path: '/api/sessions/{id}',
          summary: 'Ends one of one’s sessions',
          request: { params: idParams },
          responses: json(done, 'It is over'),
        },
        { unversioned: ENDS },
      ),
      async context => {
        await signOut(context.var.user, context.req.valid('param').id)
        return context.json(ok, 200)
      },
    )
    .openapi(
      route(
        'signed_in',
        {
          method: 'post',
          path: '/api/sign-out',
          summary: 'Ends this session',
          responses: json(done, 'Signed out'),
        },
        { unversioned: ENDS },
      ),
      async context => {
        const { sessionId } = sessionOf(context)
        passCookies(context, await sessions.call(context, { path: '/sign-out' }))
        await signOut(context.var.user, sessionId, true)
        return context.json(ok, 200)
      },
    )
    .openapi(
      route(
        'signed_in',
        {
          method: 'post',
          path: '/api/sign-out-everywhere',
          summary: 'Ends all of one’s sessions, this one too; keys stay',
          responses: json(z.object({ ended: z.int() }), 'How many there were'),
        },
        { unversioned: ENDS },
      ),
      async context => {
        const { id } = context.var.user
        const ended = await db.tx(async tx => {
          const n = await endSessions(tx, id)
          await audit(tx, {
            actor: `user:${id}`,
            type: 'session.ended',
            target: 'user',
            targetId: id,
            data: { all: true },
          })
          return n
        })
        return context.json({ ended }, 200)
      },
    )
    .openapi(
      route(
        'signed_in',
        {
          method: 'post',
          path: '/api/password',
          summary: 'Changes one’s password; all other sessions end',
          request: body(
            z.strictObject({ current: password, new: z.string().min(PASSWORD.shortest).max(PASSWORD.longest) }),
          ),
          responses: json(done, 'Changed'),
        },
        { unversioned: OWN_SECRET },
      ),
      async context => {
        const { id } = context.var.user
        const { secondFactor } = sessionOf(context)
        const attempt = await sessions.attempt(context, `password of ${id}`)
        const given = context.req.valid('json')
        const called = await sessions.call(context, {
          path: '/change-password',
          body: { currentPassword: given.current, newPassword: given.new, revokeOtherSessions: true },
        })
        if (called.response.status === 400)
          throw new DealwrightError('forbidden', 'The current password is not right: nothing was changed.')
        requireSuccess(called, 'Sign in again.')
        await attempt.succeeded()
        passCookies(context, called)
        if (secondFactor && called.token) await noteSecondFactor(db, called.token)
        await audit(db, { actor: `user:${id}`, type: 'password.changed', target: 'user', targetId: id })
        return context.json(ok, 200)
      },
    )

  /** @param gone it was ended by now, and only this is to be written down */
  async function signOut(user: User, sessionId: string, gone = false): Promise<void> {
    await db.tx(async tx => {
      const ended = await endSessions(tx, user.id, sessionId)
      if (ended === 0 && !gone)
        throw new DealwrightError('not_found', `There is no session ${sessionId}.`, { details: { id: sessionId } })
      await audit(tx, {
        actor: `user:${user.id}`,
        type: 'session.ended',
        target: 'user',
        targetId: user.id,
        data: { all: false },
      })
    })
  }
}

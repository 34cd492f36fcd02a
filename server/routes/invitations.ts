/** Invitations: an admin makes a one-time link; whoever opens it sets their name and password. A new link is also how a lost password is mended. */
import { z } from '@hono/zod-openapi'
import { ROLES } from '../../domain/access/viewer.ts'
import { invite, invitedUser, openInvitations, revokeInvitation } from '../../db/stores/invitations.ts'
import { type AppOptions, createGroup } from '../api/api.ts'
import { body, idParams, json, route } from '../api/route.ts'
import { ENDS, OWN_SECRET } from '../api/unversioned.ts'
import { acceptInvitation } from '../auth/accept.ts'
import type { SignIn } from '../auth/index.ts'
import { linkOf, PASSWORD } from '../auth/options.ts'
import { actorOf } from '../auth/session.ts'

const LONGEST_HOURS = 24 * 14

const invitation = z
  .object({
    id: z.uuid(),
    userId: z.uuid().nullable(),
    name: z.string().nullable(),
    email: z.string().nullable(),
    role: z.enum(ROLES),
    localOnly: z.boolean(),
    invitedBy: z.string(),
    createdAt: z.date(),
    expiresAt: z.date(),
  })
  .openapi('Invitation')

const asked = z.strictObject({
  email: z.email().max(254),
  /** For somebody new: these two are needed. For a user who is here already they are left out. */
  name: z.string().trim().min(1).max(120).optional(),
  role: z.enum(ROLES).optional(),
  team: z.string().trim().min(1).max(80).nullable().default(null),
  zone: z.string().max(60).default('UTC'),
  hours: z.int().min(1).max(LONGEST_HOURS).default(72),
})

export function invitations({ db }: AppOptions, sessions: SignIn) {
  return createGroup()
    .openapi(
      route('user.manage', {
        method: 'get',
        path: '/api/invitations',
        summary: 'Links that are open',
        responses: json(z.object({ items: z.array(invitation) }), 'Newest first; the links themselves were shown once'),
      }),
      async context => context.json({ items: await openInvitations(db) }, 200),
    )
    .openapi(
      route(
        'user.manage',
        {
          method: 'post',
          path: '/api/invitations',
          summary: 'Makes a one-time link for somebody new, or for a user who lost their password',
          request: body(asked),
          responses: json(
            z.object({ id: z.uuid(), userId: z.uuid(), link: z.string(), expiresAt: z.date() }),
            'The link, shown this once',
          ),
        },
        { creates: true },
      ),
      async context => {
        const given = context.req.valid('json')
        const by = actorOf(context)
        const made = await db.tx(async tx => {
          const user = await invitedUser(tx, given, by)
          return {
            userId: user.id,
            ...(await invite(tx, { userId: user.id, role: user.role, hours: given.hours, by })),
          }
        })
        const { token, ...shown } = made
        return context.json({ ...shown, link: linkOf(sessions.options.publicUrl(), token) }, 200)
      },
    )
    .openapi(
      route(
        'user.manage',
        {
          method: 'delete',
          path: '/api/invitations/{id}',
          summary: 'Makes a link void',
          request: { params: idParams },
          responses: json(z.object({ ok: z.literal(true) }), 'It is void'),
        },
        { unversioned: ENDS },
      ),
      async context => {
        await db.tx(tx => revokeInvitation(tx, context.req.valid('param').id, actorOf(context)))
        return context.json({ ok: true } as const, 200)
      },
    )
    .openapi(
      route(
        'anyone',
        {
          method: 'post',
          path: '/api/invitations/accept',
          summary: 'Uses a link up: sets name and password, and signs in',
          request: body(
            z.strictObject({
              token: z.string().regex(/^[\w-]{43}$/),
              name: z.string().trim().min(1).max(120),
              email: z.email().max(254).optional(),
              password: z.string().min(PASSWORD.shortest).max(PASSWORD.longest),
            }),
          ),
          responses: json(z.object({ codeNeeded: z.boolean() }), 'Signed in, or a code is missing'),
        },
        { unversioned: OWN_SECRET },
      ),
      async context => {
        const { token, ...given } = context.req.valid('json')
        return context.json({ codeNeeded: !(await acceptInvitation(db, sessions, context, token, given)) }, 200)
      },
    )
}

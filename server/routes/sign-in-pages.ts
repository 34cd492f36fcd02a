/** Pages for browsers: an invitation's link, signing in, and the two ends of single sign-on. */
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { DealwrightError } from '../../domain/errors.ts'
import { type AppOptions, createGroup } from '../api/api.ts'
import { route } from '../api/route.ts'
import { acceptInvitation, openInvitation } from '../auth/accept.ts'
import { passCookies, requireSuccess } from '../auth/call.ts'
import { begun, noteFailure, withCode, withPassword } from '../auth/flow.ts'
import type { SignIn } from '../auth/index.ts'
import { PASSWORD, PROVIDER } from '../auth/options.ts'
import { codePage, invitationPage, noInvitationPage, signedInPage, signInPage } from '../auth/pages.ts'

const html = (description: string) => ({ 200: { description, content: { 'text/html': { schema: z.string() } } } })
const elsewhere = (description: string) => ({ 302: { description } })
const form = <S extends z.ZodType>(schema: S) => ({
  body: { required: true, content: { 'application/x-www-form-urlencoded': { schema } } },
})
const link = z.object({ token: z.string().regex(/^[\w-]{43}$/) })
const text = z.string().max(2_000).optional()

/** What identity providers send back; what they add to it is not read. */
const answer = z.object({
  code: text, state: text, iss: text, error: text, error_description: text, error_uri: text,
  session_state: text, scope: text, authuser: text, hd: text, prompt: text, client_info: text,
}) // biome-ignore format: a list

export function signInPages({ db }: AppOptions, sessions: SignIn) {
  const provider = () => sessions.options.oidc?.name ?? null
  return createGroup()
    .openapi(
      route('anyone', {
        method: 'get',
        path: '/invitation/{token}',
        summary: 'What an invitation’s link opens: name and password',
        request: { params: link },
        responses: html('A form, or why the link does not work'),
      }),
      async context => {
        const { token } = context.req.valid('param')
        return shown(context, async () => invitationPage(await openInvitation(db, context, token)), noInvitationPage)
      },
    )
    .openapi(
      route('anyone', {
        method: 'post',
        path: '/invitation/{token}',
        summary: 'Uses the link up and signs in',
        request: {
          params: link,
          ...form(
            z.object({
              name: z.string().trim().min(1).max(120),
              email: z.email().max(254).optional(),
              password: z.string().min(PASSWORD.shortest).max(PASSWORD.longest),
            }),
          ),
        },
        responses: html('Signed in'),
      }),
      async context => {
        const { token } = context.req.valid('param')
        return shown(
          context,
          async () => {
            const user = await acceptInvitation(db, sessions, context, token, context.req.valid('form'))
            return user ? signedInPage(user) : codePage()
          },
          noInvitationPage,
        )
      },
    )
    .openapi(
      route('anyone', {
        method: 'get',
        path: '/sign-in',
        summary: 'The page to sign in on',
        request: { query: z.object({ error: text }) },
        responses: html('A form'),
      }),
      context => {
        const { error } = context.req.valid('query')
        const problem = error === undefined ? undefined : 'Single sign-on did not let you in. Ask your administrator.'
        return context.html(signInPage(provider(), problem), 200)
      },
    )
    .openapi(
      route('anyone', {
        method: 'post',
        path: '/sign-in',
        summary: 'Signs in from the page',
        request: form(
          z.object({ email: z.string().min(3).max(254), password: z.string().min(1).max(PASSWORD.longest) }),
        ),
        responses: html('Signed in, a code is missing, or what was wrong'),
      }),
      async context =>
        shown(
          context,
          async () => {
            const user = await withPassword(db, sessions, context, context.req.valid('form'))
            return user ? signedInPage(user) : codePage()
          },
          problem => signInPage(provider(), problem),
        ),
    )
    .openapi(
      route('anyone', {
        method: 'post',
        path: '/sign-in/code',
        summary: 'The second step of the page',
        request: form(
          z.object({
            code: z
              .string()
              .trim()
              .regex(/^\d{6}$/),
          }),
        ),
        responses: html('Signed in, or what was wrong'),
      }),
      async context =>
        shown(
          context,
          async () => signedInPage(await withCode(db, sessions, context, context.req.valid('form'))),
          codePage,
        ),
    )
    .openapi(
      route('anyone', {
        method: 'get',
        path: '/sign-in/oidc',
        summary: 'Begins single sign-on: goes to the identity provider',
        responses: elsewhere('To the identity provider'),
      }),
      async context => {
        if (provider() === null) throw new DealwrightError('not_found', 'Single sign-on is not set up here.')
        const own = new URL(sessions.options.publicUrl()).origin
        const called = await sessions.call(context, {
          path: '/sign-in/social',
          body: {
            provider: PROVIDER,
            callbackURL: `${own}/`,
            errorCallbackURL: `${own}/sign-in`,
            disableRedirect: true,
          },
        })
        if (called.response.status === 404)
          throw new DealwrightError('unavailable', 'The identity provider does not answer: try again later.')
        requireSuccess(called, 'Single sign-on does not work just now.')
        passCookies(context, called)
        return context.redirect(String(called.json.url), 302)
      },
    )
    .openapi(
      route('anyone', {
        method: 'get',
        path: '/api/auth/callback/oidc',
        summary: 'Where the identity provider sends people back to',
        request: { query: answer },
        responses: elsewhere('To the status page, or to sign-in where it failed'),
      }),
      async context => {
        if (provider() === null) throw new DealwrightError('not_found', 'Single sign-on is not set up here.')
        const { search } = new URL(context.req.url)
        const called = await sessions.call(context, { path: `/callback/${PROVIDER}${search}`, method: 'GET' })
        if (called.token === null) {
          await noteFailure(db, 'oidc', undefined, reasonIn(called.response))
          return context.redirect('/sign-in?error=oidc', 302)
        }
        const user = await begun(db, called.token, 'oidc')
        passCookies(context, called)
        return user.twoFactorEnabled ? context.html(codePage(), 200) : context.redirect('/', 302)
      },
    )
}

/** A page for a person either way; only what is our fault, or comes from another site, is left to the error handler. */
async function shown(context: Context, made: () => Promise<string>, instead: (problem: string) => string) {
  try {
    return context.html(await made(), 200)
  } catch (error) {
    if (!(error instanceof DealwrightError) || error.http >= 500 || error.code === 'cross_site') throw error
    return context.html(instead(error.message), 200)
  }
}

/** better-auth's word for it, which is one of a list. */
function reasonIn(response: Response): string {
  const location = response.headers.get('location')
  const error = location && URL.canParse(location) ? new URL(location).searchParams.get('error') : null
  return error !== null && /^[\w-]{1,60}$/.test(error) ? error : 'refused'
}

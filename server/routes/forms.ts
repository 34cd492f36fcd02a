/**
 * Forms of our site. A page anywhere may hold one: a plain HTML form that posts here, or a program. The form's key names it and is no
 * secret; what keeps rubbish out is a limit an address and a field that people do not see and machines fill in.
 */
import { createHash } from 'node:crypto'
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { receiveLead } from '../../db/stores/new-lead.ts'
import { changeForm, countReceived, leadForms, lockForm, makeForm, openForm } from '../../db/stores/forms.ts'
import { type AppOptions, createGroup, type Env } from '../api/api.ts'
import { requireMatch, sendEtag } from '../api/etag.ts'
import { body, idParams, json, route } from '../api/route.ts'

const form = z
  .object({
    id: z.uuid(),
    name: z.string(),
    /** Stands in the form's address: /forms/KEY. */
    key: z.string(),
    campaign: z.string().nullable(),
    received: z.int(),
    spam: z.int(),
    closedAt: z.date().nullable(),
    createdAt: z.date(),
  })
  .openapi('LeadForm')

const line = (longest: number) => z.string().trim().max(longest).optional()

/** Names of fields, as an HTML form has them. */
const sent = z.strictObject({
  name: z.string().trim().min(1).max(200),
  email: z.string().trim().max(254),
  phone: line(60),
  title: line(200),
  company: line(200),
  website: line(253),
  country: z
    .string()
    .regex(/^[A-Za-z]{2}$/)
    .optional(),
  message: z.string().max(10_000).optional(),
  /** Not shown to people: whoever fills it in is none. */
  fax_number: z.string().max(1_000).optional(),
})

const naming = { name: z.string().min(1).max(100), campaign: z.string().max(100).nullable() }

export function forms(options: AppOptions) {
  return createGroup().route('/', keeping(options)).route('/', receiving(options))
}

function keeping({ db }: AppOptions) {
  return createGroup()
    .openapi(
      route('settings.see', {
        method: 'get',
        path: '/api/forms',
        summary: 'Forms through which leads come in',
        responses: json(z.array(form), 'All of them'),
      }),
      async context => context.json(await leadForms(db), 200),
    )
    .openapi(
      route(
        'settings.change',
        {
          method: 'post',
          path: '/api/forms',
          summary: 'Makes a form and its key',
          request: body(z.strictObject({ ...naming, campaign: naming.campaign.default(null) })),
          responses: json(form, 'The form'),
        },
        { creates: true, etag: true },
      ),
      async context => {
        const made = await db.tx(tx => makeForm(tx, context.req.valid('json'), context.var.user.id))
        sendEtag(context, withoutCounts(made))
        return context.json(made, 200)
      },
    )
    .openapi(
      route(
        'settings.change',
        {
          method: 'patch',
          path: '/api/forms/{id}',
          summary: 'Renames, closes or opens it; If-Match: * or its ETag',
          request: { params: idParams, ...body(z.strictObject({ ...naming, open: z.boolean() }).partial()) },
          responses: json(form, 'The form as it is now'),
        },
        { etag: true, ifMatch: true },
      ),
      async context => {
        const { id } = context.req.valid('param')
        const changed = await db.tx(async tx => {
          requireMatch(context, withoutCounts(await lockForm(tx, id)))
          return changeForm(tx, id, context.req.valid('json'), context.var.user.id)
        })
        sendEtag(context, withoutCounts(changed))
        return context.json(changed, 200)
      },
    )
}

/** What comes in meanwhile is no change of the form. */
const withoutCounts = <F extends { received: number; spam: number }>({ received: _r, spam: _s, ...form }: F) => form

function receiving({ db }: AppOptions) {
  const params = z.object({ key: z.string().regex(/^form_[\w-]{16}$/) })
  return createGroup().openapi(
    route(
      'anyone',
      {
        method: 'post',
        path: '/forms/{key}',
        summary: 'Takes in what somebody wrote into a form',
        request: {
          params,
          body: {
            // One of the two, which cannot be said to the validator: without either, it is 415.
            required: false,
            content: { 'application/json': { schema: sent }, 'application/x-www-form-urlencoded': { schema: sent } },
          },
        },
        responses: {
          200: {
            description: 'Thanks, the same whatever became of it',
            content: {
              'application/json': { schema: z.object({ received: z.literal(true) }) },
              'text/html': { schema: z.string() },
            },
          },
        },
      },
      { bodyLimit: 32 * 1024, rate: 'form' },
    ),
    async context => {
      const { id, name, campaign } = await openForm(db, context.req.valid('param').key)
      const given = context.req.header('content-type')?.startsWith('application/json')
        ? context.req.valid('json')
        : context.req.valid('form')
      await db.tx(async tx => {
        if (given.fax_number) return countReceived(tx, id, 'spam')
        await receiveLead(tx, {
          key: keyOf(context, id, given),
          source: 'form',
          campaign: campaign ?? name,
          name: given.name,
          email: given.email,
          phone: given.phone ?? null,
          title: given.title ?? null,
          message: given.message ?? null,
          company: given.company
            ? { name: given.company, domain: given.website ?? null, country: given.country?.toUpperCase() ?? null }
            : null,
        })
        return countReceived(tx, id, 'received')
      })
      if (context.req.header('accept')?.includes('text/html')) return context.html(THANKS, 200)
      return context.json({ received: true as const }, 200)
    },
  )
}

/** Sent twice by a nervous finger it is one; a program may say which sending it is. */
function keyOf(context: Context<Env>, formId: string, given: z.infer<typeof sent>): string {
  const said = context.req.header('idempotency-key')
  const what = said ?? JSON.stringify(given)
  return `${formId}:${createHash('sha256').update(what).digest('hex')}`
}

const THANKS = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Thank you</title><style>:root{color-scheme:light dark}body{font:18px/1.5 system-ui;max-width:32rem;margin:20vh auto;padding:0 1rem}</style>
<h1>Thank you</h1><p>Your message has arrived. We will be in touch.</p></html>`

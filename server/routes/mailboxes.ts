/** Mailboxes that mail is sent from: their cap, pause and name by ops and admins, a signature by whoever signs with it. */
import { z } from '@hono/zod-openapi'
import { requireFor } from '../../domain/access/may.ts'
import { changeMailbox, listMailboxes, lockedMailbox, mailboxRow } from '../../db/stores/mailboxes.ts'
import { type AppOptions, createGroup } from '../api/api.ts'
import { changedFrom, tagged } from '../api/etag.ts'
import { pageQuery, pageSchema } from '../api/list.ts'
import { body, idParams, isChange, json, NO_CHANGE, route } from '../api/route.ts'
import { actorOf } from '../auth/session.ts'
import { line } from './records/schemas.ts'

const mailbox = z
  .object({
    id: z.uuid(),
    userId: z.uuid(),
    /** Whose it is. */
    user: z.string(),
    address: z.string(),
    /** The sender’s name in mails. */
    name: z.string(),
    signature: z.string(),
    /** Mails a day. Caps an hour, or of several mailboxes together, are the policy’s. */
    dailyCap: z.int(),
    pausedAt: z.date().nullable(),
    pausedWhy: z.string().nullable(),
  })
  .openapi('Mailbox')

/** What stands below a mail: lines of text, and nothing that would make it no mail. */
const signature = z
  .string()
  .trim()
  .max(2_000)
  .regex(/^[^\p{Cc}]*(?:[\n\t][^\p{Cc}]*)*$/u, 'has control characters')

const change = z
  .strictObject({
    name: line(120).min(1).optional(),
    signature: signature.optional(),
    dailyCap: z.int().min(0).max(100_000).optional(),
    /** Why nothing is sent from it for now; null: it sends again. */
    pausedWhy: line(300).min(1).nullable().optional(),
  })
  .refine(isChange, NO_CHANGE)

export function mailboxes({ db }: AppOptions) {
  return createGroup()
    .openapi(
      route('mailbox.see', {
        method: 'get',
        path: '/api/mailboxes',
        summary: 'The mailboxes that mail is sent from, by address',
        request: { query: pageQuery },
        responses: json(pageSchema(mailbox), 'A page of them'),
      }),
      async context => context.json(await listMailboxes(db, context.req.valid('query')), 200),
    )
    .openapi(
      route(
        'mailbox.see',
        {
          method: 'get',
          path: '/api/mailboxes/{id}',
          summary: 'One of them',
          request: { params: idParams },
          responses: json(mailbox, 'The mailbox'),
        },
        { etag: true },
      ),
      async context => context.json(tagged(context, await mailboxRow(db, context.req.valid('param').id)), 200),
    )
    .openapi(
      route(
        'mailbox.change',
        {
          method: 'patch',
          path: '/api/mailboxes/{id}',
          summary: 'Changes name, signature or daily cap, pauses it or lets it send again',
          description:
            'Cap and pause hold for whatever leaves from now on: what waits goes on waiting, and leaves when it may. What is on its way already is held by a stop (/api/stops) alone. Mails that were proposed before keep the name and the signature that people saw.',
          request: { params: idParams, ...body(change) },
          responses: json(mailbox, 'As it is now'),
        },
        { etag: true, ifMatch: true },
      ),
      async context => {
        const changed = await changedFrom(
          context,
          db,
          tx => lockedMailbox(tx, context.req.valid('param').id),
          (tx, before) => changeMailbox(tx, before, context.req.valid('json'), actorOf(context)),
        )
        return context.json(tagged(context, changed), 200)
      },
    )
    .openapi(
      route(
        'mailbox.sign',
        {
          method: 'put',
          path: '/api/mailboxes/{id}/signature',
          summary: 'Changes the signature below its mails: of one’s own mailbox, or as ops or admin of any',
          request: { params: idParams, ...body(z.strictObject({ signature })) },
          responses: json(mailbox, 'As it is now'),
        },
        { etag: true, ifMatch: true },
      ),
      async context => {
        const { id } = context.req.valid('param')
        const { userId: ownerId } = await mailboxRow(db, id)
        requireFor(context.var.viewer, 'mailbox.sign', { what: 'mailbox', id, ownerId })
        const changed = await changedFrom(
          context,
          db,
          tx => lockedMailbox(tx, id),
          (tx, before) => changeMailbox(tx, before, context.req.valid('json'), actorOf(context)),
        )
        return context.json(tagged(context, changed), 200)
      },
    )
}

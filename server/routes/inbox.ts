/** What came in: lists of it, one message with its conversation, and what people say of it. */
import { z } from '@hono/zod-openapi'
import { inboxMessage, INBOX_VIEWS, listInbox, rawMessage } from '../../db/stores/inbox.ts'
import { assignMessage, sortMessage } from '../../db/stores/sorting.ts'
import { MESSAGE_LABELS } from '../../domain/message/types.ts'
import { type AppOptions, createGroup } from '../api/api.ts'
import { pageQuery, pageSchema } from '../api/list.ts'
import { body, idParams, json, route } from '../api/route.ts'
import { BY_SEEN, BY_STATE } from '../api/unversioned.ts'

const text = z.string().nullable()
const id = z.uuid()
const label = z.enum(MESSAGE_LABELS)

const row = {
  id,
  at: z.date(),
  fromAddress: z.string(),
  subject: z.string(),
  label: label.nullable(),
  /** protocol | rules | model | person */
  labelBy: text,
  /** The sentence that decided, verbatim. */
  quote: text,
  untilDate: z.iso.date().nullable(),
  contactId: id.nullable(),
  contact: text,
  account: text,
  ownerId: id.nullable(),
  owner: text,
  leadId: id.nullable(),
  dealId: id.nullable(),
}
const rowSchema = z.object(row).openapi('InboxRow')

const messageSchema = z
  .object({
    ...row,
    /** Whether its label was read: before, nothing can be said of it. */
    read: z.boolean(),
    matchedBy: text,
    zone: text,
    thread: z.array(
      z.object({
        id,
        direction: z.enum(['in', 'out']),
        at: z.date(),
        fromAddress: z.string(),
        toAddresses: z.array(z.string()),
        subject: z.string(),
        sourceId: id,
        text: z.string(),
        quote: text,
      }),
    ),
    answer: z.object({ id, summary: z.string() }).nullable(),
    corrections: z.array(z.object({ from: text, to: z.string(), by: z.string(), at: z.date() })),
  })
  .openapi('InboxMessage')

export function inbox({ db, ports }: AppOptions) {
  return createGroup()
    .openapi(
      route('message.see', {
        method: 'get',
        path: '/api/messages',
        summary: 'What came in: to be sorted (by label), of nobody we know, or all of it (newest first)',
        request: { query: pageQuery.extend({ view: z.enum(INBOX_VIEWS).default('sort'), label: label.optional() }) },
        responses: json(pageSchema(rowSchema), 'A page of them'),
      }),
      async context => context.json(await listInbox(db, context.var.viewer, context.req.valid('query')), 200),
    )
    .openapi(
      route('message.see', {
        method: 'get',
        path: '/api/messages/{id}',
        summary: 'One message that came in, with its conversation',
        request: { params: idParams },
        responses: json(messageSchema, 'The message'),
      }),
      async context => context.json(await inboxMessage(db, context.var.viewer, context.req.valid('param').id), 200),
    )
    .openapi(
      route('message.see', {
        method: 'get',
        path: '/api/messages/{id}/html',
        summary: 'The HTML that it was written in, as it was sent: show it sanitised, in a frame without scripts',
        request: { params: idParams },
        responses: json(z.object({ html: text }), 'The HTML; null where there is none'),
      }),
      async context => {
        const raw = await rawMessage(db, context.var.viewer, context.req.valid('param').id)
        return context.json({ html: await ports.htmlOf(raw) }, 200)
      },
    )
    .openapi(
      route(
        'message.change',
        {
          method: 'post',
          path: '/api/messages/{id}/label',
          summary: 'Says what it is, or that it was taken for the right thing; starts no playbook',
          request: { params: idParams, ...body(z.strictObject({ label, was: label })) },
          responses: json(messageSchema, 'The message as it is now'),
        },
        { unversioned: BY_SEEN },
      ),
      async context => {
        const { id } = context.req.valid('param')
        const said = context.req.valid('json')
        return context.json(await db.tx(tx => sortMessage(tx, context.var.viewer, id, said)), 200)
      },
    )
    .openapi(
      route(
        'message.change',
        {
          method: 'post',
          path: '/api/messages/{id}/assign',
          summary: 'Says whom a message of nobody we know is from; what it would have started begins now',
          request: { params: idParams, ...body(z.strictObject({ contactId: id })) },
          responses: json(messageSchema, 'The message as it is now'),
        },
        { unversioned: BY_STATE },
      ),
      async context => {
        const { id } = context.req.valid('param')
        const { contactId } = context.req.valid('json')
        return context.json(await db.tx(tx => assignMessage(tx, context.var.viewer, id, contactId)), 200)
      },
    )
}

/** A person's data: all of it for them to have, or all of it erased, with a receipt. */
import { z } from '@hono/zod-openapi'
import { type AppOptions, createGroup } from '../api/api.ts'
import { idParams, json, route } from '../api/route.ts'
import { ENDS } from '../api/unversioned.ts'
import { erase, exportPerson, receiptById, receipts } from '../privacy.ts'

const rows = z.array(z.record(z.string(), z.unknown()))
const person = z
  .object({
    contact: z.record(z.string(), z.unknown()),
    leads: rows,
    deals: rows,
    messages: rows,
    notes: rows,
    facts: rows,
    sources: rows,
    drafts: rows,
    actions: rows,
    decisions: rows,
    questions: rows,
    lessons: rows,
    tasks: rows,
    changes: rows,
    runs: rows,
    suppressions: rows,
    auditIds: z.array(z.int()),
  })
  .openapi('PersonDocument')

const receipt = z
  .object({
    id: z.uuid(),
    contactId: z.uuid(),
    by: z.string(),
    at: z.string(),
    rows: z.record(z.string(), z.int()),
    left: z.array(z.object({ table: z.string(), why: z.string() })),
    addressHashes: z.array(z.string()),
    keyId: z.string(),
    signature: z.string(),
  })
  .openapi('ErasureReceipt')

export function privacy({ db, privateKey }: AppOptions) {
  return createGroup()
    .openapi(
      route('privacy.see', {
        method: 'get',
        path: '/api/contacts/{id}/export',
        summary: 'All that is stored of a person, for them to have',
        request: { params: idParams },
        responses: json(person, 'The document'),
      }),
      async context => {
        const document = await exportPerson(db, context.req.valid('param').id, `user:${context.var.user.id}`)
        return context.json(document as unknown as z.infer<typeof person>, 200)
      },
    )
    .openapi(
      route(
        'privacy.erase',
        {
          method: 'post',
          path: '/api/contacts/{id}/erasure',
          summary: 'Erases a person for good; what is left is a receipt and a keyed hash of the address',
          request: { params: idParams },
          responses: json(receipt, 'The receipt'),
        },
        { unversioned: ENDS },
      ),
      async context => {
        const { id } = context.req.valid('param')
        return context.json(await erase(db, id, `user:${context.var.user.id}`, privateKey), 200)
      },
    )
    .openapi(
      route('privacy.see', {
        method: 'get',
        path: '/api/erasures',
        summary: 'Receipts of erasures, newest first',
        responses: json(z.array(receipt), 'The receipts'),
      }),
      async context => context.json(await receipts(db), 200),
    )
    .openapi(
      route('privacy.see', {
        method: 'get',
        path: '/api/erasures/{id}',
        summary: 'One receipt',
        request: { params: idParams },
        responses: json(receipt, 'The receipt'),
      }),
      async context => context.json(await receiptById(db, context.req.valid('param').id), 200),
    )
}

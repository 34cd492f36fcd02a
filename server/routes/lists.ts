/** The lists that a day begins with: leads, deals, today; and the counts of the status page. */
import { z } from '@hono/zod-openapi'
import { DEAL_SORTS, listDeals, stageTotals } from '../../db/stores/deal-list.ts'
import { LEAD_SORTS, listLeads, today } from '../../db/stores/lists.ts'
import { type AppOptions, createGroup } from '../api/api.ts'
import { pageQuery, pageSchema } from '../api/list.ts'
import { json, route } from '../api/route.ts'
import { customQuery } from './records/handle.ts'
import { counts } from '../status.ts'

const n = z.int()
const text = z.string().nullable()

const leadRow = z
  .object({
    id: z.uuid(),
    name: text,
    title: text,
    email: text,
    account: text,
    domain: text,
    source: z.string(),
    status: z.string(),
    score: z.number().nullable(),
    ownerId: z.uuid().nullable(),
    owner: text,
    ownerWhy: text,
    verdict: text,
    /** The score's parts, each with its points and its fact. */
    reasons: z.unknown(),
    nextStep: text,
    createdAt: z.date(),
  })
  .openapi('LeadRow')

const dealRow = z
  .object({
    id: z.uuid(),
    name: z.string(),
    account: text,
    contact: text,
    ownerId: z.uuid().nullable(),
    owner: text,
    pipelineId: z.uuid(),
    stageId: z.uuid(),
    stage: z.string(),
    stageKind: z.string(),
    amountMinor: z.int().nullable(),
    currency: text,
    closeDate: z.iso.date().nullable(),
    nextStep: text,
    suggestions: n,
    createdAt: z.date(),
    /** When they last said something: a mail that a person wrote, or a call that was noted. */
    heardAt: z.date().nullable(),
    /** Why it stands still, worst first; days since the close date, or since they were heard of. */
    stalls: z.array(z.object({ why: z.enum(['past_close_date', 'no_next_step', 'quiet']), days: n.nullable() })),
  })
  .openapi('DealRow')

const stageTotal = z
  .object({
    stageId: z.uuid(),
    deals: n,
    sums: z.array(z.object({ currency: z.string(), minor: z.int() })),
  })
  .openapi('StageTotal')

const todayItem = z
  .object({
    kind: z.string(),
    id: z.uuid(),
    title: z.string(),
    reason: z.string(),
    rank: z.number(),
    due: z.date().nullable(),
    owner: text,
    leadId: z.uuid().nullable(),
  })
  .openapi('TodayItem')

const countsSchema = z
  .object({
    leads: n,
    facts: n,
    runs: z.object({ running: n, waiting: n, paused: n, completed: n, cancelled: n }),
    actions: z.object({ waiting: n, uncertain: n, done: n, failed: n }),
    mails: z.object({ sent: n, received: n, unread: n }),
    outbox: z.object({ unsent: n, oldestSeconds: n.nullable() }),
    playbooks: n,
  })
  .openapi('Status')

export function lists({ db }: AppOptions) {
  return createGroup()
    .openapi(
      route('signed_in', {
        method: 'get',
        path: '/api/status',
        summary: 'What works and what waits, in counts',
        responses: json(countsSchema, 'Counts'),
      }),
      async context => context.json(await counts(db), 200),
    )
    .openapi(
      route('lead.see', {
        method: 'get',
        path: '/api/leads',
        summary: 'Leads, best score first unless sorted otherwise',
        request: {
          query: pageQuery.extend({
            status: z.string().max(20).optional(),
            owner: z.uuid().optional(),
            sort: z.enum(LEAD_SORTS).optional(),
            custom: customQuery,
          }),
        },
        responses: json(pageSchema(leadRow), 'A page of them'),
      }),
      async context => context.json(await listLeads(db, context.var.viewer, context.req.valid('query')), 200),
    )
    .openapi(
      route('deal.see', {
        method: 'get',
        path: '/api/deals',
        summary: 'Deals, open ones first, soonest close date first, unless sorted otherwise',
        request: {
          query: pageQuery.extend({
            open: z.stringbool().optional(),
            pipeline: z.uuid().optional(),
            stage: z.uuid().optional(),
            owner: z.uuid().optional(),
            sort: z.enum(DEAL_SORTS).optional(),
            custom: customQuery,
          }),
        },
        responses: json(pageSchema(dealRow), 'A page of them'),
      }),
      async context => context.json(await listDeals(db, context.var.viewer, context.req.valid('query')), 200),
    )
    .openapi(
      route('deal.see', {
        method: 'get',
        path: '/api/stage-totals',
        summary: 'What the stages of a pipeline hold: deals, and their sums by currency',
        request: { query: z.object({ pipeline: z.uuid(), owner: z.uuid().optional() }) },
        responses: json(z.object({ items: z.array(stageTotal) }), 'Those that hold any'),
      }),
      async context => {
        return context.json({ items: await stageTotals(db, context.var.viewer, context.req.valid('query')) }, 200)
      },
    )
    .openapi(
      route('lead.see', {
        method: 'get',
        path: '/api/today',
        summary: 'What needs oneself, most urgent first, each with its reason',
        responses: json(z.array(todayItem), 'The list'),
      }),
      async context => {
        const { user, viewer } = context.var
        return context.json(await today(db, viewer, { person: user }), 200)
      },
    )
}

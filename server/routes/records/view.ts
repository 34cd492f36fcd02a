/** What a record's page shows beside its fields: what is known and waits, what happened, and notes of people. */
import { z } from '@hono/zod-openapi'
import { NOTED, addNote } from '../../../db/stores/crm/notes.ts'
import { overviewOf } from '../../../db/stores/crm/overview.ts'
import { HAPPENINGS, TIMELINE_PARTS, type TimelinePart, timelineOf } from '../../../db/stores/crm/timeline.ts'
import { METHODS } from '../../../domain/qualification/types.ts'
import { type AppOptions, createGroup } from '../../api/api.ts'
import { pageQuery, pageSchema } from '../../api/list.ts'
import { body, idParams, json, route } from '../../api/route.ts'
import { suggestionSchema } from './schemas.ts'

const text = z.string().nullable()
const id = z.uuid()
const kind = z.enum(['account', 'contact', 'lead', 'deal'])
const ofRecord = idParams.extend({ kind })

const fact = z.object({
  id,
  kind: z.string(),
  value: z.string(),
  /** Of the source's text, from `start` to `end`. */
  quote: z.string(),
  sourceId: id,
  url: text,
  title: text,
  start: z.int(),
  end: z.int(),
  by: z.string(),
  happenedOn: z.iso.date().nullable(),
  observedAt: z.date(),
})

const factIds = z.array(z.string())
const qualification = z.object({
  method: z.string(),
  verdict: z.enum(['qualified', 'disqualified', 'open']),
  factors: z.array(
    z.object({
      factor: z.enum(METHODS.bant),
      status: z.enum(['met', 'unmet', 'unknown']),
      factIds,
      reason: z.string(),
      /** What would settle it; null when met. */
      question: text,
    }),
  ),
  at: z.date(),
})

const score = z.object({
  value: z.number(),
  fit: z.number(),
  engagement: z.number(),
  /** Their points add up to the value. */
  parts: z.array(
    z.object({
      name: z.string(),
      group: z.enum(['fit', 'engagement']),
      points: z.number(),
      max: z.number(),
      status: z.enum(['known', 'unknown']),
      reason: z.string(),
      factIds,
    }),
  ),
  at: z.date(),
})

const overview = z
  .object({
    may: z.object({ change: z.boolean(), note: z.boolean(), seeSensitive: z.boolean() }),
    /** Of the one person that it is about: their zone (IANA), and whether they can be written to. */
    reach: z.object({ zone: text, suppressed: z.boolean(), staleWhy: text }).nullable(),
    brief: z
      .object({
        lines: z.array(z.object({ section: z.string(), text: z.string(), factIds })),
        by: z.string(),
        at: z.date(),
      })
      .nullable(),
    facts: z.array(fact),
    unknowns: z.array(z.object({ what: z.string(), question: z.string() })),
    qualification: qualification.nullable(),
    score: score.nullable(),
    suggestions: z.array(suggestionSchema),
    actions: z.array(
      z.object({ id, kind: z.string(), status: z.string(), summary: z.string(), expiresAt: z.date().nullable() }),
    ),
    tasks: z.array(
      z.object({
        id,
        title: z.string(),
        why: z.string(),
        dueAt: z.date().nullable(),
        owner: text,
        ownerId: id.nullable(),
      }),
    ),
    runs: z.array(
      z.object({
        id,
        playbook: z.string(),
        status: z.string(),
        outcome: text,
        errorWhy: text,
        startedAt: z.date(),
        endedAt: z.date().nullable(),
      }),
    ),
    beside: z.array(
      z.object({
        kind,
        id,
        name: z.string(),
        about: text,
        owner: text,
        amountMinor: z.int().nullable(),
        currency: text,
        score: z.number().nullable(),
      }),
    ),
  })
  .openapi('Overview')

const happening = z
  .object({
    id,
    kind: z.enum(HAPPENINGS),
    at: z.date(),
    title: text,
    text,
    who: text,
    direction: text,
    label: text,
    labelQuote: text,
    sourceId: id.nullable(),
    runId: id.nullable(),
    actionId: id.nullable(),
    leadId: id.nullable(),
    dealId: id.nullable(),
    status: text,
    field: text,
    old: z.unknown(),
    new: z.unknown(),
  })
  .openapi('Happening')

const note = z.object({ id, sourceId: id, at: z.date() }).openapi('Note')

export function recordViews({ db }: AppOptions) {
  return createGroup()
    .openapi(
      route('lead.see', {
        method: 'get',
        path: '/api/records/{kind}/{id}/overview',
        summary: 'What is known of a record, each with its quote, and what waits about it',
        request: { params: ofRecord },
        responses: json(overview, 'All of it; without what stands in mails and notes that one may not read'),
      }),
      async context => {
        const { kind, id } = context.req.valid('param')
        return context.json(await overviewOf(db, context.var.viewer, kind, id), 200)
      },
    )
    .openapi(
      route('lead.see', {
        method: 'get',
        path: '/api/records/{kind}/{id}/timeline',
        summary: 'What happened with a record: mails, notes, runs, decisions, changes; newest first',
        request: {
          params: ofRecord,
          query: pageQuery.extend({ part: z.enum(Object.keys(TIMELINE_PARTS) as [TimelinePart]).optional() }),
        },
        responses: json(pageSchema(happening), 'A page of it; texts of mails and notes for those who may read them'),
      }),
      async context => {
        const page = await timelineOf(db, context.var.viewer, context.req.valid('param'), context.req.valid('query'))
        return context.json(page, 200)
      },
    )
    .openapi(
      route('message.create', {
        method: 'post',
        path: '/api/records/{kind}/{id}/notes',
        summary: 'Notes what was said, for instance in a call: facts can quote it',
        request: {
          params: idParams.extend({ kind: z.enum(NOTED) }),
          ...body(
            z.strictObject({
              text: z.string().trim().min(1).max(20_000),
              /** When the talk was; now unless given. */
              at: z.iso.datetime({ offset: true }).optional(),
            }),
          ),
        },
        responses: json(note, 'The note'),
      }),
      async context => {
        const { kind, id } = context.req.valid('param')
        const { text, at } = context.req.valid('json')
        const when = at === undefined ? new Date() : new Date(at)
        const made = await db.tx(tx => addNote(tx, context.var.viewer, { kind, recordId: id, text, at: when }))
        return context.json(made, 200)
      },
    )
}

/** For whoever leads people: who has what, how fast they answer, and what they made of drafts. */
import { z } from '@hono/zod-openapi'
import { coachingNotes, teamFigures } from '../../db/stores/team-figures.ts'
import { ROLES } from '../../domain/access/viewer.ts'
import { type AppOptions, createGroup } from '../api/api.ts'
import { pageQuery, pageSchema } from '../api/list.ts'
import { json, route } from '../api/route.ts'

const n = z.int()
const hours = z.number().nullable()

const person = z
  .object({
    id: z.uuid(),
    name: z.string(),
    role: z.enum(ROLES),
    team: z.string().nullable(),
    capacity: n.nullable(),
    openLeads: n,
    openDeals: n,
    waiting: n,
    waitingSince: z.date().nullable(),
    overdue: n,
    decided: n,
    refused: n,
    edited: n,
    decisionHours: hours,
    received: n,
    answered: n,
    answerHours: hours,
  })
  .openapi('PersonFigures')

const note = z
  .object({
    id: z.uuid(),
    actionId: z.uuid(),
    kind: z.enum(['edit', 'refusal']),
    playbook: z.string(),
    actionKind: z.string(),
    summary: z.string(),
    owner: z.string().nullable(),
    by: z.string(),
    before: z.unknown(),
    after: z.unknown(),
    reason: z.unknown(),
    at: z.date(),
  })
  .openapi('CoachingNote')

export function teamFiguresRoutes({ db }: AppOptions) {
  return createGroup()
    .openapi(
      route('team.lead', {
        method: 'get',
        path: '/api/team-figures',
        summary: 'Who has how much, and how fast they decide and answer: those one leads, over the last thirty days',
        responses: json(z.object({ items: z.array(person) }), 'By team and name'),
      }),
      async context => {
        const items = await teamFigures(db, context.var.viewer)
        return context.json({ items: items as z.infer<typeof person>[] }, 200)
      },
    )
    .openapi(
      route('team.lead', {
        method: 'get',
        path: '/api/coaching-notes',
        summary: 'What those one leads edited and refused, with both texts, newest first',
        request: { query: pageQuery.extend({ by: z.uuid().optional() }) },
        responses: json(pageSchema(note), 'A page of them: of those whose texts one may read'),
      }),
      async context => {
        const { items, next } = await coachingNotes(db, context.var.viewer, context.req.valid('query'))
        return context.json({ items, next }, 200)
      },
    )
}

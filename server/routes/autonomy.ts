/** Classes of actions that have earned, or may earn, to go without a person: the figures, and the word of a person on them. */
import { z } from '@hono/zod-openapi'
import { SEGMENTS } from '../../domain/autonomy/classes.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { autonomyTerms, grant, listClasses, nameOf, withdraw } from '../../db/stores/autonomy.ts'
import type { Db } from '../../db/sql.ts'
import { type AppOptions, createGroup } from '../api/api.ts'
import { body, json, route } from '../api/route.ts'
import { APPENDS } from '../api/unversioned.ts'

const count = z.number().int()
const ofClass = { playbook: z.string().max(120), kind: z.string().max(60), segment: z.enum(SEGMENTS) }
const reason = z.string().trim().min(1).max(500)

const classSchema = z
  .object({
    ...ofClass,
    cases: count,
    unchanged: count,
    editedLittle: count,
    editedMuch: count,
    refused: count,
    badLater: count,
    alone: count,
    /** Of "approved unchanged", by Wilson's interval. */
    lowerBound: z.number(),
    /** Why it may not be granted; null: it may. */
    short: z.string().nullable(),
    granted: z.boolean(),
    /** The newest grant or withdrawal. */
    since: z
      .object({
        what: z.enum(['granted', 'withdrawn']),
        by: z.string(),
        reason: z.string(),
        at: z.string(),
        figures: z.record(z.string(), z.unknown()),
      })
      .nullable(),
  })
  .openapi('AutonomyClass')

export function autonomy({ db, privateKey }: AppOptions) {
  const classes = async (): Promise<z.infer<typeof classSchema>[]> =>
    (await listClasses(db, privateKey)).map(({ grant: entry, ...row }) => ({
      ...row,
      granted: entry?.what === 'granted' && entry.signed,
      since: entry && {
        what: entry.what,
        by: entry.by,
        reason: entry.reason,
        at: entry.at,
        figures: entry.figures,
      },
    }))
  return createGroup()
    .openapi(
      route('autonomy.see', {
        method: 'get',
        path: '/api/autonomy',
        summary: 'Each class of actions with the figures that decide whether it may go without a person',
        responses: json(
          z.object({
            terms: z.object({ level: z.number(), cases: count, sample: count }),
            items: z.array(classSchema),
          }),
          'What a class has to show, and the classes, most cases first',
        ),
      }),
      async context => context.json({ terms: await autonomyTerms(db), items: await classes() }, 200),
    )
    .openapi(
      route(
        'autonomy.grant',
        {
          method: 'post',
          path: '/api/autonomy/grant',
          summary: 'Lets a class go without a person from now on, but for a sample and what the policy says',
          request: body(z.strictObject({ ...ofClass, reason })),
          responses: json(classSchema, 'The class as granted'),
        },
        { unversioned: APPENDS },
      ),
      async context => {
        const { reason: why, ...of } = context.req.valid('json')
        await requireKnown(db, of.playbook)
        await db.tx(tx => grant(tx, of, why, context.var.user.id, privateKey))
        return context.json(found(await classes(), of), 200)
      },
    )
    .openapi(
      route(
        'autonomy.grant',
        {
          method: 'post',
          path: '/api/autonomy/withdraw',
          summary: 'Lets people decide a class again',
          request: body(z.strictObject({ ...ofClass, reason })),
          responses: json(z.object({ withdrawn: z.literal(true) }), 'Withdrawn'),
        },
        { unversioned: APPENDS },
      ),
      async context => {
        const { reason: why, ...of } = context.req.valid('json')
        const by = `user:${context.var.user.id}`
        const done = await db.tx(tx => withdraw(tx, of, { reason: why, by, figures: {} }, privateKey))
        if (!done) throw new DealwrightError('conflict', 'This class is not granted: there is nothing to withdraw.')
        return context.json({ withdrawn: true as const }, 200)
      },
    )
}

async function requireKnown(db: Db, playbook: string): Promise<void> {
  if (await db.row('select 1 from playbook where name = $1', [playbook])) return
  throw new DealwrightError('bad_input', 'playbook: there is none of this name.')
}

function found<T extends { playbook: string; kind: string; segment: string }>(
  items: T[],
  of: { playbook: string; kind: string; segment: string },
): T {
  const one = items.find(item => nameOf(item) === nameOf(of))
  if (one) return one
  throw new DealwrightError('internal', 'the class that was granted is not listed')
}

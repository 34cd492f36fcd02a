/** How long what is kept: the organisation's times, what is due by them, sweeps; legal holds; and what is asked for where data comes in. */
import { z } from '@hono/zod-openapi'
import { legalHolds, releaseHold, setHold } from '../../db/stores/holds.ts'
import { lockedSettings, privacySettings, setPrivacySettings } from '../../db/stores/privacy-settings.ts'
import {
  lockedTimes,
  previewRetention,
  retentionTimes,
  setRetentionTimes,
  sweepNow,
  sweeps,
} from '../../db/stores/retention.ts'
import type { Sql } from '../../db/sql.ts'
import {
  FIXED_TIMES,
  RETENTION,
  RETENTION_NAMES,
  type RetentionName,
  retentionProblem,
  type RetentionTimes,
} from '../../domain/privacy/retention.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { type AppOptions, createGroup } from '../api/api.ts'
import { changedFrom, tagged } from '../api/etag.ts'
import { body, idParams, json, route } from '../api/route.ts'
import { ENDS } from '../api/unversioned.ts'
import { actorOf } from '../auth/session.ts'
import { line } from './records/schemas.ts'

const kind = z.enum(RETENTION_NAMES)
const retention = z
  .object({
    kinds: z.array(
      z.object({
        kind,
        /** Null: kept for good. */
        days: z.int().nullable(),
        default: z.int(),
        atLeast: z.int(),
        what: z.string(),
        why: z.string(),
      }),
    ),
    fixed: z.array(z.object({ what: z.string(), days: z.int() })),
  })
  .openapi('Retention')
type Retention = z.output<typeof retention>

const MOST = 36_500
const NAMES_NONE = 'names no kind of data'
const byKind = <S extends z.ZodType>(of: S) =>
  Object.fromEntries(RETENTION_NAMES.map(name => [name, of])) as Record<RetentionName, S>
const times = z
  .strictObject(byKind(z.int().min(1).max(MOST).nullable().optional()))
  .refine(given => Object.keys(given).length > 0, NAMES_NONE)
  .openapi('RetentionTimes')

/** In a query: days, or `forever`. */
const asked = z
  .string()
  .regex(/^([1-9]\d{0,4}|forever)$/)
  .transform(text => (text === 'forever' ? null : Number(text)))
  .openapi({ type: 'string', example: '365' })
  .optional()

const counts = z.record(z.string(), z.int())
const sweep = z
  .object({ id: z.uuid(), startedAt: z.date(), endedAt: z.date().nullable(), rows: counts })
  .openapi('RetentionSweep')

const hold = z
  .object({
    id: z.uuid(),
    contactId: z.uuid().nullable(),
    accountId: z.uuid().nullable(),
    why: z.string(),
    setBy: z.string(),
    setAt: z.date(),
    releasedBy: z.string().nullable(),
    releasedAt: z.date().nullable(),
  })
  .openapi('LegalHold')

const settings = z.object({ importNeedsBasis: z.boolean() }).openapi('PrivacySettings')

function shown(now: RetentionTimes): Retention {
  return {
    kinds: RETENTION_NAMES.map(name => {
      const { what, why, days, atLeast } = RETENTION[name]
      return { kind: name, days: now[name], default: days, atLeast, what, why }
    }),
    fixed: [...FIXED_TIMES],
  }
}

/** Only what was said. */
const said = (given: Partial<Record<RetentionName, number | null | undefined>>): Partial<RetentionTimes> =>
  Object.fromEntries(Object.entries(given).filter(([, days]) => days !== undefined))

async function asIf(db: Sql, change: Partial<RetentionTimes>): Promise<RetentionTimes> {
  const asked = { ...(await retentionTimes(db)), ...change }
  const problem = retentionProblem(asked)
  if (problem !== null) throw new DealwrightError('bad_input', problem)
  return asked
}

export function retentionRoutes({ db }: AppOptions) {
  return createGroup()
    .openapi(
      route(
        'privacy.see',
        {
          method: 'get',
          path: '/api/privacy/retention',
          summary: 'How long each kind of data is kept, with the reason for the default',
          responses: json(retention, 'The times, with their ETag'),
        },
        { etag: true },
      ),
      async context => context.json(tagged(context, shown(await retentionTimes(db))), 200),
    )
    .openapi(
      route(
        'privacy.set',
        {
          method: 'patch',
          path: '/api/privacy/retention',
          summary:
            'Sets some of the times, in days; null keeps a kind for good. Nothing is taken by new times for a day',
          request: body(times),
          responses: json(retention, 'As they are now'),
        },
        { etag: true, ifMatch: true },
      ),
      async context => {
        const change = said(context.req.valid('json'))
        const after = await changedFrom(
          context,
          db,
          async tx => shown(await lockedTimes(tx)),
          async tx => shown(await setRetentionTimes(tx, await retentionTimes(tx), change, actorOf(context))),
        )
        return context.json(tagged(context, after), 200)
      },
    )
    .openapi(
      route('privacy.see', {
        method: 'get',
        path: '/api/privacy/retention/preview',
        summary:
          'How many of each kind a sweep would take now; with times in the query (mail=365, note=forever), by those',
        request: { query: z.object(byKind(asked)) },
        responses: json(z.object({ rows: counts }), 'Rows by kind'),
      }),
      async context =>
        context.json({ rows: await previewRetention(db, await asIf(db, said(context.req.valid('query')))) }, 200),
    )
    .openapi(
      route('privacy.see', {
        method: 'get',
        path: '/api/privacy/sweeps',
        summary: 'What the last sweeps took, newest first',
        responses: json(z.object({ items: z.array(sweep) }), 'At most 50'),
      }),
      async context => context.json({ items: (await sweeps(db, 50)).map(asSweep) }, 200),
    )
    .openapi(
      route(
        'privacy.set',
        {
          method: 'post',
          path: '/api/privacy/sweeps',
          summary: 'Sweeps now instead of when it is due',
          responses: json(sweep, 'The sweep'),
        },
        { unversioned: 'what is due is due, whoever asks.' },
      ),
      async context => context.json(asSweep(await must(sweepNow(db))), 200),
    )
    .openapi(
      route('privacy.see', {
        method: 'get',
        path: '/api/privacy/holds',
        summary: 'Legal holds, those in force first',
        responses: json(z.object({ items: z.array(hold) }), 'At most 500'),
      }),
      async context => context.json({ items: await legalHolds(db) }, 200),
    )
    .openapi(
      route(
        'privacy.set',
        {
          method: 'post',
          path: '/api/privacy/holds',
          summary: 'Puts a person or a company under legal hold: nothing of them is erased or swept',
          request: body(
            z.union([
              z.strictObject({ contact: z.uuid(), why: line(500).min(1) }),
              z.strictObject({ account: z.uuid(), why: line(500).min(1) }),
            ]),
          ),
          responses: json(hold, 'The hold'),
        },
        { creates: true },
      ),
      async context => {
        const { why, ...of } = context.req.valid('json')
        return context.json(await db.tx(tx => setHold(tx, of, why, actorOf(context))), 200)
      },
    )
    .openapi(
      route(
        'privacy.set',
        {
          method: 'post',
          path: '/api/privacy/holds/{id}/release',
          summary: 'Releases a legal hold',
          request: { params: idParams },
          responses: json(hold, 'The hold as released'),
        },
        { unversioned: ENDS },
      ),
      async context => {
        const { id } = context.req.valid('param')
        return context.json(await db.tx(tx => releaseHold(tx, id, actorOf(context))), 200)
      },
    )
    .openapi(
      route(
        'privacy.see',
        {
          method: 'get',
          path: '/api/privacy/settings',
          summary: 'What is asked for where data of people comes in',
          responses: json(settings, 'The settings, with their ETag'),
        },
        { etag: true },
      ),
      async context => context.json(tagged(context, await privacySettings(db)), 200),
    )
    .openapi(
      route(
        'privacy.set',
        {
          method: 'put',
          path: '/api/privacy/settings',
          summary: 'Sets whether a row of a file that names a person needs a lawful basis',
          request: body(z.strictObject({ importNeedsBasis: z.boolean() })),
          responses: json(settings, 'As they are now'),
        },
        { etag: true, ifMatch: true },
      ),
      async context => {
        const to = context.req.valid('json')
        const after = await changedFrom(context, db, lockedSettings, (tx, before) =>
          setPrivacySettings(tx, before, to, actorOf(context)),
        )
        return context.json(tagged(context, after), 200)
      },
    )
}

type Stored = Awaited<ReturnType<typeof sweeps>>[number]
const asSweep = ({ id, startedAt, endedAt, rows }: Stored) => ({
  id,
  startedAt,
  endedAt,
  rows: { ...rows } as Record<string, number>,
})

async function must(sweep: Promise<Stored | null>): Promise<Stored> {
  const done = await sweep
  if (done) return done
  throw new DealwrightError('conflict', 'A batch is being swept at this moment: try again.')
}

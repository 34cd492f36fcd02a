/** Who we are, and the terms on which agents and people decide. (Two people for an action, caps, quiet hours: the policy's text.) */
import { z } from '@hono/zod-openapi'
import { changeOrganisation, lockedOrganisation, organisationTerms } from '../../db/stores/organisation.ts'
import { type AppOptions, createGroup } from '../api/api.ts'
import { changedFrom, tagged } from '../api/etag.ts'
import { body, isChange, json, NO_CHANGE, route } from '../api/route.ts'
import { zone } from '../api/zone.ts'
import { actorOf } from '../auth/session.ts'
import { code, line, name } from './records/schemas.ts'

const text = z.string().nullable()
/** At most as the database takes them. */
const hours = z.int().min(1).max(400)

const organisation = z
  .object({
    name: z.string(),
    domain: text,
    currency: z.string(),
    zone: z.string(),
    country: text,
    address: text,
    approversTwoFactor: z.boolean(),
    remindAfterHours: z.int(),
    escalateAfterHours: z.int(),
    autonomyLevel: z.number(),
    autonomyCases: z.int(),
    autonomySample: z.int(),
  })
  .openapi('Organisation')

const change = z
  .strictObject({
    name: name.optional(),
    domain: line(253).min(1).nullable().optional(),
    currency: code(3).optional(),
    zone: zone.optional(),
    country: code(2).nullable().optional(),
    /** Lines of it, as mails have them. */
    address: z.string().trim().min(1).max(500).nullable().optional(),
    approversTwoFactor: z.boolean().optional(),
    remindAfterHours: hours.optional(),
    escalateAfterHours: hours.optional(),
    autonomyLevel: z.number().min(0.55).max(0.999).optional(),
    autonomyCases: z.int().min(10).max(100_000).optional(),
    autonomySample: z.int().min(1).max(10_000).optional(),
  })
  .refine(isChange, NO_CHANGE)

export function organisationRoutes({ db }: AppOptions) {
  return createGroup()
    .openapi(
      route(
        'organisation.see',
        {
          method: 'get',
          path: '/api/organisation',
          summary: 'Who we are, and the terms of reminders, escalation, earned autonomy and second factors',
          responses: json(organisation, 'The organisation'),
        },
        { etag: true },
      ),
      async context => context.json(tagged(context, await organisationTerms(db)), 200),
    )
    .openapi(
      route(
        'organisation.change',
        {
          method: 'patch',
          path: '/api/organisation',
          summary: 'Changes any of it; in force at once, for what waits already too',
          request: body(change),
          responses: json(organisation, 'The organisation as it is now'),
        },
        { etag: true, ifMatch: true },
      ),
      async context => {
        const changed = await changedFrom(context, db, lockedOrganisation, (tx, before) =>
          changeOrganisation(tx, before, context.req.valid('json'), actorOf(context)),
        )
        return context.json(tagged(context, changed), 200)
      },
    )
}

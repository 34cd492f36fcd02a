/** What is known and where it stands: research, briefs, and the sources that facts quote. */
import { z } from '@hono/zod-openapi'
import type { Viewer } from '../../domain/access/viewer.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { companyDomain } from '../../domain/import/normalise/domain.ts'
import { seenRecord } from '../../db/stores/crm/read.ts'
import { markInternal } from '../../db/stores/confidential.ts'
import { readableSources, seenSource, sourceToMark } from '../../db/stores/sources.ts'
import { type AppOptions, type BriefDocument, createGroup } from '../api/api.ts'
import { changedFrom, tagged } from '../api/etag.ts'
import { body, idParams, json, route } from '../api/route.ts'
import { actorOf } from '../auth/session.ts'

const text = z.string().nullable()

const brief = z
  .object({
    account: z.object({ id: z.uuid(), name: z.string(), domain: text }).nullable(),
    facts: z.array(
      z.object({
        id: z.uuid(),
        kind: z.string(),
        value: z.string(),
        /** Of the source's text, from `start` to `end`. */
        quote: z.string(),
        sourceId: z.uuid(),
        url: text,
        start: z.int(),
        end: z.int(),
      }),
    ),
    rejects: z.record(z.string(), z.int()),
    unknown: z.array(z.object({ what: z.string(), question: z.string() })),
    brief: text,
  })
  .openapi('Brief')

const source = z
  .object({
    id: z.uuid(),
    kind: z.string(),
    url: text,
    title: text,
    fetchedAt: z.date(),
    /** Nothing read in it enters what is written to a prospect. */
    internal: z.boolean(),
    hash: z.string(),
    text: z.string(),
  })
  .openapi('Source')

const asked = z
  .object({
    id: z.uuid(),
    accountId: z.uuid(),
    /** Null until it has begun. */
    runId: z.uuid().nullable(),
    status: z.string().nullable(),
  })
  .openapi('Research')

interface Asked {
  id: string
  accountId: string
  runId: string | null
  status: string | null
}

export function evidence({ db, ports }: AppOptions) {
  const research = (id: string) =>
    db.row<Asked>(
      `select e.id, e.account_id, r.id as run_id, r.status from domain_event e left join run r on r.event_id = e.id
       where e.id = $1 and e.name = 'account.research_asked' order by r.started_at limit 1`,
      [id],
    )

  /** Without what stands in mails and notes that this person may not read; the brief itself may tell of it. */
  async function readable(found: BriefDocument, viewer: Viewer): Promise<BriefDocument> {
    const ids = await readableSources(
      db,
      viewer,
      found.facts.map(({ sourceId }) => sourceId),
    )
    const facts = found.facts.filter(({ sourceId }) => ids.has(sourceId))
    return facts.length === found.facts.length ? found : { ...found, facts, brief: null }
  }

  return createGroup()
    .openapi(
      route('account.create', {
        method: 'post',
        path: '/api/research',
        summary: 'Asks for research on a company’s site: a run reads it',
        request: body(z.strictObject({ domain: z.string().min(3).max(253) })),
        responses: json(asked, 'What was asked; the run begins within seconds'),
      }),
      async context => {
        const domain = companyDomain(context.req.valid('json').domain)
        if (domain === null)
          throw new DealwrightError('bad_input', 'domain: is not one of a company, such as acme.com.')
        const { accountId, eventId } = await ports.askResearch(domain, context.var.requestId)
        return context.json({ id: eventId, accountId, runId: null, status: null }, 200)
      },
    )
    .openapi(
      route('account.see', {
        method: 'get',
        path: '/api/research/{id}',
        summary: 'How far it is',
        request: { params: idParams },
        responses: json(asked, 'The research'),
      }),
      async context => {
        const { id } = context.req.valid('param')
        const found = await research(id)
        if (!found) throw new DealwrightError('not_found', `There is no research ${id}.`, { details: { id } })
        await seenRecord(db, context.var.viewer, 'account', found.accountId)
        return context.json(found, 200)
      },
    )
    .openapi(
      route('lead.see', {
        method: 'get',
        path: '/api/leads/{id}/brief',
        summary: 'What is known of a lead and its company, each with its quote',
        request: { params: idParams },
        responses: json(brief, 'For before a call'),
      }),
      async context => {
        const { id } = context.req.valid('param')
        await seenRecord(db, context.var.viewer, 'lead', id)
        return context.json(await readable(await ports.brief(id), context.var.viewer), 200)
      },
    )
    .openapi(
      route(
        'account.see',
        {
          method: 'get',
          path: '/api/sources/{id}',
          summary: 'A page, mail or note as it was stored: what facts quote',
          request: { params: idParams },
          responses: json(source, 'The source; mails and notes for those alone who may see them'),
        },
        { etag: true },
      ),
      async context => {
        const { id } = context.req.valid('param')
        return context.json(tagged(context, await seenSource(db, context.var.viewer, id)), 200)
      },
    )
    .openapi(
      route(
        'account.change',
        {
          method: 'patch',
          path: '/api/sources/{id}',
          summary: 'Marks a page, mail or note as internal: nothing read in it enters what is written to a prospect',
          description: 'Mails that rest on it and have not left are withdrawn.',
          request: { params: idParams, ...body(z.strictObject({ internal: z.boolean() })) },
          responses: json(source, 'The source as it is now'),
        },
        { etag: true, ifMatch: true },
      ),
      async context => {
        const { id } = context.req.valid('param')
        const { internal } = context.req.valid('json')
        const { viewer } = context.var
        const after = await changedFrom(
          context,
          db,
          tx => sourceToMark(tx, viewer, id),
          async tx => {
            await markInternal(tx, id, internal, actorOf(context))
            return seenSource(tx, viewer, id)
          },
        )
        return context.json(tagged(context, after), 200)
      },
    )
}

/** Runs: looking at them and steering them. */
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { requireFor } from '../../domain/access/may.ts'
import { type AppOptions, createGroup, type Env } from '../api/api.ts'
import { heedMatch, sendEtag } from '../api/etag.ts'
import { pageQuery, pageSchema } from '../api/list.ts'
import { body, idParams, json, route } from '../api/route.ts'
import { workflowIdOf } from '../../db/stores/runs.ts'
import { controlRun, listRuns, seenRun, showRun } from '../runs.ts'

const text = z.string().nullable()
const runRow = z
  .object({
    id: z.uuid(),
    playbook: z.string(),
    version: z.int(),
    status: z.string(),
    outcome: text,
    currentKey: text,
    errorCode: text,
    errorWhy: text,
    leadId: z.uuid().nullable(),
    dealId: z.uuid().nullable(),
    startedAt: z.date(),
    endedAt: z.date().nullable(),
    about: text,
  })
  .openapi('RunRow')

const spent = z.object({ calls: z.int(), tokens: z.int(), micros: z.int() })

const step = z.object({
  key: z.string(),
  kind: z.string(),
  verb: z.string(),
  status: z.string(),
  /** What it was given and what it gave back: ids and small values, never texts of mails or pages. */
  given: z.unknown(),
  result: z.unknown(),
  /** How often it was tried. */
  attempts: z.int(),
  /** On models; null: nothing. */
  spent: spent.nullable(),
  errorCode: text,
  errorWhy: text,
  startedAt: z.date(),
  endedAt: z.date().nullable(),
})

const wholeRun = z
  .object({
    id: z.uuid(),
    playbook: z.string(),
    version: z.int(),
    /** The person or company it is about. */
    about: text,
    versionId: z.uuid(),
    eventId: z.uuid(),
    leadId: z.uuid().nullable(),
    contactId: z.uuid().nullable(),
    accountId: z.uuid().nullable(),
    dealId: z.uuid().nullable(),
    status: z.string(),
    outcome: text,
    currentKey: text,
    errorCode: text,
    errorWhy: text,
    zone: z.string(),
    country: text,
    seq: z.int(),
    startedAt: z.date(),
    endedAt: z.date().nullable(),
    steps: z.array(step),
    actions: z.array(
      z.object({ id: z.uuid(), kind: z.string(), status: z.string(), summary: z.string(), failureWhy: text }),
    ),
    model: spent,
    /** Where Temporal shows its workflow; null: no interface of Temporal is known here. */
    temporal: text,
  })
  .openapi('Run')

/** @param ui address of Temporal's web interface */
const workflowAt = (ui: string, namespace: string, runId: string): string =>
  `${ui.replace(/\/$/, '')}/namespaces/${encodeURIComponent(namespace)}/workflows/${encodeURIComponent(workflowIdOf(runId))}`

const why = body(z.strictObject({ why: z.string().max(1_000).default('') }))

const WORDS = {
  resume: 'Tries the step at which it stopped again',
  skip: 'Goes on without the step at which it stopped',
  cancel: 'Ends it',
} as const

/** A word is meant for the step at which the run was seen to stand. */
const standing = ({ id, status, seq }: { id: string; status: string; seq: number }) => ({ id, status, seq })

export function runs({ db, temporalUi, temporalNamespace = 'default' }: AppOptions) {
  const steer = <W extends keyof typeof WORDS>(word: W) =>
    route(
      'run.steer',
      {
        method: 'post',
        path: `/api/runs/{id}/${word}` as const,
        summary: WORDS[word],
        request: { params: idParams, ...why },
        responses: json(z.object({ id: z.uuid(), sent: z.string() }), 'The word is on its way to the run'),
      },
      { ifMatch: 'if_sent' },
    )

  return createGroup()
    .openapi(
      route('run.see', {
        method: 'get',
        path: '/api/runs',
        summary: 'Runs, paused ones first',
        request: {
          query: pageQuery.extend({ status: z.string().max(20).optional(), playbook: z.string().max(100).optional() }),
        },
        responses: json(pageSchema(runRow), 'A page of them'),
      }),
      async context => context.json(await listRuns(db, context.var.viewer, context.req.valid('query')), 200),
    )
    .openapi(
      route(
        'run.see',
        {
          method: 'get',
          path: '/api/runs/{id}',
          summary: 'One run with its steps, actions and cost; its ETag tells at which step it stands',
          request: { params: idParams },
          responses: json(wholeRun, 'The run'),
        },
        { etag: true },
      ),
      async context => {
        const { id } = await seenRun(db, context.var.viewer, context.req.valid('param').id)
        const shown = await showRun(db, id)
        sendEtag(context, standing(shown))
        return context.json({ ...shown, temporal: temporalUi && workflowAt(temporalUi, temporalNamespace, id) }, 200)
      },
    )
    .openapi(steer('resume'), async context => {
      const { id } = context.req.valid('param')
      return context.json(await steered('resume', id, context.req.valid('json').why, context), 200)
    })
    .openapi(steer('skip'), async context => {
      const { id } = context.req.valid('param')
      return context.json(await steered('skip', id, context.req.valid('json').why, context), 200)
    })
    .openapi(steer('cancel'), async context => {
      const { id } = context.req.valid('param')
      return context.json(await steered('cancel', id, context.req.valid('json').why, context), 200)
    })

  async function steered(word: keyof typeof WORDS, id: string, why: string, context: Context<Env>) {
    const { user, viewer } = context.var
    const run = await seenRun(db, viewer, id)
    requireFor(viewer, 'run.steer', { what: 'run', ...run })
    return controlRun(db, run.id, word, why, user, current => heedMatch(context, standing(current)))
  }
}

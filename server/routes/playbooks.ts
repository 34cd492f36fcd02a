/** Playbooks: what the agents do. Checking, publishing, comparing, taking back, pausing. */
import { z } from '@hono/zod-openapi'
import { createTwoFilesPatch } from 'diff'
import { DealwrightError } from '../../domain/errors.ts'
import { FLOW_FORMS, flowOf } from '../../domain/playbook/flow.ts'
import { playbookLanguage } from '../../domain/playbook/language.ts'
import { listPlaybooks, publish } from '../../db/stores/playbooks.ts'
import {
  playbookIfAny,
  playbookNamed,
  rollBack,
  setPaused,
  versionsOf,
  versionText,
} from '../../db/stores/playbook-versions.ts'
import { type AppOptions, createGroup } from '../api/api.ts'
import { heedMatch, requireMatch, tagged } from '../api/etag.ts'
import { body, json, route } from '../api/route.ts'
import { ASKS } from '../api/unversioned.ts'
import { tryPlaybook } from '../playbook-trial.ts'

export const LONGEST_TEXT = 200_000

export const problemsSchema = z
  .object({
    ok: z.boolean(),
    problems: z.array(z.object({ file: z.string(), line: z.int(), column: z.int(), message: z.string() })),
  })
  .openapi('Problems')

export const textBody = body(z.strictObject({ text: z.string().min(1).max(LONGEST_TEXT) }))

const flow = z
  .array(
    z.object({
      id: z.int(),
      parent: z.int().nullable(),
      form: z.enum(FLOW_FORMS),
      line: z.int(),
      step: z.string().nullable(),
      title: z.string(),
      about: z.string().nullable(),
    }),
  )
  .openapi('PlaybookFlow')

const row = z
  .object({
    name: z.string(),
    version: z.int(),
    onEvent: z.string(),
    publishedAt: z.date(),
    publishedBy: z.string(),
    pausedAt: z.date().nullable(),
    /** Under way: at work, or waiting for a time or an event. */
    running: z.int(),
    /** Of those that are under way: how many wait. */
    waiting: z.int(),
    /** Stopped at a step that failed: a person has to say how it goes on. */
    paused: z.int(),
    completed: z.int(),
    /** Runs in which a step failed for good within the last seven days. */
    failedLately: z.int(),
    /** How many ended within the last seven days. */
    endedLately: z.int(),
  })
  .openapi('Playbook')

const state = z.object({ name: z.string(), version: z.int(), pausedAt: z.date().nullable() }).openapi('PlaybookState')

const version = z
  .object({
    id: z.uuid(),
    version: z.int(),
    hash: z.string(),
    publishedBy: z.string(),
    publishedAt: z.date(),
    active: z.boolean(),
  })
  .openapi('PlaybookVersion')

const step = z.string()
const trial = z
  .object({
    runs: z.int(),
    same: z.int(),
    changed: z.array(
      z.object({
        run: z.uuid(),
        about: z.string().nullable(),
        startedAt: z.date(),
        /** How it ended. */
        was: z.string().nullable(),
        would: z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('not_begun') }),
          z.object({ kind: z.literal('ended'), outcome: z.string() }),
          z.object({ kind: z.literal('stopped'), step }),
          z.object({ kind: z.literal('unknown'), step }),
        ]),
      }),
    ),
  })
  .openapi('PlaybookTrial')

/** Past runs that a text is tried on at most. */
const MOST_TRIED = 200

const nameParam = z.object({ name: z.string().max(100) })
const number = z.coerce.number().int().positive().max(1_000_000)

export function playbooks(options: AppOptions) {
  return createGroup().route('/', reading(options)).route('/', changing(options))
}

function reading({ db, ports }: AppOptions) {
  return createGroup()
    .openapi(
      route('playbook.see', {
        method: 'get',
        path: '/api/playbooks',
        summary: 'The playbooks in force and how their runs stand',
        responses: json(z.array(row), 'All of them'),
      }),
      async context => context.json(await listPlaybooks(db), 200),
    )
    .openapi(
      route(
        'playbook.see',
        {
          method: 'post',
          path: '/api/playbooks/check',
          summary: 'Every mistake of a playbook, with line and column; changes nothing',
          request: textBody,
          responses: json(
            problemsSchema.extend({ name: z.string().nullable(), flow: flow.nullable() }).openapi('PlaybookCheck'),
            'What is wrong with it; when nothing is, its name and how it goes',
          ),
        },
        { unversioned: ASKS },
      ),
      async context => {
        const { problems, playbook } = await ports.readPlaybook(context.req.valid('json').text)
        const shown = playbook ? { name: playbook.name, flow: flowOf(playbook) } : { name: null, flow: null }
        return context.json({ ok: problems.length === 0, problems, ...shown }, 200)
      },
    )
    .openapi(
      route('playbook.see', {
        method: 'get',
        path: '/api/schemas/playbook',
        summary: 'The language of playbooks as JSON Schema, for editors',
        responses: json(z.record(z.string(), z.unknown()), 'The schema'),
      }),
      async context => context.json({ ...playbookLanguage(await ports.catalogue()) }, 200),
    )
    .openapi(
      route(
        'playbook.see',
        {
          method: 'get',
          path: '/api/playbooks/{name}',
          summary: 'Which version is in force, with the ETag that a change needs',
          request: { params: nameParam },
          responses: json(state, 'The playbook'),
        },
        { etag: true },
      ),
      async context => {
        return context.json(tagged(context, await playbookNamed(db, context.req.valid('param').name)), 200)
      },
    )
    .openapi(
      route('playbook.see', {
        method: 'get',
        path: '/api/playbooks/{name}/versions',
        summary: 'Its versions, newest first',
        request: { params: nameParam },
        responses: json(z.array(version), 'All of them'),
      }),
      async context => context.json(await versionsOf(db, context.req.valid('param').name), 200),
    )
    .openapi(
      route('playbook.see', {
        method: 'get',
        path: '/api/playbooks/{name}/versions/{version}',
        summary: 'One version with its text',
        request: { params: nameParam.extend({ version: number }) },
        responses: json(version.extend({ text: z.string() }).openapi('PlaybookText'), 'The version'),
      }),
      async context => {
        const { name, version } = context.req.valid('param')
        return context.json(await versionText(db, name, version), 200)
      },
    )
    .openapi(
      route('playbook.see', {
        method: 'get',
        path: '/api/playbooks/{name}/diff',
        summary: 'What one version says otherwise than another, as a unified diff',
        request: { params: nameParam, query: z.object({ from: number, to: number }) },
        responses: json(z.object({ from: z.int(), to: z.int(), diff: z.string() }), 'The difference'),
      }),
      async context => {
        const { name } = context.req.valid('param')
        const { from, to } = context.req.valid('query')
        const [before, after] = [await versionText(db, name, from), await versionText(db, name, to)]
        const label = (of: number) => `${name} ${of}`
        const diff = createTwoFilesPatch(label(from), label(to), before.text, after.text, '', '', { context: 3 })
        return context.json({ from, to, diff }, 200)
      },
    )
}

function changing({ db, ports }: AppOptions) {
  return createGroup()
    .openapi(
      route(
        'playbook.publish',
        {
          method: 'post',
          path: '/api/playbooks/try',
          summary: 'Which past runs of the playbook would have gone otherwise under a text; changes nothing',
          request: body(
            z.strictObject({
              text: z.string().min(1).max(LONGEST_TEXT),
              most: z.int().min(1).max(MOST_TRIED).default(MOST_TRIED),
            }),
          ),
          responses: json(trial, 'Of the newest runs that ended those that would have gone otherwise'),
        },
        { unversioned: ASKS },
      ),
      async context => {
        const { text, most } = context.req.valid('json')
        const { playbook, problems } = await ports.readPlaybook(text)
        if (!playbook) throw notInOrder('playbook_invalid', problems)
        return context.json(await tryPlaybook(db, playbook, most), 200)
      },
    )
    .openapi(
      route(
        'playbook.publish',
        {
          method: 'post',
          path: '/api/playbooks',
          summary: 'Puts a playbook in force; runs that have begun stay on their version',
          request: textBody,
          responses: json(
            z.object({ id: z.uuid(), playbook: z.string(), version: z.int(), made: z.boolean() }),
            'The version in force; made: it is new',
          ),
        },
        { creates: true, ifMatch: 'if_sent' },
      ),
      async context => {
        const { text } = context.req.valid('json')
        const { playbook, problems } = await ports.readPlaybook(text)
        if (!playbook) throw notInOrder('playbook_invalid', problems)
        const done = await db.tx(async tx => {
          await tx.run('select 1 from playbook where name = $1 for update', [playbook.name])
          heedMatch(context, await playbookIfAny(tx, playbook.name))
          return publish(tx, playbook, text, `user:${context.var.user.id}`)
        })
        return context.json({ playbook: playbook.name, ...done }, 200)
      },
    )
    .openapi(
      route(
        'playbook.publish',
        {
          method: 'post',
          path: '/api/playbooks/{name}/rollback',
          summary: 'Puts an earlier version in force again',
          request: { params: nameParam, ...body(z.strictObject({ version: z.int().positive() })) },
          responses: json(state, 'The playbook as it is now'),
        },
        { etag: true, ifMatch: true },
      ),
      async context => {
        const { name } = context.req.valid('param')
        const { version } = context.req.valid('json')
        const done = await db.tx(async tx => {
          await tx.run('select 1 from playbook where name = $1 for update', [name])
          requireMatch(context, await playbookNamed(tx, name))
          return rollBack(tx, name, version, `user:${context.var.user.id}`)
        })
        return context.json(tagged(context, done), 200)
      },
    )
    .openapi(
      route(
        'playbook.publish',
        {
          method: 'patch',
          path: '/api/playbooks/{name}',
          summary: 'Pauses it (it starts nothing more) or lets it go on',
          request: { params: nameParam, ...body(z.strictObject({ paused: z.boolean() })) },
          responses: json(state, 'The playbook as it is now'),
        },
        { etag: true, ifMatch: true },
      ),
      async context => {
        const { name } = context.req.valid('param')
        const done = await db.tx(async tx => {
          await tx.run('select 1 from playbook where name = $1 for update', [name])
          requireMatch(context, await playbookNamed(tx, name))
          return setPaused(tx, name, context.req.valid('json').paused, `user:${context.var.user.id}`)
        })
        return context.json(tagged(context, done), 200)
      },
    )
}

/** Says the first mistake; all of them are the answer of `check`. */
export function notInOrder(
  code: 'playbook_invalid' | 'definition_invalid',
  problems: readonly { line: number; column: number; message: string }[],
): DealwrightError {
  const [first] = problems
  const where = first ? `line ${first.line}, column ${first.column}: ${first.message}` : 'it says nothing'
  return new DealwrightError(code, `Nothing was published: ${where}`, { details: { problems: problems.length } })
}

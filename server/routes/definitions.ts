/** Scoring and territories: the texts by which ops says who is worth it and whose it is. (The policy: policy.ts.) */
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { createTwoFilesPatch } from 'diff'
import type { ScoringTrial, TerritoriesTrial } from '../../domain/definition-trial.ts'
import type { PlaybookProblem } from '../../domain/playbook/types.ts'
import { parseTerritories } from '../../domain/routing/parse.ts'
import { parseScoring } from '../../domain/scoring/parse.ts'
import { definitionInForce, publishDefinition } from '../../db/stores/playbooks.ts'
import { definitionText, definitionVersions } from '../../db/stores/playbook-versions.ts'
import { must } from '../../db/sql.ts'
import { type AppOptions, createGroup, type Env } from '../api/api.ts'
import { requireMatch, tagged } from '../api/etag.ts'
import { body, json, route } from '../api/route.ts'
import { ASKS } from '../api/unversioned.ts'
import { LONGEST_TEXT, notInOrder, problemsSchema, textBody } from './playbooks.ts'

type Kind = 'scoring' | 'territories'

const text = z.string().nullable()
const number = z.coerce.number().int().positive().max(1_000_000)
const definition = z
  .object({ id: z.uuid(), kind: z.string(), version: z.int(), text: z.string() })
  .openapi('Definition')
const versionRow = z
  .object({ version: z.int(), hash: z.string(), publishedBy: z.string(), publishedAt: z.date() })
  .openapi('DefinitionVersion')

const PARSERS: Record<Kind, (text: string) => { problems: PlaybookProblem[] }> = {
  scoring: text => parseScoring(text, 'scoring.yaml'),
  territories: text => parseTerritories(text, 'territories.yaml'),
}

/** The newest so many leads that are not done with. */
const MOST = 2_000
const trialBody = body(
  z.strictObject({
    text: z.string().min(1).max(LONGEST_TEXT),
    most: z.int().min(1).max(MOST).default(MOST),
  }),
)
const ofLead = { lead: z.uuid(), name: z.string(), company: text }
const scoringTrial = z
  .object({
    version: z.int(),
    leads: z.int(),
    changed: z.array(z.object({ ...ofLead, before: z.number(), after: z.number(), why: z.array(z.string()) })),
  })
  .openapi('ScoringTrial')
const given = z.object({ owner: text, reason: z.string() })
const territoriesTrial = z
  .object({
    version: z.int(),
    leads: z.int(),
    changed: z.array(z.object({ ...ofLead, owner: text, before: given, after: given })),
  })
  .openapi('TerritoriesTrial')

export function definitions(options: AppOptions) {
  return createGroup()
    .route('/', trials(options))
    .route('/', reading(options, 'scoring'))
    .route('/', changing(options, 'scoring'))
    .route('/', reading(options, 'territories'))
    .route('/', changing(options, 'territories'))
}

/** Who would change, as the commands show it. Everybody's leads are looked at, so whoever may publish may try. */
function trials({ ports }: AppOptions) {
  return createGroup()
    .openapi(
      route(
        'scoring.publish',
        {
          method: 'post',
          path: '/api/scoring/try',
          summary: 'Whose score would change under a text, how and why',
          request: trialBody,
          responses: json(scoringTrial, 'Of the newest current leads those that would change, most first'),
        },
        { unversioned: ASKS },
      ),
      async context => {
        const { text, most } = context.req.valid('json')
        const { scoring, problems } = parseScoring(text, 'scoring.yaml')
        if (!scoring) throw notInOrder('definition_invalid', problems)
        const trial: ScoringTrial = await ports.tryScoring(scoring, most)
        return context.json(trial, 200)
      },
    )
    .openapi(
      route(
        'territories.publish',
        {
          method: 'post',
          path: '/api/territories/try',
          summary: 'Which leads somebody else would get under a text, if given out now; leads keep their owners',
          request: trialBody,
          responses: json(territoriesTrial, 'Of the newest current leads those that would go to somebody else'),
        },
        { unversioned: ASKS },
      ),
      async context => {
        const { text, most } = context.req.valid('json')
        const { territories, problems } = parseTerritories(text, 'territories.yaml')
        if (!territories) throw notInOrder('definition_invalid', problems)
        const trial: TerritoriesTrial = await ports.tryTerritories(territories, most)
        return context.json(trial, 200)
      },
    )
}

function reading<K extends Kind>({ db }: AppOptions, kind: K) {
  return createGroup()
    .openapi(
      route(
        `${kind}.see`,
        {
          method: 'get',
          path: `/api/${kind}` as const,
          summary: `The ${kind} in force, with its ETag`,
          responses: json(definition, 'The text'),
        },
        { etag: true },
      ),
      async context => {
        const found = await must(kind, 'in force', definitionInForce(db, kind))
        return context.json(tagged(context, found), 200)
      },
    )
    .openapi(
      route(`${kind}.see`, {
        method: 'get',
        path: `/api/${kind}/versions` as const,
        summary: `Versions of the ${kind}, newest first`,
        responses: json(z.array(versionRow), 'The newest 200'),
      }),
      async context => context.json(await definitionVersions(db, kind), 200),
    )
    .openapi(
      route(`${kind}.see`, {
        method: 'get',
        path: `/api/${kind}/versions/{version}` as const,
        summary: 'One version with its text',
        request: { params: z.object({ version: number }) },
        responses: json(versionRow.extend({ text: z.string() }).openapi('DefinitionText'), 'The version'),
      }),
      async context => context.json(await definitionText(db, kind, context.req.valid('param').version), 200),
    )
    .openapi(
      route(`${kind}.see`, {
        method: 'get',
        path: `/api/${kind}/diff` as const,
        summary: 'What one version says otherwise than another, as a unified diff',
        request: { query: z.object({ from: number, to: number }) },
        responses: json(z.object({ from: z.int(), to: z.int(), diff: z.string() }), 'The difference'),
      }),
      async context => {
        const { from, to } = context.req.valid('query')
        const [before, after] = [await definitionText(db, kind, from), await definitionText(db, kind, to)]
        const label = (of: number) => `${kind} ${of}`
        const diff = createTwoFilesPatch(label(from), label(to), before.text, after.text, '', '', { context: 3 })
        return context.json({ from, to, diff }, 200)
      },
    )
    .openapi(
      route(
        `${kind}.see`,
        {
          method: 'post',
          path: `/api/${kind}/check` as const,
          summary: 'Every mistake of a text, with line and column; changes nothing',
          request: textBody,
          responses: json(problemsSchema, 'What is wrong with it'),
        },
        { unversioned: ASKS },
      ),
      context => {
        const { problems } = PARSERS[kind](context.req.valid('json').text)
        return context.json({ ok: problems.length === 0, problems }, 200)
      },
    )
}

function changing<K extends Kind>({ db }: AppOptions, kind: K) {
  return createGroup()
    .openapi(
      route(
        `${kind}.publish`,
        {
          method: 'put',
          path: `/api/${kind}` as const,
          summary: `Puts a text in force; If-Match: the ETag of the one in force, or * for the first`,
          request: textBody,
          responses: json(definition, 'The text in force'),
        },
        { etag: true, ifMatch: true },
      ),
      async context => context.json(await published(context, context.req.valid('json').text), 200),
    )
    .openapi(
      route(
        `${kind}.publish`,
        {
          method: 'post',
          path: `/api/${kind}/rollback` as const,
          summary: 'Puts the text of an earlier version in force again, as a new version',
          request: body(z.strictObject({ version: z.int().positive().max(1_000_000) })),
          responses: json(definition, 'The text in force'),
        },
        { etag: true, ifMatch: true },
      ),
      async context => {
        const earlier = await definitionText(db, kind, context.req.valid('json').version)
        return context.json(await published(context, earlier.text), 200)
      },
    )

  async function published(context: Context<Env>, text: string): Promise<z.infer<typeof definition>> {
    const { problems } = PARSERS[kind](text)
    if (problems.length > 0) throw notInOrder('definition_invalid', problems)
    const done = await db.tx(async tx => {
      await tx.run('select pg_advisory_xact_lock(hashtext($1))', [`definition:${kind}`])
      requireMatch(context, await definitionInForce(tx, kind))
      const { id, version } = await publishDefinition(tx, kind, text, `user:${context.var.user.id}`)
      return { id, kind, version, text }
    })
    return tagged(context, done)
  }
}

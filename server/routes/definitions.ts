/** Scoring and territories: the texts by which ops says who is worth it and whose it is. (The policy: policy.ts.) */
import { z } from '@hono/zod-openapi'
import type { PlaybookProblem } from '../../domain/playbook/types.ts'
import { parseTerritories } from '../../domain/routing/parse.ts'
import { parseScoring } from '../../domain/scoring/parse.ts'
import { definitionInForce, publishDefinition } from '../../db/stores/playbooks.ts'
import { definitionVersions } from '../../db/stores/playbook-versions.ts'
import { must } from '../../db/sql.ts'
import { type AppOptions, createGroup } from '../api/api.ts'
import { requireMatch, tagged } from '../api/etag.ts'
import { json, route } from '../api/route.ts'
import { notInOrder, problemsSchema, textBody } from './playbooks.ts'

type Kind = 'scoring' | 'territories'

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

export function definitions(options: AppOptions) {
  return createGroup().route('/', routesOf(options, 'scoring')).route('/', routesOf(options, 'territories'))
}

function routesOf<K extends Kind>({ db }: AppOptions, kind: K) {
  const inForce = () => must(kind, 'in force', definitionInForce(db, kind))
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
        return context.json(tagged(context, await inForce()), 200)
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
        method: 'post',
        path: `/api/${kind}/check` as const,
        summary: 'Every mistake of a text, with line and column; changes nothing',
        request: textBody,
        responses: json(problemsSchema, 'What is wrong with it'),
      }),
      context => {
        const { problems } = PARSERS[kind](context.req.valid('json').text)
        return context.json({ ok: problems.length === 0, problems }, 200)
      },
    )
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
      async context => {
        const { text } = context.req.valid('json')
        const { problems } = PARSERS[kind](text)
        if (problems.length > 0) throw notInOrder('definition_invalid', problems)
        const done = await db.tx(async tx => {
          await tx.run('select pg_advisory_xact_lock(hashtext($1))', [`definition:${kind}`])
          requireMatch(context, await definitionInForce(tx, kind))
          const { id, version } = await publishDefinition(tx, kind, text, `user:${context.var.user.id}`)
          return { id, kind, version, text }
        })
        return context.json(tagged(context, done), 200)
      },
    )
}

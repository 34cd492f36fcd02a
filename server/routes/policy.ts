/** The policy: reading it in plain words, checking and trying another, putting it in force, and taking that back. */
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { newestPolicy, policyVersion, policyVersions, tryPolicy, type PolicyVersion } from '../../db/stores/policy.ts'
import { publishDefinition } from '../../db/stores/playbooks.ts'
import type { Tx } from '../../db/sql.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { policyChanges, policyInWords } from '../../domain/policy/describe.ts'
import { parsePolicy, readPolicy, type Policy } from '../../domain/policy/parse.ts'
import { type AppOptions, createGroup, type Env } from '../api/api.ts'
import { requireMatch, sendEtag } from '../api/etag.ts'
import { pageQuery, pageSchema } from '../api/list.ts'
import { body, json, route } from '../api/route.ts'
import { ASKS } from '../api/unversioned.ts'

const text = z
  .string()
  .min(1)
  .max(64 * 1024)
const n = z.int()

const version = z
  .object({
    /** 0: none has been published, and everything waits for a person. */
    version: n,
    text: z.string(),
    /** Each rule and limit in plain words. */
    words: z.array(z.string()),
    publishedBy: z.string().nullable(),
    publishedAt: z.date().nullable(),
  })
  .openapi('Policy')

const problem = z.object({ file: z.string(), line: n, column: n, message: z.string() })
const change = z.object({
  name: z.string(),
  change: z.enum(['added', 'removed', 'changed', 'moved']),
  before: z.string().nullable(),
  after: z.string().nullable(),
})
const trial = z
  .object({
    actions: n,
    changed: z.array(
      z.object({
        id: z.uuid(),
        kind: z.string(),
        summary: z.string(),
        was: z.string(),
        would: z.string(),
        rule: z.string(),
      }),
    ),
  })
  .openapi('PolicyTrial')
const published = z.object({ version: n, made: z.boolean() })
const versionParams = z.object({ version: z.coerce.number().int().min(1).max(1_000_000) })

export function policy({ db, ports }: AppOptions) {
  const kinds = async () => (await ports.kinds?.()) ?? null
  return createGroup()
    .openapi(
      route(
        'policy.see',
        {
          method: 'get',
          path: '/api/policy',
          summary: 'The policy in force',
          responses: json(version, 'Its text, and each rule in plain words'),
        },
        { etag: true },
      ),
      async context => {
        const shown = show(await newestPolicy(db))
        sendEtag(context, shown.version)
        return context.json(shown, 200)
      },
    )
    .openapi(
      route('policy.see', {
        method: 'get',
        path: '/api/policy/versions',
        summary: 'Its versions, newest first',
        request: { query: pageQuery },
        responses: json(
          pageSchema(z.object({ version: n, publishedBy: z.string(), publishedAt: z.date() })),
          'A page of them',
        ),
      }),
      async context => context.json(await policyVersions(db, context.req.valid('query')), 200),
    )
    .openapi(
      route('policy.see', {
        method: 'get',
        path: '/api/policy/versions/{version}',
        summary: 'One version',
        request: { params: versionParams },
        responses: json(version, 'Its text, and each rule in plain words'),
      }),
      async context => context.json(show(await policyVersion(db, context.req.valid('param').version)), 200),
    )
    .openapi(
      route('policy.see', {
        method: 'get',
        path: '/api/policy/diff',
        summary: 'What differs between two versions, rule by rule',
        request: { query: z.object({ from: versionParams.shape.version, to: versionParams.shape.version }) },
        responses: json(z.object({ changes: z.array(change) }), 'The rules and limits that differ'),
      }),
      async context => {
        const { from, to } = context.req.valid('query')
        const [before, after] = [await policyVersion(db, from), await policyVersion(db, to)]
        return context.json({ changes: policyChanges(policyOf(before), policyOf(after)) }, 200)
      },
    )
    .openapi(
      route(
        'policy.see',
        {
          method: 'post',
          path: '/api/policy/check',
          summary: 'Every mistake of a text, with line and column',
          request: body(z.strictObject({ text })),
          responses: json(
            z.object({ ok: z.boolean(), problems: z.array(problem), words: z.array(z.string()) }),
            'What is wrong with it; its rules in words when nothing is',
          ),
        },
        { unversioned: ASKS },
      ),
      async context => {
        const read = parsePolicy(context.req.valid('json').text, 'policy.yaml', await kinds())
        const words = read.policy ? policyInWords(read.policy) : []
        return context.json({ ok: read.problems.length === 0, problems: read.problems, words }, 200)
      },
    )
    .openapi(
      route(
        'policy.publish',
        {
          method: 'post',
          path: '/api/policy/try',
          summary: 'What a text would have decided otherwise of past actions',
          request: body(z.strictObject({ text, since: z.iso.datetime({ offset: true }).optional() })),
          responses: json(trial, 'The actions looked at, and those decided otherwise'),
        },
        { unversioned: ASKS },
      ),
      async context => {
        const { text: given, since } = context.req.valid('json')
        const tried = await tryPolicy(db, checked(given, await kinds()), since === undefined ? null : new Date(since))
        return context.json(tried, 200)
      },
    )
    .openapi(
      route(
        'policy.publish',
        {
          method: 'post',
          path: '/api/policy/publish',
          summary: 'Puts a text in force',
          request: body(z.strictObject({ text })),
          responses: json(published, 'Its version; made: it was not in force already'),
        },
        { ifMatch: true, etag: true },
      ),
      async context => {
        const { text: given } = context.req.valid('json')
        checked(given, await kinds())
        return context.json(await db.tx(tx => publish(tx, context, given)), 200)
      },
    )
    .openapi(
      route(
        'policy.publish',
        {
          method: 'post',
          path: '/api/policy/rollback',
          summary: 'Puts the text of an earlier version in force again, as a new version',
          request: body(z.strictObject({ version: versionParams.shape.version })),
          responses: json(published, 'Its new version; made: it was not in force already'),
        },
        { ifMatch: true, etag: true },
      ),
      async context => {
        const earlier = await policyVersion(db, context.req.valid('json').version)
        policyOf(earlier)
        return context.json(await db.tx(tx => publish(tx, context, earlier.text)), 200)
      },
    )
}

async function publish(tx: Tx, context: Context<Env>, given: string): Promise<{ version: number; made: boolean }> {
  await tx.run('select pg_advisory_xact_lock(hashtext($1))', ['definition:policy'])
  const before = (await newestPolicy(tx))?.version ?? 0
  requireMatch(context, before)
  const { version: now } = await publishDefinition(tx, 'policy', given, `user:${context.var.user.id}`)
  sendEtag(context, now)
  return { version: now, made: now !== before }
}

function show(found: PolicyVersion | null): z.infer<typeof version> {
  if (!found) return { version: 0, text: '', words: [], publishedBy: null, publishedAt: null }
  const { policy: read } = readPolicy(found.text, `policy v${found.version}`)
  return { ...found, words: read ? policyInWords(read) : [] }
}

/** @throws DealwrightError `policy_invalid` naming the first mistake */
function checked(given: string, kinds: readonly string[] | null): Policy {
  const { policy: read, problems } = parsePolicy(given, 'policy.yaml', kinds)
  if (read) return read
  const [first] = problems
  throw new DealwrightError(
    'policy_invalid',
    `The policy has ${problems.length} ${problems.length === 1 ? 'mistake' : 'mistakes'}; line ${first?.line}, column ${first?.column}: ${first?.message}`,
  )
}

/** @throws DealwrightError `policy_invalid` for a version that this program cannot follow any more */
function policyOf({ text: given, version: number }: PolicyVersion): Policy {
  const { policy: read } = readPolicy(given, `policy v${number}`)
  if (read) return read
  throw new DealwrightError('policy_invalid', `Version ${number} of the policy cannot be read any more.`)
}

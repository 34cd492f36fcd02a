/** Imports: a file comes in and its rows become records; what could not be used is kept and given back as a file. */
import { createHash } from 'node:crypto'
import path from 'node:path'
import { z } from '@hono/zod-openapi'
import { keptHeader, keptLine } from '../../domain/import/kept-csv.ts'
import { parseMapFile } from '../../domain/import/map-file.ts'
import { mappingOf } from '../../domain/import/mapping.ts'
import { makePlan } from '../../domain/import/plan.ts'
import { openSource } from '../../domain/import/source.ts'
import { IMPORT_KINDS } from '../../domain/import/types.ts'
import { jobById, keptHeaders, keptRows } from '../../db/import/job.ts'
import { importFile } from '../../db/import/run.ts'
import { listImports, seenImport } from '../../db/stores/imports.ts'
import { organisation } from '../../db/stores/people.ts'
import { importableFields } from '../../db/stores/shape/custom-fields.ts'
import { privacySettings } from '../../db/stores/privacy-settings.ts'
import { LAWFUL_BASES } from '../../domain/privacy/basis.ts'
import { type AppOptions, createGroup } from '../api/api.ts'
import { FILE_BODY } from '../api/body.ts'
import { pageQuery, pageSchema } from '../api/list.ts'
import { idParams, json, route } from '../api/route.ts'
import { BY_BYTES } from '../api/unversioned.ts'

const row = z
  .object({
    id: z.uuid(),
    file: z.string(),
    kind: z.string(),
    system: z.string(),
    status: z.string(),
    rows: z.int(),
    created: z.int(),
    merged: z.int(),
    kept: z.int(),
    error: z.string().nullable(),
    startedAt: z.date(),
    endedAt: z.date().nullable(),
  })
  .openapi('Import')

const result = z
  .object({
    /** Null for a dry run. */
    job: z.uuid().nullable(),
    dryRun: z.boolean(),
    kind: z.string(),
    system: z.string(),
    /** The sum of the three that follow. */
    rows: z.int(),
    created: z.int(),
    merged: z.int(),
    kept: z.array(z.object({ row: z.int(), line: z.int(), reason: z.string(), message: z.string() })),
    beside: z.record(z.string(), z.int()),
    spared: z.int(),
    unread: z.record(z.string(), z.int()),
    resumedAfter: z.int(),
    warnings: z.array(z.string()),
    /** How each column was read. */
    columns: z.array(
      z.object({
        header: z.string(),
        /** As a map names it; null: it is kept under its own name. */
        field: z.string().nullable(),
        ignored: z.boolean(),
        samples: z.array(z.string()),
      }),
    ),
    /** What a column of this kind of file can be. */
    fields: z.array(z.string()),
  })
  .openapi('ImportResult')

const asking = z.object({
  file: z.string().min(1).max(200),
  as: z.enum(IMPORT_KINDS).optional(),
  source: z.string().min(1).max(50).default('import'),
  system: z.string().max(50).optional(),
  encoding: z.string().max(40).optional(),
  map: z
    .string()
    .max(20_000)
    .optional()
    .openapi({ description: 'As a map file: "field: column", a line each; custom.KEY is a custom field.' }),
  basis: z
    .enum(LAWFUL_BASES)
    .optional()
    .openapi({ description: 'On what ground data of its people is held, where a row names none.' }),
  dryRun: z.stringbool().default(false),
  start: z.stringbool().default(true).openapi({ description: 'Whether playbooks start for the new leads.' }),
})

export function imports({ db }: AppOptions) {
  return createGroup()
    .openapi(
      route(
        'import.create',
        {
          method: 'post',
          path: '/api/imports',
          summary: 'Takes in a CSV, TSV or JSON lines file; answers when it is done',
          description:
            'Progress stands at /api/imports meanwhile. The file names itself by its bytes: sent again, an import that broke off goes on, and one that ended merges.',
          request: { query: asking, body: { required: true, content: { 'text/csv': { schema: z.string() } } } },
          responses: json(result, 'What became of the rows'),
        },
        { bodyLimit: FILE_BODY, creates: false, unversioned: BY_BYTES },
      ),
      async context => {
        const { file, as, source, system, encoding, map, basis, dryRun, start } = context.req.valid('query')
        const bytes = new Uint8Array(await context.req.arrayBuffer())
        const opened = await openSource(once(bytes), encoding === undefined ? {} : { encoding })
        const custom = await importableFields(db, context.var.viewer)
        const plan = makePlan(opened.headers, opened.sample, {
          currency: (await organisation(db))?.currency ?? 'EUR',
          custom,
          ...(as === undefined ? {} : { as }),
          ...(map === undefined ? {} : { map: parseMapFile(map) }),
          ...(system === undefined ? {} : { system }),
          ...(basis === undefined ? {} : { basis }),
          needsBasis: (await privacySettings(db)).importNeedsBasis,
        })
        const done = await importFile(db, opened, plan, {
          file: path.basename(file),
          fileHash: createHash('sha256').update(bytes).digest('hex'),
          start,
          source,
          dryRun,
          createdBy: context.var.user.id,
        })
        const mapping = mappingOf(plan, opened.sample, custom)
        return context.json({ ...done, dryRun, warnings: opened.warnings, ...mapping }, 200)
      },
    )
    .openapi(
      route('import.see', {
        method: 'get',
        path: '/api/imports',
        summary: 'Imports and how far they are, newest first',
        request: { query: pageQuery },
        responses: json(pageSchema(row), 'A page of them'),
      }),
      async context => context.json(await listImports(db, context.var.viewer, context.req.valid('query')), 200),
    )
    .openapi(
      route('import.see', {
        method: 'get',
        path: '/api/imports/{id}',
        summary: 'One import and how far it is',
        request: { params: idParams },
        responses: json(row, 'The import'),
      }),
      async context => context.json(await seenImport(db, context.var.viewer, context.req.valid('param').id), 200),
    )
    .openapi(
      route('import.see', {
        method: 'get',
        path: '/api/imports/{id}/kept.csv',
        summary: 'The rows kept aside, each with its reason: correct them and import the file again',
        request: { params: idParams },
        responses: { 200: { description: 'The file', content: { 'text/csv': { schema: z.string() } } } },
      }),
      async context => {
        const { id } = await seenImport(db, context.var.viewer, context.req.valid('param').id)
        const text = await keptCsv(id)
        return context.body(text, 200, {
          'content-type': 'text/csv; charset=utf-8',
          'content-disposition': `attachment; filename="kept-${id}.csv"`,
        })
      },
    )

  async function keptCsv(id: string): Promise<string> {
    const client = await db.pool.connect()
    try {
      const job = await jobById(client, id)
      const headers = await keptHeaders(client, job)
      // The mark tells spreadsheets that it is UTF-8.
      const lines = [`\uFEFF${keptHeader(headers)}`]
      for await (const page of keptRows(client, job.id)) lines.push(...page.map(one => keptLine(headers, one)))
      return lines.join('')
    } finally {
      client.release()
    }
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

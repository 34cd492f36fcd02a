/** The OpenAPI document, made of the routes as they are declared. */
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Env } from './api.ts'
import { SECURITY_SCHEMES } from './describe.ts'

export type OpenApiDocument = ReturnType<OpenAPIHono<Env>['getOpenAPI31Document']>

const ABOUT = `All that the command can do, over HTTP.

Lists come in pages: \`limit\` and \`cursor\`; \`next\` of a page is the cursor of the one behind it. Changes need \`If-Match\` with the
\`ETag\` that the record was read with; creations need an \`Idempotency-Key\`. Errors are problem documents (RFC 9457) whose \`code\` is one
of a table; the detail says what to do. \`x-access\` names the right that a route takes. What is not yours to see is not there: 404.`

export function documentOf(app: OpenAPIHono<Env>): OpenApiDocument {
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'Dealwright', version: '1', description: ABOUT, license: { name: 'MIT' } },
    servers: [{ url: '/' }],
  })
  const tags = new Set(Object.values(document.paths ?? {}).flatMap(item => Object.values(item ?? {}).flatMap(tagsOf)))
  return {
    ...document,
    tags: [...tags].toSorted().map(name => ({ name })),
    components: { ...document.components, securitySchemes: SECURITY_SCHEMES },
  }
}

function tagsOf(operation: unknown): string[] {
  return (operation as { tags?: string[] } | undefined)?.tags ?? []
}

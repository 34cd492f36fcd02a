/** The document of the whole API, for people. */
import { z } from '@hono/zod-openapi'
import { createGroup } from '../api/api.ts'
import { docsPage } from '../api/docs/page.ts'
import type { OpenApiDocument } from '../api/document.ts'
import { route } from '../api/route.ts'

export function docs(document: () => OpenApiDocument) {
  let made: ReturnType<typeof docsPage> | undefined
  return createGroup().openapi(
    route('anyone', {
      method: 'get',
      path: '/docs',
      summary: 'This API as a page',
      responses: { 200: { description: 'The page', content: { 'text/html': { schema: z.string() } } } },
    }),
    context => context.html((made ??= docsPage(document() as never)), 200),
  )
}

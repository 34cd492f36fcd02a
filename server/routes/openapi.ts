/** The document of the whole API, for programs. */
import { z } from '@hono/zod-openapi'
import { createGroup } from '../api/api.ts'
import type { OpenApiDocument } from '../api/document.ts'
import { json, route } from '../api/route.ts'

export function openapi(document: () => OpenApiDocument) {
  return createGroup().openapi(
    route('anyone', {
      method: 'get',
      path: '/openapi.json',
      summary: 'This API as an OpenAPI 3.1 document',
      responses: json(z.looseObject({ openapi: z.string() }), 'The document'),
    }),
    context => context.json(document() as never, 200),
  )
}

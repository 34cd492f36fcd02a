/** The API's document as one page. */
import type { HtmlEscapedString } from 'hono/utils/html'
import { CODES } from '../route.ts'
import type { Doc, Operation, Schema } from './model.ts'
import { fieldsOf, html, raw, typeOf } from './schema.ts'
import { STYLE } from './style.ts'

type Markup = ReturnType<typeof html>

interface Placed extends Operation {
  method: string
  path: string
}

export function docsPage(doc: Doc): HtmlEscapedString {
  const operations: Placed[] = Object.entries(doc.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ ...operation, method, path })),
  )
  const tags = [...new Set(operations.flatMap(({ tags = [] }) => tags))].toSorted()
  const schemas = Object.entries(doc.components?.schemas ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${doc.info.title} API</title>
        <style>
          ${raw(STYLE)}
        </style>
      </head>
      <body>
        <div class="page">
          <nav aria-label="Areas">
            <ul>
              ${tags.map(tag => html`<li><a href="#${tag}">${tag}</a></li>`)}
              <li><a href="#codes">error codes</a></li>
              <li><a href="#schemas">schemas</a></li>
            </ul>
          </nav>
          <main>
            <h1>${doc.info.title} API</h1>
            ${paragraphs(doc.info.description ?? '')}
            <p>For programs: <a href="/openapi.json">/openapi.json</a></p>
            ${tags.map(tag =>
              area(
                tag,
                operations.filter(({ tags = [] }) => tags.includes(tag)),
              ),
            )}
            ${codes()}
            <h2 id="schemas">schemas</h2>
            ${schemas.map(([name, schema]) => schemaOf(name, schema))}
          </main>
        </div>
      </body>
    </html>`
  return page as HtmlEscapedString
}

/** Blank lines divide paragraphs, backquotes mark code. */
function paragraphs(text: string): Markup[] {
  return text
    .split(/\n{2,}/)
    .map(one => html`<p>${one.split('`').map((part, n) => (n % 2 === 1 ? html`<code>${part}</code>` : part))}</p>`)
}

function area(tag: string, operations: Placed[]): Markup {
  return html`<section>
    <h2 id="${tag}">${tag}</h2>
    ${operations.map(operationOf)}
  </section>`
}

function operationOf(of: Placed): Markup {
  return html`<details id="${of.operationId ?? ''}">
    <summary>
      <span class="method ${of.method}">${of.method.toUpperCase()}</span> <code>${of.path}</code>
      <span class="what">${of.summary ?? ''}</span>
    </summary>
    <div>
      <p class="soft">${accessOf(of['x-access'])}</p>
      ${parametersOf(of)} ${bodyOf(of)} ${answersOf(of)}
    </div>
  </details>`
}

function accessOf(access: string | undefined): Markup {
  if (access === 'anyone') return html`Needs no sign-in.`
  if (access === 'signed_in') return html`For anybody who is signed in.`
  return html`Needs the right <code>${access ?? ''}</code>.`
}

function parametersOf({ parameters = [] }: Placed): Markup | '' {
  if (parameters.length === 0) return ''
  return html`<h3>Parameters</h3>
    <table>
      ${parameters.map(
        one =>
          html`<tr>
            <th scope="row"><code>${one.name}</code> <small>${one.in}${one.required ? '' : ', may be left out'}</small></th>
            <td>${typeOf(one.schema)}${one.description ? html`<p>${one.description}</p>` : ''}</td>
          </tr>`,
      )}
    </table>`
}

function bodyOf({ requestBody }: Placed): Markup | '' {
  if (requestBody === undefined) return ''
  return html`<h3>Body</h3>
    ${Object.entries(requestBody.content).map(([type, { schema }]) => contentOf(type, schema))}`
}

/** Its own answers; the problems that any route may answer stand once, under the codes. */
function answersOf({ responses = {} }: Placed): Markup {
  const own = Object.entries(responses).filter(([status]) => Number(status) < 400)
  return html`<h3>Answer</h3>
    ${own.map(
      ([status, { description, content = {} }]) =>
        html`<p>${status}: ${description ?? ''}</p>
          ${Object.entries(content).map(([type, { schema }]) => contentOf(type, schema))}`,
    )}`
}

function contentOf(type: string, schema: Schema | undefined): Markup {
  return html`<p><small>${type}</small> ${typeOf(schema)}</p>
    ${fieldsOf(schema)}`
}

function schemaOf(name: string, schema: Schema): Markup {
  return html`<details id="schema-${name}">
    <summary><code>${name}</code></summary>
    <div>${schema.description ? html`<p>${schema.description}</p>` : ''}${fieldsOf(schema) || html`<p>${typeOf(schema)}</p>`}</div>
  </details>`
}

const AGAIN = {
  later: 'the same request may succeed later',
  never: 'change the request',
  person: 'someone has to change something first',
}

function codes(): Markup {
  return html`<section>
    <h2 id="codes">error codes</h2>
    <table>
      ${CODES.map(
        ({ code, http, retry }) =>
          html`<tr>
            <th scope="row"><code>${code}</code></th>
            <td>${http}: ${AGAIN[retry]}</td>
          </tr>`,
      )}
    </table>
  </section>`
}

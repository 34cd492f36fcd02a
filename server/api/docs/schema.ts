/** Schemas in words: one line for a value, a list for an object. Everything that goes in is escaped. */
import { html, raw } from 'hono/html'
import type { Schema } from './model.ts'

type Markup = ReturnType<typeof html>

/** `text`, `whole number, 1 to 200`, `list of LeadRow`; names of schemas are links. */
export function typeOf(schema: Schema | undefined): Markup {
  if (schema === undefined) return html`anything`
  if (schema.$ref !== undefined) {
    const name = nameOf(schema.$ref)
    return html`<a href="#schema-${name}">${name}</a>`
  }
  const parts = schema.anyOf ?? schema.oneOf ?? schema.allOf
  if (parts !== undefined) return joined(parts.map(typeOf), schema.allOf ? ' and ' : ' or ')
  if (schema.const !== undefined) return html`<code>${JSON.stringify(schema.const)}</code>`
  if (schema.enum !== undefined)
    return joined(
      schema.enum.map(one => html`<code>${String(one)}</code>`),
      ' or ',
    )
  const types = [schema.type ?? 'anything'].flat()
  return joined(
    types.map(type => oneType(type, schema)),
    ' or ',
  )
}

const WORDS: Record<string, string> = {
  string: 'text',
  integer: 'whole number',
  number: 'number',
  boolean: 'true or false',
  null: 'nothing',
  object: 'object',
}

function oneType(type: string, schema: Schema): Markup {
  if (type === 'array') return html`list of ${typeOf(schema.items)}`
  const form = type === 'string' && schema.format !== undefined ? schema.format : (WORDS[type] ?? type)
  return html`${form}${type === 'null' ? '' : rangeOf(schema)}`
}

function rangeOf({ minimum, maximum, minLength, maxLength, default: usual }: Schema): string {
  const sane = (n: number | undefined) => (n === undefined || Math.abs(n) >= Number.MAX_SAFE_INTEGER ? undefined : n)
  const words = [
    between(sane(minimum), sane(maximum), ''),
    between(minLength === 0 ? undefined : minLength, maxLength, ' characters'),
    usual === undefined ? '' : `usually ${JSON.stringify(usual)}`,
  ].filter(Boolean)
  return words.length === 0 ? '' : `, ${words.join(', ')}`
}

function between(low: number | undefined, high: number | undefined, unit: string): string {
  if (low !== undefined && high !== undefined) return `${low} to ${high}${unit}`
  if (high !== undefined) return `at most ${high}${unit}`
  return low === undefined ? '' : `at least ${low}${unit}`
}

/** An object's fields as a table; nothing for what is no object. */
export function fieldsOf(schema: Schema | undefined): Markup | '' {
  const fields = Object.entries(schema?.properties ?? {})
  if (fields.length === 0) return ''
  return html`<table>
    ${fields.map(
      ([name, field]) =>
        html`<tr>
          <th scope="row"><code>${name}</code>${schema?.required?.includes(name) ? '' : html` <small>may be left out</small>`}</th>
          <td>${typeOf(field)}${field.description ? html`<p>${field.description}</p>` : ''}${nested(field)}</td>
        </tr>`,
    )}
  </table>`
}

/** Objects within objects stand in their cell. */
function nested(field: Schema): Markup | '' {
  return fieldsOf(field.properties ? field : field.items?.properties ? field.items : undefined)
}

function joined(parts: Markup[], between: string): Markup {
  return html`${parts.map((part, n) => (n === 0 ? part : html`${between}${part}`))}`
}

export const nameOf = (ref: string): string => ref.split('/').at(-1) ?? ref

export { html, raw }

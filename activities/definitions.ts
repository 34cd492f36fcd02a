/** What ops have published, read once for each version: a definition in force is asked for by every lead, and changes with the months. */
import { definitionInForce, type Definition, type DefinitionKind } from '../db/stores/playbooks.ts'
import type { Sql } from '../db/sql.ts'
import { DealwrightError } from '../domain/errors.ts'

export interface Read<T> {
  /** Of the definition. */
  id: string
  value: T
}

/**
 * What finds the definition in force and what it says. That must not be changed by whoever is given it.
 * @param parse undefined where the text cannot be read @throws DealwrightError `not_found` before the first is published
 */
export function inForce<T>(
  kind: DefinitionKind,
  parse: (text: string, file: string) => T | undefined,
): (sql: Sql) => Promise<Read<T>> {
  let read: Read<T> | null = null
  return async sql => {
    const definition = await definitionInForce(sql, kind)
    if (!definition)
      throw new DealwrightError(
        'not_found',
        `No ${kind} file is published. Publish one with: dealwright ${kind} publish FILE`,
      )
    if (read?.id !== definition.id) read = { id: definition.id, value: readable(definition, parse) }
    return read
  }
}

function readable<T>({ kind, version, text }: Definition, parse: (text: string, file: string) => T | undefined): T {
  const value = parse(text, `${kind} v${version}`)
  if (value === undefined)
    throw new DealwrightError('internal', `The ${kind} file was published as version ${version} but cannot be read.`)
  return value
}

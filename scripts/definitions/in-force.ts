import { definitionInForce, type Definition, type DefinitionKind } from '../../db/stores/playbooks.ts'
import type { Sql } from '../../db/sql.ts'
import { DealwrightError } from '../../domain/errors.ts'

/** @throws DealwrightError `not_found` before the first is published */
export async function inForce(sql: Sql, kind: DefinitionKind): Promise<Definition> {
  const definition = await definitionInForce(sql, kind)
  if (definition) return definition
  throw new DealwrightError(
    'not_found',
    `No ${kind} file is published. Publish one: dealwright ${kind} publish playbooks/${kind}.yaml`,
  )
}

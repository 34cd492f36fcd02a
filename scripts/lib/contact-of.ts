/** Whom a lead is about. */
import type { Sql } from '../../db/sql.ts'
import { leadById } from '../../db/stores/records.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { findLead } from './find.ts'

/** @param lead its id, the e-mail address, or part of the name @throws DealwrightError `not_found` for a lead without a person */
export async function contactOf(sql: Sql, lead: string): Promise<string> {
  const { id, contactId } = await leadById(sql, await findLead(sql, lead))
  if (contactId !== null) return contactId
  throw new DealwrightError('not_found', `Lead ${id} has no contact: there is no person to it.`)
}

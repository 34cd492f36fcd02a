/** The action that a person names by the beginning of its id, and of its hash. */
import { DealwrightError } from '../../domain/errors.ts'
import { actionById } from '../../db/stores/actions.ts'
import { findId } from './find.ts'
import { requireServer } from './server-call.ts'
import { withDatabase } from './with-database.ts'

/** Looks only where a server runs that can decide. @throws DealwrightError `action_changed` when the content is another than the hash says */
export async function openAction(text: string, seen?: string): Promise<{ id: string; hash?: string }> {
  await requireServer()
  if (seen !== undefined && !/^[0-9a-f]{8,64}$/i.test(seen))
    throw new DealwrightError(
      'bad_input',
      `--hash ${seen}: give the hash that "dealwright action ${text}" shows, or its first 8 digits.`,
    )
  return withDatabase('decide', async ({ db }) => {
    const id = await findId(db, 'action', text)
    if (seen === undefined) return { id }
    const { contentHash } = await actionById(db, id)
    if (contentHash.startsWith(seen.toLowerCase())) return { id, hash: contentHash }
    throw new DealwrightError(
      'action_changed',
      `Action ${text} is not the one you looked at: its content has hash ${contentHash.slice(0, 12)}. Look again: dealwright action ${text}`,
    )
  })
}

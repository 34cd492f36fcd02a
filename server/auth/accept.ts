/** Using an invitation's link up: the password is set, earlier sessions of the person end, and a new one begins. */
import type { Context } from 'hono'
import { DealwrightError } from '../../domain/errors.ts'
import type { Db } from '../../db/sql.ts'
import { accept, invitationOf, type Invitation } from '../../db/stores/invitations.ts'
import type { SessionUser } from '../../db/stores/sign-in.ts'
import { isLocal } from './address.ts'
import { withPassword } from './flow.ts'
import type { SignIn } from './index.ts'
import { refuseOtherSites } from './origin.ts'

/** @throws DealwrightError `not_found` for a link that is used, over, unknown, or not for whoever comes from elsewhere */
export async function openInvitation(db: Db, context: Context, token: string): Promise<Invitation> {
  const invitation = await invitationOf(db, token)
  if (invitation.localOnly && !isLocal(context))
    throw new DealwrightError('not_found', 'This link works on the machine alone that Dealwright runs on.')
  return invitation
}

/** Null: they have two-factor sign-in, and their code is missing. */
export async function acceptInvitation(
  db: Db,
  sessions: SignIn,
  context: Context,
  token: string,
  given: { name: string; email?: string | undefined; password: string },
): Promise<SessionUser | null> {
  refuseOtherSites(context, sessions.options.publicUrl())
  await openInvitation(db, context, token)
  // Costly, so not before the link was looked at, and outside of the transaction.
  const passwordHash = await sessions.hashPassword(given.password)
  const { email } = await db.tx(tx => accept(tx, token, { name: given.name, email: given.email, passwordHash }))
  return withPassword(db, sessions, context, { email, password: given.password })
}

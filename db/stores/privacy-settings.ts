/** What the organisation asks for where data of people comes in. */
import { must, type Sql, type Tx } from '../sql.ts'
import { audit } from './audit.ts'

export interface PrivacySettings {
  /** A row of a file that names a person needs a lawful basis: of its own, or one for the whole file. */
  importNeedsBasis: boolean
}

export const privacySettings = (sql: Sql): Promise<PrivacySettings> =>
  must('setting', 'privacy', sql.row<PrivacySettings>('select import_needs_basis from privacy_setting'))

/** One change after the other. */
export async function lockedSettings(tx: Tx): Promise<PrivacySettings> {
  await tx.run('select 1 from privacy_setting for update')
  return privacySettings(tx)
}

/** Call it locked. */
export async function setPrivacySettings(
  tx: Tx,
  before: PrivacySettings,
  { importNeedsBasis }: PrivacySettings,
  by: string,
): Promise<PrivacySettings> {
  if (importNeedsBasis === before.importNeedsBasis) return before
  await tx.run('update privacy_setting set import_needs_basis = $1, updated_at = now()', [importNeedsBasis])
  await audit(tx, {
    actor: by,
    type: 'privacy.changed',
    target: 'organisation',
    targetId: 'privacy',
    data: { importNeedsBasis },
  })
  return privacySettings(tx)
}

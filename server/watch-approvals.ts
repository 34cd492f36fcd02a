/** Reminds, escalates, and takes back what was granted where quality fell. */
import type { KeyObject } from 'node:crypto'
import type { Db } from '../db/sql.ts'
import { watchQuality } from '../db/stores/autonomy.ts'
import { remind } from '../db/stores/reminders.ts'

/** Returns 0: what is due was done, and nothing more is for a while. */
export async function watchApprovals(db: Db, key: KeyObject): Promise<number> {
  await db.tx(tx => remind(tx))
  await db.tx(tx => watchQuality(tx, key))
  return 0
}

/** Takes away what is kept for a time only. Returns 0: there is nothing to hurry for. */
import type { Db } from '../db/sql.ts'
import { pruneAsks } from '../db/stores/asks.ts'
import { pruneKeys } from '../db/stores/idempotency.ts'
import { pruneLive } from '../db/stores/live.ts'
import { pruneDeliveries } from '../db/stores/webhooks.ts'

export async function keepHouse(db: Db): Promise<number> {
  await pruneKeys(db)
  await pruneLive(db)
  await pruneAsks(db)
  await pruneDeliveries(db)
  return 0
}

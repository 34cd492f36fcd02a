/** A research run on the worker of a running `up`: asked for through the server's events, watched in the database. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Db } from '../../db/sql.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { runOf } from './ask.ts'

const LOOK_MS = 300
/** A run that the server has not begun by then has no server that looks at it. */
const BEGIN_LIMIT_MS = 30_000
const LIMIT_MS = 15 * 60_000

/** The run's id, once it has ended or stopped. @throws DealwrightError `unavailable` when nothing takes it up, or not in time */
export async function runThere(db: Db, eventId: string, onPage: (pages: number) => void): Promise<string> {
  const began = Date.now()
  for (;;) {
    const waited = Date.now() - began
    const runId = await runOf(db, eventId)
    if (runId === null) {
      if (waited > BEGIN_LIMIT_MS)
        throw new DealwrightError(
          'unavailable',
          'The server does not take the research up. What is wrong: dealwright doctor',
        )
    } else {
      const row = await db.row<{ status: string; pages: number }>(
        `select status, (select count(*) from source where key like $2)::int as pages from run where id = $1`,
        [runId, `page:${runId}/%`],
      )
      onPage(row?.pages ?? 0)
      if (row && ['completed', 'cancelled', 'paused', 'waiting'].includes(row.status)) return runId
      if (waited > LIMIT_MS)
        throw new DealwrightError(
          'unavailable',
          `The research goes on; this command waits no longer. See: dealwright run show ${runId.slice(0, 8)}`,
        )
    }
    await sleep(LOOK_MS)
  }
}

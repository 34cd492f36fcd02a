/** The database for one command's time. */
import type { Db } from '../../db/sql.ts'
import { readConfig, type Config } from '../config.ts'
import { openHome, type Home } from '../home.ts'
import { say } from '../output.ts'
import { isFull, roomFor, roomWarning } from '../services/disk.ts'
import type { DatabaseUrls } from '../services/database.ts'

export interface Opened {
  /** In the server's role: what a person may do, and no more. */
  db: Db
  urls: DatabaseUrls
  home: Home
  config: Config
}

/** `what` is the command's name, for others who find the home in use. Closed again however the work ends. */
export async function withDatabase<T>(what: string, work: (opened: Opened) => Promise<T>): Promise<T> {
  const { openDatabase } = await import('../services/open.ts')
  const { openDb } = await import('../../db/sql.ts')
  const home = openHome()
  const config = readConfig()
  const room = roomFor(home)
  if (config.databaseUrl === undefined && isFull(room)) say(roomWarning(room) ?? '')
  const { stop, ...urls } = await openDatabase(home, config, what, say)
  const db = openDb(urls.serverUrl, { max: 5, name: `dealwright ${what}` })
  try {
    return await work({ db, urls, home, config })
  } finally {
    await db.close()
    await stop()
  }
}

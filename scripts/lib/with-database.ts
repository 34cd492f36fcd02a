/** The database for one command's time. */
import type { Db } from '../../db/sql.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { readConfig, type Config } from '../config.ts'
import { openHome, readSecrets, type Home } from '../home.ts'
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
  const { useErasureKey } = await import('../../db/stores/erased.ts')
  const home = openHome()
  const config = readConfig()
  const embedded = config.databaseUrl === undefined
  const room = embedded ? roomFor(home) : null
  if (room && isFull(room)) say(roomWarning(room) ?? '')
  const { stop, ...urls } = await openDatabase(home, config, what, say)
  useErasureKey(config.erasureKey ?? readSecrets(home).erasure)
  const db = openDb(urls.serverUrl, { max: 5, name: `dealwright ${what}` })
  try {
    return await work({ db, urls, home, config })
  } catch (error) {
    throw embedded ? forWantOfRoom(error, home) : error
  } finally {
    await db.close()
    await stop()
  }
}

/** A database that went away because its disk is full says only that it went away. */
function forWantOfRoom(error: unknown, home: Home): unknown {
  const room = roomFor(home)
  if (!(error instanceof DealwrightError) || error.code !== 'database_away' || !isFull(room)) return error
  return new DealwrightError('disk_full', `${error.message} The disk of ${room.folder} is full: make room.`, {
    cause: error,
  })
}

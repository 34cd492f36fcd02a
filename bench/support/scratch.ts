/** A Postgres of a benchmark's own in a temporary home, with as many migrated databases as it wants; gone at the end. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openHome, readSecrets, type Home } from '../../scripts/home.ts'
import { loginUrl, prepareDatabase, type DatabaseUrls } from '../../scripts/services/database.ts'
import { removeHome, startHomePostgres } from '../../scripts/services/open.ts'

export interface Scratch {
  home: Home
  /** Of its first process. */
  pid: number
  /** Makes a database, migrated as the product does. */
  database(name: string): Promise<ScratchUrls>
}

export interface ScratchUrls extends DatabaseUrls {
  /** The superuser, for whom no trigger stands in the way: fills millions of rows. */
  adminUrl: string
}

export async function withPostgres<T>(work: (scratch: Scratch) => Promise<T>): Promise<T> {
  const home = openHome({ DEALWRIGHT_HOME: mkdtempSync(path.join(tmpdir(), 'dealwright-bench-')) })
  try {
    const postgres = await startHomePostgres(home, () => {})
    const secrets = readSecrets(home)
    const superuser = { name: 'postgres', password: secrets.admin }
    const cluster = loginUrl(`postgresql://127.0.0.1:${postgres.port}/postgres`, superuser)
    try {
      return await work({
        home,
        pid: postgres.identity.pid,
        async database(name) {
          const urls = await prepareDatabase(cluster, name, secrets)
          return { ...urls, adminUrl: loginUrl(cluster, superuser, name) }
        },
      })
    } finally {
      await postgres.stop()
    }
  } finally {
    removeHome(home)
  }
}

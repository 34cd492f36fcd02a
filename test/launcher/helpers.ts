import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import { startPostgres } from '../../scripts/services/postgres.ts'
import type { Postgres, PostgresOptions } from '../../scripts/services/postgres.ts'

/** A folder of the test's own that the database's user can enter, removed at the end. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'dealwright-launcher-'))
  chmodSync(folder, 0o755)
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A Postgres on `<folder>/postgres`, stopped at the end; `said` collects what it tells the person. */
export async function postgresIn(
  folder: string,
  said: string[],
  more: Partial<PostgresOptions> = {},
): Promise<Postgres> {
  const postgres = await startPostgres({
    dataFolder: path.join(folder, 'postgres'),
    logFile: path.join(folder, 'postgres.log'),
    password: 'of-this-test',
    disposable: true,
    say: line => said.push(line),
    ...more,
  })
  onTestFinished(() => postgres.stop())
  return postgres
}

export const urlOf = (port: number) => `postgresql://postgres:of-this-test@127.0.0.1:${port}/postgres`

/** Waits until it holds; throws after `patience` milliseconds. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, patience = 20_000): Promise<void> {
  const end = Date.now() + patience
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`)
    await sleep(50)
  }
}

/**
 * What system tests share: one Postgres and one Temporal server a run, in a temporary folder that is removed at the end. Both
 * end with this process however it ends. Tests get at them through `database.ts` and `temporal.ts` beside this file.
 */
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { prepareDatabase } from '../../scripts/services/database.ts'
import { canEnter, openFolder, postgresUser } from '../../scripts/services/postgres-binaries.ts'
import { startPostgres } from '../../scripts/services/postgres.ts'
import type { Postgres } from '../../scripts/services/postgres.ts'
import { TEMPORAL_NAMESPACE, startTemporal } from '../../scripts/services/temporal.ts'
import type { Temporal } from '../../scripts/services/temporal.ts'

export interface SharedServices {
  /** The superuser, on database `postgres`. */
  adminUrl: string
  passwords: { owner: string; server: string; worker: string }
  template: string
  temporal: { address: string; namespace: string }
}

declare module 'vitest' {
  export interface ProvidedContext {
    dealwright: SharedServices
  }
}

const TEMPLATE = 'dealwright_template'
const PREFIX = 'dealwright-test-'

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = makeFolder()
  mkdirSync(path.join(folder, 'logs'))
  const say = (line: string) => {
    if (process.env.DEALWRIGHT_VERBOSE) process.stderr.write(`${line}\n`)
  }
  const password = randomBytes(16).toString('hex')
  const [postgres, temporal] = await Promise.all([
    startPostgres({
      dataFolder: path.join(folder, 'postgres'),
      logFile: path.join(folder, 'logs', 'postgres.log'),
      password,
      disposable: true,
      say,
    }),
    startTemporal({
      folder: path.join(folder, 'temporal'),
      logFile: path.join(folder, 'logs', 'temporal.log'),
      headless: true,
      say,
    }),
  ])
  const stop = () => stopAll(folder, postgres, temporal)
  try {
    const adminUrl = `postgresql://postgres:${password}@127.0.0.1:${postgres.port}/postgres`
    const passwords = { owner: password, server: password, worker: password }
    await prepareDatabase(adminUrl, TEMPLATE, passwords)
    const { address } = temporal
    project.provide('dealwright', {
      adminUrl,
      passwords,
      template: TEMPLATE,
      temporal: { address, namespace: TEMPORAL_NAMESPACE },
    })
  } catch (error) {
    await stop()
    throw error
  }
  return stop
}

async function stopAll(folder: string, postgres: Postgres, temporal: Temporal): Promise<void> {
  await Promise.all([postgres.stop(), temporal.stop()])
  rmSync(folder, { recursive: true, force: true })
}

/** A folder that the database's user can enter too, named after this process so that a killed run's folder is known as such. */
function makeFolder(): string {
  const user = postgresUser()
  const base = user && !canEnter(user, tmpdir()) ? openFolder(user, 'tests') : tmpdir()
  for (const name of readdirSync(base)) {
    const owner = name.startsWith(PREFIX) ? Number(name.slice(PREFIX.length).split('-')[0]) : 0
    if (owner > 0 && !isAlive(owner)) rmSync(path.join(base, name), { recursive: true, force: true })
  }
  const folder = mkdtempSync(path.join(base, `${PREFIX}${process.pid}-`))
  if (user) chmodSync(folder, 0o755)
  return folder
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

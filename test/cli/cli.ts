/** Runs the command as people do, against a test's database and server, in a home of its own. */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PROJECT } from '../../scripts/home.ts'
import type { TestDatabase } from '../support/database.ts'

export interface Ran {
  exit: number
  stdout: string
  stderr: string
  /** The one document of `--json`; throws when standard output holds anything else. */
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- a test says what shape it expects
  json: <T>() => T
}

export interface Cli {
  home: string
  run: (...args: string[]) => Promise<Ran>
  close: () => void
}

export const TOKEN = 'test-token-0123456789abcdef'

export function makeCli(
  database: Pick<TestDatabase, 'adminUrl' | 'serverUrl' | 'workerUrl'>,
  env: Record<string, string> = {},
): Cli {
  const home = mkdtempSync(path.join(tmpdir(), 'dealwright-cli-'))
  const all: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    DEALWRIGHT_HOME: home,
    DATABASE_URL: database.adminUrl,
    DATABASE_SERVER_URL: database.serverUrl,
    DATABASE_WORKER_URL: database.workerUrl,
    DEALWRIGHT_TOKEN: TOKEN,
    ...env,
  }
  return { home, run: (...args) => run(args, all), close: () => rmSync(home, { recursive: true, force: true }) }
}

function run(args: string[], env: NodeJS.ProcessEnv): Promise<Ran> {
  return new Promise(resolve => {
    execFile(
      process.execPath,
      [path.join(PROJECT, 'scripts', 'dealwright.mjs'), ...args],
      { env, cwd: PROJECT, maxBuffer: 20 * 1024 * 1024 },
      (error, stdout, stderr) => {
        const exit = error === null ? 0 : Number(error.code ?? 1)
        // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- as above
        const json = <T>() => JSON.parse(stdout) as T
        resolve({ exit, stdout, stderr, json })
      },
    )
  })
}

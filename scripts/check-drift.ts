/**
 * Compares db/migrations with db/schema on a throw-away Postgres: what the migrations build has to be what the schema
 * says. Also that our own migrator and Prisma agree on what is applied. Exit 0 when they match.
 */
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PROJECT } from './home.ts'
import { prepareDatabase } from './services/database.ts'
import { canEnter, openFolder, postgresUser } from './services/postgres-binaries.ts'
import { startPostgres } from './services/postgres.ts'

const LIMIT_MS = 120_000

const user = postgresUser()
const base = user && !canEnter(user, tmpdir()) ? openFolder(user, 'tests') : tmpdir()
const folder = mkdtempSync(path.join(base, 'dealwright-drift-'))
if (user) chmodSync(folder, 0o755)
const password = randomBytes(16).toString('hex')
const postgres = await startPostgres({
  dataFolder: path.join(folder, 'postgres'),
  logFile: path.join(folder, 'postgres.log'),
  password,
  disposable: true,
  say: () => {},
})
try {
  const adminUrl = `postgresql://postgres:${password}@127.0.0.1:${postgres.port}/postgres`
  await prepareDatabase(adminUrl, 'drift', { owner: password, server: password, worker: password })
  const url = adminUrl.replace(/\/postgres$/, '/drift')
  const diff = ['diff', '--from-migrations', 'db/migrations', '--to-schema', 'db/schema', '--exit-code']
  await expectWords(url, diff, 'No difference detected')
  await expectWords(url, ['status'], 'Database schema is up to date')
  console.error('migrations and schema agree')
} finally {
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
}

/** Prisma's exit code alone proves nothing: it is 0 as well when its engine could not start. The words decide. */
function expectWords(url: string, args: string[], words: string): Promise<void> {
  const prisma = path.join(PROJECT, 'node_modules', 'prisma', 'build', 'index.js')
  const env = { ...process.env, DATABASE_URL: url, CHECKPOINT_DISABLE: '1' }
  return new Promise((resolve, reject) => {
    const options = { cwd: PROJECT, env, timeout: LIMIT_MS }
    execFile(process.execPath, [prisma, 'migrate', ...args], options, (error, stdout, stderr) => {
      if (!error && stdout.includes(words)) return resolve()
      reject(new Error(`"prisma migrate ${args.join(' ')}" did not say "${words}":\n${stdout}${stderr}`))
    })
  })
}

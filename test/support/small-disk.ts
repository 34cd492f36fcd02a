/** A disk of a few hundred megabytes that a test can fill and empty: a tmpfs, which only root on Linux may mount. */
import { execFileSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readdirSync, rmdirSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

export interface SmallDisk {
  folder: string
  freeKb: () => number
  /** Takes all room but for so much; called again, takes what has become free since. */
  fill: (leaveKb?: number) => void
  /** Gives it back. */
  empty: () => void
  unmount: () => void
}

const NAME = 'dealwright-disk-'

/** Null where it cannot be had: the test is skipped. */
export function smallDisk(megabytes: number): SmallDisk | null {
  sweep()
  const folder = mkdtempSync(path.join(tmpdir(), `${NAME}${process.pid}-`))
  try {
    const options = `size=${megabytes}m,mode=1777`
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    rmdirSync(folder)
    return null
  }
  const ballast = path.join(folder, 'ballast')
  const freeKb = (): number => {
    const { bavail, bsize } = statfsSync(folder)
    return Math.floor((bavail * bsize) / 1024)
  }
  return {
    folder,
    freeKb,
    fill(leaveKb = 0) {
      const file = openSync(ballast, 'a')
      try {
        for (let size = 1024; size > 0; ) {
          while (size > 0 && freeKb() - size < leaveKb) size >>= 1
          if (size > 0 && !grew(file, size)) size >>= 1
        }
      } finally {
        closeSync(file)
      }
    },
    empty: () => rmSync(ballast, { force: true }),
    unmount: () => unmount(folder),
  }
}

function grew(file: number, kilobytes: number): boolean {
  try {
    return writeSync(file, Buffer.alloc(kilobytes * 1024)) === kilobytes * 1024
  } catch {
    return false // others write too
  }
}

/** Lazily: what still has a file open there keeps the memory until it ends. */
function unmount(folder: string): void {
  execFileSync('umount', ['-l', folder], { stdio: 'ignore' })
  rmdirSync(folder)
}

/** Those of test runs that were killed. */
function sweep(): void {
  for (const name of readdirSync(tmpdir())) {
    const owner = name.startsWith(NAME) ? Number(name.slice(NAME.length).split('-')[0]) : 0
    if (owner <= 0 || alive(owner)) continue
    try {
      unmount(path.join(tmpdir(), name))
    } catch {
      // not mounted, or not ours
    }
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

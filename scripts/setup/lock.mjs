import { mkdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const BEAT_MS = 1000
/** A holder that has not touched its lock for this long is dead. */
const DEAD_MS = 10_000

/** Runs `work` alone among set-ups of this clone; others wait and then find their work done. */
export async function withLock(folder, say, work) {
  mkdirSync(folder, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
  const file = path.join(folder, 'setup.lock')
  let waiting = false
  while (!take(file)) {
    if (!waiting) say('another set-up of this folder is running; waiting for it')
    waiting = true
    await sleep(200)
  }
  const beat = setInterval(() => touch(file), BEAT_MS)
  try {
    return await work()
  } finally {
    clearInterval(beat)
    rmSync(file, { force: true })
  }
}

function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
  }
  try {
    if (Date.now() - statSync(file).mtimeMs > DEAD_MS) rmSync(file, { force: true })
  } catch {
    // given back just now
  }
  return false
}

function touch(file) {
  try {
    const now = new Date()
    utimesSync(file, now, now)
  } catch {
    // someone removed the folder; the work itself goes on
  }
}

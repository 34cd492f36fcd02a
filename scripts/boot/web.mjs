/**
 * The built web app: where it lies, and building it anew when its sources have changed. One folder for one content, named by it, so that
 * a server that runs keeps the files it began with.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const ROOT = path.resolve(import.meta.dirname, '..', '..')
const BUILDER = path.join(import.meta.dirname, 'build-web.mjs')
/** The builder's last act: a folder without it was left half built. */
const DONE = 'built.json'
const KEPT = 3

const cacheOf = project => path.join(project, 'node_modules', '.cache', 'dealwright-web')

/** The folder of the app as built last; null: it never was. Beside compiled programs it is part of them. */
export function findWeb(project = ROOT) {
  const shipped = path.join(project, 'web')
  if (existsSync(path.join(shipped, DONE))) return shipped
  try {
    const folder = path.join(cacheOf(project), readFileSync(path.join(cacheOf(project), 'current'), 'utf8'))
    return existsSync(path.join(folder, DONE)) ? folder : null
  } catch {
    return null
  }
}

/** The folder of the app as the sources say, built now where there is none. Throws what the builder says. */
export function ensureWeb(say = () => {}, project = ROOT) {
  const cache = cacheOf(project)
  const name = nameOf(project)
  const folder = path.join(cache, name)
  if (!existsSync(path.join(folder, DONE))) {
    say('building the web app')
    const draft = path.join(cache, `draft-${process.pid}`)
    try {
      buildWeb(draft)
      if (existsSync(path.join(folder, DONE))) rmSync(draft, { recursive: true, force: true })
      else putInPlace(draft, folder)
    } finally {
      rmSync(draft, { recursive: true, force: true })
    }
    sweep(cache, name)
  }
  if (read(path.join(cache, 'current')) !== name) {
    writeFileSync(path.join(cache, `current.${process.pid}`), name)
    renameSync(path.join(cache, `current.${process.pid}`), path.join(cache, 'current'))
  }
  return folder
}

/** Builds into `folder`, in a process of its own: its memory is nobody else's. */
export function buildWeb(folder) {
  const { status, stderr, stdout } = spawnSync(process.execPath, [BUILDER, folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production' },
  })
  if (status !== 0) throw new Error(`the web app cannot be built: ${stderr || stdout}`)
}

function putInPlace(draft, folder) {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(path.dirname(folder), { recursive: true })
  renameSync(draft, folder)
}

/** One name for one content of everything that goes in. */
function nameOf(project) {
  const hash = createHash('sha256').update(process.version)
  const sources = readdirSync(path.join(project, 'web'), { recursive: true, encoding: 'utf8' })
    .filter(file => /\.(tsx?|css|html|svg|json)$/.test(file) && !/\.test\.tsx?$/.test(file))
    .map(file => path.join('web', file))
  for (const file of [...sources.toSorted(), 'package-lock.json', 'scripts/boot/build-web.mjs'])
    hash.update(`${file}\n`).update(readFileSync(path.join(project, file)))
  return hash.digest('hex').slice(0, 16)
}

function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

function sweep(cache, newest) {
  const builds = readdirSync(cache)
    .filter(name => /^[0-9a-f]{16}$/.test(name) && name !== newest)
    .map(name => ({ name, at: statSync(path.join(cache, name)).mtimeMs }))
    .sort((a, b) => b.at - a.at)
  for (const { name } of builds.slice(KEPT)) rmSync(path.join(cache, name), { recursive: true, force: true })
}

/**
 * Whether the compiled programs still are what the sources say. A note beside them lists every source that went in with its size and
 * times. Equal times and sizes of all (a few milliseconds) mean fresh: the time of change cannot be set by a program, so an edit always
 * shows. Else contents decide.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { cacheFolder, COMMANDS, PROJECT } from './programs.mjs'

/** npm writes it as the last act of every install. */
const PACKAGES = 'node_modules/.package-lock.json'

const noteFile = project => path.join(cacheFolder(project), 'fresh.json')

/** The folder of compiled programs that are fresh, or null. */
export function freshFolder(project = PROJECT) {
  let note
  try {
    note = JSON.parse(readFileSync(noteFile(project), 'utf8'))
  } catch {
    return null // none, or a broken one
  }
  try {
    const folder = path.join(cacheFolder(project), note.name)
    if (note.project !== project || note.scripts.some(script => !existsSync(path.join(folder, script)))) return null
    const marks = marksOf(project, Object.keys(note.marks))
    if (note.commands === listing(project) && same(marks, note.marks)) return folder
    if (nameOf(project, Object.keys(note.marks)) !== note.name) return null
    remark(project, { ...note, marks, commands: listing(project) })
    return folder
  } catch {
    return null // a source is gone, or the cache was half removed
  }
}

/** Only spares the next look its reading: a folder that cannot be written does no harm. */
function remark(project, note) {
  try {
    writeNote(project, note)
  } catch {
    // read-only
  }
}

/** Says that the folder `name` was compiled from these files, marked as they were before they were read. */
export function writeNote(project, { name, scripts, marks, commands }) {
  const folder = cacheFolder(project)
  mkdirSync(folder, { recursive: true })
  const draft = `${noteFile(project)}.${process.pid}`
  writeFileSync(draft, JSON.stringify({ project, name, scripts, commands, marks }))
  renameSync(draft, noteFile(project))
}

/** Names of the files in the commands' folder. */
export function listing(project) {
  return readdirSync(path.join(project, COMMANDS)).sort().join(' ')
}

/** Size and times of each file, packages as a whole. Throws when one is missing. */
export function marksOf(project, files) {
  const marks = {}
  for (const file of files) {
    const { size, mtimeMs, ctimeMs } = statSync(path.join(project, file))
    marks[file] = `${size} ${mtimeMs} ${ctimeMs}`
  }
  return marks
}

/** One name for one content of all sources and packages, in this place. */
export function nameOf(project, files) {
  const hash = createHash('sha256').update(`${project}\n${listing(project)}\n`)
  for (const file of files.toSorted((a, b) => (a < b ? -1 : 1))) {
    const content = createHash('sha256')
      .update(readFileSync(path.join(project, file)))
      .digest('hex')
    hash.update(`${file} ${content}\n`)
  }
  return hash.digest('hex').slice(0, 16)
}

/** What every build depends on besides the sources that it finds by itself. */
export function always(project) {
  const boot = readdirSync(path.join(project, 'scripts', 'boot')).filter(name => name.endsWith('.mjs'))
  return [PACKAGES, ...boot.map(name => `scripts/boot/${name}`)]
}

function same(left, right) {
  const names = Object.keys(left)
  return names.length === Object.keys(right).length && names.every(name => left[name] === right[name])
}

/**
 * Compiles the programs: our sources and the packages they use, each program into one script. Reading one file where there were
 * hundreds is most of a start. Run as a process of its own (`node compile.mjs`), so that the compiler's memory is nobody else's.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { always, listing, marksOf, nameOf, writeNote } from './fresh.mjs'
import { linesOf } from './lines.mjs'
import { asIfInPlace } from './in-place.mjs'
import { cacheFolder, PROGRAMS, PROJECT } from './programs.mjs'

/** Rooms that hold sources. */
const ROOMS = ['domain', 'agents', 'db', 'connectors', 'activities', 'workflows', 'server', 'scripts', 'test']
/** Builds kept besides the newest, for processes that began with them. */
const KEPT = 3

/** Compiles all programs of `project` and returns their folder. Throws what the compiler says. */
export async function compile(project = PROJECT, programs = PROGRAMS) {
  const cache = cacheFolder(project)
  // Before anything is read: what is edited meanwhile then differs from its mark.
  const commands = listing(project)
  const before = marksOf(project, [...always(project), ...sourcesOf(project)])
  const draft = path.join(cache, `draft-${process.pid}`)
  mkdirSync(draft, { recursive: true })
  try {
    const inputs = await bundle(project, draft, programs)
    const files = [...new Set([...inputs.filter(file => file in before), ...always(project)])]
    const unmarked = inputs.filter(file => !(file in before) && !file.startsWith('node_modules/'))
    if (unmarked.length > 0) throw new Error(`compiled from files outside the known rooms: ${unmarked.join(', ')}`)
    const name = nameOf(project, files)
    const folder = path.join(cache, name)
    putInPlace(draft, folder)
    const scripts = Object.keys(programs).map(program => `${program}.cjs`)
    writeNote(project, { name, scripts, commands, marks: Object.fromEntries(files.map(file => [file, before[file]])) })
    sweep(cache, name)
    return folder
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

/** Someone else may have made the same meanwhile; what is there and broken gives way. */
function putInPlace(draft, folder) {
  for (const name of existsSync(folder) ? readdirSync(draft) : [])
    renameSync(path.join(draft, name), path.join(folder, name))
  if (!existsSync(folder)) renameSync(draft, folder)
}

async function bundle(project, folder, programs) {
  const { metafile } = await build({
    absWorkingDir: project,
    entryPoints: programs,
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    // The scripts run where no import() is: what is loaded late, Node's own parts too, is required then.
    supported: { 'dynamic-import': false },
    banner: { js: '(function (require, module, exports) {' },
    footer: { js: '})' },
    sourcemap: 'external',
    sourcesContent: false,
    metafile: true,
    logLevel: 'silent',
    plugins: [asIfInPlace(project)],
  })
  for (const name of Object.keys(programs)) {
    const map = path.join(folder, `${name}.cjs.map`)
    const lines = linesOf(JSON.parse(readFileSync(map, 'utf8')), source =>
      slashed(path.relative(project, path.resolve(folder, source))),
    )
    writeFileSync(path.join(folder, `${name}.lines.json`), JSON.stringify(lines))
    rmSync(map)
  }
  return Object.keys(metafile.inputs)
    .filter(file => !file.includes(':'))
    .map(slashed)
}

function sourcesOf(project) {
  return ROOMS.flatMap(room =>
    readdirSync(path.join(project, room), { recursive: true, encoding: 'utf8' })
      .filter(name => /\.m?[tj]s$|\.json$/.test(name))
      .map(name => slashed(`${room}/${name}`)),
  )
}

const slashed = file => file.split(path.sep).join('/')

function sweep(cache, newest) {
  const builds = readdirSync(cache)
    .filter(name => /^[0-9a-f]{16}$/.test(name) && name !== newest)
    .map(name => ({ name, at: statSync(path.join(cache, name)).mtimeMs }))
    .sort((a, b) => b.at - a.at)
  for (const { name } of builds.slice(KEPT)) rmSync(path.join(cache, name), { recursive: true, force: true })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await compile()
  } catch (error) {
    const { errors } = error
    process.stderr.write(
      errors?.length
        ? errors.map(e => `${e.location?.file ?? ''}:${e.location?.line ?? ''}: ${e.text}`).join('\n')
        : `${error.message}`,
    )
    process.exit(1)
  }
}

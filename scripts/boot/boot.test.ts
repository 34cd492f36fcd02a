import { execFile, execFileSync } from 'node:child_process'
import { promisify } from 'node:util'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { compile } from './compile.mjs'
import { freshFolder } from './fresh.mjs'

const ROOMS = ['domain', 'agents', 'db', 'connectors', 'activities', 'workflows', 'server', 'scripts/commands', 'test']

let project: string
const write = (file: string, text: string) => writeFileSync(path.join(project, file), text)

beforeEach(() => {
  project = mkdtempSync(path.join(tmpdir(), 'dealwright-boot-'))
  for (const room of ROOMS) mkdirSync(path.join(project, room), { recursive: true })
  mkdirSync(path.join(project, 'node_modules'))
  cpSync(import.meta.dirname, path.join(project, 'scripts', 'boot'), { recursive: true })
  write('node_modules/.package-lock.json', '{}')
  write('package.json', '{}')
  write('domain/word.ts', "export const word: string = 'first'\n")
  write('scripts/main.ts', MAIN)
})

afterEach(() => rmSync(project, { recursive: true, force: true }))

const MAIN = `import { word } from '../domain/word.ts'

interface Unused {
  here: number
}
export const unused: Unused = { here: 1 }
console.log(word, import.meta.filename)
console.log(new Error('where').stack)
`
const made = () => compile(project, { main: 'scripts/main.ts' })

function run(folder: string): string {
  const boot = path.join(project, 'scripts', 'boot', 'run.mjs')
  const code = `const { runScript } = await import(${JSON.stringify(boot)}); runScript(${JSON.stringify(folder)}, 'main')`
  return execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' })
}

test('what is compiled is fresh until a source changes, whatever its times and size say', async () => {
  expect(freshFolder(project)).toBeNull()
  const folder = await made()
  expect(freshFolder(project)).toBe(folder)
  const file = path.join(project, 'domain', 'word.ts')
  const { atime, mtime } = statSync(file)
  write('domain/word.ts', "export const word: string = 'other'\n")
  utimesSync(file, atime, mtime)
  expect(freshFolder(project)).toBeNull()
  expect(run(await made())).toContain('other')
})

test('a source written again with the same content stays fresh; a source gone does not', async () => {
  const folder = await made()
  write('scripts/main.ts', MAIN)
  expect(freshFolder(project)).toBe(folder)
  rmSync(path.join(project, 'domain', 'word.ts'))
  expect(freshFolder(project)).toBeNull()
})

test('a new command, other packages or another boot are seen', async () => {
  await made()
  write('scripts/commands/more.ts', '')
  expect(freshFolder(project)).toBeNull()
  await made()
  write('node_modules/.package-lock.json', '{ }')
  expect(freshFolder(project)).toBeNull()
  await made()
  write('scripts/boot/part.mjs', '// another')
  expect(freshFolder(project)).toBeNull()
})

test('a broken cache counts as none and is made again', async () => {
  const folder = await made()
  const cache = path.dirname(folder)
  writeFileSync(path.join(cache, 'fresh.json'), '{"name": "')
  expect(freshFolder(project)).toBeNull()
  expect(await made()).toBe(folder)
  rmSync(path.join(folder, 'main.cjs'))
  expect(freshFolder(project)).toBeNull()
  expect(run(await made())).toContain('first')
})

test('code of the engine that does not fit is made again', async () => {
  const folder = await made()
  run(folder)
  const [code] = readdirSync(folder).filter(name => name.endsWith('.code'))
  expect(code).toBeDefined()
  const file = path.join(folder, code ?? '')
  const { size } = statSync(file)
  writeFileSync(file, 'not what it was')
  expect(run(folder)).toContain('first')
  expect(statSync(file).size).toBeGreaterThan(size / 2)
})

test('compiled code knows its place, and traces name the source line', async () => {
  const said = run(await made())
  expect(said).toContain(`first ${path.join(project, 'scripts', 'main.ts')}`)
  expect(said).toContain(`${path.join(project, 'scripts', 'main.ts')}:8`)
})

test('what is loaded late is found there too: sources, and parts of Node', async () => {
  write(
    'scripts/main.ts',
    `async function late() {
  const { word } = await import('../domain/word.ts')
  const { basename } = await import('node:path')
  console.log(basename('/a/' + word))
}
void late()
`,
  )
  expect(run(await made())).toBe('first\n')
})

test('of several processes that find the programs stale one compiles, and a turn never given back does not last', async () => {
  // A compiler that says when it runs, fails, and takes its time: each would run it, one after the other.
  write(
    'scripts/boot/compile.mjs',
    `import { appendFileSync } from 'node:fs'
import path from 'node:path'
const said = path.join(${JSON.stringify(project)}, 'said')
appendFileSync(said, 'begin ')
await new Promise(done => setTimeout(done, 100))
appendFileSync(said, 'end ')
process.exit(1)
`,
  )
  const turn = path.join(project, 'node_modules', '.cache', 'dealwright', 'compiling')
  mkdirSync(turn, { recursive: true })
  const long = new Date(Date.now() - 600_000)
  utimesSync(turn, long, long)
  const boot = path.join(project, 'scripts', 'boot', 'run.mjs')
  const code = `const { compiledFolder } = await import(${JSON.stringify(boot)}); console.log(compiledFolder())`
  const all = [1, 2, 3].map(() => promisify(execFile)(process.execPath, ['--input-type=module', '-e', code]))
  for (const { stdout } of await Promise.all(all)) expect(stdout).toBe('null\n')
  expect(readFileSync(path.join(project, 'said'), 'utf8')).toBe('begin end '.repeat(3))
  expect(existsSync(turn)).toBe(false)
})

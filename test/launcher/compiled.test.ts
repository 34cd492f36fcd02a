/** What `npm run build` makes runs as the sources do: database, Temporal, server and worker, without a line of TypeScript in reach. */
import { execFile, spawn } from 'node:child_process'
import { mkdirSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { openHome, PROJECT, readRun } from '../../scripts/home.ts'
import { exitOf } from '../../scripts/services/process.ts'
import { temporaryFolder, until } from './helpers.ts'

const run = promisify(execFile)
const PATIENCE_MS = 250_000

/** As in the image: compiled code and what is no code beside it. */
async function build(): Promise<string> {
  const folder = temporaryFolder()
  for (const name of ['node_modules', 'package.json', 'playbooks', 'prompts'])
    symlinkSync(path.join(PROJECT, name), path.join(folder, name))
  mkdirSync(path.join(folder, 'db'))
  symlinkSync(path.join(PROJECT, 'db', 'migrations'), path.join(folder, 'db', 'migrations'))
  const dist = path.join(folder, 'dist')
  // Types are checked elsewhere.
  const options = ['--outDir', dist, '--noCheck', '--sourceMap', 'false']
  await run(process.execPath, [path.join(PROJECT, 'scripts', 'build.mjs'), ...options])
  return path.join(dist, 'scripts', 'dealwright.mjs')
}

test('everything comes up compiled, and answers', async () => {
  const command = await build()
  const home = path.join(temporaryFolder(), 'home')
  const env = { ...process.env, DEALWRIGHT_HOME: home, SMTP_URL: 'smtp://127.0.0.1:1' }
  const child = spawn(process.execPath, [command, 'up', '--empty', '--json'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const exited = exitOf(child)
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  await until('up is ready', () => out.includes('"ready"') || child.exitCode !== null, PATIENCE_MS)
  expect([child.exitCode, err]).toEqual([null, expect.any(String)])
  const note = await readRun(openHome(env))
  expect((await fetch(`${note?.serverUrl}/healthz`)).ok).toBe(true)
  const { stdout } = await run(process.execPath, [command, 'run', 'list', '--json'], { env })
  expect(JSON.parse(stdout)).toEqual([])
  child.kill('SIGTERM')
  expect(await exited).toEqual({ code: 0, signal: null })
}, 300_000)

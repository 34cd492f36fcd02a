import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openHome, readRun } from '../../scripts/home.ts'
import type { RunNote } from '../../scripts/home.ts'
import { exitOf, startMark } from '../../scripts/services/process.ts'
import type { Exit } from '../../scripts/services/process.ts'
import { temporaryFolder, until } from './helpers.ts'

const COMMAND = path.resolve(import.meta.dirname, '..', '..', 'scripts', 'dealwright.mjs')
const PATIENCE_MS = 100_000

interface Started {
  child: ChildProcess
  exited: Promise<Exit>
  out: () => string
  err: () => string
}

/** The command as a person runs it, in its own home. The mail server named does not exist and is not needed. */
function dealwright(home: string, ...args: string[]): Started {
  const child = spawn(process.execPath, [COMMAND, ...args], {
    env: { ...process.env, DEALWRIGHT_HOME: home, SMTP_URL: 'smtp://127.0.0.1:1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  onTestFinished(() => void child.kill('SIGKILL'))
  return { child, exited: exitOf(child), out: () => out, err: () => err }
}

async function up(home: string): Promise<Started & { note: RunNote }> {
  const started = dealwright(home, 'up', '--json')
  await until('up is ready', () => started.out().includes('ready') || started.child.exitCode !== null, PATIENCE_MS)
  const note = await readRun(openHome({ DEALWRIGHT_HOME: home }))
  if (note === null) throw new Error(`up ended: ${started.err()}`)
  return { ...started, note }
}

const pidsOf = (note: RunNote) => Object.values(note.parts ?? {})
const allGone = async (pids: number[]) => (await Promise.all(pids.map(startMark))).every(mark => mark === null)
const healthy = async (note: RunNote) => (await fetch(`${note.serverUrl}/healthz`)).ok

test('up runs alone in its home, replaces a part that was killed, and stops everything in order', async () => {
  const home = path.join(temporaryFolder(), 'home')
  const { child, exited, out, err, note } = await up(home)
  expect(JSON.parse(out())).toMatchObject({ ready: true, server: note.serverUrl, home })
  expect(await healthy(note)).toBe(true)

  const second = dealwright(home, 'up', '--json')
  expect(await second.exited).toMatchObject({ code: 1 })
  expect(JSON.parse(second.out())).toMatchObject({ error: { code: 'home_in_use' } })
  expect(second.err()).toContain(`process ${child.pid}`)

  process.kill(note.parts?.Postgres ?? 0, 'SIGKILL')
  await until('Postgres runs again', () => err().includes('Postgres runs again'), PATIENCE_MS)
  await until('the server works again', () => healthy(note))
  const later = JSON.parse(readFileSync(path.join(home, 'run.json'), 'utf8')) as RunNote
  expect(later.postgresPort).toBe(note.postgresPort)

  child.kill('SIGTERM')
  expect(await exited).toEqual({ code: 0, signal: null })
  expect(await allGone([...pidsOf(note), ...pidsOf(later)])).toBe(true)
  expect(existsSync(path.join(home, 'run.json'))).toBe(false)
})

test('nothing outlives an up that was killed, and the next one runs on the same addresses', async () => {
  const home = path.join(temporaryFolder(), 'home')
  const first = await up(home)
  first.child.kill('SIGKILL')
  await until('all parts are gone', () => allGone(pidsOf(first.note)), PATIENCE_MS)
  const again = await up(home)
  expect(again.note.serverUrl).toBe(first.note.serverUrl)
  expect(again.note.temporalAddress).toBe(first.note.temporalAddress)
  expect(await healthy(again.note)).toBe(true)
  again.child.kill('SIGINT')
  expect(await again.exited).toEqual({ code: 0, signal: null })
})

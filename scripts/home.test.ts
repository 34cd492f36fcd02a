import { spawnSync } from 'node:child_process'
import { sign, verify } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lockHome } from './home-lock.ts'
import { ensureKeys, openHome, readRun, readSecrets, writeRun } from './home.ts'
import { identify } from './services/process.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'dealwright-home-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const open = () => openHome({ DEALWRIGHT_HOME: path.join(folder, 'home') })

test('secrets are made once, at random, and shut to others', () => {
  const home = open()
  const secrets = readSecrets(home)
  expect(readSecrets(home)).toEqual(secrets)
  expect(new Set(Object.values(secrets)).size).toBe(Object.keys(secrets).length)
  for (const file of [path.join(home.folder, 'secrets.json')]) expect(statSync(file).mode & 0o077).toBe(0)
})

test('the key pair belongs together; a lost public half comes back, a lost private one is said', () => {
  const home = open()
  ensureKeys(home)
  expect(statSync(home.privateKey).mode & 0o077).toBe(0)
  const before = readFileSync(home.publicKey, 'utf8')
  rmSync(home.publicKey)
  ensureKeys(home)
  expect(readFileSync(home.publicKey, 'utf8')).toBe(before)
  const text = Buffer.from('approved')
  const signature = sign(null, text, readFileSync(home.privateKey))
  expect(verify(null, text, before, signature)).toBe(true)
  rmSync(home.privateKey)
  expect(() => ensureKeys(home)).toThrow(/server-private\.pem is missing/)
})

test('one holder at a time; what a dead one left is taken over, whoever has its process id now', async () => {
  const home = open()
  const release = await lockHome(home, 'up')
  await expect(lockHome(home, 'import')).rejects.toMatchObject({ code: 'home_in_use' })
  release()
  const dead = spawnSync(process.execPath, ['-e', '']).pid
  writeFileSync(path.join(home.folder, 'lock'), JSON.stringify({ pid: dead, started: '1', what: 'up' }))
  const again = await lockHome(home, 'up')
  again()
  writeFileSync(
    path.join(home.folder, 'lock'),
    JSON.stringify({ pid: process.pid, started: 'another life', what: 'up' }),
  )
  const third = await lockHome(home, 'up')
  third()
  expect(existsSync(path.join(home.folder, 'lock'))).toBe(false)
})

test('a note of a run counts only while its process lives', async () => {
  const home = open()
  const note = { ...(await identify(process.pid)), what: 'up', since: new Date(0).toISOString() }
  writeRun(home, note)
  expect(await readRun(home)).toEqual(note)
  writeRun(home, { ...note, started: 'another life' })
  expect(await readRun(home)).toBeNull()
  writeFileSync(path.join(home.folder, 'run.json'), '{ half')
  expect(await readRun(home)).toBeNull()
})

test('a home that cannot be made is said with the way out', () => {
  writeFileSync(path.join(folder, 'file'), '')
  expect(() => openHome({ DEALWRIGHT_HOME: path.join(folder, 'file', 'home') })).toThrow(/DEALWRIGHT_HOME/)
})

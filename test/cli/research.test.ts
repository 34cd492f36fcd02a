/** `dealwright research` beside a running `up`: the worker there does the work, and the command shows what it found. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHome, PROJECT } from '../../scripts/home.ts'
import { removeHome } from '../../scripts/services/open.ts'
import { exitOf, type Exit } from '../../scripts/services/process.ts'
import { until } from '../support/system.ts'
import { makeCli, type Cli } from './cli.ts'

const PATIENCE_MS = 180_000
const COMMAND = path.join(PROJECT, 'scripts', 'dealwright.mjs')
const QUOTE = 'Harbour Looms employs 120 people in Cork.'
const PAGES: Record<string, string> = {
  '/': `<title>Harbour Looms</title><h1>Harbour Looms</h1><p>${QUOTE}</p><nav><a href="/about">About us</a></nav>`,
  '/about': '<title>About</title><p>Harbour Looms was founded in 1998. We weave sails.</p>',
}

let site: Server
let cli: Cli
let env: Record<string, string>
let exited: Promise<Exit>
let stop: () => void
const agents: string[] = []

beforeAll(async () => {
  site = createServer((request, response) => {
    const page = PAGES[request.url ?? '']
    if (page) agents.push(request.url ?? '')
    response.writeHead(page ? 200 : 404, { 'content-type': 'text/html' })
    response.end(`<!doctype html><html><body>${page ?? ''}</body></html>`)
  })
  await new Promise<void>(resolve => site.listen(0, '127.0.0.1', resolve))
  const home = path.join(mkdtempSync(path.join(tmpdir(), 'dealwright-research-')), 'home')
  env = {
    PATH: process.env.PATH ?? '',
    HOME: process.env.HOME ?? '',
    DEALWRIGHT_HOME: home,
    DEALWRIGHT_HOST_MAP: `harbour-looms.example=127.0.0.1:${(site.address() as AddressInfo).port}`,
    DEALWRIGHT_PACE_MS: '0',
  }
  cli = makeCli({ adminUrl: '', serverUrl: '', workerUrl: '' }, { ...env, DEALWRIGHT_TOKEN: '' })
  const child = spawn(process.execPath, [COMMAND, 'up', '--empty', '--json'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  exited = exitOf(child)
  stop = () => void child.kill('SIGTERM')
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  await until('up is ready', async () => out.includes('"ready"') || child.exitCode !== null, PATIENCE_MS)
  if (child.exitCode !== null) throw new Error(`up ended: ${err}`)
}, PATIENCE_MS)
afterAll(async () => {
  stop?.()
  await exited
  await new Promise(resolve => site.close(resolve))
  if (env) {
    removeHome(openHome(env))
    rmSync(path.dirname(env.DEALWRIGHT_HOME ?? ''), { recursive: true, force: true })
  }
  cli?.close()
}, PATIENCE_MS)

interface Found {
  account: { domain: string }
  facts: { kind: string; value: string; quote: string; sourceId: string; start: number; end: number }[]
  pages: number
  run: string
}

test('the run is the worker’s, its facts stand in the sources that the command shows, and asking again asks anew', async () => {
  const ran = await cli.run('research', 'harbour-looms.example', '--json')
  expect([ran.exit, ran.stderr]).toEqual([0, expect.any(String)])
  const found = ran.json<Found>()
  expect(found).toMatchObject({ account: { domain: 'harbour-looms.example' }, pages: 2 })
  expect(agents).toEqual(['/', '/about'])
  const employees = found.facts.find(fact => fact.kind === 'employees')
  expect(employees).toMatchObject({
    value: expect.stringContaining('120'),
    quote: expect.stringContaining('120 people'),
  })
  const source = (await cli.run('source', employees?.sourceId ?? '', '--json')).json<{ text: string }>()
  expect(source.text.slice(employees?.start, employees?.end)).toBe(employees?.quote)

  const shown = (await cli.run('run', 'show', found.run, '--json')).json<{
    playbook: string
    status: string
    steps: { key: string }[]
  }>()
  expect(shown).toMatchObject({ playbook: 'account-research', status: 'completed' })
  const again = (await cli.run('research', 'harbour-looms.example', '--json')).json<Found>()
  expect(again.run).not.toBe(found.run)
  expect(again.facts).toHaveLength(found.facts.length)

  const nobody = await cli.run('research', 'nobody-there.invalid', '--json')
  expect(nobody.exit).toBe(1)
  expect(nobody.stderr).toContain('nobody-there.invalid')
})

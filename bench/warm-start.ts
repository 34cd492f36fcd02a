/**
 * `warm_start`: the second `up` on a home, from the command to everything ready, over a bare start of the same Postgres and Temporal
 * programs on the same data, both begun at once, until both serve. In turn, medians. A first `up` has made the home.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { openHome, PROJECT, readPorts, readSecrets, type Home } from '../scripts/home.ts'
import { isServing } from '../scripts/services/grpc-health.ts'
import { removeHome } from '../scripts/services/open.ts'
import { postgresPrograms, postgresUser } from '../scripts/services/postgres-binaries.ts'
import { spawnService, stopProcess, type Service } from '../scripts/services/process.ts'
import { findTemporal } from '../scripts/services/temporal-binary.mjs'
import { median, round, seconds } from './support/measure.ts'
import type { BenchOptions, Ratio } from './support/types.ts'

export async function warmStart({ quick, say }: BenchOptions): Promise<Ratio> {
  const home = openHome({ DEALWRIGHT_HOME: mkdtempSync(path.join(tmpdir(), 'dealwright-bench-')) })
  try {
    const first = await upOnce(home)
    const ours: number[] = []
    const theirs: number[] = []
    for (let n = 0; n < (quick ? 3 : 7); n++) {
      theirs.push(await bareOnce(home))
      ours.push(await upOnce(home))
      say(`up ${round(ours.at(-1) ?? 0, 2)} s, bare ${round(theirs.at(-1) ?? 0, 2)} s`)
    }
    return {
      name: 'warm_start',
      value: round(median(ours) / median(theirs), 2),
      goal: 2,
      detail: {
        rounds: ours.length,
        firstSeconds: round(first, 2),
        seconds: round(median(ours), 2),
        bareSeconds: round(median(theirs), 2),
      },
    }
  } finally {
    removeHome(home)
  }
}

/** Seconds from the command to its word that everything is ready. */
async function upOnce(home: Home): Promise<number> {
  let child: ChildProcess | undefined
  try {
    return await seconds(async () => {
      child = spawn(process.execPath, [path.join(PROJECT, 'scripts', 'dealwright.mjs'), 'up', '--empty', '--json'], {
        // A mail server that nothing is sent to: without one, `up` needs its sample world.
        env: { ...process.env, DEALWRIGHT_HOME: home.folder, SMTP_URL: 'smtp://127.0.0.1:9' },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      await saysReady(child)
    })
  } finally {
    if (child && child.exitCode === null) {
      child.kill('SIGINT')
      await once(child, 'exit')
    }
  }
}

async function saysReady(child: ChildProcess): Promise<void> {
  let heard = ''
  let trouble = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    trouble += chunk.toString()
  })
  for await (const chunk of child.stdout ?? []) {
    heard += String(chunk)
    if (/"ready": true[^]*\}/.test(heard)) return
  }
  throw new Error(`up ended before it was ready: ${trouble.slice(-500)}`)
}

/** Seconds until both programs serve, on the ports that `up` uses. */
async function bareOnce(home: Home): Promise<number> {
  const ports = readPorts(home)
  const user = postgresUser()
  const database = path.join(home.temporal, 'temporal.db')
  const address = `127.0.0.1:${ports.temporal}`
  const url = `postgresql://postgres:${readSecrets(home).admin}@127.0.0.1:${ports.postgres}/postgres`
  const services: Service[] = []
  try {
    return await seconds(async () => {
      services.push(
        ...(await Promise.all([
          spawnService({
            file: postgresPrograms(user).postgres,
            args: ['-D', home.postgres, '-p', String(ports.postgres), '-c', 'unix_socket_directories='],
            logFile: path.join(home.logs, 'bare-postgres.log'),
            stopSignal: 'SIGINT',
            ...(user ? { user } : {}),
          }),
          spawnService({
            file: findTemporal() ?? '',
            args: temporalArguments(database, ports.temporal ?? 0, ports.temporalUi ?? 0),
            logFile: path.join(home.logs, 'bare-temporal.log'),
            stopSignal: 'SIGTERM',
          }),
        ])),
      )
      await Promise.all([untilConnected(url), untilTrue(() => isServing(address, 1_000))])
    })
  } finally {
    await Promise.all(
      services.map((service, n) => stopProcess(service.identity, n === 0 ? 'SIGINT' : 'SIGTERM', 20_000)),
    )
  }
}

/** As `up` starts it: the baseline gets the same settings. */
function temporalArguments(database: string, port: number, uiPort: number): string[] {
  const flags = ['--ip', '127.0.0.1', '--port', `${port}`, '--ui-port', `${uiPort}`, '--db-filename', database]
  const pragmas = ['--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=normal']
  return ['server', 'start-dev', ...flags, ...pragmas, '--log-level', 'error']
}

function untilConnected(connectionString: string): Promise<void> {
  return untilTrue(async () => {
    const client = new Client({ connectionString })
    try {
      await client.connect()
      return true
    } catch {
      return false
    } finally {
      await client.end().catch(() => {})
    }
  })
}

const PATIENCE_MS = 60_000

async function untilTrue(look: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE_MS
  while (!(await look())) {
    if (Date.now() > end) throw new Error('a bare server did not start')
    await sleep(10)
  }
}

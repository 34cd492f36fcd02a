/** Worker or server as a process of its own: production, where each runs in a container, and more workers beside an `up`. */
import type { Command } from 'commander'
import { DealwrightError } from '../../domain/errors.ts'
import { readConfig } from '../config.ts'
import type { Config } from '../config.ts'
import { ensureKeys, openHome, readRun } from '../home.ts'
import type { Home, RunNote } from '../home.ts'
import { answer, say } from '../output.ts'
import { embeddedUrls, openTemporal } from '../services/open.ts'
import { serverSettings, workerSettings } from './settings.ts'
import type { Place } from './settings.ts'

/** Ends with the process: on SIGTERM or Ctrl-C the entry stops itself in order. */
export async function runProcess(kind: 'worker' | 'server', command: Command, makeCurrent = false): Promise<void> {
  const home = openHome()
  const config = readConfig()
  const run = await readRun(home)
  if (kind === 'server' && config.privateKeyFile === undefined) ensureKeys(home)
  const place: Place = {
    home,
    config,
    urls: urlsFor(kind, home, config, run),
    temporal: { ...(await openTemporal(home, config)), ui: run?.temporalUi ?? null },
    listen: config.listen,
    makeCurrent,
  }
  const settings = kind === 'worker' ? workerSettings(place) : serverSettings(place)
  await answer(command, { started: kind, pid: process.pid }, () => `${kind} ${process.pid} starts; Ctrl-C stops it`)
  if (kind === 'worker') await (await import('./worker.ts')).runWorker(settings)
  else {
    await (await import('./server.ts')).runServer(settings)
    const { firstLinksAt, firstLinksInWords } = await import('../first-links.ts')
    say(firstLinksInWords(await firstLinksAt(settings.databaseUrl, settings.publicUrl, false)))
  }
  await new Promise<never>(() => {})
}

/** Only the address of this process's own role: a worker is not given the owner's. */
function urlsFor(kind: 'worker' | 'server', home: Home, config: Config, run: RunNote | null): Place['urls'] {
  const given = kind === 'worker' ? config.workerDatabaseUrl : config.serverDatabaseUrl
  if (given !== undefined) return { serverUrl: given, workerUrl: given }
  if (run?.postgresPort !== undefined) return embeddedUrls(home, run.postgresPort)
  const name = kind === 'worker' ? 'DATABASE_WORKER_URL' : 'DATABASE_SERVER_URL'
  throw new DealwrightError(
    'unavailable',
    `no database: start "dealwright up" first, or set ${name} (see docker-compose.yml)`,
  )
}

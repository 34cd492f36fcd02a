import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import { readConfig, type Config } from '../config.ts'
import { openHome, type Home } from '../home.ts'
import { answer, say, wantsJson } from '../output.ts'

interface Options {
  workers: number
  empty: boolean
  leads: number
}

export function command(program: Command): void {
  program
    .command('up')
    .description('run everything on this machine: database, Temporal, server and worker; Ctrl-C stops it')
    .option('--workers <n>', 'how many worker processes', positive, 1)
    .option('--empty', 'a new home begins empty, without the sample world', false)
    .option('--leads <n>', 'how many leads the sample world of a new home has', positive, 24)
    .action(run)
}

async function run(options: Options, self: Command): Promise<void> {
  const { startAll } = await import('../up.ts')
  const { untilStopped } = await import('../signals.ts')
  const home = openHome()
  const config = readConfig()
  const stopped = untilStopped()
  const sample = await sampleFor(home, config, options)
  try {
    const starting = startAll({
      home,
      config,
      what: 'up',
      say,
      workers: options.workers,
      ...(sample ? { sandboxSmtpUrl: sample.mail.smtpUrl } : {}),
    })
    const up = await Promise.race([starting, stopped.then(() => null)])
    // Stopped before everything ran: what has started ends with this process.
    if (up === null) return
    const { serverUrl, temporalUi } = up
    if (sample) {
      const { showSample } = await import('../world/newcomer.ts')
      const shown = showSample({ home, up, sample, say, stopped })
      await Promise.race([shown, stopped])
    }
    const { firstLinksAt, firstLinksInWords } = await import('../first-links.ts')
    const links = await firstLinksAt(up.urls.serverUrl, config.publicUrl ?? serverUrl, sample !== null)
    await answer(self, { ready: true, server: serverUrl, temporal: temporalUi, home: home.folder, links }, () =>
      [
        `In a browser: ${serverUrl}`,
        `Status page: ${serverUrl}/status`,
        temporalUi ? `Workflows in detail (Temporal's own pages): ${temporalUi}` : '',
        'Ctrl-C stops everything; the next start goes on where it was.',
        firstLinksInWords(links),
      ]
        .filter(Boolean)
        .join('\n'),
    )
    const broken = await Promise.race([stopped, up.broken])
    if (!wantsJson(self)) say('stopping')
    await up.stop()
    if (broken) throw broken
  } finally {
    await sample?.close()
  }
}

/** The sample world of a home that holds one, or of a new home with nothing of one's own configured. */
async function sampleFor(home: Home, config: Config, options: Options) {
  const { readSampleNote, writeSampleNote } = await import('../world/note.ts')
  const own = config.databaseUrl !== undefined || config.smtpUrl !== undefined
  let note = readSampleNote(home)
  if (note === null && !own && !options.empty && !existsSync(home.postgres)) {
    note = { seed: String(Date.now() % 1_000_000), leads: options.leads, now: new Date().toISOString(), loaded: false }
    writeSampleNote(home, note)
  }
  // The sample's people must never get mail through a real server.
  if (note === null || config.smtpUrl !== undefined) return null
  const { startSample } = await import('../world/sample.ts')
  const sample = await startSample({ home, seed: note.seed, leads: note.leads, now: new Date(note.now) })
  Object.assign(process.env, sample.env)
  return sample
}

function positive(text: string): number {
  const number = Number(text)
  return Number.isInteger(number) && number > 0 ? number : 1
}

import type { Command } from 'commander'
import { readConfig } from '../config.ts'
import { openHome } from '../home.ts'
import { answer, say, wantsJson } from '../output.ts'

export function command(program: Command): void {
  program
    .command('up')
    .description('run everything on this machine: database, Temporal, server and worker; Ctrl-C stops it')
    .option('--workers <n>', 'how many worker processes', positive, 1)
    .action(async (options: { workers: number }, self: Command) => {
      const { startAll } = await import('../up.ts')
      const { untilStopped } = await import('../signals.ts')
      const home = openHome()
      const stopped = untilStopped()
      const up = await Promise.race([
        startAll({ home, config: readConfig(), what: 'up', say, workers: options.workers }),
        stopped.then(() => null),
      ])
      // Stopped before everything ran: what has started ends with this process.
      if (up === null) return
      const { serverUrl, temporalUi } = up
      await answer(self, { ready: true, server: serverUrl, temporal: temporalUi, home: home.folder }, () =>
        [`Dealwright runs at ${serverUrl}`, temporalUi ? `Temporal's own pages: ${temporalUi}` : '', 'Ctrl-C stops it.']
          .filter(Boolean)
          .join('\n'),
      )
      const broken = await Promise.race([stopped, up.broken])
      if (!wantsJson(self)) say('stopping')
      await up.stop()
      if (broken) throw broken
    })
}

function positive(text: string): number {
  const number = Number(text)
  return Number.isInteger(number) && number > 0 ? number : 1
}

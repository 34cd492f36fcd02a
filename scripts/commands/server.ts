import type { Command } from 'commander'

export function command(program: Command): void {
  program
    .command('server')
    .description('run the server alone, against DATABASE_SERVER_URL and TEMPORAL_ADDRESS')
    .action(async (_options: unknown, self: Command) => {
      const { runProcess } = await import('../processes/standalone.ts')
      await runProcess('server', self)
    })
}

import type { Command } from 'commander'

export function command(program: Command): void {
  program
    .command('worker')
    .description('run one more worker, beside "dealwright up" or against DATABASE_WORKER_URL and TEMPORAL_ADDRESS')
    .option('--current', 'make the workflow code of this worker the current one: after an upgrade', false)
    .action(async (options: { current: boolean }, self: Command) => {
      const { runProcess } = await import('../processes/standalone.ts')
      await runProcess('worker', self, options.current)
    })
}

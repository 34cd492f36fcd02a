import type { Command } from 'commander'
import { DealwrightError } from '../../domain/errors.ts'
import { answer, say } from '../output.ts'
import type { DemoDocument } from '../world/outcome.ts'

interface Options {
  leads: number
  seed: string
  keep: boolean
}

export function command(program: Command): void {
  program
    .command('demo')
    .description('the whole main job on a sample world, in a temporary home, to the end; then everything stops')
    .option('--leads <n>', 'how many leads the world has', whole, 24)
    .option('--seed <seed>', 'which world; a new one each time unless given', String(Date.now() % 1_000_000))
    .option('--keep', 'leave the temporary home in place and say where it is', false)
    .action(async (options: Options, self: Command) => {
      const { runDemo } = await import('../demo.ts')
      const { document, broken } = await runDemo({ leads: options.leads, seed: options.seed, keep: options.keep, say })
      await answer(self, document, () => human(document))
      if (broken.length > 0)
        throw new DealwrightError(
          'internal',
          `the demo broke a promise: ${broken.join('; ')}. Run it again with --seed ${options.seed} --keep`,
        )
      if (document.runs.failed > 0) {
        throw new DealwrightError(
          'internal',
          `${document.runs.failed} runs failed. Run it again with --seed ${options.seed} --keep, then: dealwright run list`,
        )
      }
    })
}

function whole(text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number > 0 && number <= 5_000) return number
  throw new DealwrightError('bad_input', `--leads ${text}: give a whole number from 1 to 5000`)
}

function human(document: DemoDocument): string {
  const { leads, runs, facts, rejects, mails, deals, model, seconds } = document
  const dropped = Object.entries(rejects).map(([reason, n]) => `${n} ${reason.replace('_', ' ')}`)
  return [
    `${leads} leads: ${runs.completed} runs completed, ${runs.waiting} wait for an answer or a date, ${runs.failed} failed.`,
    `${facts} facts stored, each with its quote; dropped by the check: ${dropped.join(', ')}.`,
    `${mails.drafted} mails drafted, ${mails.approved} approved by people, ${mails.sent} sent, ${mails.delivered} delivered; ${deals.updated} deals updated.`,
    model.calls > 0
      ? `Model ${model.name}: ${model.calls} calls, ${model.tokens} tokens.`
      : 'No model is configured: rules did the reading and writing. See docs/models.md.',
    `Took ${seconds} s. To keep one running: npm start`,
  ].join('\n')
}

import type { Command } from 'commander'
import type { Intake } from '../lib/intake.ts'
import { answer } from '../output.ts'

const MOST = 25 * 1024 * 1024

export function command(program: Command): void {
  program
    .command('intake')
    .description(
      'take in one mail from a file, as if it had come to the mailbox: match it, read it, let playbooks react',
    )
    .argument('<file>', 'the mail, as .eml')
    .option('--as <email>', 'who brings it; else the first admin or manager')
    .addHelpText('after', '\nExample: dealwright intake reply.eml --json')
    .action(async (file: string, options: { as?: string }, self: Command) => {
      const { readBytes } = await import('../lib/read-file.ts')
      const { intake } = await import('../lib/intake.ts')
      const raw = await readBytes(file, MOST)
      const taken = await intake(raw, file, options.as)
      await answer(self, taken, () => human(taken))
    })
}

function human({ message, made, label, labelQuote, matched, from, subject }: Intake): string {
  return [
    `${made ? 'Taken in' : 'Known already'}: “${subject}” from ${from || 'nobody named'} (message ${message})`,
    matched === null ? 'It matches nobody we know: a person is asked whose it is.' : `Matched by: ${matched}.`,
    label === null
      ? 'The worker has not read it yet; its label comes later.'
      : `Read as: ${label.replaceAll('_', ' ')}${labelQuote ? `, from “${labelQuote}”` : ''}.`,
  ].join('\n')
}

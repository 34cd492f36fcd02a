import type { Command } from 'commander'
import { DealwrightError } from '../../domain/errors.ts'
import { shortId } from '../lib/words.ts'
import { answer } from '../output.ts'

interface Options {
  question?: string
  as: string
}

interface Question {
  id: string
  askedOf: string
  question: unknown
  answeredAt: string | null
}

export function command(program: Command): void {
  program
    .command('answer')
    .description('answer a question that you were asked about an action')
    .argument('<id>', 'of the action, or its beginning')
    .argument('<text>', 'your answer')
    .option('--question <id>', 'which one, where several are open; or its beginning')
    .requiredOption('--as <email>', 'whom it was asked of')
    .addHelpText('after', '\nExample: dealwright answer 3f2a9c01 "Yes, on the phone" --as ann@acme.example')
    .action(async (id: string, text: string, options: Options, self: Command) => {
      const { openAction } = await import('../lib/open-action.ts')
      const { serverCall } = await import('../lib/server-call.ts')
      const { id: whole } = await openAction(id)
      const { questions } = await serverCall<{ questions: Question[] }>(`/api/actions/${whole}/approval`, {
        as: options.as,
        method: 'GET',
      })
      const open = questions.filter(one => one.answeredAt === null)
      const question = await chosen(open, id, options.question)
      const done = await serverCall<{ question: string }>(`/api/actions/${whole}/answer`, {
        as: options.as,
        body: { question: question.id, answer: text },
      })
      await answer(self, { action: whole, ...done }, () => `Answered: whoever decides ${shortId(whole)} sees it.`)
    })
}

async function chosen(open: readonly Question[], id: string, named: string | undefined): Promise<Question> {
  const { byBeginning } = await import('../lib/by-beginning.ts')
  if (named !== undefined) return byBeginning('open question', open, named)
  const [first, ...more] = open
  if (!first) throw new DealwrightError('not_found', `No question about action ${id} is open.`)
  if (more.length === 0) return first
  const all = open.map(one => shortId(one.id)).join(', ')
  throw new DealwrightError(
    'ambiguous',
    `Several questions about action ${id} are open: say which by --question ${all}.`,
  )
}

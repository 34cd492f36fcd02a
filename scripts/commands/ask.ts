import type { Command } from 'commander'
import { shortId } from '../lib/words.ts'
import { answer } from '../output.ts'

interface Ask {
  id: string
  status: string
  why: string | null
  offers: { name: string; title: string }[]
  looks: { told: string }[]
  sentences: { text: string; records: { kind: string; id: string; name: string }[]; unsupported: string[] }[]
}

export function command(program: Command): void {
  program
    .command('ask')
    .description(
      'ask in plain words about the records you may see; or, with an action’s id first, whoever made that action',
    )
    .argument('<about>', 'your question; or the id of an action, or its beginning')
    .argument('[question]', 'what you want to know about the action, which goes on waiting')
    .option('--as <email>', 'who asks; else the first admin or manager')
    .option('--saved <name>', 'answer it by this saved query, without a model')
    .addHelpText(
      'after',
      `\nExample: dealwright ask "which deals slipped this month and why?" --as mo@acme.example
Example: dealwright ask 3f2a9c01 "Did they ask for the discount?" --as mo@acme.example`,
    )
    .action(
      async (about: string, question: string | undefined, options: { as?: string; saved?: string }, self: Command) => {
        if (question === undefined) return askRecords(about, options, self)
        return askAboutAction(about, question, options.as, self)
      },
    )
}

async function askAboutAction(id: string, question: string, as: string | undefined, self: Command): Promise<void> {
  const { openAction } = await import('../lib/open-action.ts')
  const { serverCall } = await import('../lib/server-call.ts')
  const { id: whole } = await openAction(id)
  const asked = await serverCall<{ question: string }>(`/api/actions/${whole}/ask`, { as, body: { question } })
  await answer(self, { action: whole, ...asked }, () =>
    [`Asked (${shortId(asked.question)}).`, `The answer will stand in: dealwright action ${shortId(whole)}`].join('\n'),
  )
}

const LOOK_MS = 500

async function askRecords(
  question: string,
  { as, saved }: { as?: string; saved?: string },
  self: Command,
): Promise<void> {
  const { serverCall } = await import('../lib/server-call.ts')
  const { setTimeout: sleep } = await import('node:timers/promises')
  let ask = await serverCall<Ask>('/api/asks', { as, body: { question, saved: saved ?? null } })
  while (ask.status === 'asked' || ask.status === 'answering') {
    await sleep(LOOK_MS)
    ask = await serverCall<Ask>(`/api/asks/${ask.id}`, { as, method: 'GET' })
  }
  await answer(self, ask, () => inWords(ask).join('\n'))
}

function inWords({ sentences, offers, why }: Ask): string[] {
  return [
    ...sentences.map(({ text, records, unsupported }) => {
      const which = records.map(({ kind, id }) => `${kind} ${shortId(id)}`).join(', ')
      const doubt = unsupported.length === 0 ? '' : ` [not from the records: ${unsupported.join(', ')}]`
      return `${text}${which === '' ? '' : ` (${which})`}${doubt}`
    }),
    ...(why === null ? [] : [why]),
    ...offers.map(({ name, title }) => `  --saved ${name}: ${title}`),
  ]
}

import { Argument, type Command } from 'commander'
import { type Column, table } from '../lib/table.ts'
import { shortId } from '../lib/words.ts'
import { answer } from '../output.ts'

interface Stop {
  id: string
  scope: string
  name: string | null
  reason: string
  engagedAt: string
  releasedAt: string | null
}

interface Held {
  id: string
  kind: string
  summary: string
  code: string
  why: string
}

interface Preview {
  underWay: number
  ready: number
  mails: number
  undecided: number
  engaged: boolean
}

interface Options {
  as?: string
  why: string
}

const SCOPES = ['organisation', 'team', 'playbook', 'mailbox']

export function command(program: Command): void {
  const stop = program
    .command('stop')
    .description('the stop switch: nothing that it covers leaves any more, and goes on after its release')
  stop
    .command('engage')
    .description('stop everything, a team, a playbook or a mailbox; when this returns, it is stopped')
    .addArgument(new Argument('<scope>', 'what to stop').choices(SCOPES))
    .argument('[name]', 'of the team or playbook, address of the mailbox')
    .requiredOption('--why <reason>', 'for everybody who waits')
    .option('--as <email>', 'who stops it: manager, ops or admin')
    .addHelpText('after', '\nExample: dealwright stop engage playbook inbound-lead --why "a wrong price in the drafts"')
    .action(engage)
  stop
    .command('preview')
    .description('how many actions a stop would hold; nothing is stopped')
    .addArgument(new Argument('<scope>', 'what to stop').choices(SCOPES))
    .argument('[name]', 'of the team or playbook, address of the mailbox')
    .option('--as <email>', 'who would stop it: manager, ops or admin')
    .addHelpText('after', '\nExample: dealwright stop preview mailbox riva@ledgerline.example')
    .action(preview)
  stop
    .command('release')
    .description('let go on what was stopped')
    .argument('<id>', 'of the stop, or its beginning')
    .requiredOption('--why <reason>', 'for the record')
    .option('--as <email>', 'who releases it: manager or admin')
    .addHelpText('after', '\nExample: dealwright stop release 3f2a9c01 --why "prices put right"')
    .action(release)
  stop
    .command('status')
    .description('what is stopped, and which actions wait because of it or of a limit')
    .option('--as <email>', 'whose actions to look at')
    .addHelpText('after', '\nExample: dealwright stop status')
    .action(status)
}

async function engage(scope: string, name: string | undefined, { why, as }: Options, self: Command): Promise<void> {
  const { serverCall } = await import('../lib/server-call.ts')
  const body = { scope, reason: why, ...(name === undefined ? {} : { name }) }
  const done = await serverCall<Stop>('/api/stops', { as, body })
  await answer(self, done, () => `Stopped: ${what(done)}. Release it with: dealwright stop release ${shortId(done.id)}`)
}

async function preview(scope: string, name: string | undefined, { as }: Options, self: Command): Promise<void> {
  const { serverCall } = await import('../lib/server-call.ts')
  const query = new URLSearchParams({ scope, ...(name === undefined ? {} : { name }) })
  const would = await serverCall<Preview>(`/api/stops/preview?${query.toString()}`, { as, method: 'GET' })
  await answer(self, would, () =>
    [
      `It would hold ${would.ready} allowed or approved actions (${would.mails} of them mails) and ${would.underWay} under way;`,
      `${would.undecided} more are not decided yet.${would.engaged ? ' It is stopped already.' : ''}`,
    ].join(' '),
  )
}

async function release(id: string, { why, as }: Options, self: Command): Promise<void> {
  const { serverCall } = await import('../lib/server-call.ts')
  const { byBeginning } = await import('../lib/by-beginning.ts')
  const { items } = await serverCall<{ items: Stop[] }>('/api/stops', { as, method: 'GET' })
  const engaged = items.filter(one => one.releasedAt === null)
  const { id: whole } = byBeginning('stop that is engaged', engaged, id)
  const done = await serverCall<Stop>(`/api/stops/${whole}/release`, { as, body: { reason: why } })
  await answer(self, done, () => `Released: ${what(done)}. What waited goes on within seconds.`)
}

async function status({ as }: { as?: string }, self: Command): Promise<void> {
  const { serverCall } = await import('../lib/server-call.ts')
  const stops = (await serverCall<{ items: Stop[] }>('/api/stops', { as, method: 'GET' })).items
  const engaged = stops.filter(one => one.releasedAt === null)
  const { items: held } = await serverCall<{ items: Held[] }>('/api/held', { as, method: 'GET' })
  await answer(self, { engaged, held }, () =>
    [
      engaged.length === 0 ? 'Nothing is stopped.' : table(STOPS, engaged),
      held.length === 0 ? 'No allowed action waits.' : table(HELD, held),
    ].join('\n\n'),
  )
}

const STOPS: Column<Stop>[] = [
  { head: 'stop', get: one => shortId(one.id) },
  { head: 'what', get: what },
  { head: 'why', get: one => one.reason, shrinkTo: 40 },
  { head: 'since', get: one => one.engagedAt },
]
const HELD: Column<Held>[] = [
  { head: 'action', get: one => shortId(one.id) },
  { head: 'kind', get: one => one.kind },
  { head: 'what', get: one => one.summary, shrinkTo: 40 },
  { head: 'waits because', get: one => one.why, shrinkTo: 40 },
]

function what({ scope, name }: Stop): string {
  return name === null ? `the whole ${scope}` : `${scope} ${name}`
}

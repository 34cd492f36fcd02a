import type { Command } from 'commander'
import { findStart } from '../lib/find-start.ts'
import { serverCall } from '../lib/server-call.ts'
import { table } from '../lib/table.ts'
import { moment, shortId } from '../lib/words.ts'
import { answer } from '../output.ts'

interface Webhook {
  id: string
  url: string
  description: string
  events: string[]
  active: boolean
  failures: number
  disabledWhy: string | null
}

interface Delivery {
  id: string
  type: string
  status: string
  attempts: number
  createdAt: string
  httpStatus: number | null
  errorCode: string | null
}

interface Options {
  as?: string
}

const AS = ['--as <email>', 'for whom: ops or admin'] as const
const ID = 'of the webhook, or its beginning'

export function command(program: Command): void {
  const webhook = program
    .command('webhook')
    .description('tell other systems of changes: addresses, what was sent to them, and what came of it')
  const word = (name: string, description: string, example: string) =>
    webhook
      .command(name)
      .description(description)
      .option(...AS)
      .addHelpText('after', `\nExample: dealwright webhook ${example}`)

  word('list', 'the addresses, and whether they take what they are sent', 'list').action(
    async ({ as }: Options, self: Command) => {
      const rows = await all(as)
      await answer(self, rows, () => list(rows))
    },
  )
  word('add', 'add an address; its secret is shown this once', 'add https://example.com/hook --events "lead.*,deal.*"')
    .argument('<url>', 'an https address')
    .option('--events <types>', 'what to tell of, divided by commas', '*')
    .option('--description <text>', 'what it is for', '')
    .action(add)
  word('remove', 'remove an address; what waits to be sent to it is dropped', 'remove 8c1f02aa')
    .argument('<id>', ID)
    .action(async (id: string, { as }: Options, self: Command) => {
      const { id: whole } = await one(id, as)
      await serverCall(`/api/webhooks/${whole}`, { as, method: 'DELETE', headers: { 'if-match': '*' } })
      await answer(self, { id: whole }, () => `${shortId(whole)} is removed.`)
    })
  for (const [name, active] of [
    ['on', true],
    ['off', false],
  ] as const)
    word(name, `switch an address ${name}`, `${name} 8c1f02aa`)
      .argument('<id>', ID)
      .action((id: string, { as }: Options, self: Command) => toggle(id, active, as, self))
  word('secret', 'make a new secret; the old one signs nothing any more', 'secret 8c1f02aa')
    .argument('<id>', ID)
    .action(async (id: string, { as }: Options, self: Command) => {
      const { id: whole } = await one(id, as)
      const done = await serverCall<Webhook & { secret: string }>(`/api/webhooks/${whole}/secret`, { as })
      await answer(self, done, () => `The secret, shown this once: ${done.secret}`)
    })
  word('test', 'send a message to try it', 'test 8c1f02aa')
    .argument('<id>', ID)
    .action(async (id: string, { as }: Options, self: Command) => {
      const { id: whole } = await one(id, as)
      const done = await serverCall<{ id: string }>(`/api/webhooks/${whole}/test`, { as })
      await answer(
        self,
        done,
        () => `A message is on its way. What comes of it: dealwright webhook deliveries ${shortId(whole)}`,
      )
    })
  word('deliveries', 'what was sent to an address, newest first', 'deliveries 8c1f02aa')
    .argument('<id>', ID)
    .action(async (id: string, { as }: Options, self: Command) => {
      const { id: whole } = await one(id, as)
      const { items } = await serverCall<{ items: Delivery[] }>(`/api/webhooks/${whole}/deliveries`, {
        as,
        method: 'GET',
      })
      await answer(self, items, () => sent(items))
    })
}

const all = (as: string | undefined) => serverCall<Webhook[]>('/api/webhooks', { as, method: 'GET' })

async function one(id: string, as: string | undefined): Promise<Webhook> {
  return findStart('webhook', id, await all(as))
}

async function add(
  url: string,
  { as, events, description }: Options & { events: string; description: string },
  self: Command,
): Promise<void> {
  const types = events.split(',').map(type => type.trim())
  const made = await serverCall<Webhook & { secret: string }>('/api/webhooks', {
    as,
    body: { url, events: types, description },
  })
  await answer(
    self,
    made,
    () => `${shortId(made.id)} is told of ${types.join(', ')}. Its secret, shown this once: ${made.secret}`,
  )
}

async function toggle(id: string, active: boolean, as: string | undefined, self: Command): Promise<void> {
  const { id: whole } = await one(id, as)
  const done = await serverCall<Webhook>(`/api/webhooks/${whole}`, {
    as,
    method: 'PATCH',
    body: { active },
    headers: { 'if-match': '*' },
  })
  await answer(self, done, () => `${shortId(whole)} is switched ${active ? 'on' : 'off'}.`)
}

function list(rows: readonly Webhook[]): string {
  if (rows.length === 0) return 'Nobody is told. Add an address: dealwright webhook add https://…'
  return table<Webhook>(
    [
      { head: 'ID', get: row => shortId(row.id) },
      { head: 'ADDRESS', get: row => row.url, shrinkTo: 20 },
      { head: 'EVENTS', get: row => row.events.join(', '), shrinkTo: 12 },
      { head: 'STATE', get: row => (row.active ? 'on' : 'off') },
      { head: 'FAILED IN A ROW', get: row => row.failures, right: true },
      { head: 'NOTE', get: row => row.disabledWhy ?? row.description, shrinkTo: 12 },
    ],
    rows,
  )
}

function sent(rows: readonly Delivery[]): string {
  if (rows.length === 0) return 'Nothing was sent yet.'
  return table<Delivery>(
    [
      { head: 'DELIVERY', get: row => shortId(row.id) },
      { head: 'EVENT', get: row => row.type },
      { head: 'AT', get: row => moment(new Date(row.createdAt)) },
      { head: 'STATE', get: row => row.status },
      { head: 'ATTEMPTS', get: row => row.attempts, right: true },
      { head: 'ANSWER', get: row => row.httpStatus ?? row.errorCode },
    ],
    rows,
  )
}

import { InvalidArgumentError, type Command } from 'commander'
import type { MailboxChange, MailboxRow } from '../../db/stores/mailboxes.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { answer } from '../output.ts'

interface Options {
  as?: string
}

interface Change extends Options {
  name?: string
  signature?: string
  dailyCap?: number
}

const AS = ['--as <email>', 'who says so: ops or admin; a rep, of their own signature'] as const
const ADDRESS = ['<address>', 'of the mailbox'] as const

export function command(program: Command): void {
  const mailbox = program
    .command('mailbox')
    .description('the mailboxes that mail is sent from: name, signature, daily cap, and whether they are paused')
  mailbox
    .command('list')
    .description('all of them')
    .option(...AS)
    .addHelpText('after', '\nExample: dealwright mailbox list')
    .action(list)
  mailbox
    .command('change')
    .description('change how it signs, or how much it sends; for mails that are proposed from now on')
    .argument(...ADDRESS)
    .option('--name <name>', 'the sender’s name in mails')
    .option('--signature <text>', 'below each mail; \\n begins a new line')
    .option('--daily-cap <n>', 'mails a day; caps an hour are the policy’s', whole)
    .option(...AS)
    .addHelpText('after', '\nExample: dealwright mailbox change riva@ledgerline.example --daily-cap 40')
    .action(change)
  mailbox
    .command('pause')
    .description('send nothing from it for now: what is allowed waits. What must stop this second: dealwright stop')
    .argument(...ADDRESS)
    .requiredOption('--why <reason>', 'for everybody who waits')
    .option(...AS)
    .addHelpText('after', '\nExample: dealwright mailbox pause riva@ledgerline.example --why "on holiday"')
    .action((address: string, { why, as }: Options & { why: string }, self: Command) =>
      changed(address, { pausedWhy: why }, as, self),
    )
  mailbox
    .command('resume')
    .description('let it send again')
    .argument(...ADDRESS)
    .option(...AS)
    .addHelpText('after', '\nExample: dealwright mailbox resume riva@ledgerline.example')
    .action((address: string, { as }: Options, self: Command) => changed(address, { pausedWhy: null }, as, self))
}

async function list({ as }: Options, self: Command): Promise<void> {
  const { table } = await import('../lib/table.ts')
  const items = await all(as)
  await answer(self, { items }, () =>
    items.length === 0
      ? 'No mailbox yet: dealwright user add makes one for each rep and manager.'
      : table<MailboxRow>(
          [
            { head: 'ADDRESS', get: row => row.address, shrinkTo: 20 },
            { head: 'OF', get: row => row.user, shrinkTo: 12 },
            { head: 'SENDS AS', get: row => row.name, shrinkTo: 12 },
            { head: 'A DAY', get: row => row.dailyCap, right: true },
            { head: 'PAUSED', get: row => row.pausedWhy, shrinkTo: 12 },
          ],
          items,
        ),
  )
}

async function change(address: string, options: Change, self: Command): Promise<void> {
  const { as, name, dailyCap } = options
  const signature = options.signature?.replaceAll('\\n', '\n')
  if (signature === undefined && name === undefined && dailyCap === undefined)
    throw new DealwrightError('bad_input', 'Say what to change: see dealwright mailbox change --help')
  const set: MailboxChange = {
    ...(name === undefined ? {} : { name }),
    ...(signature === undefined ? {} : { signature }),
    ...(dailyCap === undefined ? {} : { dailyCap }),
  }
  await changed(address, set, as, self)
}

/** A signature alone goes where whoever signs with it may change it too. */
async function changed(address: string, set: MailboxChange, as: string | undefined, self: Command): Promise<void> {
  const { serverCall, serverRead } = await import('../lib/server-call.ts')
  const found = (await all(as)).find(one => one.address === address.toLowerCase())
  if (!found) throw new DealwrightError('not_found', `There is no mailbox ${address}: see dealwright mailbox list`)
  const path = `/api/mailboxes/${found.id}`
  const { etag } = await serverRead(path, as)
  const alone = Object.keys(set).every(field => field === 'signature')
  const after = await serverCall<MailboxRow>(alone ? `${path}/signature` : path, {
    as,
    method: alone ? 'PUT' : 'PATCH',
    body: set,
    headers: { 'if-match': etag },
  })
  await answer(self, after, () => inWords(after))
}

async function all(as: string | undefined): Promise<MailboxRow[]> {
  const { serverCall } = await import('../lib/server-call.ts')
  const items: MailboxRow[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const query = new URLSearchParams({ limit: '200', ...(cursor === '' ? {} : { cursor }) })
    const page: { items: MailboxRow[]; next: string | null } = await serverCall(`/api/mailboxes?${query.toString()}`, {
      as,
      method: 'GET',
    })
    items.push(...page.items)
    cursor = page.next
  }
  return items
}

const inWords = ({ address, name, dailyCap, pausedWhy }: MailboxRow): string =>
  pausedWhy === null
    ? `${address} sends as ${name}, ${dailyCap} mails a day at most.`
    : `${address} is paused and sends nothing: ${pausedWhy}. Let it send again with: dealwright mailbox resume ${address}`

function whole(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('a cap is a whole number of mails.')
}

import type { Command } from 'commander'
import { table } from '../lib/table.ts'
import { shortId } from '../lib/words.ts'
import { answer } from '../output.ts'

interface Form {
  id: string
  name: string
  key: string
  campaign: string | null
  received: number
  spam: number
  closedAt: string | null
}

interface Options {
  as?: string
  name?: string
  campaign?: string
  open?: boolean
  close?: boolean
}

const AS = ['--as <email>', 'for whom: ops or admin'] as const

export function command(program: Command): void {
  const form = program.command('form').description('forms of our site: through them leads come in')
  form
    .command('list')
    .description('the forms, what came in, and what machines filled in')
    .option(...AS)
    .addHelpText('after', '\nExample: dealwright form list')
    .action(async ({ as }: Options, self: Command) => {
      const forms = await all(as)
      await answer(self, forms, () => inWords(forms))
    })
  form
    .command('add')
    .description('make a form; its address takes what a page sends')
    .argument('<name>', 'what people call it')
    .option('--campaign <name>', 'of the leads that come through it; its name unless given')
    .option(...AS)
    .addHelpText('after', '\nExample: dealwright form add "Contact us" --campaign website')
    .action(async (name: string, { as, campaign }: Options, self: Command) => {
      const { serverCall } = await import('../lib/server-call.ts')
      const body = { name, ...(campaign === undefined ? {} : { campaign }) }
      const made = await serverCall<Form>('/api/forms', { as, body })
      await answer(self, made, () => `${made.name}: pages post to /forms/${made.key}`)
    })
  form
    .command('change')
    .description('rename a form, close it or open it again')
    .argument('<id>', 'of the form, or its beginning')
    .option('--name <name>', 'its new name')
    .option('--campaign <name>', 'of the leads; none: its name')
    .option('--close', 'it takes nothing more')
    .option('--open', 'it takes leads again')
    .option(...AS)
    .addHelpText('after', '\nExample: dealwright form change 8c1f02aa --close')
    .action(change)
}

async function all(as: string | undefined): Promise<Form[]> {
  const { serverCall } = await import('../lib/server-call.ts')
  return serverCall<Form[]>('/api/forms', { as, method: 'GET' })
}

async function change(id: string, { as, name, campaign, open, close }: Options, self: Command): Promise<void> {
  const { serverCall } = await import('../lib/server-call.ts')
  const { findStart } = await import('../lib/find-start.ts')
  const { DealwrightError } = await import('../../domain/errors.ts')
  if (open === true && close === true) throw new DealwrightError('bad_input', 'Say either --open or --close.')
  const { id: whole } = findStart('form', id, await all(as))
  const body = {
    ...(name === undefined ? {} : { name }),
    ...(campaign === undefined ? {} : { campaign: campaign === 'none' ? null : campaign }),
    ...(open === true || close === true ? { open: open === true } : {}),
  }
  const changed = await serverCall<Form>(`/api/forms/${whole}`, {
    as,
    method: 'PATCH',
    body,
    headers: { 'if-match': '*' },
  })
  await answer(self, changed, () => inWords([changed]))
}

function inWords(forms: readonly Form[]): string {
  if (forms.length === 0) return 'No form yet: dealwright form add NAME'
  return table<Form>(
    [
      { head: 'FORM', get: row => shortId(row.id) },
      { head: 'NAME', get: row => row.name, shrinkTo: 12 },
      { head: 'ADDRESS', get: row => `/forms/${row.key}` },
      { head: 'CAMPAIGN', get: row => row.campaign, shrinkTo: 8 },
      { head: 'RECEIVED', get: row => row.received, right: true },
      { head: 'MACHINES', get: row => row.spam, right: true },
      { head: 'NOTE', get: row => (row.closedAt === null ? null : 'closed') },
    ],
    forms,
  )
}

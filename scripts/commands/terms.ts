import { InvalidArgumentError, Option, type Command } from 'commander'
import type { OrganisationChange, OrganisationTerms } from '../../db/stores/organisation.ts'
import { answer } from '../output.ts'

interface Options {
  name?: string
  domain?: string
  address?: string
  currency?: string
  zone?: string
  country?: string
  remindAfter?: number
  escalateAfter?: number
  autonomyLevel?: number
  autonomyCases?: number
  autonomySample?: number
  approversTwoFactor?: 'required' | 'optional'
  as?: string
}

export function command(program: Command): void {
  const terms = program
    .command('terms')
    .description('who we are, and the terms of reminders, escalation, earned autonomy and second factors')
  terms
    .command('show')
    .description('the terms as they are')
    .option('--as <email>', 'who looks')
    .addHelpText('after', '\nExample: dealwright terms show')
    .action(async ({ as }: Options, self: Command) => {
      const { serverCall } = await import('../lib/server-call.ts')
      const now = await serverCall<OrganisationTerms>('/api/organisation', { as, method: 'GET' })
      await answer(self, now, () => inWords(now))
    })
  terms
    .command('set')
    .description('change some of them; in force at once, for what waits already too')
    .option('--name <name>', 'as it stands in mails')
    .option('--domain <domain>', 'of our web site; none')
    .option('--address <text>', 'postal address for the footer of mails; none')
    .option('--currency <code>', 'of amounts that name none')
    .option('--zone <zone>', 'IANA time zone')
    .option('--country <code>', 'two letters; none')
    .option('--remind-after <hours>', 'working hours until whoever decides is reminded', whole)
    .option('--escalate-after <hours>', 'working hours until those above are told', whole)
    .option('--autonomy-level <share>', 'the bound that a class of actions has to show, such as 0.9', share)
    .option('--autonomy-cases <n>', 'over how many cases', whole)
    .option('--autonomy-sample <n>', 'people go on seeing one in so many', whole)
    .addOption(
      new Option('--approvers-two-factor <rule>', 'whether deciding takes a second factor').choices([
        'required',
        'optional',
      ]),
    )
    .option('--as <email>', 'the admin who says so; else the first admin')
    .addHelpText('after', '\nExample: dealwright terms set --remind-after 4 --escalate-after 16')
    .action(set)
}

async function set(options: Options, self: Command): Promise<void> {
  const { serverChange } = await import('../lib/server-call.ts')
  const { as } = options
  const change = changeOf(options)
  if (Object.keys(change).length === 0) {
    const { DealwrightError } = await import('../../domain/errors.ts')
    throw new DealwrightError('bad_input', 'Say what to change: see dealwright terms set --help')
  }
  const after = await serverChange<OrganisationTerms>('/api/organisation', change, as)
  await answer(self, after, () => inWords(after))
}

const emptied = (text: string | undefined): string | null | undefined => (text === 'none' ? null : text)

function changeOf(options: Options): OrganisationChange {
  const { name, currency, zone, autonomyLevel, autonomyCases, autonomySample, approversTwoFactor } = options
  const all: OrganisationChange = {
    name,
    currency,
    zone,
    domain: emptied(options.domain),
    address: emptied(options.address),
    country: emptied(options.country),
    remindAfterHours: options.remindAfter,
    escalateAfterHours: options.escalateAfter,
    autonomyLevel,
    autonomyCases,
    autonomySample,
    approversTwoFactor: approversTwoFactor === undefined ? undefined : approversTwoFactor === 'required',
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}

function inWords(terms: OrganisationTerms): string {
  const { name, domain, zone, country, currency, address } = terms
  return [
    `${name}${domain === null ? '' : ` (${domain})`}, ${[zone, country, currency].filter(Boolean).join(', ')}`,
    ...(address === null ? [] : [`Footer of mails: ${address}`]),
    `Who decides is reminded after ${terms.remindAfterHours} working hours; those above are told after ${terms.escalateAfterHours}.`,
    `Deciding takes ${terms.approversTwoFactor ? 'a second factor' : 'no second factor'}.`,
    `To go without a person a class shows a bound of ${terms.autonomyLevel} over ${terms.autonomyCases} cases; people go on seeing one in ${terms.autonomySample}.`,
  ].join('\n')
}

function whole(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('give a whole number.')
}

function share(text: string): number {
  const number = Number(text)
  if (text.trim() !== '' && number > 0 && number < 1) return number
  throw new InvalidArgumentError('give a share between 0 and 1, such as 0.9.')
}

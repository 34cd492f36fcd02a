import { Option, type Command } from 'commander'
import type { Me, MeChange } from '../../db/stores/me.ts'
import { readDay } from '../lib/weekdays.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { answer } from '../output.ts'

interface Options {
  as: string
  name?: string
  zone?: string
  days?: string
  from?: string
  to?: string
  teamHours?: boolean
  reminders?: 'on' | 'off'
}

const AS = ['--as <email>', 'who you are'] as const

export function command(program: Command): void {
  const me = program.command('me').description('what you keep of yourself: name, zone, working hours, reminders')
  me.command('show')
    .description('yourself as you are known here')
    .requiredOption(...AS)
    .addHelpText('after', '\nExample: dealwright me show --as ann@acme.example')
    .action(async ({ as }: Options, self: Command) => {
      const { serverCall } = await import('../lib/server-call.ts')
      const now = await serverCall<Me>('/api/me', { as, method: 'GET' })
      await answer(self, now, () => inWords(now))
    })
  me.command('set')
    .description('change some of it')
    .requiredOption(...AS)
    .option('--name <name>', 'as it stands here')
    .option('--zone <zone>', 'IANA time zone')
    .option('--days <list>', 'your own working days, such as Mon,Tue,Wed')
    .option('--from <time>', 'such as 08:00')
    .option('--to <time>', 'such as 16:30')
    .option('--team-hours', 'keep your team’s hours again')
    .addOption(new Option('--reminders <rule>', 'a task for what waits for you').choices(['on', 'off']))
    .addHelpText('after', '\nExample: dealwright me set --as ann@acme.example --from 08:00 --to 16:30')
    .action(set)
}

async function set(options: Options, self: Command): Promise<void> {
  const { serverCall, serverRead } = await import('../lib/server-call.ts')
  const { as, name, zone, reminders } = options
  const { document, etag } = await serverRead<Me>('/api/me', as)
  const change: MeChange = {
    ...(name === undefined ? {} : { name }),
    ...(zone === undefined ? {} : { zone }),
    ...(reminders === undefined ? {} : { reminders: reminders === 'on' }),
    ...hoursOf(options, document),
  }
  const after = await serverCall<Me>('/api/me', { as, method: 'PATCH', body: change, headers: { 'if-match': etag } })
  await answer(self, after, () => inWords(after))
}

/** What is not given stays as it holds now. */
function hoursOf({ days, from, to, teamHours }: Options, { hoursInForce: now }: Me): Pick<MeChange, 'hours'> {
  const given = days !== undefined || from !== undefined || to !== undefined
  if (teamHours === true && given)
    throw new DealwrightError('bad_input', 'Say either --team-hours or hours of your own.')
  if (teamHours === true) return { hours: null }
  if (!given) return {}
  const workingDays = days === undefined ? now.workingDays : days.split(',').map(readDay)
  return { hours: { workingDays, from: from ?? now.from, to: to ?? now.to } }
}

function inWords({ name, email, role, team, zone, hours, hoursInForce: { from, to }, reminders }: Me): string {
  return [
    `${name} <${email}>, ${role}${team === null ? '' : ` in ${team}`}, ${zone}`,
    `Works from ${from} to ${to} (${hours === null ? 'as the team does' : 'hours of their own'}); ${reminders ? 'reminded' : 'not reminded'} of what waits.`,
  ].join('\n')
}

import type { Command } from 'commander'
import type { Db } from '../../db/sql.ts'
import type { WorkingHours } from '../../db/stores/shape/working-hours.ts'
import type { Hours } from '../../domain/calendar/hours.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { DAYS, readDay } from '../lib/weekdays.ts'
import { answer } from '../output.ts'

interface Options {
  as?: string
  team?: string
  days?: string
  from?: string
  to?: string
  off?: string
}

const AS = ['--as <email>', 'the person of ops, or admin, who says so'] as const
const TEAM = ['--team <name>', 'of a team instead of the organisation'] as const
export function command(program: Command): void {
  const hours = program.command('hours').description('when we work: runs wait by these hours')
  hours
    .command('show')
    .description('the organisation’s hours and those of teams')
    .addHelpText('after', '\nExample: dealwright hours show')
    .action(show)
  hours
    .command('set')
    .description('set working days, times, and days off beyond public holidays; what is not given stays')
    .option(...TEAM)
    .option('--days <list>', 'such as Mon,Tue,Wed,Thu')
    .option('--from <time>', 'such as 09:00')
    .option('--to <time>', 'such as 17:00')
    .option('--off <dates>', 'all days off, such as 2026-12-28,2026-12-29; none: no such day')
    .option(...AS)
    .addHelpText('after', '\nExample: dealwright hours set --from 08:00 --to 16:30 --off 2026-12-28')
    .action(set)
  hours
    .command('reset')
    .description('give up a team’s own hours: the organisation’s hold again')
    .requiredOption(...TEAM)
    .option(...AS)
    .addHelpText('after', '\nExample: dealwright hours reset --team North')
    .action(reset)
}

async function teamOf(db: Db, name: string | undefined): Promise<string | null> {
  if (name === undefined) return null
  const { listTeams } = await import('../../db/stores/users.ts')
  const found = (await listTeams(db)).find(one => one.name === name)
  if (found) return found.id
  throw new DealwrightError('not_found', `There is no team ${name}: see dealwright team list`)
}

async function show(_options: Options, self: Command): Promise<void> {
  const { withDatabase } = await import('../lib/with-database.ts')
  const { listWorkingHours } = await import('../../db/stores/shape/working-hours.ts')
  const items = await withDatabase('hours show', ({ db }) => listWorkingHours(db))
  await answer(self, { items }, () => items.map(inWords).join('\n'))
}

const set = (options: Options, self: Command): Promise<void> => store(options, self, before => changed(before, options))
const reset = (options: Options, self: Command): Promise<void> => store(options, self, () => null)

async function store(options: Options, self: Command, to: (before: Hours) => Hours | null): Promise<void> {
  const { withDatabase } = await import('../lib/with-database.ts')
  const { acting } = await import('../lib/acting.ts')
  const { lockedWorkingHours, setWorkingHours } = await import('../../db/stores/shape/working-hours.ts')
  const after = await withDatabase('hours', async ({ db }) => {
    const { by } = await acting(db, options.as, 'settings.change')
    const team = await teamOf(db, options.team)
    return db.tx(async tx => {
      const before = await lockedWorkingHours(tx, team)
      return setWorkingHours(tx, before, to(before), by)
    })
  })
  await answer(self, after, () => inWords(after))
}

function changed(before: Hours, { days, from, to, off }: Options): Hours {
  return {
    workingDays: days === undefined ? before.workingDays : days.split(',').map(readDay),
    from: from ?? before.from,
    to: to ?? before.to,
    daysOff: off === undefined ? before.daysOff : off === 'none' ? [] : off.split(',').map(readDate),
  }
}

function readDate(text: string): string {
  const date = text.trim()
  const at = new Date(`${date}T00:00:00Z`)
  if (/^\d{4}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(date)) return date
  throw new DealwrightError('bad_input', `${text}: give dates such as 2026-12-28.`)
}

const inWords = ({ team, workingDays, from, to, daysOff }: WorkingHours): string =>
  `${team ?? 'Organisation'}: ${workingDays.map(day => DAYS[day - 1]).join(' ')}, ${from} to ${to}${daysOff.length > 0 ? `; off ${daysOff.join(', ')}` : ''}`

import type { Command } from 'commander'
import type { TodayItem } from '../../db/stores/lists.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { limit } from '../lib/limit.ts'
import { terminalWidth } from '../lib/table.ts'
import { withDatabase } from '../lib/with-database.ts'
import { moment, plural, shortId, wrap } from '../lib/words.ts'
import { answer } from '../output.ts'

interface Options {
  as?: string
  limit: number
}

export function command(program: Command): void {
  program
    .command('today')
    .description('what needs a person, most urgent first, with the reason and what to do')
    .option('--as <email>', 'only what needs this person')
    .option('--limit <n>', 'how many at most', limit, 20)
    .addHelpText('after', '\nExample: dealwright today --as rep@company.example')
    .action(async (options: Options, self: Command) => {
      const { today } = await import('../../db/stores/lists.ts')
      const { INSTALLATION } = await import('../../domain/access/viewer.ts')
      const { userByEmail } = await import('../../db/stores/people.ts')
      const items = await withDatabase('today', async ({ db }) => {
        const user = options.as === undefined ? null : await userByEmail(db, options.as)
        if (options.as !== undefined && !user)
          throw new DealwrightError('not_found', `There is no user with the address ${options.as}.`)
        return today(db, INSTALLATION, { person: user, limit: options.limit })
      })
      await answer(self, items, () => human(items, options.limit))
    })
}

/** What to do about each kind of item; a lead and a task lead to the brief. */
const DO: Record<TodayItem['kind'], (item: TodayItem) => string> = {
  uncertain: item => `dealwright settle ${shortId(item.id)} --sent | --not-sent`,
  approval: item => `dealwright action ${shortId(item.id)}`,
  reply: item => (item.leadId ? `dealwright brief ${shortId(item.leadId)}` : ''),
  paused_run: item => `dealwright run show ${shortId(item.id)}`,
  task: item => (item.leadId ? `dealwright brief ${shortId(item.leadId)}` : ''),
  suggestion: item => (item.leadId ? `dealwright brief ${shortId(item.leadId)}` : 'dealwright deals'),
  lead: item => `dealwright brief ${shortId(item.id)}`,
}

function human(items: readonly TodayItem[], most: number): string {
  if (items.length === 0) return 'Nothing needs you now.'
  const width = terminalWidth()
  const blocks = items.map((item, index) => {
    const number = `${index + 1}. `.padStart(4)
    const title = wrap(`${item.kind.replaceAll('_', ' ')}: ${item.title}`, width, '    ').replace('    ', number)
    const about = [item.reason, item.due && item.kind === 'task' ? `due ${moment(item.due)}` : '', item.owner ?? '']
    const reason = wrap(about.filter(Boolean).join(' · '), width, '    ')
    const next = DO[item.kind](item)
    return [title, reason, ...(next === '' ? [] : [`    ${next}`])].join('\n')
  })
  const more = items.length === most ? [`${plural(items.length, 'thing')} shown; more with --limit`] : []
  return [...blocks, ...more].join('\n')
}

import { type Command, Option } from 'commander'
import { type ClassFigures, SEGMENTS } from '../../domain/autonomy/classes.ts'
import { answer } from '../output.ts'

interface Options {
  segment: string
  why: string
  as?: string
}

interface ClassRow extends ClassFigures {
  playbook: string
  kind: string
  segment: string
  lowerBound: number
  short: string | null
  granted: boolean
  since: { what: string; by: string; reason: string; at: string } | null
}

interface Answer {
  terms: { level: number; cases: number; sample: number }
  items: ClassRow[]
}

export function command(program: Command): void {
  const autonomy = program
    .command('autonomy')
    .description('which actions may go without a person, and the figures that decide')
  autonomy
    .command('list')
    .description('each class of actions with its figures')
    .option('--as <email>', 'who looks; else the first admin or manager')
    .addHelpText('after', '\nExample: dealwright autonomy list')
    .action(list)
  autonomy
    .command('lessons')
    .description('what people edited and refused, newest first')
    .option('--playbook <name>', 'only of this one')
    .option('--as <email>', 'who looks; else the first admin or manager')
    .addHelpText('after', '\nExample: dealwright autonomy lessons --playbook inbound-lead')
    .action(lessons)
  for (const [name, description] of [
    ['grant', 'let a class go without a person, but for a sample and what the policy says'],
    ['withdraw', 'let people decide a class again'],
  ] as const)
    autonomy
      .command(name)
      .description(description)
      .argument('<playbook>', 'its name')
      .argument('<kind>', 'of action, e.g. send_mail')
      .addOption(new Option('--segment <size>', 'of the companies').choices(SEGMENTS).makeOptionMandatory())
      .requiredOption('--why <reason>', 'kept with it')
      .option('--as <email>', 'who says so; else the first admin or manager')
      .addHelpText(
        'after',
        `\nExample: dealwright autonomy ${name} inbound-lead send_mail --segment small --why "read for a month"`,
      )
      .action((playbook: string, kind: string, options: Options, self: Command) =>
        change(name, { playbook, kind, segment: options.segment, reason: options.why }, options.as, self),
      )
}

async function list(options: { as?: string }, self: Command): Promise<void> {
  const { serverCall } = await import('../lib/server-call.ts')
  const { table } = await import('../lib/table.ts')
  const found = await serverCall<Answer>('/api/autonomy', { as: options.as, method: 'GET' })
  const { level, cases, sample } = found.terms
  await answer(self, found, () =>
    [
      `To be granted a class shows a bound of ${level} over ${cases} cases; people go on seeing one in ${sample}.`,
      found.items.length === 0
        ? 'People have decided nothing yet.'
        : table<ClassRow>(
            [
              { head: 'PLAYBOOK', get: row => row.playbook, shrinkTo: 12 },
              { head: 'KIND', get: row => row.kind.replaceAll('_', ' ') },
              { head: 'SIZE', get: row => row.segment },
              { head: 'CASES', get: row => row.cases, right: true },
              { head: 'SAME', get: row => row.unchanged, right: true },
              { head: 'EDITED', get: row => `${row.editedLittle}+${row.editedMuch}`, right: true },
              { head: 'REFUSED', get: row => row.refused, right: true },
              { head: 'BAD', get: row => row.badLater, right: true },
              { head: 'ALONE', get: row => row.alone, right: true },
              { head: 'BOUND', get: row => row.lowerBound.toFixed(3), right: true },
              { head: 'STANDS', get: stands, shrinkTo: 16 },
            ],
            found.items,
          ),
    ].join('\n'),
  )
}

interface Lesson {
  kind: string
  playbook: string
  actionKind: string
  segment: string
  reason: unknown
  distance: number | null
  length: number | null
  at: string
}

async function lessons({ playbook, as }: { playbook?: string; as?: string }, self: Command): Promise<void> {
  const { serverCall } = await import('../lib/server-call.ts')
  const { table } = await import('../lib/table.ts')
  const { moment } = await import('../lib/words.ts')
  const query = new URLSearchParams({ limit: '200', ...(playbook === undefined ? {} : { playbook }) })
  const { items } = await serverCall<{ items: Lesson[] }>(`/api/lessons?${query.toString()}`, { as, method: 'GET' })
  await answer(self, items, () =>
    items.length === 0
      ? 'Nobody has edited or refused anything yet.'
      : table<Lesson>(
          [
            { head: 'WHEN', get: row => moment(row.at) },
            { head: 'PLAYBOOK', get: row => row.playbook, shrinkTo: 10 },
            { head: 'KIND', get: row => row.actionKind.replaceAll('_', ' ') },
            { head: 'SIZE', get: row => row.segment },
            { head: 'WHAT', get: row => row.kind },
            { head: 'WORDS', get: row => (row.distance === null ? null : `${row.distance} of ${row.length ?? 0}`) },
            { head: 'REASON', get: row => (typeof row.reason === 'string' ? row.reason : null), shrinkTo: 20 },
          ],
          items,
        ),
  )
}

function stands({ granted, since, short }: ClassRow): string {
  if (granted) return `granted ${since?.at.slice(0, 10) ?? ''}`
  const before = since?.what === 'withdrawn' ? `withdrawn (${since.reason}); ` : ''
  return `${before}${short ?? 'may be granted'}`
}

async function change(what: 'grant' | 'withdraw', body: object, as: string | undefined, self: Command): Promise<void> {
  const { serverCall } = await import('../lib/server-call.ts')
  const done = await serverCall<object>(`/api/autonomy/${what}`, { as, body })
  await answer(self, done, () => (what === 'grant' ? 'Granted.' : 'Withdrawn: people decide again.'))
}

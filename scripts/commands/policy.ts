import type { Command } from 'commander'
import type { Db } from '../../db/sql.ts'
import type { PolicyChange } from '../../domain/policy/describe.ts'
import type { Policy } from '../../domain/policy/parse.ts'
import { definitionCommand } from '../definitions/command.ts'
import { describeProblems, mustBeClean } from '../lib/problems.ts'
import { readText } from '../lib/read-file.ts'
import { table } from '../lib/table.ts'
import { withDatabase } from '../lib/with-database.ts'
import { shortId } from '../lib/words.ts'
import { answer } from '../output.ts'

export function command(program: Command): void {
  const policy = definitionCommand(program, {
    kind: 'policy',
    description: 'what agents may do by themselves, what a person is asked, what is refused; caps and quiet hours',
    parse,
  })
  policy
    .command('describe')
    .description('each rule and limit in plain words')
    .argument('[file]', 'YAML; else the one in force')
    .addHelpText('after', '\nExample: dealwright policy describe playbooks/policy.yaml')
    .action(describe)
  policy
    .command('try')
    .description('what the file would have decided otherwise of past actions')
    .argument('<file>', 'YAML')
    .option('--since <date>', 'only actions proposed from then on, e.g. 2026-05-01')
    .addHelpText('after', '\nExample: dealwright policy try my-policy.yaml --since 2026-05-01')
    .action(tryFile)
  policy
    .command('diff')
    .description('what differs, rule by rule: from one to the other, or to the one in force')
    .argument('<from>', 'a file, or a version such as 3')
    .argument('[to]', 'a file or a version; else the one in force')
    .addHelpText('after', '\nExample: dealwright policy diff 3 my-policy.yaml')
    .action(diff)
  policy
    .command('rollback')
    .description('put the text of an earlier version in force again, as a new version')
    .argument('[version]', 'which; else the one before')
    .option('--as <email>', 'who publishes: ops or admin')
    .addHelpText('after', '\nExample: dealwright policy rollback 3')
    .action(rollback)
}

async function parse(text: string, file: string) {
  const { parsePolicy } = await import('../../domain/policy/parse.ts')
  const { ACTION_KINDS } = await import('../../activities/registry.ts')
  return parsePolicy(text, file, ACTION_KINDS)
}

/** @throws DealwrightError `policy_invalid`, after the mistakes were shown */
async function cleanPolicy(file: string, self: Command): Promise<Policy> {
  const { policy, problems } = await parse(await readText(file), file)
  if (!policy) await answer(self, { ok: false, problems }, () => describeProblems(problems))
  mustBeClean(file, problems, 'policy_invalid')
  return policy as Policy
}

async function describe(file: string | undefined, _options: unknown, self: Command): Promise<void> {
  const { describePolicy, policyInWords } = await import('../../domain/policy/describe.ts')
  const policy =
    file === undefined
      ? await withDatabase('policy describe', ({ db }) => stored(db, null))
      : await cleanPolicy(file, self)
  await answer(self, describePolicy(policy), () => policyInWords(policy).join('\n'))
}

async function tryFile(file: string, options: { since?: string }, self: Command): Promise<void> {
  const since = await dateOf(options.since)
  const policy = await cleanPolicy(file, self)
  const { tryPolicy } = await import('../../db/stores/policy.ts')
  const trial = await withDatabase('policy try', ({ db }) => tryPolicy(db, policy, since))
  await answer(self, trial, () => {
    const heading = `${trial.changed.length} of ${trial.actions} past actions would have been decided otherwise.`
    if (trial.changed.length === 0) return heading
    const rows = table(
      [
        { head: 'action', get: one => shortId(one.id) },
        { head: 'what', get: one => one.summary, shrinkTo: 40 },
        { head: 'was', get: one => one.was },
        { head: 'would', get: one => one.would },
        { head: 'by rule', get: one => one.rule, shrinkTo: 30 },
      ],
      trial.changed,
    )
    return `${heading}\n\n${rows}`
  })
}

async function dateOf(text: string | undefined): Promise<Date | null> {
  if (text === undefined) return null
  const { DealwrightError } = await import('../../domain/errors.ts')
  const at = new Date(text)
  if (!/^\d{4}-\d{2}-\d{2}/.test(text) || Number.isNaN(at.getTime()))
    throw new DealwrightError('bad_input', `“${text}” is no date such as 2026-05-01.`)
  return at
}

async function diff(from: string, to: string | undefined, _options: unknown, self: Command): Promise<void> {
  const { policyChanges } = await import('../../domain/policy/describe.ts')
  const isVersion = (word: string): boolean => /^v?\d{1,6}$/.test(word)
  const one = (db: Parameters<typeof stored>[0], word: string | undefined): Promise<Policy> =>
    word === undefined || isVersion(word)
      ? stored(db, word ? Number(word.replace('v', '')) : null)
      : cleanPolicy(word, self)
  const changes = await withDatabase('policy diff', async ({ db }) =>
    policyChanges(await one(db, from), await one(db, to)),
  )
  await answer(self, { changes }, () => (changes.length === 0 ? 'They say the same.' : changes.map(inWords).join('\n')))
}

function inWords({ name, change, before, after }: PolicyChange): string {
  if (change === 'added') return `+ ${name}: ${after}`
  if (change === 'removed') return `- ${name}: ${before}`
  return `~ ${name}\n    ${before}\n  → ${after}`
}

/** A version that is published; null: the newest. @throws DealwrightError `not_found`, `policy_invalid` */
async function stored(db: Db, version: number | null): Promise<Policy> {
  const { inForce } = await import('../definitions/in-force.ts')
  const { policyVersion } = await import('../../db/stores/policy.ts')
  const { readPolicy } = await import('../../domain/policy/parse.ts')
  const found = version === null ? await inForce(db, 'policy') : await policyVersion(db, version)
  const name = `policy v${found.version}`
  const { policy, problems } = readPolicy(found.text, name)
  if (policy) return policy
  mustBeClean(name, problems, 'policy_invalid')
  throw new Error(`${name} has no problem and cannot be read`)
}

async function rollback(version: string | undefined, options: { as?: string }, self: Command): Promise<void> {
  const { DealwrightError } = await import('../../domain/errors.ts')
  const { inForce } = await import('../definitions/in-force.ts')
  const { policyVersion } = await import('../../db/stores/policy.ts')
  const { publishDefinition } = await import('../../db/stores/playbooks.ts')
  const { publisher } = await import('../lib/by.ts')
  if (version !== undefined && !/^v?\d{1,6}$/.test(version))
    throw new DealwrightError('bad_input', `“${version}” is no version such as 3.`)
  const done = await withDatabase('policy rollback', async ({ db }) => {
    const by = await publisher(db, options.as)
    return db.tx(async tx => {
      const now = await inForce(tx, 'policy')
      const wanted = version === undefined ? now.version - 1 : Number(version.replace('v', ''))
      const { text } = await policyVersion(tx, wanted)
      const made = await publishDefinition(tx, 'policy', text, by)
      return { kind: 'policy', from: wanted, id: made.id, version: made.version, made: made.version !== now.version }
    })
  })
  await answer(self, done, () =>
    done.made
      ? `policy: version ${done.version} is in force, with the text of version ${done.from}.`
      : `policy: version ${done.version}, in force, has this very text.`,
  )
}

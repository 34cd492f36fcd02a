/** `policy`, `scoring` and `territories`: the same words for each of the files that ops write. */
import type { Command } from 'commander'
import type { DefinitionKind } from '../../db/stores/playbooks.ts'
import type { PlaybookProblem } from '../../domain/playbook/types.ts'
import { describeProblems, mustBeClean } from '../lib/problems.ts'
import { readText } from '../lib/read-file.ts'
import { withDatabase } from '../lib/with-database.ts'
import { answer } from '../output.ts'
import { addVersions } from './versions.ts'

export interface DefinitionWords {
  kind: DefinitionKind
  description: string
  /** Loaded only when a file is checked. */
  parse: (text: string, file: string) => Promise<{ problems: PlaybookProblem[] }>
}

/** Adds `check`, `publish`, `show` and `versions`; returns the command, for what the kind adds. */
export function definitionCommand(program: Command, { kind, description, parse }: DefinitionWords): Command {
  const command = program.command(kind).description(description)
  command
    .command('check')
    .description('report every mistake of the file, with line and column')
    .argument('<file>', 'YAML')
    .addHelpText('after', `\nExample: dealwright ${kind} check playbooks/${kind}.yaml`)
    .action(async (file: string, _options: unknown, self: Command) => {
      const { problems } = await parse(await readText(file), file)
      await answer(self, { ok: problems.length === 0, problems }, () =>
        problems.length === 0 ? `${file} is in order.` : describeProblems(problems),
      )
      if (problems.length > 0) process.exitCode = 1
    })
  command
    .command('publish')
    .description('put the file in force')
    .argument('<file>', 'YAML')
    .option('--as <email>', 'who publishes: ops or admin')
    .addHelpText('after', `\nExample: dealwright ${kind} publish playbooks/${kind}.yaml`)
    .action((file: string, options: { as?: string }, self: Command) => publish(kind, parse, file, options.as, self))
  command
    .command('show')
    .description('the file in force')
    .addHelpText('after', `\nExample: dealwright ${kind} show > ${kind}.yaml`)
    .action((_options: unknown, self: Command) => show(kind, self))
  addVersions(command, kind)
  return command
}

async function publish(
  kind: DefinitionKind,
  parse: DefinitionWords['parse'],
  file: string,
  as: string | undefined,
  self: Command,
): Promise<void> {
  const text = await readText(file)
  const { problems } = await parse(text, file)
  if (problems.length > 0) await answer(self, { ok: false, problems }, () => describeProblems(problems))
  mustBeClean(file, problems, kind === 'policy' ? 'policy_invalid' : 'definition_invalid')
  const { definitionInForce, publishDefinition } = await import('../../db/stores/playbooks.ts')
  const { publisher } = await import('../lib/by.ts')
  const done = await withDatabase(`${kind} publish`, async ({ db }) => {
    const by = await publisher(db, as)
    return db.tx(async tx => {
      const before = await definitionInForce(tx, kind)
      const { id, version } = await publishDefinition(tx, kind, text, by)
      return { kind, id, version, made: before?.version !== version }
    })
  })
  await answer(self, done, () =>
    done.made
      ? `${kind}: version ${done.version} is in force.`
      : `${kind}: version ${done.version}, in force, has this very text.`,
  )
}

async function show(kind: DefinitionKind, self: Command): Promise<void> {
  const { inForce } = await import('./in-force.ts')
  const definition = await withDatabase(`${kind} show`, ({ db }) => inForce(db, kind))
  await answer(self, definition, () => definition.text.trimEnd())
}

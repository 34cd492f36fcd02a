/** Versions of scoring and territories, what differs between two, and taking one back. (The policy has its own words for the latter.) */
import type { Command } from 'commander'
import type { DefinitionKind } from '../../db/stores/playbooks.ts'
import { textDiff, versionNumber, versionTable } from '../lib/versions.ts'
import { withDatabase } from '../lib/with-database.ts'
import { answer } from '../output.ts'

export function addVersions(command: Command, kind: DefinitionKind): void {
  command
    .command('versions')
    .description('what was published, newest first; the first is in force')
    .addHelpText('after', `\nExample: dealwright ${kind} versions`)
    .action(async (_options: unknown, self: Command) => {
      const { definitionVersions } = await import('../../db/stores/playbook-versions.ts')
      const rows = await withDatabase(`${kind} versions`, ({ db }) => definitionVersions(db, kind))
      await answer(self, rows, () =>
        rows.length === 0
          ? `No ${kind} file is published.`
          : versionTable(rows.map((row, at) => ({ ...row, active: at === 0 }))),
      )
    })
}

export function addDiffAndRollback(command: Command, kind: DefinitionKind): void {
  command
    .command('diff')
    .description('what one version says otherwise than another, or than the one in force')
    .argument('<from>', 'a version such as 3')
    .argument('[to]', 'a version; else the one in force')
    .addHelpText('after', `\nExample: dealwright ${kind} diff 1`)
    .action(async (from: string, to: string | undefined, _options: unknown, self: Command) => {
      const { inForce } = await import('./in-force.ts')
      const { definitionText } = await import('../../db/stores/playbook-versions.ts')
      const found = await withDatabase(`${kind} diff`, async ({ db }) => {
        const before = await definitionText(db, kind, versionNumber(from))
        const after = to === undefined ? await inForce(db, kind) : await definitionText(db, kind, versionNumber(to))
        return textDiff(kind, before, after)
      })
      await answer(self, found, () => found.diff.trimEnd() || 'They say the same.')
    })
  command
    .command('rollback')
    .description('put the text of an earlier version in force again, as a new version')
    .argument('[version]', 'which; else the one before')
    .option('--as <email>', 'who publishes: ops or admin')
    .addHelpText('after', `\nExample: dealwright ${kind} rollback 3`)
    .action((version: string | undefined, options: { as?: string }, self: Command) =>
      rollback(kind, version, options.as, self),
    )
}

async function rollback(kind: DefinitionKind, version: string | undefined, as: string | undefined, self: Command) {
  const { inForce } = await import('./in-force.ts')
  const { definitionText } = await import('../../db/stores/playbook-versions.ts')
  const { publishDefinition } = await import('../../db/stores/playbooks.ts')
  const { publisher } = await import('../lib/by.ts')
  const wanted = version === undefined ? null : versionNumber(version)
  const done = await withDatabase(`${kind} rollback`, async ({ db }) => {
    const by = await publisher(db, as)
    return db.tx(async tx => {
      const now = await inForce(tx, kind)
      const from = wanted ?? now.version - 1
      const { text } = await definitionText(tx, kind, from)
      const made = await publishDefinition(tx, kind, text, by)
      return { kind, from, id: made.id, version: made.version, made: made.version !== now.version }
    })
  })
  await answer(self, done, () =>
    done.made
      ? `${kind}: version ${done.version} is in force, with the text of version ${done.from}.`
      : `${kind}: version ${done.version}, in force, has this very text.`,
  )
}

import type { Command } from 'commander'
import { definitionCommand } from '../definitions/command.ts'
import { addDiffAndRollback } from '../definitions/versions.ts'
import type { RouteChange, TerritoriesTrial } from '../../domain/definition-trial.ts'
import { describeProblems, mustBeClean } from '../lib/problems.ts'
import { readText } from '../lib/read-file.ts'
import { table } from '../lib/table.ts'
import { withDatabase } from '../lib/with-database.ts'
import { plural, shortId } from '../lib/words.ts'
import { answer } from '../output.ts'
import { progress } from '../progress.ts'

const parser = () => import('../../domain/routing/parse.ts')

export function command(program: Command): void {
  const territories = definitionCommand(program, {
    kind: 'territories',
    description: 'whose lead it is: countries, industries, sizes and the people who work there',
    parse: async (text, file) => (await parser()).parseTerritories(text, file),
  })
  addDiffAndRollback(territories, 'territories')
  territories
    .command('try')
    .description('show which leads another person would get under a file, if given out now; changes nothing')
    .argument('<file>', 'YAML')
    .addHelpText('after', '\nExample: dealwright territories try territories.yaml')
    .action(tryOut)
}

async function tryOut(file: string, _options: unknown, self: Command): Promise<void> {
  const { parseTerritories } = await parser()
  const { territories, problems } = parseTerritories(await readText(file), file)
  if (!territories) {
    await answer(self, { ok: false, problems }, () => describeProblems(problems))
    return mustBeClean(file, problems, 'definition_invalid')
  }
  const { tryTerritories } = await import('../definitions/try-territories.ts')
  const bar = progress('leads')
  const trial = await withDatabase('territories try', ({ db }) => tryTerritories(db, territories, bar.update)).finally(
    () => bar.end(),
  )
  await answer(self, trial, () => human(trial))
}

function human({ version, leads, changed }: TerritoriesTrial): string {
  const head = `Of ${plural(leads, 'current lead')}, ${changed.length} would be given out otherwise than by version ${version}. Leads keep the owners they have.`
  if (changed.length === 0) return head
  const rows = table<RouteChange>(
    [
      { head: 'LEAD', get: row => shortId(row.lead) },
      { head: 'NAME', get: row => row.name, shrinkTo: 12 },
      { head: 'COMPANY', get: row => row.company, shrinkTo: 12 },
      { head: 'HAS', get: row => row.owner, shrinkTo: 8 },
      { head: 'BEFORE', get: row => row.before.owner ?? 'nobody', shrinkTo: 8 },
      { head: 'AFTER', get: row => row.after.owner ?? 'nobody', shrinkTo: 8 },
      { head: 'WHY', get: row => row.after.reason, shrinkTo: 20 },
    ],
    changed,
  )
  return `${head}\n${rows}`
}

import type { Command } from 'commander'
import { definitionCommand } from '../definitions/command.ts'
import { addDiffAndRollback } from '../definitions/versions.ts'
import type { ScoreChange, ScoringTrial } from '../../domain/definition-trial.ts'
import { describeProblems, mustBeClean } from '../lib/problems.ts'
import { readText } from '../lib/read-file.ts'
import { table } from '../lib/table.ts'
import { withDatabase } from '../lib/with-database.ts'
import { plural, shortId } from '../lib/words.ts'
import { answer } from '../output.ts'
import { progress } from '../progress.ts'

const parser = () => import('../../domain/scoring/parse.ts')

export function command(program: Command): void {
  const scoring = definitionCommand(program, {
    kind: 'scoring',
    description: 'how leads are scored: the ideal customer and signs of interest, in points',
    parse: async (text, file) => (await parser()).parseScoring(text, file),
  })
  addDiffAndRollback(scoring, 'scoring')
  scoring
    .command('try')
    .description('show whose score would change under a file, how and why; changes nothing')
    .argument('<file>', 'YAML')
    .addHelpText('after', '\nExample: dealwright scoring try scoring.yaml')
    .action(tryOut)
}

async function tryOut(file: string, _options: unknown, self: Command): Promise<void> {
  const { parseScoring } = await parser()
  const { scoring, problems } = parseScoring(await readText(file), file)
  if (!scoring) {
    await answer(self, { ok: false, problems }, () => describeProblems(problems))
    return mustBeClean(file, problems, 'definition_invalid')
  }
  const { tryScoring } = await import('../definitions/try-scoring.ts')
  const bar = progress('leads')
  const trial = await withDatabase('scoring try', ({ db }) => tryScoring(db, scoring, bar.update)).finally(() =>
    bar.end(),
  )
  await answer(self, trial, () => human(trial))
}

function human({ version, leads, changed }: ScoringTrial): string {
  const head = `Of ${plural(leads, 'current lead')}, ${changed.length} would change against version ${version}.`
  if (changed.length === 0) return head
  const rows = table<ScoreChange>(
    [
      { head: 'LEAD', get: row => shortId(row.lead) },
      { head: 'NAME', get: row => row.name, shrinkTo: 12 },
      { head: 'COMPANY', get: row => row.company, shrinkTo: 12 },
      { head: 'BEFORE', get: row => row.before, right: true },
      { head: 'AFTER', get: row => row.after, right: true },
      { head: 'WHY', get: row => row.why.join('; '), shrinkTo: 30 },
    ],
    changed,
  )
  return `${head}\n${rows}`
}

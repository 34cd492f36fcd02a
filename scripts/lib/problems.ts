/** Mistakes in a file that people wrote, as commands report them. */
import { DealwrightError } from '../../domain/errors.ts'
import type { PlaybookProblem } from '../../domain/playbook/types.ts'
import { plural } from './words.ts'

export interface Checked {
  ok: boolean
  problems: PlaybookProblem[]
}

/** A line a mistake, in the form that editors jump to. */
export function describeProblems(problems: readonly PlaybookProblem[]): string {
  return problems.map(({ file, line, column, message }) => `${file}:${line}:${column}: ${message}`).join('\n')
}

/** @throws DealwrightError after a check that found mistakes, so that the command exits 1 */
export function mustBeClean(
  file: string,
  problems: readonly PlaybookProblem[],
  code: 'playbook_invalid' | 'policy_invalid' | 'definition_invalid',
): void {
  if (problems.length === 0) return
  throw new DealwrightError(code, `${file} has ${plural(problems.length, 'mistake')}: nothing was published.`)
}

/** Published versions by command: of playbooks and of the files that ops write. */
import { createTwoFilesPatch } from 'diff'
import { DealwrightError } from '../../domain/errors.ts'
import { table } from './table.ts'
import { moment } from './words.ts'

export interface Version {
  version: number
  hash: string
  publishedBy: string
  publishedAt: Date
}

/** @throws DealwrightError `bad_input` for what is no version such as 3 or v3 */
export function versionNumber(text: string): number {
  if (/^v?\d{1,6}$/.test(text)) return Number(text.replace('v', ''))
  throw new DealwrightError('bad_input', `“${text}” is no version such as 3.`)
}

export const versionTable = (rows: readonly (Version & { active?: boolean })[]): string =>
  table<Version & { active?: boolean }>(
    [
      { head: 'VERSION', get: row => row.version, right: true },
      { head: 'PUBLISHED', get: row => moment(row.publishedAt) },
      { head: 'BY', get: row => row.publishedBy, shrinkTo: 20 },
      { head: 'HASH', get: row => row.hash.slice(0, 12) },
      { head: 'NOTE', get: row => (row.active === true ? 'in force' : null) },
    ],
    rows,
  )

interface Text {
  version: number
  text: string
}

/** What the second says otherwise, as a unified diff; empty: they say the same. */
export function textDiff(name: string, from: Text, to: Text): { from: number; to: number; diff: string } {
  const label = (of: number) => `${name} ${of}`
  const diff =
    from.text === to.text
      ? ''
      : createTwoFilesPatch(label(from.version), label(to.version), from.text, to.text, '', '', { context: 3 })
  return { from: from.version, to: to.version, diff }
}

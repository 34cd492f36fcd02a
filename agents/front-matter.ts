import { parseDocument } from 'yaml'
import { DealwrightError } from '../domain/errors.ts'

/** Splits a Markdown file into its YAML front matter and its trimmed text. Throws `bad_input` naming the file. */
export function splitFrontMatter(content: string, file: string): { data: unknown; body: string } {
  const match = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n([\s\S]*))?$/.exec(content)
  if (match === null) {
    throw new DealwrightError('bad_input', `${file}: begin the file with front matter between two lines of "---".`)
  }
  const document = parseDocument(match[1] ?? '')
  const [problem] = document.errors
  if (problem !== undefined) {
    // The first line of a YAML error names the place; the rest quotes the file.
    throw new DealwrightError('bad_input', `${file}: front matter: ${problem.message.split('\n')[0]}`)
  }
  return { data: document.toJS({ maxAliasCount: 0 }) as unknown, body: (match[2] ?? '').trim() }
}

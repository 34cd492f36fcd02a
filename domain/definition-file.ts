/** Files that ops write (policy, scoring, territories): YAML held to a schema, each mistake with file, line and column. */
import { isMap, isSeq } from 'yaml'
import type { z } from 'zod'
import type { PlaybookProblem } from './playbook/types.ts'
import { type ParsedNode, Source } from './playbook/yaml-source.ts'

export interface DefinitionFile<T> {
  value?: T
  problems: PlaybookProblem[]
  /** Reports a mistake that the schema cannot see, at the place of this path. */
  report: (path: readonly PropertyKey[], message: string, offset?: number) => void
}

export function readDefinition<T>(text: string, file: string, schema: z.ZodType<T>): DefinitionFile<T> {
  const source = new Source(text, file)
  const root = source.read()
  const report = (path: readonly PropertyKey[], message: string, offset = 0): void => {
    const node = nodeAt(root, path)
    source.report(node?.range ? node.range[0] + offset : 0, message)
  }
  if (root === null) return { problems: source.problems, report }
  const parsed = schema.safeParse(root.toJSON())
  if (parsed.success) return { value: parsed.data, problems: source.problems, report }
  for (const issue of parsed.error.issues) report(issue.path, issue.message)
  return { problems: source.problems, report }
}

/** The deepest node on the path that is there. */
function nodeAt(root: ParsedNode | null, path: readonly PropertyKey[]): ParsedNode | null {
  let node = root
  for (const key of path) {
    if (!isMap(node) && !isSeq(node)) break
    const next = node.get(typeof key === 'symbol' ? String(key) : key, true) as ParsedNode | undefined
    if (!next) break
    node = next
  }
  return node
}

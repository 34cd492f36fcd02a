/** Files that ops write (policy, scoring, territories): YAML held to a schema, each mistake with file, line and column. */
import { isMap, isScalar, isSeq } from 'yaml'
import type { z } from 'zod'
import { didYouMean } from './playbook/suggest.ts'
import type { PlaybookProblem } from './playbook/types.ts'
import { isText, type ParsedNode, Source } from './playbook/yaml-source.ts'

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
    // A condition's characters are not those of the file where it is quoted or folded.
    source.report(isText(node) ? source.offsetIn(node, offset) : (node?.range?.[0] ?? 0), message)
  }
  if (root === null) return { problems: source.problems, report }
  const parsed = schema.safeParse(root.toJSON())
  if (parsed.success) return { value: parsed.data, problems: source.problems, report }
  for (const issue of parsed.error.issues) {
    if (issue.code === 'unrecognized_keys')
      unknownKeys(source, nodeAt(root, issue.path), issue.keys, keysAt(schema, issue.path))
    else report(issue.path, issue.message)
  }
  return { problems: source.problems, report }
}

/** Each unknown key at its own place, with the one that was probably meant. */
function unknownKeys(source: Source, node: ParsedNode | null, keys: readonly string[], known: readonly string[]): void {
  for (const key of keys) {
    const pair = isMap(node) ? node.items.find(item => isScalar(item.key) && String(item.key.value) === key) : undefined
    const meant = didYouMean(key, known) || (known.length > 0 ? `: it has ${known.join(', ')}` : '')
    source.report(pair?.key ?? node, `unknown key '${key}'${meant}`)
  }
}

/** The keys that the schema has at this path; none where it cannot be told. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let at = schema as unknown as Shape | undefined
  for (const key of path) {
    at = inner(at)
    at = at?.element ?? at?.shape?.[String(key)]
  }
  return Object.keys(inner(at)?.shape ?? {})
}

interface Shape {
  shape?: Record<string, Shape>
  element?: Shape
  unwrap?: () => Shape
  def?: { type?: string }
}

function inner(schema: Shape | undefined): Shape | undefined {
  return schema?.def?.type === 'optional' ? schema.unwrap?.() : schema
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

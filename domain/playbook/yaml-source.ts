/** YAML text with positions, read so that hostile text is refused before anything recursive runs over it. */
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  Parser,
  type ParsedNode,
  parseDocument,
  type Scalar,
  visit,
} from 'yaml'
import { LIMITS } from './limits.ts'
import { didYouMean } from './suggest.ts'
import type { PlaybookProblem } from './types.ts'

export type { ParsedNode, Scalar } from 'yaml'

export function isText(node: ParsedNode | null): node is Scalar.Parsed {
  return isScalar(node) && typeof node.value === 'string'
}

/** A mapping's entries by key, with the key's own node for reporting. */
export type Entries = Map<string, { key: ParsedNode; value: ParsedNode | null }>

/** Collects problems against one text. Offsets count characters from the start. */
export class Source {
  readonly problems: PlaybookProblem[] = []
  readonly #file: string
  readonly #text: string

  constructor(text: string, file: string) {
    this.#text = text
    this.#file = file
  }

  report(at: Node | number | null, message: string): void {
    if (this.problems.length >= LIMITS.problems) return
    const offset = typeof at === 'number' ? at : (at?.range?.[0] ?? 0)
    this.problems.push({ file: this.#file, ...this.#place(offset), message })
  }

  line(node: Node): number {
    return this.#place(node.range?.[0] ?? 0).line
  }

  /** Counted here and not by the YAML library, whose count goes wrong in text that it gives up on. */
  #place(offset: number): { line: number; column: number } {
    const before = this.#text.slice(0, offset)
    return { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') }
  }

  /** The document's root node; null after reporting why there is none. */
  read(): ParsedNode | null {
    if (this.#text.length > LIMITS.text) {
      this.report(0, `the file has ${this.#text.length} characters; at most ${LIMITS.text} are read`)
      return null
    }
    // The composer recurses, and runs out of stack on deep text in ways that cannot be caught: count depth on tokens first.
    const deep = tooDeep(this.#text)
    if (deep !== null) {
      this.report(deep, `nested deeper than ${LIMITS.yamlDepth} levels`)
      return null
    }
    const document = parseDocument(this.#text, {
      prettyErrors: false,
      merge: false,
      logLevel: 'error',
    })
    for (const error of [...document.errors, ...document.warnings]) this.report(error.pos[0], error.message)
    if (document.errors.length > 0) return null
    visit(document, {
      Node: (_, node) => {
        if (isAlias(node)) this.report(node, 'aliases are not allowed: write it out')
        else if (node.anchor !== undefined) this.report(node, 'anchors are not allowed: write it out')
        else if (node.tag !== undefined && node.tag.startsWith('!')) this.report(node, 'tags are not allowed')
      },
    })
    if (this.problems.length > 0) return null
    if (document.contents === null) this.report(0, 'the file is empty')
    return document.contents
  }

  /** The entries of a mapping whose keys must be among `allowed`. Null after reporting that it is no mapping. */
  entries(node: ParsedNode | null, at: Node | null, what: string, allowed: readonly string[]): Entries | null {
    if (!isMap(node)) {
      this.report(node ?? at, `${what} must be a mapping with ${list(allowed)}`)
      return null
    }
    const entries: Entries = new Map()
    for (const pair of node.items) {
      const key = isScalar(pair.key) ? String(pair.key.value) : null
      if (key === null || !allowed.includes(key)) {
        this.report(
          pair.key,
          `unknown key '${key ?? 'a collection'}' in ${what}${didYouMean(key ?? '', allowed) || `: it has ${list(allowed)}`}`,
        )
      } else entries.set(key, { key: pair.key, value: pair.value })
    }
    return entries
  }

  items(node: ParsedNode | null, at: Node | null, what: string): ParsedNode[] | null {
    if (isSeq(node)) return node.items
    this.report(node ?? at, `${what} must be a list`)
    return null
  }

  /** A text scalar, or null after reporting. Numbers and booleans are no texts. */
  text(node: ParsedNode | null, at: Node | null, what: string): string | null {
    if (isScalar(node) && typeof node.value === 'string' && node.value !== '') return node.value
    this.report(node ?? at, `${what} must be a text`)
    return null
  }

  wholeNumber(node: ParsedNode | null, at: Node | null, what: string, least: number, most: number): number | null {
    if (isScalar(node) && typeof node.value === 'number' && Number.isInteger(node.value)) {
      if (node.value >= least && node.value <= most) return node.value
    }
    this.report(node ?? at, `${what} must be a whole number from ${least} to ${most}`)
    return null
  }

  number(node: ParsedNode | null, at: Node | null, what: string, least: number, most: number): number | null {
    if (isScalar(node) && typeof node.value === 'number' && node.value >= least && node.value <= most) return node.value
    this.report(node ?? at, `${what} must be a number from ${least} to ${most}`)
    return null
  }

  /** Where in the file the character at `index` of a text scalar's value stands. */
  offsetIn(node: Scalar, index: number): number {
    const [start, end] = node.range ?? [0, 0]
    return start + sourceIndex(this.#text.slice(start, end), String(node.value), index)
  }
}

function list(words: readonly string[]): string {
  return words.join(', ')
}

/** The offset of the first token below the limit, or null. Iterative, since the text may be hostile. */
function tooDeep(text: string): number | null {
  for (const document of new Parser().parse(text)) {
    const open: [token: unknown, depth: number][] = [[document, 0]]
    for (let top = open.pop(); top; top = open.pop()) {
      const [token, depth] = top
      if (typeof token !== 'object' || token === null) continue
      const { offset, items, value, key } = token as {
        offset?: number
        items?: unknown[]
        value?: unknown
        key?: unknown
      }
      if (depth > LIMITS.yamlDepth) return offset ?? 0
      for (const item of items ?? []) {
        const pair = item as { key?: unknown; value?: unknown }
        open.push([pair.key, depth + 1], [pair.value, depth + 1])
      }
      if (items === undefined) open.push([key, depth], [value, depth])
    }
  }
  return null
}

/**
 * Walks source and value side by side: quotes and escapes are skipped, and a line break folded into a space (or a block's
 * indentation) counts as the white space it became.
 */
function sourceIndex(source: string, value: string, index: number): number {
  const quote = source[0] === '"' || source[0] === "'" ? source[0] : null
  let at = quote === null ? 0 : 1
  if (source[0] === '|' || source[0] === '>') at = source.indexOf('\n') + 1
  for (let seen = 0; seen < index && at < source.length; seen++) {
    at = skipped(source, at, value[seen] ?? '')
    if (quote === '"' && source[at] === '\\') at += 2
    else if (quote === "'" && source[at] === "'") at += 2
    else at += 1
  }
  while (/\s/.test(source[at] ?? '') && !/\s/.test(value[index] ?? ' ')) at++
  return Math.min(at, source.length)
}

function skipped(source: string, at: number, expected: string): number {
  if (/\s/.test(expected)) {
    // Several characters of white space became one: stand on the last of them.
    let last = at
    if (source[at] === '\n') while (/\s/.test(source[last + 1] ?? '')) last++
    return last
  }
  let next = at
  while (/\s/.test(source[next] ?? '')) next++
  return next
}

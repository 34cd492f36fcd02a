/**
 * Where in a YAML text one stands while it is being written. A parser wants a whole text; this reads what stands before the cursor, line
 * by line, and so finds its way in one that is not finished.
 */
import type { Step } from './schema.ts'

export interface Where {
  path: Step[]
  /** `either`: the beginning of a line could become a key, or a value of its own. */
  expects: 'key' | 'value' | 'either'
  /** Where a key may stand: those that its mapping has before this place, with their values where those are words. */
  beside: ReadonlyMap<string, string | null>
  /** What is written of the word so far. */
  word: string
}

/** A mapping or a list that is open. `column` is where its keys or dashes stand; of one in brackets it does not count. */
interface Open {
  list: boolean
  column: number
  key: string | null
  keys: Map<string, string | null>
}

const KEY = /^(?:"([^"]*)"|'([^']*)'|([^\s#"'[\]{},:&*!|>%@`-][^#:]*?|-[^\s#:][^#:]*?))\s*:(?=\s|$)/

/** @param before the text up to the cursor */
export function whereIs(before: string): Where {
  const reader = new Reader()
  const lines = before.split('\n')
  for (const line of lines.slice(0, -1)) reader.line(line)
  return reader.end(lines.at(-1) ?? '')
}

class Reader {
  /** Mappings and lists by indentation. */
  readonly #blocks: Open[] = []
  /** Those in brackets, within the innermost of the others. */
  readonly #brackets: Open[] = []
  #word = ''
  #quote = ''
  /** Lines of a text block (`|`, `>`) are deeper than this. */
  #textBelow: number | null = null

  line(line: string): void {
    this.#take(line)
    if (this.#brackets.length > 0) this.#endWord(' ')
  }

  end(line: string): Where {
    const expects = this.#take(line)
    const bracket = this.#brackets.at(-1)
    const path = [...this.#blocks, ...this.#brackets].flatMap(stepInto)
    if (bracket) {
      const value = bracket.list || bracket.key !== null
      return {
        path,
        expects: value ? 'value' : 'key',
        beside: value ? new Map() : bracket.keys,
        word: this.#word.trim(),
      }
    }
    const block = this.#blocks.at(-1)
    if (expects === 'value') return { path, expects, beside: new Map(), word: this.#word.trim() }
    return { path, expects: 'either', beside: block && !block.list ? block.keys : new Map(), word: this.#word.trim() }
  }

  /** Reads a line or the beginning of one; says what the place after it expects, where it stands in no brackets. */
  #take(line: string): 'value' | 'either' {
    this.#word = ''
    if (this.#brackets.length > 0) {
      this.#flow(line)
      return 'value'
    }
    let column = line.length - line.trimStart().length
    if (this.#textBelow !== null) {
      if (line.trim() === '' || column > this.#textBelow) return 'value'
      this.#textBelow = null
    }
    let rest = line.slice(column)
    if (rest.startsWith('#')) return 'value'
    for (let dash = /^-(\s+|$)/.exec(rest); dash; dash = /^-(\s+|$)/.exec(rest)) {
      this.#openList(column)
      column += dash[0].length
      rest = rest.slice(dash[0].length)
    }
    const key = KEY.exec(rest)
    if (!key) {
      this.#standAt(column, rest)
      return 'either'
    }
    this.#openKey(column, key[1] ?? key[2] ?? key[3] ?? '')
    this.#value(rest.slice(key[0].length), column)
    return 'value'
  }

  #openList(column: number): void {
    this.#close(open => open.column > column)
    if (!this.#blocks.at(-1)?.list || this.#blocks.at(-1)?.column !== column)
      this.#blocks.push({ list: true, column, key: null, keys: new Map() })
  }

  #openKey(column: number, key: string): void {
    this.#close(open => open.column > column || (open.list && open.column === column))
    let block = this.#blocks.at(-1)
    if (!block || block.list || block.column !== column) {
      block = { list: false, column, key: null, keys: new Map() }
      this.#blocks.push(block)
    }
    block.key = key
    block.keys.set(key, null)
  }

  /** A word that may become a key, or nothing yet: in the mapping of this column, else in what is open around it. */
  #standAt(column: number, rest: string): void {
    this.#close(open => open.column > column)
    const block = this.#blocks.at(-1)
    if (block && !block.list && block.column === column) block.key = null
    if (/^[[{]/.test(rest)) this.#flow(rest)
    else this.#word = rest
  }

  #close(when: (open: Open) => boolean): void {
    for (let last = this.#blocks.at(-1); last && when(last); last = this.#blocks.at(-1)) this.#blocks.pop()
  }

  #value(text: string, column: number): void {
    const trimmed = text.trimStart()
    if (/^[[{]/.test(trimmed)) this.#flow(trimmed)
    else if (/^[|>][+-]?\d*\s*(#.*)?$/.test(trimmed)) this.#textBelow = column
    else {
      this.#word = trimmed.replace(/\s#.*$/, '')
      const block = this.#blocks.at(-1)
      if (block?.key) block.keys.set(block.key, scalarOf(this.#word))
    }
  }

  #flow(text: string): void {
    for (let at = 0; at < text.length; at++) {
      const char = text[at] as string
      if (this.#quote) {
        if (char === this.#quote) this.#quote = ''
        else this.#word += char
      } else if ((char === '"' || char === "'") && this.#word.trim() === '') this.#quote = char
      else if (char === '#' && (at === 0 || text[at - 1] === ' ')) return
      else if (char === '{' || char === '[') this.#push(char === '[')
      else if (char === '}' || char === ']') this.#pop()
      else if (char === ',') this.#endWord(char)
      else if (char === ':' && (at + 1 === text.length || /[\s"'[{]/.test(text[at + 1] as string))) this.#endWord(char)
      else this.#word += char
    }
  }

  #push(list: boolean): void {
    this.#brackets.push({ list, column: 0, key: null, keys: new Map() })
    this.#word = ''
  }

  #pop(): void {
    this.#endWord(',')
    this.#brackets.pop()
    this.#word = ''
  }

  /** `:` ends a key, `,` a value; a line's end within brackets neither. */
  #endWord(by: string): void {
    const open = this.#brackets.at(-1)
    const word = this.#word.trim()
    if (!open) return
    if (by === ':' && !open.list && open.key === null) {
      open.key = word
      open.keys.set(word, null)
    } else if (by === ',') {
      if (!open.list && open.key !== null) open.keys.set(open.key, scalarOf(word))
      open.key = null
    } else return
    this.#word = ''
  }
}

function stepInto(open: Open): Step[] {
  if (open.list) return ['item']
  if (open.key === null) return []
  const beside = new Map(open.keys)
  beside.delete(open.key)
  return [{ key: open.key, beside }]
}

/** A plain or quoted word; null for what is none. */
function scalarOf(text: string): string | null {
  const word = text.trim().replace(/^(["'])(.*)\1$/, '$2')
  return word === '' ? null : word
}

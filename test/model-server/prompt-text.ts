/** Takes a prompt apart again, as a model would read it: the stand-in knows only what was sent. */

/** What stands between the first fence of untrusted data. */
export function dataOf(prompt: string): string {
  return dataBlocks(prompt)[0] ?? ''
}

export function dataBlocks(prompt: string): string[] {
  return [...prompt.matchAll(/<<data (\w+)>>\n([\s\S]*?)\n<<end \1>>/g)].map(match => match[2] ?? '')
}

export interface SentSource {
  /** Of its first passage. */
  number: number
  kind: string
  text: string
}

/** Sources of a researcher's prompt: a heading, then passages, each with its number in brackets. */
export function sourcesOf(prompt: string): SentSource[] {
  const sources: SentSource[] = []
  for (const line of dataOf(prompt).split('\n')) {
    const kind = /^## (page|mail|call_note|crm_field|knowledge), voice of /.exec(line)?.[1]
    const [, number = '', text = line] = /^\[(\d+)\] (.*)$/.exec(line) ?? []
    const last = sources.at(-1)
    if (kind !== undefined) sources.push({ number: 0, kind, text: '' })
    else if (last !== undefined) {
      last.number ||= Number(number)
      last.text += last.text === '' ? text : `\n${text}`
    }
  }
  return sources
}

export function subjectOf(prompt: string): { name: string; aliases: string[] } {
  const names = (/^Subject: (.*?)(?: \([^()]*\))?$/m.exec(prompt)?.[1] ?? '').split('; ')
  return { name: names[0] ?? '', aliases: names.slice(1) }
}

export interface SentItem {
  alias: string
  kind: string
  talk: boolean
  told: boolean
  unquoted: boolean
  text: string
  quote: string
}

/** `F1 (kind, marks) text “quote”` and `K1 (kind, marks) text` lines of a writer's prompt. */
export function itemsOf(prompt: string, letter: 'F' | 'K'): SentItem[] {
  return [
    ...prompt.matchAll(new RegExp(`^(${letter}\\d+) \\((\\w+)((?:, [\\w ]+)*)\\) (.*?)(?: “([^”]*)”)?$`, 'gm')),
  ].map(match => ({
    alias: match[1] ?? '',
    kind: match[2] ?? '',
    talk: (match[3] ?? '').includes('said to us'),
    told: (match[3] ?? '').includes('told before'),
    unquoted: (match[3] ?? '').includes('not to be quoted'),
    text: match[4] ?? '',
    quote: match[5] ?? match[4] ?? '',
  }))
}

/**
 * What stands in brackets right behind the firm's own name, label by label, as Japanese and Chinese releases introduce a company:
 * 株式会社ネットマイル（本社：東京都千代田区、代表取締役社長：山本雅）.
 */
import type { FactKind } from '../../domain/evidence/types.ts'
import type { Draft, Rule } from './rule.ts'

const BRACKETS = /(?<name>[\p{L}\p{N}・ー]{2,30})[（(](?<inside>[^（）()]{4,200})[）)]/gu
const LABELS: readonly [FactKind, RegExp][] = [
  ['headquarters', /^(?:本社|本店|所在地|总部|總部|本社所在地)$/u],
  ['founded', /^(?:設立|创立|成立|創業)$/u],
  ['leader', /^(?:代表取締役.*|代表者?|社長|董事长|総裁|会長)$/u],
]

export const bracketed: Rule = ({ text, isSubject }) => {
  const drafts: Draft[] = []
  for (const match of text.matchAll(BRACKETS)) {
    const { name = '', inside = '' } = match.groups ?? {}
    if (!endsWithOwn(name, isSubject)) continue
    let at = match.index + match[0].indexOf(inside, name.length)
    for (const part of inside.split(/[、,，]/u)) {
      const [label = '', value = ''] = part.split(/[：:]/u).map(piece => piece.trim())
      const kind = LABELS.find(([, form]) => form.test(label))?.[0]
      if (kind !== undefined && value !== '') {
        const quote = { start: at, end: at + part.length }
        drafts.push({ kind, value: kind === 'leader' ? `${value}, ${label}` : value, quote })
      }
      at += part.length + 1
    }
  }
  return drafts
}

/** There are no spaces: the longest end of the run of letters that is the firm's name counts. */
function endsWithOwn(run: string, isSubject: (name: string) => boolean): boolean {
  const bare = run.replace(/.*株式会社/u, '')
  return Array.from({ length: bare.length }, (_, at) => bare.slice(at)).some(end => end.length >= 2 && isSubject(end))
}

/** Boxes of `label: value` lines: whose facts they list is said by one line of the box, not by the page. */
import type { Passage } from './passage.ts'
import { fold } from './text.ts'

const LABELLED = /^[^:\n]{2,40}:[ \t]+\S[^\n]{0,120}$/u
const NAMES_PARTY =
  /^(?:company|company name|client|customer|partner|organi[sz]ation|name|unternehmen|firma|kunde|kundin|auftraggeber|entreprise|societe|client|nom|empresa|cliente|compania)$/

/** The party that a line of the box names, when the quote stands in one of the box's lines; else null. */
export function factBoxOwner(passage: Passage): string | null {
  if (passage.isData) return null
  const { text } = passage.prepared.source
  const lineAt = (start: number) => {
    const end = text.indexOf('\n', start)
    return text.slice(start, end === -1 ? text.length : end)
  }
  let start = text.lastIndexOf('\n', passage.quote.start - 1) + 1
  if (!LABELLED.test(lineAt(start).trim())) return null
  for (let lines = 0; lines < 12; lines++) {
    const line = lineAt(start).trim()
    if (!LABELLED.test(line)) return null
    const colon = line.indexOf(':')
    if (NAMES_PARTY.test(fold(line.slice(0, colon).trim()))) return line.slice(colon + 1).trim()
    if (start === 0) return null
    start = text.lastIndexOf('\n', start - 2) + 1
  }
  return null
}

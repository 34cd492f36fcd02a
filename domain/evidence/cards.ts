/** Which title belongs to which name where both stand in lines of their own, as on team pages. */
import type { Passage } from './passage.ts'
import type { Prepared } from './prepare.ts'
import type { Span } from './text.ts'
import { fold, lastStartingBy, tokens } from './text.ts'
import { comparable, sameWord } from './words.ts'

const TITLE =
  /\b(?:ceo|coo|cfo|cto|cmo|cio|cpo|cro|ciso|md|vp|chief|officer|founder|co-?founder|chair\w*|president\w*|director\w*|head|owner|manager\w*|lead|leader|engineer|designer|architect|scientist|counsel|consultant|advis[eo]r|coordinator|secretary|treasurer|partner|principal|executive|supervisor|specialist|analyst|\w*leiter(?:in)?|\w*leitung|grunder(?:in)?|inhaber(?:in)?|vorstand\w*|geschaftsfuhr\w*|prokurist(?:in)?|direct(?:eur|rice)|responsable|fondat(?:eur|rice)|gerant\w*|fundador\w*|gerente|jef[ea]|socio)\b/
const NAME_LINE =
  /^(?:(?:Dr|Prof|Mr|Ms|Mrs|Herr|Frau|Mme|M|Dipl|Ing)\.?(?:-Ing\.)?\s)*\p{Lu}[\p{L}.'’-]*(?:\s(?:(?:van|von|de|der|den|del|la|le|da|dos|zu|ten|ter)\s)*\p{Lu}[\p{L}.'’-]*){1,4}$/u

type Kind = 'name' | 'title' | 'other'

interface Line extends Span {
  kind: Kind
  heading: boolean
}

/**
 * The problem when a quote joins the name of `value` ("Name, title") with a title in another line and the page's own
 * order does not pair the two; else null. Lines go in runs of name, title, name, title … or the other way round: the
 * run's first line says which. A heading begins a card. A run that allows both readings pairs nothing.
 */
export function wrongPair(value: string, passage: Passage): string | null {
  const { prepared, sentence, quote } = passage
  const comma = value.indexOf(',')
  if (comma === -1) return null
  if (passage.cells.length > 0) return crossesRows(value.slice(0, comma), value.slice(comma + 1), passage)
  const covered = { start: Math.min(sentence.start, quote.start), end: Math.max(sentence.end, quote.end) }
  if (!prepared.source.text.slice(covered.start, covered.end).includes('\n')) return null
  const lines = linesAround(prepared, covered)
  const taken = takenElsewhere(value.slice(0, comma), value.slice(comma + 1), passage, lines)
  if (taken) return taken
  const name = lines.findIndex(line => holds(prepared, line, value.slice(0, comma)) && touches(line, quote))
  if (name === -1 || lines[name]!.kind !== 'name') return null
  const wanted = value.slice(comma + 1)
  const title = lines.findIndex(
    (line, at) => at !== name && line.kind === 'title' && touches(line, quote) && holds(prepared, line, wanted),
  )
  if (title === -1) return null
  const problem = 'the page pairs that name with another title'
  if (Math.abs(title - name) !== 1) return problem
  const first = firstOfRun(lines, Math.min(name, title))
  if (first === null) return 'the page does not say which title belongs to the name'
  return (first === 'name') === name < title ? null : problem
}

/** In a table a name and a title of different rows are not of one person. */
function crossesRows(name: string, title: string, passage: Passage): string | null {
  const { prepared, cells } = passage
  const rowOf = (words: string) => {
    const cell = cells.find(other => holds(prepared, other, words))
    return cell && lastStartingBy(prepared.sentences, cell.start)
  }
  const [nameRow, titleRow] = [rowOf(name), rowOf(title)]
  return nameRow !== undefined && titleRow !== undefined && nameRow !== titleRow
    ? 'name and title stand in different rows'
    : null
}

/**
 * Where name and title stand in different lines, neither line may hold a whole card of its own: "Ann Roe, Director" gives
 * its title to nobody else, and "Accounts: Bea Low" takes none from another line.
 */
function takenElsewhere(name: string, title: string, passage: Passage, lines: readonly Line[]): string | null {
  const { prepared, quote } = passage
  const held = lines.filter(line => touches(line, quote))
  if (held.some(line => holds(prepared, line, `${name} ${title}`))) return null
  const parts = (line: Line) => prepared.source.text.slice(line.start, line.end).split(/\s*[,|:–—\t]\s*/u)
  const isTitle = (part: string) => TITLE.test(fold(part))
  const titleLine = held.find(line => holds(prepared, line, title))
  const nameLine = held.find(line => holds(prepared, line, name))
  if (!titleLine || !nameLine) return null
  const hasPerson = parts(titleLine).some(part => NAME_LINE.test(part) && !isTitle(part))
  const hasTitle = parts(nameLine).length > 1 && parts(nameLine).some(isTitle)
  return hasPerson || hasTitle ? 'the title stands in the line of another person' : null
}

function touches(line: Span, quote: Span): boolean {
  return line.start < quote.end && quote.start < line.end
}

function holds(prepared: Prepared, line: Span, words: string): boolean {
  const here = comparable(prepared.source.text.slice(line.start, line.end))
  return comparable(words).every(word => here.some(other => other === word || sameWord(word, other)))
}

/** Up to 40 non-empty lines on either side. */
function linesAround(prepared: Prepared, span: Span): Line[] {
  const { text } = prepared.source
  const from = Math.max(0, text.lastIndexOf('\n', Math.max(0, span.start - 3_000)) + 1)
  const lines: Line[] = []
  let at = from
  for (const line of text.slice(from, span.end + 3_000).split('\n')) {
    const bare = line.trim()
    if (bare) {
      const start = at + line.indexOf(bare)
      const heading = prepared.headings.some(other => other.start <= start && start < other.end)
      lines.push({ start, end: start + bare.length, kind: kindOf(bare), heading })
    }
    at += line.length + 1
  }
  return lines
}

function kindOf(line: string): Kind {
  if (line.length > 70 || /[.!?]$/.test(line) || /\d/.test(line)) return 'other'
  const isTitle = TITLE.test(fold(line))
  if (isTitle)
    return NAME_LINE.test(line.split(/,|–|—|\|/)[0]!.trim()) &&
      /[,–—|]/.test(line) &&
      !TITLE.test(fold(line.split(/,|–|—|\|/)[0]!))
      ? 'other'
      : 'title'
  return NAME_LINE.test(line) && tokens(line).length <= 6 ? 'name' : 'other'
}

/** Whether cards in the run around `at` begin with the name or with the title; null when both are possible. */
function firstOfRun(lines: readonly Line[], at: number): Kind | null {
  if (lines[at]!.heading !== lines[at + 1]!.heading) return lines[at]!.heading ? lines[at]!.kind : null
  let start = at
  let end = at + 1
  const alternates = (a: number, b: number) =>
    lines[a] !== undefined &&
    lines[b] !== undefined &&
    lines[a].kind !== 'other' &&
    lines[b].kind !== 'other' &&
    lines[a].kind !== lines[b].kind
  while (alternates(start - 1, start)) start--
  while (alternates(end, end + 1)) end++
  // An even run pairs up from its first line; an odd one leaves a line over at one end, and nobody knows at which.
  if ((end - start) % 2 === 1) return lines[start]!.kind
  // Right under a heading the first card is whole.
  return lines[start - 1]?.heading === true ? lines[start]!.kind : null
}

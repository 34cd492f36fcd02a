/** Sentences of plain text in English, German, French and Spanish, by rules. */
import type { Span } from './text.ts'
import { fold } from './text.ts'

export interface SplitOptions {
  /** `bound` (default): every line break ends a sentence. `wrapped`: a line broken in mid-sentence goes on in the next. */
  lineBreaks?: 'bound' | 'wrapped'
  /** Wrapped text of a known width: a line counts as broken only where the next word would not have fitted. */
  width?: number
}

/** Abbreviations that never end a sentence by themselves. */
const ABBREVIATIONS = new Set(
  (
    'mr mrs ms dr prof st sr jr vs etc approx nr ca bzw zb ua uam dh vgl str tel tsd mio mrd max min evtl ggf inkl exkl zzgl ' +
    'm mme mlle env av bd c sra srta ud uds dna pag fig vol ie eg cf dept gen gov hon rev sgt capt lt col jan feb mar apr jun jul aug sep ' +
    'sept oct okt nov dec dez janv fevr avr juil ene abr ago dic mt ft hr fr dipl ing phil rer jur'
  ).split(' '),
)
/** Forms that may end a sentence: they do when a word follows that commonly begins one. */
const MAY_END = new Set(
  'inc ltd corp co llc plc bros sa ag u.s u.k e.u u.s.a p.m a.m s.a s.l s.r.l b.v n.v e.v etc usw'.split(' '),
)
const STARTERS = new Set(
  (
    'we our the it in this that these they i you your he she its at on for since with as if when after before a an there here today ' +
    'wir unser unsere die der das es in seit mit ein eine sie ihr ihre nous notre nos le la les il elle depuis en dans avec un une ce cette ' +
    'nosotros nuestro nuestra el los las desde con una este esta founded headquartered based gegrundet'
  ).split(' '),
)
const MONTH_START = /^(?:jan|feb|mar|mär|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|dez|dec)/i
const CLOSERS = /["'”“’»›)\]]/
const BULLET = /^[ \t]*(?:[-*•·▪‣–—>]|\d{1,2}[.)])[ \t]/

/** The sentences of `text`, in order, without the white space around them. Offsets are UTF-16 indices. Linear. */
export function splitSentences(text: string, options: SplitOptions = {}): Span[] {
  const found: Span[] = []
  for (const block of splitBlocks(text, options.lineBreaks === 'wrapped', options.width ?? 0))
    splitBlock(text, block, found)
  return found
}

function splitBlocks(text: string, wrapped: boolean, width: number): Span[] {
  const blocks: Span[] = []
  let start = 0
  let lineStart = 0
  while (lineStart < text.length) {
    const newline = text.indexOf('\n', lineStart)
    const lineEnd = newline === -1 ? text.length : newline
    const next = lineEnd + 1
    if (!(wrapped && goesOn(text, lineStart, lineEnd, next) && fills(text, lineStart, lineEnd, width))) {
      blocks.push({ start, end: lineEnd })
      start = next
    }
    lineStart = next
  }
  if (start < text.length) blocks.push({ start, end: text.length })
  return blocks
}

/** Whether the first word of the next line would have made the line wider than `width`. */
function fills(text: string, lineStart: number, lineEnd: number, width: number): boolean {
  const word = /^\s*\S+/.exec(text.slice(lineEnd + 1, lineEnd + 60))?.[0].trim() ?? ''
  return lineEnd - lineStart + 1 + word.length > width
}

/** Whether the line that ends at `lineEnd` was wrapped: it is long, ends in mid-sentence and no list item follows. */
function goesOn(text: string, lineStart: number, lineEnd: number, next: number): boolean {
  if (next >= text.length) return false
  const line = text.slice(lineStart, lineEnd).trimEnd()
  const following = text.slice(next, next + 80)
  if (line.length === 0 || /^\s*(?:\n|$)/.test(following) || BULLET.test(following)) return false
  if (/[.!?:…]["'”“’»)]?$/.test(line)) return false
  return /^[ \t]*[\p{Ll}(]/u.test(following) ? line.length >= 20 : line.length >= 40 && LEFT_OPEN.test(fold(line))
}

/** A line that ends in a small word or a comma cannot be the end of a sentence. */
const LEFT_OPEN =
  /(?:,|\b(?:of|the|and|or|to|in|for|with|a|an|is|are|was|not|our|by|at|from|on|no|der|die|das|und|oder|mit|von|fur|im|in|am|bei|ist|nicht|kein\w*|unser\w*|le|la|les|de|du|des|et|ou|un|une|pour|avec|dans|pas|notre|nos|el|los|las|y|o|con|para|por|en|nuestr\w+))$/

function splitBlock(text: string, block: Span, found: Span[]): void {
  let start = block.start
  for (let at = block.start; at < block.end; at++) {
    const mark = text[at]!
    if (mark !== '.' && mark !== '!' && mark !== '?' && mark !== '…') continue
    let end = at + 1
    while (end < block.end && /[.!?…]/.test(text[end]!)) end++
    while (end < block.end && CLOSERS.test(text[end]!)) end++
    if (end < block.end && !/\s/.test(text[end]!)) continue
    if (end >= block.end || endsHere(text, start, at, end, block.end)) {
      push(text, start, end, found)
      start = end
    }
    at = end - 1
  }
  push(text, start, block.end, found)
}

function push(text: string, from: number, to: number, found: Span[]): void {
  let start = from
  let end = to
  while (start < end && /\s/.test(text[start]!)) start++
  while (end > start && /\s/.test(text[end - 1]!)) end--
  if (end > start) found.push({ start, end })
}

/** Whether the mark at `at` ends a sentence, given what stands before it and after `end`. */
function endsHere(text: string, start: number, at: number, end: number, limit: number): boolean {
  const rest = text.slice(end, Math.min(limit, end + 40)).trimStart()
  const nextWord = /^["'“„«‘(¿¡]*([\p{L}\p{N}]+)/u.exec(rest)?.[1] ?? ''
  if (text[at] === '!' || text[at] === '?') return !/^\p{Ll}/u.test(nextWord) || !CLOSERS.test(text[end - 1]!)
  if (/^\p{Ll}/u.test(nextWord) && !/^[-*•]/.test(rest)) return false
  const lastWord = /([\p{L}\p{N}.]+)$/u.exec(text.slice(Math.max(start, at - 24), at))?.[1] ?? ''
  if (text[at] === '…' || text.startsWith('..', at)) return true
  // "z. B.", "u. a.": one letter after another.
  if (/^\p{L}$/u.test(lastWord) && /^\p{L}$/u.test(nextWord)) return false
  // A list number at the very start, "3. März", and initials go on.
  if (/^\d{1,2}$/.test(lastWord)) {
    const alone = text.slice(start, at).trim() === lastWord
    if (alone || MONTH_START.test(nextWord) || /^\d/.test(nextWord)) return false
    return !/^(?:Quartal|Jahrhundert|Platz|Stock|Etage|Geburtstag|Mal)/.test(nextWord)
  }
  if (/^\p{Lu}$/u.test(lastWord))
    return STARTERS.has(fold(nextWord)) && !/\p{Lu}\.\s?\p{Lu}$/u.test(text.slice(start, at))
  const folded = fold(lastWord)
  if (MAY_END.has(folded) || /^(?:\p{L}\.)+\p{L}$/u.test(lastWord)) return STARTERS.has(fold(nextWord))
  return !ABBREVIATIONS.has(folded)
}

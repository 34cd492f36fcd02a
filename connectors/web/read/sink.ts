/** Gathers text as blocks separated by a newline, with white space collapsed the way a browser shows it. */
import type { Block, RegionRole } from '../../../domain/page/types.ts'

/** Characters that stand for nothing: controls, soft hyphen, zero-width and bidirectional marks. */
const NOTHING = /(?![\t\n\v\f\r])[\p{Cc}\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/gu
/** Whether a run holds such characters, white space other than a plain space, or several spaces. */
const UNEVEN = /[^\S ]|[\p{Cc}\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069]| {2}/u
const SPACES = /\s+/g
const WORD_START = /^[\p{Lu}\p{N}]/u

/** One run of text with white space collapsed to single spaces and invisible characters left out. */
export function evenText(raw: string): string {
  return UNEVEN.test(raw) ? raw.replace(NOTHING, '').replace(SPACES, ' ') : raw
}

export interface Range {
  start: number
  end: number
}

/** What a block is, decided by the elements around its first character. */
export interface BlockShape {
  kind: Block['kind']
  level?: number
  heads?: Range[]
}

export class TextSink {
  text = ''
  readonly blocks: Block[] = []
  /** Where the role changes: each span reaches to the next one's start. */
  readonly spans: { start: number; role: RegionRole }[] = []
  private open: { start: number; shape: BlockShape } | null = null
  private space = false
  private wordStart = false
  private breaks = 0

  /** White space between words. */
  addSpace(): void {
    this.space = true
  }

  /** A space, if what comes next begins like a word of its own. */
  addWordStart(): void {
    this.wordStart = true
  }

  /** A line break inside a block; two in a row end the block. */
  addBreak(): void {
    if (this.open !== null) this.breaks += 1
  }

  /** Where the next block's first character will stand, if a block starts now. */
  nextStart(): number {
    return this.text.length === 0 ? 0 : this.text.length + 1
  }

  addText(raw: string, shape: BlockShape, role: RegionRole): void {
    const even = evenText(raw)
    if (even === '') return
    const leads = even.charCodeAt(0) === 0x20
    const trails = even.charCodeAt(even.length - 1) === 0x20
    if (leads) this.space = true
    const words = leads || trails ? even.trim() : even
    if (words === '') return
    if (this.breaks >= 2) this.endBlock()
    if (this.open === null) this.startBlock(shape, role)
    else if (this.breaks === 1) this.text += '\n'
    else if (this.space || (this.wordStart && WORD_START.test(words))) this.text += ' '
    this.text += words
    this.breaks = 0
    this.wordStart = false
    this.space = trails
  }

  private startBlock(shape: BlockShape, role: RegionRole): void {
    if (this.text !== '') this.text += '\n'
    const start = this.text.length
    this.open = { start, shape }
    if (this.spans.at(-1)?.role !== role) this.spans.push({ start, role })
  }

  endBlock(): void {
    this.space = false
    this.wordStart = false
    this.breaks = 0
    if (this.open === null) return
    const { start, shape } = this.open
    this.open = null
    const block: Block = { start, end: this.text.length, kind: shape.kind }
    if (shape.level !== undefined) block.level = shape.level
    if (shape.heads !== undefined && shape.heads.length > 0) block.heads = shape.heads
    this.blocks.push(block)
  }
}

/**
 * One pass over a page's tokens. No tree is built: a stack of the open elements says where each stretch of text stands,
 * so depth and size cost no more than their tokens.
 */
import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2'
import { cascade, HIDE, hidingOf, type HidingRules, UNDOABLE, unseenByClass } from './css.ts'
import {
  type Attributes,
  classesOf,
  type Frame,
  KEPT_ATTRIBUTES,
  NO_ATTRIBUTES,
  outermost,
  protectedEmail,
  spanOf,
} from './element.ts'
import { roleInside } from './roles.ts'
import type { TextSink } from './sink.ts'
import { TableGrid } from './table.ts'
import { factsOf, OTHER, PARAGRAPH, type TagFacts } from './tags.ts'
import { addTo, type Mark, nothingWalked, type Walked } from './walked.ts'

/** Deeper elements are read as if they were not there; their text stays. */
export const MAX_DEPTH = 5_000
/** How far an end tag looks for its start, and how far once a page has made us look in vain for this many steps. */
const MAX_REACH = 1_000
const SHORT_REACH = 16
const MAX_VAIN_STEPS = 1_000_000

export class PageWalk implements TokenizerCallbacks {
  readonly out: Walked = nothingWalked()
  private readonly html: string
  private readonly rules: HidingRules
  private readonly stack: Frame[] = []
  private top: Frame = outermost()
  private readonly root = this.top
  /** Elements open beyond `MAX_DEPTH`, and from which of them on the text is hidden (0: none). */
  private beyond = 0
  private hiddenBeyond = 0
  private vainSteps = 0
  private tag = ''
  private attributes: Attributes = NO_ATTRIBUTES
  private attributeName = ''
  private attributeValue = ''
  private keepsAttribute = false
  /** Text of a title or JSON-LD script, which goes elsewhere than the page's text. */
  private captured: string | null = null
  private inSvg = 0
  private alts = ''
  /** Which inline element ended last, and where: two of a kind in a row may need setting apart. */
  private ended = { tag: '', at: -1 }

  constructor(html: string, rules: HidingRules) {
    this.html = html
    this.rules = rules
  }

  run(): Walked {
    const tokenizer = new Tokenizer({}, this)
    tokenizer.write(this.html)
    tokenizer.end()
    return this.out
  }

  // What the tokenizer calls. Offsets are into the page, which is written in one piece.

  ontext(start: number, end: number): void {
    if (this.captured !== null) this.captured += this.html.slice(start, end)
    else if (!this.top.dropped) this.putSlice(start, end)
  }

  ontextentity(codepoint: number): void {
    const character = String.fromCodePoint(codepoint)
    if (this.captured !== null) this.captured += character
    else if (!this.top.dropped) this.put(character)
  }

  onopentagname(start: number, end: number): void {
    this.tag = this.html.slice(start, end).toLowerCase()
    this.attributes = NO_ATTRIBUTES
  }

  onattribname(start: number, end: number): void {
    this.attributeName = this.html.slice(start, end).toLowerCase()
    this.attributeValue = ''
    this.keepsAttribute = KEPT_ATTRIBUTES.has(this.attributeName)
  }

  onattribdata(start: number, end: number): void {
    if (this.keepsAttribute) this.attributeValue += this.html.slice(start, end)
  }

  onattribentity(codepoint: number): void {
    if (this.keepsAttribute) this.attributeValue += String.fromCodePoint(codepoint)
  }

  onattribend(): void {
    if (!this.keepsAttribute) return
    if (this.attributes === NO_ATTRIBUTES) this.attributes = {}
    this.attributes[this.attributeName] ??= this.attributeValue
  }

  onopentagend(): void {
    this.openElement()
  }

  onselfclosingtag(): void {
    const tag = this.tag
    this.openElement()
    // In HTML the slash means nothing; in a drawing it ends the element.
    if (this.inSvg > 0) this.closeElement(tag, factsOf(tag))
  }

  onclosetag(start: number, end: number): void {
    const tag = this.html.slice(start, end).toLowerCase()
    if (tag === 'br') this.sink().addBreak()
    else this.closeElement(tag, factsOf(tag))
  }

  oncdata(start: number, end: number, endOffset: number): void {
    if (this.inSvg > 0) this.ontext(start, end - endOffset)
  }

  oncomment(): void {}
  ondeclaration(): void {}
  onprocessinginstruction(): void {}

  onend(): void {
    while (this.stack.length > 0) this.pop()
    this.out.visible.endBlock()
    this.out.hidden.endBlock()
  }

  // Text.

  private isHidden(): boolean {
    return this.top.hiding !== 0 || this.hiddenBeyond > 0
  }

  private sink(): TextSink {
    return this.isHidden() ? this.out.hidden : this.out.visible
  }

  /** Most runs are the white space between two tags: those are seen without cutting a string. */
  private putSlice(start: number, end: number): void {
    let at = start
    while (at < end) {
      const code = this.html.charCodeAt(at)
      if (code !== 0x20 && (code < 0x09 || code > 0x0d)) break
      at += 1
    }
    if (at === end && !this.top.pre) this.sink().addSpace()
    else this.put(this.html.slice(start, end))
  }

  private put(text: string): void {
    const hidden = this.isHidden()
    const sink = hidden ? this.out.hidden : this.out.visible
    const role = hidden ? 'hidden' : this.top.context.role
    if (!this.top.pre) {
      sink.addText(text, this.top.shape, role)
      return
    }
    for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
      if (index > 0) sink.addBreak()
      sink.addText(line, this.top.shape, role)
    }
  }

  // Elements.

  private openElement(): void {
    const { tag, attributes } = this
    const facts = factsOf(tag)
    const implied = facts.impliedEnds
    if (implied !== undefined && this.beyond === 0) while (implied.has(this.top.tag)) this.pop()
    if (facts.void) this.openVoid(tag, attributes)
    else if (this.stack.length >= MAX_DEPTH) this.openBeyond(tag, facts, attributes)
    else this.push(tag, facts, attributes)
  }

  private openVoid(tag: string, attributes: Attributes): void {
    if (tag === 'br') this.sink().addBreak()
    else if (tag === 'hr') this.sink().endBlock()
    else if (tag === 'img') this.addImage(attributes['alt'])
    else if (tag === 'meta') this.addMeta(attributes)
    else if (tag === 'base') this.out.base ??= attributes['href'] ?? null
    else if (tag === 'link' && attributes['rel']?.toLowerCase() === 'canonical') {
      this.out.canonical ??= attributes['href'] ?? null
    } else if (tag === 'input') this.sink().addSpace()
  }

  private addImage(alt: string | undefined): void {
    this.sink().addSpace()
    if (alt === undefined || alt.trim() === '' || this.top.dropped) return
    if (this.alts.length < 500) this.alts += ` ${alt}`
    addTo(this.out, this.out.images, alt)
  }

  private addMeta(attributes: Attributes): void {
    const name = attributes['property'] ?? attributes['name'] ?? attributes['itemprop']
    const content = attributes['content']
    if (name === undefined || content === undefined) return
    addTo(this.out, this.out.metas, { name: name.trim().toLowerCase(), content })
  }

  private openBeyond(tag: string, facts: TagFacts, attributes: Attributes): void {
    this.out.tooDeep = true
    this.beyond += 1
    const hides = this.hidingOf(tag, facts, attributes) !== 0 || facts.dropped
    if (hides && this.hiddenBeyond === 0) this.hiddenBeyond = this.beyond
    if (facts.block) this.sink().endBlock()
  }

  private push(tag: string, facts: TagFacts, attributes: Attributes): void {
    const around = this.top
    const plain = attributes === NO_ATTRIBUTES && facts.role === undefined && !facts.sectioning
    const context = plain ? around.context : roleInside(around.context, tag, facts, attributes)
    const block = facts.block || context.role !== around.context.role
    const frame: Frame = {
      tag,
      facts,
      block,
      hiding: this.hidingOf(tag, facts, attributes),
      dropped: around.dropped || facts.dropped || (this.inSvg > 0 && facts.droppedInSvg),
      pre: around.pre || tag === 'pre',
      context,
      shape: around.shape,
      table: around.table,
      atEnd: null,
    }
    if (block && !(frame.hiding !== 0 && around.hiding === 0)) this.sink().endBlock()
    this.stack.push(frame)
    this.top = frame
    if (frame.hiding !== 0 && around.hiding === 0) this.out.hidden.endBlock()
    if (!block) this.setApart(tag)
    this.shapeElement(frame, around, attributes)
    this.watchElement(frame, attributes)
  }

  /**
   * `<a>News</a><a>About</a>` and `<span>OpenAI</span><span>Google</span>` are set apart by style sheets, which are not
   * read. Links always are; other elements only before a capital or digit, since `<b>Deal</b><b>wright</b>` is one word.
   */
  private setApart(tag: string): void {
    const sink = this.sink()
    if (this.ended.tag !== tag || this.ended.at !== sink.text.length) return
    if (tag === 'a' || tag === 'button' || tag === 'label') sink.addSpace()
    else sink.addWordStart()
  }

  /** Bits of `HIDE` in force inside an element that opens now. */
  private hidingOf(tag: string, facts: TagFacts, attributes: Attributes): number {
    const inherited = this.top.hiding
    // A page that hides all of itself is waiting for its script.
    if (tag === 'html' || tag === 'body') return inherited
    const own =
      facts.hidden || attributes['hidden'] !== undefined || (tag === 'dialog' && attributes['open'] === undefined)
    const classes = attributes['class']
    const unseen = classes !== undefined && unseenByClass(classes)
    const style = attributes['style'] === undefined ? null : hidingOf(attributes['style'])
    let said = this.rules.hides ? this.rules.match(tag, attributes['id'], classesOf(attributes)) : null
    if (style !== null) said = said === null ? style : cascade(said, style)
    const kept = said === null ? inherited : inherited & ~(said.set & UNDOABLE)
    return kept | (said?.on ?? 0) | (own || unseen ? HIDE.display : 0)
  }

  private shapeElement(frame: Frame, around: Frame, attributes: Attributes): void {
    const { tag } = frame
    if (tag === 'p') {
      const inside = around.shape.kind
      const cellOfText = inside === 'cell' && !(around.table?.headed ?? false)
      if (inside === 'other' || cellOfText) frame.shape = PARAGRAPH
    } else if (tag === 'table') {
      const layout = attributes['role'] === 'presentation' || attributes['role'] === 'none'
      frame.table = layout ? null : new TableGrid()
      frame.shape = OTHER
    } else if (tag === 'tr') frame.table?.startRow()
    else if (tag === 'td' || tag === 'th') this.openCell(frame, attributes)
    else frame.shape = frame.facts.shape ?? frame.shape
  }

  private openCell(frame: Frame, attributes: Attributes): void {
    const { table } = frame
    if (table === null) return
    const isHead = frame.tag === 'th'
    const inHead = this.stack.at(-3)?.tag === 'thead' || this.stack.at(-2)?.tag === 'thead'
    const cell = table.startCell(isHead || inHead, spanOf(attributes['colspan']), spanOf(attributes['rowspan']))
    frame.shape = { kind: 'cell', heads: cell.heads }
    if ((isHead || inHead) && frame.hiding === 0) {
      const start = this.out.visible.nextStart()
      frame.atEnd = () => {
        const range = { start, end: this.out.visible.text.length }
        table.endHead(cell.column, cell.span, range, attributes['scope'], inHead)
      }
    }
  }

  /** Elements whose stretch of text means something. */
  private watchElement(frame: Frame, attributes: Attributes): void {
    const { tag } = frame
    if (tag === 'svg') {
      this.inSvg += 1
      frame.atEnd = () => {
        this.inSvg -= 1
      }
    } else if (tag === 'a') this.watchLink(frame, attributes)
    else if (tag === 'time' && attributes['datetime'] !== undefined) {
      const datetime = attributes['datetime']
      this.watch(frame, mark => addTo(this.out, this.out.times, { ...mark, datetime }))
    } else if (tag === 'address') this.watch(frame, mark => addTo(this.out, this.out.addresses, mark))
    else if (tag === 'html') this.out.lang ??= attributes['lang'] ?? null
    else if (tag === 'title' && !frame.dropped && this.out.title === null) {
      this.capture(frame, text => (this.out.title = text))
    } else if (tag === 'title') frame.dropped = true
    else if (tag === 'script' && /^\s*application\/ld\+json/i.test(attributes['type'] ?? '')) {
      this.capture(frame, text => this.out.jsonLd.push(text))
    }
    if (attributes['data-cfemail'] !== undefined) this.putProtectedEmail(frame, attributes['data-cfemail'])
  }

  private watchLink(frame: Frame, attributes: Attributes): void {
    const href = attributes['href']
    const rel = attributes['rel']
    this.alts = ''
    // Named one by one: pages are full of links, and copying a mark costs several times as much.
    this.watch(frame, ({ start, end, hidden, role }) => {
      if (href !== undefined)
        addTo(this.out, this.out.links, { start, end, hidden, role, href, rel, alt: this.alts.trim() })
    })
  }

  private watch(frame: Frame, note: (mark: Mark) => void): void {
    const hidden = this.isHidden()
    const sink = hidden ? this.out.hidden : this.out.visible
    const start = sink.text.length
    const role = hidden ? 'hidden' : frame.context.role
    frame.atEnd = () => note({ start, end: sink.text.length, hidden, role })
  }

  private capture(frame: Frame, done: (text: string) => void): void {
    this.captured = ''
    frame.atEnd = () => {
      done(this.captured ?? '')
      this.captured = null
    }
  }

  private putProtectedEmail(frame: Frame, hex: string): void {
    const email = protectedEmail(hex)
    if (email === null) return
    this.put(email)
    frame.dropped = true
  }

  private closeElement(tag: string, facts: TagFacts): void {
    if (facts.void) return
    if (this.beyond > 0) {
      if (facts.block) this.sink().endBlock()
      if (this.hiddenBeyond === this.beyond) this.hiddenBeyond = 0
      this.beyond -= 1
      return
    }
    const at = this.findOpen(tag, facts)
    if (at < 0) {
      if (tag === 'p') this.sink().endBlock()
      return
    }
    while (this.stack.length > at) this.pop()
  }

  /** Index of the innermost open element an end tag may close, or -1. */
  private findOpen(tag: string, facts: TagFacts): number {
    const reach = this.vainSteps < MAX_VAIN_STEPS ? MAX_REACH : SHORT_REACH
    const lowest = Math.max(0, this.stack.length - reach)
    let at = this.stack.length - 1
    for (; at >= lowest; at -= 1) {
      const open = this.stack[at]
      if (open === undefined) break
      if (open.tag === tag) return at
      if (!facts.block && open.facts.block) break
      if (open.facts.scope && !(facts.ofTable && open.tag !== 'table')) break
    }
    this.vainSteps += this.stack.length - at
    return -1
  }

  private pop(): void {
    const frame = this.stack.pop()
    if (frame === undefined) return
    const around = this.stack.at(-1) ?? this.root
    frame.atEnd?.()
    const startsHiding = frame.hiding !== 0 && around.hiding === 0
    if (startsHiding) this.out.hidden.endBlock()
    else if (frame.block) this.sink().endBlock()
    else this.ended = { tag: frame.tag, at: this.sink().text.length }
    if (frame.tag === 'tr' || frame.tag === 'table') frame.table?.endRow()
    this.top = around
  }
}

/** The words of an HTML mail as plain text, in one pass and without a tree, so that no nesting can exhaust stack or time. */
import { Parser } from 'htmlparser2'

const SILENT = new Set([
  'head',
  'script',
  'style',
  'template',
  'title',
  'svg',
  'object',
  'noscript',
  'select',
  'textarea',
])
const BLOCKS = new Set(
  'address article aside center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li main ol p pre section table tr ul'.split(
    ' ',
  ),
)
const SPACED = new Set(['h1', 'h2', 'h3', 'p', 'table', 'ul', 'ol', 'blockquote', 'pre'])
const HIDDEN_STYLE = /display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d]*[1-9])|mso-hide\s*:\s*all/i
const MAX_QUOTE = 20
/** The parser's time grows with the square of the depth; no mail program nests half as deep. */
const MAX_DEPTH = 2_000
const CHUNK = 16_384
/** Zero-width fillers of preheaders, soft hyphens. */
const INVISIBLE = /[\u200b\u200c\ufeff]|\u034f|\u00ad/g

/**
 * Lines of text; quoted parts begin with "> " as in plain-text mail. What is styled as hidden is left out. `complete` is
 * false when the mail was too long, or nested too deep, to be read to its end.
 */
export function textOfHtml(html: string, maxLength = Infinity): { text: string; complete: boolean } {
  const page = new Lines()
  /** `hiddenAt`: the depth at which a hidden part began; 0 outside of any. */
  const at = { depth: 0, hiddenAt: 0 }
  const parser = new Parser(
    {
      // Each opening has its closing, those of empty and unclosed elements included.
      onopentag(name, attributes) {
        at.depth++
        if (at.hiddenAt === 0 && isSilent(name, attributes)) at.hiddenAt = at.depth
        if (at.hiddenAt === 0) page.open(name)
      },
      onclosetag(name) {
        if (at.hiddenAt === 0) page.close(name)
        if (at.hiddenAt === at.depth) at.hiddenAt = 0
        at.depth--
      },
      ontext(text) {
        if (at.hiddenAt === 0) page.text(text)
      },
    },
    { decodeEntities: true },
  )
  const length = Math.min(html.length, maxLength)
  let read = 0
  while (read < length && at.depth <= MAX_DEPTH) {
    parser.write(html.slice(read, read + CHUNK))
    read += CHUNK
  }
  parser.end()
  return { text: page.done(), complete: read >= html.length }
}

function isSilent(name: string, attributes: Record<string, string>): boolean {
  return SILENT.has(name) || 'hidden' in attributes || HIDDEN_STYLE.test(attributes.style ?? '')
}

class Lines {
  private readonly lines: string[] = []
  private line = ''
  private quote = 0
  private pre = 0
  private gap = false
  private lastQuote = 0

  open(name: string): void {
    if (name === 'br') this.end(true)
    if (BLOCKS.has(name) || name === 'blockquote') this.end(false)
    if (SPACED.has(name)) this.blank()
    if (name === 'blockquote') this.quote++
    if (name === 'pre') this.pre++
    if (name === 'li') this.line = '- '
    if (name === 'td' || name === 'th') this.line += ' '
  }

  close(name: string): void {
    if (BLOCKS.has(name) || name === 'blockquote') this.end(false)
    if (name === 'blockquote' && this.quote > 0) this.quote--
    if (name === 'pre' && this.pre > 0) this.pre--
    if (SPACED.has(name)) this.blank()
  }

  text(text: string): void {
    if (this.pre === 0) {
      this.line += text.replace(INVISIBLE, '').replace(/\s+/g, ' ')
      return
    }
    const [first, ...rest] = text.split(/\r?\n/)
    this.line += first
    for (const next of rest) {
      this.end(true)
      this.line = next
    }
  }

  done(): string {
    this.end(false)
    return this.lines.join('\n').trim()
  }

  /** `even`: an empty line counts too, as after two line breaks. */
  private end(even: boolean): void {
    const words = this.pre > 0 ? this.line.trimEnd() : this.line.replace(/ {2,}/g, ' ').trim()
    this.line = ''
    if (words === '') {
      if (even) this.blank()
      return
    }
    const quote = Math.min(this.quote, MAX_QUOTE)
    // An empty line belongs to the quotation only if it stands between two of its lines.
    if (this.gap && this.lines.length > 0) this.lines.push('> '.repeat(Math.min(this.lastQuote, quote)).trimEnd())
    this.lines.push('> '.repeat(quote) + words)
    this.gap = false
    this.lastQuote = quote
  }

  private blank(): void {
    this.gap = true
  }
}

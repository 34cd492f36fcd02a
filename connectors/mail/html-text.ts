/** The words of an HTML mail as plain text, in one pass and without a tree, so that no nesting can exhaust the stack. */
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
const VOID = new Set([
  'area',
  'base',
  'br',
  'col',
  'embed',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'source',
  'track',
  'wbr',
])
const BLOCKS = new Set(
  'address article aside center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li main ol p pre section table tr ul'.split(
    ' ',
  ),
)
const SPACED = new Set(['h1', 'h2', 'h3', 'p', 'table', 'ul', 'ol', 'blockquote', 'pre'])
const HIDDEN_STYLE = /display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d]*[1-9])|mso-hide\s*:\s*all/i
const MAX_QUOTE = 20
/** Zero-width fillers of preheaders, soft hyphens. */
const INVISIBLE = /[\u200b\u200c\ufeff]|\u034f|\u00ad/g

/** Lines of text; quoted parts begin with "> " as in plain-text mail. What is styled as hidden is left out. */
export function textOfHtml(html: string): string {
  const page = new Lines()
  const hidden: string[] = []
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (hidden.length > 0 || isSilent(name, attributes)) {
          if (!VOID.has(name)) hidden.push(name)
          return
        }
        page.open(name)
      },
      onclosetag(name) {
        if (hidden.length > 0) hidden.pop()
        else page.close(name)
      },
      ontext(text) {
        if (hidden.length === 0) page.text(text)
      },
    },
    { decodeEntities: true },
  )
  parser.write(html)
  parser.end()
  return page.done()
}

function isSilent(name: string, attributes: Record<string, string>): boolean {
  return SILENT.has(name) || 'hidden' in attributes || HIDDEN_STYLE.test(attributes.style ?? '')
}

class Lines {
  private readonly lines: string[] = []
  private line = ''
  private quote = 0
  private pre = 0

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
    if (words !== '') this.lines.push(this.prefix() + words)
    else if (even) this.blank()
  }

  private blank(): void {
    if (this.lines.length > 0 && !/^[> ]*$/.test(this.lines.at(-1) as string)) this.lines.push(this.prefix().trimEnd())
  }

  private prefix(): string {
    return '> '.repeat(Math.min(this.quote, MAX_QUOTE))
  }
}

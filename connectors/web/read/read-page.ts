/** From HTML to one positioned text: what visitors see first, then what they do not, each stretch under its role. */
import type { Block, PageLink, PageText, Region, RegionRole } from '../../../domain/page/types.ts'
import { findEmails, findPhones } from './contacts.ts'
import { type HidingRules, rulesOf } from './css.ts'
import { findDates, parseDate } from './dates.ts'
import { type DataLine, readJsonLd } from './json-ld.ts'
import { evenText, type Range } from './sink.ts'
import { MAX_DEPTH, PageWalk } from './walk.ts'
import type { LinkMark, Mark, Walked } from './walked.ts'

export interface ReadOptions {
  /** Characters of text kept, hidden and data included; what is beyond is cut with a warning. Default 4,000,000. */
  maxChars?: number
}

const MAX_CHARS = 4_000_000
const MAX_CONTACTS = 500
const MAX_DATES = 500
const MAX_META_VALUE = 2_000

/** Names of `<meta>` worth keeping: what the page says of itself, not instructions to browsers and robots. */
const META_NAMES =
  /^(description|keywords|author|date|application-name|title|og:(title|description|site_name|type|locale)|article:[a-z_]+|twitter:(title|description)|dc(terms)?[.:][a-z]+|geo\.[a-z]+|datepublished|datemodified|last-modified|parsely-pub-date|citation_publication_date)$/
const PUBLISHED =
  /^(article:published_time|datepublished|date|dc(terms)?[.:](date|created|issued)|parsely-pub-date|citation_publication_date)$/
const MODIFIED = /^(article:modified_time|datemodified|last-modified|dc(terms)?[.:]modified)$/

/**
 * Reads a page. `text` holds every word a visitor sees, in reading order, blocks separated by a newline, white space
 * collapsed; then the hidden text, the JSON-LD leaves (`name: Acme`) and the meta lines (`description: …`), each in
 * regions of its own. Nothing is fetched and no script runs, so what a script would write is not there. Never throws.
 *
 * @example readPage('<h1>Acme</h1><p>Pumps since 1950.', 'https://acme.example/').text // 'Acme\nPumps since 1950.'
 */
export function readPage(html: string, url: string, options: ReadOptions = {}): PageText {
  const walked = new PageWalk(html, hidingRules(html)).run()
  const warnings: string[] = []
  const data = readJsonLd(walked.jsonLd)
  warnings.push(...data.warnings)
  const base = resolve(walked.base ?? url, url) ?? url
  const meta = metaOf(walked)
  const assembly = new Assembly(walked)
  const marks = linksAndTheirContacts(walked, assembly, base)
  assembly.addLines('data', data.lines.map(line))
  const metaLines = metaLinesOf(walked, meta)
  assembly.addLines('meta', [...metaLines, ...marks.extraLines])
  if (walked.tooDeep) warnings.push(`elements nested deeper than ${MAX_DEPTH} were read as plain text`)
  if (walked.full) warnings.push('more links, images, meta tags or dates than are kept: the rest was left out')
  assembly.cut(options.maxChars ?? MAX_CHARS, warnings)
  warnPlaceholders(assembly, warnings)
  return {
    text: assembly.text,
    regions: assembly.regions,
    blocks: assembly.blocks,
    title: cleanOrNull(walked.title),
    lang: cleanOrNull(walked.lang),
    canonical: walked.canonical === null ? null : resolve(walked.canonical, base),
    links: marks.links,
    jsonLd: data.objects,
    meta,
    contacts: contactsOf(walked, assembly, data.lines),
    dates: datesOf(walked, assembly, meta, data.lines),
    warnings,
  }
}

/** Rules about being seen may stand below the elements they hide, so they are gathered before the pass. */
function hidingRules(html: string): HidingRules {
  const sheets: string[] = []
  const open = /<style[^>]*>/gi
  const close = /<\/style/gi
  for (let start = open.exec(html); start !== null; start = open.exec(html)) {
    close.lastIndex = open.lastIndex
    const end = close.exec(html)
    sheets.push(html.slice(open.lastIndex, end?.index ?? html.length))
    if (end === null) break
    open.lastIndex = close.lastIndex
  }
  return rulesOf(sheets)
}

/** The final text with its regions and blocks, put together from the two texts of the pass. */
class Assembly {
  text: string
  readonly blocks: Block[]
  readonly regions: Region[] = []
  /** Where the hidden text begins in the final text. */
  readonly hiddenAt: number
  /** How much of the text visitors see. */
  visibleEnd: number

  constructor({ visible, hidden }: Walked) {
    for (const [index, span] of visible.spans.entries()) {
      const end = visible.spans[index + 1]?.start ?? visible.text.length
      this.regions.push({ start: span.start, end, role: span.role })
    }
    this.text = visible.text
    this.visibleEnd = visible.text.length
    this.blocks = visible.blocks
    this.hiddenAt = this.startPart('hidden', hidden.text)
    for (const block of hidden.blocks) this.blocks.push(shifted(block, this.hiddenAt))
  }

  /** One block a line, all in one region. */
  addLines(role: RegionRole, lines: string[]): void {
    if (lines.length === 0) return
    let at = this.startPart(role, lines.join('\n'))
    for (const text of lines) {
      this.blocks.push({ start: at, end: at + text.length, kind: 'other' })
      at += text.length + 1
    }
  }

  private startPart(role: RegionRole, text: string): number {
    if (text === '') return this.text.length
    if (this.text !== '') {
      this.text += '\n'
      const before = this.regions.at(-1)
      if (before !== undefined) before.end += 1
    }
    const start = this.text.length
    this.text += text
    this.regions.push({ start, end: this.text.length, role })
    return start
  }

  cut(max: number, warnings: string[]): void {
    if (this.text.length <= max) return
    warnings.push(`the text is ${this.text.length} characters long: what is beyond ${max} was cut off`)
    this.text = this.text.slice(0, max)
    this.visibleEnd = Math.min(this.visibleEnd, max)
    keep(this.regions, region => region.start < max)
    keep(this.blocks, block => block.end <= max)
    const last = this.regions.at(-1)
    if (last !== undefined) last.end = max
  }

  /** Where a mark stands in the final text, white space at both ends left out; null when it covers nothing. */
  place(mark: Mark): Range | null {
    const shift = mark.hidden ? this.hiddenAt : 0
    let start = mark.start + shift
    let end = Math.min(mark.end + shift, this.text.length)
    while (start < end && isSpace(this.text.charCodeAt(start))) start += 1
    while (end > start && isSpace(this.text.charCodeAt(end - 1))) end -= 1
    return start < end ? { start, end } : null
  }

  read(mark: Mark): string {
    const range = this.place(mark)
    return range === null ? '' : this.text.slice(range.start, range.end)
  }
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a
}

function keep<T>(list: T[], test: (item: T) => boolean): void {
  const kept = list.filter(test)
  list.length = 0
  for (const item of kept) list.push(item)
}

function shifted(block: Block, by: number): Block {
  const moved: Block = { ...block, start: block.start + by, end: block.end + by }
  // Heads are only kept for visible cells, and stand in the visible text.
  return moved
}

function line({ path, value }: DataLine): string {
  return `${evenText(path)}: ${evenText(value).trim()}`
}

function cleanOrNull(written: string | null): string | null {
  const clean = written === null ? '' : evenText(written).trim()
  return clean === '' ? null : clean.slice(0, MAX_META_VALUE)
}

function metaOf(walked: Walked): Record<string, string> {
  const meta: Record<string, string> = {}
  for (const { name, content } of walked.metas) {
    const value = evenText(content).trim().slice(0, MAX_META_VALUE)
    if (META_NAMES.test(name) && value !== '') meta[name] ??= value
  }
  return meta
}

function metaLinesOf(walked: Walked, meta: Record<string, string>): string[] {
  const lines = Object.entries(meta).map(([name, value]) => `${name}: ${value}`)
  const title = cleanOrNull(walked.title)
  if (title !== null) lines.unshift(`title: ${title}`)
  const images = new Set(walked.images.map(alt => evenText(alt).trim().slice(0, MAX_META_VALUE)))
  for (const alt of images) if (alt !== '') lines.push(`image: ${alt}`)
  return lines
}

function resolve(href: string, base: string): string | null {
  try {
    return new URL(href, base).href
  } catch {
    return null
  }
}

/** Web links with absolute addresses; addresses of `mailto:` and `tel:` that no text shows become meta lines. */
function linksAndTheirContacts(
  walked: Walked,
  assembly: Assembly,
  base: string,
): { links: PageLink[]; extraLines: string[] } {
  const links: PageLink[] = []
  const extra = new Set<string>()
  const resolved = new Map<string, string | null>()
  for (const mark of walked.links) {
    const href = mark.href.trim()
    if (href === '' || href.startsWith('#')) continue
    const contact = /^(mailto|tel):([^?]*)/i.exec(href)
    if (contact !== null) {
      const shown = assembly.read(mark)
      const extraLine = unshownContact(contact[1] ?? '', contact[2] ?? '', shown)
      if (extraLine !== null) extra.add(extraLine)
      continue
    }
    let target = resolved.get(href)
    if (target === undefined) {
      target = resolve(href, base)
      resolved.set(href, target)
    }
    if (target === null || !/^https?:/.test(target)) continue
    links.push(linkOf(mark, target, assembly))
  }
  return { links, extraLines: [...extra] }
}

function linkOf(mark: LinkMark, href: string, assembly: Assembly): PageLink {
  const shown = assembly.read(mark)
  const text = (shown === '' ? evenText(mark.alt).trim() : shown).slice(0, 300)
  return mark.rel === undefined ? { href, text, role: mark.role } : { href, text, role: mark.role, rel: mark.rel }
}

function unshownContact(scheme: string, target: string, shown: string): string | null {
  let plain = target
  try {
    plain = decodeURIComponent(target)
  } catch {
    // A stray percent sign: the address is taken as written.
  }
  const value = evenText(plain).trim().slice(0, 300)
  if (scheme.toLowerCase() === 'mailto') {
    return /@/.test(value) && !shown.includes(value) ? `email: ${value}` : null
  }
  const digits = (text: string): string => text.replace(/\D/g, '')
  const known = digits(shown).length >= 6
  return digits(value).length >= 6 && !known ? `phone: ${value}` : null
}

function contactsOf(walked: Walked, assembly: Assembly, lines: DataLine[]): PageText['contacts'] {
  const { text } = assembly
  const contacts: PageText['contacts'] = []
  const taken = new Set<number>()
  const add = (kind: 'email' | 'phone' | 'address', { start, end }: Range): void => {
    if (taken.has(start) || contacts.length >= MAX_CONTACTS) return
    taken.add(start)
    contacts.push({ kind, value: text.slice(start, end), start, end })
  }
  for (const found of findEmails(text, MAX_CONTACTS)) add('email', found)
  for (const mark of walked.links) {
    if (!/^tel:/i.test(mark.href.trim())) continue
    const number = /\+?\(?\d[\d ().\-/\u2010-\u2013]{4,22}\d/.exec(assembly.read(mark))
    const place = assembly.place(mark)
    if (number === null || place === null) continue
    const start = place.start + number.index
    add('phone', { start, end: start + number[0].length })
  }
  for (const found of findPhones(text, MAX_CONTACTS)) add('phone', found)
  for (const mark of walked.addresses) {
    const place = assembly.place(mark)
    if (place !== null) add('address', place)
  }
  for (const { path, value } of lines) {
    if (!/(^|\.)streetAddress$/.test(path)) continue
    const shown = line({ path, value })
    const at = text.indexOf(shown, assembly.visibleEnd)
    if (at >= 0) add('address', { start: at + shown.indexOf(': ') + 2, end: at + shown.length })
  }
  return contacts.sort((a, b) => a.start - b.start)
}

function datesOf(
  walked: Walked,
  assembly: Assembly,
  meta: Record<string, string>,
  lines: DataLine[],
): PageText['dates'] {
  const dates: PageText['dates'] = []
  const say = (kind: 'published' | 'modified', written: string): void => {
    const iso = parseDate(written)
    if (iso !== null && !dates.some(date => date.kind === kind && date.iso === iso)) dates.push({ iso, kind })
  }
  for (const [name, value] of Object.entries(meta)) {
    if (PUBLISHED.test(name)) say('published', value)
    if (MODIFIED.test(name)) say('modified', value)
  }
  for (const { path, value } of lines) {
    if (/(^|\.)datePublished$/.test(path)) say('published', value)
    if (/(^|\.)dateModified$/.test(path)) say('modified', value)
  }
  const starts = new Set<number>()
  for (const mark of walked.times) {
    const place = assembly.place(mark)
    const iso = parseDate(mark.datetime)
    if (place === null || iso === null || mark.hidden) continue
    starts.add(place.start)
    dates.push({ iso, kind: 'text', ...place })
  }
  for (const found of findDates(assembly.text.slice(0, assembly.visibleEnd), MAX_DATES)) {
    if (!starts.has(found.start)) dates.push({ iso: found.iso, kind: 'text', start: found.start, end: found.end })
  }
  return dates
}

/** A page whose script has not filled it in: what stands there is no text of the company. */
function warnPlaceholders(assembly: Assembly, warnings: string[]): void {
  let count = 0
  for (
    let at = assembly.text.indexOf('{{');
    at >= 0 && at < assembly.visibleEnd;
    at = assembly.text.indexOf('{{', at + 2)
  ) {
    const close = assembly.text.indexOf('}}', at)
    if (close < 0) break
    if (close - at <= 200) count += 1
  }
  if (count > 0) warnings.push(`${count} template placeholders ({{ … }}) were not filled in: the page needs its script`)
}

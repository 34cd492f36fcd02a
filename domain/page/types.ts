/** What reading a page yields: one positioned text, and everything else as offsets into it. Offsets are UTF-16 indices. */

/**
 * Where a stretch of text stood. `hidden`, `data` (JSON-LD) and `meta` come after all visible text, each in its own
 * regions, so that what no visitor sees is never silently mixed into what every visitor reads.
 */
export type RegionRole = 'main' | 'header' | 'nav' | 'footer' | 'aside' | 'hidden' | 'data' | 'meta'

export interface Region {
  start: number
  end: number
  role: RegionRole
}

/** A block of text with its structure: regions say where on the page, blocks say what it is. */
export interface Block {
  start: number
  end: number
  kind: 'heading' | 'paragraph' | 'item' | 'cell' | 'quote' | 'caption' | 'other'
  /** Heading level 1 to 6; for a cell, the text range of its column and row heads where there are any. */
  level?: number
  heads?: { start: number; end: number }[]
}

export interface PageLink {
  href: string
  text: string
  role: RegionRole
  rel?: string
}

export interface PageText {
  /** The whole visible text in reading order, blocks separated by a newline; then hidden, data and meta regions. */
  text: string
  /** Cover the text without gaps or overlaps, in order. */
  regions: Region[]
  blocks: Block[]
  title: string | null
  lang: string | null
  canonical: string | null
  links: PageLink[]
  /** Parsed JSON-LD objects, at most 50. */
  jsonLd: unknown[]
  meta: Record<string, string>
  contacts: { kind: 'email' | 'phone' | 'address'; value: string; start: number; end: number }[]
  /** ISO dates; `published` and `modified` as the page's own data say, `text` as written in the visible text. */
  dates: { iso: string; kind: 'published' | 'modified' | 'text'; start?: number; end?: number }[]
  /** What was cut or refused while reading, in plain words; empty when all was read. */
  warnings: string[]
}

/** An open element while a page is read, and what its tag and attributes say. */
import type { RoleContext } from './roles.ts'
import type { BlockShape } from './sink.ts'
import type { TableGrid } from './table.ts'
import { factsOf, OTHER, type TagFacts } from './tags.ts'

export interface Frame {
  tag: string
  facts: TagFacts
  block: boolean
  /** Bits of `HIDE` in force; 0 when visible. */
  hiding: number
  dropped: boolean
  /** Line breaks in the source count. */
  pre: boolean
  context: RoleContext
  shape: BlockShape
  table: TableGrid | null
  /** What to do when the element ends, where that is more than ending a block. */
  atEnd: (() => void) | null
}

const MAX_CLASSES = 64
const SPACE = /\s/

export const KEPT_ATTRIBUTES = new Set(
  `hidden style class id href rel role type name content property itemprop datetime lang colspan rowspan alt open scope
   data-cfemail`.split(/\s+/),
)
export type Attributes = Record<string, string | undefined>
export const NO_ATTRIBUTES: Attributes = {}

/** What stands around the outermost element. */
export function outermost(): Frame {
  return {
    tag: '',
    facts: factsOf('div'),
    block: true,
    hiding: 0,
    dropped: false,
    pre: false,
    context: { role: 'main', sectioned: false },
    shape: OTHER,
    table: null,
    atEnd: null,
  }
}

export function classesOf(attributes: Attributes): string[] {
  const names = attributes['class']
  if (names === undefined || names === '') return []
  return SPACE.test(names) ? names.trim().split(/\s+/, MAX_CLASSES) : [names]
}

export function spanOf(written: string | undefined): number {
  const span = Number.parseInt(written ?? '1', 10)
  return Number.isFinite(span) && span > 0 ? Math.min(span, 1_000) : 1
}

/** Cloudflare shows visitors an address that it ships as hex: the first byte is the key of all others. */
export function protectedEmail(hex: string): string | null {
  if (!/^(?:[0-9a-f]{2}){4,120}$/i.test(hex)) return null
  const bytes = hex.match(/../g)?.map(pair => Number.parseInt(pair, 16)) ?? []
  const key = bytes[0] ?? 0
  const email = bytes.slice(1).map(byte => String.fromCharCode(byte ^ key))
  return email.join('')
}

/** What the pass over a page gathers. */
import type { RegionRole } from '../../../domain/page/types.ts'
import { type Range, TextSink } from './sink.ts'

/** A page could fill these lists without end. */
const MAX_NOTES = 5_000

/** A stretch of one of the two texts that an element covered, kept as numbers until the text is final. */
export interface Mark extends Range {
  hidden: boolean
  role: RegionRole
}

export interface LinkMark extends Mark {
  href: string
  rel: string | undefined
  /** Alternative texts of images inside, for links that are only an image. */
  alt: string
}

/** What the pass gathers; `read-page.ts` makes the result of it. */
export interface Walked {
  visible: TextSink
  hidden: TextSink
  title: string | null
  lang: string | null
  base: string | null
  canonical: string | null
  links: LinkMark[]
  times: (Mark & { datetime: string })[]
  addresses: Mark[]
  metas: { name: string; content: string }[]
  images: string[]
  jsonLd: string[]
  /** Whether a list was full, so that something was left out of it. */
  full: boolean
  tooDeep: boolean
}

export function nothingWalked(): Walked {
  return {
    visible: new TextSink(),
    hidden: new TextSink(),
    title: null,
    lang: null,
    base: null,
    canonical: null,
    links: [],
    times: [],
    addresses: [],
    metas: [],
    images: [],
    jsonLd: [],
    full: false,
    tooDeep: false,
  }
}

/** Adds to one of the lists until it is full, which `full` then tells. */
export function addTo<T>(walked: Walked, list: T[], item: T): void {
  if (list.length < MAX_NOTES) list.push(item)
  else walked.full = true
}

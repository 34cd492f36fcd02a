/** What the reader knows of HTML's elements. Everything not named here is inline and visible. */
import type { RegionRole } from '../../../domain/page/types.ts'
import type { BlockShape } from './sink.ts'

const words = (list: string): string[] => list.trim().split(/\s+/)

/** Elements that start and end a block of text. */
const BLOCK_TAGS = new Set(
  words(`address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure
    footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav noscript ol optgroup option
    p pre search section select summary table tbody td template textarea tfoot th thead tr ul video audio canvas object`),
)

/** Elements without content: they never go on the stack. */
const VOID_TAGS = new Set(
  words(
    'area base basefont bgsound br col command embed frame hr img input keygen link meta param source track wbr isindex',
  ),
)

/** Elements whose text no visitor ever reads: it is dropped, not kept as hidden text. */
const DROPPED_TAGS = new Set(words('script style iframe noembed noframes'))

/** Inside a drawing these describe it for machines; its `<text>` is visible. */
const DROPPED_IN_SVG = new Set(words('title desc metadata defs'))

/** Elements that a browser with scripts on does not show. */
const HIDDEN_TAGS = new Set(words('template noscript datalist object video audio canvas optgroup option'))

/** Opening the key ends any of these that is innermost (HTML's implied end tags). */
const P = new Set(['p'])
const FORM = new Set(words('option optgroup'))
const IMPLIED_ENDS = new Map<string, Set<string>>([
  ['li', new Set(['li', 'p'])],
  ['dt', new Set(['dt', 'dd', 'p'])],
  ['dd', new Set(['dt', 'dd', 'p'])],
  ['tr', new Set(['tr', 'td', 'th', 'p', 'caption'])],
  ['td', new Set(['td', 'th', 'p'])],
  ['th', new Set(['td', 'th', 'p'])],
  ['thead', new Set(['tr', 'td', 'th', 'p', 'thead', 'tbody', 'tfoot', 'caption'])],
  ['tbody', new Set(['tr', 'td', 'th', 'p', 'thead', 'tbody', 'tfoot', 'caption'])],
  ['tfoot', new Set(['tr', 'td', 'th', 'p', 'thead', 'tbody', 'tfoot', 'caption'])],
  ['option', new Set(['option'])],
  ['optgroup', FORM],
  ['body', new Set(words('head title noscript'))],
  ...words(`address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form h1 h2
    h3 h4 h5 h6 header hgroup hr main menu nav ol p pre search section table ul`).map((tag): [string, Set<string>] => [
    tag,
    P,
  ]),
])

/** An end tag does not reach out of these, unless it belongs to the table itself. */
const SCOPE_TAGS = new Set(words('table td th caption template object'))
const TABLE_TAGS = new Set(words('table thead tbody tfoot tr td th caption template object body html'))

export const OTHER: BlockShape = { kind: 'other' }
export const PARAGRAPH: BlockShape = { kind: 'paragraph' }
const SHAPES = new Map<string, BlockShape>([
  ...[1, 2, 3, 4, 5, 6].map((level): [string, BlockShape] => [`h${level}`, { kind: 'heading', level }]),
  ...words('li dt dd option').map((tag): [string, BlockShape] => [tag, { kind: 'item' }]),
  ['blockquote', { kind: 'quote' }],
  ['figcaption', { kind: 'caption' }],
  ['caption', { kind: 'caption' }],
])

const ROLES = new Map<string, RegionRole>([
  ['header', 'header'],
  ['nav', 'nav'],
  ['footer', 'footer'],
  ['aside', 'aside'],
  ['main', 'main'],
])

/** Inside these, `<header>` and `<footer>` belong to the section, not to the page (as in ARIA in HTML). */
const SECTIONING = new Set(words('article aside main nav section'))

/** Everything about one element name, so that each tag of a page costs one look-up. */
export interface TagFacts {
  block: boolean
  void: boolean
  dropped: boolean
  droppedInSvg: boolean
  hidden: boolean
  scope: boolean
  ofTable: boolean
  sectioning: boolean
  impliedEnds: Set<string> | undefined
  shape: BlockShape | undefined
  role: RegionRole | undefined
}

function factsFor(tag: string): TagFacts {
  return {
    block: BLOCK_TAGS.has(tag),
    void: VOID_TAGS.has(tag),
    dropped: DROPPED_TAGS.has(tag),
    droppedInSvg: DROPPED_IN_SVG.has(tag),
    hidden: HIDDEN_TAGS.has(tag),
    scope: SCOPE_TAGS.has(tag),
    ofTable: TABLE_TAGS.has(tag),
    sectioning: SECTIONING.has(tag),
    impliedEnds: IMPLIED_ENDS.get(tag),
    shape: SHAPES.get(tag),
    role: ROLES.get(tag),
  }
}

const FACTS = new Map<string, TagFacts>()
for (const tags of [BLOCK_TAGS, VOID_TAGS, DROPPED_TAGS, DROPPED_IN_SVG, HIDDEN_TAGS, SCOPE_TAGS, TABLE_TAGS]) {
  for (const tag of tags) FACTS.set(tag, factsFor(tag))
}
const INLINE = factsFor('span')

/** `tag` in lower case. */
export function factsOf(tag: string): TagFacts {
  return FACTS.get(tag) ?? INLINE
}

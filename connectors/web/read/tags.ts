/** What the reader knows of HTML's elements. Everything not named here is inline and visible. */

const words = (list: string): string[] => list.trim().split(/\s+/)

/** Elements that start and end a block of text. */
export const BLOCK_TAGS = new Set(
  words(`address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure
    footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav noscript ol optgroup option
    p pre search section select summary table tbody td template textarea tfoot th thead tr ul video audio canvas object`),
)

/** Elements without content: they never go on the stack. */
export const VOID_TAGS = new Set(
  words(
    'area base basefont bgsound br col command embed frame hr img input keygen link meta param source track wbr isindex',
  ),
)

/** Elements whose text no visitor ever reads: it is dropped, not kept as hidden text. */
export const DROPPED_TAGS = new Set(words('script style iframe noembed noframes'))

/** Inside a drawing these describe it for machines; its `<text>` is visible. */
export const DROPPED_IN_SVG = new Set(words('title desc metadata defs'))

/** Elements that a browser with scripts on does not show. */
export const HIDDEN_TAGS = new Set(words('template noscript datalist object video audio canvas optgroup option'))

/** Opening the key ends any of these that is innermost (HTML's implied end tags). */
const P = new Set(['p'])
const FORM = new Set(words('option optgroup'))
export const IMPLIED_ENDS = new Map<string, Set<string>>([
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
export const SCOPE_TAGS = new Set(words('table td th caption template object'))
export const TABLE_TAGS = new Set(words('table thead tbody tfoot tr td th caption template object body html'))

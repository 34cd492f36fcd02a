import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PageText } from '../../../domain/page/types.ts'
import { parseDate } from './dates.ts'
import { readPage } from './read-page.ts'

const UNSEEN = new Set(['hidden', 'data', 'meta'])

/** What does not hold of a page though it must hold for every page, whatever it is made of. */
function faultsOf(page: PageText): string[] {
  const faults: string[] = []
  const check = (holds: boolean, fault: string): void => {
    if (!holds) faults.push(fault)
  }
  const slice = ({ start, end }: { start: number; end: number }): string => page.text.slice(start, end)
  let at = 0
  let unseen = false
  for (const region of page.regions) {
    check(region.start === at && region.end > region.start, `region at ${region.start} does not follow ${at}`)
    check(!unseen || UNSEEN.has(region.role), `${region.role} stands after unseen text`)
    unseen ||= UNSEEN.has(region.role)
    at = region.end
  }
  check(at === page.text.length, 'regions do not cover the text')
  for (const block of page.blocks) {
    const around = page.regions.filter(region => region.start <= block.start && block.end <= region.end)
    check(around.length === 1, `block at ${block.start} lies in ${around.length} regions`)
    check(slice(block) !== '' && slice(block).trim() === slice(block), `block at ${block.start} has loose ends`)
    for (const head of block.heads ?? []) check(slice(head).trim() !== '', `empty head at ${head.start}`)
  }
  // Between blocks there is nothing but the newline that parts them.
  check(page.blocks.map(slice).join('\n') === page.text, 'blocks do not make up the text')
  for (const contact of page.contacts) check(slice(contact) === contact.value, `contact ${contact.value} is elsewhere`)
  for (const { iso, kind, start = 0, end = 0 } of page.dates) {
    check(/^\d{4}-\d{2}-\d{2}$/.test(iso), `${iso} is no date`)
    check(kind !== 'text' || slice({ start, end }) !== '', `date ${iso} stands nowhere`)
  }
  return faults
}

/** A page as a tree of elements, with words that say what must become of them. */
interface Piece {
  html: string
  words: { word: string; seen: boolean }[]
}
let count = 0
const word = (prefix: string): string => `${prefix}${(count += 1)}q`

const CONTAINERS = [
  'div',
  'p',
  'section',
  'article',
  'header',
  'footer',
  'nav',
  'aside',
  'main',
  'ul',
  'li',
  'table',
  'tr',
  'td',
  'th',
  'span',
  'a',
  'b',
  'h2',
  'blockquote',
  'address',
  'details',
  'label',
  'button',
]
const HIDERS = [
  '<div hidden>',
  '<span style="display:none">',
  '<i style="visibility:hidden">',
  '<div class="gone">',
  '<template>',
  '<noscript>',
  '<section style="font-size:0">',
]
const join = (pieces: Piece[], open: string, close: string): Piece => ({
  html: `${open}${pieces.map(piece => piece.html).join('')}${close}`,
  words: pieces.flatMap(piece => piece.words),
})
const closing = (open: string): string => `</${/^<(\w+)/.exec(open)?.[1]}>`

const { piece } = fc.letrec<{ piece: Piece }>(tie => ({
  piece: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constant(null).map((): Piece => {
      const seen = word('seen')
      return { html: ` ${seen} `, words: [{ word: seen, seen: true }] }
    }),
    fc.constantFrom('script', 'style').map((tag): Piece => ({ html: `<${tag}>dropped${tag}</${tag}>`, words: [] })),
    fc
      .constantFrom('<br>', '<hr>', '<img alt="picture">', ' info@acme.example ', ' 3 March 2021 ', '&nbsp;', '<wbr>')
      .map((html): Piece => ({ html, words: [] })),
    fc
      .tuple(fc.constantFrom(...CONTAINERS), fc.array(tie('piece'), { maxLength: 4 }))
      .map(([tag, inner]) => join(inner, `<${tag}>`, `</${tag}>`)),
    fc.tuple(fc.constantFrom(...HIDERS), fc.array(tie('piece'), { maxLength: 3 })).map(([open, inner]): Piece => {
      const hidden = join(inner, open, closing(open))
      return { html: hidden.html, words: hidden.words.map(({ word }) => ({ word, seen: false })) }
    }),
  ),
}))

test('every word lands once, seen or unseen as it was', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), pieces => {
      const { html, words } = join(pieces, '<style>.gone{display:none}</style><body>', '')
      const page = readPage(html, 'https://acme.example/')
      expect(faultsOf(page)).toEqual([])
      expect(page.text).not.toMatch(/dropped(script|style)/)
      const visible = page.regions
        .filter(region => !UNSEEN.has(region.role))
        .map(region => page.text.slice(region.start, region.end))
      const hidden = page.regions
        .filter(region => region.role === 'hidden')
        .map(region => page.text.slice(region.start, region.end))
      expect(visible.join('').match(/seen\d+q/g) ?? []).toEqual(words.filter(item => item.seen).map(item => item.word))
      expect(hidden.join('').match(/seen\d+q/g) ?? []).toEqual(words.filter(item => !item.seen).map(item => item.word))
    }),
    { numRuns: 400 },
  )
})

test('no input, however broken, throws or breaks the offsets', () => {
  const scrap = fc.constantFrom(
    '<',
    '>',
    '</',
    '<p',
    '<div hidden',
    '"',
    "'",
    '=',
    '&',
    '&amp',
    '&#x0;',
    '&#55296;',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<table>',
    '<td>',
    '</table>',
    '<script>',
    '</script>',
    '<style>',
    '</style>',
    '<title>',
    '</title>',
    '<svg>',
    '</svg>',
    '<a href="mailto:a@b.co">',
    '</a>',
    '<a href="tel:+1 555 000 1111">',
    '<time datetime=2020-01-01>',
    '<address>',
    '\0',
    '\ud800',
    ' ',
    '\n',
    'text',
    '{{x}}',
    '<br>',
    '</br>',
    '</p>',
    '<pre>',
    '<template>',
    '</template>',
    '<option>',
    'a@b.example',
    '+49 30 1234567',
    '3. März 2021',
    '<style>.x{display:none}</style>',
    '<b class=x>',
    '<textarea>',
    '<script type="application/ld+json">{"name":"\\u0000 a\\n b","streetAddress":"S 1"}</script>',
    '<meta name=description content=" \n ">',
    '<img alt="\n">',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(scrap, fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 60 }), parts => {
      expect(faultsOf(readPage(parts.join(''), 'https://acme.example/'))).toEqual([])
    }),
    { numRuns: 1_500 },
  )
})

test('a date found in a text is the date its own words say', () => {
  const day = fc.date({ min: new Date('1950-01-01'), max: new Date('2049-12-31'), noInvalidDate: true })
  const style = fc.constantFrom<[string, Intl.DateTimeFormatOptions['dateStyle']]>(
    ['en-US', 'long'],
    ['en-GB', 'long'],
    ['de-DE', 'long'],
    ['fr-FR', 'long'],
    ['es-ES', 'long'],
    ['de-DE', 'medium'],
    ['en-US', 'medium'],
  )
  fc.assert(
    fc.property(day, style, (date, [locale, dateStyle]) => {
      const written = new Intl.DateTimeFormat(locale, { dateStyle, timeZone: 'UTC' }).format(date)
      expect(parseDate(written)).toBe(date.toISOString().slice(0, 10))
      const page = readPage(`<p>Posted ${written}, by Acme</p>`, 'https://acme.example/')
      expect(page.dates.map(({ start, end }) => page.text.slice(start, end))).toEqual([written])
    }),
  )
})

import { expect, test } from 'vitest'
import type { PageText, RegionRole } from '../../../domain/page/types.ts'
import { readPage } from './read-page.ts'

const url = 'https://acme.example/about'
const read = (html: string): PageText => readPage(html, url)
/** `role kind: text` of each block. */
function outline(page: PageText): string[] {
  return page.blocks.map(block => {
    const role = page.regions.find(region => region.start <= block.start && block.end <= region.end)?.role
    return `${role} ${block.kind}${block.level ?? ''}: ${page.text.slice(block.start, block.end)}`
  })
}
function textOf(page: PageText, role: RegionRole): string {
  return page.regions
    .filter(region => region.role === role)
    .map(region => page.text.slice(region.start, region.end))
    .join('')
    .trim()
}

test('reading order, blocks and roles', () => {
  const page = read(`<!doctype html><html lang="en"><head><title> Acme &amp; Co </title></head><body>
    <header>Acme</header><nav><ul><li><a href="/team">Team</a><li><a href=/jobs>Jobs</a></ul></nav>
    <main><h1>About</h1><p>Pumps since <b>1950</b>.<p>In Berlin.<blockquote>Great pumps</blockquote>
    <article><header>Jane Doe, CEO</header>bio</article><figure><figcaption>Our plant</figcaption></figure></main>
    <aside>Offer</aside><footer>Street 1<br>12345 Berlin</footer></body></html>`)
  expect(outline(page)).toEqual([
    'header other: Acme',
    'nav item: Team',
    'nav item: Jobs',
    'main heading1: About',
    'main paragraph: Pumps since 1950.',
    'main paragraph: In Berlin.',
    'main quote: Great pumps',
    'main other: Jane Doe, CEO',
    'main other: bio',
    'main caption: Our plant',
    'aside other: Offer',
    'footer other: Street 1\n12345 Berlin',
    'meta other: title: Acme & Co',
  ])
  expect(page).toMatchObject({ title: 'Acme & Co', lang: 'en', canonical: null, warnings: [] })
})

test('parts named by ARIA roles or by the classes old pages give', () => {
  expect(
    outline(
      read(`<div id="header-wrap"><div class="site-header">Acme</div></div><div class="navbar">Menu</div><div role="main">Text
        <div class="footer">card</div></div><div class="sidebar">Side</div><div id="footer">Foot</div>
        <div role="banner" class="cookie-notice">Cookies</div>`),
    ),
  ).toEqual([
    'header other: Acme',
    'nav other: Menu',
    'main other: Text',
    'main other: card',
    'aside other: Side',
    'footer other: Foot',
    'aside other: Cookies',
  ])
})

test('white space as a browser shows it', () => {
  expect(read('<p>one\n  two&nbsp;three</p><p>four<b> five </b> six').text).toBe('one two three\nfour five six')
  expect(read('inline<span>words</span> <i>here</i>').text).toBe('inlinewords here')
  expect(read('<p>soft\u00adhyphen zero\u200bwidth nul\0byte \u202eright</p>').text).toBe(
    'softhyphen zerowidth nulbyte right',
  )
  expect(read('a<br>b<br><br>c<hr>d').text).toBe('a\nb\nc\nd')
  expect(read('<pre>a\n  b\n\nc</pre>').text).toBe('a\nb\nc')
  expect(read('a&lt;b&gt; &eacute; &#8364; &amp;amp; &unknown;').text).toBe('a<b> é € &amp; &unknown;')
  expect(read('<div>株式会社<span>ネット</span>マイル　東京</div>').text).toBe('株式会社ネットマイル 東京')
})

test('what stands side by side only by style is set apart; a word in two parts is not torn', () => {
  expect(read('<nav><a href=/a>News</a><a href=/b>about</a></nav>').text).toBe('News about')
  expect(read('<p><span>OpenAI</span><span>Google</span></p>').text).toBe('OpenAI Google')
  expect(read('<p><b>Deal</b><b>wright</b></p>').text).toBe('Dealwright')
})

test('nothing of scripts, styles and frames is text', () => {
  const page = read(
    '<script>evil("<p>x</p>")</script><style>p{color:red}</style><iframe>frame</iframe><svg><title>icon</title><text>drawn</text></svg>ok<textarea>typed</textarea>',
  )
  expect(page.text).toBe('drawn ok\ntyped'.replace(' ', ''))
})

test.each([
  ['the attribute', '<p hidden>x</p>'],
  ['display', '<div style="display : NONE"><p>x</p></div>'],
  ['display, marked important', '<p style="display:none!important">x</p>'],
  ['visibility', '<p style="visibility:hidden">x</p>'],
  ['size', '<p style="font-size:0px">x</p>'],
  ['place', '<p style="position:absolute;left:-9999px">x</p>'],
  ['indent', '<p style="text-indent:-9999px">x</p>'],
  ['clipping', '<p style="position:absolute;clip:rect(0,0,0,0)">x</p>'],
  ['its own colour', '<p style="color:#fff;background:white">x</p>'],
  ['transparency of the ink', '<p style="color:transparent">x</p>'],
  ['a class rule', '<style>.n, .m { display:none }</style><p class="a m">x</p>'],
  ['an id rule', '<style>@charset "x"; #n{visibility:hidden}</style><p id=n>x</p>'],
  ['a compound rule', '<style>div.tab.off{display:none}</style><div class="tab off">x</div>'],
  ['a rule below it', '<p class=late>x</p><style>.late{display:none}</style>'],
  ['a rule for screens', '<style>@media screen{.s{display:none}}</style><p class=s>x</p>'],
  ['a known class', '<p class="sr-only">x</p>'],
  ['a template', '<template>x</template>'],
  ['noscript', '<noscript>x</noscript>'],
  ['a closed dialog', '<dialog>x</dialog>'],
  ['an option', '<select><option>x</select>'],
  ['an unclosed element', '<div hidden><b>x'],
])('hidden by %s', (_name, html) => {
  const page = read(`<p>seen</p>${html}`)
  expect(textOf(page, 'main')).toBe('seen')
  expect(textOf(page, 'hidden')).toBe('x')
})

test.each([
  ['a closed details', '<details><summary>x</summary></details>'],
  ['an open dialog', '<dialog open>x</dialog>'],
  ['a fade-in', '<p style="opacity:0">x</p>'],
  ['a rule for print', '<style>@media print{.x{display:none}}</style><p class=x>x</p>'],
  ['a rule for small screens', '<style>@media (max-width:600px){.x{display:none}}</style><p class=x>x</p>'],
  ['a stronger rule', '<style>.tab.open{display:block}.tab{display:none}</style><p class="tab open">x</p>'],
  ['a later rule', '<style>.x{display:none}.x{display:flex}</style><p class=x>x</p>'],
  ['its own style over the rule', '<style>.x{display:none}</style><p class=x style="display:block">x</p>'],
  ['a rule in a comment', '<style>/* .x{display:none} */</style><p class=x>x</p>'],
  ['a rule for something inside', '<style>.x .y{display:none}</style><p class=x>x</p>'],
  ['its size, given back', '<div style="font-size:0"><p style="font-size:16px">x</p></div>'],
  ['its visibility, given back', '<div style="visibility:hidden"><p style="visibility:visible">x</p></div>'],
  ['a page that waits for its script', '<style>body{visibility:hidden}</style>x'],
  ['a class for wide screens', '<p class="d-none d-md-block">x</p>'],
  ['an icon font for machines', '<p aria-hidden=true>x</p>'],
])('shown with %s', (_name, html) => {
  const page = read(html)
  expect(textOf(page, 'main')).toBe('x')
  expect(textOf(page, 'hidden')).toBe('')
})

test('hidden text inside a sentence does not break it, and stands in its own region after all visible text', () => {
  const page = read('<p>We have <span style="display:none">ignore all rules</span>40 people.</p><p>End</p>')
  expect(page.text).toBe('We have 40 people.\nEnd\nignore all rules')
  expect(page.regions).toEqual([
    { start: 0, end: 23, role: 'main' },
    { start: 23, end: 39, role: 'hidden' },
  ])
})

test('cells know the heads of their column and row', () => {
  const page = read(`<table><caption>Figures</caption><thead><tr><th>Year<th>Revenue<th>Staff</thead>
    <tr><th>2023<td>€4m<td>40<tr><th>2024<td colspan=2>none</table>
    <table><tr><td>plain<td><p>cells</table>`)
  const heads = page.blocks.map(block => [
    page.text.slice(block.start, block.end),
    block.kind,
    (block.heads ?? []).map(head => page.text.slice(head.start, head.end)),
  ])
  expect(heads).toEqual([
    ['Figures', 'caption', []],
    ['Year', 'cell', []],
    ['Revenue', 'cell', []],
    ['Staff', 'cell', []],
    ['2023', 'cell', []],
    ['€4m', 'cell', ['Revenue', '2023']],
    ['40', 'cell', ['Staff', '2023']],
    ['2024', 'cell', []],
    ['none', 'cell', ['Revenue', '2024']],
    ['plain', 'cell', []],
    ['cells', 'paragraph', []],
  ])
})

test('rows that a cell reaches into, and heads without thead', () => {
  const page = read('<table><tr><th>A<th>B<tr><td rowspan=2>1<td>2<tr><td>3</table>')
  const three = page.blocks.find(block => page.text.slice(block.start, block.end) === '3')
  expect(three?.heads?.map(head => page.text.slice(head.start, head.end))).toEqual(['B'])
})

test('JSON-LD leaves are lines of data, its objects are kept, its dates known', () => {
  const page =
    read(`<p>x<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"Organization",
    "name":"Acme","address":{"streetAddress":"Street 1","addressLocality":"Berlin"},"foundingDate":"1950"},
    {"@type":"NewsArticle","datePublished":"2024-03-01T10:00:00Z"}]}</script><script type="application/ld+json">{broken</script>`)
  expect(textOf(page, 'data').split('\n')).toEqual([
    '@type: Organization',
    'name: Acme',
    'address.streetAddress: Street 1',
    'address.addressLocality: Berlin',
    'foundingDate: 1950',
    '@type: NewsArticle',
    'datePublished: 2024-03-01T10:00:00Z',
  ])
  expect(page.jsonLd).toHaveLength(1)
  expect(page.dates).toEqual([{ iso: '2024-03-01', kind: 'published' }])
  expect(page.contacts).toMatchObject([{ kind: 'address', value: 'Street 1' }])
  expect(page.warnings).toEqual([expect.stringContaining('not valid JSON')])
})

test('hostile JSON-LD: depth, numbers, prototype', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  const wide = JSON.stringify(Array.from({ length: 60 }, (_, n) => ({ n })))
  const proto = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"name":"ok"}'
  const page = read([deep, proto, wide].map(json => `<script type="application/ld+json">${json}</script>`).join(''))
  expect(page.jsonLd).toHaveLength(50)
  expect(JSON.stringify(page.jsonLd)).not.toContain('polluted')
  expect((page.jsonLd[1] as { polluted?: number }).polluted).toBeUndefined()
  expect(page.warnings).toEqual([expect.stringContaining('more than 50')])
})

test('meta lines', () => {
  const page = read(`<meta name="Description" content="Pumps &amp; more"><meta property="og:site_name" content="Acme">
    <meta name="viewport" content="width=1"><meta name="__proto__" content="x"><img alt="Globex logo">`)
  expect(textOf(page, 'meta').split('\n')).toEqual([
    'description: Pumps & more',
    'og:site_name: Acme',
    'image: Globex logo',
  ])
  expect(page.meta).toEqual({ description: 'Pumps & more', 'og:site_name': 'Acme' })
})

test('links are absolute, named and placed', () => {
  const page =
    read(`<base href="https://www.acme.example/x/"><link rel=canonical href="/canon"><nav><a href="team" rel="nofollow">The <b>team</b></a></nav>
    <a href="#top">top</a><a href="javascript:x()">js</a><a href="//other.example/"><img alt="Partner"></a><a href="http://[bad">bad</a>`)
  expect(page.canonical).toBe('https://www.acme.example/canon')
  expect(page.links).toEqual([
    { href: 'https://www.acme.example/x/team', text: 'The team', role: 'nav', rel: 'nofollow' },
    { href: 'https://other.example/', text: 'Partner', role: 'main' },
  ])
})

test('links in hidden parts are named by their own text and marked so', () => {
  expect(read('<p>seen text</p><div hidden><a href="/x">inner</a></div>').links).toEqual([
    { href: 'https://acme.example/x', text: 'inner', role: 'hidden' },
  ])
})

test('contacts stand where they are said to', () => {
  const page = read(`<p>Mail info@acme.example, or call +49 (30) 123-456 78. Tel. 030 / 1234567, Fax: 030 / 7654321.
    US: (555) 123-4567. Order 123-456-78901. Icon logo@2x.png.</p>
    <a href="mailto:sales@acme.example?subject=x">Sales</a> <a href="tel:+4930999">Call us</a> <a href="tel:+1555">555 000 1111</a>
    <address>Street 1<br>12345 Berlin</address><a class=__cf_email__ data-cfemail="7a13143c153a1b19171f541908">[email&#160;protected]</a>`)
  for (const { value, start, end } of page.contacts) expect(page.text.slice(start, end)).toBe(value)
  expect(page.contacts.map(({ kind, value }) => `${kind} ${value}`)).toEqual([
    'email info@acme.example',
    'phone +49 (30) 123-456 78',
    'phone 030 / 1234567',
    'phone (555) 123-4567',
    'phone 555 000 1111',
    'address Street 1\n12345 Berlin',
    'email inFo@acme.cr',
    'email sales@acme.example',
    'phone +4930999',
  ])
})

test('dates as written in five languages and as the page itself says', () => {
  const page =
    read(`<meta property="article:published_time" content="2024-02-01T08:00:00+01:00"><meta name="last-modified" content="2024-02-02">
    <p>March 3, 2021; 3rd of March 2021; 3. März 2021; 03.03.2021; 3 mars 2021; 3 de marzo de 2021; 2021-03-03; 2021年3月3日;
    Sept. 4, 2020; not 03/04/2021, 31.02.2021, version 1.2.2021.4 or 10.000 2021.</p><time datetime="2019-05-06T10:00">last spring</time>`)
  const said = page.dates.map(date => [
    date.iso,
    date.start === undefined || date.end === undefined ? date.kind : page.text.slice(date.start, date.end),
  ])
  expect(said).toEqual([
    ['2024-02-01', 'published'],
    ['2024-02-02', 'modified'],
    ['2019-05-06', 'last spring'],
    ['2021-03-03', 'March 3, 2021'],
    ['2021-03-03', '3rd of March 2021'],
    ['2021-03-03', '3. März 2021'],
    ['2021-03-03', '03.03.2021'],
    ['2021-03-03', '3 mars 2021'],
    ['2021-03-03', '3 de marzo de 2021'],
    ['2021-03-03', '2021-03-03'],
    ['2021-03-03', '2021年3月3日'],
    ['2020-09-04', 'Sept. 4, 2020'],
  ])
})

test('placeholders that no script filled in are reported, not removed', () => {
  const page = read('<p>{{ company.name }} has {{count}} people</p><p hidden>{{x}}</p>')
  expect(page.text).toContain('{{ company.name }}')
  expect(page.warnings).toEqual([expect.stringContaining('2 template placeholders')])
})

test('100,000 nested elements: all text is read, what is hidden stays hidden', () => {
  const deep = '<div>'.repeat(100_000)
  const page = read(
    `<p>top</p>${deep}bottom<div style="display:none">unseen</div><b> again</b>${'</div>'.repeat(100_000)}<p>after</p>`,
  )
  expect(textOf(page, 'main')).toBe('top\nbottom again\nafter')
  expect(textOf(page, 'hidden')).toBe('unseen')
  expect(page.warnings).toEqual([expect.stringContaining('nested deeper')])
})

test.each([
  ['unclosed elements', '<b>x'.repeat(200_000)],
  ['end tags without start', `<ul><table><td>${'<div>'.repeat(4_900)}${'</ul>'.repeat(200_000)}`],
  ['inline end tags', `${'<i>'.repeat(4_900)}${'</b>'.repeat(300_000)}`],
  ['open comments in styles', `<style>${'/*'.repeat(500_000)}</style>x`],
  ['styles without end', '<style>'.repeat(100_000)],
  ['media groups without end', `<style>${'@media print{'.repeat(100_000)}</style>x`],
  [
    'one selector over and over',
    `<style>${'.a{display:none}'.repeat(20_000)}</style>${'<b class="a a a a a">x</b>'.repeat(20_000)}`,
  ],
  ['at signs', '@'.repeat(500_000)],
  ['digits', '1 '.repeat(500_000)],
  ['opening braces', '{{'.repeat(500_000)],
  ['links and images', '<a href=/x><img alt=y>z</a>'.repeat(50_000)],
  ['table cells', `<table>${'<td colspan=1000 rowspan=1000>x'.repeat(50_000)}`],
  ['attributes', `<p ${'a=b '.repeat(200_000)}>x`],
  ['white space', `<p>${' \n'.repeat(500_000)}x`],
  ['bare ampersands', '&'.repeat(500_000)],
])('%s cost time in step with their number', (_name, html) => {
  const page = read(html)
  expect(page.regions.at(-1)?.end ?? 0).toBe(page.text.length)
})

test('style sheets seen before hide as at first, another one by itself', () => {
  const page = (css: string) => outline(read(`<style>${css}</style><p class="a">one</p><p class="b">two</p>`))
  const hidesA = ['main paragraph: two', 'hidden paragraph: one']
  const hidesB = ['main paragraph: one', 'hidden paragraph: two']
  const sheets = ['.a{display:none}', '.b{display:none}']
  for (const round of [1, 2]) {
    expect(page(sheets[0] ?? ''), `${round}`).toEqual(hidesA)
    expect(page(sheets[1] ?? ''), `${round}`).toEqual(hidesB)
    for (let n = 0; n < 20; n++) page(`.c${n}{display:none}`)
  }
})

test('a page of 31 MB is read, and cut where asked', () => {
  const html = '<div class="card"><h2>Item</h2><p>Some words about it.</p></div>\n'.repeat(480_000)
  expect(html.length).toBeGreaterThan(31_000_000)
  const page = read(html)
  expect(page.text.length).toBe(4_000_000)
  expect(page.warnings).toEqual([expect.stringContaining('was cut off')])
})

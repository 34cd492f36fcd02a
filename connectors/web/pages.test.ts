import { expect, test } from 'vitest'
import { planPages, siteOf } from './pages.ts'

const links = (...items: [string, string?][]): { href: string; text: string }[] =>
  items.map(([href, text]) => ({ href: new URL(href, 'https://www.acme.com/').href, text: text ?? '' }))
const plan = (input: Partial<Parameters<typeof planPages>[0]>): string[] =>
  planPages({ home: 'https://www.acme.com/', links: [], sitemap: [], max: 20, ...input }).map(
    page => `${page.kind} ${new URL(page.url).host === 'www.acme.com' ? new URL(page.url).pathname : page.url}`,
  )

test('one page of each kind in order, then the second best', () => {
  const given = links(
    ['/contact'],
    ['/careers/'],
    ['/blog'],
    ['/pricing'],
    ['/customers'],
    ['/customers/globex'],
    ['/products'],
    ['/company/team'],
    ['/about-us'],
  )
  expect(plan({ links: given })).toEqual([
    'home /',
    'about /about-us',
    'team /company/team',
    'product /products',
    'customers /customers',
    'pricing /pricing',
    'news /blog',
    'careers /careers/',
    'contact /contact',
    'customers /customers/globex',
  ])
  expect(plan({ links: given, max: 3 })).toEqual(['home /', 'about /about-us', 'team /company/team'])
})

test('German, French and Spanish sites', () => {
  expect(
    plan({
      links: links(
        ['/%C3%BCber-uns'],
        ['/unternehmen/karriere'],
        ['/kunden/'],
        ['/preise'],
        ['/impressum'],
        ['/aktuelles'],
      ),
    }),
  ).toEqual([
    'home /',
    'about /%C3%BCber-uns',
    'customers /kunden/',
    'pricing /preise',
    'news /aktuelles',
    'careers /unternehmen/karriere',
    'contact /impressum',
  ])
  expect(plan({ links: links(['/a-propos'], ['/equipe'], ['/tarifs'], ['/carrieres']) })).toEqual([
    'home /',
    'about /a-propos',
    'team /equipe',
    'pricing /tarifs',
    'careers /carrieres',
  ])
  expect(plan({ links: links(['/quienes-somos'], ['/noticias'], ['/contacto']) })).toEqual([
    'home /',
    'about /quienes-somos',
    'news /noticias',
    'contact /contacto',
  ])
})

test('the newest news comes first, by path or by sitemap', () => {
  const sitemap = [
    { url: 'https://www.acme.com/news/old', lastmod: '2019-01-01' },
    { url: 'https://www.acme.com/news/newest', lastmod: '2024-06-01T10:00:00Z' },
    { url: 'https://www.acme.com/news/2023/05/12/middle', lastmod: null },
  ]
  expect(plan({ sitemap })).toEqual(['home /', 'news /news/newest', 'news /news/2023/05/12/middle', 'news /news/old'])
})

test('never sign-in, legal texts, baskets, files, other sites or other applications', () => {
  expect(
    plan({
      links: links(
        ['/login'],
        ['/about/privacy-policy'],
        ['/de/datenschutz'],
        ['/cart'],
        ['/wp-json/about'],
        ['/about.pdf'],
        ['/team.jpg'],
        ['https://globex.com/about'],
        ['https://app.acme.com/about'],
        ['mailto:team@acme.com'],
        ['javascript:about()'],
        ['https://user@acme.com/about'],
        ['/?s=about'],
      ),
    }),
  ).toEqual(['home /'])
})

test('subdomains are the same site, tenants of one host are not', () => {
  expect(plan({ links: links(['https://careers.acme.com/'], ['https://acme.com/about']) })).toEqual([
    'home /',
    'about https://acme.com/about',
    'careers https://careers.acme.com/',
  ])
  expect(siteOf(new URL('https://a.github.io/'))).not.toBe(siteOf(new URL('https://b.github.io/')))
  expect(siteOf(new URL('http://a.co.uk/'))).not.toBe(siteOf(new URL('http://b.co.uk/')))
  expect(siteOf(new URL('http://127.0.0.1:81/'))).not.toBe(siteOf(new URL('http://127.0.0.1:82/')))
})

test('each page once, whatever its spelling; the home page is not planned twice', () => {
  expect(
    plan({
      links: links(
        ['/about'],
        ['/about/'],
        ['/about#team'],
        ['/about?utm_source=x'],
        ['http://acme.com/about'],
        ['/index.html'],
        ['https://acme.com'],
      ),
    }),
  ).toEqual(['home /', 'about /about'])
})

test('pages in the language of the home page come before their translations', () => {
  expect(plan({ links: links(['/de/about'], ['/about']) })).toEqual(['home /', 'about /about', 'about /de/about'])
  expect(plan({ home: 'https://www.acme.com/de/', links: links(['/en/about'], ['/de/about']) })[1]).toBe(
    'about /de/about',
  )
})

test('a link text tells what its address does not; a headline is no kind', () => {
  expect(
    plan({ links: links(['/p/17', 'About us'], ['/p/18', 'We talk about our customers'], ['/x', 'Read more']) }),
  ).toEqual(['home /', 'about /p/17'])
  expect(plan({ links: links(['/how-we-built-a-team-for-our-product']) })).toEqual(['home /'])
})

test('why is said in plain words', () => {
  const pages = planPages({
    home: 'https://www.acme.com/',
    links: links(['/about', 'Who we are']),
    sitemap: [{ url: 'https://www.acme.com/news/a', lastmod: '2024-06-01' }],
    max: 5,
  })
  expect(pages.map(page => page.why)).toEqual([
    'home page',
    'about: linked from the home page as "Who we are"',
    'news: listed in the sitemap (2024-06-01)',
  ])
})

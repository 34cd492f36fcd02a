/**
 * Real company pages, where they are at hand: `DEALWRIGHT_REAL_PAGES` names a folder with `index.json`
 * (`{pages: [{company, repo, path}]}`) or such a file, `DEALWRIGHT_REAL_PAGES_ROOT` the folder with the pages under
 * `owner+name/path`. The pages are their companies' and lie outside of this repository; without them the tests are skipped.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readPage } from './read-page.ts'

interface RealPage {
  company: string
  repo: string
  path: string
}

const index = process.env['DEALWRIGHT_REAL_PAGES'] ?? '../shared/data/real_pages.json'
const root = process.env['DEALWRIGHT_REAL_PAGES_ROOT'] ?? '../.pages'
const pages = existsSync(index) ? (JSON.parse(readFileSync(index, 'utf8')) as { pages: RealPage[] }).pages : []
const fileOf = ({ repo, path }: RealPage): string => join(root, repo.replace('/', '+'), path)
const present = pages.filter(page => existsSync(fileOf(page)))

/** Facts that a person found on the page by eye, by the end of its path. */
const FACTS: [string, string[]][] = [
  ['about-us/index.html', ['1 (602) 850-5200', 'COO, Sharper Image']],
  ['management-team.html', ['| Chairman and CEO', '| Vice President']],
  ['office-of-the-ceo/index.html', ['1100 René-Lévesque, 9th Floor, Montréal, QC, Canada, H3B 4N4', '1 866-687-3722']],
  ['company/team/index.html', ['Founder & CEO', 'Chief Scientist', 'Orlando & Jacksonville, FL', '+1 (407) 279-0314']],
  [
    'press_release080610.html',
    ['〒101-0054 東京都千代田区神田錦町3-26 一ツ橋 SIビル 9F', '2000年11月7日', '396百万円'],
  ],
  ['_site/about.html', ['125 E 21st St #109', 'Chicago, IL 60616', '775.750.0540']],
  ['company/index.html', ['was founded in 2008 by', ', A/V and User Experience Designer']],
]

test.skipIf(present.length === 0)('facts on real pages are in the visible text', () => {
  const missing: string[] = []
  for (const [ending, facts] of FACTS) {
    const page = present.find(({ path }) => path.endsWith(ending))
    if (page === undefined) continue
    const read = readPage(readFileSync(fileOf(page), 'utf8'), 'https://company.example/')
    const end = read.regions.find(({ role }) => role === 'hidden' || role === 'data' || role === 'meta')?.start
    const visible = read.text.slice(0, end)
    for (const fact of facts) if (!visible.includes(fact)) missing.push(`${page.company}: ${fact}`)
  }
  expect(missing).toEqual([])
})

test.skipIf(present.length === 0)('every word between the tags of a real page is in the text', () => {
  const lost: string[] = []
  for (const page of present) {
    const html = readFileSync(fileOf(page), 'utf8')
    const { text } = readPage(html, 'https://company.example/')
    const known = new Set(text.match(/[\p{L}\p{N}]+/gu))
    const bare = html
      .replace(/<!--[^]*?-->/g, ' ')
      .replace(/<(script|style|iframe|svg)\b[^]*?<\/\1\s*>/gi, ' ')
      .replace(/<(?:"[^"]*"|'[^']*'|[^'">])*>/g, ' ')
      .replace(/&[#\w]+;/g, ' ')
    for (const word of bare.match(/[\p{L}\p{N}]{4,}/gu) ?? []) {
      // A word parted by tags or entities in the source is one word in the text.
      if (!known.has(word) && !text.includes(word)) lost.push(`${page.company}: ${word}`)
    }
  }
  expect(lost).toEqual([])
})

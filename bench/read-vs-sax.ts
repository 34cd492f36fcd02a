/**
 * `read_vs_sax`: time to turn a page into positioned text and structure, over a bare htmlparser2 pass (all events, no handler does
 * anything) of the same page. Over the pages of a sample world, each page read by both in turn; the ratio is that of the medians of
 * whole passes.
 */
import { Parser } from 'htmlparser2'
import { readPage } from '../connectors/web/read/read-page.ts'
import { renderPage } from '../test/world/pages/render.ts'
import { generateWorld } from '../test/world/index.ts'
import { median, round } from './support/measure.ts'
import type { BenchOptions, Ratio } from './support/types.ts'

/** A pass that delivers its events: what any reader of them begins with. */
const NOTHING = { onopentag() {}, ontext() {}, onclosetag() {}, oncomment() {}, onprocessinginstruction() {} }

export async function readVsSax({ quick, say }: BenchOptions): Promise<Ratio> {
  const world = generateWorld({ seed: 13, leads: quick ? 20 : 60, now: new Date('2026-05-04T08:00:00Z') })
  const pages = world.companies.flatMap(company =>
    company.pages.map(page => ({ url: `https://${company.domain}${page.path}`, html: renderPage(company, page) })),
  )
  const rounds = quick ? 10 : 30
  const ours: number[] = []
  const theirs: number[] = []
  say(`${pages.length} pages, ${rounds} rounds`)
  for (let n = 0; n < rounds + 3; n++) {
    let reading = 0
    let parsing = 0
    for (const { html, url } of pages) {
      const start = performance.now()
      readPage(html, url)
      const middle = performance.now()
      const parser = new Parser(NOTHING)
      parser.end(html)
      reading += middle - start
      parsing += performance.now() - middle
    }
    if (n < 3) continue // both compiled first
    ours.push(reading)
    theirs.push(parsing)
  }
  const bytes = pages.reduce((sum, page) => sum + page.html.length, 0)
  return {
    name: 'read_vs_sax',
    value: round(median(ours) / median(theirs), 2),
    goal: 4,
    detail: {
      pages: pages.length,
      charactersAPage: Math.round(bytes / pages.length),
      millisecondsAPage: round(median(ours) / pages.length),
      saxMillisecondsAPage: round(median(theirs) / pages.length),
    },
  }
}

/** The news of a site: half of the sites tell all of it on one page, the others give each post its own. */
import { POSTS } from '../data/posts.ts'
import type { PostKind } from '../data/posts.ts'
import { UI } from '../data/ui.ts'
import { day } from '../format.ts'
import type { Profile } from '../profile.ts'
import type { Random } from '../random.ts'
import type { PostPlan, Statement } from '../statements.ts'
import type { TrapPlan, TrapStatement } from '../traps.ts'
import type { Block, Page, SiteLang } from '../types.ts'
import { compose } from './compose.ts'
import { postData } from './json-ld.ts'

export interface NewsEntry {
  title: string
  /** ISO date. */
  date: string
  /** Path of the page it stands on. */
  path: string
  body: Block[]
  statements: Statement[]
  trapped: TrapStatement[]
}

export interface News {
  onOnePage: boolean
  /** Newest first. */
  entries: NewsEntry[]
}

/** `passing`: traps told in passing in the newest post; they fall away where there is none. */
export function planNews(
  profile: Profile,
  posts: PostPlan[],
  traps: TrapPlan,
  passing: TrapStatement[],
  random: Random,
): News {
  const { lang } = profile.company
  const [, index] = UI[lang].nav.news
  const onOnePage = random.chance(0.5)
  const told: { about: PostKind; date: string; statements: Statement[]; trapped: TrapStatement[] }[] = posts.map(
    (post, i) => ({
      ...post,
      trapped: i === 0 ? passing : [],
    }),
  )
  if (traps.archive)
    told.push({ about: 'archive', date: traps.archive.date, statements: [], trapped: traps.archive.statements })
  const entries = told.map(({ about, date, statements, trapped }, i): NewsEntry => {
    const words = POSTS[lang][about]
    const before = random.chance(0.8) ? [random.pick(words.before)] : []
    const after = random.chance(0.7) ? [random.pick(words.after)] : []
    const sentences = [...before, ...[...statements, ...trapped].map(s => s.sentence), ...after]
    return {
      title: random.pick(words.headlines),
      date,
      path: onOnePage ? index : `${index}/${date}-${i + 1}`,
      body: compose(sentences, [], random),
      statements,
      trapped,
    }
  })
  return { onOnePage, entries }
}

export function newsPages(profile: Profile, news: News, random: Random): Page[] {
  const { lang, aliases } = profile.company
  const ui = UI[lang]
  const [label, index] = ui.nav.news
  const blocks: Block[] = [
    { kind: 'heading', level: 1, text: random.pick(ui.headings.news) },
    { kind: 'paragraph', text: random.pick(ui.intro.news) },
  ]
  const overview: Page = {
    path: index,
    title: `${label} | ${aliases[0]}`,
    nav: label,
    blocks,
    published: null,
    jsonLd: null,
  }
  if (news.onOnePage) {
    for (const entry of news.entries) {
      blocks.push({ kind: 'heading', level: 2, text: entry.title }, dateline(entry, lang), ...entry.body)
    }
    return [overview]
  }
  if (news.entries.length > 0) blocks.push({ kind: 'cards', items: teasers(news, lang) })
  const posts = news.entries.map((entry): Page => {
    const head: Block[] = [{ kind: 'heading', level: 1, text: entry.title }, dateline(entry, lang)]
    return {
      path: entry.path,
      title: `${entry.title} | ${aliases[0]}`,
      nav: null,
      blocks: [...head, ...entry.body],
      published: entry.date,
      jsonLd: postData(entry.title, entry.date, aliases[0] as string),
    }
  })
  return [overview, ...posts]
}

/** Titles and dates with links, for the overview and the home page. */
export function teasers(
  news: News,
  lang: SiteLang,
  most = Number.POSITIVE_INFINITY,
): { title: string; text: string; href: string }[] {
  return news.entries.slice(0, most).map(e => ({ title: e.title, text: day(new Date(e.date), lang), href: e.path }))
}

function dateline(entry: NewsEntry, lang: SiteLang): Block {
  return { kind: 'dateline', iso: entry.date, text: day(new Date(entry.date), lang) }
}

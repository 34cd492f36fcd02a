/** Builds a company's pages from what is to be said on them, and notes where each statement came to stand. */
import { UI } from '../data/ui.ts'
import type { PageKey } from '../data/ui.ts'
import type { Naming } from '../naming.ts'
import type { Profile } from '../profile.ts'
import type { Random } from '../random.ts'
import type { Half } from '../sentences/types.ts'
import { planSite } from '../statements.ts'
import type { Statement } from '../statements.ts'
import { planTraps } from '../traps.ts'
import type { TrapStatement } from '../traps.ts'
import type { Block, HiddenHow, Page, PlantedFact } from '../types.ts'
import { compose, embolden } from './compose.ts'
import { organisationData } from './json-ld.ts'
import { newsPages, planNews, teasers } from './news.ts'
import type { News } from './news.ts'

export interface BuiltSite {
  pages: Page[]
  facts: PlantedFact[]
  traps: PlantedFact[]
}

/** All the ways to hide a text. */
export const HIDING: HiddenHow[] = ['display', 'hidden_attribute', 'white_on_white', 'off_screen', 'tiny', 'comment']

/** Which page an ordinary trap lies on; quoted customers and boilerplate have their own blocks. */
const TRAP_PAGE: Record<TrapStatement['trap'], PageKey> = {
  other_company: 'products',
  quoted_customer: 'customers',
  customer_figure: 'customers',
  group_figure: 'about',
  negated: 'about',
  conditional: 'news',
  out_of_date: 'about',
  hidden: 'home',
  injection: 'contact',
}

const KEYS: PageKey[] = ['home', 'about', 'team', 'products', 'customers', 'pricing', 'careers', 'contact', 'privacy']

export function buildSite(profile: Profile, half: Half, random: Random, naming: Naming, now: Date): BuiltSite {
  const plan = planSite(profile, half, random.fork('facts'), naming, now)
  const traps = planTraps(profile, half, random.fork('traps'), naming, now)
  const on = (key: PageKey): TrapStatement[] => traps.statements.filter(t => TRAP_PAGE[t.trap] === key)
  const news = planNews(profile, plan.posts, traps, on('news'), random.fork('news'))
  const site = new SiteBuilder(profile, news, random.fork('pages'))
  for (const key of KEYS) site.page(key, plan.pages[key] ?? [], on(key))
  for (const entry of news.entries) site.note(entry.path, entry.statements, entry.trapped)
  site.noteCards()
  const pages = [...site.pages, ...newsPages(profile, news, random.fork('overview'))]
  return { pages, facts: site.facts, traps: site.traps }
}

class SiteBuilder {
  readonly pages: Page[] = []
  readonly facts: PlantedFact[] = []
  readonly traps: PlantedFact[] = []
  private readonly profile: Profile
  private readonly newsOfSite: News
  private readonly random: Random

  constructor(profile: Profile, news: News, random: Random) {
    this.profile = profile
    this.newsOfSite = news
    this.random = random
  }

  private get ui() {
    return UI[this.profile.company.lang]
  }

  private get name(): string {
    return this.profile.company.aliases[0] as string
  }

  page(key: PageKey, said: Statement[], traps: TrapStatement[]): void {
    const [label, path] = this.ui.nav[key]
    const headings = this.ui.headings[key]
    const heading = key === 'home' ? this.random.pick(this.ui.slogans) : this.random.pick(headings)
    const blocks: Block[] = [{ kind: 'heading', level: 1, text: heading }]
    blocks.push(...this.intro(key), ...this.body(key, said), ...this.extras(key), ...this.trapBlocks(key, traps))
    this.note(path, said, traps)
    this.pages.push({
      path,
      title: key === 'home' ? `${this.name} – ${heading}` : `${label} | ${this.name}`,
      nav: key === 'privacy' || (key === 'pricing' && !this.profile.company.fit) ? null : label,
      blocks,
      published: null,
      jsonLd: key === 'home' && this.random.chance(0.6) ? organisationData(this.profile) : null,
    })
  }

  private intro(key: PageKey): Block[] {
    const lines = (this.ui.intro as Partial<Record<PageKey, string[]>>)[key]
    return lines ? [{ kind: 'paragraph', text: this.random.pick(lines) }] : []
  }

  private body(key: PageKey, said: Statement[]): Block[] {
    const filler =
      key === 'home' || key === 'about' || key === 'products'
        ? this.profile.industry.filler[this.profile.company.lang]
        : []
    const inText = key === 'products' || key === 'contact' ? said : this.random.sample(said, said.length)
    const blocks = compose(
      inText.map(s => s.sentence),
      filler,
      this.random,
    )
    for (const s of said) if (this.random.chance(0.2)) embolden(blocks, s.parts[0] ?? '')
    return blocks
  }

  /** What such a page carries besides: cards, tables, forms. All of it agrees with the truth. */
  private extras(key: PageKey): Block[] {
    const { profile, ui } = this
    const { company } = profile
    if (key === 'home') return this.homeExtras()
    if (key === 'team') return [{ kind: 'cards', items: profile.leaders.map(l => ({ title: l.name, text: l.title })) }]
    if (key === 'pricing') {
      return [
        { kind: 'table', head: ui.priceHead, rows: ui.priceRows },
        { kind: 'paragraph', text: ui.priceNote },
      ]
    }
    if (key === 'contact') {
      return [
        { kind: 'paragraph', text: `${company.name}, ${company.street} ${company.city}` },
        { kind: 'form', fields: ui.form.fields, button: ui.form.button },
      ]
    }
    if (key === 'privacy') return [{ kind: 'paragraph', text: ui.legal }]
    return []
  }

  private homeExtras(): Block[] {
    const { profile, ui } = this
    const { lang } = profile.company
    const [heading, points] = ui.reasons
    const goods = profile.products.map(p => ({
      title: p.name,
      text: sentenceCase(p.what[lang]),
      href: ui.nav.products[1],
    }))
    const blocks: Block[] = [
      { kind: 'figure', caption: this.random.pick(ui.figures) },
      { kind: 'cards', items: goods },
      { kind: 'heading', level: 2, text: heading },
      { kind: 'list', items: this.random.sample(points, 3) },
    ]
    const latest = teasers(this.newsOfSite, lang, 2)
    if (latest.length > 0 && this.random.chance(0.7)) {
      blocks.push({ kind: 'heading', level: 2, text: ui.latest }, { kind: 'cards', items: latest })
    }
    return blocks
  }

  private trapBlocks(key: PageKey, traps: TrapStatement[]): Block[] {
    return traps.flatMap((t): Block[] => {
      if (t.trap === 'other_company')
        return [{ kind: 'boilerplate', title: this.ui.aboutOf(t.other), text: t.sentence }]
      if (t.trap === 'quoted_customer') {
        return [{ kind: 'quote', text: t.sentence, by: this.ui.quoteBy(this.random.pick(this.ui.roles), t.other) }]
      }
      if (t.trap === 'hidden') return [{ kind: 'hidden', how: this.random.pick(HIDING), text: t.sentence }]
      if (t.trap === 'injection' && key === 'contact') {
        const shown: Block = { kind: 'paragraph', text: t.sentence }
        return this.random.chance(0.5) ? [shown] : [{ kind: 'hidden', how: this.random.pick(HIDING), text: t.sentence }]
      }
      return [{ kind: 'paragraph', text: t.sentence }]
    })
  }

  /** Who stands on a card and in no sentence: true, but not asked for, since a name and a title say no more than that. */
  noteCards(): void {
    const told = this.profile.leaders.slice(2).map(({ name, title }): Statement => {
      return {
        kind: 'leader',
        value: `${name}, ${title}`,
        parts: [name, title],
        sentence: `${name} ${title}`,
        plain: false,
      }
    })
    this.note(this.ui.nav.team[1], told, [])
  }

  note(path: string, said: Statement[], traps: TrapStatement[]): void {
    const { domain, lang } = this.profile.company
    const place = { companyDomain: domain, pageUrl: `http://${domain}${path}`, lang }
    for (const { kind, value, parts, sentence, plain } of said)
      this.facts.push({ ...place, kind, value, parts, sentence, plain })
    for (const { kind, value, parts, sentence, plain, trap } of traps) {
      this.traps.push({ ...place, kind, value, parts, sentence, plain, trap })
    }
  }
}

function sentenceCase(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

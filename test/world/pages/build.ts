/** Builds a company's pages from what is to be said on them, and notes where each statement came to stand. */
import { HEADLINES, UI } from '../data/ui.ts'
import type { PageKey } from '../data/ui.ts'
import type { Naming } from '../naming.ts'
import type { Profile } from '../profile.ts'
import type { Random } from '../random.ts'
import type { Half } from '../sentences/types.ts'
import { planSite } from '../statements.ts'
import type { PostPlan, Statement } from '../statements.ts'
import { planTraps } from '../traps.ts'
import type { TrapPlan, TrapStatement } from '../traps.ts'
import type { Block, HiddenHow, Page, PlantedFact } from '../types.ts'
import { compose, embolden } from './compose.ts'
import { organisationData, postData } from './json-ld.ts'

export interface BuiltSite {
  pages: Page[]
  facts: PlantedFact[]
  traps: PlantedFact[]
}

const HIDING: HiddenHow[] = ['display', 'hidden_attribute', 'white_on_white', 'off_screen', 'tiny', 'comment']

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

export function buildSite(profile: Profile, half: Half, random: Random, naming: Naming, now: Date): BuiltSite {
  const plan = planSite(profile, half, random.fork('facts'), naming, now)
  const traps = planTraps(profile, half, random.fork('traps'), naming, now)
  const site = new SiteBuilder(profile, random.fork('pages'))
  const keys: PageKey[] = ['home', 'about', 'team', 'products', 'customers', 'pricing', 'careers', 'contact', 'privacy']
  for (const key of keys)
    site.page(
      key,
      plan.pages[key] ?? [],
      traps.statements.filter(t => TRAP_PAGE[t.trap] === key),
    )
  site.news(plan.posts, traps)
  return { pages: site.pages, facts: site.facts, traps: site.traps }
}

class SiteBuilder {
  readonly pages: Page[] = []
  readonly facts: PlantedFact[] = []
  readonly traps: PlantedFact[] = []
  private readonly profile: Profile
  private readonly random: Random

  constructor(profile: Profile, random: Random) {
    this.profile = profile
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
    if (key === 'home') {
      const figure: Block = { kind: 'figure', caption: this.random.pick(ui.figures) }
      const cards = profile.products.map(p => ({
        title: p.name,
        text: sentenceCase(p.what[company.lang]),
        href: ui.nav.products[1],
      }))
      return [figure, { kind: 'cards', items: cards }]
    }
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

  /** Half of the sites tell all news on one page, the others give each post its own. */
  news(posts: PostPlan[], traps: TrapPlan): void {
    const { ui } = this
    const { lang } = this.profile.company
    const [label, index] = ui.nav.news
    const onOnePage = this.random.chance(0.5)
    const blocks: Block[] = [
      { kind: 'heading', level: 1, text: this.random.pick(ui.headings.news) },
      { kind: 'paragraph', text: this.random.pick(ui.intro.news) },
    ]
    const cards: { title: string; text: string; href?: string }[] = []
    const own: Page[] = []
    const entries = posts.map(post => ({
      title: post.about === 'project' ? ui.project[0] : (HEADLINES[lang][post.about] ?? label),
      ...post,
      trapped: [] as TrapStatement[],
    }))
    const maybe = traps.statements.filter(t => TRAP_PAGE[t.trap] === 'news')
    if (entries[0]) entries[0].trapped.push(...maybe)
    if (traps.archive)
      entries.push({
        title: this.random.pick(ui.oldPost),
        about: 'archive',
        date: traps.archive.date,
        statements: [],
        trapped: traps.archive.statements,
      })
    entries.forEach((entry, i) => {
      const text = [
        ...(entry.about === 'project' ? [ui.project[1]] : []),
        ...entry.statements.map(s => s.sentence),
        ...entry.trapped.map(t => t.sentence),
      ]
      const body = compose(text, [], this.random)
      const path = onOnePage ? index : `${index}/${entry.date}-${i + 1}`
      this.note(path, entry.statements, entry.trapped)
      if (onOnePage) {
        blocks.push({ kind: 'heading', level: 2, text: entry.title }, { kind: 'paragraph', text: entry.date }, ...body)
      } else {
        cards.push({ title: entry.title, text: entry.date, href: path })
        const head: Block[] = [
          { kind: 'heading', level: 1, text: entry.title },
          { kind: 'paragraph', text: entry.date },
        ]
        own.push({
          path,
          title: `${entry.title} | ${this.name}`,
          nav: null,
          blocks: [...head, ...body],
          published: entry.date,
          jsonLd: postData(entry.title, entry.date, this.name),
        })
      }
    })
    if (cards.length > 0) blocks.push({ kind: 'cards', items: cards })
    this.pages.push(
      { path: index, title: `${label} | ${this.name}`, nav: label, blocks, published: null, jsonLd: null },
      ...own,
    )
  }

  private note(path: string, said: Statement[], traps: TrapStatement[]): void {
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

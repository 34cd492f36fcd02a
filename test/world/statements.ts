/** Turns a company's truth into statements: which fact is said on which page, in which words. */
import type { FactKind } from '../../domain/evidence/types.ts'
import { addDays, day, fill, isoDay, money, month, number } from './format.ts'
import type { Slots } from './format.ts'
import type { Naming } from './naming.ts'
import type { Profile } from './profile.ts'
import { personalMail } from './profile.ts'
import type { Random } from './random.ts'
import { phrasings } from './sentences/mix.ts'
import type { Half } from './sentences/types.ts'
import type { Mention } from './data/names.ts'
import type { PostKind } from './data/posts.ts'
import type { PageKey } from './data/ui.ts'

export interface Statement {
  kind: FactKind
  value: string
  parts: string[]
  sentence: string
  plain: boolean
}

export interface PostPlan {
  about: PostKind
  date: string
  statements: Statement[]
}

export interface SitePlan {
  pages: Partial<Record<PageKey, Statement[]>>
  posts: PostPlan[]
}

/** How a fact is put into words: the slots its sentences need, its value, and the parts a right value must hold. */
export type Sayer = (kind: FactKind, slots: Slots, value: string, parts: string[], oblique?: boolean) => Statement

export function createSayer(profile: Profile, half: Half, random: Random): Sayer {
  const { lang } = profile.company
  const company = profile.company.aliases[0] as string
  return (kind, slots, value, parts, oblique = false) => {
    const indirect = oblique ? (half.oblique[kind]?.[lang] ?? []) : []
    const plain = indirect.length === 0
    const template = random.pick(plain ? phrasings(half.facts[kind], lang) : indirect)
    return { kind, value, parts, plain, sentence: fill(template, { company, ...slots }) }
  }
}

export function planSite(profile: Profile, half: Half, random: Random, naming: Naming, now: Date): SitePlan {
  const say = createSayer(profile, half, random)
  const pages: SitePlan['pages'] = {
    home: homeStatements(profile, say),
    about: aboutStatements(profile, say, random, now),
    team: profile.leaders.slice(0, 2).map(p => say('leader', p, `${p.name}, ${p.title}`, [p.name, p.title])),
    products: productStatements(profile, say, random),
    customers: profile.customers.map((customer, i) => say('customer', { customer }, customer, [customer], i === 3)),
    careers: careerStatements(profile, say, random),
    contact: contactStatements(profile, say),
  }
  return { pages, posts: planPosts(profile, say, random, naming, now) }
}

function homeStatements(profile: Profile, say: Sayer): Statement[] {
  return [say('description', { provides: profile.provides }, profile.provides, [])]
}

function aboutStatements(profile: Profile, say: Sayer, random: Random, now: Date): Statement[] {
  const { company, industry, place } = profile
  const { lang } = company
  const year = String(profile.founded)
  const count = number(company.employees, lang)
  const out = [
    say('founded', { year }, year, [year], random.chance(0.1)),
    say('employees', { count }, count, [count], random.chance(0.1)),
    say('industry', { industry: industry.label[lang] }, industry.label[lang], [industry.label[lang]]),
    say('headquarters', { city: company.city, country: place.local }, company.city, [company.city]),
    ...profile.offices.map(office => say('office', { place: office }, office, [office])),
  ]
  if (random.chance(0.5)) {
    const lastYear = String(now.getUTCFullYear() - 1)
    const amount = money(profile.revenue, place.currency, lang)
    out.push(say('revenue', { amount, year: lastYear }, `${amount} (${lastYear})`, [amount]))
  }
  const award = profile.awards[0]
  if (award && random.chance(0.6)) {
    const when = month(addDays(now, -random.int(60, 700)), lang)
    out.push(say('award', { award, month: when }, award, [award]))
  }
  if (company.fit && random.chance(0.3)) out.push(say('need', { assets: profile.assets }, '', [], random.chance(0.3)))
  return out.map(s => (s.value === '' ? { ...s, value: s.sentence } : s))
}

function productStatements(profile: Profile, say: Sayer, random: Random): Statement[] {
  const { lang } = profile.company
  const out = profile.products.map(p => say('offering', { product: p.name, what: p.what[lang] }, p.name, [p.name]))
  for (const partner of profile.partners) {
    if (random.chance(0.7)) out.push(say('partner', { partner }, partner, [partner]))
  }
  return out
}

function careerStatements(profile: Profile, say: Sayer, random: Random): Statement[] {
  const { company, industry } = profile
  const out = profile.tools.map(tool => say('technology', { tool }, tool, [tool], random.chance(0.15)))
  for (const role of random.sample(industry.roles[company.lang], company.fit ? random.int(1, 2) : 1)) {
    const place = random.pick([company.city, ...profile.offices])
    out.push(say('hiring', { role, place }, role, [role]))
  }
  return out
}

function contactStatements(profile: Profile, say: Sayer): Statement[] {
  const { email, phone } = profile.company
  return [say('email', { email }, email, [email]), say('phone', { phone }, phone, [phone])]
}

function planPosts(profile: Profile, say: Sayer, random: Random, naming: Naming, now: Date): PostPlan[] {
  const { company, place } = profile
  const { lang } = company
  const posts: PostPlan[] = []
  const post = (about: PostKind, make: (when: Date) => Statement): void => {
    const date = addDays(now, -random.int(20, 500))
    posts.push({ about, date: isoDay(date), statements: [make(date)] })
  }
  const launched = profile.launched
  if (launched && random.chance(0.6)) {
    post('launch', d =>
      say('launch', { product: launched.name, what: launched.what[lang], month: month(d, lang) }, launched.name, [
        launched.name,
      ]),
    )
  }
  if (company.fit && random.chance(0.25)) {
    const amount = money(random.int(2, 24) * 500_000, place.currency, lang)
    const investor = naming.mention(random, place.culture, 'investor')
    post('funding', d => say('funding', { amount, investor, month: month(d, lang) }, amount, [amount]))
  }
  if (company.fit && random.chance(0.4)) {
    post('expansion', d =>
      say('expansion', { place: profile.newSite, month: month(d, lang) }, profile.newSite, [profile.newSite]),
    )
  }
  if (company.fit && random.chance(0.15)) {
    const target = naming.mention(random, place.culture, 'target')
    post('acquisition', d => say('acquisition', { target, month: month(d, lang) }, target, [target]))
  }
  if (company.fit && random.chance(0.12)) {
    post('closure', d =>
      say('closure', { place: profile.closedSite, month: month(d, lang) }, profile.closedSite, [profile.closedSite]),
    )
  }
  const award = profile.awards[1]
  if (award) post('award', d => say('award', { award, month: month(d, lang) }, award, [award]))
  if (random.chance(0.8)) {
    post('news', d => {
      const said = say('news', { date: day(addDays(d, -3), lang) }, '', [])
      return { ...said, value: said.sentence }
    })
  }
  if (company.fit && random.chance(0.65)) posts.push(projectPost(profile, say, random, now))
  return posts.sort((a, b) => (a.date < b.date ? 1 : -1))
}

/** The post on the maintenance project: where need, money, decision and date are told in public. */
function projectPost(profile: Profile, say: Sayer, random: Random, now: Date): PostPlan {
  const { company, place } = profile
  const { lang } = company
  const need = say('need', { assets: profile.assets }, '', [])
  const statements = [{ ...need, value: need.sentence }]
  if (random.chance(0.5)) {
    const amount = money(random.int(4, 40) * 10_000, place.currency, lang)
    statements.push(say('budget', { amount }, amount, [amount]))
  }
  const decider = profile.leaders[1]
  if (decider && random.chance(0.5))
    statements.push(say('authority', decider, `${decider.name}, ${decider.title}`, [decider.name]))
  if (random.chance(0.6)) {
    const due = addDays(now, random.int(60, 270))
    const slots = { month: month(due, lang), date: day(due, lang) }
    const said = say('timing', slots, '', [])
    const part = said.sentence.includes(slots.date) ? slots.date : slots.month
    statements.push({ ...said, value: part, parts: said.sentence.includes(part) ? [part] : [] })
  }
  return { about: 'project', date: isoDay(addDays(now, -random.int(3, 40))), statements }
}

/** Slots for passages that are not true of this company: none of their fillings is. */
export function wrongSlots(
  profile: Profile,
  random: Random,
  naming: Naming,
  old: { place: string; year: number; role: Mention },
): Slots {
  const { company, place } = profile
  const other = naming.mention(random, place.culture, old.role)
  // German and French name him in the masculine.
  const former = naming.person(random, place.culture, 'men').name
  const tools = ['Lotus Notes', 'FileMaker', 'Microsoft Access', 'Navision']
  return {
    company: company.aliases[0] as string,
    other,
    count: number(company.employees * random.int(3, 9) + random.int(10, 90), company.lang),
    year: String(old.year),
    amount: money(
      (Math.round(profile.revenue / 1_000_000) * random.int(3, 7) + 1) * 1_000_000,
      place.currency,
      company.lang,
    ),
    sum: money(random.int(41, 90) * 10_000, place.currency, company.lang),
    oldPlace: old.place,
    tool: random.pick(tools),
    award: random.pick(['ISO 13485', 'EN 9100', 'ISO 27001', 'TISAX']),
    formerName: former,
    evilEmail: personalMail(former, `collect-${company.domain}`),
  }
}

/** One company's truth before anything is said about it: what there is to state, and who it is. */
import { BRANCH_CITIES, PLACES } from './data/places.ts'
import type { Place } from './data/places.ts'
import { titleFor, TITLES } from './data/names.ts'
import { INDUSTRIES, TECHNOLOGIES } from './data/industries.ts'
import type { Industry, Product } from './data/industries.ts'
import { slug } from './format.ts'
import type { Naming } from './naming.ts'
import type { Random } from './random.ts'
import type { Company, SiteCase, SiteLang } from './types.ts'

export interface Profile {
  company: Company
  industry: Industry
  place: Place
  founded: number
  products: Product[]
  launched: Product | null
  provides: string
  offices: string[]
  customers: string[]
  partners: string[]
  tools: string[]
  /** Chief first, then the one who decides on plant systems. */
  leaders: { name: string; title: string }[]
  revenue: number
  awards: string[]
  /** Cities of new and of closed sites: none of them an office. */
  newSite: string
  closedSite: string
  assets: string
}

export interface ProfileWish {
  fit: boolean
  site: SiteCase
}

export function createProfile(random: Random, naming: Naming, index: number, wish: ProfileWish, now: Date): Profile {
  const place = weighted(random, wish.fit ? PLACES : PLACES.filter(p => p.culture === 'en'))
  const industry = random.pick(INDUSTRIES.filter(i => i.fit === wish.fit))
  const lang: SiteLang = wish.fit ? random.pick(place.siteLangs) : 'en'
  const words =
    place.culture === 'de' ? industry.words.de : place.culture === 'fr' ? industry.words.fr : industry.words.en
  const stem = naming.stem(random, place.culture)
  const alias = `${stem} ${random.pick(words)}`
  const domain = naming.domain(random.chance(0.4) ? stem : alias)
  const employees = wish.fit
    ? random.pick([60, 85, 120, 140, 180, 240, 310, 420, 650, 900, 1250]) + random.int(0, 9)
    : random.int(2, 9)
  const cities = random.sample(BRANCH_CITIES, 4)
  const digits = (n: number): string => Array.from({ length: n }, () => String(random.int(0, 9))).join('')
  const city = random.pick(place.cities)
  const titles = TITLES[lang]
  const company: Company = {
    id: `company-${String(index + 1).padStart(4, '0')}`,
    name: `${alias} ${random.pick(place.legal)}`,
    aliases: [alias, stem],
    domain,
    oldDomain: null,
    industry: industry.label.en,
    country: place.country,
    city,
    street: `${random.pick(place.streets)} ${random.int(1, 98)}, ${place.postcode(digits)}`,
    zone: place.zone,
    employees,
    lang,
    fit: wish.fit,
    fitReason: wish.fit
      ? `${industry.label.en}, ${employees} people, own machinery`
      : `${industry.label.en}, ${employees} people, no machinery`,
    site: wish.site,
    theme: random.int(0, 3),
    email: `${random.pick(['info', 'hello', 'office', 'contact'])}@${domain}`,
    phone: `${place.dial} ${random.int(20, 99)} 5550 ${digits(4)}`,
    pages: [],
    hasSitemap: random.chance(0.6),
    robots: random.chance(0.7) ? 'User-agent: *\nDisallow: /intern/\n' : null,
  }
  const products = random.sample(industry.products, 4)
  return {
    company,
    industry,
    place,
    founded: random.int(1921, now.getUTCFullYear() - 8),
    products: products.slice(0, random.int(2, 3)),
    launched: products[3] ?? null,
    provides: random.pick(industry.provides[lang]),
    offices: cities.slice(0, wish.fit ? random.int(1, 2) : 0),
    customers: Array.from({ length: random.int(2, 4) }, () => naming.mention(random, place.culture, 'customer')),
    partners: [naming.mention(random, place.culture, 'partner')],
    tools: [random.pick(TECHNOLOGIES)],
    leaders: [titles.chief, titles.decider, titles.user]
      .map(choices => createLeader(random, naming, place, choices))
      .slice(0, wish.fit ? 3 : 1),
    revenue: Math.max(1, Math.round(employees * (0.12 + random.next() * 0.1))) * 1_000_000,
    awards: random.sample(industry.awards, random.int(1, 2)),
    newSite: cities[2] as string,
    closedSite: cities[3] as string,
    assets: random.pick(industry.assets[lang]),
  }
}

function createLeader(random: Random, naming: Naming, place: Place, titles: string[]): { name: string; title: string } {
  const { name } = naming.person(random, place.culture)
  return { name, title: titleFor(random.pick(titles), name) }
}

function weighted(random: Random, places: Place[]): Place {
  let rest = random.next() * places.reduce((sum, place) => sum + place.weight, 0)
  for (const place of places) {
    rest -= place.weight
    if (rest < 0) return place
  }
  return places[0] as Place
}

/** `carys.lanyon@…` */
export function personalMail(name: string, domain: string): string {
  const [first = '', ...last] = name.split(' ')
  return `${slug(first)}.${slug(last.join('-'))}@${domain}`
}

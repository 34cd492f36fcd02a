/** Sites that are not as they should be: unreachable, forbidden, slow, broken, of a company that is no more. */
import { UI } from './data/ui.ts'
import { addDays, isoDay, month } from './format.ts'
import type { Naming } from './naming.ts'
import type { BuiltSite } from './pages/build.ts'
import type { Profile } from './profile.ts'
import type { Random } from './random.ts'
import type { PlantedFact, SiteCase, SiteLang } from './types.ts'

/** The special sites in the order a growing world gets them. */
const ORDER: SiteCase[] = [
  'hostile',
  'no_site',
  'robots_disallow_all',
  'failing',
  'insolvent',
  'renamed',
  'redirecting',
  'slow',
]

/** One company in five at most is special in a small world, eight in sixty in a large one. */
export function siteCase(index: number, companies: number): SiteCase {
  const cycle = Math.min(60, companies)
  const kinds = Math.min(ORDER.length, Math.floor(cycle / 5))
  if (kinds === 0) return 'plain'
  const spacing = Math.floor(cycle / (kinds + 1))
  const place = index % cycle
  const nth = (place + 1) / spacing - 1
  return Number.isInteger(nth) && nth < kinds ? (ORDER[nth] as SiteCase) : 'plain'
}

export function applySiteCase(profile: Profile, site: BuiltSite, random: Random, naming: Naming, now: Date): void {
  const { company } = profile
  const nav = UI[company.lang].nav
  const broken = [nav.about[1], nav.products[1]]
  const on = (paths: string[]) => (fact: PlantedFact) =>
    paths.some(path => fact.pageUrl === `http://${company.domain}${path}`)
  switch (company.site) {
    case 'no_site':
      site.pages = []
      forget(site, () => true)
      break
    case 'robots_disallow_all':
      company.robots = 'User-agent: *\nDisallow: /\n'
      forget(site, () => true)
      break
    case 'failing':
      for (const page of site.pages) if (broken.includes(page.path)) page.status = 500
      forget(site, on(broken))
      break
    case 'slow':
      for (const page of site.pages) if (page.path === broken[0]) page.delay = true
      forget(site, on(broken.slice(0, 1)))
      break
    case 'insolvent':
      closeDown(profile, site, addDays(now, -random.int(30, 200)), on([nav.careers[1]]))
      break
    case 'renamed':
      rename(
        profile,
        site,
        naming.stem(random, profile.place.culture),
        random.int(now.getUTCFullYear() - 4, now.getUTCFullYear() - 1),
      )
      break
    default:
  }
}

function forget(site: BuiltSite, which: (fact: PlantedFact) => boolean): void {
  site.facts = site.facts.filter(fact => !which(fact))
  site.traps = site.traps.filter(fact => !which(fact))
}

const CLOSED: Record<SiteLang, (name: string, when: string) => string> = {
  en: (name, when) => `${name} ceased trading in ${when}.`,
  de: (name, when) => `${name} hat den Geschäftsbetrieb im ${when} eingestellt.`,
  fr: (name, when) => `${name} a cessé son activité en ${when}.`,
}

/** A notice on the home page, while the careers page still says they hire. */
function closeDown(profile: Profile, site: BuiltSite, when: Date, onCareers: (fact: PlantedFact) => boolean): void {
  const { company } = profile
  const { domain, lang } = company
  const sentence = CLOSED[lang](company.aliases[0] as string, month(when, lang))
  const home = site.pages.find(page => page.path === '/')
  home?.blocks.splice(1, 0, { kind: 'paragraph', text: sentence })
  const stale = site.facts.filter(fact => fact.kind === 'hiring' && onCareers(fact))
  // The rest was true and may be told; whether it still holds nobody can say, so that nobody is asked to find it.
  site.facts = site.facts
    .filter(fact => !stale.includes(fact))
    .map(fact => ({ ...fact, plain: fact.plain && fact.kind === 'founded' }))
  site.traps.push(...stale.map((fact): PlantedFact => ({ ...fact, trap: 'out_of_date' })))
  site.facts.push({
    companyDomain: domain,
    kind: 'closure',
    value: sentence,
    parts: [],
    sentence,
    pageUrl: `http://${domain}/`,
    lang,
    plain: true,
  })
  company.fit = false
  company.fitReason = `ceased trading on ${isoDay(when)}`
}

const RENAMED: Record<SiteLang, (old: string, name: string, year: number) => string> = {
  en: (old, name, year) => `In ${year} ${old} became ${name}; the people and the works are the same.`,
  de: (old, name, year) => `Aus ${old} wurde ${year} ${name}; Menschen und Werk sind dieselben.`,
  fr: (old, name, year) => `En ${year}, ${old} est devenue ${name} ; les équipes n’ont pas changé.`,
}

function rename(profile: Profile, site: BuiltSite, stem: string, year: number): void {
  const { company } = profile
  const alias = company.aliases[0] as string
  const former = `${stem} ${alias.split(' ').slice(1).join(' ')}`
  const about = site.pages.find(page => page.path === UI[company.lang].nav.about[1])
  about?.blocks.push({ kind: 'paragraph', text: RENAMED[company.lang](former, alias, year) })
  company.aliases.push(former)
  company.oldDomain = `${stem
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z0-9]/g, '')}-old.example`
}

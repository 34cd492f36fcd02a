/** Makes the whole world from a seed. Pure: same options, same world. */
import { answerId, createBehaviour, dealTempers } from './behaviour.ts'
import { createDeal } from './deals.ts'
import { createLead, dealCases } from './leads.ts'
import { createNaming } from './naming.ts'
import { OUR } from './our/knowledge.ts'
import { ownerOf } from './our/owner.ts'
import { TERRITORIES, USERS } from './our/users.ts'
import { buildSite } from './pages/build.ts'
import { createProfile } from './profile.ts'
import type { Profile } from './profile.ts'
import { createRandom } from './random.ts'
import { sentencesOf } from './sentences/mix.ts'
import { applySiteCase, siteCase } from './specials.ts'
import type { Behaviour, LeadCase, World, WorldOptions } from './types.ts'

export function generateWorld(options: WorldOptions): World {
  const seed = String(options.seed)
  const { now } = options
  const root = createRandom(seed)
  const half = sentencesOf(options.sentences ?? 'both')
  const naming = createNaming()
  const cases = dealCases(root.fork('cases'), options.leads)
  const world: World = {
    seed,
    now: now.toISOString(),
    our: OUR,
    users: USERS,
    territories: TERRITORIES,
    companies: [],
    contacts: [],
    leads: [],
    deals: [],
    threads: [],
    callNotes: [],
    suppressions: [],
    truth: { facts: [], traps: [], factors: [], dealUpdates: [], behaviours: [] },
  }
  const companies = createCompanies(world, options, cases)
  // Who came by form is mailed first, the others when somebody decides so: each group has the whole range of tempers.
  const tempers = {
    form: dealTempers(root.fork('tempers/form'), cases.length),
    other: dealTempers(root.fork('tempers/other'), cases.length),
  }

  cases.forEach((kind, i) => {
    const random = root.fork(`lead/${i}`)
    const making = { random, half, naming, now }
    const company = companies.of(i)
    const made = createLead(making, i, kind, company)
    world.leads.push(made.lead)
    world.contacts.push(made.contact)
    world.truth.factors.push(...made.factors)
    if (kind === 'suppressed') {
      world.suppressions.push({ email: made.contact.email, reason: 'asked by letter not to be written to' })
      return
    }
    const temper = tempers[made.lead.source === 'form' ? 'form' : 'other'].shift() ?? 'silent'
    const inDeal = kind === 'in_deal' && company !== null
    const { behaviour, colleague } = createBehaviour(making, { contact: made.contact, company, inDeal }, temper)
    behave(behaviour, company)
    if (colleague) {
      world.contacts.push(colleague)
      behave(createBehaviour(making, { contact: colleague, company, inDeal: false }, 'interested').behaviour, company)
    }
    if (!inDeal) return
    const deal = createDeal(
      making,
      world.deals.length,
      made.lead,
      made.contact,
      company,
      ownerOf(company.company.country, i),
    )
    world.deals.push(deal.deal)
    world.threads.push(deal.thread)
    world.callNotes.push(deal.note)
    world.truth.factors.push(...deal.factors)
    world.truth.dealUpdates.push(...deal.updates)
  })
  return world

  /** Notes the behaviour, and what its answers say about qualification and deal. */
  function behave(behaviour: Behaviour, company: Profile | null): void {
    world.truth.behaviours.push(behaviour)
    behaviour.answers.forEach((answer, n) => {
      const sourceId = answerId(behaviour.contactId, n)
      const who = { sourceId, contactId: behaviour.contactId, companyDomain: company?.company.domain ?? null }
      world.truth.factors.push(...answer.factors.map(factor => ({ ...who, ...factor })))
      world.truth.dealUpdates.push(...answer.updates.map(update => ({ sourceId, ...update })))
    })
  }

  /** One company a lead, but for the ones that share an earlier lead's and those who name none. */
  function createCompanies(into: World, { leads }: WorldOptions, kinds: LeadCase[]) {
    const random = root.fork('companies')
    const profiles: Profile[] = []
    const byLead: (Profile | null)[] = []
    const expected = Math.max(1, Math.round(leads * 0.8))
    for (const kind of kinds) {
      const earlier = profiles.filter(p => p.company.fit)
      const share = kind !== 'not_a_fit' && earlier.length > 4 && (kind === 'referred' || random.chance(0.12))
      if (kind === 'no_company') byLead.push(null)
      else if (share) byLead.push(random.pick(earlier))
      else {
        const profile = createCompany(profiles.length, kind !== 'not_a_fit', expected)
        profiles.push(profile)
        into.companies.push(profile.company)
        byLead.push(profile)
      }
    }
    return { of: (i: number): Profile | null => byLead[i] ?? null }

    function createCompany(index: number, fit: boolean, of: number): Profile {
      const own = root.fork(`company/${index}`)
      const profile = createProfile(
        own.fork('profile'),
        naming,
        index,
        { fit, site: fit ? siteCase(index, of) : 'plain' },
        now,
      )
      const site = buildSite(profile, half, own.fork('site'), naming, now)
      applySiteCase(profile, site, own.fork('case'), naming, now)
      profile.company.pages = site.pages
      into.truth.facts.push(...site.facts)
      into.truth.traps.push(...site.traps)
      return profile
    }
  }
}

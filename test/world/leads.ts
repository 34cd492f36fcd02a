/** Leads in their states: what came in by form, what was imported, what should never be written to. */
import { FREE_MAIL, titleFor, TITLES } from './data/names.ts'
import { addDays, fill, slug } from './format.ts'
import type { Naming } from './naming.ts'
import { personalMail } from './profile.ts'
import type { Profile } from './profile.ts'
import type { Random } from './random.ts'
import type { Half } from './sentences/types.ts'
import { account, speakFactors } from './talk.ts'
import type { Said, Wishes } from './talk.ts'
import type { Contact, FactorTruth, Lang, Lead, LeadCase } from './types.ts'

/** The first of every world, so that a small one has each case; then by weight. */
const FIRST: LeadCase[] = [
  'form',
  'imported',
  'in_deal',
  'form',
  'form',
  'not_a_fit',
  'form',
  'free_mail',
  'imported',
  'suppressed',
  'no_company',
  'referred',
]
const WEIGHTS: [LeadCase, number][] = [
  ['form', 38],
  ['imported', 33],
  ['in_deal', 10],
  ['not_a_fit', 7],
  ['free_mail', 4],
  ['suppressed', 3],
  ['no_company', 2],
  ['referred', 3],
]

export function dealCases(random: Random, count: number): LeadCase[] {
  const out = FIRST.slice(0, count)
  const total = WEIGHTS.reduce((sum, [, weight]) => sum + weight, 0)
  while (out.length < count) {
    out.push(weighted(random.next() * total))
  }
  return out
}

function weighted(at: number): LeadCase {
  let rest = at
  for (const [kind, weight] of WEIGHTS) {
    rest -= weight
    if (rest < 0) return kind
  }
  return 'imported'
}

/** Titles in firms without machinery. */
const SMALL_FIRM = ['Owner', 'Partner', 'Office Manager', 'Practice Manager']

export interface MadeLead {
  lead: Lead
  contact: Contact
  factors: FactorTruth[]
}

export interface LeadMaking {
  random: Random
  half: Half
  naming: Naming
  now: Date
}

export function createLead(making: LeadMaking, index: number, kind: LeadCase, profile: Profile | null): MadeLead {
  const { random, now } = making
  const id = `lead-${String(index + 1).padStart(4, '0')}`
  const contact = createContact(making, `contact-${String(index + 1).padStart(4, '0')}`, kind, profile)
  const form =
    kind === 'form' || kind === 'free_mail' || kind === 'no_company' || (kind === 'not_a_fit' && random.chance(0.7))
  const told = form ? formMessage(making, contact, profile, kind) : null
  const old = kind === 'in_deal' ? random.int(30, 120) : form ? random.int(0, 3) : random.int(2, 30)
  const lead: Lead = {
    id,
    case: kind,
    contactId: contact.id,
    companyId: profile?.company.id ?? null,
    source: form ? 'form' : kind === 'referred' ? 'referral' : random.chance(0.2) ? 'event' : 'import',
    status: kind === 'in_deal' ? 'qualified' : 'new',
    createdAt: addDays(new Date(now.getTime() - random.int(0, 36_000_000)), -old).toISOString(),
    message: told?.message ?? null,
  }
  return {
    lead,
    contact,
    factors: account(
      id,
      contact.id,
      profile?.company.domain ?? null,
      told?.said ?? { sentences: [], factors: [], updates: [] },
    ),
  }
}

function createContact({ random, naming }: LeadMaking, id: string, kind: LeadCase, profile: Profile | null): Contact {
  const culture = profile?.place.culture ?? 'en'
  // One contact in four is the one the site names as deciding on plant systems.
  const decider = profile?.leaders[1]
  const known =
    decider && kind !== 'free_mail' && random.chance(0.25) && naming.claim(decider.name) ? decider : undefined
  const lang: Lang =
    culture === 'de' || culture === 'fr' || culture === 'es' ? (random.chance(0.7) ? culture : 'en') : 'en'
  const titles = TITLES[lang]
  const choices = kind === 'not_a_fit' ? SMALL_FIRM : random.chance(0.4) ? titles.decider : titles.user
  const { name } = known ?? naming.person(random, culture)
  const free = kind === 'free_mail' || !profile
  const domain = free ? random.pick(FREE_MAIL) : profile.company.domain
  return {
    id,
    companyId: kind === 'no_company' ? null : (profile?.company.id ?? null),
    name,
    firstName: name.split(' ')[0] as string,
    title: known?.title ?? titleFor(random.pick(choices), name),
    // `.example` in the local part keeps invented free-mail addresses off those of living people.
    email: free ? `${slug(name).replaceAll('-', '.')}.example@${domain}` : personalMail(name, domain),
    phone: random.chance(0.5) && profile ? profile.company.phone.replace(/\d{2}$/, String(random.int(10, 99))) : null,
    lang,
    zone: profile?.place.zone ?? 'Europe/London',
  }
}

function formMessage(
  { random, half, now }: LeadMaking,
  contact: Contact,
  profile: Profile | null,
  kind: LeadCase,
): { message: string; said: Said } {
  const assets = profile?.industry.assets.en[0] ?? 'machines'
  const opener = random.pick(half.formOpeners[contact.lang] ?? half.formOpeners.en ?? [])
  const own = contact.lang === 'de' || contact.lang === 'fr' ? half.facts.need[contact.lang] : undefined
  if (own && profile) {
    const assetsThere = profile.industry.assets[contact.lang as 'de' | 'fr'][0] as string
    const sentence = fill(random.pick(own), { assets: assetsThere })
    return {
      message: `${opener} ${sentence}`,
      said: { sentences: [sentence], factors: [{ factor: 'need', status: 'met', sentence }], updates: [] },
    }
  }
  const wishes: Wishes =
    kind === 'not_a_fit'
      ? { need: 'unmet' }
      : {
          need: random.chance(0.8) ? 'met' : 'unknown',
          ...(random.chance(0.3) ? { budget: random.chance(0.7) ? 'met' : 'unknown' } : {}),
          ...(random.chance(0.3) ? { authority: random.chance(0.7) ? 'met' : 'unknown' } : {}),
          ...(random.chance(0.4) ? { timing: random.chance(0.8) ? 'met' : 'unknown' } : {}),
        }
  const said = speakFactors(random, half, 'mail', wishes, {
    assets,
    decider: profile?.leaders[1]?.name ?? contact.name,
    now,
  })
  return { message: [opener, ...said.sentences].join(' '), said }
}

import { describe, expect, it } from 'vitest'
import { METHODS } from '../../domain/qualification/types.ts'
import { generateWorld, renderPage } from './index.ts'
import { HIDING } from './pages/build.ts'
import { escape } from './pages/render.ts'
import { LEAD_CASES, SITE_CASES, TRAPS } from './types.ts'
import type { Company, Page, PlantedFact, World } from './types.ts'
import { fold, visibleText } from './visible.ts'

const now = new Date('2026-03-10T09:00:00Z')
const make = (seed: string, leads = 120): World => generateWorld({ seed, leads, now })
const world = make('truth')

function htmlOf(within: World, fact: PlantedFact): string {
  const company = within.companies.find(c => c.domain === fact.companyDomain) as Company
  const page = company.pages.find(p => `http://${company.domain}${p.path}` === fact.pageUrl)
  if (!page) throw new Error(`no page ${fact.pageUrl}`)
  return renderPage(company, page)
}

describe('a world from a seed', () => {
  it('is the same for the same seed and another for another', () => {
    expect(make('a')).toEqual(make('a'))
    expect(make('a').companies.map(c => c.name)).not.toEqual(make('b').companies.map(c => c.name))
  })

  it('has the same people, companies and tempers whenever it is made', () => {
    const later = generateWorld({ seed: 'truth', leads: 120, now: new Date('2027-08-02T12:00:00Z') })
    expect(later.contacts).toEqual(world.contacts)
    expect(later.companies.map(c => [c.name, c.domain, c.site])).toEqual(
      world.companies.map(c => [c.name, c.domain, c.site]),
    )
    const labels = (w: World): string[][] => w.truth.behaviours.map(b => b.answers.map(a => a.label))
    expect(labels(later)).toEqual(labels(world))
  })

  it('speaks with the half it was asked for', () => {
    const said = (sentences: 'open' | 'sealed') =>
      generateWorld({ seed: 1, leads: 40, now, sentences }).truth.facts.map(f => f.sentence)
    expect(said('open')).not.toEqual(said('sealed'))
  })

  it('has every kind of lead, site and trap', () => {
    expect(new Set(world.leads.map(l => l.case))).toEqual(new Set(LEAD_CASES))
    expect(new Set(world.companies.map(c => c.site))).toEqual(new Set(SITE_CASES))
    expect(new Set(world.truth.traps.map(t => t.trap))).toEqual(new Set(TRAPS))
    expect(new Set(world.companies.map(c => c.lang))).toEqual(new Set(['en', 'de', 'fr']))
  })

  it('gives no address and no domain twice', () => {
    const large = make('large', 2_000)
    const domains = large.companies.map(c => c.domain)
    const emails = large.contacts.map(c => c.email)
    expect(new Set(domains).size).toBe(domains.length)
    expect(new Set(emails).size).toBe(emails.length)
    expect(large.leads).toHaveLength(2_000)
  })
})

describe('what is planted', () => {
  it('stands in the visible text of its page, every plain sentence of it', () => {
    expect(world.truth.facts.length).toBeGreaterThan(1_000)
    const missing = world.truth.facts.filter(f => !visibleText(htmlOf(world, f)).includes(fold(f.sentence)))
    expect(missing).toEqual([])
  })

  it('holds its parts in its sentence', () => {
    for (const fact of [...world.truth.facts, ...world.truth.traps]) {
      for (const part of fact.parts) expect(fact.sentence).toContain(part)
    }
  })

  it('keeps hidden traps out of the visible text and all others in it', () => {
    const { traps } = world.truth
    const seen = (t: PlantedFact): boolean => visibleText(htmlOf(world, t)).includes(fold(t.sentence))
    expect(traps.filter(t => t.trap === 'hidden' && seen(t))).toEqual([])
    expect(traps.filter(t => t.trap !== 'hidden' && t.trap !== 'injection' && !seen(t))).toEqual([])
    // Hidden or not, a careless reader of the source finds it.
    const plainHtml = (t: PlantedFact): string => fold(htmlOf(world, t).replace(/<\/?strong>/g, ''))
    expect(traps.filter(t => !plainHtml(t).includes(fold(escape(t.sentence))))).toEqual([])
  })

  it.each(HIDING)('hides by %s', how => {
    const company = world.companies[0] as Company
    const [page] = company.pages as [Page]
    const html = renderPage(company, { ...page, blocks: [{ kind: 'hidden', how, text: 'unseen words' }] })
    expect(html).toContain('unseen words')
    expect(visibleText(html)).not.toContain('unseen words')
  })

  it('never makes a trap of what is true of the same company', () => {
    const truths = new Set(world.truth.facts.map(f => `${f.companyDomain} ${f.kind} ${f.value}`))
    const hiring = (t: PlantedFact): boolean => t.kind === 'hiring'
    const wrong = world.truth.traps.filter(t => !hiring(t) && truths.has(`${t.companyDomain} ${t.kind} ${t.value}`))
    expect(wrong).toEqual([])
  })

  it('expects nothing of pages that cannot be read', () => {
    const closed = world.companies.filter(c => c.site === 'no_site' || c.site === 'robots_disallow_all')
    expect(closed.length).toBeGreaterThan(1)
    for (const { domain } of closed) expect(world.truth.facts.filter(f => f.companyDomain === domain)).toEqual([])
  })
})

describe('what is said in conversations', () => {
  it('stands where the truth says', () => {
    const texts = new Map<string, string>()
    for (const lead of world.leads) texts.set(lead.id, lead.message ?? '')
    for (const note of world.callNotes) texts.set(note.id, note.text)
    for (const message of world.threads.flatMap(t => t.messages)) texts.set(message.messageId, message.text)
    for (const b of world.truth.behaviours) b.answers.forEach((a, i) => texts.set(`${b.contactId}#${i}`, a.text))
    expect(world.truth.dealUpdates.length).toBeGreaterThan(3)
    for (const { sourceId, sentence } of [...world.truth.factors, ...world.truth.dealUpdates]) {
      expect(texts.get(sourceId)).toContain(sentence ?? '')
    }
  })

  it('accounts for all four factors of each source', () => {
    const bySource = new Map<string, string[]>()
    const full = world.truth.factors.filter(f => !f.sourceId.includes('#'))
    for (const { sourceId, factor } of full) {
      bySource.set(sourceId, [...(bySource.get(sourceId) ?? []), factor])
    }
    for (const factors of bySource.values()) expect(factors).toEqual([...METHODS.bant])
  })

  it('points only to people and companies there are', () => {
    const companies = new Set(world.companies.map(c => c.id))
    const contacts = new Set(world.contacts.map(c => c.id))
    const refs = [...world.leads, ...world.deals, ...world.threads, ...world.callNotes]
    for (const { contactId } of refs) expect(contacts.has(contactId)).toBe(true)
    const named = [...world.leads, ...world.contacts].flatMap(r => r.companyId ?? [])
    expect(named.filter(id => !companies.has(id))).toEqual([])
    const suppressed = world.leads.filter(l => l.case === 'suppressed').map(l => l.contactId)
    expect(suppressed.length).toBe(world.suppressions.length)
    const emails = new Set(world.contacts.map(c => c.email))
    const referred = world.truth.behaviours.flatMap(b => b.answers).flatMap(a => a.referredTo?.email ?? [])
    expect(referred.filter(email => !emails.has(email))).toEqual([])
    expect(world.truth.behaviours.filter(b => suppressed.includes(b.contactId))).toEqual([])
  })
})

import { mkdtempSync, readFileSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { dealsCsv, decide, generateWorld, leadsCsv, writeKnowledge } from './index.ts'
import { KNOWLEDGE_KINDS } from './types.ts'

const world = generateWorld({ seed: 'people', leads: 200, now: new Date('2026-03-10T09:00:00Z') })
const mail = (contactEmail: string) => ({
  kind: 'send_mail',
  contactEmail,
  text: 'Dear reader,\n\nmay I call?\n\nMara',
})

describe('decide', () => {
  it('approves most mails, edits some, refuses few, and says the same when asked again', () => {
    const ask = () => world.contacts.map(c => decide(world, mail(c.email)))
    const decisions = ask()
    const count = (verdict: string): number => decisions.filter(d => d.verdict === verdict).length
    expect(count('approve')).toBeGreaterThan(count('edit'))
    expect(count('edit')).toBeGreaterThan(count('refuse') / 2)
    expect(count('refuse')).toBeGreaterThan(0)
    expect(ask()).toEqual(decisions)
    for (const d of decisions.filter(d => d.verdict === 'edit'))
      expect(d.edit?.text).toMatch(/may I call\?[\s\S]+P\.S\./)
    expect(decisions.filter(d => d.verdict === 'refuse' && !d.why)).toEqual([])
  })

  it('refuses mail to the suppressed, unfinished texts, and deals with those we cannot help', () => {
    const suppressed = world.suppressions[0]?.email as string
    expect(decide(world, mail(suppressed)).verdict).toBe('refuse')
    const email = world.contacts[0]?.email as string
    expect(decide(world, { ...mail(email), text: 'Dear {{name}}' }).verdict).toBe('refuse')
    const unfit = world.leads.find(l => l.case === 'not_a_fit')
    const contact = world.contacts.find(c => c.id === unfit?.contactId)
    expect(decide(world, { kind: 'open_deal', contactEmail: contact?.email ?? '' }).verdict).toBe('refuse')
  })

  it('lets the manager decide what is put to her', () => {
    const manager = world.users.find(u => u.role === 'manager')
    expect(decide(world, { kind: 'update_deal', contactEmail: null, approver: 'manager' }).by).toBe(manager?.id)
  })
})

describe('files', () => {
  it('the lead list holds every lead under its headings', () => {
    const rows = parse(leadsCsv(world), { columns: true }) as Record<string, string>[]
    expect(rows).toHaveLength(world.leads.length)
    const messages = world.leads.map(l => l.message ?? '')
    expect(rows.map(r => r.Message)).toEqual(messages)
    expect(rows.filter(r => r.Company === '').length).toBe(world.leads.filter(l => l.companyId === null).length)
    expect(parse(leadsCsv(world, ['imported'])).length - 1).toBe(world.leads.filter(l => l.case === 'imported').length)
    expect(parse(dealsCsv(world)).length - 1).toBe(world.deals.length)
  })

  it('knowledge files carry id, kind, title and source', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'knowledge-'))
    const names = await writeKnowledge(world, dir)
    expect(readdirSync(dir).sort()).toEqual([...names].sort())
    const heads = names.map(
      name => parseYaml(readFileSync(join(dir, name), 'utf8').split('---\n')[1] as string) as Record<string, string>,
    )
    expect(new Set(heads.map(h => h.kind))).toEqual(new Set(KNOWLEDGE_KINDS))
    for (const head of heads) expect(Object.keys(head)).toEqual(['id', 'kind', 'title', 'source'])
  })
})

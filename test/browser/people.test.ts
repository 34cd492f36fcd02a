/** What managers, ops and admins do besides the day's work: stop, be told, set up, publish rules, lead, import. In a real browser. */
import axe from 'axe-core'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { useErasureKey } from '../../db/stores/erased.ts'
import { type System, until } from '../support/system.ts'
import { openBrowser, requireNone, SCREENSHOTS, type Watched } from './browser.ts'
import { dueTask, signedIn, startGround, waitingMail } from './ground.ts'

let system: System
let browser: Browser
let manager: Watched
let admin: Watched

beforeAll(async () => {
  ;[system, browser] = await Promise.all([startGround(), openBrowser()])
  useErasureKey('ab'.repeat(32))
  const lead = await system.lead('Ada Byrne')
  await waitingMail(system, lead, { subject: 'Your night shift' })
  await dueTask(system, lead.leadId, 'Call Ada Byrne')
  manager = await signedIn(browser, system, 'manager')
  admin = await signedIn(browser, system, 'ops')
  // In force with the next request.
  await system.admin.run(`update "user" set role = 'admin' where id = $1`, [system.people.ops.id])
  await admin.page.reload()
})
afterEach(() => {
  requireNone(manager.faults)
  requireNone(admin.faults)
})
afterAll(async () => {
  await browser?.close()
  await system?.close()
})

const engaged = () =>
  system.admin.rows<{ scope: string; target: string; reason: string }>(
    'select scope, target, reason from stop where released_at is null',
  )

describe('the stop switch', () => {
  it('is at hand by one key, says what it will hold, and stands on every page until it is let go', async () => {
    const { page } = manager
    await page.goto('/leads')
    await page.getByRole('heading', { name: 'Leads', level: 1 }).waitFor()
    await page.keyboard.press('!')
    const dialog = page.getByRole('dialog', { name: 'Stop switch' })
    await dialog.getByText('is not decided yet').waitFor()
    expect(await dialog.getByRole('button', { name: 'Stop it now' }).isDisabled()).toBe(true)
    await dialog.getByLabel('Why').fill('A price was wrong')
    expect(await engaged()).toEqual([])
    await page.keyboard.press('Control+Enter')
    const banner = page.getByRole('region', { name: 'What is stopped' })
    await banner.getByText('Everything is stopped').waitFor()
    expect(await engaged()).toEqual([{ scope: 'organisation', target: '', reason: 'A price was wrong' }])
    // Whoever else looks reads it too, by whom and why.
    await admin.page.goto('/today')
    await admin.page.getByRole('region', { name: 'What is stopped' }).getByText('A price was wrong').waitFor()
    await banner.getByRole('button', { name: 'Let it go on' }).click()
    await page.getByRole('dialog').getByLabel('Why').fill('Mended')
    await page.getByRole('dialog').getByRole('button', { name: 'Let it go on' }).click()
    await banner.waitFor({ state: 'detached' })
    expect(await engaged()).toEqual([])
    await admin.page.getByRole('region', { name: 'What is stopped' }).waitFor({ state: 'detached' })
  })

  it('is not there for a rep, who reads what is stopped all the same', async () => {
    const rep = await signedIn(browser, system, 'rep')
    const { manager: lead } = system.people
    const stop = await system.call(lead, '/api/stops', { scope: 'organisation', reason: 'We look into it' })
    await rep.page.getByRole('region', { name: 'What is stopped' }).getByText('We look into it').waitFor()
    expect(await rep.page.getByRole('button', { name: 'Stop switch' }).count()).toBe(0)
    expect(await rep.page.getByRole('button', { name: 'Let it go on' }).count()).toBe(0)
    await system.call(lead, `/api/stops/${stop.json.id}/release`, { reason: 'Looked into' })
    await rep.page.getByRole('region', { name: 'What is stopped' }).waitFor({ state: 'detached' })
    requireNone(rep.faults)
    await rep.context.close()
  })
})

describe('being told', () => {
  it('counts what needs one at its page, in the title and at the bell, until it was looked at', async () => {
    const rep = await signedIn(browser, system, 'rep')
    const { page } = rep
    await page.goto('/leads')
    const bell = page.getByRole('button', { name: /^Notifications/ }).locator('visible=true')
    await until('something new', async () => /\d+ new/.test((await bell.getAttribute('aria-label')) ?? ''))
    expect(await page.title()).toMatch(/^\(\d+\) Leads/)
    await page.getByRole('link', { name: /Today.*need you/ }).waitFor()
    await bell.click()
    await page.getByRole('dialog', { name: 'Notifications' }).getByRole('link').first().waitFor()
    await page.keyboard.press('Escape')
    expect(await bell.getAttribute('aria-label')).toBe('Notifications')
    expect(await page.title()).toMatch(/^Leads/)
    // Looked at is looked at, also after the page was loaded again.
    await page.reload()
    await page.getByRole('link', { name: /Today.*need you/ }).waitFor()
    expect(await bell.getAttribute('aria-label')).toBe('Notifications')
    requireNone(rep.faults)
    await rep.context.close()
  })
})

describe('settings', () => {
  it('are saved by keyboard; who was slower keeps what they typed and is told', async () => {
    const { page } = admin
    await page.goto('/settings/me')
    await page.getByRole('textbox', { name: 'Name' }).fill('Olga Marsh')
    await page.keyboard.press('Control+Enter')
    await page.getByText('Saved.').waitFor()
    const nameOf = async () =>
      (await system.admin.row<{ name: string }>('select name from "user" where id = $1', [system.people.ops.id]))?.name
    expect(await nameOf()).toBe('Olga Marsh')
    await page.getByRole('textbox', { name: 'Name' }).fill('Olga Typed')
    // An admin elsewhere is faster.
    await system.admin.run(`update "user" set name = 'Olga Elsewhere' where id = $1`, [system.people.ops.id])
    await page.keyboard.press('Control+Enter')
    await page.getByText('Somebody changed this meanwhile').waitFor()
    expect(await page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Olga Typed')
    expect(await nameOf()).toBe('Olga Elsewhere')
    await page.getByRole('button', { name: 'See theirs' }).click()
    expect(await page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Olga Elsewhere')
  })

  it('make a key that is shown once, does what was ticked and no more, and ends', async () => {
    const { page } = admin
    await page.goto('/settings/keys')
    await page.getByLabel('What it is for').fill('Nightly export')
    await page.getByRole('button', { name: 'Make the key' }).click()
    const shown = page.getByRole('status').filter({ hasText: 'shown this once' })
    const key = (await shown.locator('pre').innerText()).trim()
    const asks = (method: string, path: string, body?: object) =>
      fetch(`${system.url}${path}`, {
        method,
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        ...(body ? { body: JSON.stringify(body) } : {}),
      })
    expect((await asks('GET', '/api/leads')).status).toBe(200)
    expect((await asks('POST', '/api/stops', { scope: 'organisation', reason: 'x' })).status).toBe(403)
    await page
      .getByRole('listitem')
      .filter({ hasText: 'Nightly export' })
      .getByRole('button', { name: 'End it' })
      .click()
    await page.getByRole('dialog').getByRole('button', { name: 'End it' }).click()
    await page.getByText('is no longer valid').waitFor()
    expect((await asks('GET', '/api/leads')).status).toBe(401)
  })

  it('show a rep their own alone', async () => {
    const rep = await signedIn(browser, system, 'rep')
    await rep.page.goto('/settings')
    const places = rep.page.getByRole('navigation', { name: 'Settings' }).getByRole('link')
    await places.first().waitFor()
    expect(await places.allInnerTexts()).toEqual([
      'Name and hours',
      'Signing in',
      'API keys',
      'Mailboxes',
      'Never contact',
    ])
    await rep.page.goto('/settings/people')
    await rep.page.getByText('These settings are not yours to change').waitFor()
    requireNone(rep.faults)
    await rep.context.close()
  })

  it('erase a person only after it was seen what is stored and the name was typed; the receipt stays', async () => {
    const { contactId } = await system.lead('Ingrid Solberg', { email: 'ingrid@fjord-yarns.example' })
    const { page } = admin
    await page.goto('/settings/privacy')
    await page.getByRole('combobox', { name: 'Who' }).fill('Ingrid')
    await page.getByRole('option', { name: /Ingrid Solberg/ }).click()
    expect(await page.getByRole('button', { name: 'Erase it…' }).count()).toBe(0)
    await page.getByRole('button', { name: 'See what is stored' }).click()
    await page.getByRole('button', { name: 'Erase it…' }).click()
    const erase = page.getByRole('dialog').getByRole('button', { name: 'Erase for good' })
    expect(await erase.isDisabled()).toBe(true)
    await page.getByLabel(/^Type /).fill('Ingrid Solberg')
    await erase.click()
    await page.getByText('Receipts of erasures').waitFor()
    const stored = await system.admin.row<{ name: string | null }>('select name from contact where id = $1', [
      contactId,
    ])
    expect(stored?.name ?? '').not.toContain('Ingrid')
  })
})

describe('rules', () => {
  const POLICY = 'policy: 1\nrules:\n  - name: all is looked at\n    decide: ask\n'

  it('are tried on the past and put in force by keyboard, and an earlier version comes back', async () => {
    const { page } = admin
    await page.goto('/policies')
    await page.getByText('None is in force yet').waitFor()
    await page.keyboard.press('i')
    await page.keyboard.insertText(POLICY)
    await page.getByRole('list').getByText('all is looked at').waitFor()
    await page.getByRole('button', { name: 'Try it on the past' }).click()
    await page
      .getByRole('region', { name: 'Tried on the past' })
      .getByText(/would change/)
      .waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByText('Version 1 is in force.').first().waitFor()
    await page.keyboard.press('i')
    await page.keyboard.press('Control+End')
    await page.keyboard.insertText('# second\n')
    const publish = page.getByRole('button', { name: 'Put in force', exact: false }).first()
    await until('it is looked at', () => publish.isEnabled())
    await page.keyboard.press('Control+Enter')
    await page.getByText('Version 2 is in force.').first().waitFor()
    await page.getByLabel('What is shown').getByText('Versions').click()
    await page.getByRole('button', { name: 'Put in force again' }).click()
    await page.getByText('It is in force again, as version 3.').waitFor()
    const texts = await system.admin.rows<{ text: string }>(
      `select text from definition where kind = 'policy' order by version`,
    )
    expect(texts.map(({ text }) => text.includes('# second'))).toEqual([false, true, false])
  })
})

describe('leading people', () => {
  it('shows who has what, and what was refused with its reason, of one’s own team alone', async () => {
    const mail = await waitingMail(system, await system.lead('Per Dahl'), { subject: 'For Per' })
    const { json } = await system.call(system.people.rep, `/api/actions/${mail}`)
    await system.call(system.people.rep, `/api/actions/${mail}/refuse`, {
      hash: json.hash,
      why: 'We met them yesterday',
    })
    const { page } = manager
    await page.goto('/team')
    const row = page.getByRole('row').filter({ hasText: 'Riva' })
    await row.getByRole('button', { name: /What they changed/ }).click()
    await page.getByText('We met them yesterday').waitFor()
    const figures = async (who: 'rep' | 'manager' | 'ops') => {
      const answer = await system.call(system.people[who], '/api/team-figures')
      return answer.status === 200 ? (answer.json.items as { id: string }[]).map(({ id }) => id) : answer.status
    }
    const { rep, colleague, manager: lead, ops } = system.people
    expect(await figures('rep')).toBe(403)
    // The one who is in no team is not the manager's.
    expect(new Set((await figures('manager')) as string[])).toEqual(new Set([rep.id, colleague.id, lead.id]))
    expect(await figures('ops')).toContain(ops.id)
    await system.admin.run(`update "user" set team_id = null where id = $1`, [rep.id])
    const notes = await system.call(system.people.manager, '/api/coaching-notes')
    expect(notes.json.items).toEqual([])
    await system.admin.run(`update "user" set team_id = (select team_id from "user" where id = $2) where id = $1`, [
      rep.id,
      lead.id,
    ])
  })
})

describe('import', () => {
  const FILE = 'Kontaktweg,Who,Shift\nlea@loom.example,Lea Brandt,night\nnot an address,,\n'

  it('shows what each column is taken for, takes another word for it, and gives back what it could not use', async () => {
    const { page } = manager
    await page.goto('/import')
    await page.locator('input[type=file]').setInputFiles({
      name: 'fair.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(FILE),
    })
    await page
      .getByRole('alert')
      .getByText(/columns do not tell/i)
      .waitFor()
    await page.getByLabel('The rows are').selectOption('leads')
    const columns = page.getByRole('region', { name: 'Columns' })
    await columns.getByText('lea@loom.example').waitFor()
    // By half of its values nobody would take it for addresses.
    for (const [column, field] of [
      ['Kontaktweg', 'E-mail address'],
      ['Who', 'Name (first and last)'],
    ] as const) {
      await columns.getByRole('combobox', { name: `What ${column} is` }).click()
      await page.getByRole('option', { name: field, exact: true }).click()
    }
    await page.getByRole('button', { name: 'Import one row' }).click()
    await page.getByText(/fair.csv is in/).waitFor()
    const made = await system.admin.row<{ name: string; email: string }>(
      `select name, email from contact where email = 'lea@loom.example'`,
    )
    expect(made).toEqual({ name: 'Lea Brandt', email: 'lea@loom.example' })
    const href = (await page.getByRole('link', { name: 'Rows to mend, as a file' }).getAttribute('href')) ?? ''
    const file = await page.request.get(href)
    expect(await file.text()).toContain('import_reason')
    expect(await file.text()).toContain('not an address')
  })
})

describe('every page of them', () => {
  const PAGES = [
    '/health',
    '/team',
    '/team?view=away',
    '/autonomy',
    '/settings/organisation',
    '/settings/people',
    '/settings/hours',
    '/settings/pipelines',
    '/settings/fields',
    '/settings/products',
    '/settings/mailboxes',
    '/settings/model',
    '/settings/webhooks',
    '/settings/never-contact',
    '/settings/privacy',
    '/settings/retention',
  ]

  it('fits a narrow screen, and can be used by everybody', async () => {
    const { page } = admin
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
    await page.setViewportSize({ width: 375, height: 900 })
    for (const path of PAGES) {
      await page.goto(path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await until('the page is there', async () => (await page.locator('[aria-busy]').count()) === 0)
      const needs = await page.evaluate(() => document.documentElement.scrollWidth)
      expect([path, Math.max(needs, 375)]).toEqual([path, 375])
      await page.screenshot({ path: `${SCREENSHOTS}/${path.replaceAll(/\W+/g, '-').slice(1)}-375-dark.png` })
      await page.evaluate(axe.source)
      const { violations } = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run())
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      expect([path, serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)}`)]).toEqual([path, []])
    }
  })
})

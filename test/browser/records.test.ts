/** Pages of leads, accounts, contacts and deals in a real browser: what is known with its evidence, changes, conflicts, and what is hidden. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { type System, until } from '../support/system.ts'
import { openBrowser, requireNone, type Watched } from './browser.ts'
import { dueTask, signedIn, startGround, waitingMail } from './ground.ts'
import { knownLead, type KnownLead } from './record-ground.ts'
import { expectUsable, shownAt } from './usable.ts'

let system: System
let browser: Browser
let watched: Watched
let page: Page
let ada: KnownLead

beforeAll(async () => {
  ;[system, browser] = await Promise.all([startGround(), openBrowser()])
  ada = await knownLead(system, 'Ada Byrne')
  await waitingMail(system, ada, { subject: 'Your night shift' })
  await dueTask(system, ada.leadId, 'Call Ada Byrne')
  await system.admin.run(
    `insert into custom_field (kind, key, label, type, choices, sensitive) values ('lead', 'margin', 'Margin', 'number', '{}', true), ('lead', 'region', 'Region', 'text', '{}', false)`,
  )
  await system.admin.run(`update lead set custom = '{"margin": 31, "region": "Munster"}' where id = $1`, [ada.leadId])
  watched = await signedIn(browser, system, 'rep')
  page = watched.page
})
afterEach(() => requireNone(watched.faults))
afterAll(async () => {
  await browser?.close()
  await system?.close()
})

const lead = async (): Promise<{ status: string; campaign: string; custom: { region: string } }> =>
  (await system.db.row('select status, campaign, custom from lead where id = $1', [ada.leadId])) ?? {
    status: '',
    campaign: '',
    custom: { region: '' },
  }

it('a lead: what is known, each with its passage; where sources disagree; a score that adds up', async () => {
  await page.goto('/leads')
  await page.getByRole('row', { name: /Ada Byrne/ }).click()
  await page.getByRole('heading', { name: 'Ada Byrne', level: 1 }).waitFor()
  const brief = page.getByRole('region', { name: 'Brief' })
  await brief.getByText('A weaving mill in Cork, since 1974.').waitFor()
  await brief.getByRole('button', { name: 'Evidence: founded in 1974' }).click()
  const mark = page.frameLocator('iframe').locator('mark')
  await mark.waitFor()
  expect(await mark.innerText()).toBe('founded in 1974')
  await page.getByRole('button', { name: 'Close the source' }).click()
  const people = page.getByRole('group', { name: 'Employees: sources disagree' })
  expect(await people.innerText()).toMatch(/120[^]*250|250[^]*120/)
  const timing = page.getByRole('group', { name: 'Timing' })
  expect(await timing.innerText()).toMatch(/Not known[^]*Ask: By when exactly\?/)
  expect(await page.getByRole('region', { name: 'Not known yet' }).innerText()).toContain('Which systems do you use')
  const points = await page
    .getByRole('table', { name: 'What the score is made of' })
    .locator('tbody tr td:last-child')
    .allInnerTexts()
  expect(points.map(Number).reduce((sum, one) => sum + one, 0)).toBe(76.5)
  await page.getByRole('link', { name: /Mail to Ada Byrne: Your night shift/ }).waitFor()
  await page
    .getByText(/theirs|GMT-4|GMT-5|EST|EDT/)
    .first()
    .waitFor()
})

it('a timeline by keyboard: mails, runs, changes; a note is kept while it is typed, and then for good', async () => {
  await shownAt(page, `/leads/${ada.leadId}`, 'Ada Byrne')
  await page.keyboard.press('2')
  const happened = page.getByRole('list', { name: 'What happened, newest first' })
  await happened.getByText('Mail from ada@harbour-looms.example').waitFor()
  await happened.getByRole('link', { name: 'inbound-lead' }).first().waitFor()
  await page.keyboard.press('n')
  await page.keyboard.type('Ada called: the board meets on Friday.')
  await page.reload()
  const box = page.getByRole('textbox', { name: 'Note' })
  await until('the note is found again', async () => (await box.inputValue()) !== '')
  await box.focus()
  await page.keyboard.press('Control+Enter')
  await happened.getByText('Ada called: the board meets on Friday.').waitFor()
  expect(await happened.getByRole('listitem').first().innerText()).toContain('Riva noted')
  await page.getByText('Mails and notes').click()
  await until(
    'runs are left out',
    async () => (await happened.getByRole('link', { name: 'inbound-lead' }).count()) === 0,
  )
  await page.keyboard.press('3')
  await page
    .getByRole('list', { name: 'What was not done, and why' })
    .getByText(/It waits for/)
    .waitFor()
})

it('a field in its place: saved, taken back, and both values where somebody else was faster', async () => {
  await shownAt(page, `/leads/${ada.leadId}`, 'Ada Byrne')
  await page.getByRole('button', { name: 'Change Region: Munster' }).click()
  await page.getByRole('textbox', { name: 'Region' }).fill('Leinster')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Change Region: Leinster' }).waitFor()
  expect((await lead()).custom.region).toBe('Leinster')
  await page.keyboard.press('z')
  await page.getByRole('button', { name: 'Change Region: Munster' }).waitFor()
  // Another field meanwhile is no conflict; this one is.
  await page.getByRole('button', { name: 'Change Region: Munster' }).click()
  await page.getByRole('textbox', { name: 'Region' }).fill('Ulster')
  await elsewhere({ status: 'working' })
  await page.getByText('Working', { exact: true }).first().waitFor()
  await elsewhere({ custom: { region: 'Connacht' } })
  await page.getByText('Somebody changed this while you typed.').waitFor()
  expect(await page.getByRole('form', { name: 'Change Region' }).innerText()).toMatch(/Connacht[^]*Ulster/)
  expect(await page.getByRole('textbox', { name: 'Region' }).inputValue()).toBe('Ulster')
  await page.getByRole('button', { name: 'Save mine' }).click()
  await page.getByRole('button', { name: 'Change Region: Ulster' }).waitFor()
  expect(await lead()).toMatchObject({ status: 'working', custom: { region: 'Ulster' } })
})

it('a suggestion for a field that a person owns is taken over', async () => {
  await shownAt(page, `/leads/${ada.leadId}`, 'Ada Byrne')
  const suggested = page.getByRole('region', { name: 'Suggested changes' })
  await suggested.getByText('Night shift', { exact: true }).waitFor()
  await suggested.getByRole('button', { name: 'Accept' }).click()
  await suggested.waitFor({ state: 'detached' })
  await page.goto('/leads')
  await until('it is taken over', async () => (await lead()).campaign === 'Night shift')
  expect(watched.faults).toEqual([])
})

it('company, person and deal lead to one another', async () => {
  await shownAt(page, `/leads/${ada.leadId}`, 'Ada Byrne')
  await page.getByRole('region', { name: 'Company' }).getByRole('link').click()
  await page.getByRole('heading', { name: 'Ada Byrne Works', level: 1 }).waitFor()
  await page.getByRole('region', { name: 'Deals' }).getByRole('link').click()
  await page.getByRole('heading', { name: 'Ada Byrne: night shift', level: 1 }).waitFor()
  await page.getByRole('button', { name: 'Change Amount: €40,000' }).waitFor()
  await page.getByRole('button', { name: 'Change Stage: Proposal' }).click()
  await page.getByLabel('Stage', { exact: true }).selectOption({ label: 'Won' })
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Change Stage: Won' }).waitFor()
  await page.getByRole('region', { name: 'People' }).getByRole('link').click()
  await page.getByRole('heading', { name: 'Ada Byrne', level: 1 }).waitFor()
  await page.getByText('Nobody has said').first().waitFor()
  expect(watched.faults).toEqual([])
})

it('fits every width in both themes, and can be used by everybody', async () => {
  await expectUsable(page, `/leads/${ada.leadId}`, 'Ada Byrne', 'lead')
  await expectUsable(page, `/leads/${ada.leadId}?tab=timeline`, 'Ada Byrne', 'lead-timeline')
  await expectUsable(page, `/leads/${ada.leadId}?tab=undone`, 'Ada Byrne', 'lead-undone')
  await expectUsable(page, `/deals/${ada.dealId}`, 'Ada Byrne: night shift', 'deal')
  await expectUsable(page, `/accounts/${ada.accountId}`, 'Ada Byrne Works', 'account')
  await expectUsable(page, `/contacts/${ada.contactId}`, 'Ada Byrne', 'contact')
  expect(watched.faults).toEqual([])
})

it('who may only look sees no way to change it, no margin, and nothing that was written', async () => {
  const { page: theirs, context, faults } = await signedIn(browser, system, 'ops')
  await shownAt(theirs, `/leads/${ada.leadId}?tab=timeline`, 'Ada Byrne')
  await theirs.getByRole('list', { name: 'What happened, newest first' }).getByText('Mail from').waitFor()
  expect(await theirs.getByText(/Could you show us|the board meets|Margin/).count()).toBe(0)
  expect(await theirs.getByRole('button', { name: /^Change / }).count()).toBe(0)
  expect(await theirs.getByRole('textbox', { name: 'Note' }).count()).toBe(0)
  await theirs.getByText('Munster').or(theirs.getByText('Ulster')).first().waitFor()
  await context.close()
  expect(faults).toEqual([])
})

it('is handed over with a word, and its tasks go along', async () => {
  await shownAt(page, `/leads/${ada.leadId}`, 'Ada Byrne')
  await page.keyboard.press('w')
  const dialog = page.getByRole('dialog', { name: 'Hand over this lead' })
  await dialog.getByLabel('To whom').selectOption({ label: 'Cole, Sales' })
  await dialog.getByLabel('A word for them').fill('She likes to be called in the morning')
  await dialog.getByRole('button', { name: 'Hand over' }).click()
  await dialog.waitFor({ state: 'detached' })
  const owners = await system.db.row<{ lead: string; task: string }>(
    'select l.owner_id as lead, t.assignee_id as task from lead l join task t on t.lead_id = l.id where l.id = $1',
    [ada.leadId],
  )
  expect(owners).toEqual({ lead: system.people.colleague.id, task: system.people.colleague.id })
  // A rep looks at what is a colleague's, and does not change it.
  await page
    .getByRole('button', { name: /^Change / })
    .first()
    .waitFor({ state: 'detached' })
  await page.keyboard.press('2')
  await page.getByText('handed over: She likes to be called in the morning').waitFor()
})

/** The manager changes the lead, at another screen. */
async function elsewhere(set: object): Promise<void> {
  const answer = await fetch(`${system.url}/api/leads/${ada.leadId}`, {
    method: 'PATCH',
    headers: {
      'content-type': 'application/json',
      'if-match': '*',
      authorization: `Bearer ${system.people.manager.apiKey}`,
    },
    body: JSON.stringify({ set }),
  })
  expect(answer.status).toBe(200)
}

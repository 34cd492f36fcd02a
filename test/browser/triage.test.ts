/** Today and Approvals done by keyboard alone in a real browser, down to what the database then holds. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { type System, until } from '../support/system.ts'
import { openBrowser, requireNone, type Watched } from './browser.ts'
import { dueTask, signedIn, startGround, waitingMail } from './ground.ts'

let system: System
let browser: Browser
let watched: Watched
let page: Page

beforeAll(async () => {
  ;[system, browser] = await Promise.all([startGround(), openBrowser()])
  watched = await signedIn(browser, system, 'rep')
  page = watched.page
})
afterEach(() => requireNone(watched.faults))
afterAll(async () => {
  await browser?.close()
  await system?.close()
})

const statusOf = async (table: 'action' | 'task', id: string): Promise<string> =>
  (await system.db.row<{ status: string }>(`select status from ${table} where id = $1`, [id]))?.status ?? 'none'

const becomes = (table: 'action' | 'task', id: string, status: string) =>
  until(`${table} is ${status}`, async () => (await statusOf(table, id)) === status)

const chosen = () => page.locator('li [aria-current]')

async function mails(names: string[]): Promise<string[]> {
  const ids: string[] = []
  for (const name of names)
    ids.push(await waitingMail(system, await system.lead(name), { subject: `For ${name.split(' ')[0]}` }))
  return ids
}

it('Today: what waits is ranked, approved, done and taken back, each by one key', async () => {
  const [mail = ''] = await mails(['Ada Byrne'])
  const lead = await system.lead('Noor Haddad')
  const [task, spared] = [
    await dueTask(system, lead.leadId, 'Call Noor Haddad'),
    await dueTask(system, lead.leadId, 'Send Noor the price list'),
  ]
  await page.goto('/today')
  const rows = page.getByRole('list', { name: 'What needs you' }).getByRole('listitem')
  await rows.nth(2).waitFor()
  expect(await rows.nth(0).innerText()).toContain('For Ada')
  await page.getByRole('button', { name: 'Approve' }).waitFor()
  await page.keyboard.press('a')
  await page.getByText('Approved: Mail to Ada Byrne: For Ada').waitFor()
  expect(await rows.count()).toBe(2)
  // The one that took its place is chosen; back and forth.
  await page.keyboard.press('j')
  const second = await chosen().innerText()
  await page.keyboard.press('k')
  expect(await chosen().innerText()).not.toBe(second)
  const first = (await chosen().innerText()).includes('Call') ? task : spared
  const other = first === task ? spared : task
  await page.keyboard.press('a')
  await page.getByText(/^Done: /).waitFor()
  // Taken back at once: it is there again and was never sent.
  await page.keyboard.press('z')
  await until('two rows', async () => (await rows.count()) === 2)
  await page.keyboard.press('a')
  await until('one row', async () => (await rows.count()) === 1)
  // Leaving the page sends what was held.
  await page.goto('/leads')
  await becomes('action', mail, 'approved')
  await until('one task is done', async () => {
    const statuses = [await statusOf('task', first), await statusOf('task', other)]
    return statuses.toSorted().join() === 'done,open'
  })
  await page.goto('/today')
  await rows.nth(0).waitFor()
  await page.keyboard.press('r')
  await page.getByText('Nothing needs you now').waitFor()
})

it('Approvals: one key a mail; edited and refused ones by a few', async () => {
  const ids = await mails(['Piet de Vries', 'Lena Vogel', 'Marco Rossi', 'Ines Costa'])
  await page.goto('/approvals')
  const rows = page.getByRole('list', { name: 'What waits for you' }).getByRole('listitem')
  await rows.nth(3).waitFor()
  const texts = await rows.allInnerTexts()
  const order = texts.map(text => ids[['Piet', 'Lena', 'Marco', 'Ines'].findIndex(name => text.includes(name))] ?? '')
  let presses = 0
  const press = async (key: string) => {
    presses += 1
    await page.keyboard.press(key)
  }
  const decide = page.getByRole('button', { name: 'Approve', exact: false })
  for (const left of [3, 2]) {
    await decide.first().waitFor()
    await press('a')
    await until(`${left} rows`, async () => (await rows.count()) === left)
  }
  expect(presses / 2).toBeLessThanOrEqual(2)
  // Edited: what one typed leaves, as one's own.
  await decide.first().waitFor()
  await page.keyboard.press('e')
  await page.getByLabel('Mail', { exact: true }).fill('Written by a person.')
  await page.keyboard.press('Control+Enter')
  await until('one row', async () => (await rows.count()) === 1)
  // Refused: with a reason.
  await decide.first().waitFor()
  await page.keyboard.press('r')
  await until('the reason is asked for', () =>
    page.getByLabel('Reason').evaluate(one => one === document.activeElement),
  )
  await page.keyboard.type('They are on holiday')
  await page.keyboard.press('Enter')
  await page.getByText('Nothing waits for your word').waitFor()
  await page.goto('/leads')
  for (const [n, status] of ['approved', 'approved', 'superseded', 'refused'].entries())
    await becomes('action', order[n] ?? '', status)
  const edited = await system.db.row<{ status: string; text: string }>(
    `select status, content->>'text' as text from action where supersedes_id = $1`,
    [order[2]],
  )
  expect(edited).toMatchObject({ status: 'approved', text: 'Written by a person.' })
})

it('Approvals: many of a kind at once', async () => {
  const ids = await mails(['Eva Lund', 'Finn Berg', 'Gita Rao'])
  await page.goto('/approvals')
  await page.getByRole('button', { name: 'Approve' }).first().waitFor()
  await page.keyboard.press('s')
  await page.getByText('3 ticked').waitFor()
  await page.keyboard.press('x')
  await page.keyboard.press('Shift+A')
  await page.getByText('Approved: 2 of inbound-lead').waitFor()
  await page.keyboard.press('a')
  await page.getByText('Nothing waits for your word').waitFor()
  await page.goto('/leads')
  for (const id of ids) await becomes('action', id, 'approved')
  expect(await Promise.all(ids.map(id => statusOf('action', id)))).toEqual(['approved', 'approved', 'approved'])
})

it('Evidence: a claim opens its source with the passage lit, and hostile text stays text', async () => {
  const hostile = 'Harbour Looms</pre><script>top.pwned=1</script><img src=x onerror="top.pwned=1"> runs three shifts'
  await waitingMail(system, await system.lead('Kofi Mensah'), {
    subject: 'For Kofi',
    page: `About\n${'A line of the page.\n'.repeat(200)}${hostile} in Cork.\nThe end.`,
    quote: hostile,
  })
  await page.goto('/approvals')
  await page.getByRole('button', { name: 'You run three shifts in Cork.' }).click()
  const source = page.frameLocator('iframe')
  const mark = source.locator('mark')
  await mark.waitFor()
  expect(await mark.innerText()).toBe(hostile)
  await until('the passage is in view', () =>
    mark.evaluate(one => one.getBoundingClientRect().top > 0 && one.getBoundingClientRect().top < 900),
  )
  expect(await page.evaluate(() => 'pwned' in window)).toBe(false)
  await page.keyboard.press('Escape')
})

it('what somebody else decides stays in its place, told so; what is new waits behind a button', async () => {
  await page.goto('/approvals')
  const rows = page.getByRole('list', { name: 'What waits for you' }).getByRole('listitem')
  await rows.first().waitFor()
  const before = await rows.allInnerTexts()
  const action = await system.db.row<{ id: string }>(`select id from action where status = 'waiting'`)
  const [fresh] = await mails(['Olga Petrova'])
  await page.getByRole('button', { name: 'Show 1 new' }).waitFor()
  expect(await rows.allInnerTexts()).toEqual(before)
  await system.call(system.people.rep, `/api/actions/${action?.id}/refuse`, { why: 'from elsewhere' })
  await page.getByText('Decided by somebody else').waitFor()
  expect(await rows.count()).toBe(1)
  await page.getByRole('button', { name: 'Show 1 new' }).click()
  await page.getByText('For Olga').first().waitFor()
  expect(await rows.count()).toBe(1)
  expect(fresh).toBeTruthy()
})

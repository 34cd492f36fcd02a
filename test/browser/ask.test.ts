/** Ask in a real browser: a question by keyboard, the saved queries where there is no model, the answer as it comes in two tabs, and text that stays text. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { addStep, beginAttempt, endAttempt } from '../../db/stores/asks.ts'
import { changeField } from '../../db/stores/records.ts'
import type { System } from '../support/system.ts'
import { openBrowser, requireNone, SCREENSHOTS, type Watched } from './browser.ts'
import { signedIn, startGround } from './ground.ts'

let system: System
let browser: Browser
let watched: Watched
let page: Page
let dealId = ''

beforeAll(async () => {
  ;[system, browser] = await Promise.all([startGround(), openBrowser()])
  watched = await signedIn(browser, system, 'rep')
  page = watched.page
  dealId = await system.db.tx(async tx => {
    const deal = await tx.row<{ id: string }>(
      `insert into deal (name, pipeline_id, stage_id, owner_id, close_date)
       select 'Orrin <b>Pumps</b>', pipeline_id, id, $1, '2027-01-03' from stage where kind = 'open' order by position limit 1 returning id`,
      [system.people.rep.id],
    )
    const [id, by] = [deal?.id ?? '', `person:${system.people.rep.id}`]
    await changeField(tx, {
      table: 'deal',
      id,
      field: 'closeDate',
      value: '2027-01-20',
      by,
      why: 'their board met late',
    })
    return id
  })
})
afterEach(() => requireNone(watched.faults))
afterAll(async () => {
  await browser?.close()
  await system?.close()
})

const newest = async (): Promise<string> =>
  (await system.db.row<{ id: string }>('select id from ask order by created_at desc limit 1'))?.id ?? ''

it('is asked by keyboard; without a model a saved query answers, with a link to what it speaks of', async () => {
  await page.goto('/ask')
  await page.getByText('Ask about leads, people, companies and deals').waitFor()
  await page.keyboard.press('e')
  await page.keyboard.type('Which deals slipped this month and why?')
  await page.keyboard.press('Enter')
  await page.getByText('Waiting for its turn').waitFor()
  await system.activities.answerAsk({ askId: await newest() })
  await page.getByRole('list', { name: 'Saved queries' }).waitFor()
  await page.screenshot({ path: `${SCREENSHOTS}/ask-offers.png` })
  await page.getByRole('button', { name: 'Deals whose close date moved later this month' }).click()
  await page.getByRole('heading', { name: 'Deals whose close date moved later this month' }).waitFor()
  await system.activities.answerAsk({ askId: await newest() })
  const answer = page.getByRole('log', { name: 'Answer' })
  await answer.getByText('their board met late').waitFor()
  expect(await answer.getByRole('link').getAttribute('href')).toBe(`/deals/${dealId}`)
  // What a record is called is text, whatever it looks like.
  expect(await answer.getByRole('link').innerText()).toBe('Orrin <b>Pumps</b>')
  await page.screenshot({ path: `${SCREENSHOTS}/ask-answer.png` })
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.setViewportSize({ width: 375, height: 800 })
  await page.screenshot({ path: `${SCREENSHOTS}/ask-answer-375.png` })
  await page.setViewportSize({ width: 1440, height: 900 })
})

it('comes step by step in every tab, and is there after a reload; stopped, it says so', async () => {
  await page.goto('/ask')
  await page.getByLabel('Your question').fill('What is new?')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'What is new?' }).waitFor()
  const id = await newest()
  const other = await watched.context.newPage()
  await other.goto(`/ask/${id}`)
  const attempt = await beginAttempt(system.deps.db, id)
  const of = attempt ?? { id, attempt: 0 }
  const sentence = {
    text: 'It is worth 48,211.',
    records: [{ kind: 'deal' as const, id: dealId, name: 'Orrin' }],
    unsupported: ['48,211'],
  }
  await addStep(system.deps.db, of, 1, { kind: 'look', body: { tool: 'find_records', told: 'Looked for 1 deal' } })
  await addStep(system.deps.db, of, 2, { kind: 'sentence', body: sentence })
  for (const tab of [page, other]) {
    await tab.getByText('Looked for 1 deal').first().waitFor()
    await tab.getByText('Not from the records: 48,211').waitFor()
  }
  await other.close()
  await page.reload()
  await page.getByText('Not from the records: 48,211').waitFor()
  await page.keyboard.press('r')
  await page.getByText('You stopped this answer.').waitFor()
  await endAttempt(system.deps.db, of, { status: 'answered', by: 'model', why: null })
  const row = await system.db.row<{ status: string }>('select status from ask where id = $1', [id])
  expect(row?.status).toBe('cancelled')
})

/** The inbox, the pipeline board and the tables in a real browser: sorted, moved and changed by few keys, and nothing lost on the way. */
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { storeMessage } from '../../db/stores/conversation.ts'
import { storeSource } from '../../db/stores/evidence.ts'
import { addPipeline } from '../../db/stores/shape/pipelines.ts'
import { type System, until } from '../support/system.ts'
import { openBrowser, requireNone, SCREENSHOTS, type Watched } from './browser.ts'
import { signedIn, startGround } from './ground.ts'
import { expectUsable } from './usable.ts'

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

interface Came {
  from: string
  contactId: string | null
  subject: string
  text: string
  label: string
  quote: string
}

/** A mail that came in and was read. */
async function came({ from, contactId, subject, text, label, quote }: Came): Promise<string> {
  return system.db.tx(async tx => {
    const id = randomUUID()
    const sourceId = await storeSource(tx, { key: `mail:${id}`, kind: 'mail', text, fetchedAt: new Date() })
    const html = `<p>${quote}</p><script>top.pwned=1</script><img src="https://tracker.example/p.gif">`
    const stored = await storeMessage(tx, {
      messageId: id,
      direction: 'in',
      threadId: null,
      contactId,
      inReplyTo: null,
      refs: [],
      fromAddress: from,
      toAddresses: ['riva@ledgerline.example'],
      subject,
      sourceId,
      raw: new TextEncoder().encode(`Subject: ${subject}\r\nContent-Type: text/html\r\n\r\n${html}`),
      headers: {},
      at: new Date(),
      matchedBy: null,
    })
    await tx.run(`update message set label = $2, label_by = 'rules', label_quote = $3, read_at = now() where id = $1`, [
      stored.id,
      label,
      quote,
    ])
    return stored.id
  })
}

const labelOf = async (id: string) =>
  system.db.row<{ label: string; labelBy: string }>('select label, label_by from message where id = $1', [id])

describe('the inbox', () => {
  it('one key sorts a reply and goes on to the next; it can be taken back', async () => {
    const { contactId } = await system.lead('Ada Byrne')
    const reply = (subject: string, label: string, text: string) =>
      came({ from: 'ada-byrne@ada-byrne.example', contactId, subject, text, label, quote: text })
    const [first, second, third] = [
      await reply('Your offer', 'interested', 'We would like to see it.'),
      await reply('Night shifts', 'question', 'What does it cost?'),
      await reply('Away', 'out_of_office', 'I am away until Monday.'),
    ]
    await page.goto('/inbox')
    const rows = page.getByRole('list', { name: 'Messages' }).getByRole('listitem')
    await rows.nth(2).waitFor()
    // By label, what wants a person soonest first; the sentence that decided is lit in its text.
    expect((await rows.allInnerTexts()).map(text => /Your offer|Night shifts|Away/.exec(text)?.[0])).toEqual([
      'Your offer',
      'Night shifts',
      'Away',
    ])
    await page.locator('mark', { hasText: 'We would like to see it.' }).waitFor()
    await page.screenshot({ path: `${SCREENSHOTS}/inbox-sorting.png` })
    let presses = 0
    const press = async (key: string) => {
      presses += 1
      await page.keyboard.press(key)
    }
    await press('a')
    await until('two rows', async () => (await rows.count()) === 2)
    await press('4')
    await until('one row', async () => (await rows.count()) === 1)
    expect(presses / 2).toBeLessThanOrEqual(1)
    await page.keyboard.press('9')
    await page.getByText('All sorted').waitFor()
    await page.keyboard.press('z')
    await until('it is back', async () => (await rows.count()) === 1)
    await page.goto('/today')
    await until('the first is confirmed', async () => (await labelOf(first))?.labelBy === 'person')
    await until('the second is corrected', async () => (await labelOf(second))?.label === 'not_now')
    expect(await labelOf(first)).toEqual({ label: 'interested', labelBy: 'person' })
    expect(await labelOf(third)).toEqual({ label: 'out_of_office', labelBy: 'rules' })
  })

  it('mail from nobody we know is given to somebody by two clicks, and its HTML runs and loads nothing', async () => {
    const { contactId } = await system.lead('Noor Haddad')
    const id = await came({
      from: 'assistant@noor-haddad.example',
      contactId: null,
      subject: 'For Noor',
      text: 'She asks for the price list.',
      label: 'question',
      quote: 'She asks for the price list.',
    })
    const asked: string[] = []
    page.on('request', request => asked.push(request.url()))
    await page.goto('/inbox?view=unmatched')
    await page.getByRole('listitem').filter({ hasText: 'For Noor' }).getByRole('button').click()
    await page.getByRole('button', { name: 'As it was sent' }).click()
    await page.frameLocator('iframe').getByText('She asks for the price list.').waitFor()
    expect(await page.evaluate(() => 'pwned' in window)).toBe(false)
    await page.getByRole('button', { name: /^Noor Haddad/ }).click()
    await page.getByText('Every message is somebody’s').waitFor()
    const row = await system.db.row('select contact_id, matched_by from message where id = $1', [id])
    expect(row).toEqual({ contactId, matchedBy: 'a person' })
    expect(asked.filter(url => !url.startsWith(system.url) && !url.startsWith('data:'))).toEqual([])
  })
})

describe('deals', () => {
  const ids: Record<string, string> = {}
  const stageOf = async (id = '') =>
    (
      await system.db.row<{ name: string }>(
        'select s.name from deal d join stage s on s.id = d.stage_id where d.id = $1',
        [id],
      )
    )?.name
  const inStage = (name: string) => page.getByRole('list', { name: `Deals in ${name}` })
  const card = (name: string) => page.getByRole('link', { name })

  beforeAll(async () => {
    const pipeline = await system.db.tx(tx =>
      addPipeline(
        tx,
        {
          name: 'Board',
          stages: [
            {
              name: 'discovery',
              kind: 'open',
              probability: 0.1,
              exitRules: [{ rule: 'has(deal.amount)', message: 'Say what it is worth.' }],
            },
            { name: 'proposal', kind: 'open', probability: 0.5, exitRules: [] },
            { name: 'won', kind: 'won', probability: 1, exitRules: [] },
            { name: 'lost', kind: 'lost', probability: 0, exitRules: [] },
          ],
        },
        'test',
      ),
    )
    ids.pipeline = pipeline.id
    for (const [name, amount] of [
      ['Pumps', 500_00],
      ['Looms', null],
      ['Sails', 250_00],
    ] as const) {
      const row = await system.admin.row<{ id: string }>(
        `insert into deal (name, pipeline_id, stage_id, owner_id, amount_minor, currency, next_step, close_date, created_at)
         values ($1, $2, $3, $4, $5, 'EUR', $6, '2020-01-01', now() - interval '30 days') returning id`,
        [
          name,
          pipeline.id,
          pipeline.stages[0]?.id,
          system.people.rep.id,
          amount,
          name === 'Pumps' ? 'Send the offer' : null,
        ],
      )
      ids[name] = row?.id ?? ''
    }
  })
  const shown = async () => {
    await page.goto(`/deals?pipeline=${ids.pipeline}`)
    await card('Sails').waitFor()
  }

  it('move by keys alone, are announced, and come back when it is taken back', async () => {
    await shown()
    await page.getByText('Stands still: should have closed', { exact: false }).first().waitFor()
    await page.getByText('€750').waitFor()
    await page.screenshot({ path: `${SCREENSHOTS}/board.png` })
    await page.keyboard.press('j')
    const name = await page.evaluate(() => document.activeElement?.textContent ?? '')
    expect(name).toBe('Pumps')
    await page.keyboard.press('Shift+ArrowRight')
    await inStage('Proposal').getByRole('link', { name: 'Pumps' }).waitFor()
    await until('it is announced', async () =>
      (await page.getByRole('status').allInnerTexts()).some(text => text.includes('Pumps is in Proposal.')),
    )
    expect(await stageOf(ids.Pumps)).toBe('discovery')
    await page.keyboard.press('z')
    await inStage('Discovery').getByRole('link', { name: 'Pumps' }).waitFor()
    await card('Pumps').focus()
    await page.keyboard.press('m')
    await page.getByRole('dialog', { name: 'Move Pumps to' }).waitFor()
    await page.getByRole('button', { name: 'Proposal', exact: true }).press('Enter')
    await inStage('Proposal').getByRole('link', { name: 'Pumps' }).waitFor()
    await page.goto('/today')
    await until('it is stored', async () => (await stageOf(ids.Pumps)) === 'proposal')
  })

  it('dragged, they are asked what the stage asks for; what somebody changed meanwhile stays theirs', async () => {
    await shown()
    await card('Looms').dragTo(inStage('Proposal'))
    const dialog = page.getByRole('dialog', { name: 'Looms to Proposal' })
    await dialog.getByText('Say what it is worth.').waitFor()
    await dialog.getByLabel('Amount').fill('1,200 EUR')
    await page.screenshot({ path: `${SCREENSHOTS}/board-asks.png` })
    await dialog.getByRole('button', { name: 'Move it' }).click()
    await inStage('Proposal').getByRole('link', { name: 'Looms' }).waitFor()
    await system.admin.run(`update deal set next_step = 'theirs', updated_at = now() where id = $1`, [ids.Looms])
    await page.getByText('Somebody changed Looms meanwhile').waitFor()
    await inStage('Discovery').getByRole('link', { name: 'Looms' }).waitFor()
    expect(await stageOf(ids.Looms)).toBe('discovery')
    // Lost: with the reason, which is kept.
    await card('Looms').focus()
    await page.keyboard.press('m')
    await page.getByRole('button', { name: 'Lost', exact: true }).click()
    const lost = page.getByRole('dialog', { name: 'Looms to Lost' })
    await lost.getByRole('button', { name: 'Price' }).click()
    await lost.getByRole('button', { name: 'Move it' }).click()
    await inStage('Lost').getByRole('link', { name: 'Looms' }).waitFor()
    await page.goto('/today')
    await until('it is lost', async () => (await stageOf(ids.Looms)) === 'lost')
    const change = await system.db.row<{ why: string }>(
      `select why from field_change where record_id = $1 and field = 'stageId' order by at desc limit 1`,
      [ids.Looms],
    )
    expect(change?.why).toBe('lost: Price')
  })

  it('many are changed at once: what would become of each is shown, and what became of each is told', async () => {
    await system.admin.run('update deal set amount_minor = null where id = $1', [ids.Sails])
    await page.goto('/deals?view=table&open=all')
    await page.getByRole('row').filter({ hasText: 'Looms' }).getByRole('checkbox').check()
    await page.getByRole('row').filter({ hasText: 'Sails' }).getByRole('checkbox').check()
    await page.screenshot({ path: `${SCREENSHOTS}/deals-table.png` })
    await page.keyboard.press('b')
    const dialog = page.getByRole('dialog', { name: 'Change 2 deals' })
    await dialog.getByLabel('What to change').selectOption('Stage')
    await dialog.getByLabel('To', { exact: true }).selectOption('Board: Proposal')
    await dialog.getByRole('button', { name: 'Show what would change' }).click()
    await dialog.getByText('2 would change.').waitFor()
    await dialog.getByRole('button', { name: 'Change 2' }).click()
    await dialog.getByText('1 changed, 1 could not be changed.').waitFor()
    await dialog.getByText('Say what it is worth.', { exact: false }).waitFor()
    await page.screenshot({ path: `${SCREENSHOTS}/deals-bulk.png` })
    expect([await stageOf(ids.Looms), await stageOf(ids.Sails)]).toEqual(['proposal', 'discovery'])
    await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()
  })
})

describe('leads', () => {
  it('a view is saved with its filters and columns, found again, and exported', async () => {
    await page.goto('/leads')
    await page.getByRole('row').filter({ hasText: 'Ada Byrne' }).waitFor()
    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('checkbox', { name: 'E-mail' }).check()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Came' }).click()
    await page.getByText('Newest first').waitFor()
    await page.getByRole('button', { name: 'Views' }).click()
    await page.getByRole('menuitem', { name: 'Save this view…' }).click()
    await page.getByLabel('Name').fill('Fresh ones')
    await page.keyboard.press('Enter')
    await page.goto('/leads')
    await page.getByText('Best score first').waitFor()
    await page.getByRole('button', { name: 'Views' }).click()
    await page.getByRole('menuitem', { name: 'Fresh ones' }).click()
    await page.getByText('Newest first').waitFor()
    await page.getByRole('columnheader', { name: 'E-mail' }).waitFor()
    await page.screenshot({ path: `${SCREENSHOTS}/leads-view.png` })
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export' }).click(),
    ])
    const text = await readFile(await file.path(), 'utf8')
    expect(text.split('\r\n')[0]).toContain('Name,Job title,E-mail')
    expect(text).toContain('Ada Byrne')
  })
})

it('fits every width in both themes, and can be used by everybody', async () => {
  const { contactId } = await system.lead('Piet de Vries')
  const text = 'We would like to see it.'
  await came({
    from: 'piet@piet-de-vries.example',
    contactId,
    subject: 'Your offer',
    text,
    label: 'interested',
    quote: text,
  })
  await system.admin.run(
    `insert into deal (name, pipeline_id, stage_id, contact_id) select 'Dredges', pipeline_id, id, $1 from stage where name = 'discovery' limit 1`,
    [contactId],
  )
  await expectUsable(page, '/inbox', 'Inbox', 'inbox')
  await expectUsable(page, '/deals', 'Deals', 'deals')
  await expectUsable(page, '/deals?view=table', 'Deals', 'deals-table')
  expect(watched.faults).toEqual([])
})

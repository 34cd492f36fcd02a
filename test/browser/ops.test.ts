/** Playbooks and runs as ops works with them in a real browser: written, put in force, taken back; looked at and steered. */
import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { changeField } from '../../db/stores/records.ts'
import { createRun } from '../../db/stores/runs.ts'
import { type System, until } from '../support/system.ts'
import { openBrowser, requireNone, SCREENSHOTS, type Watched } from './browser.ts'
import { signedIn, startGround } from './ground.ts'
import { seriousFaults } from './usable.ts'

const SHIPPED = readFileSync(new URL('../../playbooks/inbound-lead.yaml', import.meta.url), 'utf8')

let system: System
let browser: Browser
let watched: Watched
let page: Page

beforeAll(async () => {
  ;[system, browser] = await Promise.all([startGround(), openBrowser()])
  await publish(SHIPPED.replace('max_pages: 8', 'max_pages: 4'))
  await publish(SHIPPED)
  watched = await signedIn(browser, system, 'ops')
  page = watched.page
})
beforeEach(async () => {
  await page.setViewportSize({ width: 1440, height: 900 })
})
afterEach(() => requireNone(watched.faults))
afterAll(async () => {
  await browser?.close()
  await system?.close()
})

async function publish(text: string): Promise<void> {
  const { status, json } = await system.call(system.people.ops, '/api/playbooks', { text })
  if (status !== 200) throw new Error(JSON.stringify(json))
}

const inForce = async (name = 'inbound-lead') =>
  system.db.row<{ version: number; text: string; publishedBy: string; pausedAt: Date | null }>(
    `select v.version, v.text, v.published_by, p.paused_at from playbook p join playbook_version v on v.id = p.active_id where p.name = $1`,
    [name],
  )

const editor = () => page.getByRole('textbox', { name: 'Text of inbound-lead' })
const flow = () => page.getByRole('region', { name: 'How it goes' })

/** The text of the editor's line, which shows no more than what is in view. */
const line = (text: string) => editor().locator('.cm-line').filter({ hasText: text }).first()

async function openPlaybook(): Promise<void> {
  await page.goto('/playbooks/inbound-lead')
  await flow().getByRole('button').first().waitFor()
}

/** Adds a remark behind the line that says this. */
async function remark(behind: string, words: string): Promise<void> {
  await line(behind).click()
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await page.keyboard.type(`# ${words}`)
}

interface Past {
  status: 'paused' | 'completed'
  /** A field of the lead that it changed. */
  campaign?: string
}

/** A run that researched and then stopped at its draft, or ended there. */
async function pastRun(name: string, { status, campaign }: Past): Promise<string> {
  const lead = await system.lead(name)
  const eventId = await system.happen('lead.created', lead)
  const version = await system.db.row<{ id: string }>(
    `select active_id as id from playbook where name = 'inbound-lead'`,
  )
  const id = await system.db.tx(async tx => {
    const made = await createRun(tx, {
      playbook: 'inbound-lead',
      versionId: version?.id ?? '',
      eventId,
      onceKey: `event:${eventId}`,
      ...lead,
      dealId: null,
      zone: 'UTC',
      country: null,
    })
    return made ?? ''
  })
  if (campaign !== undefined)
    await system.admin.tx(tx =>
      changeField(tx, {
        table: 'lead',
        id: lead.leadId,
        field: 'campaign',
        value: campaign,
        by: `run:${id}`,
        why: 'their page says so',
        runId: id,
      }),
    )
  const step = `insert into step_run (run_id, key, kind, verb, "with", status, result, error_why, attempts, started_at, ended_at)
    values ($1, $2, $3, 'do', $4, $5, $6, $7, $8, now() - interval '3 minutes', now() - interval '1 minute')`
  await system.admin.run(step, [id, 'facts#1', 'research', '{"with":{"max_pages":8}}', 'done', '{"facts":14}', null, 1])
  if (status === 'completed') {
    await system.admin.run(
      `update run set status = 'completed', outcome = 'no_answer', ended_at = now() where id = $1`,
      [id],
    )
    return id
  }
  const why = 'The model did not answer six times in a row.'
  await system.admin.run(step, [id, 'opening#1', 'draft', '{"with":{"kind":"first_touch"}}', 'failed', null, why, 6])
  await system.admin.run(
    `update run set status = 'paused', current_key = 'opening#1', error_code = 'model_unavailable', error_why = $2,
       started_at = now() - interval '1 day' where id = $1`,
    [id, why],
  )
  return id
}

describe('playbooks', () => {
  it('lists them with their health and leads to one', async () => {
    await page.goto('/playbooks')
    const row = page.getByRole('row').filter({ hasText: 'inbound-lead' })
    await row.getByText('Idle').waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'inbound-lead', level: 1 }).waitFor()
    await page.getByText(/Version \d+ in force, published/).waitFor()
    expect(new URL(page.url()).pathname).toBe('/playbooks/inbound-lead')
  })

  it('draws the flow beside the text, each lighting the other', async () => {
    await openPlaybook()
    await flow()
      .getByRole('button', { name: /Proposes: Send mail/ })
      .first()
      .click()
    const lit = editor().locator('.cm-lit')
    await lit.first().waitFor()
    expect((await lit.allInnerTexts()).join('\n')).toMatch(/^ {2}- id: opened\n[^]*propose: send_mail[^]*unless:/)
    // The editor measures what comes into view, and moves it by that: the first click may be beside it.
    await until('its part is lit', async () => {
      await line('id: need, do: qualify').click()
      return (await flow().locator('[aria-current]').innerText()).includes('Qualify')
    })
  })

  it('shows mistakes in their lines, offers what may stand there, and lets Tab out after Escape', async () => {
    await openPlaybook()
    await line('id: need, do: qualify').click()
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    await page.keyboard.type('- { id: more, do: dra')
    const offers = page.getByRole('listbox', { name: 'Completions' })
    await offers.getByText('draft').waitFor()
    await page.keyboard.press('Escape')
    await page.getByText(/^(One mistake|\d+ mistakes)$/).waitFor()
    await editor().locator('.cm-lintRange-error').first().waitFor()
    await page.getByText('As it was before the mistakes').waitFor()
    expect(await page.getByRole('button', { name: 'Publish' }).isDisabled()).toBe(true)
    await page.keyboard.press('Escape')
    await page.keyboard.press('Tab')
    expect(await editor().evaluate(one => one === document.activeElement)).toBe(false)
    await page.getByRole('button', { name: 'Begin again' }).click()
    await page.getByText('In order').waitFor()
  })

  it('keeps what one writes, tells when somebody else was faster, and puts it in force when one has looked', async () => {
    await openPlaybook()
    await remark('id: need, do: qualify', 'Mine.')
    await page.getByText(/is kept in this browser/).waitFor()
    await page.reload()
    await line('# Mine.').waitFor()
    await publish(`${SHIPPED}# Theirs.\n`)
    await page.getByText('Somebody changed this meanwhile').waitFor()
    expect(await page.getByRole('button', { name: 'Publish' }).isDisabled()).toBe(true)
    await page.getByRole('button', { name: 'See what differs' }).click()
    const differs = page.getByRole('dialog', { name: 'What differs' })
    await differs.locator('.cm-changedLine').filter({ hasText: '# Theirs.' }).waitFor()
    await differs.locator('.cm-changedLine').filter({ hasText: '# Mine.' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Mine takes both in' }).click()
    await until('it can be published', async () => page.getByRole('button', { name: 'Publish' }).isEnabled())
    await line('# Mine.').click()
    await page.keyboard.press('Control+Enter')
    await page.getByText(/Version \d+ is in force\. Runs that have begun/).waitFor()
    const now = await inForce()
    expect(now?.text).toContain('# Mine.')
    expect(now?.publishedBy).toBe(`user:${system.people.ops.id}`)
    await page.getByText('As in force').waitFor()
  })

  it('refuses to make another playbook of this one by the way', async () => {
    await openPlaybook()
    await line('playbook: inbound-lead').click()
    await page.keyboard.press('End')
    await page.keyboard.type('-two')
    await page.getByText(/this is inbound-lead: leave its name/).waitFor()
    expect(await page.getByRole('button', { name: 'Publish' }).isDisabled()).toBe(true)
    await page.getByRole('button', { name: 'Begin again' }).click()
  })

  it('puts an earlier version in force again, and takes that back; pauses and goes on', async () => {
    const before = (await inForce())?.version
    await page.goto('/playbooks/inbound-lead?view=versions&from=1&to=2')
    const difference = page.getByRole('region', { name: 'Version 1 against Version 2' })
    await difference.getByRole('textbox', { name: 'Version 2' }).getByText('max_pages: 8').waitFor()
    await page.getByRole('button', { name: 'Put in force again' }).last().click()
    await until('the first is in force', async () => (await inForce())?.version === 1)
    await page.getByText('Version 1 is in force again').waitFor()
    await page.keyboard.press('z')
    await until('the newest is in force', async () => (await inForce())?.version === before)
    await page.getByText(`Version ${before} is in force again`).waitFor()
    await page.keyboard.press('p')
    await until('it is paused', async () => (await inForce())?.pausedAt !== null)
    await page.getByRole('button', { name: 'Let it begin runs' }).click()
    await until('it goes on', async () => (await inForce())?.pausedAt === null)
    const told = await system.admin.rows<{ type: string }>(
      `select type from audit_event where type in ('playbook.rolled_back', 'playbook.paused', 'playbook.resumed') order by id`,
    )
    expect(told.map(({ type }) => type)).toEqual([
      'playbook.rolled_back',
      'playbook.rolled_back',
      'playbook.paused',
      'playbook.resumed',
    ])
  })

  it('makes a new one from an example, found by the palette then', async () => {
    await page.goto('/new-playbook')
    const text = page.getByRole('textbox', { name: 'Text of the new playbook' })
    await text.locator('.cm-line').filter({ hasText: 'playbook: my-playbook' }).click()
    await page.keyboard.press('End')
    await page.keyboard.type('-two')
    await page.getByRole('button', { name: 'Publish' }).click()
    await page.getByRole('heading', { name: 'my-playbook-two', level: 1 }).waitFor()
    expect((await inForce('my-playbook-two'))?.version).toBe(1)
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Search' }).fill('my-play')
    await page.getByRole('option', { name: /my-playbook-two/ }).waitFor()
    await page.keyboard.press('Escape')
  })
})

describe('runs', () => {
  it('shows stopped ones first, its filters in the address, and leads to one', async () => {
    const stopped = await pastRun('Ada Byrne', { status: 'paused' })
    await pastRun('Piet de Vries', { status: 'completed' })
    await page.goto('/runs')
    const rows = page.getByRole('rowgroup').getByRole('row')
    await rows.nth(1).waitFor()
    expect(await rows.nth(0).innerText()).toMatch(/Ada Byrne\s+Stopped\s+Opening: The model did not answer/)
    await page.getByRole('combobox', { name: 'Status' }).click()
    await page.getByRole('option', { name: 'Done' }).click()
    await page.waitForURL('**/runs?status=completed')
    await until('one row', async () => (await rows.count()) === 1)
    expect(await rows.nth(0).innerText()).toMatch(/Piet de Vries\s+Done\s+No answer/)
    await page.goto('/runs?playbook=my-playbook-two')
    await page.getByText('No run is like that').waitFor()
    await page.goto('/runs?status=paused')
    await rows.nth(0).waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/runs/${stopped}`)
    await page.getByRole('heading', { name: 'Ada Byrne', level: 1 }).waitFor()
  })

  it('tells each step with what it was given, and takes a word that is meant for it, once', async () => {
    const id = await pastRun('Noor Haddad', { status: 'paused' })
    await page.goto(`/runs/${id}`)
    await page.getByText('tried 6 times').waitFor()
    await page.getByRole('button', { name: /^Facts/ }).click()
    await page.waitForURL('**/runs/*?step=facts%231')
    await page.getByText('Max pages').waitFor()
    const sent = () =>
      system.db.rows<{ args: unknown }>(`select args from outbox where key like $1`, [`control:${id}:%`])
    // It went on before the word came, unseen by this page.
    await page.route('**/api/live', route => route.abort())
    await system.admin.run('update run set seq = seq + 1 where id = $1', [id])
    await page.keyboard.press('s')
    await page.getByRole('dialog', { name: 'Go on without this step' }).getByLabel('Why').fill('not needed')
    await page.getByRole('button', { name: 'Go on without this step' }).click()
    await page.getByText('The run has gone on meanwhile').waitFor()
    expect(await sent()).toEqual([])
    await page.unroute('**/api/live')
    await page.keyboard.press('s')
    await page.getByLabel('Why').fill('not needed')
    await page.getByRole('button', { name: 'Go on without this step' }).click()
    await page.getByText('Your word is on its way').waitFor()
    await until('the word is sent', async () => (await sent()).length > 0)
    expect((await sent()).map(({ args }) => args)).toEqual([[{ word: 'skip', why: 'not needed' }]])
    expect(await page.getByRole('button', { name: 'Try again' }).isDisabled()).toBe(true)
  })

  it('shows what taking back would do before it does it', async () => {
    const id = await pastRun('Lena Vogel', { status: 'completed', campaign: 'spring' })
    const campaign = async () =>
      (
        await system.db.row<{ campaign: string | null }>(
          'select l.campaign from lead l join run r on r.lead_id = l.id where r.id = $1',
          [id],
        )
      )?.campaign
    await page.goto(`/runs/${id}`)
    await page.getByRole('button', { name: 'Take back' }).waitFor()
    await page.keyboard.press('u')
    const dialog = page.getByRole('dialog', { name: 'Take back what this run changed' })
    await dialog
      .getByText(/campaign/i)
      .first()
      .waitFor()
    expect(await campaign()).toBe('spring')
    await dialog.getByRole('button', { name: 'Take back' }).click()
    await until('it was taken back', async () => (await campaign()) !== 'spring')
  })
})

it('pages of one playbook and one run fit every width in both themes, and can be used by everybody', async () => {
  const run = await pastRun('Ines Costa', { status: 'paused' })
  const places = [
    ['playbook', '/playbooks/inbound-lead', () => flow().getByRole('button').first().waitFor()],
    ['versions', '/playbooks/inbound-lead?view=versions', () => page.locator('.cm-content').first().waitFor()],
    ['run', `/runs/${run}`, () => page.getByText('tried 6 times').waitFor()],
  ] as const
  for (const [name, path, ready] of places) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.goto(path)
      await ready()
      for (const width of [375, 768, 1440]) {
        await page.setViewportSize({ width, height: 900 })
        const needs = await page.evaluate(() => document.documentElement.scrollWidth)
        expect([path, width, needs]).toEqual([path, width, Math.min(needs, width)])
        await page.screenshot({ path: `${SCREENSHOTS}/${name}-${width}-${colorScheme}.png` })
      }
      expect(await seriousFaults(page)).toEqual([])
    }
  }
})

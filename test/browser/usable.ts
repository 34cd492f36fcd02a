/** Whether a page can be used on every width, in both themes, by everybody. */
import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { until } from '../support/system.ts'
import { SCREENSHOTS } from './browser.ts'

/** What axe finds serious. */
export async function seriousFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run())
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html.slice(0, 120)).join(' | ')}`)
}

/** Goes to an address and waits until the page shows what it is going to. */
export async function shownAt(page: Page, path: string, heading: string): Promise<void> {
  await page.goto(path)
  await page.getByRole('heading', { name: heading, level: 1 }).waitFor()
  await until(`${path} is loaded`, async () => (await page.locator('[aria-busy]').count()) === 0)
}

/** Screenshots are kept as `<name>-<width>-<theme>.png`. */
export async function expectUsable(page: Page, path: string, heading: string, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await shownAt(page, path, heading)
    for (const width of [375, 768, 1440]) {
      await page.setViewportSize({ width, height: 900 })
      const [needs, has] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth])
      expect([path, width, needs]).toEqual([path, width, Math.min(needs ?? 0, has ?? 0)])
      await page.screenshot({ path: `${SCREENSHOTS}/${name}-${width}-${colorScheme}.png` })
    }
    expect(await seriousFaults(page)).toEqual([])
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await page.setViewportSize({ width: 1440, height: 900 })
}

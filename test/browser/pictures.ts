/**
 * Takes the README's pictures: `npm start`, then `npm run pictures -- LINK` with the manager's link for the first sign-in, or with the
 * server's address, e-mail and password of a manager who has signed in before.
 */
import path from 'node:path'
import type { Page } from 'playwright-core'
import { PROJECT } from '../../scripts/home.ts'
import { openBrowser, openPage } from './browser.ts'

const [address, email, password = 'a long enough password'] = process.argv.slice(2)
if (address === undefined) {
  console.error('Give a link to sign in, or the server’s address, an e-mail address and its password.')
  process.exit(2)
}
const browser = await openBrowser()
const { page } = await openPage(browser, new URL(address).origin)
await signIn(page, address)
await take('approvals', '/approvals?all=true')
await take('lead', `/leads/${await bestLead()}`)
await take('playbook', '/playbooks/inbound-lead')
await browser.close()

async function signIn(at: Page, link: string): Promise<void> {
  await at.goto(link)
  if (email !== undefined) await at.getByLabel('E-mail address').fill(email)
  await at.getByLabel('Password').fill(password)
  await at.getByRole('button', { name: email === undefined ? 'Begin' : 'Sign in' }).click()
  await at.getByRole('heading', { name: 'Today', level: 1 }).waitFor()
}

async function bestLead(): Promise<string> {
  const answer = await page.request.get('/api/leads?sort=score&limit=1')
  const { items } = (await answer.json()) as { items: { id: string }[] }
  const id = items[0]?.id
  if (id === undefined) throw new Error('There is no lead to show.')
  return id
}

async function take(name: string, at: string): Promise<void> {
  await page.goto(at)
  await page.waitForLoadState('networkidle')
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot({ path: path.join(PROJECT, 'docs', `${name}.png`) })
  console.log(`docs/${name}.png`)
}

/** A system with the web app, people who sign in by their links, and work that waits for them. */
import { randomUUID } from 'node:crypto'
import type { Browser } from 'playwright-core'
import { storeFacts, storeSource } from '../../db/stores/evidence.ts'
import { invite } from '../../db/stores/invitations.ts'
import { storeDraft } from '../../db/stores/judgement.ts'
import { createRun } from '../../db/stores/runs.ts'
import { ensureWeb } from '../../scripts/boot/web.mjs'
import { policyTurn } from '../gate/mails.ts'
import { startSystem, type LeadIds, type System } from '../support/system.ts'
import { openPage, type Watched } from './browser.ts'

export const PASSWORD = 'a long enough password'

const PLAYBOOK = `
playbook: inbound-lead
language: 1
on: { event: lead.created }
steps:
  - { id: opening, do: draft, with: { kind: first_touch } }
  - { id: sent, propose: send_mail, with: { draft: opening } }
  - end: over
`

export const startGround = (): Promise<System> => startSystem({ web: ensureWeb() })

/** Accepts an invitation as the person would, and is in the app. */
export async function signedIn(browser: Browser, system: System, who: keyof System['people']): Promise<Watched> {
  const watched = await openPage(browser, system.url)
  const { page } = watched
  const userId = system.people[who].id
  const role = who === 'colleague' ? 'rep' : who
  const { token } = await system.db.tx(tx => invite(tx, { userId, role, hours: 1, by: 'server' }))
  await page.goto(`/invitation/${token}`)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Begin' }).click()
  await page.getByRole('heading', { name: 'Today', level: 1 }).waitFor()
  return watched
}

export interface MailTerms {
  subject: string
  /** The page that the mail's claim quotes. */
  page?: string
  quote?: string
}

/** A mail with one quoted claim that waits for the lead's owner. Returns the action's id. */
export async function waitingMail(system: System, lead: LeadIds, terms: MailTerms): Promise<string> {
  const { db } = system
  const quote = terms.quote ?? 'Harbour Looms runs three shifts in Cork'
  const text = terms.page ?? `About us\n\n${quote}.\n\nWe weave sailcloth since 1974 and employ 120 people.`
  const claim = 'You run three shifts in Cork.'
  const body = `Good morning,\n\n${claim} Others who do plan their nights with us.\n\nMay I show you how?`
  const versionId = await system.publish(PLAYBOOK)
  const eventId = await system.happen('lead.created', lead)
  const runId = await db.tx(async tx => {
    const id = await createRun(tx, {
      playbook: 'inbound-lead',
      versionId,
      eventId,
      onceKey: `event:${eventId}`,
      ...lead,
      dealId: null,
      zone: 'UTC',
      country: null,
    })
    const sourceId = await storeSource(tx, {
      key: `page:${randomUUID()}`,
      kind: 'page',
      url: 'https://harbour-looms.example/about',
      title: 'About Harbour Looms',
      text,
      accountId: lead.accountId,
      fetchedAt: new Date(),
    })
    const start = text.indexOf(quote)
    const [fact] = await storeFacts(tx, [
      {
        accountId: lead.accountId,
        kind: 'description',
        value: 'three shifts in Cork',
        quote,
        sourceId,
        start,
        end: start + quote.length,
        by: 'model',
        observedAt: new Date(),
      },
    ])
    const at = body.indexOf(claim)
    const draft = await storeDraft(tx, {
      key: `${id}/opening#1`,
      ...lead,
      threadId: null,
      kind: 'first_touch',
      subject: terms.subject,
      body,
      sentences: [{ text: claim, start: at, end: at + claim.length, by: 'facts', ids: [fact] }],
      by: 'model',
      generation: 0,
      runId: id,
    })
    await tx.run(
      `insert into step_run (run_id, key, kind, verb, "with") values ($1, 'sent#1', 'send_mail', 'propose', $2)`,
      [
        id,
        JSON.stringify({
          with: { draft: { key: 'opening#1', result: { draft } } },
          approve: { by: 'owner', expiresAt: new Date(Date.now() + 86_400_000).toISOString() },
        }),
      ],
    )
    return id as string
  })
  const { actionId } = await system.activities.propose({ runId, key: 'sent#1' })
  await policyTurn(system)
  return actionId ?? ''
}

/** A task that falls due today. */
export async function dueTask(system: System, leadId: string, title: string): Promise<string> {
  const row = await system.admin.row<{ id: string }>(
    `insert into task (key, title, why, assignee_id, lead_id, due_at) values ($1, $2, 'they asked for it', $3, $4, now() + interval '2 hours') returning id`,
    [randomUUID(), title, system.people.rep.id, leadId],
  )
  return row?.id ?? ''
}

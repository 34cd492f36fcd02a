/** What a workflow's history holds and what it does not: each fetch and each model call, and no word of a page or a mail. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { randomBytes } from 'node:crypto'
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { storeSource } from '../../db/stores/evidence.ts'
import { type ModelServer, startModelServer } from '../model-server/index.ts'
import { startSystem, type System, until } from '../support/system.ts'
import { POLICY, untilAction, untilRun } from './begin.ts'

const DOMAIN = 'harbour-looms.example'
/** No word of any language: where it turns up, text has travelled. */
const nonce = `zq${randomBytes(6).toString('hex')}`

const PAGES: Record<string, string> = {
  '/': `<title>Harbour Looms ${nonce}</title><h1>Harbour Looms</h1><p>Harbour Looms employs 120 people in Cork. ${nonce}</p>
    <nav><a href="/about">About us</a> <a href="/team">Team</a> <a href="/broken">Products</a></nav>`,
  '/about': `<title>About</title><p>Harbour Looms was founded in 1998. We weave sails, says ${nonce}.</p>`,
  '/team': `<title>Team</title><p>Nora Quill is the managing director of Harbour Looms. ${nonce}</p>`,
}

const PLAYBOOK = `
playbook: nonce-trial
language: 1
on: { event: lead.created }
steps:
  - { id: facts, do: research, with: { max_pages: 4 } }
  - { id: need, do: qualify, with: { method: bant } }
  - { id: opening, do: draft, with: { kind: first_touch } }
  - { id: sent, propose: send_mail, with: { draft: opening } }
  - { id: reply, wait: { for: message.received, where: event.human, at_most: 3 working days } }
  - end: over
`

let system: System
let model: ModelServer
let site: Server
const requested: string[] = []

beforeAll(async () => {
  site = createServer((request, response) => {
    const page = PAGES[request.url ?? '']
    requested.push(request.url ?? '')
    response.writeHead(page ? 200 : request.url === '/broken' ? 500 : 404, { 'content-type': 'text/html' })
    response.end(page ? `<!doctype html><html><body>${page}</body></html>` : nonce)
  })
  await new Promise<void>(resolve => site.listen(0, '127.0.0.1', resolve))
  model = await startModelServer()
  system = await startSystem({
    policy: POLICY,
    hostMap: `${DOMAIN}=127.0.0.1:${(site.address() as AddressInfo).port}`,
    model: { apiKey: 'test', model: 'stand-in', baseUrl: model.baseUrl, timeoutMs: 10_000 },
  })
  await system.startFlow()
  await system.startWorkers()
})
afterAll(async () => {
  await system.close()
  await model.close()
  site.closeAllConnections()
  site.close()
})

/** A history as JSON, and each of its payloads decoded. */
async function historyOf(workflowId: string): Promise<{ texts: string[]; activities: string[] }> {
  const history = await system.client.workflow.getHandle(workflowId).fetchHistory()
  const json = historyToJSON(history)
  const decoded = [...json.matchAll(/"data":\s*"([A-Za-z0-9+/=]+)"/g)].map(([, data = '']) =>
    Buffer.from(data, 'base64').toString('utf8'),
  )
  const activities = (history.events ?? []).flatMap(
    event => event.activityTaskScheduledEventAttributes?.activityType?.name ?? [],
  )
  return { texts: [json, ...decoded], activities }
}

const count = (names: string[], name: string): number => names.filter(one => one === name).length

test('a whole run with pages, a draft, a mail and its answer: no word of them in any history, each call an activity', async () => {
  await system.publish(PLAYBOOK)
  const lead = await system.lead('Nora Quill', {
    domain: DOMAIN,
    message: `We lose a day a week to planning. ${nonce}`,
  })
  await system.db.tx(async tx => {
    const sourceId = await storeSource(tx, {
      key: 'knowledge:k1',
      kind: 'knowledge',
      text: 'Ledgerline plans night shifts for weavers.',
      fetchedAt: new Date(),
    })
    await tx.run(
      `insert into knowledge_item (id, kind, title, text, source_id, approved_by) values ('k1', 'offering', 'Shifts', $1, $2, 'test')`,
      ['Ledgerline plans night shifts for weavers.', sourceId],
    )
  })
  await system.happen('lead.created', lead)
  const { id: runId } = await until('the run', () => system.db.row<{ id: string }>('select id from run'))
  // An approver adds the nonce to the mail that leaves, the contact to what comes back.
  const action = await untilAction(system, runId, 'waiting')
  await system.call(system.people.rep, `/api/actions/${action.id}/approve`, { edit: { body: `Dear Nora, ${nonce}` } })
  await until('the mail to leave', () => Promise.resolve(system.mail.taken.length > 0))
  const raw = [
    `From: Nora <nora-quill@${DOMAIN}>`,
    'To: riva@ledgerline.example',
    `Subject: Re: ${nonce}`,
    'Message-ID: <answer@harbour-looms.example>',
    `In-Reply-To: ${system.mail.taken[0]?.messageId}`,
    'Date: Tue, 24 Nov 2026 10:00:00 +0000',
    '',
    `Sounds interesting, please call me. ${nonce}`,
    '',
  ].join('\r\n')
  const received = await fetch(`${system.url}/api/intake`, {
    method: 'POST',
    headers: { authorization: `Bearer ${system.people.rep.apiKey}` },
    body: raw,
  })
  const { id: messageId } = (await received.json()) as { id: string }
  expect((await untilRun(system, runId, 'completed')).outcome).toBe('over')

  const stored = await system.admin.row<{ n: number }>(
    `select count(*)::int as n from source_text where text like '%' || $1 || '%'`,
    [nonce],
  )
  expect(stored?.n).toBeGreaterThanOrEqual(5)

  const run = await historyOf(`run/${runId}`)
  const intake = await historyOf(`intake/${messageId}`)
  for (const text of [...run.texts, ...intake.texts]) expect(text).not.toContain(nonce)

  const pages = new Set(requested.filter(url => !/robots|sitemap/.test(url)))
  expect([...pages].sort()).toEqual(['/', '/about', '/broken', '/team'])
  // Each page is one activity, and the home page had one more that tried https.
  expect(count(run.activities, 'fetchPage')).toBe(pages.size + 1)
  const calls = model.calls.map(({ agent }) => agent).sort()
  expect(calls).toEqual(['reader', 'researcher', 'writer'])
  expect(count(run.activities, 'extractFacts')).toBe(1)
  expect(count(run.activities, 'step')).toBe(2) // qualify, which calls nobody, and the draft
  expect(intake.activities).toEqual(['readMessage'])
})

test('errors of strangers travel by name: what they choked on does not', async () => {
  const { asFailure } = await import('../../activities/failure.ts')
  const choked = await system.admin.run('select $1::text::uuid', [nonce]).then(
    () => null,
    (error: unknown) => error,
  )
  expect(String(choked)).toContain(nonce)
  const failure = asFailure(choked) as { message: string; nonRetryable: boolean; cause?: unknown }
  expect(failure.message).toBe('internal: DatabaseError 22P02; the worker’s log has the whole of it')
  expect([failure.nonRetryable, failure.cause]).toEqual([true, undefined])
})

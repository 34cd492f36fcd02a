/** What a day's work asks of the API: the inbox, the ways of deals between stages, lists in other orders. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startApi, type ApiAnswer, type TestApi, type Who } from '../support/api.ts'

let api: TestApi
beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.close())

const post = (who: Who, path: string, body: unknown): Promise<ApiAnswer> =>
  api.call(who, path, { method: 'POST', body, headers: { 'idempotency-key': randomUUID() } })
const rowsOf = ({ json }: ApiAnswer) => json.items as Record<string, never>[]
const idOf = (row: { id: string } | null): string => row?.id ?? ''

async function contactOf(owner: Who | null, email = `${randomUUID()}@orrin.example`): Promise<string> {
  return idOf(
    await api.admin.row(
      `insert into contact (name, email, email_key, owner_id) values ('Ada Byrne', $1, $1, $2) returning id`,
      [email, owner && api.people[owner].id],
    ),
  )
}

/** As it comes in by mail; read as `label`, or not yet. */
async function message(from: string, label: string | null, text = 'Tuesday suits us.'): Promise<string> {
  const mail = [
    `From: ${from}`,
    'To: riva@ledgerline.example',
    'Subject: Pumps',
    `Message-ID: <${randomUUID()}@orrin.example>`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/alternative; boundary=b',
    '',
    '--b\r\nContent-Type: text/plain\r\n',
    text,
    '--b\r\nContent-Type: text/html\r\n',
    `<p>${text}</p><script>top.pwned=1</script>`,
    '--b--',
  ].join('\r\n')
  const answer = await fetch(`${api.url}/api/intake`, {
    method: 'POST',
    headers: {
      'content-type': 'message/rfc822',
      authorization: `Bearer ${api.people.admin.apiKey}`,
      'idempotency-key': randomUUID(),
    },
    body: mail,
  })
  const { id } = (await answer.json()) as { id: string }
  if (label !== null)
    await api.admin.run(
      `update message set label = $2, label_by = 'rules', label_quote = $3, read_at = now() where id = $1`,
      [id, label, text],
    )
  return id
}

const listed = async (who: Who, view: string, ids: string[]): Promise<string[]> => {
  const all = rowsOf(await api.call(who, `/api/messages?view=${view}&limit=200`)).map(({ id }) => String(id))
  return all.filter(id => ids.includes(id))
}
const events = (id: string) =>
  api.admin.rows<{ label: string; handled: boolean }>(
    `select fields->>'label' as label, handled_at is not null as handled from domain_event where name = 'message.received' and fields->>'message' = $1 order by at, key`,
    [id],
  )

describe('the inbox', () => {
  test('is sorted by what wants a person soonest, and shows nobody the mails of others', async () => {
    const from = async (owner: Who, label: string) => {
      const address = `${randomUUID()}@orrin.example`
      await contactOf(owner, address)
      return message(address, label)
    }
    const away = await from('rep', 'out_of_office')
    const question = await from('rep', 'question')
    const interested = await from('rep', 'interested')
    const theirs = await from('stranger', 'interested')
    const all = [away, question, interested, theirs]
    expect(await listed('rep', 'sort', all)).toEqual([interested, question, away])
    expect(await listed('stranger', 'sort', all)).toEqual([theirs])
    expect((await api.call('rep', `/api/messages/${theirs}`)).status).toBe(404)
    expect((await api.call('rep', `/api/messages/${theirs}/html`)).status).toBe(404)
    expect((await api.call('ops', '/api/messages')).status).toBe(403)
    const pages: string[] = []
    let cursor = ''
    do {
      const answer = await api.call('rep', `/api/messages?view=sort&limit=1${cursor && `&cursor=${cursor}`}`)
      pages.push(...rowsOf(answer).map(({ id }) => String(id)))
      cursor = (answer.json.next as string | null) ?? ''
    } while (cursor !== '')
    expect(pages.filter(id => all.includes(id))).toEqual([interested, question, away])
  })

  test('a corrected label is kept as a person’s, starts nothing, and protects who asks not to be written to', async () => {
    const address = `${randomUUID()}@orrin.example`
    const contact = await contactOf('rep', address)
    const id = await message(address, 'interested')
    const said = (label: string, was: string, who: Who = 'rep') =>
      post(who, `/api/messages/${id}/label`, { label, was })
    expect((await said('not_now', 'question')).status).toBe(409)
    expect((await said('not_now', 'interested', 'stranger')).status).toBe(404)
    const { status, json } = await said('unsubscribe', 'interested')
    expect([status, json.label, json.labelBy, json.quote]).toEqual([200, 'unsubscribe', 'person', null])
    expect(json.corrections).toMatchObject([{ from: 'interested', to: 'unsubscribe' }])
    expect(await listed('rep', 'sort', [id])).toEqual([])
    expect(await listed('rep', 'all', [id])).toEqual([id])
    // Told to those who wait; no playbook begins by it.
    expect(await events(id)).toEqual([{ label: 'unsubscribe', handled: true }])
    expect(await api.admin.row('select 1 from suppression where value = $1', [address])).not.toBeNull()
    const trail = await api.admin.rows(
      `select type, data from audit_event where target_id = any($1) and type in ('message.labelled', 'contact.suppressed') order by id`,
      [[id, contact]],
    )
    expect(trail).toMatchObject([
      { type: 'message.labelled', data: { from: 'interested', to: 'unsubscribe' } },
      { type: 'contact.suppressed' },
    ])
  })

  test('that it is right is kept too, with its sentence, and tells nobody anything new', async () => {
    const address = `${randomUUID()}@orrin.example`
    await contactOf('rep', address)
    const id = await message(address, 'question')
    const { json } = await post('rep', `/api/messages/${id}/label`, { label: 'question', was: 'question' })
    expect([json.label, json.labelBy, json.quote]).toEqual(['question', 'person', 'Tuesday suits us.'])
    expect(await events(id)).toEqual([])
  })

  test('mail from nobody we know waits, is given to somebody once, and follows its way from there', async () => {
    const id = await message('ada.private@mail.example', 'interested')
    const contact = await contactOf('rep')
    await api.admin.run(`insert into task (key, title, why) values ($1, 'Whose message is this?', 'nobody we know')`, [
      `unmatched:${id}`,
    ])
    expect(await listed('rep', 'unmatched', [id])).toEqual([id])
    expect((await post('viewer', `/api/messages/${id}/assign`, { contactId: contact })).status).toBe(403)
    const hidden = await contactOf('stranger')
    expect((await post('rep', `/api/messages/${id}/assign`, { contactId: hidden })).status).toBe(400)
    const { status, json } = await post('rep', `/api/messages/${id}/assign`, { contactId: contact })
    expect([status, json.contactId, json.matchedBy]).toEqual([200, contact, 'a person'])
    expect(json.thread).toMatchObject([{ id, text: expect.stringContaining('Tuesday') as string }])
    expect((await post('rep', `/api/messages/${id}/assign`, { contactId: contact })).status).toBe(409)
    expect(await listed('rep', 'unmatched', [id])).toEqual([])
    // As if it had been known from the first: what reacts to messages reacts to it now.
    expect(await events(id)).toEqual([{ label: 'interested', handled: false }])
    expect(await api.admin.row('select status from task where key = $1', [`unmatched:${id}`])).toEqual({
      status: 'done',
    })
  })

  test('what is not read yet can be neither sorted nor given to anybody', async () => {
    const id = await message('new@mail.example', null)
    const contact = await contactOf('rep')
    const answers = [
      await post('rep', `/api/messages/${id}/label`, { label: 'other', was: 'other' }),
      await post('rep', `/api/messages/${id}/assign`, { contactId: contact }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([409, 409])
  })

  test('gives the HTML of a mail as it was sent, and none where there is none', async () => {
    const id = await message('html@mail.example', 'other')
    const { json } = await api.call('rep', `/api/messages/${id}/html`)
    expect(json.html).toContain('<p>Tuesday suits us.</p>')
    await api.admin.run(`update message set raw = '' where id = $1`, [id])
    expect((await api.call('rep', `/api/messages/${id}/html`)).json.html).toBeNull()
  })
})

describe('deals by stage', () => {
  const RULES = [
    { rule: 'has(deal.amount) && deal.amount > 0.0', message: 'Say what it is worth.' },
    { rule: 'has(deal.next_step)', message: 'Say what comes next.' },
  ]

  async function pipeline() {
    const { json } = await post('ops', '/api/pipelines', {
      name: `Board ${randomUUID()}`,
      stages: [{ name: 'first', exitRules: RULES }, { name: 'second' }, { name: 'lost', kind: 'lost' }],
    })
    const [first = '', second = '', lost = ''] = (json.stages as { id: string }[]).map(({ id }) => id)
    return { id: String(json.id), first, second, lost }
  }
  const deal = async (stageId: string, set: object = {}, who: Who = 'rep') =>
    String((await post(who, '/api/deals', { name: 'Pumps', stageId, ownerId: api.people[who].id, ...set })).json.id)

  test('a stage’s deals and sums by currency are those that one may see', async () => {
    const { id, first, second } = await pipeline()
    const soon = await deal(first, { amountMinor: 500_00, currency: 'EUR', closeDate: '2030-01-01' })
    const late = await deal(first, { amountMinor: 250_00, currency: 'USD', closeDate: '2031-01-01' })
    const more = await deal(first, { amountMinor: 100_00, currency: 'EUR' })
    await deal(second)
    await deal(first, { amountMinor: 999_00, currency: 'EUR' }, 'stranger')
    const { json } = await api.call('rep', `/api/stage-totals?pipeline=${id}`)
    expect(json.items).toEqual(
      expect.arrayContaining([
        {
          stageId: first,
          deals: 3,
          sums: [
            { currency: 'EUR', minor: 600_00 },
            { currency: 'USD', minor: 250_00 },
          ],
        },
        { stageId: second, deals: 1, sums: [] },
      ]),
    )
    const listed = rowsOf(await api.call('rep', `/api/deals?stage=${first}`)).map(row => row.id)
    expect(listed).toEqual([soon, late, more])
    const byAmount = rowsOf(await api.call('rep', `/api/deals?pipeline=${id}&sort=amount&limit=3`))
    expect(byAmount.map(row => row.id)).toEqual([soon, late, more])
  })

  test('what a stage asks for is told before the move, and what stands still with why', async () => {
    const { first, second, lost } = await pipeline()
    const id = await deal(first, { nextStep: 'Send the offer' })
    const way = async (to: string) => (await api.call('rep', `/api/deals/${id}/way?to=${to}`)).json
    expect(await way(second)).toEqual({ unmet: [{ message: 'Say what it is worth.' }], asks: ['amount'] })
    expect(await way(lost)).toEqual({ unmet: [], asks: [] })
    expect((await api.call('stranger', `/api/deals/${id}/way?to=${second}`)).status).toBe(404)
    const stalls = async () => rowsOf(await api.call('rep', `/api/deals?stage=${first}`))[0]?.stalls
    expect(await stalls()).toEqual([])
    await api.admin.run(`update deal set created_at = now() - interval '20 days', next_step = null where id = $1`, [id])
    expect(await stalls()).toEqual([
      { why: 'quiet', days: 20 },
      { why: 'no_next_step', days: null },
    ])
    const address = `${randomUUID()}@orrin.example`
    await api.admin.run('update deal set contact_id = $2 where id = $1', [id, await contactOf('rep', address)])
    await message(address, 'auto_reply')
    expect(await stalls()).toHaveLength(2)
    await message(address, 'question')
    expect(await stalls()).toEqual([{ why: 'no_next_step', days: null }])
  })
})

test('leads come in other orders, page by page, and those of one owner alone', async () => {
  const ids: string[] = []
  for (const [n, score] of [10, 90, 50].entries())
    ids.push(
      idOf(
        await api.admin.row(
          `insert into lead (source, owner_id, score_value, created_at) values ('form', $1, $2, now() + interval '1 day' * $3::int) returning id`,
          [api.people.colleague.id, score, n + 1],
        ),
      ),
    )
  const [low = '', high = '', middle = ''] = ids
  const pages = async (sort: string) => {
    const found: string[] = []
    let cursor = ''
    do {
      const { json } = await api.call(
        'manager',
        `/api/leads?sort=${sort}&owner=${api.people.colleague.id}&limit=2${cursor && `&cursor=${cursor}`}`,
      )
      found.push(...(json.items as { id: string }[]).map(({ id }) => id))
      cursor = (json.next as string | null) ?? ''
    } while (cursor !== '')
    return found
  }
  expect(await pages('score')).toEqual([high, middle, low])
  expect(await pages('newest')).toEqual([middle, high, low])
  expect(await pages('oldest')).toEqual([low, high, middle])
})

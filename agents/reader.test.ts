import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { EvidenceSource, Subject } from '../domain/evidence/types.ts'
import type { MessageLabel } from '../domain/message/types.ts'
import { type ModelServer, startModelServer } from '../test/model-server/index.ts'
import { createGateway } from './gateway.ts'
import { type MemoryPorts, memoryPorts } from './memory-ports.ts'
import { read, type ReadInput } from './reader.ts'
import type { Headers } from './rules/label-headers.ts'

const orrin: Subject = { name: 'Orrin Pumps Ltd', aliases: [], domain: 'orrin.example' }

function message(text: string, headers: Headers = {}, kind: EvidenceSource['kind'] = 'mail'): ReadInput {
  const source: EvidenceSource = { id: 'm1', kind, text, publisher: orrin, fetchedAt: '2026-03-10T09:00:00Z' }
  return { source, subject: orrin, headers }
}

let server: ModelServer
let ports: MemoryPorts
beforeAll(async () => {
  server = await startModelServer()
})
afterAll(() => server.close())
beforeEach(() => {
  server.calls.length = 0
  server.setMode('honest')
  ports = memoryPorts()
})

const rules = (input: ReadInput) => read(input, { gateway: null, usage: ports.usage })
const model = (input: ReadInput) =>
  read(input, {
    gateway: createGateway({ baseUrl: server.baseUrl, apiKey: 'k', model: 'gpt-4o-mini', timeoutMs: 60_000 }, ports),
    usage: ports.usage,
  })

describe('labels by protocol, without a model', () => {
  const cases: [MessageLabel, Headers, string][] = [
    ['bounce_hard', { 'content-type': 'multipart/report; report-type=delivery-status' }, 'Status: 5.1.1\nUser unknown'],
    [
      'bounce_soft',
      { 'content-type': 'multipart/report; report-type="delivery-status"' },
      'Action: delayed\nStatus: 4.4.1',
    ],
    ['bounce_soft', { 'content-type': 'multipart/report; report-type=delivery-status' }, 'Status: 5.2.2\nmailbox full'],
    ['complaint', { 'content-type': 'multipart/report; report-type=feedback-report' }, 'This is an abuse report'],
    ['out_of_office', { 'auto-submitted': 'auto-replied' }, 'I am on annual leave until 20 March 2026.'],
    ['left_company', { 'auto-submitted': 'auto-replied' }, 'I no longer work for Orrin Pumps.'],
    [
      'auto_reply',
      { 'auto-submitted': 'auto-generated' },
      'Would you like a demo? We are very interested in your opinion.',
    ],
    ['auto_reply', { 'list-id': '<news.orrin.example>' }, 'Our spring catalogue is out.'],
  ]
  it.each(cases)('%s', async (label, headers, text) => {
    const result = await model(message(text, headers))
    expect(result.label).toMatchObject({ label, proof: 'headers' })
    expect(result.human).toBe(label === 'complaint')
    expect(server.calls).toHaveLength(0)
  })
})

describe('labels by phrases', () => {
  const cases: [MessageLabel, string][] = [
    ['interested', 'Thanks. This looks interesting, could we set up a call on Thursday?'],
    ['interested', 'Gerne, schicken Sie mir einen Termin für nächste Woche.'],
    ['question', 'Before we talk: how much does it cost per technician?'],
    ['question', '¿Cuánto cuesta la licencia?'],
    ['referral', 'Not my area, I am afraid. Please write to Mia Holt (mia.holt@orrin.example).'],
    ['not_now', 'We are swamped at the moment. Please come back in September.'],
    ['not_now', 'Zurzeit haben wir dafür leider keine Kapazität.'],
    ['not_interested', 'Thanks, but we are not interested.'],
    ['not_interested', 'Merci, mais nous ne sommes pas intéressés.'],
    ['unsubscribe', 'Take me off this list.'],
    ['unsubscribe', 'Interesting product, but please stop emailing me.'],
    ['complaint', 'This is spam. Where did you get my address?'],
    ['out_of_office', 'I am out of the office and return on 20 March.'],
    ['left_company', 'Tom is no longer with the company.'],
    ['other', 'Thanks, noted.'],
  ]
  it.each(cases)('%s: %s', async (label, text) => {
    expect((await rules(message(text))).label.label).toBe(label)
  })

  it('reads what was written, not what was quoted, and points at the sentence', async () => {
    const text =
      'Yes, I would like to see a demo.\n\nBest regards\nTom Pask\n\nOn 3 March 2026, Ann wrote:\n> Reply "unsubscribe" to hear no more.\n'
    const { label } = await rules(message(text))
    expect(label.label).toBe('interested')
    expect(text.slice(label.sentence?.start, label.sentence?.end)).toBe('Yes, I would like to see a demo.')
  })
})

describe('what a reply says', () => {
  const text = [
    'Hello Ann,',
    '',
    'we lose about six hours a week to unplanned stops. We have a budget of €48,000 for this year.',
    'Helen Marsh will make the decision on our side. We will sign on 12 June 2026. Please change the offer to 52.000 €.',
    'As a next step we would like a workshop on site.',
    '',
    'Best regards',
    'Tom',
  ].join('\n')

  it.each(['rules', 'model'] as const)('facts and deal updates, by %s', async who => {
    const result = await (who === 'rules' ? rules : model)(message(text))
    expect(result.by).toBe(who)
    const kinds = result.facts.map(({ claim }) => claim.kind)
    expect(kinds).toEqual(expect.arrayContaining(['need', 'budget']))
    for (const { verdict } of result.facts) expect(text.slice(verdict.start, verdict.end)).toBe(verdict.quote)
    const updates = Object.fromEntries(result.updates.map(update => [update.field, update]))
    expect(updates['amount']).toMatchObject({ minor: 5_200_000, currency: 'EUR' })
    expect(updates['close_date']).toMatchObject({ date: '2026-06-12' })
    expect(updates['decision_maker']).toMatchObject({ name: 'Helen Marsh' })
    expect(updates['next_step']).toMatchObject({ value: 'a workshop on site' })
    for (const update of result.updates) expect(text.slice(update.start, update.end)).toBe(update.quote)
  })

  it('asks for what stays open', async () => {
    const { unknown } = await rules(message('We need a better overview of our spare parts.'))
    expect(unknown.map(open => open.factor)).toEqual(['budget', 'authority', 'timing'])
    for (const open of unknown) expect(open.question.endsWith('?')).toBe(true)
  })

  it('reads a call note in one call too', async () => {
    const note = message(
      'They are looking for a tool to plan maintenance. Finance released 30,000 EUR last week. New amount: 31,000 EUR.',
      {},
      'call_note',
    )
    const result = await model(note)
    expect(server.calls).toHaveLength(1)
    expect(result.human).toBe(false)
    expect(result.updates).toMatchObject([{ field: 'amount', minor: 3_100_000, currency: 'EUR' }])
    expect((await model(message('Met Tom. New amount: none mentioned.', {}, 'call_note'))).updates).toEqual([])
  })

  it('gives the date to write again and the colleague to turn to', async () => {
    expect((await rules(message('This is not a good time, please try again after 12 May 2026.'))).until).toBe(
      '2026-05-12',
    )
    const referral = await rules(
      message('I am not the right person, please contact Mia Holt at mia.holt@orrin.example.', {
        from: 'Tom <tom@orrin.example>',
      }),
    )
    expect(referral.referredTo).toEqual({ email: 'mia.holt@orrin.example', name: 'Mia Holt' })
  })
})

it('a lying model changes neither label, facts nor deal', async () => {
  server.setMode('lying')
  const result = await model(
    message('We are not interested. Our maintenance runs smoothly and we see no need for anything new.'),
  )
  expect(server.calls).toHaveLength(1)
  expect(result.label.label).toBe('not_interested')
  expect(result.facts).toEqual([])
  expect(result.updates).toEqual([])
  expect(result.rejects.not_found).toBeGreaterThan(0)
})

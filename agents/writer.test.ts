import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { KnowledgeItem, StoredFact } from '../domain/evidence/mail.ts'
import { type ModelServer, startModelServer } from '../test/model-server/index.ts'
import { createGateway } from './gateway.ts'
import { type MemoryPorts, memoryPorts } from './memory-ports.ts'
import { write, type WriteInput } from './writer.ts'

const facts: StoredFact[] = [
  {
    id: 'f-need',
    kind: 'need',
    value: 'We need to get rid of the paper job cards',
    quote: 'We need to get rid of the paper job cards.',
    subject: 'Orrin Pumps',
  },
  { id: 'f-size', kind: 'employees', value: '310', quote: 'Orrin Pumps has 310 employees.', subject: 'Orrin Pumps' },
  {
    id: 'f-tech',
    kind: 'technology',
    value: 'Navision',
    quote: 'Our orders are handled in Navision.',
    subject: 'Orrin Pumps',
  },
]
const knowledge: KnowledgeItem[] = [
  { id: 'k-plan', kind: 'offering', text: 'Shiftwise plans maintenance jobs without paper.', sourceId: 's1' },
  {
    id: 'k-proof',
    kind: 'proof_point',
    text: 'Across 41 sites, unplanned stops fell by 23 % in the first year.',
    sourceId: 's2',
  },
  { id: 'k-voice', kind: 'voice', text: 'Short sentences. No exclamation marks.', sourceId: 's3' },
]
const input: WriteInput = {
  kind: 'first',
  language: 'en',
  parties: {
    contact: { firstName: 'Tom', name: 'Tom Pask' },
    company: 'Orrin Pumps',
    sender: { name: 'Ann Reed', company: 'Shiftwise' },
  },
  facts,
  talkIds: new Set(['f-need']),
  knowledge,
  qualification: null,
  message: null,
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

const rules = (more: Partial<WriteInput> = {}) => write({ ...input, ...more }, { gateway: null, usage: ports.usage })
const model = (more: Partial<WriteInput> = {}) =>
  write(
    { ...input, ...more },
    {
      gateway: createGateway({ baseUrl: server.baseUrl, apiKey: 'k', model: 'gpt-4o-mini', timeoutMs: 60_000 }, ports),
      usage: ports.usage,
    },
  )

describe.each(['rules', 'model'] as const)('by %s', who => {
  const run = (more: Partial<WriteInput> = {}) => (who === 'rules' ? rules : model)(more)

  it('writes a mail of which every sentence passes the check', async () => {
    const { mail, by } = await run()
    expect(by).toBe(who)
    expect(mail?.checked.ok).toBe(true)
    expect(mail?.body).toMatch(/^Hello Tom,\n\n/)
    expect(mail?.body).toMatch(/Best regards\nAnn Reed$/)
    expect(mail?.body).toContain('paper job cards')
    expect(mail?.bindings.flatMap(binding => binding.factIds)).toContain('f-need')
    expect(mail?.bindings.flatMap(binding => binding.knowledgeIds)).toContain('k-plan')
  })

  it('asks once', async () => {
    const { mail } = await run()
    expect(mail?.body.match(/\?/g)).toHaveLength(1)
  })

  it('binds each line of the brief to facts and says what is open', async () => {
    const { brief } = await run({
      qualification: {
        method: 'bant',
        verdict: 'open',
        factors: [
          { factor: 'budget', status: 'unknown', factIds: [], reason: '', question: 'Has money been set aside?' },
        ],
      },
    })
    expect(brief.markdown).toMatch(/^# Orrin Pumps\n/)
    expect(brief.markdown).toContain('[f-size]')
    expect(brief.markdown).toContain('- Has money been set aside?')
    const loose = brief.lines.filter(line => line.section !== 'open' && line.factIds.length === 0)
    expect(loose).toEqual([])
  })

  it('has nothing to write without facts and knowledge', async () => {
    expect((await run({ facts: [], knowledge: [] })).mail).toBeNull()
  })

  it.each(['de', 'fr', 'es'] as const)('greets, asks and closes in %s', async language => {
    const { mail } = await run({ language })
    expect(mail?.checked.ok).toBe(true)
    expect(mail?.checked.sentences.at(0)?.by).toBe('courtesy')
  })
})

it('calls the model once for brief and mail', async () => {
  await model()
  expect(server.calls).toHaveLength(1)
})

it('lets no lie into mail, subject or brief, and marks what is left as by rules', async () => {
  server.setMode('lying')
  const { mail, brief, dropped, by, rejects } = await model()
  const sent = `${mail?.subject}\n${mail?.body}\n${brief.markdown}`
  for (const lie of ['9 million', '87', 'Lisbon', 'attacker', '7946', 'NASA', '48,211']) expect(sent).not.toContain(lie)
  expect(dropped.length).toBeGreaterThanOrEqual(6)
  expect(rejects.unsupported).toBe(dropped.length)
  expect(by).toBe('rules')
  expect(mail?.checked.ok).toBe(true)
})

it('never quotes a denial as a reason to write', async () => {
  const denial: StoredFact = {
    id: 'f-no',
    kind: 'need',
    value: 'We see no need for anything new',
    quote: 'We see no need for anything new.',
    subject: 'Orrin Pumps',
  }
  const { mail } = await rules({ facts: [denial] })
  expect(mail?.body).not.toContain('no need')
})

it('escapes Markdown of pages in the brief', async () => {
  const sly: StoredFact = {
    id: 'f-x',
    kind: 'offering',
    value: '[click](http://x.example) ![i](http://y.example)',
    quote: 'x',
    subject: 'Orrin Pumps',
  }
  expect((await rules({ facts: [sly] })).brief.markdown).not.toMatch(/(?<!\\)\[click|(?<!\\)!/)
})

describe('the mail by rules', () => {
  const case1: KnowledgeItem = {
    id: 'k-case',
    kind: 'case_study',
    text: 'A carton maker kept its dates in spreadsheets. With Shiftwise it has one list. It says: "We sleep again."',
    sourceId: 's4',
  }
  const mailOf = async (more: Partial<WriteInput>) => (await rules({ knowledge: [...knowledge, case1], ...more })).mail

  it('opens with their need, ties it to one offering and its proof, and stays short', async () => {
    const mail = await mailOf({})
    const [, opening, ours, ask] = mail?.body.split('\n\n') ?? []
    expect(opening).toMatch(/^You wrote: “We need to get rid of the paper job cards”\. That is why I am writing/u)
    expect(ours).toContain('Shiftwise plans maintenance jobs without paper.')
    expect(ask).toMatch(/\?$/u)
    expect(mail?.body.split(/\s+/u).length).toBeLessThanOrEqual(120)
  })

  it('is the same from the same facts, whatever their order', async () => {
    const one = await mailOf({})
    const two = await mailOf({ facts: [...facts].reverse(), knowledge: [case1, ...[...knowledge].reverse()] })
    expect(two?.body).toBe(one?.body)
  })

  it('says in a follow-up what was not said before, and at last how to be left alone', async () => {
    const first = await mailOf({})
    const ids = new Set(first?.checked.sentences.flatMap(sentence => sentence.ids))
    const second = await mailOf({ kind: 'follow_up', told: { mails: 1, factIds: ids, knowledgeIds: ids } })
    const again = second?.checked.sentences.flatMap(sentence => sentence.ids).filter(id => ids.has(id))
    expect(again).toEqual([])
    const third = await mailOf({ kind: 'follow_up', told: { mails: 2, factIds: ids, knowledgeIds: ids } })
    expect(third?.body).toContain('I will not write again')
    expect(third?.body.match(/\?/gu)).toHaveLength(1)
  })

  it('tells a case as an example and never repeats what somebody is quoted with', async () => {
    const mail = await mailOf({
      kind: 'follow_up',
      told: { mails: 1, factIds: new Set(), knowledgeIds: new Set(['k-proof']) },
    })
    expect(mail?.body).toContain('Here is an example: a carton maker kept its dates in spreadsheets.')
    expect(mail?.body).not.toContain('We sleep')
  })

  it('quotes no note of a colleague and no old news', async () => {
    const mail = await mailOf({ unquotedIds: new Set(['f-need']) })
    expect(mail?.body).not.toContain('paper job cards')
  })

  it('answers also where all that we may say was told before', async () => {
    const [offering] = knowledge
    const told = { mails: 1, factIds: new Set<string>(), knowledgeIds: new Set(['k-plan']) }
    const mail = await mailOf({
      kind: 'reply',
      knowledge: [offering!],
      told,
      message: 'What does it cost for 40 people?',
    })
    expect(mail?.body).toContain('Shiftwise plans maintenance jobs without paper.')
  })

  it('answers a question about money with the price of what it is about', async () => {
    const price: KnowledgeItem = {
      id: 'k-price',
      kind: 'price',
      text: 'Shiftwise costs €390 per site and month.',
      sourceId: 's5',
    }
    const mail = await mailOf({ kind: 'reply', knowledge: [...knowledge, price], message: 'What does it cost?' })
    expect(mail?.body).toMatch(/^Hello Tom,\n\nThank you for your message\.\n\n/u)
    expect(mail?.body).toContain('€390 per site and month')
  })
})

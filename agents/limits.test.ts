/** The limits of calls and prompt characters, on the largest inputs that the agents take. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { checkClaim } from '../domain/evidence/check.ts'
import type { KnowledgeItem, StoredFact } from '../domain/evidence/mail.ts'
import type { EvidenceSource, Subject } from '../domain/evidence/types.ts'
import { type ModelServer, startModelServer } from '../test/model-server/index.ts'
import { createGateway } from './gateway.ts'
import { memoryPorts } from './memory-ports.ts'
import { read } from './reader.ts'
import { research } from './researcher.ts'
import { write } from './writer.ts'

const subject: Subject = {
  name: `Orrin ${'Pumps '.repeat(30)}Ltd`,
  aliases: Array.from({ length: 20 }, (_, i) => `Orrin Name ${i} of a very long kind`),
  domain: 'orrin.example',
}
const line = (i: number) =>
  `In ${1950 + (i % 70)} we employed ${100 + i} people in plant ${i} and needed a new system by March ${2000 + (i % 26)}.`
const page = (id: number): EvidenceSource => ({
  id: `page-${id}`,
  kind: 'page',
  text: Array.from({ length: 400 }, (_, i) => line(id * 400 + i)).join('\n'),
  publisher: subject,
  title: 'A title '.repeat(40),
  dated: '2026-01-01',
  fetchedAt: '2026-02-01T00:00:00Z',
})
const mail = (text: string): EvidenceSource => ({
  id: 'mail',
  kind: 'mail',
  text,
  publisher: subject,
  fetchedAt: '2026-03-01T00:00:00Z',
})
const facts = Array.from(
  { length: 300 },
  (_, i): StoredFact => ({ id: `f${i}`, kind: 'need', value: line(i), quote: line(i), subject: subject.name }),
)
const knowledge = Array.from(
  { length: 60 },
  (_, i): KnowledgeItem => ({
    id: `k${i}`,
    kind: 'offering',
    text: `Shiftwise item ${i} plans maintenance. ${'It does more of it. '.repeat(40)}`,
    sourceId: 's',
  }),
)

let server: ModelServer
beforeAll(async () => {
  server = await startModelServer()
})
afterAll(() => server.close())
beforeEach(() => {
  server.calls.length = 0
})

const context = (passageChars?: number) => {
  const ports = memoryPorts()
  return {
    gateway: createGateway(
      { baseUrl: server.baseUrl, apiKey: 'k', model: 'gpt-4o-mini', timeoutMs: 60_000, passageChars },
      ports,
    ),
    usage: ports.usage,
  }
}

describe('a qualified lead, from research to the reading of its reply', () => {
  it('takes at most 3 calls and 40,000 characters, however much there is to read', async () => {
    const pages = Array.from({ length: 8 }, (_, id) => page(id))
    const conversations = [mail('We need it soon. '.repeat(2000))]
    await research({ subject, sources: pages, conversations, check: checkClaim }, context())
    expect(server.calls).toHaveLength(1)
    await write(
      {
        kind: 'first',
        language: 'en',
        parties: {
          contact: { firstName: 'Tom', name: 'Tom Pask '.repeat(30) },
          company: subject.name,
          sender: { name: 'Ann Reed', company: 'Shiftwise' },
        },
        facts,
        talkIds: new Set(),
        knowledge,
        qualification: null,
        message: 'We would like to know more. '.repeat(500),
      },
      context(),
    )
    await read(
      { source: mail('We are thinking about it and will see. '.repeat(2000)), subject, headers: {} },
      context(),
    )
    expect(server.calls.map(call => call.agent)).toEqual(['researcher', 'writer', 'reader'])
    const chars = server.calls.reduce((sum, call) => sum + call.promptChars, 0)
    expect(chars).toBeLessThanOrEqual(40_000)
  })

  it('is read in fewer characters where the model is a small one, and what that leaves out is told', async () => {
    const asked = { subject, sources: [page(0)], conversations: [], check: checkClaim }
    const all = await research(asked, context())
    const few = await research(asked, context(4_000))
    const [more, less] = server.calls.map(call => call.promptChars)
    expect(more! - less!).toBeGreaterThan(15_000)
    expect(few.unread.chars - all.unread.chars).toBeGreaterThan(15_000)
  })

  it('takes 1 call for an unqualified one', async () => {
    await research({ subject, sources: [page(0)], conversations: [], check: checkClaim }, context())
    expect(server.calls).toHaveLength(1)
  })
})

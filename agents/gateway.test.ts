import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { DealwrightError } from '../domain/errors.ts'
import { type Fault, type ModelServer, startModelServer } from '../test/model-server/index.ts'
import { isCutOff } from './answer.ts'
import { createGateway, type Gateway } from './gateway.ts'
import { type MemoryPorts, memoryPorts } from './memory-ports.ts'
import { loadPrompt } from './prompt.ts'
import { researchAnswer } from './researcher.ts'

const SECRET_TEXT = 'Orrin Pumps employs 310 people in Derby.'
const INPUT = `Subject: Orrin Pumps\n\n<<data abc>>\n## page, voice of Orrin Pumps\n[1] ${SECRET_TEXT}\n<<end abc>>`

let server: ModelServer
let ports: MemoryPorts
let gateway: Gateway

beforeAll(async () => {
  server = await startModelServer()
})
afterAll(() => server.close())
beforeEach(() => {
  server.calls.length = 0
  ports = memoryPorts()
  gateway = open(ports)
})

function open(ports: MemoryPorts, timeoutMs = 5000): Gateway {
  return createGateway({ baseUrl: server.baseUrl, apiKey: 'k', model: 'gpt-4o-mini', timeoutMs }, ports)
}

function ask(overrides: { generation?: number; signal?: AbortSignal; input?: string } = {}, by: Gateway = gateway) {
  return by.ask({
    agent: 'researcher',
    prompt: loadPrompt('researcher'),
    input: INPUT,
    schema: researchAnswer,
    generation: 0,
    ...overrides,
  })
}

async function failing(...faults: Fault[]): Promise<DealwrightError> {
  server.push(...faults)
  const error: unknown = await ask().catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(DealwrightError)
  return error as DealwrightError
}

describe('a good answer', () => {
  it('comes back checked, with usage, cost and prompt size recorded', async () => {
    const { value, run } = await ask()
    expect(value.facts.some(fact => fact.kind === 'employees' && fact.value === '310')).toBe(true)
    expect(run).toMatchObject({ calls: 1, cached: false, repaired: false, outcome: 'ok', model: 'gpt-4o-mini' })
    expect(run.tokensIn).toBeGreaterThan(0)
    // List price of gpt-4o-mini: 0.15 and 0.60 micro-USD a token.
    expect(run.costMicroUsd).toBe(Math.ceil(run.tokensIn * 0.15 + run.tokensOut * 0.6))
    expect(run.promptChars).toBe(server.calls[0]?.promptChars)
    expect(ports.spent().tokens).toBe(run.tokensIn + run.tokensOut)
  })

  it('asks in JSON Schema, strictly, without streaming', async () => {
    await ask()
    const body = server.calls[0]?.body
    expect(body?.response_format).toMatchObject({
      type: 'json_schema',
      json_schema: { name: 'researcher', strict: true },
    })
    const schema = body?.response_format?.json_schema?.schema
    expect(schema).toMatchObject({ type: 'object', additionalProperties: false, required: ['facts', 'unknown'] })
    expect(body?.stream ?? false).toBe(false)
  })

  it('is paid for once: the same question is answered from the cache, a new generation is not', async () => {
    const first = await ask()
    const second = await ask()
    expect(second.value).toEqual(first.value)
    expect(second.run).toMatchObject({ cached: true, calls: 0, tokensIn: 0 })
    expect(server.calls).toHaveLength(1)
    await ask({ generation: 1 })
    await ask({ input: `${INPUT} ` })
    expect(server.calls).toHaveLength(3)
  })

  it.each([
    'budget',
    'usage',
    'cache',
  ] as const)('is not paid for again when %s could not be kept for a moment', async part => {
    const away = new DealwrightError('database_away', 'away')
    const kept = memoryPorts()
    const failing = { ...kept, budget: { ...kept.budget }, usage: { ...kept.usage }, cache: { ...kept.cache } }
    let failures = 0
    const once =
      <A extends unknown[]>(work: (...args: A) => Promise<void>) =>
      async (...args: A) => {
        if (++failures === 1) throw away
        return work(...args)
      }
    if (part === 'budget') failing.budget.settle = once((...args) => kept.budget.settle(...args))
    if (part === 'usage') failing.usage.record = once((...args) => kept.usage.record(...args))
    if (part === 'cache') failing.cache.put = once((...args) => kept.cache.put(...args))
    // A question of its own: what is held is held for the whole process.
    const input = `${INPUT}\nAsked when ${part} was away.`
    await expect(ask({ input }, open(failing))).rejects.toBe(away)
    const { run } = await ask({ input }, open(failing))
    expect(server.calls).toHaveLength(1)
    expect(run).toMatchObject({ calls: 1, outcome: 'ok' })
    expect(failing.runs()).toHaveLength(1)
    expect(failing.spent().tokens).toBe(run.tokensIn + run.tokensOut)
    expect((await ask({ input }, open(failing))).run.cached).toBe(true)
  })

  it('has no cost where the price is not known', async () => {
    const unknown = createGateway(
      { baseUrl: server.baseUrl, apiKey: 'k', model: 'llama-local', timeoutMs: 5000 },
      ports,
    )
    expect((await ask({}, unknown)).run.costMicroUsd).toBeNull()
  })
})

describe('an answer that is not whole', () => {
  it.each([
    'cut_off',
    'cut_off_silently',
  ] as const)('%s is an error at once, never content, never repaired', async kind => {
    const error = await failing({ kind })
    expect(error.code).toBe('model_cut_off')
    expect(server.calls).toHaveLength(1)
    // Nothing was cached: the next call asks the provider again.
    await ask()
    expect(server.calls).toHaveLength(2)
  })

  it('tells open JSON from closed', () => {
    for (const whole of ['{}', '{"a":"}"}', '[1,{"b":"\\""}]', 'no json']) expect(isCutOff(whole)).toBe(false)
    for (const cut of ['{', '{"a":"b', '[1,{"b":2}', '{"a":"\\"}']) expect(isCutOff(cut)).toBe(true)
  })

  it.each(['malformed', 'misfit'] as const)('%s is repaired by one call that names the problem', async kind => {
    server.push({ kind })
    const { run } = await ask()
    expect(run).toMatchObject({ calls: 2, repaired: true, outcome: 'ok' })
    const repair = server.calls[1]?.body.messages.at(-1)?.content
    expect(repair).toContain('does not fit the schema')
  })

  it('is a typed failure when the repair fails too', async () => {
    const error = await failing({ kind: 'misfit' }, { kind: 'malformed' })
    expect(error.code).toBe('model_bad_answer')
    expect(server.calls).toHaveLength(2)
    expect(ports.runs()[0]).toMatchObject({ outcome: 'model_bad_answer', repaired: true, calls: 2 })
  })

  it('is an error when the repair is cut off', async () => {
    expect((await failing({ kind: 'misfit' }, { kind: 'cut_off' })).code).toBe('model_cut_off')
  })

  it('has its usage recorded before it is parsed', async () => {
    await failing({ kind: 'cut_off' })
    expect(ports.history[0]).toMatchObject({ outcome: 'answered' })
    expect(ports.history[0]?.tokensIn).toBeGreaterThan(0)
    expect(ports.spent().tokens).toBeGreaterThan(0)
  })
})

describe('errors of the provider', () => {
  it.each([
    [{ kind: 'unauthorized' }, 'model_bad_key', 'person'],
    [{ kind: 'quota' }, 'model_quota', 'person'],
    [{ kind: 'rate_limited', retryAfter: '7' }, 'model_rate_limited', 'later'],
    [{ kind: 'server_error' }, 'model_unavailable', 'later'],
    [{ kind: 'reset' }, 'model_unavailable', 'later'],
    [{ kind: 'refusal' }, 'model_refused', 'never'],
    [{ kind: 'context_too_long' }, 'model_context_too_long', 'never'],
  ] as const)('%o is %s, retry %s, after a single call', async (fault, code, retry) => {
    const error = await failing(fault)
    expect([error.code, error.retry]).toEqual([code, retry])
    expect(server.calls).toHaveLength(1)
    expect(ports.runs()[0]?.outcome).toBe(code)
  })

  it('gives the wait the provider asks for in milliseconds, or null', async () => {
    expect((await failing({ kind: 'rate_limited', retryAfter: '7' })).details['retryAfterMs']).toBe(7000)
    expect((await failing({ kind: 'rate_limited' })).details['retryAfterMs']).toBeNull()
    const inTwoHours = new Date(Date.now() + 7_200_000).toUTCString()
    expect((await failing({ kind: 'rate_limited', retryAfter: inTwoHours })).details['retryAfterMs']).toBeGreaterThan(
      7_100_000,
    )
  })

  it.each(['hang', 'drip'] as const)('%s ends at the time-out and can be tried later', async kind => {
    server.push({ kind })
    await expect(ask({}, open(ports, 150))).rejects.toMatchObject({ code: 'model_unavailable', retry: 'later' })
  })

  it('ends at once when nobody listens', async () => {
    const nowhere = createGateway({ baseUrl: 'http://127.0.0.1:9/v1', apiKey: 'k', model: 'm', timeoutMs: 5000 }, ports)
    await expect(ask({}, nowhere)).rejects.toMatchObject({ code: 'model_unavailable' })
  })

  it('lets an abort through as what it is', async () => {
    server.push({ kind: 'hang' })
    const abort = new AbortController()
    const asked = ask({ signal: abort.signal })
    setTimeout(() => abort.abort(new Error('run cancelled')), 30)
    const error: unknown = await asked.catch((thrown: unknown) => thrown)
    expect(error).not.toBeInstanceOf(DealwrightError)
  })

  it('never carries text of the prompt or the page', async () => {
    for (const kind of ['unauthorized', 'server_error', 'cut_off', 'refusal', 'context_too_long'] as const) {
      const error = await failing({ kind })
      expect(JSON.stringify([error.message, error.details])).not.toContain('310')
    }
  })
})

describe('the budget', () => {
  it('stops a call before it is made', async () => {
    const poor = memoryPorts({ tokens: 10 })
    await expect(ask({}, open(poor))).rejects.toMatchObject({ code: 'model_budget_spent' })
    expect(server.calls).toHaveLength(0)
    expect(poor.runs()[0]).toMatchObject({ outcome: 'model_budget_spent', calls: 0 })
  })

  it('holds for calls side by side: what is reserved is not promised twice', async () => {
    const maxOut = loadPrompt('researcher').settings.maxOutputTokens
    const forOne = memoryPorts({ tokens: maxOut * 2 })
    const gateway = open(forOne)
    const asked = await Promise.allSettled([0, 1, 2, 3].map(generation => ask({ generation }, gateway)))
    expect(asked.filter(result => result.status === 'fulfilled')).toHaveLength(1)
    expect(server.calls).toHaveLength(1)
  })

  it('gives back what a failed call did not spend', async () => {
    const maxOut = loadPrompt('researcher').settings.maxOutputTokens
    const forOne = memoryPorts({ tokens: maxOut * 2 })
    server.push({ kind: 'server_error' })
    await expect(ask({}, open(forOne))).rejects.toMatchObject({ code: 'model_unavailable' })
    await expect(ask({}, open(forOne))).resolves.toBeDefined()
  })

  it('is asked before the repair as well', async () => {
    const maxOut = loadPrompt('researcher').settings.maxOutputTokens
    const { run } = await ask()
    server.calls.length = 0
    const tight = memoryPorts({ tokens: Math.ceil(run.promptChars / 3) + maxOut })
    server.push({ kind: 'misfit' })
    await expect(ask({}, open(tight))).rejects.toMatchObject({ code: 'model_budget_spent' })
    expect(server.calls).toHaveLength(1)
  })
})

it('refuses what the schema does not allow', async () => {
  const odd = z.strictObject({ facts: z.array(z.never()), unknown: z.array(z.unknown()) })
  await expect(
    gateway.ask({ agent: 'researcher', prompt: loadPrompt('researcher'), input: INPUT, schema: odd, generation: 0 }),
  ).rejects.toMatchObject({ code: 'model_bad_answer' })
})

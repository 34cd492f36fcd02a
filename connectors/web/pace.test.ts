import { expect, test } from 'vitest'
import { Pace } from './pace.ts'
import { codeOf, quickFetcher, startLoopback } from './testing/loopback.ts'

/** A clock that only sleeping moves. */
function clock(): { now: () => number; sleep: (ms: number) => Promise<void>; slept: number[] } {
  let time = 0
  const slept: number[] = []
  return {
    slept,
    now: () => time,
    sleep: async ms => {
      slept.push(ms)
      time += ms
    },
  }
}

test('one request at a time per host, each after its pause; hosts do not wait for each other', async () => {
  const { now, sleep } = clock()
  const pace = new Pace({ now, sleep, maxWaitMs: 60_000 })
  let running = 0
  const starts: string[] = []
  const work = (name: string) => async (): Promise<void> => {
    running += 1
    expect(running).toBe(1)
    starts.push(`${name}@${now()}`)
    await Promise.resolve()
    running -= 1
  }
  await Promise.all(['a', 'b', 'c'].map(name => pace.turn('acme.example', 1_000, undefined, work(name))))
  expect(starts).toEqual(['a@0', 'b@1000', 'c@2000'])
  await pace.turn('other.example', 1_000, undefined, work('d'))
  expect(starts.at(-1)).toBe('d@2000')
})

test('a failed request counts as one, and the next still gets its turn', async () => {
  const { now, sleep, slept } = clock()
  const pace = new Pace({ now, sleep, maxWaitMs: 60_000 })
  await expect(pace.turn('a', 500, undefined, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  await pace.turn('a', 500, undefined, async () => {})
  expect(slept).toEqual([500])
})

test('who gives up waiting does not let the next pass those ahead', async () => {
  const { now, sleep } = clock()
  const pace = new Pace({ now, sleep, maxWaitMs: 60_000 })
  const order: string[] = []
  let finish = (): void => {}
  const first = pace.turn('a', 0, undefined, () =>
    new Promise<void>(resolve => (finish = resolve)).then(() => void order.push('first')),
  )
  const controller = new AbortController()
  const second = pace.turn('a', 0, controller.signal, async () => void order.push('second'))
  const third = pace.turn('a', 0, undefined, async () => void order.push('third'))
  controller.abort(new Error('enough'))
  await expect(second).rejects.toThrow('enough')
  finish()
  await Promise.all([first, third])
  expect(order).toEqual(['first', 'third'])
})

test('a turn too far off is refused with the time to come back', async () => {
  const { now, sleep } = clock()
  const pace = new Pace({ now, sleep, maxWaitMs: 5_000 })
  pace.postpone('a', 60_000)
  await expect(pace.turn('a', 0, undefined, async () => {})).rejects.toMatchObject({
    code: 'web_pace',
    details: { retryAfterMs: 60_000 },
  })
  await pace.turn('b', 0, undefined, async () => {})
})

test('the fetcher keeps the pause, a crawl delay up to its cap, and a Retry-After', async () => {
  const { now, sleep, slept } = clock()
  const loopback = await startLoopback(
    (request, response) => {
      if (request.url === '/busy') response.writeHead(503, { 'retry-after': '120' }).end()
      else response.setHeader('content-type', 'text/html').end('<p>x')
    },
    (_request, response) => response.end('User-agent: *\nCrawl-delay: 99999\n'),
  )
  const fetcher = quickFetcher({
    hostMap: loopback.map('acme.example'),
    now,
    sleep,
    minDelayMs: 1_000,
    maxCrawlDelayMs: 7_000,
    maxWaitMs: 30_000,
  })
  for (let n = 0; n < 3; n += 1) await fetcher.fetch('http://acme.example/')
  expect(slept).toEqual([1_000, 7_000, 7_000])
  await expect(fetcher.fetch('http://acme.example/busy')).rejects.toMatchObject({
    code: 'web_http_unavailable',
    details: { retryAfterMs: 120_000, status: 503 },
  })
  expect(await codeOf(fetcher.fetch('http://acme.example/'))).toBe('web_pace')
  await fetcher.close()
  await loopback.close()
})

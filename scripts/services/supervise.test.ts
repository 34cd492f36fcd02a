import { expect, test } from 'vitest'
import type { Exit } from './process.ts'
import { supervise } from './supervise.ts'
import type { Part, Running } from './supervise.ts'

interface Fake extends Running {
  end: (exit: Exit) => void
}

let pids = 100

function fake(log: string[], name: string): Fake {
  let end: (exit: Exit) => void = () => {}
  const exited = new Promise<Exit>(resolve => {
    end = resolve
  })
  const stop = async () => {
    log.push(`stop ${name}`)
    end({ code: 0, signal: null })
  }
  return { pid: pids++, exited, stop, end }
}

const settle = () => new Promise(resolve => setImmediate(resolve))

test('a part that ends is started again under the same name, and told that it replaces one', async () => {
  const log: string[] = []
  const starts: boolean[] = []
  const made: Fake[] = []
  const part: Part = {
    name: 'worker',
    start: async again => {
      starts.push(again)
      const running = fake(log, 'worker')
      made.push(running)
      return running
    },
  }
  let changes = 0
  const supervisor = supervise({ say: line => log.push(line), onChange: () => changes++, pause: async () => {} })
  await supervisor.run(part)
  const first = supervisor.pids().worker
  made[0]?.end({ code: null, signal: 'SIGKILL' })
  await settle()
  expect(starts).toEqual([false, true])
  expect(changes).toBe(1)
  expect(supervisor.pids().worker).not.toBe(first)
  expect(log).toEqual(['worker ended (SIGKILL); starting it again', 'worker runs again'])
})

test('parts stop in reverse order, once, and are not started again', async () => {
  const log: string[] = []
  const supervisor = supervise({ say: line => log.push(line), pause: async () => {} })
  for (const name of ['database', 'server', 'worker']) {
    await supervisor.run({ name, start: async () => fake(log, name) })
  }
  await Promise.all([supervisor.stop(), supervisor.stop()])
  await settle()
  expect(log).toEqual(['stop worker', 'stop server', 'stop database'])
})

test('pauses grow, and a part that keeps ending is given up', async () => {
  const pauses: number[] = []
  const supervisor = supervise({
    say: () => {},
    pause: async ms => {
      pauses.push(ms)
    },
  })
  let starts = 0
  await supervisor.run({
    name: 'worker',
    start: async () => {
      if (++starts > 3) throw new Error('no')
      const running = fake([], 'worker')
      running.end({ code: 1, signal: null })
      return running
    },
  })
  expect((await supervisor.broken).message).toContain('worker keeps ending')
  expect(pauses.slice(0, 4)).toEqual([200, 400, 800, 1600])
  expect(Math.max(...pauses)).toBeLessThanOrEqual(10_000)
})

test('a first start that fails is the caller’s to see', async () => {
  const supervisor = supervise({ say: () => {}, pause: async () => {} })
  const start = async () => {
    throw new Error('port taken')
  }
  await expect(supervisor.run({ name: 'server', start })).rejects.toThrow('port taken')
})

test('while something stands against every start, an ended part waits without being given up, and says why once', async () => {
  const log: string[] = []
  const made: Fake[] = []
  let looks = 0
  const supervisor = supervise({
    say: line => log.push(line),
    pause: async () => {},
    obstacle: () => (++looks < 50 ? 'the disk is full' : null),
  })
  await supervisor.run({
    name: 'Postgres',
    start: async () => {
      const running = fake(log, 'Postgres')
      made.push(running)
      return running
    },
  })
  made[0]?.end({ code: 1, signal: null })
  while (made.length < 2) await settle()
  expect(looks).toBe(50)
  expect(log).toEqual([
    'Postgres ended (exit 1); starting it again',
    'Postgres is started again later: the disk is full',
    'Postgres runs again',
  ])
})

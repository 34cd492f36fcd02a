import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { createTurns } from './turns.ts'

it('lets no more through at once than it was told, and all in the end, in order', async () => {
  const turns = createTurns(3)
  let now = 0
  let most = 0
  const ended: number[] = []
  const work = async (n: number): Promise<void> => {
    most = Math.max(most, ++now)
    await sleep(2)
    now -= 1
    ended.push(n)
    if (n % 4 === 0) throw new Error('failed')
  }
  const all = Array.from({ length: 20 }, (_, n) => turns.take(() => work(n)))
  const settled = await Promise.allSettled(all)
  expect(most).toBe(3)
  expect(ended).toEqual(Array.from({ length: 20 }, (_, n) => n))
  expect(settled.filter(one => one.status === 'rejected')).toHaveLength(5)
})

it('loses no place to one that gave up waiting', async () => {
  const turns = createTurns(1)
  const stop = new AbortController()
  let release = (): void => {}
  const first = turns.take(() => new Promise<void>(resolve => (release = resolve)))
  const second = turns.take(() => Promise.resolve('never'), stop.signal)
  const third = turns.take(() => Promise.resolve('third'))
  stop.abort(new Error('called off'))
  await expect(second).rejects.toThrow('called off')
  release()
  await first
  await expect(third).resolves.toBe('third')
  await expect(turns.take(() => Promise.resolve('again'))).resolves.toBe('again')
})

import { expect, test } from 'vitest'
import { patiently } from './patiently.ts'

test('a part waits for what is not there yet', async () => {
  let calls = 0
  const connect = async () => {
    calls += 1
    if (calls < 3) throw new Error('nobody listens')
    return 'connected'
  }
  expect(await patiently(connect)).toBe('connected')
  expect(calls).toBe(3)
})

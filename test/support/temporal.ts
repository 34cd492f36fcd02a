import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'

export interface TestTemporal {
  address: string
  namespace: string
  /** A task queue name that no other test uses: the server is shared, queues and workflow ids must not be. */
  queue: (name: string) => string
}

export function testTemporal(): TestTemporal {
  const { address, namespace } = inject('dealwright').temporal
  const mark = randomBytes(4).toString('hex')
  return { address, namespace, queue: name => `${name}-${mark}` }
}

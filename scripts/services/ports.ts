import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/**
 * Ports that systems do not hand out by themselves: one picked from the others could be taken, before it is listened on, as the near
 * end of somebody's outgoing connection.
 */
const FROM = 20_000
const TO = 32_000
const TRIES = 40

/** A free TCP port on loopback: `preferred` if nothing listens there, else another. */
export async function freePort(preferred?: number): Promise<number> {
  if (preferred !== undefined && preferred > 0) {
    const port = await tryPort(preferred)
    if (port !== null) return port
  }
  for (let n = 0; n < TRIES; n++) {
    const port = await tryPort(randomInt(FROM, TO))
    if (port !== null) return port
  }
  const port = await tryPort(0)
  if (port === null) throw new Error('no free TCP port on 127.0.0.1')
  return port
}

function tryPort(port: number): Promise<number | null> {
  return new Promise(resolve => {
    const server = createServer()
    server.once('error', () => resolve(null))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address()
      const found = typeof address === 'object' && address !== null ? address.port : null
      server.close(() => resolve(found))
    })
  })
}

/** A server of ours on a port of loopback that nobody else has. */
import type { AddressInfo } from 'node:net'
import { serve, type ServerType } from '@hono/node-server'

export async function serveOnLoopback(
  fetch: Parameters<typeof serve>[0]['fetch'],
): Promise<{ server: ServerType; url: string }> {
  const server = serve({ fetch, hostname: '127.0.0.1', port: 0 })
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', reject)
  })
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

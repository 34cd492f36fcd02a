/** For tests: an HTTP server on loopback, and a fetcher that reaches it under made-up public names. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createFetcher, type Fetcher, type FetcherOptions } from '../fetcher.ts'
import type { HostMap } from '../rules.ts'

export type Handler = (request: IncomingMessage, response: ServerResponse) => void

export interface Loopback {
  port: number
  /** `METHOD host path` of each request, in order. */
  seen: string[]
  map(...names: string[]): HostMap
  close(): Promise<void>
}

/** Serves `handler`; robots.txt answers 404 unless `robots` is given. */
export async function startLoopback(handler: Handler, robots?: Handler): Promise<Loopback> {
  const seen: string[] = []
  const server: Server = createServer((request, response) => {
    seen.push(`${request.method} ${request.headers.host} ${request.url}`)
    // A client that cuts the connection is what these tests provoke.
    response.on('error', () => {})
    if (request.url !== '/robots.txt') handler(request, response)
    else if (robots !== undefined) robots(request, response)
    else response.writeHead(404).end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    seen,
    map: (...names) => new Map(names.map(name => [name, { address: '127.0.0.1', port }])),
    close: () => {
      server.closeAllConnections()
      return new Promise(resolve => server.close(() => resolve()))
    },
  }
}

/** Without pauses, so that tests do not wait; limits small where a test runs into them. */
export function quickFetcher(options: FetcherOptions): Fetcher {
  return createFetcher({ minDelayMs: 0, ...options })
}

/** The code a promise fails with, or `none`. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'none'
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error)
  }
}

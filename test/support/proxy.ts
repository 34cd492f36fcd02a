/** A wire that a test can cut: a TCP proxy on loopback in front of a server. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface Wire {
  /** host:port */
  address: string
  /** Breaks every connection and takes no new one. */
  cut: () => void
  mend: () => void
  close: () => Promise<void>
}

export async function wireTo(target: string): Promise<Wire> {
  const [host = '', port = ''] = target.split(':')
  const open = new Set<Socket>()
  let whole = true
  const server = createServer(near => {
    if (!whole) return near.destroy()
    const far = connect(Number(port), host)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from)
      from.on('error', () => to.destroy())
      from.on('close', () => {
        open.delete(from)
        to.destroy()
      })
      from.pipe(to)
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const cut = () => {
    whole = false
    for (const socket of open) socket.destroy()
  }
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    mend: () => {
      whole = true
    },
    close: () => {
      cut()
      return new Promise(resolve => server.close(() => resolve()))
    },
  }
}

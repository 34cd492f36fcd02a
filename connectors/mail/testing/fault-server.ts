/** For tests: an SMTP server that follows a script, so that it can fail at any stage in any way. */
import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

/** What to do at a stage: answer with a line, hang up at once, say nothing, answer and hang up, hang up before the end of the line, or never finish. */
export type Act =
  | { say: string }
  | { drip: string }
  | { hangUp: true }
  | { silent: true }
  | { sayAndHangUp: string }
  | { cutOff: string }

export type Stage =
  | 'greeting'
  | 'ehlo'
  | 'auth'
  | 'mail'
  | 'rcpt'
  | 'data'
  | 'during'
  | 'dot'
  | 'rset'
  | 'quit'
  | 'starttls'

export interface FaultServer {
  port: number
  url: string
  /** Commands received, without the text. */
  commands: string[]
  /** Texts that arrived with their final dot; an empty one, sent to end a refused transaction, is none. */
  texts: string[]
  connections: number
  close(): Promise<void>
}

const USUAL: Record<Stage, Act> = {
  greeting: { say: '220 test ready' },
  ehlo: { say: '250-test\r\n250 SIZE 10000000' },
  auth: { say: '235 welcome' },
  mail: { say: '250 sender ok' },
  rcpt: { say: '250 recipient ok' },
  data: { say: '354 go on' },
  during: { say: '' },
  dot: { say: '250 taken as 1' },
  rset: { say: '250 reset' },
  quit: { sayAndHangUp: '221 bye' },
  starttls: { say: '454 not now' },
}

/** `during`: what happens when the text has begun and its dot has not come; by default it waits for the dot. */
export async function faultServer(script: Partial<Record<Stage, Act>> = {}): Promise<FaultServer> {
  const acts = { ...USUAL, ...script }
  const sockets = new Set<Socket>()
  const seen: Pick<FaultServer, 'commands' | 'texts' | 'connections'> = { commands: [], texts: [], connections: 0 }
  const server = createServer(socket => {
    seen.connections++
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {})
    converse(socket, acts, seen, script.during !== undefined)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return Object.assign(seen, {
    port,
    url: `smtp://127.0.0.1:${port}`,
    close: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise<void>(resolve => server.close(() => resolve()))
    },
  })
}

function converse(
  socket: Socket,
  acts: Record<Stage, Act>,
  seen: Pick<FaultServer, 'commands' | 'texts'>,
  breaksOff: boolean,
): void {
  let input = ''
  let inText = false
  perform(socket, acts.greeting)
  socket.on('data', chunk => {
    input += chunk.toString('latin1')
    for (;;) {
      if (inText) {
        if (breaksOff && input !== '') return perform(socket, acts.during)
        const end = `\r\n${input}`.indexOf('\r\n.\r\n')
        if (end < 0) return
        if (end > 0) seen.texts.push(input.slice(0, end).replace(/^\.\./gm, '.'))
        input = input.slice(end + 3)
        inText = false
        perform(socket, acts.dot)
        continue
      }
      const end = input.indexOf('\r\n')
      if (end < 0) return
      const line = input.slice(0, end)
      input = input.slice(end + 2)
      seen.commands.push(line)
      const stage = stageOf(line)
      perform(socket, acts[stage])
      const act = acts[stage]
      inText = stage === 'data' && 'say' in act && /^[23]/.test(act.say)
    }
  })
}

function stageOf(line: string): Stage {
  const verb = line.slice(0, 4).toUpperCase()
  const stages: Record<string, Stage> = {
    EHLO: 'ehlo',
    HELO: 'ehlo',
    AUTH: 'auth',
    MAIL: 'mail',
    RCPT: 'rcpt',
    DATA: 'data',
    RSET: 'rset',
    QUIT: 'quit',
    STAR: 'starttls',
  }
  return stages[verb] ?? 'auth'
}

function perform(socket: Socket, act: Act): void {
  if ('drip' in act) {
    const timer = setInterval(() => socket.write(`${act.drip}\r\n`), 20)
    socket.on('close', () => clearInterval(timer))
    return
  }
  if ('say' in act) socket.write(act.say === '' ? '' : `${act.say}\r\n`)
  else if ('cutOff' in act) socket.end(act.cutOff)
  else if ('sayAndHangUp' in act) socket.end(`${act.sayAndHangUp}\r\n`)
  else if ('hangUp' in act) socket.destroy()
}

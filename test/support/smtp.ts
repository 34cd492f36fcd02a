/** A real SMTP server for a test: records each mail it takes, and refuses what the test says. */
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export interface Taken {
  to: string[]
  from: string
  raw: string
  messageId: string
}

export interface RecordingMail {
  url: string
  taken: readonly Taken[]
  /** The reply to each recipient from now on; null takes it. */
  refuse: (answer: ((address: string) => { code: number; text: string } | null) | null) => void
  /** Called when somebody connects: what it awaits holds the greeting back. */
  onGreeting: (hook: (() => Promise<void> | void) | null) => void
  /** Called when a text has arrived, before the server says that it took it: what it awaits holds the answer back. */
  onText: (hook: (() => Promise<void> | void) | null) => void
  close: () => Promise<void>
}

export async function recordingMail(): Promise<RecordingMail> {
  const taken: Taken[] = []
  let refuse: ((address: string) => { code: number; text: string } | null) | null = null
  let hook: (() => Promise<void> | void) | null = null
  let greeting: (() => Promise<void> | void) | null = null
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 200,
    onConnect: (_session, done) => void Promise.resolve(greeting?.()).then(() => done()),
    onRcptTo: ({ address }, _session, done) => {
      const no = refuse?.(address)
      done(no ? Object.assign(new Error(no.text), { responseCode: no.code }) : null)
    },
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('utf8')
        taken.push({
          raw,
          to: envelope.rcptTo.map(({ address }) => address.toLowerCase()),
          from: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
          messageId: /^message-id:\s*(<[^>]+>)/im.exec(raw)?.[1] ?? '',
        })
        Promise.resolve(hook?.()).then(
          () => done(),
          (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
        )
      })
    },
  })
  server.on('error', () => {}) // a client that hangs up in mid-sentence is no news here
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    taken,
    refuse: answer => {
      refuse = answer
    },
    onGreeting: next => {
      greeting = next
    },
    onText: next => {
      hook = next
    },
    close: () => new Promise(resolve => server.close(resolve)),
  }
}

/** The sandbox mailbox: takes mail for its own addresses, and says 250 only when it is stored. Sends nothing on. */
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import type { SMTPServerDataStream, SMTPServerSession } from 'smtp-server'

export interface ListenerEnvelope {
  /** "" is the null sender of reports. */
  from: string
  to: string[]
}

export interface MailListenerOptions {
  /** Default 127.0.0.1: this door asks for no password, so it opens to this machine only. */
  host?: string
  /** Default 0: any free port. */
  port?: number
  accepts: (address: string) => boolean | Promise<boolean>
  /** Stores the mail. If it throws, the sender is told to try again later. */
  onMail: (raw: Buffer, envelope: ListenerEnvelope) => Promise<void>
  /** Default 30 MB. */
  maxBytes?: number
  /** Told of each mail that could not be stored. */
  onError?: (error: unknown) => void
}

export interface MailListener {
  port: number
  /** Takes no new mail, lets running transfers end, then closes. */
  close(): Promise<void>
}

const MAX_CLIENTS = 100
const MAX_RECIPIENTS = 50
const IDLE_MS = 60_000
const CLOSE_MS = 2_000

/** Rejects when the port cannot be had. */
export async function startMailListener(options: MailListenerOptions): Promise<MailListener> {
  const maxBytes = options.maxBytes ?? 30_000_000
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    banner: 'Dealwright sandbox mailbox',
    logger: false,
    size: maxBytes,
    maxClients: MAX_CLIENTS,
    socketTimeout: IDLE_MS,
    closeTimeout: CLOSE_MS,
    onRcptTo: ({ address }, session, done) => {
      answer(done, () => checkRecipient(options, address, session))
    },
    onData: (stream, session, done) => {
      answer(done, () => take(options, stream, session, maxBytes))
    },
  })
  server.on('error', () => {}) // a client that hangs up in mid-sentence is its own affair
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject)
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1', () => {
      server.server.off('error', reject)
      resolve()
    })
  })
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise(resolve => server.close(() => resolve())),
  }
}

type Refusal = Error & { responseCode: number }

function refusal(responseCode: number, message: string): Refusal {
  return Object.assign(new Error(message), { responseCode })
}

function answer(done: (error?: Error | null) => void, work: () => Promise<void>): void {
  work().then(
    () => done(),
    (error: unknown) => done(error as Error),
  )
}

async function checkRecipient(
  options: MailListenerOptions,
  address: string,
  session: SMTPServerSession,
): Promise<void> {
  if (session.envelope.rcptTo.length >= MAX_RECIPIENTS) throw refusal(452, '4.5.3 Too many recipients at once')
  let known: boolean
  try {
    known = await options.accepts(address)
  } catch (error) {
    options.onError?.(error)
    throw refusal(451, '4.3.0 Recipients cannot be checked now, try again later')
  }
  if (!known) throw refusal(550, '5.1.1 No such mailbox here')
}

async function take(
  options: MailListenerOptions,
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
  maxBytes: number,
): Promise<void> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.byteLength
    if (size <= maxBytes) chunks.push(chunk)
    else chunks.length = 0
  }
  if (size > maxBytes) throw refusal(552, `5.3.4 Message larger than ${maxBytes} bytes`)
  const { mailFrom, rcptTo } = session.envelope
  try {
    await options.onMail(Buffer.concat(chunks), {
      from: mailFrom ? mailFrom.address : '',
      to: rcptTo.map(({ address }) => address),
    })
  } catch (error) {
    options.onError?.(error)
    throw refusal(451, '4.3.0 The mail could not be stored, try again later')
  }
}

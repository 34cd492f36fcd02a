/** One SMTP session: connect, log in, talk, leave. Everything before `talk` is certain to have sent nothing. */
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { DealwrightError } from '../../domain/errors.ts'
import { isTlsCode, serverFailure } from './failure.ts'
import type { MailAddressOfServer } from './mail-url.ts'

export interface SmtpLimits {
  /** Until the connection stands, TLS included. */
  connectMs: number
  /** Longest silence of the server. */
  silenceMs: number
  /** The whole session. */
  wholeMs: number
}

export interface SessionOptions {
  server: MailAddressOfServer
  limits: SmtpLimits
  /** What we call ourselves in EHLO; the machine's name when absent. */
  name?: string
  /** Certificate authorities to trust instead of the usual ones, PEM. */
  ca?: string
  /** Hears what is said on both sides, message and passwords left out. */
  hear?: (who: 'client' | 'server', line: string) => void
}

/** What nodemailer adds to its errors. */
export interface SmtpFault extends Error {
  code?: string
  originalCode?: string
  command?: string
  response?: string
  responseCode?: number
}

const QUIT_MS = 2_000

/** Runs `talk` in a fresh session. Rejects with the first fault, whoever sees it: the socket, the protocol or the clock. */
export async function withSession<T>(
  options: SessionOptions,
  talk: (connection: SMTPConnection) => Promise<T>,
): Promise<T> {
  const connection = connectionFor(options)
  let timer: NodeJS.Timeout | undefined
  const broken = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(fault('ETIMEDOUT', 'the session took too long')), options.limits.wholeMs)
    connection.on('error', reject)
    // A refusal with 421 ends the session too: its own error, already on its way, goes first.
    connection.on('end', () => setImmediate(() => reject(fault('ECONNECTION', 'the connection was closed'))))
  })
  broken.catch(() => {})
  try {
    const result = await Promise.race([logIn(connection, options).then(() => talk(connection)), broken])
    leave(connection)
    return result
  } catch (error) {
    connection.close()
    throw error
  } finally {
    clearTimeout(timer)
  }
}

function connectionFor({ server, limits, name, ca, hear }: SessionOptions): SMTPConnection {
  return new SMTPConnection({
    ...(hear === undefined ? {} : { transactionLog: true, logger: listening(hear) }),
    host: server.host,
    port: server.port,
    secure: server.secure,
    requireTLS: server.starttls === 'required' && !server.secure,
    ignoreTLS: server.starttls === 'never',
    connectionTimeout: limits.connectMs,
    greetingTimeout: limits.connectMs,
    dnsTimeout: limits.connectMs,
    socketTimeout: limits.silenceMs,
    socketCloseTimeout: QUIT_MS,
    ...(name === undefined ? {} : { name }),
    ...(ca === undefined ? {} : { tls: { ca } }),
  })
}

/** The library tells what passes on the line by way of its log. */
function listening(hear: NonNullable<SessionOptions['hear']>) {
  const ignore = (): void => {}
  const debug = (entry: unknown, line: unknown): void => {
    const { tnx } = entry as { tnx?: unknown }
    if ((tnx === 'client' || tnx === 'server') && typeof line === 'string') hear(tnx, line)
  }
  return { level: ignore, trace: ignore, debug, info: ignore, warn: ignore, error: ignore, fatal: ignore }
}

async function logIn(connection: SMTPConnection, { server }: SessionOptions): Promise<void> {
  await new Promise<void>((resolve, reject) => connection.connect(error => (error ? reject(error) : resolve())))
  const { login } = server
  if (!login) return
  await new Promise<void>((resolve, reject) => connection.login(login, error => (error ? reject(error) : resolve())))
}

/** A polite goodbye that nobody waits for. */
function leave(connection: SMTPConnection): void {
  connection.quit()
  setTimeout(() => connection.close(), QUIT_MS).unref()
}

function fault(code: string, message: string): SmtpFault {
  return Object.assign(new Error(message), { code })
}

/** The reply code when the server answered with a refusal: 400 to 599. */
export function refusalOf(error: SmtpFault): number | null {
  const code = error.responseCode
  return typeof code === 'number' && code >= 400 && code < 600 ? code : null
}

/** A fault of connection, TLS or login as the caller shall see it. */
export function smtpFailure(error: SmtpFault, server: MailAddressOfServer): DealwrightError {
  const reply = refusalOf(error)
  const code = error.originalCode ?? error.code ?? ''
  const answer = reply === null ? code || 'closed' : `${reply}`
  const lasting = reply === null || reply >= 500
  if (error.code === 'EAUTH' && lasting) return serverFailure('login', answer, server)
  const broken = error.code === 'ETLS' && lasting && !/closed unexpectedly/.test(error.message)
  return serverFailure(broken || isTlsCode(code) ? 'tls' : 'away', answer, server)
}

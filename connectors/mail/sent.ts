/** The Sent folder of a mailbox: proof that a mail has left, when the answer to sending it was lost. */
import { ImapFlow } from 'imapflow'
import type { ListResponse } from 'imapflow'
import { DealwrightError } from '../../domain/errors.ts'
import { isTlsCode, serverFailure } from './failure.ts'
import { readMailUrl } from './mail-url.ts'
import type { MailAddressOfServer } from './mail-url.ts'

export interface SentFolder {
  /** Whether a mail with exactly this Message-ID (angle brackets included) lies there. False proves nothing. */
  has(messageId: string): Promise<boolean>
  /** Files a mail as read. Does nothing when one with the same Message-ID is there already. */
  append(raw: Uint8Array, messageId?: string): Promise<void>
  /** Ends what is under way. */
  close(): void
}

export interface SentFolderOptions {
  /** Certificate authorities to trust instead of the usual ones, PEM. */
  ca?: string
  /** Until the connection stands, and longest silence of the server. */
  timeoutMs?: number
}

const TIMEOUT_MS = 30_000
/**
 * Throws `mail_url_invalid`; its functions throw `mail_unavailable`, `mail_bad_login`, `mail_tls`, or
 * `mail_no_sent_folder`. Each call is a connection of its own: calls are rare, and idle connections get lost.
 */
export function createSentFolder(imapUrl: string, options: SentFolderOptions = {}): SentFolder {
  const server = readMailUrl('imap', imapUrl)
  const open = new Set<ImapFlow>()
  const inFolder = <T>(work: (client: ImapFlow, path: string) => Promise<T>): Promise<T> =>
    withFolder(server, options, open, work)
  return {
    has: messageId => inFolder(client => contains(client, messageId)),
    append: (raw, messageId) =>
      inFolder(async (client, path) => {
        if (messageId !== undefined && (await contains(client, messageId))) return
        const done = await client.append(path, raw, ['\\Seen'])
        if (!done) throw new Error('APPEND was refused')
      }),
    close() {
      for (const client of open) client.close()
    },
  }
}

async function withFolder<T>(
  server: MailAddressOfServer,
  options: SentFolderOptions,
  open: Set<ImapFlow>,
  work: (client: ImapFlow, path: string) => Promise<T>,
): Promise<T> {
  const client = clientFor(server, options)
  client.on('error', () => {}) // the call under way rejects with it too
  open.add(client)
  try {
    await client.connect()
    const path = sentPath(await client.list(), server)
    await client.mailboxOpen(path, { readOnly: true })
    const result = await work(client, path)
    await client.logout()
    return result
  } catch (error) {
    throw imapFailure(error, server)
  } finally {
    client.close()
    open.delete(client)
  }
}

function clientFor(server: MailAddressOfServer, { ca, timeoutMs = TIMEOUT_MS }: SentFolderOptions): ImapFlow {
  const starttls = { required: true, never: false, offered: undefined }[server.starttls]
  return new ImapFlow({
    host: server.host,
    port: server.port,
    secure: server.secure,
    ...(starttls === undefined || server.secure ? {} : { doSTARTTLS: starttls }),
    ...(server.login ? { auth: server.login } : {}),
    ...(ca === undefined ? {} : { tls: { ca } }),
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    maxLiteralSize: 50_000_000,
    maxResponseSize: 60_000_000,
  })
}

/** Marked \Sent by the server (RFC 6154), or else by its name, which imapflow knows in many languages. */
function sentPath(folders: readonly ListResponse[], server: MailAddressOfServer): string {
  const found = folders.find(({ specialUse, flags }) => specialUse === '\\Sent' && !flags.has('\\Noselect'))
  if (found) return found.path
  const message = `${server.place} has no Sent folder: make one named "Sent" in this mailbox, then try again.`
  throw new DealwrightError('mail_no_sent_folder', message, { details: { place: server.place } })
}

/** IMAP searches headers for a part of the text, so each hit is compared as a whole. */
async function contains(client: ImapFlow, messageId: string): Promise<boolean> {
  const hits = await client.search({ header: { 'message-id': messageId } }, { uid: true })
  if (!hits) throw new Error('SEARCH was refused')
  if (hits.length === 0) return false
  for await (const { envelope } of client.fetch(hits, { envelope: true }, { uid: true })) {
    if (envelope?.messageId?.trim() === messageId) return true
  }
  return false
}

function imapFailure(error: unknown, server: MailAddressOfServer): DealwrightError {
  if (error instanceof DealwrightError) return error
  const fault = error as { code?: string; authenticationFailed?: boolean; tlsFailed?: boolean }
  const code = typeof fault.code === 'string' ? fault.code : 'closed'
  if (fault.authenticationFailed) return serverFailure('login', code, server)
  return serverFailure(fault.tlsFailed || isTlsCode(code) ? 'tls' : 'away', code, server)
}

/**
 * The prospects' mail server: takes what we send, records every delivery, and answers as each contact would.
 *
 * The n-th different mail to a contact gets that contact's n-th answer; the same Message-ID delivered again is recorded
 * and not answered again. A reply carries a Message-ID made of the mail it answers: should a crash between sending and
 * noting make it go out twice, both copies bear the same one.
 */
import type { AddressInfo } from 'node:net'
import { createTransport } from 'nodemailer'
import { SMTPServer } from 'smtp-server'
import type { SMTPServerSession } from 'smtp-server'
import { answerId } from './behaviour.ts'
import { messageIdOf, readOriginal } from './mail/inbound.ts'
import type { ReceivedMail } from './mail/inbound.ts'
import { openJournal } from './mail/journal.ts'
import type { Journal, SentReply } from './mail/journal.ts'
import { buildReply, replyId } from './mail/reply.ts'
import type { Answer, Behaviour, Contact, World } from './types.ts'

export interface MailServerOptions {
  /** Our mailbox's listener. */
  deliverTo: { host: string; port: number }
  port?: number
  /** `auto` (default): answers by itself after `delayMs`. `manual`: only at `answerNow()`. */
  answers?: 'auto' | 'manual'
  /** Default 50 ms for every answer. `answer.afterHours` tells how long it would take in life. */
  delayMs?: (answer: Answer) => number
  /** How long it keeps a sender waiting for the word that it took the mail, which it has noted by then. Default: not at all. */
  confirmAfterMs?: (mail: ReceivedMail) => number
  /** Where to remember what was taken and answered. Default: only in memory. */
  stateFile?: string
}

export interface MailServer {
  port: number
  /** The value of SMTP_URL that leads here. */
  smtpUrl: string
  received: readonly ReceivedMail[]
  refused: readonly { to: string; at: string }[]
  sent: readonly SentReply[]
  /** Message-IDs that one recipient got more than once. */
  duplicates(): { messageId: string; to: string; count: number }[]
  /** Sends all replies that are due or still waiting; the number sent. Throws when our mailbox takes none. */
  answerNow(): Promise<number>
  /** Resolves when no reply is waiting any more. */
  idle(): Promise<void>
  close(): Promise<void>
}

export async function serveMail(world: World, options: MailServerOptions): Promise<MailServer> {
  const prospects = new Prospects(world, openJournal(options.stateFile))
  const answering = new Answering(prospects, options)
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    // Pooled connections stay open; they are not waited for.
    closeTimeout: 500,
    onRcptTo: ({ address }, _session, done) => done(prospects.refusal(address)),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        try {
          const mails = mailsOf(session, Buffer.concat(chunks).toString('utf8'))
          for (const mail of mails) answering.take(mail)
          const waits = Math.max(0, ...mails.map(mail => options.confirmAfterMs?.(mail) ?? 0))
          if (waits === 0) done()
          else setTimeout(done, waits)
        } catch (error) {
          // Not noted is not taken: the sender is told so and keeps the mail.
          done(error instanceof Error ? error : new Error(String(error)))
        }
      })
    },
  })
  server.on('error', () => {}) // a client that hangs up in mid-sentence is no news here
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const { port } = server.server.address() as AddressInfo
  answering.resume()
  return {
    port,
    smtpUrl: `smtp://127.0.0.1:${port}`,
    received: prospects.journal.received,
    refused: prospects.journal.refused,
    sent: prospects.journal.sent,
    duplicates: () => prospects.duplicates(),
    answerNow: () => answering.flush(),
    idle: () => answering.idle(),
    close: async () => {
      answering.stop()
      await new Promise<void>(resolve => server.close(resolve))
    },
  }
}

function mailsOf(session: SMTPServerSession, raw: string): ReceivedMail[] {
  const at = new Date().toISOString()
  const from = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address
  const messageId = messageIdOf(raw) ?? `<none.${session.id}@invalid>`
  return session.envelope.rcptTo.map(({ address }) => ({ messageId, to: address.toLowerCase(), from, raw, at }))
}

/** Who lives behind the addresses, and which answer is next. */
class Prospects {
  readonly journal: Journal
  private readonly contacts = new Map<string, Contact>()
  private readonly behaviours = new Map<string, Behaviour>()
  private readonly general = new Set<string>()

  constructor(world: World, journal: Journal) {
    this.journal = journal
    for (const contact of world.contacts) this.contacts.set(contact.email, contact)
    for (const behaviour of world.truth.behaviours) this.behaviours.set(behaviour.email, behaviour)
    for (const company of world.companies) this.general.add(company.email)
    for (const user of world.users) this.general.add(user.email)
  }

  contact(address: string): Contact | undefined {
    return this.contacts.get(address)
  }

  /** The answer to this mail and its place in the contact's row; null for a repeat and for those who never answer. */
  answerTo(mail: ReceivedMail): { answer: Answer; answerId: string } | null {
    const behaviour = this.behaviours.get(mail.to)
    if (!behaviour) return null
    const n = this.seen(mail.to).indexOf(mail.messageId) + this.softRefusals(mail.to)
    const answer = behaviour.answers[n]
    return answer ? { answer, answerId: answerId(behaviour.contactId, n) } : null
  }

  private seen(address: string): string[] {
    return [...new Set(this.journal.received.filter(m => m.to === address).map(m => m.messageId))]
  }

  /** An address that refuses for the moment has used up one answer with each refusal. */
  private softRefusals(address: string): number {
    const first = this.behaviours.get(address)?.answers[0]?.bounce
    return first?.where === 'rcpt' && first.smtpCode < 500
      ? this.journal.refused.filter(r => r.to === address).length
      : 0
  }

  /** Null when the address takes mail; else the error of the SMTP dialogue. */
  refusal(given: string): Error | null {
    const address = given.toLowerCase()
    const refuse = (code: number, text: string): Error => {
      this.journal.add({ refused: { to: address, at: new Date().toISOString() } })
      return Object.assign(new Error(text), { responseCode: code })
    }
    if (this.general.has(address)) return null
    if (!this.contacts.has(address)) return refuse(550, '5.1.1 User unknown')
    const next = this.behaviours.get(address)?.answers[this.seen(address).length + this.softRefusals(address)]?.bounce
    return next?.where === 'rcpt' ? refuse(next.smtpCode, `${next.enhanced} ${next.text}`) : null
  }

  duplicates(): { messageId: string; to: string; count: number }[] {
    const counts = new Map<string, { messageId: string; to: string; count: number }>()
    for (const { messageId, to } of this.journal.received) {
      const key = `${messageId} ${to}`
      const entry = counts.get(key) ?? { messageId, to, count: 0 }
      counts.set(key, { ...entry, count: entry.count + 1 })
    }
    return [...counts.values()].filter(entry => entry.count > 1)
  }
}

const RETRY_MS = 1_000

/** Sends the replies, one after the other, each once. */
class Answering {
  private readonly prospects: Prospects
  private readonly options: MailServerOptions
  private readonly waiting = new Map<string, ReceivedMail>()
  private readonly timers = new Set<NodeJS.Timeout>()
  private readonly idlers: (() => void)[] = []
  private queue: Promise<unknown> = Promise.resolve()
  private stopped = false

  constructor(prospects: Prospects, options: MailServerOptions) {
    this.prospects = prospects
    this.options = options
  }

  take(mail: ReceivedMail): void {
    this.prospects.journal.add({ took: mail })
    this.expect(mail)
  }

  /** After a restart: what was taken and not yet answered is waiting again. */
  resume(): void {
    for (const mail of this.prospects.journal.received) this.expect(mail)
  }

  private expect(mail: ReceivedMail): void {
    const contact = this.prospects.contact(mail.to)
    const due = this.prospects.answerTo(mail)
    if (!contact || !due || due.answer.label === 'silent') return
    const id = replyId(mail, contact)
    if (this.waiting.has(id) || this.prospects.journal.sent.some(s => s.messageId === id)) return
    this.waiting.set(id, mail)
    if (this.options.answers !== 'manual') this.after(this.options.delayMs?.(due.answer) ?? 50, id)
  }

  private after(ms: number, id: string): void {
    if (this.stopped) return
    const timer = setTimeout(() => {
      this.timers.delete(timer)
      this.send(id).catch(() => this.after(RETRY_MS, id))
    }, ms)
    this.timers.add(timer)
  }

  async flush(): Promise<number> {
    const done = await Promise.all([...this.waiting.keys()].map(id => this.send(id)))
    return done.filter(Boolean).length
  }

  /** False when the reply has gone out in the meantime. */
  private send(id: string): Promise<boolean> {
    const sending = this.queue.then(() => this.deliver(id))
    this.queue = sending.catch(() => {})
    return sending
  }

  private async deliver(id: string): Promise<boolean> {
    const mail = this.waiting.get(id)
    const contact = mail && this.prospects.contact(mail.to)
    const due = mail && this.prospects.answerTo(mail)
    if (!contact || !due || this.stopped) return false
    const now = new Date()
    const reply = buildReply(contact, due.answer, await readOriginal(mail), now)
    const { host, port } = this.options.deliverTo
    const transport = createTransport({ host, port, secure: false, ignoreTLS: true })
    try {
      await transport.sendMail(reply)
    } finally {
      transport.close()
    }
    this.prospects.journal.add({
      sent: {
        answerId: due.answerId,
        messageId: id,
        inReplyTo: mail.messageId,
        from: contact.email,
        to: mail.from,
        label: due.answer.label,
        at: now.toISOString(),
      },
    })
    this.waiting.delete(id)
    if (this.waiting.size === 0) for (const resolve of this.idlers.splice(0)) resolve()
    return true
  }

  idle(): Promise<void> {
    return this.waiting.size === 0 ? Promise.resolve() : new Promise(resolve => this.idlers.push(resolve))
  }

  stop(): void {
    this.stopped = true
    for (const timer of this.timers) clearTimeout(timer)
  }
}

/**
 * Hands a rendered message to the SMTP server, and says what became of it: it left, it certainly did not, or nobody
 * knows. Never repeats by itself: at most once is promised, and whether to try again is the caller's to decide.
 */
import { Readable } from 'node:stream'
import type SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { SMTPConnectionSendInfo } from 'nodemailer/lib/smtp-connection'
import { plainAddress } from './address.ts'
import { readMailUrl } from './mail-url.ts'
import { refusalOf, smtpFailure, withSession } from './session.ts'
import type { SessionOptions, SmtpFault, SmtpLimits } from './session.ts'

export interface MailEnvelope {
  from: string
  to: string[]
}

export type SendOutcome =
  /** The server took responsibility. `rejected` is not empty only when some of several recipients were refused. */
  | { outcome: 'sent'; response: string; accepted: string[]; rejected: string[] }
  /** It certainly did not leave. `code` is `smtp_<reply code>` or one of the error codes of mail. */
  | { outcome: 'later' | 'never'; code: string; why: string }
  /** The text was on its way when the connection was lost: it may have left. */
  | { outcome: 'uncertain'; why: string }
  /** It certainly did not leave: the pass was not given. */
  | { outcome: 'held' }

/**
 * Asked when everything stands ready, right before MAIL FROM. It calls `speak` at most once, and what it guards against is held off until
 * `speak` has come back: the server has answered to MAIL FROM, or the connection is gone. False: nothing was said.
 */
export type Pass = (speak: () => Promise<void>) => Promise<boolean>

export interface MailSender {
  /** Connects and logs in. Throws `mail_unavailable`, `mail_bad_login` or `mail_tls`. */
  ready(): Promise<void>
  /** One attempt in one session. Does not throw for anything the server or the network does. */
  send(envelope: MailEnvelope, raw: Uint8Array, pass?: Pass): Promise<SendOutcome>
}

export interface MailSenderOptions extends Pick<SessionOptions, 'name' | 'ca'> {
  limits?: Partial<SmtpLimits>
}

// RFC 5321 (4.5.3.2) grants the reply to the final dot ten minutes; giving up earlier makes more mails uncertain.
const LIMITS: SmtpLimits = { connectMs: 15_000, silenceMs: 300_000, wholeMs: 600_000 }
const READY_MS = 30_000
/** A server that takes longer to answer to MAIL FROM is left: the pass is not held for ever. */
const HEARD_MS = 10_000
const MAX_WHY = 300

/** Throws `mail_url_invalid`. */
export function createMailSender(smtpUrl: string, options: MailSenderOptions = {}): MailSender {
  const { limits, ...rest } = options
  const session: SessionOptions = { ...rest, server: readMailUrl('smtp', smtpUrl), limits: { ...LIMITS, ...limits } }
  return {
    async ready() {
      const brief = { ...session.limits, wholeMs: Math.min(READY_MS, session.limits.wholeMs) }
      try {
        await withSession({ ...session, limits: brief }, reset)
      } catch (error) {
        throw smtpFailure(error as SmtpFault, session.server)
      }
    },
    async send(mail, raw, pass) {
      const envelope = plainEnvelope(mail)
      if (!envelope)
        return { outcome: 'never', code: 'mail_invalid', why: 'sender or recipient is no plain e-mail address' }
      const message = new Watched(raw)
      try {
        const info = await (pass
          ? handWithPass(session, envelope, message, pass)
          : handAtOnce(session, envelope, message))
        if (info === null) return { outcome: 'held' }
        return {
          outcome: 'sent',
          response: readable(info.response, session),
          accepted: info.accepted,
          rejected: info.rejected,
        }
      } catch (error) {
        return outcomeOf(error as SmtpFault, message.begun, session)
      }
    },
  }
}

/** The message as a stream that knows whether the connection has begun to take it: that happens after DATA was accepted. */
class Watched extends Readable {
  begun = false
  readonly size: number
  private bytes: Uint8Array | null

  constructor(raw: Uint8Array) {
    super()
    this.bytes = raw
    this.size = raw.byteLength
  }

  override _read(): void {
    this.begun = true
    if (this.bytes) this.push(this.bytes)
    this.bytes = null
    this.push(null)
  }
}

/** Null when an address would need more than plain SMTP, or could be read as more than one. */
function plainEnvelope({ from, to }: MailEnvelope): MailEnvelope | null {
  const sender = plainAddress(from)
  const recipients = to.map(plainAddress).filter(address => address !== null)
  return sender !== null && recipients.length === to.length && to.length > 0 ? { from: sender, to: recipients } : null
}

function reset(connection: SMTPConnection): Promise<void> {
  return new Promise((resolve, reject) => connection.reset(error => (error ? reject(error) : resolve())))
}

const handAtOnce = (
  session: SessionOptions,
  envelope: MailEnvelope,
  message: Watched,
): Promise<SMTPConnectionSendInfo> => withSession(session, connection => hand(connection, envelope, message))

/** Null: the pass was not given. */
async function handWithPass(
  session: SessionOptions,
  envelope: MailEnvelope,
  message: Watched,
  pass: Pass,
): Promise<SMTPConnectionSendInfo | null> {
  const line = new FirstWord()
  return withSession({ ...session, hear: (who, text) => line.hear(who, text) }, async connection => {
    let sending = null as Promise<SMTPConnectionSendInfo> | null
    const given = await pass(async () => {
      sending = hand(connection, envelope, message)
      sending.catch(() => {}) // awaited below; here it only ends the waiting
      const heard = await Promise.race([line.answered, settled(sending), late(HEARD_MS)])
      if (heard === 'late') connection.close()
    })
    return given ? await sending : null
  })
}

/** Knows when the server has answered to MAIL FROM. */
class FirstWord {
  readonly answered: Promise<void>
  private said = false
  private resolve: () => void = () => {}

  constructor() {
    this.answered = new Promise(resolve => {
      this.resolve = resolve
    })
  }

  hear(who: 'client' | 'server', line: string): void {
    if (who === 'client' && /^MAIL FROM:/i.test(line)) this.said = true
    else if (who === 'server' && this.said) this.resolve()
  }
}

const settled = (work: Promise<unknown>): Promise<void> =>
  work.then(
    () => {},
    () => {},
  )

const late = (ms: number): Promise<'late'> =>
  new Promise(resolve => {
    setTimeout(() => resolve('late'), ms).unref()
  })

function hand(
  connection: SMTPConnection,
  { from, to }: MailEnvelope,
  message: Watched,
): Promise<SMTPConnectionSendInfo> {
  return new Promise((resolve, reject) => {
    connection.send({ from, to, size: message.size }, message, (error, info) => (info ? resolve(info) : reject(error)))
  })
}

/** Once the text was on its way, only a numeric refusal proves that it did not leave. */
function outcomeOf(error: SmtpFault, begun: boolean, session: SessionOptions): SendOutcome {
  const reply = refusalOf(error)
  const place = session.server.place
  if (begun && reply === null) {
    const why = `${place}: the connection was lost (${error.code ?? error.message}) after the text was on its way`
    return { outcome: 'uncertain', why: readable(why, session) }
  }
  if (reply !== null && (begun || isAboutMessage(error))) {
    const why = `${place} answered to ${error.command ?? 'the message'}: ${error.response ?? reply}`
    return { outcome: reply < 500 ? 'later' : 'never', code: `smtp_${reply}`, why: readable(why, session) }
  }
  if (isAboutMessage(error) && error.response === undefined) {
    return { outcome: 'never', code: 'mail_invalid', why: readable(`not given to ${place}: ${error.message}`, session) }
  }
  const failure = smtpFailure(error, session.server)
  return { outcome: 'later', code: failure.code, why: failure.message }
}

function isAboutMessage(error: SmtpFault): boolean {
  return error.code === 'EENVELOPE' || error.code === 'EMESSAGE'
}

/** A server's words in one line, without control characters and without our password should it repeat it. */
function readable(text: string, { server }: SessionOptions): string {
  const pass = server.login?.pass
  const safe = pass ? text.replaceAll(pass, '***') : text
  return safe.replace(/\p{C}+/gu, ' ').slice(0, MAX_WHY)
}

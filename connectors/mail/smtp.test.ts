import { SMTPServer } from 'smtp-server'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { DealwrightError } from '../../domain/errors.ts'
import { createMailSender } from './smtp.ts'
import type { MailSenderOptions, SendOutcome } from './smtp.ts'
import { faultServer } from './testing/fault-server.ts'
import type { Act, FaultServer, Stage } from './testing/fault-server.ts'

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

const ENVELOPE = { from: 'ann@us.example', to: ['bob@them.example'] }
const RAW = Buffer.from('Subject: x\r\n\r\nHello\r\n.a line that begins with a dot\r\n..two\r\n')
/** For servers that fall silent: short enough to wait for, long enough for a busy machine to get that far. */
const BRIEF: MailSenderOptions = { limits: { connectMs: 1_000, silenceMs: 400, wholeMs: 10_000 } }
const PIPELINING: Act = { say: '250-test\r\n250 PIPELINING' }

async function serverWith(script: Partial<Record<Stage, Act>>): Promise<FaultServer> {
  const server = await faultServer(script)
  closers.push(() => server.close())
  return server
}

async function outcomeWith(script: Partial<Record<Stage, Act>>, options = BRIEF): Promise<SendOutcome> {
  return createMailSender((await serverWith(script)).url, options).send(ENVELOPE, RAW)
}

describe('send', () => {
  it('hands over exactly the bytes, once, to exactly the recipients', async () => {
    const server = await serverWith({})
    const outcome = await createMailSender(server.url).send(ENVELOPE, RAW)
    expect(outcome).toEqual({ outcome: 'sent', response: '250 taken as 1', accepted: ENVELOPE.to, rejected: [] })
    expect(server.texts).toEqual([RAW.toString()])
    expect(server.commands.filter(line => /^(MAIL|RCPT)/.test(line))).toEqual([
      `MAIL FROM:<ann@us.example> SIZE=${RAW.length}`,
      'RCPT TO:<bob@them.example>',
    ])
  })

  // Before the server asked for the text, any failure is certain.
  const certain: [Stage, Act, 'later' | 'never', string][] = [
    ['greeting', { say: '421 too busy' }, 'later', 'mail_unavailable'],
    ['greeting', { say: '554 go away' }, 'later', 'mail_unavailable'],
    ['greeting', { hangUp: true }, 'later', 'mail_unavailable'],
    ['greeting', { silent: true }, 'later', 'mail_unavailable'],
    ['ehlo', { hangUp: true }, 'later', 'mail_unavailable'],
    ['ehlo', { silent: true }, 'later', 'mail_unavailable'],
    ['mail', { say: '451 later' }, 'later', 'smtp_451'],
    ['mail', { say: '550 no' }, 'never', 'smtp_550'],
    ['mail', { sayAndHangUp: '421 closing' }, 'later', 'smtp_421'],
    ['mail', { hangUp: true }, 'later', 'mail_unavailable'],
    ['mail', { silent: true }, 'later', 'mail_unavailable'],
    ['rcpt', { say: '450 mailbox busy' }, 'later', 'smtp_450'],
    ['rcpt', { say: '550 5.1.1 unknown' }, 'never', 'smtp_550'],
    ['rcpt', { hangUp: true }, 'later', 'mail_unavailable'],
    ['data', { say: '451 later' }, 'later', 'smtp_451'],
    ['data', { say: '554 no' }, 'never', 'smtp_554'],
    ['data', { hangUp: true }, 'later', 'mail_unavailable'],
    ['data', { silent: true }, 'later', 'mail_unavailable'],
  ]
  for (const pipelined of [false, true]) {
    it.each(
      certain,
    )(`is certain that nothing left: %s %j (pipelining: ${pipelined})`, async (stage, act, outcome, code) => {
      const script = pipelined && stage !== 'ehlo' ? { ehlo: PIPELINING, [stage]: act } : { [stage]: act }
      const server = await serverWith(script)
      expect(await createMailSender(server.url, BRIEF).send(ENVELOPE, RAW)).toMatchObject({ outcome, code })
      expect(server.texts).toEqual([])
      expect(server.connections).toBe(1)
    })
  }

  it.each<[Act, 'later' | 'never', string]>([
    [{ say: '451 disk full' }, 'later', 'smtp_451'],
    [{ sayAndHangUp: '421 closing' }, 'later', 'smtp_421'],
    [{ say: '554 spam' }, 'never', 'smtp_554'],
    [{ cutOff: '554 spa' }, 'never', 'smtp_554'],
  ])('believes a numeric refusal of the text: %j', async (dot, outcome, code) => {
    expect(await outcomeWith({ dot })).toMatchObject({ outcome, code })
  })

  it.each<[string, Partial<Record<Stage, Act>>]>([
    ['hangs up instead of answering the dot', { dot: { hangUp: true } }],
    ['never answers the dot', { dot: { silent: true } }],
    ['answers the dot with no code', { dot: { say: 'fine' } }],
    ['answers the dot with a code that means neither', { dot: { say: '354 go on' } }],
    ['hangs up in the middle of its yes', { dot: { sayAndHangUp: '250-taken' } }],
    ['hangs up before the end of its yes', { dot: { cutOff: '250 tak' } }],
    ['hangs up within a code', { dot: { cutOff: '55' } }],
    ['hangs up in the middle of the text', { during: { hangUp: true } }],
  ])('says uncertain, never sent, when the server %s', async (_, script) => {
    expect(await outcomeWith(script)).toMatchObject({ outcome: 'uncertain' })
    expect(await outcomeWith({ ehlo: PIPELINING, ...script })).toMatchObject({ outcome: 'uncertain' })
  })

  it('ends a session that never finishes an answer, uncertain once the text was on its way', async () => {
    const limits = { connectMs: 60_000, silenceMs: 60_000, wholeMs: 1_500 }
    const drip: Act = { drip: '250-wait' }
    const why = expect.stringContaining('ETIMEDOUT')
    expect(await outcomeWith({ dot: drip }, { limits })).toMatchObject({ outcome: 'uncertain', why })
    expect(await outcomeWith({ rcpt: drip }, { limits })).toMatchObject({ outcome: 'later', code: 'mail_unavailable' })
  })

  it('takes a yes as a yes though the goodbye fails', async () => {
    expect(await outcomeWith({ quit: { hangUp: true } })).toMatchObject({ outcome: 'sent' })
    expect(await outcomeWith({ quit: { silent: true } })).toMatchObject({ outcome: 'sent' })
  })

  it('reports a server that is not there, and one that takes no such size', async () => {
    const server = await serverWith({})
    await server.close()
    closers.length = 0
    expect(await createMailSender(server.url, BRIEF).send(ENVELOPE, RAW)).toMatchObject({
      outcome: 'later',
      code: 'mail_unavailable',
    })
    expect(await outcomeWith({ ehlo: { say: '250-test\r\n250 SIZE 10' } })).toMatchObject({
      outcome: 'never',
      code: 'mail_invalid',
    })
  })

  it.each([
    { from: 'ann@us.example', to: [] },
    { from: 'ann@us.example', to: ['bob@them.example>\r\nRCPT TO:<eve@evil.example'] },
    { from: 'ann@us.example', to: ['bob@them.example,eve@evil.example'] },
    { from: 'ann@us.example SIZE=1\r\n', to: ['bob@them.example'] },
    { from: '', to: ['bob@them.example'] },
    { from: 'ann@us.example', to: ['bob@them.example', 'not an address'] },
  ])('gives no odd envelope to the server: %j', async envelope => {
    const server = await serverWith({})
    expect(await createMailSender(server.url).send(envelope, RAW)).toMatchObject({
      outcome: 'never',
      code: 'mail_invalid',
    })
    expect(server.connections).toBe(0)
  })

  it('sends to the ASCII form of an international domain', async () => {
    const server = await serverWith({})
    await createMailSender(server.url).send({ ...ENVELOPE, to: ['li@münchen.example'] }, RAW)
    expect(server.commands).toContain('RCPT TO:<li@xn--mnchen-3ya.example>')
  })

  it('repeats no password, whatever the server says', async () => {
    const server = await serverWith({
      ehlo: { say: '250-test\r\n250 AUTH PLAIN' },
      mail: { say: '550 I know that hunter2 is your password\u0007' },
    })
    const outcome = await createMailSender(`smtp://ann:hunter2@127.0.0.1:${server.port}`, BRIEF).send(ENVELOPE, RAW)
    expect(outcome).toMatchObject({ outcome: 'never', why: expect.stringContaining('*** is your password') })
    expect(JSON.stringify(outcome)).not.toMatch(/hunter2|\\u0007/)
  })
})

/** The error of `ready()`. */
async function failure(url: string, options = BRIEF): Promise<DealwrightError> {
  const error: unknown = await createMailSender(url, options)
    .ready()
    .then(
      () => null,
      (caught: unknown) => caught,
    )
  if (!(error instanceof DealwrightError)) throw new Error('ready() did not fail with a DealwrightError')
  expect(JSON.stringify([error.message, error.details, error.stack, String(error.cause)])).not.toContain('hunter2')
  return error
}

describe('ready', () => {
  it('connects, logs in and leaves without beginning a mail', async () => {
    const server = await serverWith({ ehlo: { say: '250-test\r\n250 AUTH PLAIN' } })
    await createMailSender(`smtp://ann%40us.example:hunter%3A2@127.0.0.1:${server.port}`, BRIEF).ready()
    const login = server.commands.find(line => line.startsWith('AUTH PLAIN ')) ?? ''
    expect(Buffer.from(login.slice(11), 'base64').toString()).toBe('\0ann@us.example\0hunter:2')
    expect(server.commands.filter(line => /^(MAIL|RCPT|DATA)/.test(line))).toEqual([])
  })

  it.each<[Partial<Record<Stage, Act>>, string]>([
    [{ greeting: { say: '421 too busy' } }, 'mail_unavailable'],
    [{ greeting: { hangUp: true } }, 'mail_unavailable'],
    [{ greeting: { silent: true } }, 'mail_unavailable'],
    [{ ehlo: { silent: true } }, 'mail_unavailable'],
    [{ auth: { say: '535 5.7.8 no such hunter2' } }, 'mail_bad_login'],
    [{ auth: { say: '454 4.7.0 try later' } }, 'mail_unavailable'],
    [{ auth: { hangUp: true } }, 'mail_unavailable'],
    [{ rset: { say: '421 closing' } }, 'mail_unavailable'],
  ])('fails before anything is claimed: %j', async (script, code) => {
    const server = await serverWith({ ehlo: { say: '250-test\r\n250 AUTH PLAIN' }, ...script })
    expect((await failure(`smtp://ann:hunter2@127.0.0.1:${server.port}`)).code).toBe(code)
  })

  it('fails when the server is away or its name is unknown', async () => {
    const server = await serverWith({})
    await server.close()
    closers.length = 0
    expect((await failure(server.url)).code).toBe('mail_unavailable')
  })

  it('goes on only with TLS where TLS is required', async () => {
    const offersNone = await serverWith({})
    const refuses = await serverWith({ ehlo: { say: '250-test\r\n250 STARTTLS' }, starttls: { say: '502 no' } })
    const breaks = await serverWith({ ehlo: { say: '250-test\r\n250 STARTTLS' }, starttls: { say: '220 go on' } })
    for (const server of [offersNone, refuses, breaks]) {
      const error = await failure(`smtp://ann:hunter2@127.0.0.1:${server.port}?starttls=required`)
      expect(['mail_tls', 'mail_unavailable']).toContain(error.code)
      expect(server.commands.filter(line => /^(AUTH|MAIL)/.test(line))).toEqual([])
    }
    expect((await failure(`smtp://127.0.0.1:${refuses.port}?starttls=required`)).code).toBe('mail_tls')
  })

  it('does not trust a certificate that nobody vouches for', async () => {
    for (const secure of [false, true]) {
      const server = new SMTPServer({ secure, logger: false, authOptional: true, disableReverseLookup: true })
      server.on('error', () => {})
      await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
      closers.push(() => new Promise<void>(resolve => server.close(() => resolve())))
      const { port } = server.server.address() as AddressInfo
      const url = secure ? `smtps://127.0.0.1:${port}` : `smtp://127.0.0.1:${port}?starttls=required`
      expect((await failure(url, { limits: { connectMs: 3_000 } })).code).toBe('mail_tls')
      const outcome = await createMailSender(url, { limits: { connectMs: 3_000 } }).send(ENVELOPE, RAW)
      expect(outcome).toMatchObject({ outcome: 'later', code: 'mail_tls' })
    }
  })
})

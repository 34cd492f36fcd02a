import { mkdtempSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { buffer } from 'node:stream/consumers'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import { simpleParser } from 'mailparser'
import type { ParsedMail } from 'mailparser'
import { createTransport } from 'nodemailer'
import { SMTPServer } from 'smtp-server'
import { afterEach, describe, expect, it } from 'vitest'
import { generateWorld, serveMail, serveSites } from './index.ts'
import type { MailServer, MailServerOptions } from './index.ts'
import type { Answer, Company, World } from './types.ts'

const world = generateWorld({ seed: 'serve', leads: 160, now: new Date('2026-03-10T09:00:00Z') })
const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

function get(port: number, host: string, path: string): Promise<{ status: number; body: string; location?: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, path, headers: { host } }, response => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', chunk => (body += chunk))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body, location: response.headers.location }))
    })
    outgoing.on('error', reject)
    outgoing.end()
  })
}

const bySite = (site: Company['site']): Company => world.companies.find(c => c.site === site) as Company

describe('serveSites', () => {
  it('answers each site under its own name and counts requests', async () => {
    const sites = await serveSites(world)
    closers.push(() => sites.close())
    const company = bySite('plain')
    const home = await get(sites.port, company.domain, '/')
    expect(home.status).toBe(200)
    expect(home.body).toContain(company.aliases[0])
    expect((await get(sites.port, company.domain, '/nowhere')).status).toBe(404)
    expect((await get(sites.port, 'unknown.example', '/')).status).toBe(404)
    expect((await get(sites.port, bySite('robots_disallow_all').domain, '/robots.txt')).body).toContain('Disallow: /\n')
    const moved = bySite('redirecting')
    expect((await get(sites.port, moved.domain, '/')).location).toBe(`http://www.${moved.domain}/`)
    expect((await get(sites.port, bySite('renamed').oldDomain as string, '/')).status).toBe(301)
    const failing = bySite('failing')
    const broken = failing.pages.find(p => p.status === 500)?.path as string
    expect((await get(sites.port, failing.domain, broken)).status).toBe(500)
    expect(sites.requests.map(r => r.status)).toEqual([200, 404, 404, 200, 301, 301, 500])
    expect(sites.hostMap).toContain(`${company.domain}=127.0.0.1:${sites.port}`)
    expect(sites.hostMap).not.toContain(bySite('no_site').domain)
  })
})

/** Our mailbox's listener, standing in for the real one. */
async function mailbox(): Promise<{ port: number; mails: ParsedMail[]; raw: string[]; from: string[] }> {
  const mails: ParsedMail[] = []
  const raw: string[] = []
  const from: string[] = []
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData: (stream, session, done) => {
      from.push(session.envelope.mailFrom ? session.envelope.mailFrom.address : '')
      buffer(stream)
        .then(async bytes => {
          raw.push(bytes.toString('utf8'))
          mails.push(await simpleParser(bytes))
        })
        .then(() => done(), done)
    },
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => new Promise<void>(resolve => server.close(resolve)))
  return { port: (server.server.address() as AddressInfo).port, mails, raw, from }
}

async function start(options: Partial<MailServerOptions> = {}) {
  const box = await mailbox()
  const mail = await serveMail(world, {
    deliverTo: { host: '127.0.0.1', port: box.port },
    delayMs: () => 0,
    ...options,
  })
  let open = true
  const close = async (): Promise<void> => {
    if (open) await mail.close()
    open = false
  }
  closers.push(close)
  return { box, mail, close }
}

async function write(mail: MailServer, to: string, messageId: string): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port: mail.port, ignoreTLS: true })
  const sender = { name: 'Mara Ellwood', address: 'mara@fettlework.example' }
  await transport.sendMail({
    from: sender,
    to,
    subject: 'Planning your maintenance',
    text: 'Dear reader,\n\nMay I show you?\n\nMara',
    messageId,
  })
  transport.close()
}

function who(within: World, wanted: (first: Answer) => boolean): { email: string; answers: Answer[] } {
  const found = within.truth.behaviours.find(b => b.answers[0] && wanted(b.answers[0]))
  if (!found) throw new Error('nobody behaves so')
  return found
}

describe('serveMail', () => {
  it('answers a mail once, threaded and with the history quoted', async () => {
    const { box, mail } = await start()
    const { email, answers } = who(world, a => a.label === 'interested' && a.lang === 'en')
    await write(mail, email, '<one@fettlework.example>')
    await write(mail, email, '<one@fettlework.example>')
    await mail.idle()
    expect(box.mails).toHaveLength(1)
    const [reply] = box.mails as [ParsedMail]
    expect(reply.inReplyTo).toBe('<one@fettlework.example>')
    expect([reply.references].flat()).toContain('<one@fettlework.example>')
    expect(reply.subject).toBe('Re: Planning your maintenance')
    expect(reply.from?.value[0]?.address).toBe(email)
    expect(reply.text).toContain(answers[0]?.sentence)
    expect(reply.text).toContain('May I show you?')
    expect(reply.headers.has('auto-submitted')).toBe(false)
    expect(mail.received).toHaveLength(2)
    expect(mail.duplicates()).toEqual([{ messageId: '<one@fettlework.example>', to: email, count: 2 }])
  })

  it('marks absence notes as automatic, with an empty return path', async () => {
    const { box, mail } = await start()
    const { email, answers } = who(world, a => a.label === 'out_of_office')
    await write(mail, email, '<away@fettlework.example>')
    await mail.idle()
    expect(box.mails[0]?.headers.get('auto-submitted')).toBe('auto-replied')
    expect(box.from).toEqual([''])
    expect(answers[0]?.until).toMatch(/^\d{4}-\d\d-\d\d$/)
  })

  it('refuses bouncing recipients or sends a delivery report, and refuses strangers', async () => {
    const { box, mail } = await start()
    const refused = who(world, a => a.label === 'bounce_hard' && a.bounce?.where === 'rcpt')
    await expect(write(mail, refused.email, '<b1@fettlework.example>')).rejects.toThrow(/550/)
    await expect(write(mail, 'nobody@nowhere.example', '<b2@fettlework.example>')).rejects.toThrow(/550/)
    const reported = who(world, a => a.label === 'bounce_hard' && a.bounce?.where === 'report')
    await write(mail, reported.email, '<b3@fettlework.example>')
    await mail.idle()
    expect(mail.refused.map(r => r.to)).toEqual([refused.email, 'nobody@nowhere.example'])
    const [report] = box.mails as [ParsedMail]
    expect(box.from).toEqual([''])
    expect(report.headers.get('content-type')).toMatchObject({
      value: 'multipart/report',
      params: { 'report-type': 'delivery-status' },
    })
    const parts = box.raw[0] as string
    expect(parts).toContain(`Final-Recipient: rfc822; ${reported.email}`)
    expect(parts).toContain('Status: 5.1.1')
    expect(parts).toContain('<b3@fettlework.example>')
  })

  it('turns away for the moment who bounces softly, and takes the same mail at the next try', async () => {
    const { box, mail } = await start()
    const { email, answers } = who(world, a => a.label === 'bounce_soft' && a.bounce?.where === 'rcpt')
    await expect(write(mail, email, '<s1@fettlework.example>')).rejects.toThrow(/450/)
    await write(mail, email, '<s1@fettlework.example>')
    await mail.idle()
    expect(mail.received.map(r => r.messageId)).toEqual(['<s1@fettlework.example>'])
    expect(mail.sent.map(s => s.label)).toEqual([answers[1]?.label])
    expect(box.mails).toHaveLength(1)
  })

  it('tries again when our mailbox is not there', async () => {
    const { mail, box } = await start({ deliverTo: { host: '127.0.0.1', port: 1 }, answers: 'manual' })
    const { email } = who(world, a => a.label === 'interested')
    await write(mail, email, '<gone@fettlework.example>')
    await expect(mail.answerNow()).rejects.toThrow(/ECONNREFUSED/)
    await expect(mail.answerNow()).rejects.toThrow(/ECONNREFUSED/)
    expect(mail.sent).toHaveLength(0)
    expect(box.mails).toHaveLength(0)
  })

  it('waits for answerNow in manual mode, and answers the second mail with the second answer', async () => {
    const { box, mail } = await start({ answers: 'manual' })
    const { email, answers } = who(world, a => a.label === 'out_of_office' && a.text !== '')
    await write(mail, email, '<m1@fettlework.example>')
    expect(box.mails).toHaveLength(0)
    expect(await mail.answerNow()).toBe(1)
    await write(mail, email, '<m2@fettlework.example>')
    expect(await mail.answerNow()).toBe(1)
    expect(await mail.answerNow()).toBe(0)
    expect(mail.sent.map(s => s.label)).toEqual(answers.map(a => a.label))
  })

  it('answers after a restart what it had taken before, and nothing twice', async () => {
    const stateFile = join(mkdtempSync(join(tmpdir(), 'world-')), 'mail.jsonl')
    const people = world.truth.behaviours.filter(b => b.answers[0]?.label === 'question')
    const [early, late] = people as [(typeof people)[0], (typeof people)[0]]
    const first = await start({ stateFile, answers: 'manual' })
    await write(first.mail, early.email, '<r1@fettlework.example>')
    await first.mail.answerNow()
    await write(first.mail, late.email, '<r2@fettlework.example>')
    await first.close()
    const second = await start({ stateFile })
    await second.mail.idle()
    await write(second.mail, early.email, '<r1@fettlework.example>')
    await second.mail.idle()
    expect(second.box.mails.map(m => m.from?.value[0]?.address)).toEqual([late.email])
    expect(second.mail.duplicates()).toHaveLength(1)
  })
})

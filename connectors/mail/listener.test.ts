import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { startMailListener } from './listener.ts'
import type { ListenerEnvelope, MailListener, MailListenerOptions } from './listener.ts'
import { createMailSender } from './smtp.ts'

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

interface Stored {
  raw: string
  envelope: ListenerEnvelope
}

async function mailbox(
  options: Partial<MailListenerOptions> = {},
): Promise<MailListener & { stored: Stored[]; url: string }> {
  const stored: Stored[] = []
  const listener = await startMailListener({
    accepts: address => address === 'ann@us.example',
    onMail: async (raw, envelope) => {
      stored.push({ raw: raw.toString(), envelope })
    },
    ...options,
  })
  closers.push(() => listener.close())
  return { ...listener, stored, url: `smtp://127.0.0.1:${listener.port}` }
}

/** Sends lines one after another, each after the reply to the one before; the replies. */
function talk(port: number, lines: string[]): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const replies: string[] = []
    const queue = [...lines]
    const socket = connect(port, '127.0.0.1')
    let input = ''
    socket.on('data', chunk => {
      input += chunk.toString()
      const end = /^(\d{3}-[^\n]*\n)*\d{3} [^\n]*\n/.exec(input)
      if (!end) return
      replies.push(end[0].trim().split(/\r?\n/).at(-1) as string)
      input = input.slice(end[0].length)
      const next = queue.shift()
      if (next === undefined) socket.destroy()
      else socket.write(next)
    })
    socket.on('close', () => resolve(replies))
    socket.on('error', reject)
  })
}

const START = ['EHLO x\r\n', 'MAIL FROM:<bob@them.example>\r\n', 'RCPT TO:<ann@us.example>\r\n', 'DATA\r\n']
const RAW = Buffer.from('Subject: x\r\n\r\nHello\r\n.dot\r\n')

describe('startMailListener', () => {
  it('stores exactly what was sent, with its envelope, before it says yes', async () => {
    let inside: () => void = () => {}
    const order: string[] = []
    const box = await mailbox({
      onMail: async () => {
        await new Promise<void>(resolve => (inside = resolve))
        order.push('stored')
      },
    })
    const sending = createMailSender(box.url)
      .send({ from: 'bob@them.example', to: ['ann@us.example'] }, RAW)
      .then(outcome => {
        order.push(outcome.outcome)
      })
    while (order.length === 0) {
      inside()
      await new Promise(resolve => setTimeout(resolve, 5))
    }
    await sending
    expect(order).toEqual(['stored', 'sent'])
    const plain = await mailbox()
    await createMailSender(plain.url).send({ from: 'bob@them.example', to: ['ann@us.example'] }, RAW)
    expect(plain.stored).toEqual([
      { raw: RAW.toString(), envelope: { from: 'bob@them.example', to: ['ann@us.example'] } },
    ])
  })

  it('says "later" when it cannot store or look up, and tells why to the operator alone', async () => {
    const errors: unknown[] = []
    const failing = new Error('secret: database password')
    const box = await mailbox({ onMail: () => Promise.reject(failing), onError: error => errors.push(error) })
    const outcome = await createMailSender(box.url).send({ from: 'bob@them.example', to: ['ann@us.example'] }, RAW)
    expect(outcome).toMatchObject({ outcome: 'later', code: 'smtp_451' })
    expect(JSON.stringify(outcome)).not.toContain('secret')
    const blind = await mailbox({ accepts: () => Promise.reject(failing), onError: error => errors.push(error) })
    const lookup = await createMailSender(blind.url).send({ from: 'bob@them.example', to: ['ann@us.example'] }, RAW)
    expect(lookup).toMatchObject({ outcome: 'later', code: 'smtp_451' })
    expect(errors).toEqual([failing, failing])
  })

  it('knows its own addresses only, and passes nothing on', async () => {
    const box = await mailbox()
    const sender = createMailSender(box.url)
    expect(await sender.send({ from: 'bob@them.example', to: ['eve@elsewhere.example'] }, RAW)).toMatchObject({
      outcome: 'never',
      code: 'smtp_550',
    })
    expect(
      await sender.send({ from: 'bob@them.example', to: ['ann@us.example', 'eve@elsewhere.example'] }, RAW),
    ).toMatchObject({
      outcome: 'sent',
      accepted: ['ann@us.example'],
      rejected: ['eve@elsewhere.example'],
    })
    expect(box.stored.map(({ envelope }) => envelope.to)).toEqual([['ann@us.example']])
  })

  it('takes the null sender of reports', async () => {
    const box = await mailbox()
    await talk(box.port, [
      'EHLO x\r\n',
      'MAIL FROM:<>\r\n',
      'RCPT TO:<ann@us.example>\r\n',
      'DATA\r\n',
      'x: y\r\n\r\nz\r\n.\r\n',
    ])
    expect(box.stored).toEqual([{ raw: 'x: y\r\n\r\nz\r\n', envelope: { from: '', to: ['ann@us.example'] } }])
  })

  it('refuses what is too large, announced or not', async () => {
    const box = await mailbox({ maxBytes: 1_000 })
    const announced = await talk(box.port, ['EHLO x\r\n', 'MAIL FROM:<b@c.example> SIZE=1001\r\n'])
    expect(announced.at(-1)).toMatch(/^552/)
    const sent = await talk(box.port, [...START, `${'x'.repeat(70)}\r\n`.repeat(20) + '.\r\n'])
    expect(sent.at(-1)).toMatch(/^552/)
    expect(box.stored).toEqual([])
    const fits = await talk(box.port, [...START, `${'x'.repeat(70)}\r\n`.repeat(5) + '.\r\n'])
    expect(fits.at(-1)).toMatch(/^250/)
  })

  it('stores nothing of a mail whose sender hangs up in the middle', async () => {
    const box = await mailbox()
    await new Promise<void>(resolve => {
      const socket = connect(box.port, '127.0.0.1')
      const lines = [...START, 'Subject: half\r\n\r\nonly the beg']
      socket.on('data', chunk => {
        if (!/^\d{3} /m.test(chunk.toString())) return
        const line = lines.shift()
        if (line) socket.write(line)
        if (lines.length === 0) socket.end()
      })
      socket.on('close', () => resolve())
    })
    // A whole mail afterwards goes the same way: had the half been stored, it would come first.
    await talk(box.port, [...START, 'whole: 1\r\n\r\n.\r\n'])
    expect(box.stored.map(({ raw }) => raw)).toEqual(['whole: 1\r\n\r\n'])
  })

  it('offers no login and no TLS that it has no certificate for', async () => {
    const box = await mailbox()
    const replies = await talk(box.port, ['EHLO x\r\n', 'AUTH PLAIN AGFubgBzZWNyZXQ=\r\n', 'STARTTLS\r\n'])
    expect(replies.slice(2).every(reply => reply.startsWith('5'))).toBe(true)
  })

  it('reports a port that is taken', async () => {
    const box = await mailbox()
    await expect(mailbox({ port: box.port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })
})

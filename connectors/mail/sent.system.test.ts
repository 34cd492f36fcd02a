import { ImapFlow } from 'imapflow'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasDovecot, startDovecot } from '../../test/support/dovecot.ts'
import type { Dovecot } from '../../test/support/dovecot.ts'
import { createSentFolder } from './sent.ts'

const mailWith = (messageId: string): Buffer =>
  Buffer.from(`From: ann@us.example\r\nSubject: x\r\nMessage-ID: ${messageId}\r\n\r\nhello\r\n`)
const ID = `<${'a'.repeat(64)}@us.example>`

describe.skipIf(!hasDovecot())('createSentFolder on a real IMAP server', () => {
  let dovecot: Dovecot
  beforeAll(async () => {
    dovecot = await startDovecot()
  })
  afterAll(() => dovecot.stop())

  async function withClient<T>(user: string, work: (client: ImapFlow) => Promise<T>): Promise<T> {
    const { host, port, password } = dovecot
    const client = new ImapFlow({ host, port, doSTARTTLS: false, auth: { user, pass: password }, logger: false })
    await client.connect()
    try {
      return await work(client)
    } finally {
      await client.logout()
    }
  }

  it('finds a mail by its whole Message-ID and by nothing else', async () => {
    const sent = createSentFolder(dovecot.url('ann'))
    expect(await sent.has(ID)).toBe(false)
    await sent.append(mailWith(ID))
    expect(await sent.has(ID)).toBe(true)
    expect(await sent.has(ID.slice(0, -2))).toBe(false)
    expect(await sent.has(ID.slice(1, -1))).toBe(false)
    expect(await sent.has(ID.replace('<', '<b'))).toBe(false)
    expect(await sent.has('')).toBe(false)
    sent.close()
  })

  it('files a mail as read, byte for byte, and once when told its Message-ID', async () => {
    const sent = createSentFolder(dovecot.url('bea'))
    await sent.append(mailWith(ID), ID)
    await sent.append(mailWith(ID), ID)
    const found = await withClient('bea', async client => {
      await client.mailboxOpen('Sent')
      return client.fetchAll('1:*', { source: true, flags: true })
    })
    expect(found.map(({ source, flags }) => [source?.toString(), flags?.has('\\Seen')])).toEqual([
      [mailWith(ID).toString(), true],
    ])
  })

  it('says when the login is wrong, without the password', async () => {
    const wrong = createSentFolder(`imap://ann:hunter2@127.0.0.1:${dovecot.port}`)
    const error = await wrong.has(ID).catch((caught: unknown) => caught as Error)
    expect(error).toMatchObject({ code: 'mail_bad_login' })
    expect(String((error as Error).stack)).not.toContain('hunter2')
  })
})

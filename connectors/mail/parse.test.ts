import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseMail } from './parse.ts'
import { messageIdFor, renderMail } from './render.ts'

const crlf = (text: string): Buffer => Buffer.from(text.replace(/\r?\n/g, '\r\n'))
const HEAD =
  'From: Bob <bob@them.example>\nTo: ann@us.example\nMessage-ID: <1@them.example>\nDate: Tue, 10 Mar 2026 10:00:00 +0100\n'

describe('parseMail', () => {
  it('reads what renderMail writes', async () => {
    const raw = await renderMail({
      from: { name: 'Jürgen', address: 'ann@us.example' },
      to: { name: '李雷', address: 'li@them.example' },
      subject: 'Grüße',
      body: 'Dear Li,\n\nhello.',
      signature: '',
      footer: ['Us Ltd'],
      unsubscribe: { url: 'https://us.example/u', mailto: 'stop@us.example' },
      messageId: messageIdFor('b'.repeat(64), 'us.example'),
      date: new Date('2026-03-10T09:00:00Z'),
      inReplyTo: '<1@them.example>',
      references: ['<0@them.example>', '<1@them.example>'],
    })
    expect(await parseMail(raw)).toMatchObject({
      messageId: messageIdFor('b'.repeat(64), 'us.example'),
      inReplyTo: '<1@them.example>',
      references: ['<0@them.example>', '<1@them.example>'],
      from: { name: 'Jürgen', address: 'ann@us.example' },
      to: [{ name: '李雷', address: 'li@them.example' }],
      cc: [],
      subject: 'Grüße',
      date: new Date('2026-03-10T09:00:00Z'),
      text: 'Dear Li,\n\nhello.\n\nUs Ltd\nUnsubscribe: https://us.example/u',
      textFrom: 'plain',
      dsn: null,
      arf: null,
      autoSubmitted: null,
      isList: true,
      returnPath: null,
      warnings: [],
    })
  })

  it('reads people in all their spellings, with domains in ASCII', async () => {
    const mail = await parseMail(
      crlf(
        'From: "Last, First" <A@xn--mnchen-3ya.example>\nTo: team: b@c.example, "q, r" <e@f.example>;\nTo: second@c.example\nCc: =?utf-8?B?5p2O?= <li@c.example>, nobody\nReply-To: <r@c.example>\n\nx',
      ),
    )
    expect(mail.from).toEqual({ name: 'Last, First', address: 'A@xn--mnchen-3ya.example' })
    expect(mail.to.map(({ address }) => address)).toEqual(['b@c.example', 'e@f.example', 'second@c.example'])
    expect(mail.cc).toEqual([{ name: '李', address: 'li@c.example' }])
    expect(mail.replyTo).toEqual([{ name: '', address: 'r@c.example' }])
  })

  it('has an id for a mail that has none: the same for the same bytes', async () => {
    const [one, same, other] = await Promise.all(
      [crlf('From: a@b\n\nx'), crlf('From: a@b\n\nx'), crlf('From: a@b\n\ny')].map(raw => parseMail(raw)),
    )
    expect(one?.messageId).toMatch(/^<[0-9a-f]{64}@no-message-id\.invalid>$/)
    expect(one?.warnings).toContain('no_message_id')
    expect(one?.messageId).toBe(same?.messageId)
    expect(one?.messageId).not.toBe(other?.messageId)
    expect((await parseMail(crlf('Message-ID: bare@x.example\n\n'))).messageId).toBe('<bare@x.example>')
    expect(
      (await parseMail(crlf('Message-ID: <a@b> <c@d>\nReferences: junk <1@x>\n <2@x>,<1@x>\n\n'))).references,
    ).toEqual(['<1@x>', '<2@x>'])
  })

  it.each<[string, Date | null]>([
    ['Tue, 10 Mar 2026 10:00:00 +0100 (CET)', new Date('2026-03-10T09:00:00Z')],
    ['10 Mar 2026 10:00:00', new Date('2026-03-10T10:00:00Z')],
    ['Tue, 10 Mar 2026 10:00 EST', new Date('2026-03-10T15:00:00Z')],
    ['yesterday', null],
    ['', null],
    ['Tue, 10 Mar 0026 10:00:00 +0000', null],
    ['10-Mar-26 10:00:00 Z', new Date('2026-03-10T10:00:00Z')],
    ['10 March 98 10:00', new Date('1998-03-10T10:00:00Z')],
    ['Tue, 31 Feb 2026 10:00:00 +0000', null],
    ['Tue, 10 Foo 2026 10:00:00 +0000', null],
    ['Tue, 10 Mar 2026 25:00:00 +0000', null],
    ['Tue, 10 Mar 99999 10:00:00 +0000', null],
  ])('reads the date %j', async (written, date) => {
    const mail = await parseMail(crlf(`Date: ${written}\n\nx`))
    expect(mail.date).toEqual(date)
    expect(mail.warnings.includes('no_date')).toBe(date === null)
  })

  it('takes the words of an HTML mail, and never its markup', async () => {
    const html =
      '<style>p{color:red}</style><div style="display:none">pre<img src="x.png"><br>header<p>open</div><span hidden>no</span><p>Hello&nbsp;Ann &amp; all,</p><p>yes,<br>let us talk<script>x()</script>.</p><blockquote><p>Are you there?</p></blockquote><table><tr><td>1</td><td>2</td></tr></table>'
    const mail = await parseMail(crlf(`${HEAD}Content-Type: text/html; charset=utf-8\n\n${html}`))
    expect(mail.text).toBe('Hello Ann & all,\n\nyes,\nlet us talk.\n\n> Are you there?\n\n1 2')
    expect(mail.textFrom).toBe('html')
    expect(JSON.stringify(mail)).not.toContain('<p>')
  })

  it('prefers the plain text, unless it is empty', async () => {
    const parts = (plain: string): Buffer =>
      crlf(
        `${HEAD}Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n${plain}\n--b\nContent-Type: text/html\n\n<p>html</p>\n--b--\n`,
      )
    expect(await parseMail(parts('plain'))).toMatchObject({ text: 'plain', textFrom: 'plain' })
    expect(await parseMail(parts('  '))).toMatchObject({ text: 'html', textFrom: 'html' })
  })

  it('lists attachments without their content', async () => {
    const mail = await parseMail(
      crlf(
        `${HEAD}Content-Type: multipart/mixed; boundary=b\n\n--b\n\nhi\n--b\nContent-Type: application/pdf; name="=?utf-8?Q?gr=C3=BC=C3=9Fe.pdf?="\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64\n\nc2VjcmV0\n--b\nContent-Type: message/rfc822\n\nSubject: inner\n\ninner text\n--b--\n`,
      ),
    )
    expect(mail.text).toBe('hi')
    expect(mail.attachments).toEqual([
      { name: 'grüße.pdf', type: 'application/pdf', size: 6 },
      { name: null, type: 'message/rfc822', size: 28 },
    ])
    expect(JSON.stringify(mail)).not.toMatch(/secret|inner/)
  })

  it.each<[string, Buffer, string, boolean]>([
    [
      'a stated charset',
      Buffer.from(`${HEAD}Content-Type: text/plain; charset=windows-1252\n\nGr\xfc\xdfe \x80`, 'latin1'),
      'Grüße €',
      false,
    ],
    [
      'a charset nobody knows',
      Buffer.from(`${HEAD}Content-Type: text/plain; charset=klingon\n\nGrüße`),
      'Grüße',
      false,
    ],
    [
      'bytes that its charset does not have',
      Buffer.from(`${HEAD}Content-Type: text/plain; charset=utf-8\n\nGr\xfc\xdfe`, 'latin1'),
      'Gr\ufffd\ufffde',
      true,
    ],
    [
      'Japanese',
      Buffer.from(`${HEAD}Content-Type: text/plain; charset=iso-2022-jp\n\n\x1b$B4A;z\x1b(B`, 'latin1'),
      '漢字',
      false,
    ],
    ['a NUL', Buffer.from(`${HEAD}\na\0b`), 'ab', false],
  ])('reads %s', async (_, raw, text, warned) => {
    const mail = await parseMail(raw)
    expect(mail.text).toBe(text)
    expect(mail.warnings.includes('charset')).toBe(warned)
  })

  it('reads raw 8-bit headers, in UTF-8 or Latin-1', async () => {
    expect((await parseMail(Buffer.from('Subject: Grüße\n\n'))).subject).toBe('Grüße')
    expect((await parseMail(Buffer.from('Subject: Gr\xfc\xdfe\n\n', 'latin1'))).subject).toBe('Grüße')
    const mail = await parseMail(
      Buffer.from('From: "J\xfcrgen" <j@x.example>\nX-A: one\nX-A: two\n three\n\n', 'latin1'),
    )
    expect(mail.from).toEqual({ name: 'Jürgen', address: 'j@x.example' })
    expect(mail.headers['x-a']).toBe('one\ntwo three')
  })

  it.each<[string, string | null, boolean]>([
    ['Auto-Submitted: auto-replied; owner-email="x"', 'auto-replied', false],
    ['Auto-Submitted: no', null, false],
    ['X-Autoreply: yes', 'auto-replied', false],
    ['Precedence: auto_reply', 'auto-replied', false],
    ['Precedence: bulk', null, true],
    ['List-Id: <news.them.example>', null, true],
    ['List-Unsubscribe: <https://them.example/u>', null, true],
    ['Subject: Re: hello', null, false],
  ])('sees what a machine says of itself: %s', async (header, autoSubmitted, isList) => {
    expect(await parseMail(crlf(`${HEAD}${header}\n\nx`))).toMatchObject({ autoSubmitted, isList })
  })
})

const report = (type: string, parts: string[]): Buffer =>
  crlf(
    `${HEAD}Return-Path: <>\nAuto-Submitted: auto-replied\nContent-Type: multipart/report; report-type=${type}; boundary=b\n\n--b\n\nSorry.\n${parts.map(part => `--b\n${part}\n`).join('')}--b--\n`,
  )
const STATUS = 'Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.them.example\n\n'
const ORIGINAL = 'Content-Type: text/rfc822-headers\n\nSubject: x\nMessage-ID:\n <ours@us.example>\n'

describe('reports', () => {
  it('reads a delivery report', async () => {
    const mail = await parseMail(
      report('delivery-status', [
        `${STATUS}Final-Recipient: rfc822; bob@them.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1\n  no such user\n`,
        ORIGINAL,
      ]),
    )
    expect(mail).toMatchObject({ returnPath: '', autoSubmitted: 'auto-replied', text: 'Sorry.', attachments: [] })
    expect(mail.dsn).toEqual({
      action: 'failed',
      status: '5.1.1',
      finalRecipient: 'bob@them.example',
      originalMessageId: '<ours@us.example>',
      diagnostic: '550 5.1.1 no such user',
    })
  })

  it('takes the recipient that failed among several, and the status out of the diagnostic', async () => {
    const mail = await parseMail(
      report('delivery-status', [
        `${STATUS}Final-Recipient: rfc822; a@them.example\nAction: delivered\nStatus: 2.0.0\n\nFinal-Recipient: rfc822;<b@them.example>\nAction: Failed (permanently)\nDiagnostic-Code: smtp; 552 5.2.2 full\n`,
        'Content-Type: message/rfc822\n\nMessage-ID: <ours@us.example>\n\nMessage-ID: <not-this@x>\n',
      ]),
    )
    expect(mail.dsn).toMatchObject({
      action: 'failed',
      status: '5.2.2',
      finalRecipient: 'b@them.example',
      originalMessageId: '<ours@us.example>',
    })
  })

  it('has nulls for what a report does not say', async () => {
    const mail = await parseMail(report('delivery-status', ['Content-Type: message/delivery-status\n\nnonsense\n']))
    expect(mail.dsn).toEqual({
      action: null,
      status: null,
      finalRecipient: null,
      originalMessageId: null,
      diagnostic: null,
    })
  })

  it('reads a complaint', async () => {
    const mail = await parseMail(
      report('feedback-report', [
        'Content-Type: message/feedback-report\n\nFeedback-Type: Abuse\nUser-Agent: x/1\nOriginal-Rcpt-To: <bob@them.example>\n',
        ORIGINAL,
      ]),
    )
    expect(mail.arf).toEqual({
      type: 'abuse',
      originalMessageId: '<ours@us.example>',
      originalRecipient: 'bob@them.example',
    })
    expect(mail.dsn).toBeNull()
  })

  it('believes no report that is a mere attachment of an ordinary mail', async () => {
    const mail = await parseMail(
      crlf(
        `${HEAD}Content-Type: multipart/mixed; boundary=b\n\n--b\n\nhi\n--b\n${STATUS}Final-Recipient: rfc822; x@y\nAction: failed\n--b--\n`,
      ),
    )
    expect(mail.dsn).toBeNull()
    expect(mail.attachments).toHaveLength(1)
  })
})

describe('what no mail should be', () => {
  it('takes the head alone of what is too large', async () => {
    const mail = await parseMail(crlf(`${HEAD}Subject: big\n\n${'x'.repeat(5_000)}`), { maxBytes: 1_000 })
    expect(mail).toMatchObject({
      subject: 'big',
      from: { address: 'bob@them.example' },
      text: '',
      warnings: ['too_large'],
    })
  })

  it('takes the head alone of what has too many parts', async () => {
    const part = '--b\nContent-Type: text/plain\n\nx\n'
    const mail = await parseMail(
      crlf(`${HEAD}Subject: parts\nContent-Type: multipart/mixed; boundary=b\n\n${part.repeat(3_000)}--b--`),
    )
    expect(mail).toMatchObject({ subject: 'parts', messageId: '<1@them.example>', warnings: ['body_unreadable'] })
  })

  it.each<[string, string]>([
    ['100,000 fields', 'X-A: b\n'.repeat(100_000)],
    ['a field of a megabyte', `X-A: ${'b'.repeat(1_100_000)}\n`],
    ['a folded field of a megabyte', `X-A: b${'\n b'.repeat(400_000)}\n`],
  ])('keeps what stands before %s', async (_, field) => {
    const mail = await parseMail(crlf(`${HEAD}Subject: here\n${field}\nlost`))
    expect(mail).toMatchObject({ subject: 'here', messageId: '<1@them.example>', warnings: ['body_unreadable'] })
  })

  it('cuts a text that is too long, and not through a character', async () => {
    const mail = await parseMail(crlf(`${HEAD}Content-Type: text/plain; charset=utf-8\n\n${'😀'.repeat(100)}`), {
      maxText: 11,
    })
    expect(mail.text).toBe('😀'.repeat(5))
    expect(mail.warnings).toEqual(['text_cut'])
  })

  it('stops reading HTML that is nested 100,000 deep, and keeps what it read', async () => {
    const mail = await parseMail(
      crlf(`${HEAD}Content-Type: text/html\n\n<p>top</p>${'<div><blockquote>'.repeat(50_000)}deep`),
    )
    expect(mail).toMatchObject({ text: 'top', warnings: ['text_cut'] })
    const flat = await parseMail(
      crlf(`${HEAD}Content-Type: text/html\n\n${'<blockquote>'.repeat(100)}deep${'<p>x</p>'.repeat(5_000)}end`),
    )
    expect(flat.text).toMatch(/^(> ){20}deep\n/)
    expect(flat.text).toMatch(/end$/)
  })

  it('never throws, whatever the bytes', async () => {
    const piece = fc.constantFrom(
      'From: ',
      'Content-Type: multipart/mixed; boundary=b\r\n',
      '--b\r\n',
      '--b--',
      '\r\n',
      '\r\n\r\n',
      '\n',
      '=?utf-8?B?',
      '?=',
      '<',
      '>',
      'charset=utf-7',
      'Content-Transfer-Encoding: base64\r\n',
      'Content-Type: message/rfc822\r\n',
      'Content-Type: text/html\r\n',
      '\0',
      'Date: ',
      ':',
      ';',
      '"',
      '\xff',
    )
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(piece, fc.string()), { maxLength: 40 }), async pieces => {
        const mail = await parseMail(Buffer.from(pieces.join(''), 'latin1'))
        expect(mail.messageId).toMatch(/^<[^<>\s]+>$/)
        expect(JSON.stringify(mail)).not.toContain('\\u0000')
      }),
      { numRuns: 300 },
    )
  })

  it('gives headers no way into the prototype', async () => {
    const mail = await parseMail(crlf('__proto__: x\nconstructor: y\n\n'))
    expect(mail.headers.constructor).toBe('y')
    expect(({} as Record<string, unknown>).x).toBeUndefined()
  })
})

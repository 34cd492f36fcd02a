import * as fc from 'fast-check'
import { simpleParser } from 'mailparser'
import { describe, expect, it } from 'vitest'
import { htmlOf, urlsIn } from './body.ts'
import { messageIdFor, renderMail } from './render.ts'
import type { OutgoingMail } from './render.ts'

const MAIL: OutgoingMail = {
  from: { name: 'Jürgen "J" O’Neil, Sales', address: 'ann@us.example' },
  to: { name: '李雷', address: 'li@münchen.example' },
  subject: 'Grüße: a subject that is longer than one line of a header may ever be, and then some, 漢字',
  body: 'Dear Li,\n\nyou wrote "5 < 6 & 7" on https://them.example/a?b=1&c=2.\nSee https://us.example/case.\n\n.dot\nFrom me\n--x',
  signature: 'Jürgen\nUs Ltd',
  footer: ['Us Ltd, 1 Main Street, Oldtown', 'You get this mail because you asked for a demo.'],
  unsubscribe: { url: 'https://us.example/unsubscribe/run/token', mailto: 'ann+stop@us.example' },
  messageId: messageIdFor('a'.repeat(64), 'us.example'),
  date: new Date('2026-03-10T09:00:00Z'),
  inReplyTo: '<1@them.example>',
  references: ['<0@them.example>', '<1@them.example>'],
  links: ['https://us.example/case'],
}
const TEXT = `Dear Li,

you wrote "5 < 6 & 7" on https://them.example/a?b=1&c=2.
See https://us.example/case.

.dot
From me
--x

-- \nJürgen
Us Ltd

Us Ltd, 1 Main Street, Oldtown
You get this mail because you asked for a demo.
Unsubscribe: https://us.example/unsubscribe/run/token`

const headOf = (raw: Buffer): string => raw.toString('latin1').split('\r\n\r\n')[0] as string
/** Names of the header fields, in order. */
const fieldsOf = (raw: Buffer): string[] =>
  headOf(raw)
    .split('\r\n')
    .flatMap(line => /^([!-9;-~]+):/.exec(line)?.[1] ?? [])
const FIELDS = [
  'List-Unsubscribe',
  'List-Unsubscribe-Post',
  'From',
  'To',
  'In-Reply-To',
  'References',
  'Subject',
  'Message-ID',
  'Date',
  'MIME-Version',
  'Content-Type',
]

describe('renderMail', () => {
  it('says the same in both parts and in every header, whatever the script', async () => {
    const raw = await renderMail(MAIL)
    const read = await simpleParser(raw, { skipHtmlToText: true, skipTextToHtml: true })
    expect(read.text?.trim()).toBe(TEXT)
    expect(read.from?.value).toEqual([MAIL.from])
    expect(read.to).toMatchObject({ value: [MAIL.to] })
    expect(read.subject).toBe(MAIL.subject)
    expect(read.messageId).toBe(MAIL.messageId)
    expect(read.date).toEqual(MAIL.date)
    expect(read.inReplyTo).toBe(MAIL.inReplyTo)
    expect(read.references).toEqual(MAIL.references)
    expect(read.attachments).toEqual([])
    expect(fieldsOf(raw)).toEqual(FIELDS)
  })

  it('is made of lines that every server takes: CRLF, ASCII, short', async () => {
    const raw = (await renderMail({ ...MAIL, body: `${'long '.repeat(500)}${'x'.repeat(2_000)}` })).toString('latin1')
    expect(raw).not.toMatch(/[^\r]\n|\r[^\n]|[^\r\n\x20-\x7e]/)
    expect(Math.max(...raw.split('\r\n').map(line => line.length))).toBeLessThanOrEqual(200)
    expect(raw.endsWith('\r\n')).toBe(true)
  })

  it('links to nothing but the pages it was given, and loads nothing', async () => {
    const { html } = await simpleParser(await renderMail(MAIL), { skipTextLinks: true })
    expect([...String(html).matchAll(/href="([^"]*)"/g)].map(match => match[1])).toEqual([
      'https://us.example/case',
      'https://us.example/unsubscribe/run/token',
    ])
    expect(html).toContain('5 &lt; 6 &amp; 7')
    expect(html).not.toMatch(/<(img|link|script|style|iframe|object)|src=|url\(/i)
  })

  it('offers one-click unsubscribing over https only', async () => {
    const over = async (url: string): Promise<string> =>
      headOf(await renderMail({ ...MAIL, unsubscribe: { ...MAIL.unsubscribe, url } }))
    expect(await over('https://us.example/u')).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click')
    const plain = await over('http://127.0.0.1:8080/u')
    expect(plain).toContain(
      'List-Unsubscribe: <mailto:ann%2Bstop@us.example?subject=unsubscribe>,\r\n <http://127.0.0.1:8080/u>',
    )
    expect(plain).not.toContain('List-Unsubscribe-Post')
  })

  it('leaves out what another program wrote wrongly rather than fail the reply', async () => {
    const raw = await renderMail({
      ...MAIL,
      inReplyTo: '<a b>',
      references: ['<ok@x>', '<a>\r\nBcc: <b>', 'bare', '<ü@x>'],
    })
    const read = await simpleParser(raw)
    expect(read.references).toBe('<ok@x>')
    expect(read.inReplyTo).toBeUndefined()
    expect(fieldsOf(raw)).not.toContain('Bcc')
  })
})

const word = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .map(text => text.replace(/[\p{Cc}\p{Cs}\p{Z}]+/gu, ' ').trim())
const atom = fc.stringMatching(/^[a-z0-9]{1,12}$/)
const address = fc.tuple(atom, atom).map(([local, host]) => `${local}@${host}.example`)
const person = fc.record({ name: word, address })
const lines = fc.array(word, { maxLength: 6 }).map(all => all.join('\n').replace(/\n+$/, ''))
const mails: fc.Arbitrary<OutgoingMail> = fc.record({
  from: person,
  to: person,
  subject: word,
  body: lines,
  signature: lines,
  footer: fc.array(word, { maxLength: 3 }),
  unsubscribe: fc.record({ url: atom.map(path => `https://us.example/${path}`), mailto: address }),
  messageId: fc.stringMatching(/^[a-f0-9]{40}$/).map(hash => messageIdFor(hash, 'us.example')),
  date: fc
    .date({ min: new Date('2000-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
    .map(date => new Date(Math.floor(date.getTime() / 1000) * 1000)),
  inReplyTo: atom.map(id => `<${id}@them.example>`),
  references: fc.array(
    atom.map(id => `<${id}@them.example>`),
    { maxLength: 4 },
  ),
})

type Place = [string, (mail: OutgoingMail, change: (text: string) => string) => OutgoingMail]
const PLACES: Place[] = [
  ['sender name', (mail, change) => ({ ...mail, from: { ...mail.from, name: change(mail.from.name) } })],
  ['sender', (mail, change) => ({ ...mail, from: { ...mail.from, address: change(mail.from.address) } })],
  ['recipient name', (mail, change) => ({ ...mail, to: { ...mail.to, name: change(mail.to.name) } })],
  ['recipient', (mail, change) => ({ ...mail, to: { ...mail.to, address: change(mail.to.address) } })],
  ['subject', (mail, change) => ({ ...mail, subject: change(mail.subject) })],
  ['body', (mail, change) => ({ ...mail, body: change(mail.body) })],
  ['signature', (mail, change) => ({ ...mail, signature: change(mail.signature) })],
  ['footer', (mail, change) => ({ ...mail, footer: [change(mail.footer[0] ?? ''), ...mail.footer.slice(1)] })],
  [
    'unsubscribe page',
    (mail, change) => ({
      ...mail,
      unsubscribe: { ...mail.unsubscribe, url: `https://us.example/${change(mail.unsubscribe.url.slice(19))}` },
    }),
  ],
  [
    'unsubscribe address',
    (mail, change) => ({ ...mail, unsubscribe: { ...mail.unsubscribe, mailto: change(mail.unsubscribe.mailto) } }),
  ],
  ['Message-ID', (mail, change) => ({ ...mail, messageId: `<${change(mail.messageId.slice(1, -1))}>` })],
  ['In-Reply-To', (mail, change) => ({ ...mail, inReplyTo: `<${change((mail.inReplyTo ?? '').slice(1, -1))}>` })],
  ['References', (mail, change) => ({ ...mail, references: [...(mail.references ?? []), `<${change('')}>`] })],
  ['date', mail => ({ ...mail, date: new Date(mail.date.getTime() + 1000) })],
]

/** Puts one more letter or digit into the text. */
function oneMore(at: number, character: string): (text: string) => string {
  return text => {
    const place = at % (text.length + 1)
    return text.slice(0, place) + character + text.slice(place)
  }
}

describe('bytes', () => {
  it('are equal for equal input, whenever they are made', async () => {
    await fc.assert(
      fc.asyncProperty(mails, async mail => {
        const [one, two] = [await renderMail(mail), await renderMail(structuredClone(mail))]
        expect(one.equals(two)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it.each(PLACES)('differ when one character differs: %s', async (_, edit) => {
    await fc.assert(
      fc.asyncProperty(mails, fc.nat(), fc.stringMatching(/^[a-z0-9]$/), async (mail, at, character) => {
        // An edit in the middle of an emoji or before an "@" of the domain could make the input invalid: at the ends it cannot.
        const place = /[^\x20-\x7e]/.test(JSON.stringify(mail)) ? 0 : at
        const [one, two] = [await renderMail(mail), await renderMail(edit(mail, oneMore(place, character)))]
        expect(one.equals(two)).toBe(false)
      }),
      { numRuns: 25 },
    )
  })

  it('read back as what went in', async () => {
    await fc.assert(
      fc.asyncProperty(mails, async mail => {
        const read = await simpleParser(await renderMail(mail), { skipHtmlToText: true, skipTextToHtml: true })
        expect(read.subject ?? '').toBe(mail.subject)
        expect(read.from?.value).toEqual([mail.from])
        expect(read.to).toMatchObject({ value: [mail.to] })
        expect(read.text?.startsWith(mail.body)).toBe(true)
      }),
      { numRuns: 100 },
    )
  })
})

describe('header injection', () => {
  const evil = [
    'x\r\nBcc: eve@evil.example',
    'x\nBcc: eve@evil.example',
    'x\rBcc: e',
    'x\u2028Bcc: e',
    'x\u0085Bcc: e',
    'x\0',
    'x\ud800',
  ]
  const header: Place[] = PLACES.slice(0, 5)
  for (const [what, edit] of [...header, ...PLACES.slice(9, 11)]) {
    it.each(evil)(`is refused in the ${what}: %j`, async text => {
      await expect(renderMail(edit(MAIL, () => text))).rejects.toMatchObject({ code: 'mail_invalid' })
    })
  }

  it('has no way in through the unsubscribe page, the footer label or the Message-ID', async () => {
    const page = await renderMail({
      ...MAIL,
      unsubscribe: { ...MAIL.unsubscribe, url: 'https://us.example/a\r\nBcc: <e@e>>,<x' },
    })
    expect(fieldsOf(page)).toEqual(FIELDS)
    await expect(
      renderMail({ ...MAIL, unsubscribe: { ...MAIL.unsubscribe, url: 'javascript:alert(1)' } }),
    ).rejects.toThrow(/http/)
    await expect(renderMail({ ...MAIL, messageId: '<a@b>\r\nBcc: <c@d>' })).rejects.toMatchObject({
      code: 'mail_invalid',
    })
    expect(() => messageIdFor('a'.repeat(64), 'us.example>\r\nBcc: <x')).toThrow(/domain/)
    expect(() => messageIdFor('short', 'us.example')).toThrow(/hash/)
  })

  it.each([
    'a@b,c@d.example',
    'a@b.example>',
    '<a@b.example>',
    '"a b"@c.example',
    'a@[127.0.0.1]',
    'a b@c.example',
    '@c.example',
    'a@',
    'a..b@c.example',
    'jörg@c.example',
    `${'a'.repeat(65)}@c.example`,
  ])('allows no address that could be read as another: %s', async address => {
    await expect(renderMail({ ...MAIL, to: { name: 'x', address } })).rejects.toMatchObject({ code: 'mail_invalid' })
  })

  it('keeps every name inside its quotes', async () => {
    const name = 'Eve" <eve@evil.example>, "Bob'
    const read = await simpleParser(await renderMail({ ...MAIL, to: { name, address: 'bob@them.example' } }))
    expect(read.to).toMatchObject({ value: [{ name, address: 'bob@them.example' }] })
  })

  it('refuses control characters in the text', async () => {
    await expect(renderMail({ ...MAIL, body: 'a\u001b[31mb' })).rejects.toMatchObject({ code: 'mail_invalid' })
    expect(await renderMail({ ...MAIL, body: 'a\r\nb\tc' })).toEqual(await renderMail({ ...MAIL, body: 'a\nb\tc' }))
  })
})

describe('htmlOf', () => {
  it('escapes everything and links exactly what is listed', () => {
    const listed = 'https://us.example/?q="<x>'
    const html = htmlOf(
      '<script>alert(1)</script> https://us.example/a/b https://us.example/a.\n\njavascript:alert(1)',
      ['https://us.example/a', listed],
    )
    expect(html).toContain('&lt;script&gt;')
    expect(html.match(/href="[^"]*"/g)).toEqual(['href="https://us.example/a"'])
  })

  it('finds addresses of pages without the punctuation around them', () => {
    expect(urlsIn('(see https://a.example/x). "http://b.example" https://c.example/?q=1,')).toEqual([
      'https://a.example/x',
      'http://b.example',
      'https://c.example/?q=1',
    ])
  })
})

import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createSentFolder } from './sent.ts'

const ID = `<${'a'.repeat(64)}@us.example>`
const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

/** Untagged and tagged answers by command; the tag is put before the last line. */
type Script = Record<string, string[]>

const USUAL: Script = {
  CAPABILITY: ['* CAPABILITY IMAP4rev1 NAMESPACE SPECIAL-USE', 'OK'],
  LOGIN: ['OK'],
  NAMESPACE: ['* NAMESPACE (("" "/")) NIL NIL', 'OK'],
  LIST: ['* LIST (\\HasNoChildren) "/" "Sent"', 'OK'],
  LSUB: ['OK'],
  EXAMINE: ['* 1 EXISTS', '* OK [UIDVALIDITY 1] ok', 'OK [READ-ONLY] ok'],
  'UID SEARCH': ['* SEARCH', 'OK'],
  LOGOUT: ['* BYE', 'OK'],
}

/** An IMAP server that answers by a script, and hangs up at what is not in it. */
async function imapServer(script: Script = {}): Promise<{ url: string; selected: string[] }> {
  const answers = { ...USUAL, ...script }
  const selected: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer(socket => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.write('* OK ready\r\n')
    socket.on('data', chunk => {
      for (const line of chunk.toString().split('\r\n').filter(Boolean)) {
        const [tag, command = ''] = /^(\S+) (UID \w+|\w+)/.exec(line)?.slice(1) ?? []
        if (command === 'EXAMINE') selected.push(line.replace(/^\S+ EXAMINE /, '').replaceAll('"', ''))
        const answer = answers[command.toUpperCase()]
        if (answer)
          socket.write([...answer.slice(0, -1), `${tag} ${answer.at(-1)} done`].map(text => `${text}\r\n`).join(''))
        else socket.destroy()
      }
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    for (const socket of sockets) socket.destroy()
    return new Promise<void>(resolve => server.close(() => resolve()))
  })
  return { url: `imap://ann:hunter2@127.0.0.1:${(server.address() as AddressInfo).port}`, selected }
}

const codeOf = (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    () => 'no error',
    (error: unknown) => (error as { code?: string }).code,
  )

describe('createSentFolder', () => {
  it.each([
    ['* LIST () "/" "Sent"', 'Sent'],
    ['* LIST () "/" "Gesendet"', 'Gesendet'],
    ['* LIST () "/" "Enviados"', 'Enviados'],
    ['* LIST () "/" "Envoy&AOk-s"', 'Envoy&AOk-s'],
    ['* LIST () "." "INBOX.Sent Items"', 'INBOX.Sent Items'],
    ['* LIST (\\Sent) "/" "Raus"', 'Raus'],
  ])('finds the folder: %s', async (folder, path) => {
    const server = await imapServer({ LIST: ['* LIST () "/" "INBOX"', folder, 'OK'] })
    expect(await createSentFolder(server.url).has(ID)).toBe(false)
    expect(server.selected).toEqual([path])
  })

  it('says so when there is none', async () => {
    const server = await imapServer({ LIST: ['* LIST () "/" "INBOX"', 'OK'] })
    expect(await codeOf(createSentFolder(server.url).has(ID))).toBe('mail_no_sent_folder')
  })

  it.each<[string, Script, string]>([
    ['the login is refused', { LOGIN: ['NO [AUTHENTICATIONFAILED]'] }, 'mail_bad_login'],
    ['the search is refused', { 'UID SEARCH': ['NO'] }, 'mail_unavailable'],
    ['the folder cannot be opened', { EXAMINE: ['NO'] }, 'mail_unavailable'],
    ['the connection breaks at the search', { 'UID SEARCH': undefined as never }, 'mail_unavailable'],
  ])('fails rather than say no when %s', async (_, script, code) => {
    expect(await codeOf(createSentFolder((await imapServer(script)).url).has(ID))).toBe(code)
  })

  it('fails rather than say filed when filing is refused', async () => {
    const server = await imapServer({ APPEND: ['NO [OVERQUOTA]'] })
    expect(await codeOf(createSentFolder(server.url).append(Buffer.from('x: y\r\n\r\n')))).toBe('mail_unavailable')
  })

  it('does not wait for ever, and ends when told to', async () => {
    const silent = createServer(() => {})
    await new Promise<void>(resolve => silent.listen(0, '127.0.0.1', resolve))
    const url = `imap://ann:hunter2@127.0.0.1:${(silent.address() as AddressInfo).port}`
    expect(await codeOf(createSentFolder(url, { timeoutMs: 300 }).has(ID))).toBe('mail_unavailable')
    const waiting = createSentFolder(url)
    const asked = codeOf(waiting.has(ID))
    setTimeout(() => waiting.close(), 100)
    expect(await asked).toBe('mail_unavailable')
    await new Promise<void>(resolve => silent.close(() => resolve()))
    expect(await codeOf(createSentFolder(url).has(ID))).toBe('mail_unavailable')
  })
})

/** A real IMAP server for a test, on a loopback port of its own. */
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../../scripts/services/ports.ts'
import { logTail, spawnService, stopProcess } from '../../scripts/services/process.ts'

export interface Dovecot {
  host: string
  port: number
  /** The same for every user; a user's mailbox is made when it first logs in. */
  password: string
  /** imap://user:password@host:port */
  url: (user: string) => string
  stop: () => Promise<void>
}

const PLACES = ['/usr/sbin/dovecot', '/usr/local/sbin/dovecot', '/opt/homebrew/sbin/dovecot']

/** Whether there is a Dovecot here; `test.skipIf(!hasDovecot())` otherwise. */
export function hasDovecot(): boolean {
  return program() !== undefined
}

export async function startDovecot(): Promise<Dovecot> {
  const file = program()
  if (file === undefined)
    throw new Error('no Dovecot here: "node scripts/setup.mjs --tests" installs it on Debian as root')
  const folder = mkdtempSync(path.join(tmpdir(), 'dealwright-imap-'))
  const user = systemUser()
  // Its processes run as another user when we are root, and must reach the mail.
  chmodSync(folder, 0o755)
  mkdirSync(path.join(folder, 'mail'))
  if (user.uid !== undefined) chownSync(path.join(folder, 'mail'), user.uid, user.gid ?? user.uid)
  const port = await freePort()
  const password = randomBytes(8).toString('hex')
  const values: Record<string, string> = {
    DIR: folder,
    USER: user.name,
    GROUP: user.group,
    PORT: String(port),
    PASSWORD: password,
  }
  const template = readFileSync(path.join(import.meta.dirname, 'dovecot.conf'), 'utf8')
  const conf = path.join(folder, 'dovecot.conf')
  writeFileSync(
    conf,
    template.replaceAll(/@([A-Z]+)@/g, (_, name: string) => values[name] ?? ''),
  )
  const logFile = path.join(folder, 'start.log')
  const service = await spawnService({ file, args: ['-F', '-c', conf], logFile, stopSignal: 'SIGTERM' })
  const stop = async () => {
    await stopProcess(service.identity, 'SIGTERM', 5000)
    rmSync(folder, { recursive: true, force: true })
  }
  if (!(await listens(port))) {
    const why = `${logTail(logFile, 5)}\n${logTail(path.join(folder, 'dovecot.log'), 5)}`.trim()
    await stop()
    throw new Error(`Dovecot did not start: ${why}`)
  }
  return { host: '127.0.0.1', port, password, url: name => `imap://${name}:${password}@127.0.0.1:${port}`, stop }
}

function program(): string | undefined {
  return PLACES.find(existsSync)
}

interface SystemUser {
  name: string
  group: string
  uid?: number
  gid?: number
}

function systemUser(): SystemUser {
  const ask = (...args: string[]) => execFileSync('id', args).toString().trim()
  if (process.getuid?.() !== 0) return { name: ask('-un'), group: ask('-gn') }
  return {
    name: 'nobody',
    group: ask('-gn', 'nobody'),
    uid: Number(ask('-u', 'nobody')),
    gid: Number(ask('-g', 'nobody')),
  }
}

/** Waits until it greets; false after ten seconds. */
async function listens(port: number): Promise<boolean> {
  for (let attempt = 0; attempt < 200; attempt++) {
    if (await greets(port)) return true
    await sleep(50)
  }
  return false
}

function greets(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1')
    socket.setTimeout(1000, () => socket.destroy())
    socket.once('data', () => {
      resolve(true)
      socket.destroy()
    })
    socket.once('error', () => resolve(false))
    socket.once('close', () => resolve(false))
  })
}

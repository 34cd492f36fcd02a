/** Reads SMTP_URL and IMAP_URL. The password stands in the URL, so no message ever repeats the URL. */
import { DealwrightError } from '../../domain/errors.ts'

export interface MailAddressOfServer {
  /** TLS from the first byte (smtps, imaps). */
  secure: boolean
  /** `required`: fail without STARTTLS. `never`: plain text. `offered`: STARTTLS when the server offers it. */
  starttls: 'required' | 'never' | 'offered'
  host: string
  port: number
  login: { user: string; pass: string } | null
  /** For messages: scheme, host and port alone. */
  place: string
  /** The setting it was read from. */
  setting: 'SMTP_URL' | 'IMAP_URL'
}

type Family = 'smtp' | 'imap'
const PORTS: Record<Family, { plain: number; secure: number }> = {
  smtp: { plain: 587, secure: 465 },
  imap: { plain: 143, secure: 993 },
}
const SETTING = { smtp: 'SMTP_URL', imap: 'IMAP_URL' } as const

/**
 * `smtp://user:password@host:587`, `smtps://…`, `imap://…`, `imaps://…`; `?starttls=required|never|offered`.
 * Without that parameter, plain text is used on this machine only (it has no certificate to check), and a password is
 * sent to another machine over TLS or not at all. Throws `mail_url_invalid`.
 */
export function readMailUrl(family: Family, text: string): MailAddressOfServer {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url) throw invalid(family, 'is not a URL')
  const secure = url.protocol === `${family}s:`
  if (!secure && url.protocol !== `${family}:`) throw invalid(family, `must begin with ${family}:// or ${family}s://`)
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  if (host === '') throw invalid(family, 'names no host')
  const login = loginOf(family, url)
  const port = Number(url.port) || PORTS[family][secure ? 'secure' : 'plain']
  const starttls = starttlsOf(family, url) ?? (isThisMachine(host) ? 'never' : login ? 'required' : 'offered')
  return {
    secure,
    starttls,
    host,
    port,
    login,
    place: `${url.protocol}//${url.hostname}:${port}`,
    setting: SETTING[family],
  }
}

function loginOf(family: Family, url: URL): { user: string; pass: string } | null {
  if (url.username === '') return null
  try {
    return { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) }
  } catch {
    throw invalid(family, 'has a user name or password that is not percent-encoded')
  }
}

function starttlsOf(family: Family, url: URL): MailAddressOfServer['starttls'] | null {
  for (const name of url.searchParams.keys()) {
    if (name !== 'starttls') throw invalid(family, 'has an unknown parameter; only "starttls" is known')
  }
  const value = url.searchParams.get('starttls')
  if (value === null) return null
  if (value === '') return 'required'
  if (value === 'required' || value === 'never' || value === 'offered') return value
  throw invalid(family, 'has a "starttls" other than required, never or offered')
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)
}

function invalid(family: Family, what: string): DealwrightError {
  const example = `${family}://user:password@mail.example.com:${PORTS[family].plain}`
  return new DealwrightError('mail_url_invalid', `${SETTING[family]} ${what}. It looks like ${example}`)
}

/** What goes wrong with a mail server, apart from any one mail. Carries neither URL, password nor the library's error. */
import { DealwrightError } from '../../domain/errors.ts'
import type { ErrorCode } from '../../domain/errors.ts'
import type { MailAddressOfServer } from './mail-url.ts'

const TLS_CODES = /^(CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO$)/

/** The code of a failed handshake or a certificate that is not trusted. */
export function isTlsCode(code: string): boolean {
  return TLS_CODES.test(code)
}

/** `answer`: the server's reply code or the system's error code, never its text. */
export function serverFailure(
  kind: 'login' | 'tls' | 'away',
  answer: string,
  server: MailAddressOfServer,
): DealwrightError {
  const [code, message] = wordsFor(kind, answer, server)
  return new DealwrightError(code, message, { details: { place: server.place, answer } })
}

function wordsFor(kind: 'login' | 'tls' | 'away', answer: string, server: MailAddressOfServer): [ErrorCode, string] {
  const { place, setting } = server
  if (kind === 'login')
    return ['mail_bad_login', `${place} does not accept the login (${answer}): check user and password in ${setting}.`]
  if (kind === 'tls') {
    return [
      'mail_tls',
      `${place}: no secure connection (${answer}): check the server's certificate, or "starttls" in ${setting}.`,
    ]
  }
  return ['mail_unavailable', `${place} cannot be used now (${answer}); try later.`]
}

/** Addresses as they go into headers and into the SMTP dialogue. */
import { domainToASCII } from 'node:url'

const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
const DOMAIN = /^(?=.{1,253}$)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*$/

/**
 * `local@domain` with the domain in ASCII (IDNA), or null when it is no plain address. Quoted local parts, domain
 * literals and local parts beyond ASCII are refused: each is a way to smuggle a second address, or needs a server that
 * few have.
 */
export function plainAddress(text: string): string | null {
  const at = text.lastIndexOf('@')
  const local = text.slice(0, at)
  if (at < 1 || local.length > 64 || !LOCAL.test(local)) return null
  const domain = domainToASCII(text.slice(at + 1))
  return DOMAIN.test(domain) ? `${local}@${domain}` : null
}

const MESSAGE_ID = /^<[\x21-\x3b\x3d\x3f-\x7e]{1,250}>$/

/** `<…>` of printable ASCII without spaces: what may stand in Message-ID, In-Reply-To and References. */
export function isMessageId(text: string): boolean {
  return MESSAGE_ID.test(text)
}

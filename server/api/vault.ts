/**
 * Secrets that the database alone does not reveal: derived from the key that only the server holds (the one that signs decisions), each
 * for its own purpose, by HKDF-SHA-256 (RFC 5869). Another signing key makes other secrets.
 */
import { createCipheriv, createDecipheriv, hkdfSync, type KeyObject, randomBytes } from 'node:crypto'

const NONCE = 12
const TAG = 16

/** `bytes` bytes that stand for this purpose and for no other. */
export function derive(key: KeyObject, purpose: string, bytes = 32): Buffer {
  const secret = key.export({ type: 'pkcs8', format: 'der' })
  return Buffer.from(hkdfSync('sha256', secret, 'dealwright', purpose, bytes))
}

/** AES-256-GCM; the purpose is part of the key, so what was sealed for one opens for no other. */
export function seal(key: KeyObject, purpose: string, plain: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', derive(key, purpose), nonce)
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** @throws Error where it was sealed for another purpose, with another key, or changed since */
export function unseal(key: KeyObject, purpose: string, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', derive(key, purpose), sealed.subarray(0, NONCE))
  decipher.setAuthTag(sealed.subarray(-TAG))
  return Buffer.concat([decipher.update(sealed.subarray(NONCE, -TAG)), decipher.final()])
}

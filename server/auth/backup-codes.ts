/** Backup codes are kept as keyed hashes. better-auth compares what it is given with what is stored, so it is given the hash too. */
import { createHmac } from 'node:crypto'

export const backupCodeHash = (secret: string, code: string): string =>
  createHmac('sha256', secret).update(`backup code\n${code.trim()}`).digest('hex')

/** For better-auth's `storeBackupCodes`: the rest that it stores again after one was used are hashes already. */
export function hashedCodes(secret: string) {
  const hash = (code: string) => (/^[0-9a-f]{64}$/.test(code) ? code : backupCodeHash(secret, code))
  return {
    encrypt: async (codes: string) => JSON.stringify((JSON.parse(codes) as string[]).map(hash)),
    decrypt: async (stored: string) => stored,
  }
}

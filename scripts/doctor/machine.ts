/** Node, the home and the keys. */
import { createPublicKey } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import type { Config } from '../config.ts'
import { readRun, type Home } from '../home.ts'
import { roomFor, roomWarning } from '../services/disk.ts'
import { bad, probe, type Check } from './check.ts'

const NODE = [20, 19] as const

export function checkNode(): Promise<Check> {
  return probe('node', async () => {
    const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
    const enough = major > NODE[0] || (major === NODE[0] && minor >= NODE[1])
    return enough
      ? process.version
      : bad(`${process.version}: Dealwright needs Node ${NODE.join('.')} or newer. Install it.`)
  })
}

export function checkHome(home: Home): Promise<Check> {
  return probe('home', async () => {
    const room = roomFor(home)
    const warning = roomWarning(room)
    if (warning !== null) return bad(`${warning}.`)
    const run = await readRun(home)
    return `${home.folder}, ${run ? `in use by "${run.what}" (process ${run.pid})` : 'nothing runs in it'}`
  })
}

/** Before the first start there are none, which is in order. */
export function checkKeys(home: Home, config: Config): Promise<Check> {
  return probe('keys', async () => {
    const [privateFile, publicFile] = [config.privateKeyFile ?? home.privateKey, config.publicKeyFile ?? home.publicKey]
    if (!existsSync(privateFile) && !existsSync(publicFile)) return 'none yet: they are made at the first start'
    if (!existsSync(privateFile))
      return bad(`${privateFile} is missing: restore it, since without it nothing can be approved`)
    const half = createPublicKey(readFileSync(privateFile, 'utf8')).export({ type: 'spki', format: 'pem' }).toString()
    if (!existsSync(publicFile)) return bad(`${publicFile} is missing: "dealwright up" makes it again`)
    if (half.trim() !== readFileSync(publicFile, 'utf8').trim())
      return bad(
        `${publicFile} is not the other half of ${privateFile}: workers refuse every approval. Restore the pair.`,
      )
    return 'approvals are signed and verified with one pair'
  })
}

import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { TEMPORAL_HELP, fetchTemporal, findTemporal } from '../services/temporal-binary.mjs'
import { ensureImapServer } from './imap.mjs'
import { withLock } from './lock.mjs'
import { freshFolder } from '../boot/fresh.mjs'
import { compiledFolder } from '../boot/run.mjs'
import { ensureWeb } from '../boot/web.mjs'
import { installPackages, packagesAreCurrent } from './packages.mjs'

export const PROJECT = path.resolve(import.meta.dirname, '..', '..')

export const say = line => process.stderr.write(`${line}\n`)

/** Each step looks first and acts only where something is missing; a step that was killed is found unfinished and done again. */
export async function setUp({ tests }) {
  if (!existsSync(path.join(PROJECT, 'package.json'))) throw new Error(`${PROJECT} holds no package.json`)
  const lockText = readFileSync(path.join(PROJECT, 'package-lock.json'))
  if (!packagesAreCurrent(PROJECT, lockText)) {
    await withLock(path.join(PROJECT, '.dealwright'), say, async () => {
      if (!packagesAreCurrent(PROJECT, lockText)) await installPackages(PROJECT, lockText, say)
    })
  }
  if (!process.env.TEMPORAL_ADDRESS && !findTemporal() && !(await fetchTemporal(say))) throw new Error(TEMPORAL_HELP)
  if (freshFolder() === null) {
    say('compiling')
    compiledFolder(say)
  }
  ensureWeb(say)
  if (tests) await ensureImapServer(say)
}

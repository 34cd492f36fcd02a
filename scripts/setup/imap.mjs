import { existsSync } from 'node:fs'
import path from 'node:path'
import { run } from './run.mjs'

/** Tests of reading mail run against Dovecot. Where it cannot be had, they are skipped and say so. */
export async function ensureImapServer(say) {
  if (hasProgram('dovecot')) return
  if (process.getuid?.() !== 0 || !hasProgram('apt-get')) {
    say(
      'no IMAP server here: tests that need one will be skipped (install "dovecot-imapd", or "dovecot" on macOS, to run them)',
    )
    return
  }
  say('installing the IMAP server for tests (apt-get install dovecot-imapd)')
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  const install = ['install', '-y', '-q', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=60', 'dovecot-imapd']
  try {
    try {
      await run('apt-get', install, { env, limitMs: 240_000, quiet: true })
    } catch {
      // The package lists are missing or old.
      await run('apt-get', ['update', '-q'], { env, limitMs: 120_000, quiet: true })
      await run('apt-get', install, { env, limitMs: 240_000, quiet: true })
    }
  } catch (error) {
    say(`  not to be had: ${error.message.split('\n')[0]}; tests that need an IMAP server will be skipped`)
  }
}

function hasProgram(name) {
  const folders = [
    ...(process.env.PATH ?? '').split(path.delimiter),
    '/usr/sbin',
    '/usr/local/sbin',
    '/opt/homebrew/sbin',
  ]
  return folders.some(folder => path.isAbsolute(folder) && existsSync(path.join(folder, name)))
}

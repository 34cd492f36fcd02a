import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { run } from './run.mjs'

const LIMIT_MS = 20 * 60_000

const stampFile = project => path.join(project, 'node_modules', '.dealwright-stamp')

/** The lock file and everything that decides which builds of a package fit. */
const stampOf = lockText =>
  createHash('sha256').update(lockText).update(`${process.platform} ${process.arch}`).digest('hex')

export function packagesAreCurrent(project, lockText) {
  const stamp = stampOf(lockText)
  try {
    if (readFileSync(stampFile(project), 'utf8') === stamp) return true
  } catch {
    // no stamp: perhaps a person ran npm
  }
  if (!installedMatches(project, lockText)) return false
  writeFileSync(stampFile(project), stamp)
  return true
}

/** npm itself writes what it installed, as its last act; a killed install leaves nothing there. */
function installedMatches(project, lockText) {
  try {
    const wanted = JSON.parse(lockText).packages
    const found = JSON.parse(readFileSync(path.join(project, 'node_modules', '.package-lock.json'), 'utf8')).packages
    return Object.entries(wanted).every(([name, entry]) => {
      if (name === '') return true
      const there = found[name]
      // Builds for other platforms are optional and absent.
      return there ? there.version === entry.version && there.integrity === entry.integrity : entry.optional === true
    })
  } catch {
    return false
  }
}

export async function installPackages(project, lockText, say) {
  const [program, ...first] = npm()
  say(`installing packages (${[program, ...first].join(' ')} ci)`)
  const options = ['--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']
  const install = () => run(program, [...first, 'ci', ...options], { cwd: project, limitMs: LIMIT_MS })
  try {
    try {
      await install()
    } catch (error) {
      say(`${error.message.split('\n')[0]}; once more, from nothing`)
      rmSync(path.join(project, 'node_modules'), { recursive: true, force: true, maxRetries: 3 })
      await install()
    }
    if (!installedMatches(project, lockText)) throw new Error('npm left packages out that package-lock.json names')
  } catch (error) {
    throw new Error(
      `${error.message}\nThe packages could not be installed. Is the npm registry within reach? Then try again.`,
      { cause: error },
    )
  }
  writeFileSync(stampFile(project), stampOf(lockText))
}

/** npm 10, which comes with Node 20, installs some of our packages wrongly: npm 11 is then used for this one command. */
function npm() {
  let version
  try {
    version = execFileSync('npm', ['--version'], { timeout: 30_000, shell: process.platform === 'win32' })
      .toString()
      .trim()
  } catch {
    throw new Error('npm is not on PATH: it comes with Node, see https://nodejs.org')
  }
  return Number(version.split('.')[0]) >= 11 ? ['npm'] : ['npx', '--yes', 'npm@11']
}

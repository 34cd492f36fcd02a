import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { run } from './run.mjs'

const LIMIT_MS = 180_000

const schemaFile = project => path.join(project, 'db', 'schema.prisma')
const stampFile = project => path.join(project, 'db', 'generated', '.stamp')

/** The client depends on the schema and on the version of its generator. */
function stampOf(project) {
  const generator = readFileSync(path.join(project, 'node_modules', 'prisma', 'package.json'), 'utf8')
  return createHash('sha256')
    .update(readFileSync(schemaFile(project)))
    .update(JSON.parse(generator).version)
    .digest('hex')
}

export function clientIsCurrent(project) {
  if (!existsSync(schemaFile(project))) return true
  try {
    return readFileSync(stampFile(project), 'utf8') === stampOf(project)
  } catch {
    return false
  }
}

export async function generateClient(project, say) {
  say('generating the database client')
  const cli = path.join(project, 'node_modules', 'prisma', 'build', 'index.js')
  const stamp = stampOf(project)
  const env = { PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' }
  await run(process.execPath, [cli, 'generate', '--no-hints'], { cwd: project, env, limitMs: LIMIT_MS, quiet: true })
  writeFileSync(stampFile(project), stamp)
}

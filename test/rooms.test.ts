import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const PROJECT = path.resolve(import.meta.dirname, '..')
const LINTER = path.join(PROJECT, 'node_modules', '.bin', 'oxlint')

/** One import that each room may not have, and what the linter has to say about it. */
const FORBIDDEN: { room: string; imports: string; because: string }[] = [
  { room: 'domain', imports: '../db/thing.ts', because: 'domain/ may not import' },
  { room: 'domain', imports: '@prisma/client', because: 'only room that knows Prisma' },
  { room: 'domain', imports: 'node:fs', because: 'domain/ is pure' },
  { room: 'agents', imports: '../connectors/thing.ts', because: 'agents/ may not import' },
  { room: 'agents', imports: '../db/thing.ts', because: 'agents/ may not import' },
  { room: 'db', imports: '../agents/thing.ts', because: 'db/ may not import' },
  { room: 'connectors', imports: '../db/thing.ts', because: 'connectors/ may not import' },
  { room: 'activities', imports: '../workflows/thing.ts', because: 'activities/ may not import' },
  { room: 'activities', imports: '@prisma/client', because: 'only room that knows Prisma' },
  { room: 'workflows', imports: '../db/thing.ts', because: 'workflows/ may not import' },
  { room: 'workflows', imports: '../agents/thing.ts', because: 'workflows/ may not import' },
  { room: 'server', imports: '../connectors/thing.ts', because: 'server/ may not import' },
  { room: 'web', imports: '../db/thing.ts', because: 'web/ may not import' },
  { room: 'web', imports: '../connectors/thing.ts', because: 'web/ may not import' },
  { room: 'web/pages/leads', imports: '../../../server/thing.ts', because: 'only through web/api' },
  { room: 'web/app', imports: '../../domain/thing.ts', because: 'only through web/api' },
  { room: 'web/parts', imports: '../../db/thing.ts', because: 'web/ may not import' },
  { room: 'web/parts', imports: '../pages/thing.ts', because: 'knows no page' },
]

const ALLOWED: { room: string; imports: string }[] = [
  { room: 'agents', imports: '../domain/thing.ts' },
  { room: 'db', imports: '@prisma/client' },
  { room: 'activities', imports: '../db/thing.ts' },
  { room: 'server', imports: '../domain/thing.ts' },
  { room: 'scripts', imports: '../server/thing.ts' },
  { room: 'web', imports: '../server/thing.ts' },
  { room: 'web/api', imports: '../../server/thing.ts' },
  { room: 'web/pages/leads', imports: '../../api/thing.ts' },
  { room: 'web/pages/leads', imports: '../../parts/thing.ts' },
]

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'dealwright-rooms-'))
  copyFileSync(path.join(PROJECT, '.oxlintrc.json'), path.join(folder, '.oxlintrc.json'))
  symlinkSync(path.join(PROJECT, 'node_modules'), path.join(folder, 'node_modules'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Lints a room that holds one file with that import, by the project's own rules; returns what the linter printed. */
function lint(room: string, imports: string): string {
  const file = path.join(folder, room, 'thing.ts')
  rmSync(path.join(folder, room), { recursive: true, force: true })
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, `import { thing } from '${imports}'\n\nexport const used = thing\n`)
  try {
    return execFileSync(LINTER, ['--deny-warnings', room], { cwd: folder, encoding: 'utf8' })
  } catch (error) {
    return (error as { stdout: string }).stdout
  }
}

test.each(FORBIDDEN)('$room may not import $imports', ({ room, imports, because }) => {
  expect(lint(room, imports)).toMatch(new RegExp(`no-restricted-imports[^]*${because}`))
})

test.each(ALLOWED)('$room may import $imports', ({ room, imports }) => {
  expect(lint(room, imports)).not.toContain('no-restricted-imports')
})

/** docs/proofs.md names tests that there are. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const PROJECT = path.resolve(import.meta.dirname, '..')
const rows = readFileSync(path.join(PROJECT, 'docs', 'proofs.md'), 'utf8')
  .split('\n')
  .filter(line => line.startsWith('| ') && !/^\| (promise|fault) \|/.test(line))
  .map(line => line.split(' | ') as [string, string])

/** As the source has it: the first argument of a call, in whatever quotation marks. */
function hasTitle(source: string, title: string): boolean {
  const literal = title.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
  return new RegExp(`\\(\\s*(['"\`])${literal}\\1,`).test(source)
}

test.each(rows)('%s', (_promise, proof) => {
  const missing: string[] = []
  let tests = 0
  for (const part of proof.split('; `')) {
    const file = /^`?([^`]+)`/.exec(part)?.[1] ?? ''
    const source = existsSync(path.join(PROJECT, file)) ? readFileSync(path.join(PROJECT, file), 'utf8') : ''
    for (const [, title = ''] of part.matchAll(/“([^”]+)”/g)) {
      tests += 1
      if (!hasTitle(source, title)) missing.push(`${file}: ${title}`)
    }
  }
  expect(missing).toEqual([])
  expect(tests).toBeGreaterThan(0)
})

test('every promise of the three lists is there', () => {
  expect(rows.length).toBeGreaterThan(45)
})

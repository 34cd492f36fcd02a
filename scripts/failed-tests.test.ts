/** Only the end of a long output may be seen: it has to say what failed, and why. */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'

const run = promisify(execFile)
const ROOT = path.resolve(import.meta.dirname, '..')

async function tell(testResults: object[]): Promise<string[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'dealwright-report-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = path.join(folder, 'tests.json')
  writeFileSync(file, JSON.stringify({ testResults }))
  const { stdout } = await run(process.execPath, [path.join(ROOT, 'scripts', 'failed-tests.mjs'), file])
  return stdout.trimEnd().split('\n')
}

test('failed tests are told with their file, their error and where it stands; what passed is not', async () => {
  const failureMessages = [
    `AssertionError: \u001B[31mexpected 1 to be 2\u001B[39m\n\n    at ${ROOT}/node_modules/x.js:1:1\n    at ${ROOT}/domain/a.test.ts:3:9`,
  ]
  const lines = await tell([
    {
      name: `${ROOT}/domain/a.test.ts`,
      status: 'failed',
      assertionResults: [
        { status: 'passed', fullName: 'adds', failureMessages: [] },
        { status: 'failed', fullName: 'sums subtracts', failureMessages },
      ],
    },
    { name: `${ROOT}/domain/b.test.ts`, status: 'failed', message: 'Cannot find module ./c.ts', assertionResults: [] },
    { name: `${ROOT}/domain/d.test.ts`, status: 'passed', assertionResults: [{ status: 'passed', fullName: 'd' }] },
  ])
  expect(lines).toEqual([
    '  FAILED domain/a.test.ts: sums subtracts',
    '    AssertionError: expected 1 to be 2',
    '    at domain/a.test.ts:3:9',
    '  FAILED domain/b.test.ts, outside of its tests',
    '    Cannot find module ./c.ts',
  ])
})

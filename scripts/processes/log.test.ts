/** A log file that can grow no more, by the limit on a file's size: what Node meets is the same as on a full disk, an error of the write. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import * as fc from 'fast-check'
import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { harmless } from './log.ts'

const run = promisify(execFile)

const PROCESS = `
import { processLog } from '${path.join(import.meta.dirname, 'log.ts')}'
const log = processLog('worker')
for (let n = 0; n < 500; n++) {
  log.info({ n }, 'something happened that is worth a line')
  process.stderr.write('a library has something to say\\n')
  if (n % 100 === 0) await new Promise(resolve => setTimeout(resolve, 5))
}
process.exitCode = 7
`

test('a process goes on working when its log cannot grow', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'dealwright-log-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const [program, file] = [path.join(folder, 'process.mts'), path.join(folder, 'worker.log')]
  writeFileSync(program, PROCESS)
  const node = [process.execPath, '--import', import.meta.resolve('tsx'), program].map(part => `'${part}'`).join(' ')
  // Blocks of 512 bytes or of 1,024, as the shell has it.
  const ended = run('/bin/sh', ['-c', `ulimit -f 8 && exec ${node} >>'${file}' 2>&1`], { cwd: folder })
  await expect(ended).rejects.toMatchObject({ code: 7 })
  const { length } = readFileSync(file, 'utf8')
  expect(length).toBeGreaterThan(1_000)
  expect(length).toBeLessThanOrEqual(8 * 1024)
})

test('whatever values hold, a line is one line, moves no terminal, and says the same', () => {
  const signs = fc.constantFrom(
    '\n',
    '\r',
    '\u001b[2J',
    '\u009b31m',
    '\u2028',
    '\u202e',
    '\u{e0041}',
    '\u007f',
    '"',
    '\\',
    'é',
    '漢',
  )
  const text = fc
    .array(fc.oneof(signs, fc.string({ unit: 'grapheme' })), { maxLength: 20 })
    .map(parts => parts.join(''))
  fc.assert(
    fc.property(text, text, (value, message) => {
      const lines: string[] = []
      const log = pino({ hooks: { streamWrite: harmless } }, { write: line => void lines.push(line) })
      log.error({ value }, message)
      const [line = ''] = lines
      expect(line.slice(0, -1)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
      expect(line.at(-1)).toBe('\n')
      expect(JSON.parse(line)).toMatchObject({ value, msg: message })
    }),
  )
})

test('the log of a process is written so', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'dealwright-log-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const program = path.join(folder, 'process.mts')
  const log = `import { processLog } from '${path.join(import.meta.dirname, 'log.ts')}'\n`
  writeFileSync(
    program,
    `${log}processLog('server').info({ name: 'a\\n{"msg":"forged"}\\u009b2J\\u202e' }, 'received')`,
  )
  const { stdout } = await run(process.execPath, ['--import', import.meta.resolve('tsx'), program])
  expect(stdout.split('\n')).toHaveLength(2)
  expect(stdout).not.toMatch(/[\u0080-\u009f\u202e]/)
})

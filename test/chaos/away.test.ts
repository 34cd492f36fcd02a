/** The database goes away, or has no room, between the mail server's word and the record of it. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { approvedMail, current } from '../gate/mails.ts'
import { startSystem, type System } from '../support/system.ts'

let system: System
beforeAll(async () => {
  system = await startSystem()
})
afterAll(() => system.close())

/** Nobody but the superuser gets in, and whoever is in is thrown out. */
async function closeDatabase(): Promise<void> {
  const { name } = system.database
  await system.admin.run(`alter database ${name} connection limit 0`)
  await system.admin.run(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid() and usename like 'dealwright%'`,
    [name],
  )
}

const openDatabase = () => system.admin.run(`alter database ${system.database.name} connection limit -1`)

test('the worker that knows that a mail left says so when the database is back: it does not become uncertain', async () => {
  const mail = await approvedMail(system, await system.lead('Sent While Away'))
  system.mail.onText(closeDatabase)
  const performing = system.activities.perform(mail)
  await sleep(3_000)
  await openDatabase()
  expect((await performing).status).toBe('done')
  expect(system.mail.taken).toHaveLength(1)
  const { status, failureCode } = await current(system, mail)
  expect([status, failureCode]).toEqual(['done', null])
})

test('nor when the database has no room for the record yet', async () => {
  const mail = await approvedMail(system, await system.lead('Sent On A Full Disk'))
  await system.admin.run(`create function no_room() returns trigger language plpgsql as
    $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$`)
  system.mail.onText(async () => {
    await system.admin.run('create trigger no_room before insert on effect for each row execute function no_room()')
  })
  const performing = system.activities.perform(mail)
  await sleep(3_000)
  expect((await current(system, mail)).status).toBe('claimed')
  await system.admin.run('drop trigger no_room on effect')
  expect((await performing).status).toBe('done')
  expect(system.mail.taken.filter(taken => taken.to.some(to => to.startsWith('sent-on-a-full-disk')))).toHaveLength(1)
})

/**
 * Records histories of the sample world's runs into this folder, to be replayed for ever after: `npx tsx test/histories/record.ts v1`.
 * A name that is taken is not written over: what was recorded is what runs out there may look like.
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client, Connection } from '@temporalio/client'
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js'
import type { Db } from '../../db/sql.ts'
import { readConfig } from '../../scripts/config.ts'
import { openHome } from '../../scripts/home.ts'
import { startAll, type Up } from '../../scripts/up.ts'
import { loadWorld } from '../../scripts/world/load.ts'
import { staffDesk } from '../../scripts/world/people-at-work.ts'
import { hideOwnServers, openServerDb, sampleKeys, startSample } from '../../scripts/world/sample.ts'
import { untilSettled } from '../../scripts/world/settled.ts'

/** Which run of a settled world each file shows. */
const WANTED: Record<string, string> = {
  'inbound-lead-answered': `select 'run/' || id as id from run where playbook = 'inbound-lead' and outcome = 'answered'`,
  'inbound-lead-waiting': `select 'run/' || id as id from run where playbook = 'inbound-lead' and current_key like 'reply#%'`,
  'inbound-lead-stopped': `select 'run/' || id as id from run where playbook = 'inbound-lead' and outcome = 'stopped'`,
  'inbound-lead-not-a-fit': `select 'run/' || id as id from run where playbook = 'inbound-lead' and outcome = 'not_a_fit'`,
  'reply-received-answered': `select 'run/' || id as id from run where playbook = 'reply-received' and outcome = 'answered'`,
  'reply-received-closed': `select 'run/' || id as id from run where playbook = 'reply-received' and outcome = 'closed'`,
  intake: `select 'intake/' || id as id from message where direction = 'in' and read_at is not null and action_id is null and created_at > (select min(started_at) from run)`,
}

async function main(version: string | undefined): Promise<void> {
  if (!version || !/^v\d+$/.test(version)) throw new Error('say which version is recorded, as in: record.ts v1')
  const folder = mkdtempSync(path.join(tmpdir(), 'dealwright-record-'))
  const home = openHome({ ...process.env, DEALWRIGHT_HOME: folder })
  const sample = await startSample({ home, seed: 'histories', leads: 24, now: new Date() })
  Object.assign(process.env, sample.env)
  hideOwnServers(process.env)
  const up = await startAll({
    home,
    config: readConfig(),
    what: 'record',
    say: () => {},
    sandboxSmtpUrl: sample.mail.smtpUrl,
  })
  const db = openServerDb(up.urls.ownerUrl)
  try {
    await loadWorld(db, sample.world)
    const desk = staffDesk(sample.world, up.serverUrl, await sampleKeys(db, sample.world))
    await untilSettled(db, {
      limitMs: 300_000,
      busy: async () => {
        await sample.mail.idle()
        return false
      },
    })
    await desk.stop()
    await write(version, db, up)
    await unsubscribeOne(db, up)
    await write(version, db, up)
  } finally {
    await db.close()
    await up.stop()
    await sample.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Somebody who was written to and has not answered follows the link in the mail: what stops a run from outside. */
async function unsubscribeOne(db: Db, up: Up): Promise<void> {
  const row = await db.row<{ id: string; url: string }>(
    `select r.id, a.content->>'unsubscribeUrl' as url from run r join action a on a.run_id = r.id
     where r.playbook = 'inbound-lead' and r.current_key like 'reply#%' and a.status = 'done' and a.kind = 'send_mail' limit 1`,
  )
  if (!row) return
  await fetch(new URL(new URL(row.url).pathname, up.serverUrl), { method: 'POST' })
  const ended = () => db.row('select 1 from run where id = $1 and ended_at is not null', [row.id])
  for (let tries = 0; tries < 100 && !(await ended()); tries++) await sleep(200)
}

async function write(version: string, db: Db, up: Up): Promise<void> {
  const connection = await Connection.connect({ address: up.temporalAddress })
  const client = new Client({ connection, namespace: 'default' })
  for (const [name, sql] of Object.entries(WANTED)) {
    const file = path.join(import.meta.dirname, `${name}.${version}.json`)
    const row = await db.row<{ id: string }>(`${sql} limit 1`)
    if (!row) console.error(`${name}: this world has no such run (yet)`)
    else if (!existsSync(file)) {
      const history = await client.workflow.getHandle(row.id).fetchHistory()
      writeFileSync(file, `${JSON.stringify(JSON.parse(historyToJSON(history)), null, 1)}\n`)
      console.error(`${path.basename(file)}: ${history.events?.length} events`)
    }
  }
  await connection.close()
}

await main(process.argv[2])
process.exit(0)

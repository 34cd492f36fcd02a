/** A small installation for the command's tests: people, a lead with a fact, mails that wait, and a server that decides. */
import { generateKeyPairSync } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { pino } from 'pino'
import { openDb, type Db } from '../../db/sql.ts'
import { propose } from '../../db/stores/actions.ts'
import { storeFacts, storeSource } from '../../db/stores/evidence.ts'
import { receiveLead } from '../../db/stores/new-lead.ts'
import { ensureOrganisation, ensurePipeline, ensureUser, userByEmail } from '../../db/stores/people.ts'
import { publishShipped } from '../../scripts/shipped.ts'
import { serverPorts } from '../../scripts/processes/ports.ts'
import { createApp } from '../../server/app.ts'
import { createDecider } from '../../server/decider.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { TOKEN } from './cli.ts'

export interface CliWorld {
  database: TestDatabase
  db: Db
  port: number
  leadId: string
  sourceId: string
  /** Makes one more action that waits for a person; somebody's, by their address. */
  waiting: (key: string, owner?: string) => Promise<{ id: string; hash: string }>
  close: () => Promise<void>
}

export const PAGE = 'Acme Widgets makes widgets.\nWe employ 240 people in Graz.'
export const QUOTE = 'We employ 240 people'

export async function startCliWorld(): Promise<CliWorld> {
  const database = await createTestDatabase()
  const db = openDb(database.serverUrl, { max: 5 })
  const ids = await fill(db)
  const log = pino({ level: 'silent' })
  const { privateKey } = generateKeyPairSync('ed25519')
  const decider = createDecider(db, privateKey, log)
  const app = createApp({
    db,
    privateKey,
    ports: serverPorts(db),
    localToken: TOKEN,
    temporalUi: null,
    log,
  })
  const http = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 })
  await new Promise<void>(resolve => http.once('listening', resolve))
  return {
    database,
    db,
    port: (http.address() as AddressInfo).port,
    ...ids,
    waiting: async (key, owner) => {
      const made = await wait(db, key, ids.leadId, owner)
      await decider()
      return made
    },
    async close() {
      await new Promise(resolve => http.close(resolve))
      await db.close()
      await database.drop()
    },
  }
}

async function fill(db: Db): Promise<{ leadId: string; sourceId: string }> {
  await publishShipped(db, 'test')
  return db.tx(async tx => {
    await ensureOrganisation(tx, {
      name: 'Ours',
      domain: 'ours.example',
      currency: 'EUR',
      zone: 'UTC',
      country: null,
      address: null,
    })
    await ensurePipeline(tx, 'Sales', [{ name: 'discovery', kind: 'open', probability: 0.1 }])
    const person = { zone: 'UTC', team: 'Sales' }
    await ensureUser(tx, { ...person, name: 'Rita Rep', email: 'rita@ours.example', role: 'rep' })
    await ensureUser(tx, { ...person, name: 'Max Manager', email: 'max@ours.example', role: 'manager' })
    await ensureUser(tx, { ...person, name: 'Olga Ops', email: 'olga@ours.example', role: 'ops' })
    const company = { name: 'Acme Widgets', domain: 'acme.example', employees: 240 }
    const { id: leadId } = await receiveLead(tx, {
      key: 'one',
      source: 'form',
      name: 'Ann Lee',
      email: 'ann@acme.example',
      company,
    })
    await receiveLead(tx, {
      key: 'two',
      source: 'form',
      name: 'Ann Leeds',
      email: 'leeds@other.example',
      company: null,
    })
    await receiveLead(tx, {
      key: 'three',
      source: 'form',
      name: 'No Company',
      email: 'someone@gmail.com',
      company: null,
    })
    const lead = await tx.row<{ accountId: string }>('select account_id from lead where id = $1', [leadId])
    const accountId = lead?.accountId ?? ''
    const sourceId = await storeSource(tx, {
      key: 'page:test',
      kind: 'page',
      url: 'https://acme.example/about',
      text: PAGE,
      accountId,
      fetchedAt: new Date('2026-03-02T10:00:00Z'),
    })
    const start = PAGE.indexOf(QUOTE)
    const place = { sourceId, quote: QUOTE, start, end: start + QUOTE.length }
    await storeFacts(tx, [
      { accountId, kind: 'employees', value: '240', ...place, by: 'rules', observedAt: new Date() },
    ])
    return { leadId, sourceId }
  })
}

async function wait(db: Db, key: string, leadId: string, owner?: string): Promise<{ id: string; hash: string }> {
  return db.tx(async tx => {
    const ownerId = owner === undefined ? null : ((await userByEmail(tx, owner))?.id ?? null)
    const content = { status: 'nurture', note: key }
    const action = await propose(tx, {
      key,
      kind: 'set_lead_status',
      leadId,
      ownerId,
      summary: `park Ann Lee (${key})`,
      content,
      by: 'code',
      mustAsk: true,
      reliedOn: [],
    })
    return { id: action.id, hash: action.contentHash }
  })
}

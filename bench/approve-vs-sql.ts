/**
 * `approve_vs_sql`: approvals a second through the HTTP API at 20 clients, each a person with a key of their own, over the same transaction
 * by hand-written SQL from 20 connections: the same rows locked, read and written, both signatures on both sides. What the API does besides
 * (HTTP, sign-in by key, rights, the answer) stands on its side alone. In turn, medians; the API runs in a process of its own.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Client } from 'pg'
import { Agent, request } from 'undici'
import { openDb } from '../db/sql.ts'
import { keyId, privateKeyFrom } from '../domain/gate/decision.ts'
import { ensureKeys } from '../scripts/home.ts'
import { startNodePart } from '../scripts/services/node-part.ts'
import { approveByHand, signing } from './support/approving/by-hand.ts'
import { approvers, mailsFor, type Approver } from './support/approving/world.ts'
import { cpuOf, spent } from './support/cpu.ts'
import { median, round, seconds } from './support/measure.ts'
import { withPostgres, type Scratch } from './support/scratch.ts'
import type { BenchOptions, Ratio } from './support/types.ts'

const CLIENTS = 20

export function approveVsSql({ quick, say }: BenchOptions): Promise<Ratio> {
  return measureApproveVsSql(quick ? 10 : 30, quick ? 3 : 7, say)
}

/** @param each approvals of one client in one round */
export function measureApproveVsSql(each: number, rounds: number, say: BenchOptions['say']): Promise<Ratio> {
  return withPostgres(async scratch => {
    const { home, pid } = scratch
    ensureKeys(home)
    const key = privateKeyFrom(readFileSync(home.privateKey, 'utf8'))
    const { serverUrl } = await scratch.database('bench')
    const db = openDb(serverUrl, { max: 2, name: 'bench' })
    const server = await startServer(scratch, serverUrl)
    const agent = new Agent({ connections: CLIENTS })
    const connections = Array.from({ length: CLIENTS }, () => new Client({ connectionString: serverUrl }))
    try {
      await Promise.all(connections.map(client => client.connect()))
      const people = await approvers(db, CLIENTS)
      const signer = signing(key, keyId(key))
      const url = server.ready.url ?? ''
      const ours: number[] = []
      const theirs: number[] = []
      let cpu = {}
      const count = CLIENTS * each
      const look = () => cpuOf(home, { server: server.pid, Postgres: pid })
      for (let n = 0; n <= rounds; n++) {
        const mails = await Promise.all(people.map(({ id }) => mailsFor(db, id, each * 2, key)))
        const start = await look()
        const api = await seconds(() =>
          inParallel(mails, 0, each, (id, who) => approveByApi(agent, url, id, people[who] as Approver)),
        )
        const between = await look()
        const sql = await seconds(() =>
          inParallel(mails, each, each, (id, who) =>
            approveByHand(connections[who] as Client, id, people[who]?.id ?? '', signer),
          ),
        )
        cpu = { api: spent(start, between, count), sql: spent(between, await look(), count) }
        say(`${count} approvals: ${round(api, 2)} s, by hand ${round(sql, 2)} s`)
        if (n === 0) continue
        ours.push(count / api)
        theirs.push(count / sql)
      }
      return {
        name: 'approve_vs_sql',
        value: round(median(ours.map((rate, n) => rate / (theirs[n] ?? Number.NaN)))),
        goal: 0.25,
        detail: {
          clients: CLIENTS,
          approvalsARound: count,
          rounds,
          signatures: 'on both sides',
          approvalsPerSecond: Math.round(median(ours)),
          byHandPerSecond: Math.round(median(theirs)),
          cpuMillisecondsAnApproval: cpu,
        },
      }
    } finally {
      await server.stop()
      await agent.close()
      await Promise.all(connections.map(client => client.end()))
      await db.close()
    }
  })
}

const startServer = ({ home }: Scratch, databaseUrl: string) =>
  startNodePart(
    path.join(import.meta.dirname, 'support', 'approving', 'server.ts'),
    {
      home: home.folder,
      databaseUrl,
      temporal: { address: '', namespace: '' },
      queuePrefix: '',
      publicUrl: '',
      publicKeyFile: home.publicKey,
      privateKeyFile: home.privateKey,
      erasureKey: '',
    },
    path.join(home.logs, 'api-server.log'),
  )

/** Every client works through its own list, one after the other. */
async function inParallel(
  lists: readonly string[][],
  from: number,
  count: number,
  work: (id: string, client: number) => Promise<void>,
): Promise<void> {
  await Promise.all(
    lists.map(async (ids, client) => {
      for (const id of ids.slice(from, from + count)) await work(id, client)
    }),
  )
}

async function approveByApi(agent: Agent, url: string, id: string, { apiKey }: Approver): Promise<void> {
  const { statusCode, body } = await request(`${url}/api/actions/${id}/approve`, {
    dispatcher: agent,
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: '{}',
  })
  const text = await body.text()
  if (statusCode !== 200) throw new Error(`an approval was answered with ${statusCode}: ${text}`)
}

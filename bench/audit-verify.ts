/**
 * `audit_verify`: events verified a second (read from the database, hashed seal by seal, compared with the signed checkpoints), over a bare
 * SHA-256 pass of the same bytes: one digest over all of them, in memory. That is the hard reading, and the literal one: a pass over bytes
 * knows nothing of events. The baseline reads no database, and reading is nearly all that verifying costs. Beside it stand the softer
 * readings: one digest an event, which measures how fast Node makes digests; and the same pass over the bytes where they lie, in the
 * database, on one connection.
 */
import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { openDb, type Db } from '../db/sql.ts'
import { eventBytes, eventsIn, type EventBytes } from '../db/stores/audit-bytes.ts'
import { keyId } from '../domain/gate/decision.ts'
import { createSealer } from '../server/audit/sealer.ts'
import { verifyAudit } from '../server/audit/verify.ts'
import { median, round, seconds } from './support/measure.ts'
import { withPostgres } from './support/scratch.ts'
import type { BenchOptions, Ratio } from './support/types.ts'

const ROUNDS = 5

export function auditVerify({ quick, say }: BenchOptions): Promise<Ratio> {
  return measureAuditVerify(quick ? 30_000 : 300_000, say)
}

export function measureAuditVerify(events: number, say: BenchOptions['say']): Promise<Ratio> {
  return withPostgres(async scratch => {
    const { serverUrl } = await scratch.database('bench')
    const db = openDb(serverUrl, { max: 5, name: 'bench' })
    try {
      return await measure(db, scratch.home.checkpoints, events, say)
    } finally {
      await db.close()
    }
  })
}

async function measure(db: Db, file: string, events: number, say: (line: string) => void): Promise<Ratio> {
  const { privateKey } = generateKeyPairSync('ed25519')
  const publicKey = createPublicKey(privateKey)
  await fill(db, events)
  const seal = createSealer({ db, key: privateKey, checkpoints: file })
  while ((await seal()) > 0);
  const verifying: number[] = []
  const eachDigest: number[] = []
  const oneDigest: number[] = []
  const inPlace: number[] = []
  say(`${events} events, ${ROUNDS} rounds`)
  for (let n = 0; n < ROUNDS; n++) {
    const start = performance.now()
    const found = await verifyAudit(db, file, new Map([[keyId(publicKey), publicKey]]))
    verifying.push((performance.now() - start) / 1_000)
    if (!found.ok || found.events !== events) throw new Error(`verified ${found.events} of ${events} events`)
    const chunks: EventBytes[] = []
    inPlace.push(
      await seconds(async () => {
        const hash = createHash('sha256')
        for await (const chunk of eventBytes(db, 0, Number.MAX_SAFE_INTEGER)) {
          hash.update(chunk.bytes)
          chunks.push(chunk)
        }
        hash.digest()
      }),
    )
    eachDigest.push(
      await seconds(() => {
        for (const chunk of chunks) for (const { bytes } of eventsIn(chunk)) createHash('sha256').update(bytes).digest()
      }),
    )
    oneDigest.push(
      await seconds(() => {
        const hash = createHash('sha256')
        for (const { bytes } of chunks) hash.update(bytes)
        hash.digest()
      }),
    )
  }
  const took = median(verifying)
  return {
    name: 'audit_verify',
    value: round(median(oneDigest) / took),
    goal: 0.3,
    detail: {
      events,
      eventsPerSecond: Math.round(events / took),
      baseline: 'one SHA-256 digest over all the bytes, in memory',
      overADigestAnEvent: round(median(eachDigest) / took, 2),
      overThePassInPlace: round(median(inPlace) / took, 2),
    },
  }
}

/** Decisions as they are: ids and hashes at random. */
async function fill(db: Db, events: number): Promise<void> {
  await db.run(
    `insert into audit_event (actor, type, target, target_id, run_id, data)
     select 'user:' || gen_random_uuid(), 'action.approved', 'action', gen_random_uuid()::text, gen_random_uuid(),
       jsonb_build_object('hash', encode(sha256(n::text::bytea), 'hex'), 'rule', 'mails ask their owner')
     from generate_series(1, $1::int) n`,
    [events],
  )
}

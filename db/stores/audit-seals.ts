/**
 * Seals of the audit trail: batches of events in the order of their ids, each under a hash that covers the one before. No writer waits for
 * it: a batch ends where no smaller id can come any more. An id is taken after its transaction has its number (migration 50); so once every
 * transaction that is older than one begun after an id was taken has ended, all ids up to that one are there, or never will be.
 */
import { BEFORE_THE_FIRST, eventMark, sealHash, type Seal } from '../../domain/audit/checkpoint.ts'
import { must, type Db, type Sql, type Tx } from '../sql.ts'
import { eventBytes, eventsIn, ID_END } from './audit-bytes.ts'

/** Up to which id the trail was written when the mark was set, and the transaction that set it. */
export interface Mark {
  lastId: number
  transaction: string
}

export async function markTrail(db: Db): Promise<Mark> {
  return db.tx(async tx => {
    const row = await tx.row<{ lastId: number | null }>(
      `select pg_sequence_last_value('audit_event_id_seq'::regclass) as last_id`,
    )
    // After the id was read: whoever took one up to it has a smaller number.
    const now = await tx.row<{ transaction: string }>('select pg_current_xact_id()::text as transaction')
    return { lastId: row?.lastId ?? 0, transaction: now?.transaction ?? '0' }
  })
}

/** Whether all transactions from before the mark have ended. */
export async function isFinal(sql: Sql, mark: Mark): Promise<boolean> {
  const row = await sql.row<{ over: boolean }>(
    'select pg_snapshot_xmin(pg_current_snapshot()) >= $1::text::xid8 as over',
    [mark.transaction],
  )
  return row?.over === true
}

const SEAL = 'seal, last_id, events, hash'

export const newestSeal = (sql: Sql): Promise<Seal | null> =>
  sql.row<Seal>(`select ${SEAL} from audit_seal order by seal desc limit 1`)

/** In order, from the one behind `after`. */
export const sealsAfter = (sql: Sql, after: number, limit: number): Promise<Seal[]> =>
  sql.rows<Seal>(`select ${SEAL} from audit_seal where seal > $1 order by seal limit $2`, [after, limit])

/** How many events the seals up to this one cover. */
export async function eventsUpTo(sql: Sql, seal: number): Promise<number> {
  const row = await sql.row<{ n: number }>(
    'select coalesce(sum(events), 0)::bigint as n from audit_seal where seal <= $1',
    [seal],
  )
  return row?.n ?? 0
}

export async function marksOf(sql: Sql, seal: number): Promise<Map<number, string>> {
  const { marks } = await must(
    'seal',
    String(seal),
    sql.row<{ marks: Buffer }>('select marks from audit_seal where seal = $1', [seal]),
  )
  const all = new Map<number, string>()
  for (let at = 0; at + MARK <= marks.length; at += MARK)
    all.set(Number(marks.readBigInt64BE(at)), marks.toString('hex', at + 8, at + MARK))
  return all
}
const MARK = 24

/** Where the next batch of at most `most` events ends, not beyond `upTo`; null when there is nothing to seal. */
export async function batchEnd(sql: Sql, after: number, upTo: number, most: number): Promise<number | null> {
  const row = await sql.row<{ id: number | null }>(
    `select max(id) as id from (select id from audit_event where id > $1 and id <= $2 order by id limit $3) batch`,
    [after, upTo, most],
  )
  return row?.id ?? null
}

/** The seal over the events behind `head` up to `lastId`, and their marks. */
export async function makeSeal(db: Db, head: Seal | null, lastId: number): Promise<Seal & { marks: Buffer }> {
  const seal = (head?.seal ?? 0) + 1
  const hash = sealHash(head?.hash ?? BEFORE_THE_FIRST, { seal })
  const marks: Buffer[] = []
  for await (const chunk of eventBytes(db, head?.lastId ?? 0, lastId)) {
    hash.update(chunk.bytes)
    for (const { id, bytes } of eventsIn(chunk)) marks.push(markOf(id), eventMark(bytes.subarray(ID_END)))
  }
  return { seal, lastId, events: marks.length / 2, hash: hash.end(), marks: Buffer.concat(marks) }
}

function markOf(id: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64BE(BigInt(id))
  return bytes
}

/** A second seal with the number is refused by its key. */
export async function storeSeal(
  tx: Tx,
  { seal, lastId, events, hash, marks }: Seal & { marks: Buffer },
): Promise<void> {
  await tx.run('insert into audit_seal (seal, last_id, events, hash, marks) values ($1, $2, $3, $4, $5)', [
    seal,
    lastId,
    events,
    hash,
    marks,
  ])
}

/**
 * Audit events as bytes: Postgres' binary COPY form of a row, which depends on no setting of the connection. What is hashed is what is
 * stored, column by column.
 */
import { to as copyTo } from 'pg-copy-streams'
import type { Db } from '../sql.ts'

/** Some hundred events, whole and without gaps between them, in the order of their ids. */
export interface EventBytes {
  bytes: Buffer
  count: number
}

/** Behind it begins what is not the id: the number of columns (2 bytes), the id's length (4) and the id (8). */
export const ID_END = 14
const HEADER = 19

/** Events with `after` < id <= `upTo`, in order. */
export async function* eventBytes(db: Db, after: number, upTo: number): AsyncGenerator<EventBytes> {
  if (!Number.isSafeInteger(after) || !Number.isSafeInteger(upTo)) throw new TypeError('ids are whole numbers')
  const client = await db.pool.connect()
  let whole = false
  try {
    const stream = client.query(
      copyTo(
        `copy (select id, at, actor, type, target, target_id, run_id, data from audit_event
           where id > ${after} and id <= ${upTo} order by id) to stdout (format binary)`,
      ),
    )
    let rest: Buffer = Buffer.alloc(0)
    let begun = false
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      let bytes: Buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
      if (!begun && bytes.length >= HEADER) {
        begun = true
        bytes = bytes.subarray(HEADER)
      }
      let [end, count] = [0, 0]
      if (begun)
        for (let next = rowEnd(bytes, 0); next !== null; next = rowEnd(bytes, end)) {
          end = next
          count += 1
        }
      rest = bytes.subarray(end)
      if (count > 0) yield { bytes: bytes.subarray(0, end), count }
    }
    whole = true
  } finally {
    // A copy that was left half read holds its connection.
    client.release(!whole)
  }
}

/** Each event's id, and its bytes. */
export function* eventsIn({ bytes }: EventBytes): Generator<{ id: number; bytes: Buffer }> {
  let start = 0
  for (let end = rowEnd(bytes, 0); end !== null; end = rowEnd(bytes, start)) {
    yield { id: Number(bytes.readBigInt64BE(start + 6)), bytes: bytes.subarray(start, end) }
    start = end
  }
}

/** Null where the row is not whole, or where the end mark (-1 columns) stands. */
function rowEnd(bytes: Buffer, start: number): number | null {
  if (start + 2 > bytes.length) return null
  const columns = bytes.readInt16BE(start)
  if (columns < 0) return null
  let at = start + 2
  for (let n = 0; n < columns; n++) {
    if (at + 4 > bytes.length) return null
    // -1: null
    at += 4 + Math.max(0, bytes.readInt32BE(at))
  }
  return at <= bytes.length ? at : null
}

/** What messages said of deals, with the sentence that says so. */
import { sha256 } from '../../domain/gate/canonical.ts'
import type { Json } from '../../domain/playbook/types.ts'
import { json, type Sql, type Tx } from '../sql.ts'

export interface DealReading {
  messageId: string
  sourceId: string
  contactId: string | null
  field: 'amount' | 'close_date' | 'stage' | 'next_step' | 'decision_maker'
  /** amount: {minor, currency}; close_date: ISO day; the others: text */
  value: Json
  quote: string
  start: number
  end: number
  by: 'model' | 'rules'
}

export async function storeDealReadings(tx: Tx, readings: DealReading[]): Promise<void> {
  for (const one of readings) {
    await tx.run(
      `insert into deal_reading (key, message_id, source_id, contact_id, field, value, quote, start, "end", by) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)
       on conflict (key) do nothing`,
      [
        sha256([one.messageId, one.field, JSON.stringify(one.value), one.start].join('|')),
        one.messageId,
        one.sourceId,
        one.contactId,
        one.field,
        json(one.value),
        one.quote,
        one.start,
        one.end,
        one.by,
      ],
    )
  }
}

/** Readings of one message. */
export async function dealReadings(sql: Sql, messageId: string): Promise<DealReading[]> {
  return sql.rows<DealReading>(
    'select message_id, source_id, contact_id, field, value, quote, start, "end", by from deal_reading where message_id = $1 order by start, field',
    [messageId],
  )
}

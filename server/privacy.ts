/** Personal data on request: given to the person, or erased with a signed receipt. */
import { randomUUID, sign, type KeyObject } from 'node:crypto'
import { canonical } from '../domain/gate/canonical.ts'
import { keyId } from '../domain/gate/decision.ts'
import { json, must, type Db, type Sql } from '../db/sql.ts'
import { audit } from '../db/stores/audit.ts'
import { personDocument, type PersonDocument } from '../db/stores/person-export.ts'
import { erasePerson } from '../db/stores/privacy.ts'

export interface Receipt {
  id: string
  contactId: string
  by: string
  at: string
  /** How many rows, by table. */
  rows: Record<string, number>
  /** Where something is left that a person has to see to. */
  left: { table: string; why: string }[]
  /** What is kept of their addresses: keyed hashes, by which they are known again and not taken in. */
  addressHashes: string[]
  keyId: string
  /** Base64 Ed25519 over all of the above. */
  signature: string
}

const PURPOSE = 'dealwright erasure receipt v1'

/** @throws DealwrightError `not_found`, or `conflict` while a mail to them is on its way */
export async function erase(db: Db, contactId: string, actor: string, key: KeyObject): Promise<Receipt> {
  return db.tx(async tx => {
    const { rows, left, addressHashes } = await erasePerson(tx, contactId)
    const unsigned = {
      id: randomUUID(),
      contactId,
      by: actor,
      at: new Date().toISOString(),
      rows,
      left,
      addressHashes,
      keyId: keyId(key),
    }
    const signature = sign(null, Buffer.from(`${PURPOSE}\n${canonical(unsigned)}`), key).toString('base64')
    await tx.run(
      `insert into erasure (id, contact_id, by, rows, "left", address_hashes, key_id, signature, at) values ($1,$2,$3,$4,$5,$6,$7,$8,$9)`,
      [unsigned.id, contactId, actor, json(rows), json(left), addressHashes, unsigned.keyId, signature, unsigned.at],
    )
    await audit(tx, {
      actor,
      type: 'person.erased',
      target: 'erasure',
      targetId: unsigned.id,
      data: { rows: Object.values(rows).reduce((sum, n) => sum + n, 0), receipt: signature },
    })
    return { ...unsigned, signature }
  })
}

const RECEIPT = 'id, contact_id, by, at, rows, "left", address_hashes, key_id, signature'
type StoredReceipt = Omit<Receipt, 'at'> & { at: Date }
const shown = (stored: StoredReceipt): Receipt => ({ ...stored, at: stored.at.toISOString() })

export async function receiptById(sql: Sql, id: string): Promise<Receipt> {
  return shown(await must('erasure', id, sql.row<StoredReceipt>(`select ${RECEIPT} from erasure where id = $1`, [id])))
}

/** Newest first, 200 at most. */
export async function receipts(sql: Sql): Promise<Receipt[]> {
  return (await sql.rows<StoredReceipt>(`select ${RECEIPT} from erasure order by at desc, id limit 200`)).map(shown)
}

export async function exportPerson(db: Db, contactId: string, actor: string): Promise<PersonDocument> {
  const document = await personDocument(db, contactId)
  const records = Object.values(document).reduce((sum, part) => sum + (Array.isArray(part) ? part.length : 1), 0)
  await audit(db, { actor, type: 'person.exported', target: 'contact', targetId: contactId, data: { records } })
  return document
}

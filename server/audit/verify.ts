/**
 * Verifies the audit trail from its bytes: each seal against its events and the seal before it, each checkpoint against its seal. Finds what
 * was removed, altered, reordered or put in, also by the table's owner with triggers off, up to the last signed checkpoint. What is newer
 * than that is not vouched for by anything outside the database: it is counted as `unsealed`.
 */
import type { KeyObject } from 'node:crypto'
import { eventMark, verifyCheckpoint, type Checkpoint, type Seal } from '../../domain/audit/checkpoint.ts'
import type { Db } from '../../db/sql.ts'
import { eventBytes, eventsIn, ID_END } from '../../db/stores/audit-bytes.ts'
import { marksOf } from '../../db/stores/audit-seals.ts'
import { readCheckpoints } from './checkpoints.ts'
import { walkSeals, type Walked } from './trail.ts'

export interface Broken {
  kind: 'removed' | 'altered' | 'reordered' | 'added' | 'seal' | 'checkpoint'
  /** Of the event; null where it is a seal or a checkpoint that does not hold. */
  id: number | null
  seal: number | null
  why: string
}

export interface Verification {
  ok: boolean
  /** How many events stand as they were signed. */
  events: number
  /** The first thousand; empty when `ok`. */
  broken: Broken[]
  /** The last one that holds: the window in which nothing went unnoticed ends at its `lastId`. */
  checkpoint: Pick<Checkpoint, 'seal' | 'lastId' | 'events' | 'at'> | null
  /** Events behind it, of which nothing outside the database knows yet. */
  unsealed: number
}

const MOST = 1_000

/** @param keys the public keys that checkpoints may be signed with, by key id */
export async function verifyAudit(db: Db, file: string, keys: ReadonlyMap<string, KeyObject>): Promise<Verification> {
  const { signed, broken } = signedCheckpoints(file, keys)
  let last: Checkpoint | null = null
  let standing = 0
  let events = 0
  for await (const walked of walkSeals(db)) {
    const { seal, holds } = walked
    const checkpoint = signed.get(seal.seal)
    signed.delete(seal.seal)
    const problems = [...missingBefore(walked), ...(holds ? [] : await whatChanged(db, walked))]
    if (checkpoint && (checkpoint.hash !== seal.hash || checkpoint.lastId !== seal.lastId))
      problems.push(
        sealProblem(seal.seal, `is not the one that was signed on ${checkpoint.at}: written anew, it or one before it`),
      )
    broken.push(...problems)
    if (holds) standing += seal.events
    if (checkpoint && problems.length === 0) {
      last = checkpoint
      events = standing
    }
  }
  for (const gone of signed.values())
    broken.push(sealProblem(gone.seal, `was signed on ${gone.at} and is gone, with the events up to ${gone.lastId}`))
  const unsealed = await db.row<{ n: number }>('select count(*)::int as n from audit_event where id > $1', [
    last?.lastId ?? 0,
  ])
  return {
    ok: broken.length === 0,
    events,
    broken: broken.slice(0, MOST),
    checkpoint: last && { seal: last.seal, lastId: last.lastId, events: last.events, at: last.at },
    unsealed: unsealed?.n ?? 0,
  }
}

const sealProblem = (seal: number, why: string): Broken => ({ kind: 'seal', id: null, seal, why })

function signedCheckpoints(
  file: string,
  keys: ReadonlyMap<string, KeyObject>,
): { signed: Map<number, Checkpoint>; broken: Broken[] } {
  const { checkpoints, unreadable } = readCheckpoints(file)
  const problem = (seal: number | null, why: string): Broken => ({ kind: 'checkpoint', id: null, seal, why })
  const broken = unreadable.map(line => problem(null, `line ${line} of ${file} is no checkpoint`))
  const signed = new Map<number, Checkpoint>()
  for (const checkpoint of checkpoints) {
    const key = keys.get(checkpoint.keyId)
    if (key === undefined)
      broken.push(problem(checkpoint.seal, `is signed with a key that is not known here (${checkpoint.keyId})`))
    else if (verifyCheckpoint(checkpoint, key)) signed.set(checkpoint.seal, checkpoint)
    else broken.push(problem(checkpoint.seal, 'is not as the server signed it'))
  }
  return { signed, broken }
}

function missingBefore({ seal, before }: Walked): Broken[] {
  const gone: Broken[] = []
  for (let n = (before?.seal ?? 0) + 1; n < seal.seal; n++) gone.push(sealProblem(n, 'is gone'))
  return gone
}

/** Which events of a batch are not those that were sealed, by the marks that the seal kept of them. */
async function whatChanged(db: Db, { seal, before }: Walked): Promise<Broken[]> {
  const then = await marksOf(db, seal.seal)
  const now = await marksNow(db, before, seal)
  const known = new Map([...then].map(([id, mark]) => [mark, id]))
  const found: Broken[] = []
  const add = (kind: Broken['kind'], id: number, why: string) => found.push({ kind, id, seal: seal.seal, why })
  for (const [id, mark] of now) {
    const was = then.get(id)
    const from = known.get(mark)
    if (was === mark) continue
    if (from !== undefined && from !== id && now.get(from) !== mark) add('reordered', id, `was event ${from}`)
    else if (was === undefined) add('added', id, 'was not there when its neighbours were sealed')
    else add('altered', id, 'is not as it was sealed')
  }
  for (const id of then.keys()) if (!now.has(id)) add('removed', id, 'was sealed and is gone')
  return found.length > 0 ? found : [sealProblem(seal.seal, 'does not follow from its events and the seal before it')]
}

async function marksNow(db: Db, before: Seal | null, seal: Seal): Promise<Map<number, string>> {
  const marks = new Map<number, string>()
  for await (const chunk of eventBytes(db, before?.lastId ?? 0, seal.lastId))
    for (const { id, bytes } of eventsIn(chunk)) marks.set(id, eventMark(bytes.subarray(ID_END)).toString('hex'))
  return marks
}

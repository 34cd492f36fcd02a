/**
 * One connection of somebody who looks on. Guaranteed: while the connection stands or is taken up again within a day, each change of a
 * record that one may see is told once, after it happened. Whoever is too late for that is told to read anew (`reset`). Who may see what
 * is asked anew with every batch and every heartbeat; when the session or key no longer counts, the stream says so and ends.
 */
import type { SSEStreamingApi } from 'hono/streaming'
import { DealwrightError } from '../../../domain/errors.ts'
import type { Viewer } from '../../../domain/access/viewer.ts'
import type { Db } from '../../../db/sql.ts'
import { isKept, liveEvents, liveHead, type Position } from '../../../db/stores/live.ts'
import type { LiveHub } from './hub.ts'

const AT_ONCE = 200
/** What a browser waits before it connects again. */
const RETRY_MS = 2_000

export interface LiveOptions {
  db: Db
  hub: LiveHub
  /** Signs in again. @throws DealwrightError when the session or key no longer counts */
  viewer: () => Promise<Viewer>
  /** As in the Last-Event-ID header. */
  after: Position | null
  heartbeatMs: number
}

export async function sendLive(stream: SSEStreamingApi, options: LiveOptions): Promise<void> {
  const { db, hub } = options
  const bell = new Bell()
  const unsubscribe = await hub.subscribe(() => bell.ring())
  stream.onAbort(() => bell.ring())
  try {
    let position = await begin(stream, db, options.after)
    let beat = performance.now() + options.heartbeatMs
    while (!isOver(stream)) {
      bell.reset()
      const viewer = await options.viewer()
      position = await catchUp(stream, db, viewer, position)
      if (isOver(stream)) return
      if (performance.now() >= beat) {
        await stream.writeSSE({ event: 'beat', id: nameOf(position), data: '{}' })
        beat = performance.now() + options.heartbeatMs
      }
      await bell.wait(beat - performance.now())
    }
  } catch (error) {
    const code = error instanceof DealwrightError ? error.code : 'internal'
    await stream.writeSSE({ event: 'end', data: JSON.stringify({ code }) })
  } finally {
    unsubscribe()
  }
}

/** Called afresh, since the other side ends the stream while we wait. */
const isOver = (stream: SSEStreamingApi): boolean => stream.aborted || stream.closed

async function begin(stream: SSEStreamingApi, db: Db, after: Position | null): Promise<Position> {
  const known = after !== null && (await isKept(db, after))
  const position = known ? after : await liveHead(db)
  const event = after !== null && !known ? 'reset' : 'hello'
  await stream.writeSSE({ event, id: nameOf(position), data: '{}', retry: RETRY_MS })
  return position
}

async function catchUp(stream: SSEStreamingApi, db: Db, viewer: Viewer, from: Position): Promise<Position> {
  let position = from
  for (;;) {
    const events = await liveEvents(db, viewer, position, AT_ONCE)
    for (const { tx, id, at, type, target, targetId, visible } of events) {
      position = { tx, id }
      if (isOver(stream)) return position
      if (visible)
        await stream.writeSSE({
          event: 'change',
          id: nameOf(position),
          data: JSON.stringify({ at, type, target, id: targetId }),
        })
    }
    if (events.length < AT_ONCE) return position
  }
}

const nameOf = ({ tx, id }: Position): string => `${tx}-${id}`

/** @throws DealwrightError `bad_input` for what we never gave */
export function positionFrom(lastEventId: string | undefined): Position | null {
  if (lastEventId === undefined || lastEventId === '') return null
  const [, tx, id] = /^(\d{1,19})-(\d{1,15})$/.exec(lastEventId) ?? []
  if (tx === undefined || id === undefined)
    throw new DealwrightError('bad_input', 'Last-Event-ID: is none of ours. Connect without it.')
  return { tx, id: Number(id) }
}

/** Rung while nobody waits, it is heard by the next who does. */
class Bell {
  #rung = false
  #hear: (() => void) | undefined

  ring(): void {
    this.#rung = true
    this.#hear?.()
  }

  reset(): void {
    this.#rung = false
  }

  /** Until it is rung, or the time runs out. */
  async wait(ms: number): Promise<void> {
    if (this.#rung) return
    await new Promise<void>(resolve => {
      const timer = setTimeout(resolve, ms)
      this.#hear = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    this.#hear = undefined
  }
}

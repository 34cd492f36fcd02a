/**
 * The sample world's rep and manager at their desks: they look at what waits for them and decide through the server's API, as real ones
 * would, each with a key of their own.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { decide } from '../../test/world/index.ts'
import type { World } from '../../test/world/index.ts'

interface Shown {
  id: string
  kind: string
  hash: string
  approver: 'owner' | 'manager' | 'ops'
  content: { envelope?: { to: string[] }; subject?: string; text?: string }
}

export interface Desk {
  /** Decisions made so far. */
  readonly decided: { approved: number; edited: number; refused: number }
  stop(): Promise<void>
}

/** `keys`: API key by the world's user id. */
export function staffDesk(world: World, serverUrl: string, keys: Map<string, string>, everyMs = 150): Desk {
  const decided = { approved: 0, edited: 0, refused: 0 }
  const attempts = new Map<string, number>()
  const taken = new Set<string>()
  const stop = new AbortController()

  async function call(userId: string, path: string, body?: object): Promise<{ status: number; json: unknown }> {
    const response = await fetch(`${serverUrl}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${keys.get(userId)}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    return { status: response.status, json: await response.json() }
  }

  async function decideOne(id: string, reader: string): Promise<void> {
    const { json } = await call(reader, `/api/actions/${id}`)
    const action = json as Shown
    const contactEmail = action.content.envelope?.to[0] ?? null
    const attempt = contactEmail ? (attempts.get(contactEmail) ?? 0) : 0
    const { subject, text } = action.content
    const verdict = decide(world, {
      kind: action.kind,
      contactEmail,
      approver: action.approver,
      attempt,
      ...(subject === undefined ? {} : { subject }),
      ...(text === undefined ? {} : { text }),
    })
    const by = await allowed(verdict.by, id, verdict, action)
    if (contactEmail) attempts.set(contactEmail, attempt + 1)
    if (by) decided[by] += 1
  }

  /** The owner decides; where the owner is another, the manager does. */
  async function allowed(
    userId: string,
    id: string,
    verdict: ReturnType<typeof decide>,
    action: Shown,
  ): Promise<keyof typeof decided | null> {
    const manager = world.users.find(user => user.role === 'manager')?.id ?? userId
    const edit = verdict.edit
      ? {
          ...(verdict.edit.subject ? { subject: verdict.edit.subject } : {}),
          body: verdict.edit.text ?? action.content.text ?? '',
        }
      : undefined
    for (const who of new Set([userId, manager])) {
      const { status } =
        verdict.verdict === 'refuse'
          ? await call(who, `/api/actions/${id}/refuse`, { why: verdict.why ?? 'no', hash: action.hash })
          : await call(who, `/api/actions/${id}/approve`, { hash: action.hash, ...(edit ? { edit } : {}) })
      if (status === 200)
        return verdict.verdict === 'refuse' ? 'refused' : verdict.verdict === 'edit' ? 'edited' : 'approved'
      if (status === 409) return null // decided or expired meanwhile
      if (status >= 500) throw new Error(`the server answered ${status}`)
    }
    return null
  }

  async function work(): Promise<void> {
    const reader = world.users.find(user => user.role === 'manager')?.id ?? ''
    while (!stop.signal.aborted) {
      try {
        const { json } = await call(reader, '/api/actions?status=waiting&limit=200')
        const { items = [] } = json as { items?: Shown[] }
        const waiting = items.filter(action => !taken.has(action.id))
        for (const { id } of waiting.toReversed()) {
          await decideOne(id, reader)
          taken.add(id)
        }
      } catch {
        // the server is starting, stopping or without its database: look again
      }
      await sleep(everyMs)
    }
  }
  const working = work()
  return {
    decided,
    async stop() {
      stop.abort()
      await working
    },
  }
}

/** Live updates over real connections: nothing missed, nothing twice, nothing of others, and an end when the key ends. */
import { createServer, connect, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openDb } from '../../db/sql.ts'
import { pruneLive } from '../../db/stores/live.ts'
import { startApi, type TestApi, type Who } from '../support/api.ts'

let api: TestApi
beforeAll(async () => {
  api = await startApi({ heartbeatMs: 300 })
})
afterAll(() => api.close())

interface Heard {
  event: string
  id: string
  data: Record<string, string>
}

const open: Ear[] = []
afterEach(async () => {
  for (const ear of open.splice(0)) await ear.stop()
})

/** Reads one connection until it is told to stop or the other side ends it. */
class Ear {
  readonly heard: Heard[] = []
  readonly #abort = new AbortController()
  #done: Promise<void> = Promise.resolve()
  ended = false

  async start(who: Who, lastEventId?: string, base = api.url): Promise<this> {
    open.push(this)
    const response = await fetch(`${base}/api/live`, {
      headers: {
        authorization: `Bearer ${api.people[who].apiKey}`,
        ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
      },
      signal: this.#abort.signal,
    })
    if (response.status !== 200 || response.headers.get('content-type') !== 'text/event-stream')
      throw new Error(`no live events: ${response.status}`)
    this.#done = this.#read(response)
    await this.until(({ event }) => event === 'hello' || event === 'reset')
    return this
  }

  async #read(response: Response): Promise<void> {
    let text = ''
    try {
      for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
        text += Buffer.from(chunk).toString('utf8')
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
          this.heard.push(eventOf(text.slice(0, end)))
          text = text.slice(end + 2)
        }
      }
    } catch {
      // Broken off: what was heard until then counts.
    }
    this.ended = true
  }

  get changes(): string[] {
    return this.heard.filter(({ event }) => event === 'change').map(({ data }) => data.id ?? '')
  }

  get position(): string {
    return this.heard.findLast(({ id }) => id !== '')?.id ?? ''
  }

  until(what: (heard: Heard) => boolean): Promise<void> {
    return eventually(() => this.heard.some(what))
  }

  async stop(): Promise<void> {
    this.#abort.abort()
    await this.#done
  }
}

function eventOf(block: string): Heard {
  const field = (name: string) =>
    block
      .split('\n')
      .filter(line => line.startsWith(`${name}: `))
      .map(line => line.slice(name.length + 2))
      .join('\n')
  return { event: field('event'), id: field('id'), data: JSON.parse(field('data') || '{}') as Record<string, string> }
}

async function eventually(look: () => boolean): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end; ) {
    if (look()) return
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  throw new Error('waited in vain')
}

async function makeAccount(who: Who, name: string): Promise<string> {
  const { json, status } = await api.call(who, '/api/accounts', { body: { name } })
  expect(status).toBe(200)
  return json.id as string
}

it('tells what happened, after it happened, by its id alone', async () => {
  const ear = await new Ear().start('manager')
  const id = await makeAccount('rep', 'Told')
  await ear.until(({ data }) => data.id === id)
  const told = ear.heard.find(({ data }) => data.id === id)
  expect(told?.data).toEqual({ at: expect.any(String), type: 'account.created', target: 'account', id })
})

it('tells nothing of what one may not see, and goes on behind it', async () => {
  const [stranger, rep] = [await new Ear().start('stranger'), await new Ear().start('rep')]
  const theirs = await makeAccount('rep', 'North alone')
  await api.admin.run('update account set owner_id = $2 where id = $1', [theirs, api.people.rep.id])
  const own = await makeAccount('stranger', 'South alone')
  await api.admin.run('update account set owner_id = $2 where id = $1', [own, api.people.stranger.id])
  await stranger.until(({ data }) => data.id === own)
  await rep.until(({ data }) => data.id === theirs)
  await eventually(() => stranger.heard.some(({ event }) => event === 'beat'))
  expect(stranger.changes).not.toContain(theirs)
  // Who comes back without having heard of it still does not.
  const again = await new Ear().start('stranger', stranger.heard[0]?.id)
  await again.until(({ data }) => data.id === own)
  expect(again.changes).not.toContain(theirs)
})

it('a dropped connection misses nothing and hears nothing twice', async () => {
  const wire = await droppableWire(api.url)
  const heard: string[] = []
  const made: string[] = []
  let ear = await new Ear().start('admin', undefined, wire.url)
  try {
    const making = (async () => {
      for (let n = 0; n < 60; n++) made.push(await makeAccount('manager', `Many ${n}`))
    })()
    for (let drop = 0; drop < 5; drop++) {
      await eventually(() => ear.changes.length >= 3 || made.length === 60)
      wire.drop()
      await eventually(() => ear.ended)
      heard.push(...ear.changes)
      ear = await new Ear().start('admin', ear.position, wire.url)
    }
    await making
    await ear.until(({ data }) => data.id === made.at(-1))
    heard.push(...ear.changes)
    expect(heard.filter(id => made.includes(id))).toEqual(made)
  } finally {
    await wire.close()
  }
})

it('what commits late is told, though what began after it was told first', async () => {
  const ear = await new Ear().start('admin')
  const slow = openDb(api.database.serverUrl, { max: 1 })
  const early = '00000000-0000-4000-8000-000000000001'
  const late = '00000000-0000-4000-8000-000000000002'
  const tell = `insert into audit_event (actor, type, target, target_id, data) values ('server', 'account.created', 'account', $1, '{}')`
  try {
    await slow.tx(async tx => {
      await tx.run(tell, [early])
      await api.db.run(tell, [late])
      // Others' changes wait for it: a position behind them would lose it.
      await eventually(() => ear.heard.filter(({ event }) => event === 'beat').length >= 2)
      expect(ear.heard.some(({ event }) => event === 'change')).toBe(false)
    })
    const seen = await makeAccount('admin', 'Afterwards')
    await ear.until(({ data }) => data.id === seen)
    const rows = await api.admin.rows<{ targetId: string }>(
      'select target_id from live_event where target_id = any($1) order by tx, id',
      [[early, late]],
    )
    expect(rows.map(({ targetId }) => targetId)).toEqual([early, late])
  } finally {
    await slow.close()
  }
})

describe('a key that ends', () => {
  it.each([
    ['is revoked', `update api_key set revoked_at = now() where user_id = $1`],
    ['runs out', `update api_key set expires_at = now() - interval '1 second' where user_id = $1`],
    ['loses its user', `update "user" set active = false where id = $1`],
  ])('because it %s ends the stream', async (_why, sql) => {
    const ear = await new Ear().start('colleague')
    await api.admin.run(sql, [api.people.colleague.id])
    await makeAccount('admin', 'Not for the gone')
    await ear.until(({ event }) => event === 'end')
    await eventually(() => ear.ended)
    expect(ear.heard.at(-1)).toMatchObject({ event: 'end', data: { code: 'not_signed_in' } })
    expect(ear.changes).toEqual([])
    await api.admin.run(
      `update api_key set revoked_at = null, expires_at = now() + interval '1 hour' where user_id = $1`,
      [api.people.colleague.id],
    )
    await api.admin.run('update "user" set active = true where id = $1', [api.people.colleague.id])
  })
})

it('who was away for too long is told to read anew', async () => {
  const ear = await new Ear().start('admin')
  await makeAccount('admin', 'Before')
  await eventually(() => ear.changes.length > 0)
  const position = ear.position
  await makeAccount('admin', 'Long ago 1')
  await makeAccount('admin', 'Long ago 2')
  await api.admin.run(`update live_event set at = now() - interval '2 days'`)
  await makeAccount('admin', 'Now')
  expect(await pruneLive(api.db)).toBeGreaterThan(0)
  const late = await new Ear().start('admin', position)
  expect(late.heard[0]?.event).toBe('reset')
  const current = await new Ear().start('admin', late.position)
  expect(current.heard[0]?.event).toBe('hello')
})

it('a position that is none of ours is refused', async () => {
  expect(await api.call('admin', '/api/live', { headers: { 'last-event-id': '1; drop table' } })).toMatchObject({
    status: 400,
    json: { code: 'bad_input' },
  })
})

/** A wire that can be cut, as networks do. */
async function droppableWire(url: string) {
  const { hostname, port } = new URL(url)
  const sockets = new Set<Socket>()
  const server = createServer(here => {
    const there = connect(Number(port), hostname)
    for (const socket of [here, there]) {
      sockets.add(socket)
      socket.on('error', () => {}).on('close', () => sockets.delete(socket))
    }
    here.pipe(there).pipe(here)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    drop: () => {
      for (const socket of sockets) socket.destroy()
    },
    close: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}

/**
 * Kills parts of a whole installation while leads are under way, lets it come to rest, and looks whether anything was lost or done
 * twice. Seeded: world, order, ways and moments of the kills come of the seed; what is under way at a moment does not.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { standing, untilSettled, type Standing } from '../../scripts/world/settled.ts'
import { createRandom, type Random } from '../world/random.ts'
import { broken, duplicates, outOfStep, runsOf, type Runs } from './checks.ts'
import { persistently, startInstallation, type Installation } from './installation.ts'
import { kill, PARTS, type PartName } from './victims.ts'

export interface ChaosOptions {
  kills: number
  leads: number
  seed: string
  keep?: boolean
  say: (line: string) => void
}

export interface ChaosReport {
  seed: string
  leads: number
  kills: { total: number; byPart: Record<PartName, number>; whileWorking: number; onTopOfAnother: number }
  /** At rest, before anyone settled what was uncertain. */
  runs: Runs
  /** Actions listed as uncertain, in the words of the list. */
  uncertain: string[]
  /** Runs once a person had said what became of those. */
  afterSettling: Runs
  mails: { delivered: number; deliveredTwice: number }
  /** Surplus rows by what they are. */
  duplicates: Record<string, number>
  /** Each broken promise in one line. */
  broken: string[]
  /** From a kill to the next progress, in seconds. */
  recovery: { median: number; longest: number; longestAfter: PartName | null }
  seconds: number
}

/** Longest wait for progress after a kill; later than that, the run is told as stalled. */
const PROGRESS_MS = 120_000
const REST_START_MS = 180_000
const REST_PER_LEAD_MS = 6_000
/** Up to this long after progress comes the next kill. */
const MOMENT_MS = 2_500

export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const began = Date.now()
  const { seed, leads, kills } = options
  const place = await startInstallation({ ...options, say: line => options.say(`  ${line}`) })
  try {
    const death = new Chaos(place, options)
    await death.play()
    const limitMs = REST_START_MS + leads * REST_PER_LEAD_MS
    const wrong: string[] = death.stalls
    if (!(await untilOnlyUncertain(place, limitMs))) wrong.push('it did not come to rest in time')
    const { runs, stuck } = await runsOf(place.db)
    const uncertain = await listedUncertain(place)
    const afterSettling = await settleAll(place, uncertain, limitMs, wrong)
    return {
      seed,
      leads,
      kills: { total: kills, byPart: death.byPart, whileWorking: death.whileWorking, onTopOfAnother: death.onTop },
      runs,
      uncertain: uncertain.map(one => one.summary),
      afterSettling,
      mails: { delivered: place.sample.mail.received.length, deliveredTwice: place.sample.mail.duplicates().length },
      duplicates: await duplicates(place.db),
      broken: [
        ...wrong,
        ...stuck,
        ...(await broken(place.db, place.sample.mail)),
        ...(await outOfStep(place.db, place.up.temporalAddress)),
      ],
      recovery: death.recovery(),
      seconds: Math.round((Date.now() - began) / 1_000),
    }
  } finally {
    await place.stop()
  }
}

export const holds = (report: ChaosReport): boolean =>
  report.broken.length === 0 && report.mails.deliveredTwice === 0 && Object.keys(report.duplicates).length === 0

class Chaos {
  readonly byPart: Record<PartName, number> = { worker: 0, Temporal: 0, Postgres: 0, server: 0 }
  readonly stalls: string[] = []
  whileWorking = 0
  onTop = 0
  readonly #recoveries: { part: PartName; ms: number }[] = []
  readonly #place: Installation
  readonly #options: ChaosOptions
  readonly #random: Random
  #fed = 0

  constructor(place: Installation, options: ChaosOptions) {
    this.#place = place
    this.#options = options
    this.#random = createRandom(`${options.seed}/chaos`)
  }

  /** Leads come in over the whole time, so that there is work at every kill. */
  async play(): Promise<void> {
    const { kills, leads, say } = this.#options
    for (let n = 0; n < kills; n++) {
      const part = PARTS[n % PARTS.length] as PartName
      const before = await this.#progress()
      await this.#feed(Math.ceil((leads * (n + 1)) / kills))
      await this.#moment(before)
      const now = await persistently(() => standing(this.#place.db))
      if (isWorking(now)) this.whileWorking += 1
      // Sometimes the next one falls before this one has risen.
      const alone = n === kills - 1 || !this.#random.chance(0.2)
      await this.#kill(part, n)
      if (!alone) {
        n += 1
        this.onTop += 1
        if (isWorking(now)) this.whileWorking += 1
        await sleep(this.#random.int(0, 400))
        await this.#kill(PARTS[n % PARTS.length] as PartName, n)
      }
    }
    await this.#moment(await this.#progress(), false)
    await this.#feed(leads)
    say('  all kills done')
  }

  recovery(): ChaosReport['recovery'] {
    const sorted = this.#recoveries.toSorted((a, b) => a.ms - b.ms)
    const longest = sorted.at(-1)
    const seconds = (ms: number): number => Math.round(ms / 100) / 10
    return {
      median: seconds(sorted[Math.floor(sorted.length / 2)]?.ms ?? 0),
      longest: seconds(longest?.ms ?? 0),
      longestAfter: longest?.part ?? null,
    }
  }

  #killed: { part: PartName; at: number } | null = null

  async #kill(part: PartName, n: number): Promise<void> {
    const way = await kill(part, () => this.#place.parts(), this.#random, this.byPart[part])
    this.#killed = { part, at: Date.now() }
    this.byPart[part] += 1
    this.#options.say(`kill ${n + 1}/${this.#options.kills}: ${part}${way === 'process' ? '' : ` (${way})`}`)
  }

  async #feed(upTo: number): Promise<void> {
    const leads = this.#place.sample.world.leads.slice(this.#fed, upTo)
    if (leads.length > 0) await this.#place.feed(leads)
    this.#fed = Math.max(this.#fed, upTo)
  }

  /** Waits until something has moved since `before`, then until a moment later. */
  async #moment(before: number, later = true): Promise<void> {
    const end = Date.now() + PROGRESS_MS
    while ((await this.#progress()) <= before) {
      if (!isWorking(await persistently(() => standing(this.#place.db)))) break // nothing is left to move
      if (Date.now() > end) {
        this.stalls.push(`nothing moved for ${PROGRESS_MS / 1_000} s after ${this.#killed?.part ?? 'the start'}`)
        break
      }
      await sleep(50)
    }
    if (this.#killed) this.#recoveries.push({ part: this.#killed.part, ms: Date.now() - this.#killed.at })
    this.#killed = null
    if (later) await sleep(this.#random.int(0, MOMENT_MS))
  }

  /** Grows with whatever the system does by itself; leads that come in do not count. */
  async #progress(): Promise<number> {
    const row = await persistently(() =>
      this.#place.db.row<{ n: number }>(
        `select ((select coalesce(sum(seq), 0) from run) + (select count(*) from step_run where status <> 'pending')
           + (select count(*) from source where kind = 'page') + (select count(*) from approval) + (select count(*) from effect)
           + (select count(*) from message where read_at is not null))::int as n`,
      ),
    )
    return row?.n ?? 0
  }
}

const isWorking = (now: Standing): boolean => now.events + now.outbox + now.undecided + now.unread + now.working > 0

const QUIET_MS = 3_000

/** At rest but for mails of uncertain fate and what waits behind them: approved mails to the same person. */
async function untilOnlyUncertain({ db, sample, up }: Installation, limitMs: number): Promise<boolean> {
  const end = Date.now() + limitMs
  let quietSince: number | null = null
  while (Date.now() < end) {
    const now = await persistently(() => standing(db))
    const behind = await persistently(() =>
      db.row<{ n: number }>(
        `select count(*)::int as n from action a where status = 'approved'
           and exists (select 1 from action u where u.contact_id = a.contact_id and u.status = 'uncertain')`,
      ),
    )
    await Promise.race([sample.mail.idle(), sleep(5_000)])
    const working = now.events + now.outbox + now.unread + now.working + now.undecided - (behind?.n ?? 0) > 0
    if (working) quietSince = null
    else quietSince ??= Date.now()
    if (quietSince !== null && Date.now() - quietSince >= QUIET_MS) return true
    if ((await Promise.race([up.broken, sleep(250, null)])) !== null) return false
  }
  return false
}

interface Doubtful {
  id: string
  summary: string
}

/** As a manager sees them. */
async function listedUncertain(place: Installation): Promise<Doubtful[]> {
  return ((await asManager(place, '/api/actions?status=uncertain')) as { items: Doubtful[] }).items
}

async function asManager({ up, keys, sample }: Installation, path: string, body?: object): Promise<unknown> {
  const manager = sample.world.users.find(user => user.role === 'manager')?.id ?? ''
  const response = await fetch(`${up.serverUrl}${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${keys.get(manager)}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return response.json()
}

/** A person looks up what became of each and says so; then everything goes on to its end. */
async function settleAll(place: Installation, uncertain: Doubtful[], limitMs: number, wrong: string[]): Promise<Runs> {
  const { db, sample } = place
  for (const { id } of uncertain) {
    const row = await db.row<{ messageId: string }>(
      `select content->>'messageId' as message_id from action where id = $1`,
      [id],
    )
    const sent = sample.mail.received.some(mail => mail.messageId === row?.messageId)
    await asManager(place, `/api/actions/${id}/settle`, { sent, why: 'looked it up at the recipient' })
  }
  const busy = async () => {
    await sample.mail.idle()
    return false
  }
  if (!(await untilSettled(db, { limitMs, busy }))) wrong.push('it did not come to rest after settling')
  const { runs, stuck } = await runsOf(db)
  if (runs.onUncertain > 0) wrong.push(`${runs.onUncertain} runs wait on an uncertain mail that was settled`)
  wrong.push(...stuck.map(line => `after settling: ${line}`))
  return runs
}

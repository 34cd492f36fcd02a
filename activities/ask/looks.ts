/** The looks of one attempt at a question: each reads through the stores as the asker, who is read anew every time. */
import { LOOK_INPUT } from '../../agents/analyst.ts'
import { requireRight } from '../../domain/access/may.ts'
import type { Viewer } from '../../domain/access/viewer.ts'
import { Aliases } from '../../domain/ask/aliases.ts'
import type { Ground } from '../../domain/ask/check.ts'
import { KnownNumbers } from '../../domain/ask/numbers.ts'
import { toldOf } from '../../domain/ask/tell.ts'
import type { Look, LookCall, LookName, Said, Seen } from '../../domain/ask/types.ts'
import { DealwrightError } from '../../domain/errors.ts'
import type { Json } from '../../domain/playbook/types.ts'
import type { Sql } from '../../db/sql.ts'
import { countActivity } from './count-activity.ts'
import { dealsChanged } from './deals-changed.ts'
import { findRecords } from './find-records.ts'
import { lookAt } from './look-at.ts'
import { whyNotOf } from './why-not.ts'

/** What a look is given. */
export interface LookContext {
  sql: Sql
  viewer: Viewer
  zone: string
  /** `look-3` */
  name: string
  /** Gives a record its name in this run. */
  alias: (kind: Seen['kind'], id: string, name: string) => Seen
  /** @throws DealwrightError `bad_input` for a name that no look of this run gave */
  seen: (alias: string) => Seen
}

/** What a look gives back. */
export interface Looked {
  /** What it was about, for people: `14 deals`. */
  what: string
  data: Json
  lines: Said[]
}

export interface Looks {
  /** @throws DealwrightError `forbidden` when the asker may not look any more; `bad_input`, `not_found` */
  look: (call: LookCall) => Promise<Look>
  ground: Ground
}

interface LooksOf {
  sql: Sql
  zone: string
  question: string
  /** The asker as they stand now. */
  viewer: () => Promise<Viewer>
  /** Keeps what was looked at. */
  looked: (look: Look) => Promise<void>
}

type Input = { [L in LookName]: ReturnType<(typeof LOOK_INPUT)[L]['parse']> }

const HOW: { [L in LookName]: (input: Input[L], context: LookContext) => Promise<Looked> } = {
  find_records: findRecords,
  look_at: lookAt,
  deals_changed: dealsChanged,
  count_activity: countActivity,
  why_not: whyNotOf,
}

export function openLooks(of: LooksOf): Looks {
  const aliases = new Aliases()
  const numbers = new KnownNumbers()
  // What the asker said themselves may be said again.
  numbers.add(of.question)
  let made = 0

  async function look({ tool, input }: LookCall): Promise<Look> {
    const parsed = LOOK_INPUT[tool].safeParse(input)
    if (!parsed.success)
      throw new DealwrightError(
        'bad_input',
        `${tool}: ${parsed.error.issues[0]?.path.join('.') ?? 'input'} does not fit.`,
      )
    const viewer = await of.viewer()
    requireRight(viewer, 'ask.see')
    made += 1
    const name = `look-${made}`
    const seen = new Map<string, Seen>()
    const context: LookContext = {
      sql: of.sql,
      viewer,
      zone: of.zone,
      name,
      alias: (kind, id, called) => {
        const one = aliases.of(kind, id, called)
        seen.set(one.alias, one)
        return one
      },
      seen: alias => {
        const one = aliases.find(alias)
        if (one !== undefined) return one
        throw new DealwrightError(
          'bad_input',
          'No look of this question has brought up a record of that name: find it first.',
        )
      },
    }
    const { what, data, lines } = await (HOW[tool] as (input: unknown, context: LookContext) => Promise<Looked>)(
      parsed.data,
      context,
    )
    numbers.add(data)
    const done: Look = { name, tool, told: toldOf[tool](what), seen: [...seen.values()], data, lines }
    await of.looked(done)
    return done
  }

  return {
    look,
    ground: {
      record: alias => aliases.find(alias),
      isLook: name => /^look-\d+$/.test(name) && Number(name.slice(5)) >= 1 && Number(name.slice(5)) <= made,
      numbers,
    },
  }
}

/** Chooses which traps lie on a company's pages, and in what surroundings. */
import type { Profile } from './profile.ts'
import type { Random } from './random.ts'
import type { FactKind } from '../../domain/evidence/types.ts'
import type { Mention } from './data/names.ts'
import type { Naming } from './naming.ts'
import { OLD_CITIES } from './data/places.ts'
import { fill } from './format.ts'
import type { Half } from './sentences/types.ts'
import { createSayer, wrongSlots } from './statements.ts'
import type { Statement } from './statements.ts'
import type { Trap } from './types.ts'

export interface TrapStatement extends Statement {
  trap: Trap
  /** Whom the passage speaks about or who speaks, where that is not the company. */
  other: string
}

export interface TrapPlan {
  statements: TrapStatement[]
  /** An old post that says in the present tense what was so then. */
  archive: { date: string; statements: TrapStatement[] } | null
}

const LIKELIHOOD: Record<Exclude<Trap, 'injection'>, number> = {
  other_company: 0.6,
  quoted_customer: 0.5,
  customer_figure: 0.3,
  group_figure: 0.2,
  negated: 0.4,
  conditional: 0.25,
  out_of_date: 0.6,
  hidden: 0.15,
}

/** What sort of company the passage is about. */
function roleOf(trap: Trap, kind: FactKind): Mention {
  if (trap === 'group_figure') return 'group'
  if (kind === 'acquisition') return 'target'
  return trap === 'other_company' ? 'partner' : 'customer'
}

export function planTraps(profile: Profile, half: Half, random: Random, naming: Naming, now: Date): TrapPlan {
  const statements: TrapStatement[] = []
  const thisYear = now.getUTCFullYear()
  const say = (trap: Trap): void => {
    const choices = half.traps.filter(t => t.trap === trap && (t.lang === profile.company.lang || trap === 'injection'))
    if (choices.length === 0) return
    const chosen = random.pick(choices)
    const year = random.int(thisYear - 7, thisYear - 3)
    const slots = wrongSlots(profile, random, naming, {
      place: random.pick(OLD_CITIES),
      year,
      role: roleOf(trap, chosen.kind),
    })
    if (trap === 'other_company') slots.other = profile.partners[0] ?? (slots.other as string)
    if (trap === 'quoted_customer' || trap === 'customer_figure')
      slots.other = profile.customers[0] ?? (slots.other as string)
    const value = slots[chosen.wrong]
    if (value === undefined) throw new Error(`trap names no slot: ${chosen.wrong}`)
    const sentence = fill(chosen.text, slots)
    statements.push({
      kind: chosen.kind,
      value,
      parts: [value],
      sentence,
      plain: true,
      trap,
      other: slots.other as string,
    })
  }
  if (profile.company.fit) {
    for (const [trap, chance] of Object.entries(LIKELIHOOD)) if (random.chance(chance)) say(trap as Trap)
  }
  if (profile.company.site === 'hostile') for (let i = 0; i < 3; i++) say('injection')
  return {
    statements,
    archive: profile.company.fit && random.chance(0.35) ? planArchive(profile, half, random, naming, thisYear) : null,
  }
}

function planArchive(
  profile: Profile,
  half: Half,
  random: Random,
  naming: Naming,
  thisYear: number,
): TrapPlan['archive'] {
  const say = createSayer(profile, half, random)
  const year = random.int(thisYear - 11, thisYear - 6)
  const slots = wrongSlots(profile, random, naming, { place: random.pick(OLD_CITIES), year, role: 'group' })
  const count = String(Math.max(3, Math.round(profile.company.employees / random.int(3, 6))))
  const former = slots.formerName as string
  const title = profile.leaders[0]?.title ?? ''
  const said = random.chance(0.5)
    ? say('employees', { count }, count, [count])
    : say('leader', { name: former, title }, `${former}, ${title}`, [former, title])
  const date = `${year}-${String(random.int(1, 12)).padStart(2, '0')}-${String(random.int(1, 28)).padStart(2, '0')}`
  return { date, statements: [{ ...said, trap: 'out_of_date', other: '' }] }
}

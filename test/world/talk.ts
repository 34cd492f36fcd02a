/** Puts need, budget, authority, timing and deal updates into words, with the truth of each sentence beside it. */
import type { Factor } from '../../domain/qualification/types.ts'
import { METHODS } from '../../domain/qualification/types.ts'
import { addDays, day, fill, isoDay, money, month, weekday } from './format.ts'
import type { Slots } from './format.ts'
import type { Random } from './random.ts'
import type { Half } from './sentences/types.ts'
import type { DealUpdateTruth, FactorTruth } from './types.ts'

export type Voice = 'mail' | 'note'
export type Status = FactorTruth['status']
export type Wishes = Partial<Record<Factor, Status>>

export interface Said {
  sentences: string[]
  factors: { factor: Factor; status: Status; sentence: string }[]
  updates: Omit<DealUpdateTruth, 'sourceId'>[]
}

export interface Setting {
  assets: string
  decider: string
  now: Date
}

/** Each wish becomes one sentence. Factors without a wish are not mentioned. */
export function speakFactors(random: Random, half: Half, voice: Voice, wishes: Wishes, setting: Setting): Said {
  const said: Said = { sentences: [], factors: [], updates: [] }
  for (const factor of METHODS.bant) {
    const status = wishes[factor]
    if (!status) continue
    const template = random.pick(half.factors[factor][status][voice])
    const sentence = fill(template, slots(random, setting))
    said.sentences.push(sentence)
    said.factors.push({ factor, status, sentence })
  }
  return said
}

/** `except`: fields that may not come up, for example a decision maker where another sentence names one. */
export function speakUpdate(random: Random, half: Half, voice: Voice, setting: Setting, except: string[] = []): Said {
  const choices = half.updates.filter(u => u.voice === voice && !except.includes(u.field))
  const chosen = random.pick(choices)
  const amount = random.int(12, 96) * 1_000
  const date = weekday(addDays(setting.now, random.int(20, 120)))
  const sentence = fill(chosen.text, {
    amount: money(amount, '€', 'en'),
    date: day(date, 'en'),
    decider: setting.decider,
  })
  const value = {
    amount: `${amount} EUR`,
    close_date: isoDay(date),
    decision_maker: setting.decider,
    stage: 'proposal',
    next_step: sentence,
  }[chosen.field]
  return { sentences: [sentence], factors: [], updates: [{ field: chosen.field, value, sentence }] }
}

function slots(random: Random, setting: Setting): Slots {
  return {
    assets: setting.assets,
    decider: setting.decider,
    amount: money(random.int(12, 80) * 1_000, '€', 'en'),
    month: month(addDays(setting.now, random.int(40, 240)), 'en'),
  }
}

/** The full account of a source: what was said, and `unknown` with no sentence for what was not. */
export function account(
  sourceId: string,
  contactId: string | null,
  companyDomain: string | null,
  said: Said,
): FactorTruth[] {
  return METHODS.bant.map(factor => {
    const found = said.factors.find(f => f.factor === factor)
    const { status, sentence } = found ?? { status: 'unknown' as const, sentence: null }
    return { sourceId, contactId, companyDomain, factor, status, sentence }
  })
}

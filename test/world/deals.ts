/** Running deals, the mail threads behind them and the notes our reps took after calls. */
import { METHODS } from '../../domain/qualification/types.ts'
import { addDays, isoDay, weekday } from './format.ts'
import type { Profile } from './profile.ts'
import type { Random } from './random.ts'
import { GREETINGS, OUR_MAILS } from './sentences/frame.ts'
import type { Half } from './sentences/types.ts'
import { account, speakFactors, speakUpdate } from './talk.ts'
import type { Said, Setting, Wishes } from './talk.ts'
import { STAGES } from './types.ts'
import type {
  CallNote,
  Contact,
  Deal,
  DealUpdateTruth,
  FactorTruth,
  Lead,
  Stage,
  Thread,
  ThreadMessage,
  WorldUser,
} from './types.ts'

export interface MadeDeal {
  deal: Deal
  thread: Thread
  note: CallNote
  factors: FactorTruth[]
  updates: DealUpdateTruth[]
}

interface Making {
  random: Random
  half: Half
  now: Date
}

export function createDeal(
  making: Making,
  index: number,
  lead: Lead,
  contact: Contact,
  profile: Profile,
  owner: WorldUser,
): MadeDeal {
  const { random, half, now } = making
  const opened = addDays(now, -random.int(14, 90))
  const decider = random.pick(profile.leaders.slice(0, 2)).name
  const setting: Setting = { assets: profile.industry.assets.en[0] as string, decider, now }
  const deal = dealRecord(random, index, lead, profile, owner, opened, now)
  const thread = createThread(making, index, deal, contact, owner, setting)
  const noteSaid = merge(
    speakFactors(random, half, 'note', someWishes(random), setting),
    random.chance(0.5) ? speakUpdate(random, half, 'note', setting, ['stage']) : null,
  )
  const note: CallNote = {
    id: `note-${String(index + 1).padStart(4, '0')}`,
    contactId: contact.id,
    dealId: deal.id,
    byUserId: owner.id,
    at: addDays(now, -random.int(1, 10)).toISOString(),
    text: [`Call with ${contact.name}, ${contact.title}.`, ...noteSaid.sentences].join(' '),
  }
  const { domain } = profile.company
  return {
    deal,
    thread: thread.thread,
    note,
    factors: [
      ...thread.said.flatMap(([id, said]) => account(id, contact.id, domain, said)),
      ...account(note.id, contact.id, domain, noteSaid),
    ],
    updates: [
      ...thread.said.flatMap(([id, said]) => said.updates.map(u => ({ sourceId: id, ...u }))),
      ...noteSaid.updates.map(u => ({ sourceId: note.id, ...u })),
    ],
  }
}

function dealRecord(
  random: Random,
  index: number,
  lead: Lead,
  profile: Profile,
  owner: WorldUser,
  opened: Date,
  now: Date,
): Deal {
  const stage: Stage = random.pick([
    'discovery',
    'discovery',
    'evaluation',
    'evaluation',
    'proposal',
    'proposal',
    'negotiation',
    'won',
    'lost',
  ])
  const reached = stage === 'lost' ? STAGES.slice(0, random.int(1, 3)) : STAGES.slice(0, STAGES.indexOf(stage) + 1)
  const path = stage === 'lost' ? [...reached, 'lost' as const] : reached
  const step = (now.getTime() - opened.getTime()) / (path.length + 1)
  const closed = stage === 'won' || stage === 'lost'
  return {
    id: `deal-${String(index + 1).padStart(4, '0')}`,
    companyId: profile.company.id,
    contactId: lead.contactId,
    leadId: lead.id,
    name: `${profile.company.aliases[0]}: ${random.pick(['Fettle Plan', 'Fettle Plan and Parts', 'Fettle Plan, pilot', 'all modules'])}`,
    stage,
    // Price list: 390 to 820 euros a site and month; one to six sites for a year.
    amountMinor: random.pick([390, 580, 820]) * 12 * random.int(1, 6) * 100,
    currency: 'EUR',
    closeDate: isoDay(weekday(addDays(now, closed ? -random.int(1, 12) : random.int(15, 120)))),
    ownerId: owner.id,
    openedAt: opened.toISOString(),
    history: path.map((stage, i) => ({ stage, at: new Date(opened.getTime() + step * i).toISOString() })),
  }
}

function someWishes(random: Random): Wishes {
  const wishes: Wishes = {}
  for (const factor of METHODS.bant) {
    if (random.chance(0.6)) wishes[factor] = random.chance(0.65) ? 'met' : random.chance(0.5) ? 'unmet' : 'unknown'
  }
  return wishes
}

function merge(a: Said, b: Said | null): Said {
  if (!b) return a
  return {
    sentences: [...a.sentences, ...b.sentences],
    factors: [...a.factors, ...b.factors],
    updates: [...a.updates, ...b.updates],
  }
}

/** We write, they answer with factors, we answer, and in two of three threads they write again with news of the deal. */
function createThread(
  { random, half, now }: Making,
  index: number,
  deal: Deal,
  contact: Contact,
  owner: WorldUser,
  setting: Setting,
) {
  const id = `thread-${String(index + 1).padStart(4, '0')}`
  const subject = random.pick(OUR_MAILS.subjects)
  const start = new Date(deal.openedAt)
  const span = (now.getTime() - start.getTime()) / 5
  const messages: ThreadMessage[] = []
  const said: [string, Said][] = []
  const add = (direction: 'in' | 'out', body: string): string => {
    const n = messages.length
    const messageId = `<${id}.${n + 1}@${direction === 'in' ? contact.email.split('@')[1] : owner.email.split('@')[1]}>`
    const [hello, bye] = GREETINGS.en
    const text =
      direction === 'in'
        ? `${random.pick(hello)}\n\n${body}\n\n${random.pick(bye)}\n${contact.name}\n${contact.title}`
        : `Dear ${contact.name},\n\n${body}\n\nBest regards\n${owner.signature}`
    messages.push({
      messageId,
      inReplyTo: messages[n - 1]?.messageId ?? null,
      direction,
      from: direction === 'in' ? contact.email : owner.email,
      to: direction === 'in' ? owner.email : contact.email,
      subject: n === 0 ? subject : `Re: ${subject}`,
      at: new Date(start.getTime() + span * (n + 0.5)).toISOString(),
      text,
    })
    return messageId
  }
  add('out', random.pick(OUR_MAILS.first))
  const answer = speakFactors(
    random,
    half,
    'mail',
    { ...someWishes(random), need: random.chance(0.8) ? 'met' : 'unknown' },
    setting,
  )
  said.push([add('in', answer.sentences.join(' ')), answer])
  add('out', random.pick(OUR_MAILS.second))
  if (random.chance(0.66)) {
    const update = speakUpdate(random, half, 'mail', setting)
    said.push([add('in', update.sentences.join(' ')), update])
  }
  const thread: Thread = { id, contactId: contact.id, dealId: deal.id, messages }
  return { thread, said }
}

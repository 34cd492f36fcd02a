/** What each contact does when mail arrives: a deck of temperaments, dealt out so that every world has them all. */
import type { MessageLabel } from '../../domain/message/types.ts'
import { titleFor, TITLES } from './data/names.ts'
import { addDays, day, fill, isoDay, weekday } from './format.ts'
import type { Naming } from './naming.ts'
import { personalMail } from './profile.ts'
import type { Profile } from './profile.ts'
import type { Random } from './random.ts'
import { GREETINGS } from './sentences/frame.ts'
import type { Half } from './sentences/types.ts'
import { speakFactors, speakUpdate } from './talk.ts'
import type { Said, Wishes } from './talk.ts'
import type { Answer, Behaviour, Bounce, Contact, Lang } from './types.ts'

/** Names one answer of one contact: `contact-0003#0` is what the first mail to them gets. */
export const answerId = (contactId: string, n: number): string => `${contactId}#${n}`

type Temper = MessageLabel | 'silent'

/** The first hand of every world, then a shuffled deck of twenty over and over. */
const FIRST: Temper[] = [
  'interested',
  'question',
  'out_of_office',
  'interested',
  'not_now',
  'bounce_hard',
  'silent',
  'referral',
  'unsubscribe',
  'not_interested',
]
const DECK: Temper[] = [
  ...(['interested', 'interested', 'interested', 'interested', 'question', 'question', 'question'] as const),
  ...(['silent', 'silent', 'silent', 'out_of_office', 'out_of_office', 'not_now', 'not_now'] as const),
  ...(['not_interested', 'referral', 'unsubscribe', 'bounce_hard'] as const),
]
const RARE: Temper[] = ['bounce_soft', 'left_company', 'auto_reply', 'complaint', 'other']

export function dealTempers(random: Random, count: number): Temper[] {
  const out: Temper[] = FIRST.slice(0, count)
  for (let round = 0; out.length < count; round++) {
    const rare = [RARE[round % RARE.length], RARE[(round + 2) % RARE.length]] as Temper[]
    out.push(...random.sample([...DECK, ...rare], DECK.length + 2).slice(0, count - out.length))
  }
  return out
}

export interface Person {
  contact: Contact
  company: Profile | null
  inDeal: boolean
}

interface Making {
  random: Random
  half: Half
  naming: Naming
  now: Date
}

/** The behaviour, and the colleague a referral points to, who is glad to hear from us. */
export function createBehaviour(
  making: Making,
  person: Person,
  temper: Temper,
): { behaviour: Behaviour; colleague: Contact | null } {
  const { contact } = person
  const colleague = temper === 'referral' ? createColleague(making, person) : null
  const answers = [createAnswer(making, person, temper, colleague)]
  // Who was away, silent or could not be reached for the moment gets around to it at the second or third mail.
  if (['out_of_office', 'auto_reply', 'silent', 'bounce_soft'].includes(temper)) {
    if (temper === 'silent' && making.random.chance(0.4)) answers.push(createAnswer(making, person, 'silent', null))
    if (temper !== 'silent' || making.random.chance(0.6)) {
      answers.push(createAnswer(making, person, making.random.pick(['interested', 'question', 'not_interested']), null))
    }
  }
  // A bounced address bounces every time; it is not the n-th mail that decides.
  if (temper === 'bounce_hard')
    answers.push(...Array.from({ length: 4 }, () => createAnswer(making, person, temper, null)))
  return { behaviour: { contactId: contact.id, email: contact.email, answers }, colleague }
}

function createColleague({ random, naming }: Making, { contact, company }: Person): Contact {
  const culture = company?.place.culture ?? 'en'
  const { name, firstName } = naming.person(random, culture)
  // Where the contact wrote from a private mailbox, the colleague still sits at the company.
  const domain = company?.company.domain ?? contact.email.split('@')[1] ?? ''
  const title = titleFor(random.pick(TITLES[contact.lang].decider), name)
  return {
    ...contact,
    id: `${contact.id}-colleague`,
    name,
    title,
    firstName,
    email: personalMail(name, domain),
    phone: null,
  }
}

const DELAY: Partial<Record<Temper, [number, number]>> = {
  out_of_office: [0, 0],
  auto_reply: [0, 0],
  bounce_hard: [0, 0],
  bounce_soft: [0, 1],
  left_company: [0, 0],
}

function createAnswer(making: Making, person: Person, label: Temper, colleague: Contact | null): Answer {
  const { random } = making
  const [low, high] = DELAY[label] ?? [1, 48]
  const answer: Answer = {
    label,
    afterHours: random.int(low, high),
    lang: person.contact.lang,
    text: '',
    sentence: null,
    until: null,
    referredTo: colleague ? { name: colleague.name, email: colleague.email } : null,
    updates: [],
    factors: [],
    bounce: null,
  }
  if (label === 'silent') return answer
  if (label === 'bounce_hard' || label === 'bounce_soft') return { ...answer, bounce: createBounce(making, label) }
  return write(making, person, label, answer)
}

function createBounce({ random, half }: Making, label: 'bounce_hard' | 'bounce_soft'): Bounce {
  const text = random.pick(half.replies[label].en ?? [])
  const where = random.chance(0.5) ? 'rcpt' : 'report'
  return label === 'bounce_hard'
    ? { where, smtpCode: 550, enhanced: '5.1.1', text }
    : { where, smtpCode: 450, enhanced: /full|quota|storage/i.test(text) ? '4.2.2' : '4.3.0', text }
}

function write(making: Making, person: Person, label: MessageLabel, answer: Answer): Answer {
  const { random, half, now } = making
  const { contact, company } = person
  const lang: Lang = half.replies[label][contact.lang] ? contact.lang : 'en'
  const until = weekday(addDays(now, label === 'out_of_office' ? random.int(3, 16) : random.int(30, 120)))
  const template = random.pick(half.replies[label][lang] ?? [])
  const filled = fill(template, {
    until: day(until, lang),
    company: company?.company.aliases[0] ?? 'the company',
    firstName: contact.firstName,
    assets: company?.industry.assets.en[0] ?? 'machines',
    colleague: answer.referredTo?.name ?? '',
    colleagueEmail: answer.referredTo?.email ?? '',
    ticket: String(random.int(100_000, 999_999)),
    newEmail: `${contact.email.split('@')[0]}@new-address.example`,
  })
  const sentence = /\[\[(.+?)\]\]/.exec(filled)?.[1] ?? null
  const body = filled.replaceAll('[[', '').replaceAll(']]', '')
  const more =
    lang === 'en' && label === 'interested' ? furtherTalk(making, person) : { sentences: [], factors: [], updates: [] }
  const automatic = label === 'out_of_office' || label === 'auto_reply' || label === 'left_company'
  const paragraphs = [body, more.sentences.join(' ')].filter(Boolean)
  return {
    ...answer,
    lang,
    text: automatic
      ? `${paragraphs.join('\n\n')}\n\n${contact.name}`
      : frame(random, lang, paragraphs, contact, company),
    sentence,
    until: template.includes('{until}') ? isoDay(until) : null,
    updates: more.updates,
    factors: more.factors.flatMap(f => (f.status === 'unknown' ? [] : [{ ...f, status: f.status }])),
  }
}

/** The interested often tell more: what they need, until when; in a running deal also what has changed. */
function furtherTalk({ random, half, now }: Making, person: Person): Said {
  const assets = person.company?.industry.assets.en[0] ?? 'machines'
  const decider = person.company?.leaders[1]?.name ?? person.contact.name
  const setting = { assets, decider, now }
  const wishes: Wishes = {}
  if (random.chance(0.6)) wishes.need = 'met'
  if (random.chance(0.3)) wishes.timing = 'met'
  const said = speakFactors(random, half, 'mail', wishes, setting)
  if (!person.inDeal) return said
  const update = speakUpdate(random, half, 'mail', setting)
  return { sentences: [...said.sentences, ...update.sentences], factors: said.factors, updates: update.updates }
}

function frame(random: Random, lang: Lang, paragraphs: string[], contact: Contact, company: Profile | null): string {
  const [hello, bye] = GREETINGS[lang]
  const signature = [contact.name, contact.title, company?.company.name, contact.phone].filter(Boolean).join('\n')
  const greeting = random.chance(0.85) ? `${random.pick(hello)}\n\n` : ''
  return `${greeting}${paragraphs.join('\n\n')}\n\n${random.pick(bye)}\n${signature}`
}

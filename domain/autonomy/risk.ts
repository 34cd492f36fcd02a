/** What there is to look out for in an action, by named parts, so that nobody has to trust a number alone. */
import type { PolicySubject } from '../policy/types.ts'

export const RISK_LEVELS = ['low', 'medium', 'high'] as const
export type RiskLevel = (typeof RISK_LEVELS)[number]

export interface RiskPart {
  name: 'money' | 'first_contact' | 'by_rules' | 'claims' | 'recipients' | 'external'
  level: RiskLevel
  /** What it looked at, in words. */
  words: string
}

export interface Risk {
  /** That of the highest part. */
  level: RiskLevel
  parts: RiskPart[]
}

/** Evidence older than this may have been overtaken. */
const RECENT_DAYS = 90
/** In whole units of the currency at stake. */
const MUCH = 50_000
const SOME = 5_000

export interface RiskFacts {
  /** How many people it reaches. */
  recipients: number
  /** It leaves the house. */
  external: boolean
}

/** Every part each time, in this order. */
export function riskOf(subject: PolicySubject, facts: RiskFacts): Risk {
  const parts = [money(subject), firstContact(subject, facts), byRules(subject), claims(subject), ...reach(facts)]
  const level = RISK_LEVELS[Math.max(...parts.map(part => RISK_LEVELS.indexOf(part.level)))] ?? 'high'
  return { level, parts }
}

function money({ money: { amount, currency } }: PolicySubject): RiskPart {
  if (amount === null) return { name: 'money', level: 'low', words: 'no amount is at stake' }
  const level = amount >= MUCH ? 'high' : amount >= SOME ? 'medium' : 'low'
  return { name: 'money', level, words: `${amount} ${currency ?? ''} at stake`.replace('  ', ' ') }
}

function firstContact({ recipient }: PolicySubject, { external }: RiskFacts): RiskPart {
  const first = external ? recipient.first_contact : null
  return {
    name: 'first_contact',
    level: first === true ? 'medium' : 'low',
    words: first === null ? 'goes to nobody' : first ? 'the first word to this person' : 'this person is known',
  }
}

function byRules({ action: { by, kind } }: PolicySubject): RiskPart {
  const rules = by === 'rules'
  return {
    name: 'by_rules',
    level: rules && kind === 'send_mail' ? 'medium' : 'low',
    words: rules
      ? 'made by rules, without a model'
      : `made by ${by === 'model' ? 'a model' : by === 'person' ? 'a person' : 'code'}`,
  }
}

function claims({ claims: { count, quoted, oldest_days: days } }: PolicySubject): RiskPart {
  if (count === 0) return { name: 'claims', level: 'low', words: 'claims nothing' }
  if (!quoted) return { name: 'claims', level: 'high', words: 'not every claim has its quote' }
  const old = days === null || days > RECENT_DAYS
  const age = days === null ? 'of unknown age' : days <= 1 ? 'at most a day old' : `at most ${Math.ceil(days)} days old`
  return {
    name: 'claims',
    level: old ? 'medium' : 'low',
    words: `${count === 1 ? 'one claim' : `${count} claims, each`} quoted, evidence ${age}`,
  }
}

function reach({ recipients, external }: RiskFacts): RiskPart[] {
  return [
    {
      name: 'recipients',
      level: recipients > 10 ? 'high' : recipients > 1 ? 'medium' : 'low',
      words:
        recipients === 0 ? 'reaches nobody' : recipients === 1 ? 'reaches one person' : `reaches ${recipients} people`,
    },
    {
      name: 'external',
      level: external ? 'medium' : 'low',
      words: external ? 'leaves the house' : 'stays in the house',
    },
  ]
}

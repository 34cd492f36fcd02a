/** The words of the policy: what rules look at, what they answer, and how strict one answer is against another. */
import type { Fields } from '../playbook/model.ts'
import { SEEN_BASES, SEEN_ORIGINS, type SeenBasis, type SeenOrigin } from '../privacy/basis.ts'

export const APPROVERS = ['owner', 'manager', 'ops'] as const
export type Approver = (typeof APPROVERS)[number]

export const VERDICTS = ['allow', 'ask', 'refuse'] as const
export type Verdict = (typeof VERDICTS)[number]

/** Who has to say yes where a person is asked. */
export interface Terms {
  approver: Approver
  /** How many different people. */
  people: 1 | 2
  /** Nobody approves what they made themselves. */
  notByMaker: boolean
}

export interface PolicyVerdict extends Terms {
  verdict: Verdict
  /** The rule that decided, in its own name. */
  rule: string
}

/** Figures of earned autonomy for the action's class (playbook, kind, segment); null where they are not known. */
export interface AgentRecord {
  /** Proposals of this class that people decided. */
  cases: number | null
  /** Of these, approved without a change. */
  unchanged: number | null
  /** Lower bound of the Wilson interval of unchanged / cases, 0 to 1. */
  lowerBound: number | null
}

export const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const
export type Weekday = (typeof WEEKDAYS)[number]

/**
 * What a rule may look at. Amounts in whole units of their currency, discounts in per cent; null is unknown, and a condition that
 * hangs on it is neither true nor false. Names are those of the conditions.
 */
export interface PolicySubject {
  action: {
    kind: string
    by: 'model' | 'rules' | 'person' | 'code'
    playbook: string
    version: number | null
    changes: number
    status: string
  }
  lead: { status: string | null; score: number | null; source: string | null }
  deal: { amount: number | null; currency: string | null; stage: string | null; stage_kind: string | null }
  account: {
    name: string | null
    domain: string | null
    industry: string | null
    country: string | null
    employees: number | null
  }
  contact: { country: string | null; title: string | null }
  /** What is at stake: the larger of the deal's amount and the one proposed. */
  money: { amount: number | null; currency: string | null; discount: number | null }
  recipient: {
    country: string | null
    domain: string | null
    free_mail: boolean | null
    /** No message to or from them is known. */
    first_contact: boolean | null
    /** At the time of the decision, in their zone. */
    hour: number | null
    weekday: Weekday | null
    /** On what ground we hold their data, and where it came from; `unknown` where nobody has said. Null: it goes to nobody. */
    basis: SeenBasis | null
    origin: SeenOrigin | null
  }
  claims: {
    count: number
    /** Each claim rests on a stored quote or on approved knowledge. */
    quoted: boolean
    /** Age of the oldest observation that a claim rests on; null: there is none. */
    oldest_days: number | null
    drafted_by: 'model' | 'rules' | 'person' | 'code'
  }
  agent: { cases: number | null; unchanged: number | null; lower_bound: number | null }
}

const BY = { oneOf: ['model', 'rules', 'person', 'code'] } as const
const text = 'string'
const number = 'double'

/** The same as types of conditions. With the kinds of action that exist, a misspelt one is found too. */
export function subjectFields(kinds: readonly string[] | null): Record<keyof PolicySubject, Fields> {
  return {
    action: {
      kind: kinds === null ? text : { oneOf: [...kinds] },
      by: { oneOf: [...BY.oneOf] },
      playbook: text,
      version: number,
      changes: number,
      status: text,
    },
    lead: { status: text, score: number, source: text },
    deal: { amount: number, currency: text, stage: text, stage_kind: { oneOf: ['open', 'won', 'lost'] } },
    account: { name: text, domain: text, industry: text, country: text, employees: number },
    contact: { country: text, title: text },
    money: { amount: number, currency: text, discount: number },
    recipient: {
      country: text,
      domain: text,
      free_mail: 'bool',
      first_contact: 'bool',
      hour: number,
      weekday: { oneOf: [...WEEKDAYS] },
      basis: { oneOf: [...SEEN_BASES] },
      origin: { oneOf: [...SEEN_ORIGINS] },
    },
    claims: { count: number, quoted: 'bool', oldest_days: number, drafted_by: { oneOf: [...BY.oneOf] } },
    agent: { cases: number, unchanged: number, lower_bound: number },
  }
}

/** The loosest answer: what tightening begins with. */
export const LOOSEST: Terms = { approver: 'owner', people: 1, notByMaker: false }

/**
 * The stricter of two terms in every part: a join of a lattice, so the order of tightening does not matter and nothing is ever loosened.
 * Owner, manager and ops stand in this order.
 */
export function tightest(a: Terms, b: Terms): Terms {
  return {
    approver: APPROVERS[Math.max(APPROVERS.indexOf(a.approver), APPROVERS.indexOf(b.approver))] ?? 'ops',
    people: a.people === 2 || b.people === 2 ? 2 : 1,
    notByMaker: a.notByMaker || b.notByMaker,
  }
}

/** The stricter of two verdicts; the rule named is that of the stricter one, of `a` where they are equally strict. */
export function tighten(a: PolicyVerdict, b: PolicyVerdict): PolicyVerdict {
  const stricter = VERDICTS.indexOf(b.verdict) > VERDICTS.indexOf(a.verdict) ? b : a
  return { ...tightest(a, b), verdict: stricter.verdict, rule: stricter.rule }
}

/** Is `a` at least as strict as `b` in every part? */
export function atLeast(a: Terms & { verdict: Verdict }, b: Terms & { verdict: Verdict }): boolean {
  const terms = tightest(a, b)
  return (
    VERDICTS.indexOf(a.verdict) >= VERDICTS.indexOf(b.verdict) &&
    terms.approver === a.approver &&
    terms.people === a.people &&
    terms.notByMaker === a.notByMaker
  )
}

/**
 * Has the quality of a class fallen since it was granted? Three checks, since outcomes are not alike. What people say of samples is seen only
 * where they look. A complaint, a bounce or a change taken back is bad wherever it happens. An unsubscription is a reader's usual answer to
 * sales mail: only more of them than usual is a sign, and how many are usual is counted over every mail that left, looked at or not.
 */
import { planFor, sequentialCheck, type CheckPlan, type CheckResult } from './sequential.ts'

/** One case of a class, in order of time. */
export interface Outcome {
  /** A person decided it. */
  seen: boolean
  /** They approved it as it was. */
  unchanged: boolean
  /** Followed by a complaint, a hard bounce, or a change taken back. */
  spoilt: boolean
  /** A mail that left. */
  mailed: boolean
  unsubscribed: boolean
  complained: boolean
}

export const CHECKS = ['judgement', 'complaints', 'unsubscriptions'] as const
export type CheckName = (typeof CHECKS)[number]

/**
 * What readers answer to mail, by kind: the share that is borne, and the one that is not.
 * Complaints: mailbox providers ask senders to stay below 0.1 % and never to reach 0.3 % (Google, "Email sender guidelines").
 * Unsubscriptions: one or two mails in a hundred are usual for mail to people who have not asked for it; five are too many. Since
 * mails at the borne share are the rule, this test is to err seldom.
 */
export const BASE_RATES: Readonly<Record<Exclude<CheckName, 'judgement'>, CheckPlan>> = {
  complaints: { p0: 0.001, p1: 0.003, alpha: 0.05, beta: 0.1 },
  unsubscriptions: { p0: 0.02, p1: 0.05, alpha: 0.01, beta: 0.1 },
}

export interface Fall extends CheckResult {
  check: CheckName
  plan: CheckPlan
}

/** Of what went alone and turned out well nothing is known of its wording, so in the first check it is no case. */
const cases: Readonly<Record<CheckName, (outcomes: readonly Outcome[]) => boolean[]>> = {
  judgement: outcomes =>
    outcomes
      .filter(({ seen, spoilt }) => seen || spoilt)
      .map(({ seen, unchanged, spoilt }) => spoilt || (seen && !unchanged)),
  complaints: outcomes => outcomes.filter(({ mailed }) => mailed).map(({ complained }) => complained),
  unsubscriptions: outcomes => outcomes.filter(({ mailed }) => mailed).map(({ unsubscribed }) => unsubscribed),
}

/** The first check that says so, in the order of CHECKS; null: none does. @param level of "approved unchanged" that was asked for, 0.5 to 1 */
export function qualityFall(outcomes: readonly Outcome[], level: number): Fall | null {
  for (const check of CHECKS) {
    const plan = check === 'judgement' ? planFor(level) : BASE_RATES[check]
    const result = sequentialCheck(cases[check](outcomes), plan)
    if (result.fell) return { check, plan, ...result }
  }
  return null
}

const WORDS: Readonly<Record<CheckName, string>> = {
  judgement: 'cases since it was granted failed',
  complaints: 'mails since it was granted brought a complaint',
  unsubscriptions: 'mails since it was granted were answered by an unsubscription',
}

/** E.g. “quality fell: 3 of 61 mails since it was granted brought a complaint (0.1 in a hundred is borne)”. */
export const fallInWords = ({ check, failures, cases: of, plan: { p0 } }: Fall): string =>
  `quality fell: ${failures} of ${of} ${WORDS[check]} (${Number((p0 * 100).toFixed(2))} in a hundred is borne)`

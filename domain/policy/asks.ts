/** Whom a rule or a playbook asks, in the words of the files. */
import type { Terms } from './types.ts'

export const ASKS = ['owner', 'manager', 'ops', 'two people', 'two managers', 'two ops'] as const
export type Ask = (typeof ASKS)[number]

/** `two people`: two different ones of those who may decide for the owner. */
export function termsOf(ask: Ask | undefined, notBy: 'maker' | undefined): Terms {
  const two = ask?.startsWith('two ') === true
  const approver =
    ask === 'manager' || ask === 'two managers' ? 'manager' : ask === 'ops' || ask === 'two ops' ? 'ops' : 'owner'
  return { approver, people: two ? 2 : 1, notByMaker: notBy === 'maker' }
}

/** The terms as one word of the files, e.g. `two managers`. */
export function askOf({ approver, people }: Terms): Ask {
  if (people === 1) return approver
  return approver === 'owner' ? 'two people' : approver === 'manager' ? 'two managers' : 'two ops'
}

const WORDS: Record<Ask, string> = {
  owner: 'the owner',
  manager: 'a manager',
  ops: 'ops',
  'two people': 'two different people',
  'two managers': 'two different managers',
  'two ops': 'two different people of ops',
}

/** e.g. `two different managers, and not who made it`. */
export function askInWords(terms: Terms): string {
  return `${WORDS[askOf(terms)]}${terms.notByMaker ? ', and not who made it' : ''}`
}

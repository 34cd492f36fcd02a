/**
 * What may enter a prompt whose answer goes to a prospect, or a mail: by allow-list. Of our records only names and the prospect's own
 * address do; of what was read, only facts about this prospect, from pages and from what was said to us by this person, and not from what is
 * marked internal. Values of fields of ours (cost, margin, amounts) are sources of kind `crm_field` and never do.
 */
import type { SourceKind } from '../evidence/types.ts'

const OPEN_KINDS: readonly SourceKind[] = ['page', 'mail', 'call_note']

export interface Candidate {
  value: string
  quote: string
  accountId: string | null
  contactId: string | null
  leadId: string | null
  source: { kind: SourceKind; internal: boolean }
}

export interface Prospect {
  accountId: string | null
  contactId: string | null
  leadId: string | null
  /** Names of other customers of ours, of which a fact must not speak to this one. */
  customers: readonly string[]
}

export type Withheld = 'internal' | 'field_of_ours' | 'of_another_company' | 'of_another_person' | 'names_a_customer'

/** Why the fact is kept back; null: it may be used. */
export function withheld(fact: Candidate, prospect: Prospect): Withheld | null {
  if (fact.source.internal) return 'internal'
  if (!OPEN_KINDS.includes(fact.source.kind)) return 'field_of_ours'
  if (fact.accountId !== null && fact.accountId !== prospect.accountId) return 'of_another_company'
  if (fact.contactId !== null && fact.contactId !== prospect.contactId) return 'of_another_person'
  if (fact.leadId !== null && fact.leadId !== prospect.leadId) return 'of_another_person'
  const said = `${fact.value}\n${fact.quote}`.toLowerCase()
  return prospect.customers.some(name => standsIn(name.toLowerCase(), said)) ? 'names_a_customer' : null
}

/** As words of its own: "Ace" is no part of "peaceful". */
function standsIn(name: string, text: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1))
    if (!isWord(text[at - 1]) && !isWord(text[at + name.length])) return true
  return false
}

const isWord = (sign: string | undefined): boolean => sign !== undefined && /[\p{L}\p{N}]/u.test(sign)

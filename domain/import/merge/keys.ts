/** By what records are looked up while rows are merged. */
import { fold } from '../normalise/name.ts'
import type { ImportKind, ImportRecord } from '../types.ts'
import type { Entry } from './entry.ts'

/** Whether the work on a lead has ended. */
export function isOver(lead: Entry): boolean {
  return ['closed', 'disqualified', 'converted'].includes(lead.values.status as string)
}

/**
 * What a record is known by in its source: its id; for rows without one that neither person nor id tells apart, their
 * company (leads) or company and name (deals), marked as no id of the source.
 */
export function refKey(record: ImportRecord, kind: ImportKind): string | null {
  if (record.externalId !== null) return record.externalId
  const { account, contact, deal } = record
  if (account === null || (kind !== 'deals' && (kind !== 'leads' || contact !== null))) return null
  const company = account.domain ?? account.nameKey
  return kind === 'deals' ? `= ${company} ${fold(deal?.name ?? '')}` : `= ${company}`
}

export function dealKey(accountId: string, name: string): string {
  return `${accountId}\n${fold(name)}`
}

export function pushOnce(map: Map<string, Entry[]>, key: string | null | undefined, entry: Entry): void {
  if (key === null || key === undefined || key === '') return
  const list = map.get(key)
  if (list === undefined) map.set(key, [entry])
  else if (!list.includes(entry)) list.push(entry)
}

/** The events that playbooks may begin on, wait for or be stopped by, and the records they bring: names, fields, types. */
import { MESSAGE_LABELS } from '../domain/message/types.ts'
import type { EventKind, FieldType } from '../domain/playbook/types.ts'

export const EVENTS: readonly EventKind[] = [
  { name: 'lead.created', fields: {}, records: ['lead', 'contact', 'account'] },
  {
    name: 'message.received',
    fields: {
      message: 'string',
      label: { oneOf: MESSAGE_LABELS },
      human: 'bool',
      margin: 'double',
      until: 'timestamp',
      updates: 'double',
    },
    records: ['lead', 'contact', 'account', 'deal'],
  },
  { name: 'contact.suppressed', fields: { reason: 'string' }, records: ['contact'] },
  { name: 'account.research_asked', fields: {}, records: ['account'] },
  { name: 'lead.closed', fields: {}, records: ['lead'] },
  { name: 'deal.opened', fields: {}, records: ['deal', 'lead', 'contact', 'account'] },
]

export const RECORDS: Record<string, Record<string, FieldType>> = {
  lead: { id: 'string', source: 'string', status: 'string', campaign: 'string', score: 'double', has_owner: 'bool' },
  contact: { id: 'string', title: 'string', country: 'string', language: 'string', has_email: 'bool' },
  account: { id: 'string', industry: 'string', country: 'string', employees: 'double', has_domain: 'bool' },
  deal: { id: 'string', stage: 'string', open: 'bool', amount: 'double', currency: 'string' },
}

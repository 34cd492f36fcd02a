/** A catalogue for tests, shaped like the product's own but free of its rooms. */
import { MESSAGE_LABELS } from '../message/types.ts'
import type { Catalogue } from './types.ts'

const draftKinds = ['first_touch', 'follow_up', 'answer'] as const
const statuses = ['new', 'working', 'nurture', 'qualified', 'disqualified', 'converted', 'closed'] as const

export const catalogue: Catalogue = {
  steps: [
    {
      name: 'research',
      verb: 'do',
      with: { max_pages: { type: 'number', min: 1, max: 20 } },
      result: { facts: 'double', unknowns: 'double', by: 'string', account_known: 'bool', no_company: 'bool' },
    },
    {
      name: 'qualify',
      verb: 'do',
      with: { method: { type: 'string', oneOf: ['bant'] } },
      result: {
        verdict: { oneOf: ['qualified', 'disqualified', 'open'] },
        need: 'string',
        budget: 'string',
        authority: 'string',
        timing: 'string',
        met: 'double',
      },
    },
    { name: 'score', verb: 'do', with: {}, result: { value: 'double', fit: 'double', engagement: 'double' } },
    { name: 'route', verb: 'do', with: {}, result: { owner: 'string', reason: 'string' } },
    {
      name: 'draft',
      verb: 'do',
      with: {
        kind: { type: 'string', oneOf: draftKinds, required: true },
        answers: { type: 'step', kinds: ['read_message'] },
      },
      result: { draft: 'string', by: 'string' },
    },
    {
      name: 'read_message',
      verb: 'do',
      with: {},
      result: { label: { oneOf: MESSAGE_LABELS }, human: 'bool', until: 'timestamp' },
    },
    { name: 'apply_reply', verb: 'do', with: {}, result: { changes: 'double' } },
    {
      name: 'send_mail',
      verb: 'propose',
      with: { draft: { type: 'step', kinds: ['draft'], required: true } },
      result: { message: 'string' },
    },
    { name: 'open_deal', verb: 'propose', with: {}, result: { deal: 'string' } },
    { name: 'update_deal', verb: 'propose', with: {}, result: { deal: 'string' } },
    {
      name: 'set_lead_status',
      verb: 'propose',
      with: { status: { type: 'string', oneOf: statuses, required: true } },
      result: {},
    },
    {
      name: 'create_task',
      verb: 'propose',
      with: { title: { type: 'string', required: true }, due: { type: 'duration' }, urgent: { type: 'boolean' } },
      result: { task: 'string' },
    },
  ],
  events: [
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
    { name: 'lead.closed', fields: {}, records: ['lead'] },
    { name: 'deal.changed', fields: { stage: 'string', amount: 'double' }, records: ['deal'] },
  ],
  records: {
    lead: { id: 'string', source: 'string', status: { oneOf: statuses }, tags: { list: 'string' }, has_owner: 'bool' },
    contact: { id: 'string', title: 'string', country: 'string', has_email: 'bool' },
    account: { id: 'string', domain: 'string', industry: 'string', employees: 'double', has_domain: 'bool' },
    deal: { id: 'string', stage: 'string', open: 'bool', amount: 'double' },
  },
}

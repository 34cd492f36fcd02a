/** A mail to a known person, drafted by the model, all of it quoted; each test changes what it is about. */
import type { PolicySubject } from './types.ts'

export function subject(
  action: Partial<PolicySubject['action']> = {},
  rest: { [R in keyof PolicySubject]?: Partial<PolicySubject[R]> } = {},
): PolicySubject {
  return {
    action: { kind: 'send_mail', by: 'model', playbook: 'inbound-lead', version: 3, changes: 0, status: '', ...action },
    lead: { status: 'new', score: 70, source: 'form', ...rest.lead },
    deal: { amount: null, currency: null, stage: null, stage_kind: null, ...rest.deal },
    account: { name: 'Marby', domain: 'marby.example', industry: null, country: 'DE', employees: 80, ...rest.account },
    contact: { country: 'DE', title: null, ...rest.contact },
    money: { amount: null, currency: null, discount: null, ...rest.money },
    recipient: {
      country: 'DE',
      domain: 'marby.example',
      free_mail: false,
      first_contact: false,
      hour: 10,
      weekday: 'Tuesday',
      basis: 'unknown',
      origin: 'form',
      ...rest.recipient,
    },
    claims: { count: 2, quoted: true, oldest_days: 12, drafted_by: action.by ?? 'model', ...rest.claims },
    agent: { cases: null, unchanged: null, lower_bound: null, ...rest.agent },
  }
}

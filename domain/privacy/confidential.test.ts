import { expect, test } from 'vitest'
import { type Candidate, withheld } from './confidential.ts'

const prospect = { accountId: 'a', contactId: 'c', leadId: 'l', customers: ['Ace', 'Brimworks GmbH'] }
const fact: Candidate = {
  value: '240',
  quote: 'We are a peaceful place of 240 people',
  accountId: 'a',
  contactId: null,
  leadId: null,
  source: { kind: 'page', internal: false },
}

test.each([
  ['a fact of their page', {}, null],
  ['what they wrote', { contactId: 'c', leadId: 'l', source: { kind: 'mail', internal: false } }, null],
  ['a note of a call', { source: { kind: 'call_note', internal: false } }, null],
  ['a note marked internal', { source: { kind: 'call_note', internal: true } }, 'internal'],
  ['a page marked internal', { source: { kind: 'page', internal: true } }, 'internal'],
  ['a field of ours', { source: { kind: 'crm_field', internal: false } }, 'field_of_ours'],
  ['what another company says', { accountId: 'b' }, 'of_another_company'],
  ['what a colleague told us', { contactId: 'd' }, 'of_another_person'],
  ['what another lead told us', { leadId: 'm' }, 'of_another_person'],
  ['another customer of ours', { quote: 'as ace does' }, 'names_a_customer'],
  ['another customer of ours, in the value', { value: 'like Brimworks GmbH.' }, 'names_a_customer'],
] as const)('%s', (_what, change, expected) => {
  expect(withheld({ ...fact, ...change }, prospect)).toBe(expected)
})

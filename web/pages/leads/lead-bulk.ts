/** What can be changed of many leads at once. */
import { answered, api } from '../../api/here.ts'
import type { BulkOf } from '../../parts/bulk.tsx'
import { inWords } from '../../parts/format.ts'

const STATUSES = ['new', 'working', 'nurture', 'qualified', 'disqualified', 'converted', 'closed'] as const
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

export const leadBulk = (owners: readonly { value: string; label: string }[]): BulkOf => ({
  area: 'leads',
  fields: [
    {
      name: 'ownerId',
      label: 'Owner',
      choices: owners,
      now: ({ ownerId, owner }) => ({ value: textOf(ownerId), words: textOf(owner) || 'Nobody' }),
    },
    {
      name: 'status',
      label: 'Status',
      choices: STATUSES.map(value => ({ value, label: inWords(value) })),
      now: ({ status }) => ({ value: textOf(status), words: inWords(textOf(status)) }),
    },
  ],
  get: id => answered(api.leads[':id'].$get({ param: { id } })),
  patch: (id, set, etag) =>
    answered(
      api.leads[':id'].$patch(
        { param: { id }, json: { set, why: 'changed with others at once' } },
        { headers: { 'if-match': etag } },
      ),
    ),
})

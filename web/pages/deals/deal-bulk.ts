/** What can be changed of many deals at once; a stage that lets one of them go not yet says so in its row. */
import { answered, api } from '../../api/here.ts'
import type { BulkOf } from '../../parts/bulk.tsx'
import { inWords } from '../../parts/format.ts'

type Choices = readonly { value: string; label: string }[]
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

export const dealBulk = (owners: Choices, stages: Choices): BulkOf => ({
  area: 'deals',
  fields: [
    {
      name: 'ownerId',
      label: 'Owner',
      choices: owners,
      now: ({ ownerId, owner }) => ({ value: textOf(ownerId), words: textOf(owner) || 'Nobody' }),
    },
    {
      name: 'stageId',
      label: 'Stage',
      choices: stages,
      now: ({ stageId, stage }) => ({ value: textOf(stageId), words: inWords(textOf(stage)) }),
    },
  ],
  get: id => answered(api.deals[':id'].$get({ param: { id } })),
  patch: (id, set, etag) =>
    answered(
      api.deals[':id'].$patch(
        { param: { id }, json: { set, why: 'changed with others at once' } },
        { headers: { 'if-match': etag } },
      ),
    ),
})

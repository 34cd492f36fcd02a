import { expect, it } from 'vitest'
import { lines } from './happening-groups.ts'
import type { Happening } from './record.ts'

const NOON = Date.parse('2026-11-24T12:00:00Z')
const happening = (kind: Happening['kind'], secondsBefore: number, who: string | null = 'Riva'): Happening => ({
  id: `${kind} ${secondsBefore}`,
  kind,
  at: new Date(NOON - secondsBefore * 1_000).toISOString(),
  title: null,
  text: null,
  who,
  direction: null,
  label: null,
  labelQuote: null,
  sourceId: null,
  runId: null,
  actionId: null,
  leadId: null,
  dealId: null,
  status: null,
  field: null,
  old: null,
  new: null,
})
const sizes = (...items: Happening[]) => lines(items).map(({ all }) => all.length)

it('tells what one changed in one go as one line', () => {
  expect(sizes(happening('change', 0), happening('change', 1), happening('change', 2))).toEqual([3])
})

it('keeps apart what somebody else changed, what was changed later, and everything else', () => {
  expect(sizes(happening('change', 0), happening('change', 1, 'Cole'), happening('change', 90, 'Cole'))).toEqual([
    1, 1, 1,
  ])
  expect(sizes(happening('change', 0), { ...happening('change', 1), text: 'taken back' })).toEqual([1, 1])
  expect(sizes(happening('change', 0), happening('mail', 1), happening('change', 2))).toEqual([1, 1, 1])
  expect(sizes(happening('mail', 0), happening('mail', 1))).toEqual([1, 1])
})

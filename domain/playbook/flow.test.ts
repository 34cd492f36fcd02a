import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { playbookText } from './arbitrary.fixture.ts'
import { EXAMPLE, playbookOf } from './example.fixture.ts'
import { flowOf } from './flow.ts'

describe('a playbook as it is drawn', () => {
  it('says each part in plain words, with its line and what it stands in', () => {
    const rows = flowOf(playbookOf(EXAMPLE))
    const lines = EXAMPLE.split('\n')
    const told = rows.map(({ form, parent, title }) => `${form} in ${parent}: ${title}`)
    expect(told.slice(0, 8)).toEqual([
      'start in null: When lead created',
      'do in null: Research',
      'do in null: Qualify',
      'do in null: Score',
      'choose in null: Choose',
      'branch in 4: If score.value < 40.0',
      'propose in 5: Set lead status',
      'end in 5: Not a fit',
    ])
    const sent = rows.find(({ step }) => step === 'sent')
    expect(sent).toMatchObject({ title: 'Send mail', about: 'draft: mail · the owner approves within 1 working day' })
    expect(rows.find(({ step }) => step === 'mail')?.about).toBe('kind: follow up')
    expect(rows.find(({ step }) => step === 'reply')).toMatchObject({
      title: 'Wait until message received',
      about: 'where event.human · at most 3 working days',
    })
    expect(rows[0]?.about).toBe('if lead.source == "form" · once for each contact')
    for (const { step, line } of rows.filter(row => row.step !== null)) expect(lines[line - 1]).toContain(`id: ${step}`)
  })

  it('has every step once, in the order of the file, each in something that stands before it', () => {
    fc.assert(
      fc.property(playbookText, text => {
        const rows = flowOf(playbookOf(text))
        const ids = [...text.matchAll(/\bid: (\w+)/g)].map(([, id]) => id)
        expect(rows.flatMap(({ step }) => step ?? [])).toEqual(ids)
        for (const [n, { id, parent, line }] of rows.entries()) {
          expect(id).toBe(n)
          expect(parent === null || parent < n).toBe(true)
          expect(line).toBeGreaterThanOrEqual(rows[n - 1]?.line ?? 1)
        }
      }),
      { seed: 20261124, numRuns: 60 },
    )
  })
})

import { describe, expect, it } from 'vitest'
import { FACT_KINDS } from '../../domain/evidence/types.ts'
import { MESSAGE_LABELS } from '../../domain/message/types.ts'
import { METHODS } from '../../domain/qualification/types.ts'
import { open } from './sentences/open.ts'
import { sealed } from './sentences/sealed.ts'
import type { Half } from './sentences/types.ts'
import { DEAL_UPDATE_FIELDS, TRAPS } from './types.ts'

function all(half: Half): string[] {
  const out: string[] = []
  const walk = (value: unknown): void => {
    if (typeof value === 'string') out.push(value)
    else if (value && typeof value === 'object') Object.values(value).forEach(walk)
  }
  walk([half.facts, half.oblique, half.replies, half.factors, half.formOpeners])
  out.push(...half.traps.map(t => t.text), ...half.updates.map(u => u.text))
  return out
}

describe.each([
  ['open', open],
  ['sealed', sealed],
])('the %s half', (_, half) => {
  it('has at least six phrasings of each kind of fact in English and two in German and French', () => {
    for (const kind of FACT_KINDS) {
      expect([kind, (half.facts[kind].en?.length ?? 0) >= 6]).toEqual([kind, true])
      expect([kind, (half.facts[kind].de?.length ?? 0) >= 2]).toEqual([kind, true])
      expect([kind, (half.facts[kind].fr?.length ?? 0) >= 2]).toEqual([kind, true])
    }
  })

  it('has at least ten replies of each label and marks the telling sentence of each', () => {
    for (const label of MESSAGE_LABELS) {
      expect([label, (half.replies[label].en?.length ?? 0) >= 10]).toEqual([label, true])
      if (label.startsWith('bounce')) continue
      const unmarked = Object.values(half.replies[label])
        .flat()
        .filter(text => !/\[\[.+\]\]/.test(text))
      expect(unmarked).toEqual([])
    }
  })

  it('speaks of every factor, deal field and trap', () => {
    for (const factor of METHODS.bant) {
      for (const status of ['met', 'unmet', 'unknown'] as const) {
        expect(half.factors[factor][status].mail.length).toBeGreaterThanOrEqual(3)
        expect(half.factors[factor][status].note.length).toBeGreaterThanOrEqual(3)
      }
    }
    expect(new Set(half.updates.map(u => u.field))).toEqual(new Set(DEAL_UPDATE_FIELDS))
    for (const lang of ['en', 'de', 'fr'] as const) {
      const traps = half.traps.filter(t => t.lang === lang).map(t => t.trap)
      expect(new Set([...traps, 'injection'])).toEqual(new Set(TRAPS))
    }
  })

  it('says nothing twice in one list', () => {
    const twice: string[] = []
    const walk = (value: unknown): void => {
      if (Array.isArray(value)) twice.push(...value.filter((s, i) => typeof s === 'string' && value.indexOf(s) !== i))
      if (value && typeof value === 'object') Object.values(value).forEach(walk)
    }
    walk(half)
    expect(twice).toEqual([])
  })
})

it('the two halves share no sentence', () => {
  const known = new Set(all(open))
  expect(all(sealed).filter(s => known.has(s))).toEqual([])
})

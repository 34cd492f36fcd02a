/**
 * Rules of last resort, one a kind: they look for the things a fact of that kind cannot be without (a year, a count, a place, a
 * product's name) and for any word that goes with it, whatever the sentence is like. They are asked only where no stricter rule of that kind
 * found anything, and only of text that stands in the body of a page.
 */
import type { FactKind } from '../../../domain/evidence/types.ts'
import type { Draft, Sentence } from '../rule.ts'
import { customer, offering, technology } from './dealings.ts'
import { award, closure, expansion, funding, hiring, launch, revenue } from './events.ts'
import { leader } from './people.ts'
import { headquarters, office } from './places.ts'
import { authority, budget, need, timing } from './project.ts'
import { description, employees, founded, industry } from './self.ts'

const LOOSE: readonly [FactKind, (sentence: Sentence) => Draft[]][] = [
  ['founded', founded],
  ['employees', employees],
  ['headquarters', headquarters],
  ['office', office],
  ['technology', technology],
  ['hiring', hiring],
  ['award', award],
  ['launch', launch],
  ['expansion', expansion],
  ['customer', customer],
  ['offering', offering],
  ['industry', industry],
  ['need', need],
  ['authority', authority],
  ['budget', budget],
  ['timing', timing],
  ['funding', funding],
  ['revenue', revenue],
  ['leader', leader],
  ['closure', closure],
]

/** What stricter rules missed. `found` is what they found in the sentence. */
export function looseDrafts(sentence: Sentence, found: readonly Draft[]): Draft[] {
  if (sentence.role !== 'main' || sentence.kind === 'heading' || sentence.text.length < 12) return []
  const kinds = new Set(found.map(draft => draft.kind))
  // What says something of another kind is no description: that is asked last, of sentences that gave nothing else.
  const told = LOOSE.flatMap(([kind, rule]) =>
    kinds.has(kind) || (kind === 'industry' && [...kinds].some(other => other !== 'description')) ? [] : rule(sentence),
  )
  const other = [...found, ...told].some(({ kind }) => kind !== 'industry' && kind !== 'offering')
  return other ? told : [...told, ...description(sentence)]
}

import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { playbookText } from './arbitrary.fixture.ts'
import { catalogue } from './catalogue.fixture.ts'
import { EXAMPLE, withSteps } from './example.fixture.ts'
import { playbookLanguage } from './language.ts'
import { parsePlaybook } from './parse.ts'

const validate = new Ajv({ strict: true, strictTypes: false }).compile(playbookLanguage(catalogue))
const fits = (text: string): boolean => validate(parse(text))

describe('the language of playbooks as a schema', () => {
  it('takes what the checker takes', () => {
    expect([fits(EXAMPLE), validate.errors]).toEqual([true, null])
    fc.assert(
      fc.property(playbookText, text => {
        expect([fits(text), validate.errors, text]).toEqual([true, null, text])
      }),
      { seed: 20261124, numRuns: 60 },
    )
  })

  it('knows the same keys, kinds and words: each of these both refuse', () => {
    const wrong = [
      EXAMPLE.replace('budget:', 'bugdet:'),
      EXAMPLE.replace('language: 1', 'language: 2'),
      EXAMPLE.replace('lead.created', 'lead.made'),
      EXAMPLE.replace('once_per: contact', 'once_per: person'),
      EXAMPLE.replace('do: research', 'do: reserch'),
      EXAMPLE.replace('max_pages: 8', 'pages: 8'),
      EXAMPLE.replace('method: bant', 'method: luck'),
      EXAMPLE.replace('by: owner', 'by: anybody'),
      EXAMPLE.replace(', at_most: 3 working days', ''),
      EXAMPLE.replace('repeat: 3', 'repeat: 0'),
      EXAMPLE.replace('max_pages: 8', 'max_pages: many'),
      withSteps('  - { do: score }\n'),
      withSteps('  - { id: a, do: score, end: over }\n'),
      withSteps('  - choose:\n      - { when: "true" }\n'),
      withSteps('  []\n'),
    ]
    for (const text of wrong) {
      expect([text, fits(text), parsePlaybook(text, 'x', catalogue).problems.length > 0]).toEqual([text, false, true])
    }
  })

  it('takes each of the playbooks that ship, as far as the catalogue of tests goes', () => {
    const text = readFileSync(new URL('../../playbooks/inbound-lead.yaml', import.meta.url), 'utf8')
    expect(parsePlaybook(text, 'x', catalogue).problems.length === 0).toBe(fits(text))
  })
})

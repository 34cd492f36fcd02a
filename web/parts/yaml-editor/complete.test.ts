import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { offersAt } from './complete.ts'
import type { Schema } from './schema.ts'
import { whereIs } from './yaml-path.ts'

const work = (verb: string, name: string, fields: Record<string, Schema>): Schema => ({
  type: 'object',
  properties: { id: { type: 'string' }, [verb]: { const: name }, with: { type: 'object', properties: fields } },
  required: ['id', verb],
})

const SCHEMA: Schema = {
  type: 'object',
  properties: {
    name: { type: 'string' },
    on: { type: 'object', properties: { event: { enum: ['lead.created', 'deal.opened'] }, when: { type: 'string' } } },
    stop_on: { type: 'array', items: { enum: ['lead.closed', 'contact.gone'] } },
    sure: { type: 'boolean' },
    steps: { $ref: '#/$defs/steps' },
  },
  required: ['name'],
  $defs: {
    steps: { type: 'array', items: { $ref: '#/$defs/step' } },
    step: {
      anyOf: [
        work('do', 'draft', { kind: { enum: ['first', 'second'] } }),
        work('do', 'score', {}),
        work('propose', 'send', { draft: { type: 'string' }, at: { type: 'string', examples: ['1 day'] } }),
        {
          type: 'object',
          properties: {
            choose: {
              type: 'array',
              items: {
                type: 'object',
                properties: { when: { type: 'string' }, steps: { $ref: '#/$defs/steps' } },
              },
            },
          },
        },
      ],
    },
  },
}

const offered = (before: string): string[] => offersAt(SCHEMA, before).offers.map(({ word }) => word)

describe('what may stand at a place', () => {
  const CASES: [what: string, before: string, expected: string[]][] = [
    ['keys of the whole', '', ['name', 'on', 'stop_on', 'sure', 'steps']],
    ['keys that are not there yet', 'name: x\nsteps:\n  - { id: a, do: score }\n', ['on', 'stop_on', 'sure']],
    ['words of a key', 'sure: ', ['true', 'false']],
    ['keys in a mapping beneath', 'on:\n  ', ['event', 'when']],
    ['words in it', 'on:\n  event: le', ['lead.created', 'deal.opened']],
    ['keys in brackets', 'on: { ev', ['event', 'when']],
    ['keys in brackets that are not there yet', 'on: { event: lead.created, ', ['when']],
    ['words in brackets', 'on: { event: ', ['lead.created', 'deal.opened']],
    ['items of a list in brackets', 'stop_on: [lead.closed, ', ['lead.closed', 'contact.gone']],
    ['items of a list beneath', 'stop_on:\n  - ', ['lead.closed', 'contact.gone']],
    ['keys of a step', 'steps:\n  - ', ['id', 'do', 'with', 'propose', 'choose']],
    ['keys of a step whose dashes stand at the margin', 'steps:\n- id: a\n  ', ['do', 'with', 'propose']],
    ['words of all that may stand there', 'steps:\n  - { id: a, do: ', ['draft', 'score']],
    ['terms of what is done there', 'steps:\n  - { id: a, do: draft, with: { ', ['kind']],
    ['terms of another', 'steps:\n  - id: a\n    propose: send\n    with:\n      ', ['draft', 'at']],
    ['words of its terms', 'steps:\n  - { id: a, do: draft, with: { kind: ', ['first', 'second']],
    ['examples', 'steps:\n  - { id: a, propose: send, with: { at: ', ['1 day']],
    [
      'steps within steps, behind remarks and quotes',
      `# a: { b\nsteps:\n  - { id: 'x: {', do: score }\n  - choose:\n      # why\n      - when: 'a == "{"'\n        steps:\n          - { id: b, do: draft, with: { `,
      ['kind'],
    ],
    [
      'after a step in brackets over several lines',
      'steps:\n  - { id: a,\n      do: draft,\n      with: { kind: f',
      ['first', 'second'],
    ],
    ['nothing within a text block', 'name: |\n  on: ', []],
    ['nothing in a remark', '# on: ', []],
  ]
  it.each(CASES)('%s', (_, before, expected) => {
    expect(offered(before)).toEqual(expected)
  })

  it('finds its way in any text, however broken', () => {
    const piece = fc.constantFrom('a: ', '- ', '{ ', '}', '[', ']', ', ', '\n', '  ', "'", '"', '# ', '|', 'word', ': ')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), pieces => {
        const { path, word } = whereIs(pieces.join(''))
        expect(path.every(step => step === 'item' || typeof step.key === 'string')).toBe(true)
        expect(word).not.toContain('\n')
      }),
      { seed: 20261124, numRuns: 400 },
    )
  })
})

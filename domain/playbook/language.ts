/**
 * The language of playbooks as JSON Schema, made of the same catalogue that the checker reads. It says what may stand where; that names
 * are known and conditions hold together is the checker's alone (parse.ts).
 */
import { ASKS } from '../policy/asks.ts'
import type { JsonSchema } from '../json-schema.ts'
import { LIMITS } from './limits.ts'
import type { Catalogue, StepKind, WithField } from './types.ts'

type Properties = Record<string, JsonSchema>

/** A mapping with these keys and no others. */
const mapping = (properties: Properties, required: readonly string[], description?: string): JsonSchema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
  ...(description === undefined ? {} : { description }),
})

const ID: JsonSchema = { type: 'string', description: 'Its name: small letters, digits and _', pattern: '^[a-z]' }
const CONDITION: JsonSchema = { type: 'string', description: 'A condition in quotes', maxLength: LIMITS.condition }
const STEPS: JsonSchema = { $ref: '#/$defs/steps' }
const EVENT: JsonSchema = { $ref: '#/$defs/event' }
const DURATION: JsonSchema = { $ref: '#/$defs/duration' }

export function playbookLanguage(catalogue: Catalogue): JsonSchema {
  const { steps, events } = catalogue
  const records = [...new Set(events.flatMap(event => event.records ?? []))]
  return {
    ...mapping(
      {
        playbook: { type: 'string', description: 'Its name, such as inbound-lead', pattern: '^[a-z][a-z0-9-]*$' },
        language: { const: 1, description: 'Of playbooks: 1' },
        on: mapping(
          {
            event: EVENT,
            when: CONDITION,
            once_per: { enum: records, description: 'It begins once for each of these' },
          },
          ['event'],
          'What begins it',
        ),
        stop_on: { type: 'array', items: EVENT, description: 'What ends it at any time' },
        retry: mapping(
          {
            attempts: { type: 'integer', minimum: 1, maximum: 20 },
            first: DURATION,
            factor: { type: 'number', minimum: 1, maximum: 10 },
            max: DURATION,
          },
          [],
          'How a step that fails is tried again',
        ),
        budget: { type: 'string', description: 'What a run may spend', examples: ['0.50 USD'] },
        steps: STEPS,
      },
      ['playbook', 'language', 'on', 'steps'],
    ),
    $defs: {
      event: { enum: events.map(({ name }) => name), description: 'Something that happens' },
      duration: {
        type: 'string',
        description: 'A time, such as 4 working hours',
        examples: ['30 minutes', '4 working hours', '1 working day', '3 working days', '2 days'],
      },
      steps: { type: 'array', items: { $ref: '#/$defs/step' }, minItems: 1, description: 'One after another' },
      step: { anyOf: [...steps.map(workOf), ...waits(), choose(), repeat(), end()] },
    },
  }
}

function workOf({ name, verb, with: fields }: StepKind): JsonSchema {
  const words = Object.entries(fields)
  const needed = words.filter(([, field]) => field.required).map(([key]) => key)
  const given: Properties =
    words.length === 0
      ? {}
      : {
          with: mapping(
            Object.fromEntries(words.map(([key, field]) => [key, fieldOf(field)])),
            needed,
            'On what terms',
          ),
        }
  const more: Properties = verb === 'propose' ? { approve: approve(), unless: unless() } : {}
  const about = verb === 'do' ? 'Something that is done' : 'Something that is done once it is approved'
  return mapping({ id: ID, [verb]: { const: name, description: about }, ...given, ...more }, [
    'id',
    verb,
    ...(needed.length > 0 ? ['with'] : []),
  ])
}

function fieldOf(field: WithField): JsonSchema {
  switch (field.type) {
    case 'step':
      return { type: 'string', description: `The id of an earlier step: ${field.kinds.join(' or ')}` }
    case 'duration':
      return DURATION
    case 'boolean':
      return { type: 'boolean' }
    case 'number':
      return {
        type: 'number',
        ...(field.min === undefined ? {} : { minimum: field.min }),
        ...(field.max === undefined ? {} : { maximum: field.max }),
      }
    default:
      return field.oneOf ? { enum: field.oneOf } : { type: 'string', maxLength: LIMITS.textArgument }
  }
}

function approve(): JsonSchema {
  return mapping(
    {
      by: { enum: ASKS, description: 'Who is asked' },
      not_by: { enum: ['maker'], description: 'Nobody approves what they made themselves' },
      always: { type: 'boolean', description: 'A person is asked whatever the policy allows' },
      escalate: mapping({ to: { enum: ['manager', 'ops'] }, after: DURATION }, ['to', 'after'], 'Who is asked next'),
      expires: { ...DURATION },
    },
    [],
    'Who approves it, and until when',
  )
}

function unless(): JsonSchema {
  return mapping({ event: EVENT, where: CONDITION }, ['event'], 'What withdraws it while it waits')
}

function waits(): JsonSchema[] {
  const terms = mapping({ for: EVENT, where: CONDITION, at_most: DURATION }, ['for', 'at_most'], 'For an event')
  return [mapping({ id: ID, wait: { anyOf: [terms, DURATION], description: 'Waits' } }, ['id', 'wait'])]
}

function choose(): JsonSchema {
  const branch = mapping({ when: CONDITION, steps: STEPS }, ['when', 'steps'])
  const otherwise = mapping({ else: STEPS }, ['else'])
  return mapping(
    {
      choose: {
        type: 'array',
        items: { anyOf: [branch, otherwise] },
        minItems: 1,
        description: 'The first branch that holds',
      },
    },
    ['choose'],
  )
}

function repeat(): JsonSchema {
  const times: JsonSchema = { type: 'integer', minimum: 1, maximum: LIMITS.repeat, description: 'So many times' }
  return mapping({ repeat: times, steps: STEPS }, ['repeat', 'steps'])
}

function end(): JsonSchema {
  return mapping({ end: { type: 'string', description: 'Ends it, and says how' } }, ['end'])
}

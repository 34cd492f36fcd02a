import { describe, expect, test } from 'vitest'
import type { KnowledgeItem, MailToCheck, StoredFact } from './mail.ts'
import { checkMail } from './mail.ts'

const facts: StoredFact[] = [
  {
    id: 'f1',
    kind: 'expansion',
    value: 'office in Graz since July 2024',
    quote: 'Seit Juli 2024 gibt es ein Büro in Graz, an office in Graz.',
    subject: 'Kupfer GmbH',
  },
  {
    id: 'f2',
    kind: 'need',
    value: 'milk collection is planned by hand in Excel',
    quote: 'milk collection is planned by hand in Excel',
    subject: 'Dunmore Dairies',
  },
  {
    id: 'f3',
    kind: 'expansion',
    value: 'plans a branch in Vilnius in 2027',
    quote: 'we will open a branch in Vilnius in 2027',
    subject: 'Quillon',
  },
  {
    id: 'f4',
    kind: 'employees',
    value: '250',
    quote: 'Today about 250 people work for us',
    subject: 'Norrland Cooling AB',
  },
]
const knowledge: KnowledgeItem[] = [
  {
    id: 'k1',
    kind: 'case_study',
    text: 'Milchhof Sauer cut empty mileage by 18 percent in nine months with Dovetail.',
    sourceId: 's1',
  },
  { id: 'k2', kind: 'proof_point', text: 'Dovetail saves up to 20 percent of fuel.', sourceId: 's1' },
  { id: 'k3', kind: 'price', text: 'The Standard plan costs 390 euros per month for up to 20 trucks.', sourceId: 's1' },
  { id: 'k4', kind: 'voice', text: 'Short sentences. We have 900 customers.', sourceId: 's1' },
]

function check(sentence: string, factIds: string[] = [], knowledgeIds: string[] = [], more: Partial<MailToCheck> = {}) {
  const result = checkMail({
    body: sentence,
    bindings: factIds.length + knowledgeIds.length > 0 ? [{ sentence, factIds, knowledgeIds }] : [],
    facts,
    knowledge,
    typedByPerson: [],
    names: ['Jonas Wieland', 'Anna Berg', 'Dovetail'],
    ...more,
  })
  return result
}

describe('a whole mail', () => {
  const body = [
    'Hi Anna,',
    '',
    'I saw that you have had an office in Graz since July 2024. Milchhof Sauer cut empty mileage by 18 percent in nine months with Dovetail.',
    'Would you be open to a short call next week?',
    '',
    'Best regards',
    'Jonas Wieland',
  ].join('\n')
  const bindings = [
    { sentence: 'I saw that you have had an office in Graz since July 2024.', factIds: ['f1'], knowledgeIds: [] },
    {
      sentence: 'Milchhof Sauer cut empty mileage by 18 percent in nine months with Dovetail.',
      factIds: [],
      knowledgeIds: ['k1'],
    },
  ]

  test('passes when every sentence is bound or a courtesy, and positions hold the text', () => {
    const result = check(body, [], [], { body, bindings })
    expect(result.sentences.filter(sentence => sentence.problem)).toEqual([])
    expect(result.ok).toBe(true)
    expect(result.sentences.map(sentence => sentence.by)).toEqual([
      'courtesy',
      'fact',
      'knowledge',
      'courtesy',
      'courtesy',
      'courtesy',
    ])
    for (const sentence of result.sentences) expect(body.slice(sentence.start, sentence.end)).toBe(sentence.text)
  })

  test('one unbound sentence stops it, and is named', () => {
    const result = check(body, [], [], {
      body: body.replace('Would you', 'We are the market leader. Would you'),
      bindings,
    })
    expect(result.ok).toBe(false)
    expect(result.sentences.filter(sentence => sentence.problem).map(sentence => sentence.text)).toEqual([
      'We are the market leader.',
    ])
  })

  test('a person may type what they will, sentence by sentence', () => {
    const typed = 'We met in Linz, remember? You promised me a coffee.'
    expect(
      check(`Hi Anna,\n${typed}`, [], [], { typedByPerson: [typed] }).sentences.map(sentence => sentence.by),
    ).toEqual(['courtesy', 'person', 'person'])
    expect(check(`Hi Anna,\n${typed}`, [], [], { typedByPerson: ['We met in Linz, remember?'] }).ok).toBe(false)
  })

  test('an empty body is not fit to send', () => {
    expect(check('  \n').ok).toBe(false)
  })

  test('asks once', () => {
    const result = check('Would you be open to a short call next week? Do you have time for a call?')
    expect(result.sentences.map(sentence => sentence.problem !== undefined)).toEqual([false, true])
  })
})

describe('bound to facts', () => {
  test.each([
    ['You plan a branch in Vilnius in 2027.', 'f3', true],
    ['You opened a branch in Vilnius in 2027.', 'f3', false], // a plan told as done
    ['You plan a branch in Vilnius in 2028.', 'f3', false], // another year
    ['You plan a branch in Riga in 2027.', 'f3', false], // another name
    ['Congratulations on the office in Graz.', 'f1', true],
    ['Congratulations on the office in Linz.', 'f1', false],
    ['I read that milk collection is planned by hand in Excel.', 'f2', true],
    ['I read that milk collection is not planned by hand in Excel.', 'f2', false], // an added denial
    ['I read that milk collection is planned by hand in Excel and costs you drivers.', 'f2', false], // something more
    ['With 250 people you know this.', 'f4', false], // "know" is said nowhere
    ['You have 250 employees.', 'f4', true],
    ['You have 350 employees.', 'f4', false],
    ['You have 250 trucks.', 'f4', false], // another thing counted
    ['We have 250 employees.', 'f4', false], // of us, bound to the prospect
  ])('%s (%s) → %s', (sentence, id, ok) => {
    const result = check(sentence, [id])
    expect({ ok: result.ok, problem: result.sentences[0]?.problem }).toMatchObject({ ok })
  })
})

describe('bound to knowledge', () => {
  test.each([
    ['Dovetail saves up to 20 percent of fuel.', 'k2', true],
    ['Dovetail saves 20 percent of fuel.', 'k2', false], // the bound dropped
    ['Dovetail saves up to 30 percent of fuel.', 'k2', false],
    ['Milchhof Sauer cut empty mileage by 18 percent in nine months.', 'k1', true],
    ['Milchhof Sauer cut empty mileage by 18 percent in six months.', 'k1', false],
    ['Milchhof Sauer always cuts empty mileage by 18 percent.', 'k1', false], // a promise added
    ['The Standard plan costs 390 euros per month for up to 20 trucks.', 'k3', true],
    ['The Standard plan costs 390 dollars per month for up to 20 trucks.', 'k3', false],
    ['We have 900 customers.', 'k4', false], // voice supports no claim
    ['You have cut empty mileage by 18 percent.', 'k1', false], // of the prospect, bound to us
  ])('%s (%s) → %s', (sentence, id, ok) => {
    const result = check(sentence, [], [id])
    expect({ ok: result.ok, problem: result.sentences[0]?.problem }).toMatchObject({ ok })
  })

  test('a sentence may rest on both', () => {
    const sentence =
      'Since milk collection is planned by hand in Excel: Milchhof Sauer cut empty mileage by 18 percent.'
    expect(check(sentence, ['f2'], ['k1'])).toMatchObject({ ok: true, sentences: [{ by: 'fact', ids: ['f2', 'k1'] }] })
    expect(check(sentence, ['f2'], []).ok).toBe(false)
  })

  test('unknown ids bind nothing', () => {
    expect(check('You have 250 employees.', ['f9']).sentences[0]).toMatchObject({ by: 'none', ids: [] })
  })

  test('a binding of another sentence binds nothing', () => {
    const binding = { sentence: 'You have 250 employees', factIds: ['f4'], knowledgeIds: [] }
    expect(check('x', [], [], { body: 'You have 250 employees in Graz.', bindings: [binding] }).ok).toBe(false)
  })
})

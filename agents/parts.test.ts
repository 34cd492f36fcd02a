import { describe, expect, it } from 'vitest'
import type { EvidenceSource } from '../domain/evidence/types.ts'
import { parseKnowledge } from './knowledge.ts'
import { choosePassages, PASSAGE_CHARS } from './passages.ts'
import { costMicroUsd } from './prices.ts'
import { loadPrompt, parsePrompt } from './prompt.ts'
import { readAnswer } from './reader.ts'
import { researchAnswer } from './researcher.ts'
import { writeAnswer } from './writer.ts'
import { bounceOf, labelByHeaders } from './rules/label-headers.ts'

describe('prompts', () => {
  it.each(['researcher', 'reader', 'writer'])('%s loads with id, version and settings', id => {
    const prompt = loadPrompt(id)
    expect(prompt).toMatchObject({ id, version: expect.any(Number) as number })
    expect(prompt.settings.maxOutputTokens).toBeGreaterThan(0)
    expect(prompt.hash).toMatch(/^[0-9a-f]{64}$/)
    expect(prompt.text).toContain('<<data …>>')
  })

  it.each([
    ['researcher', researchAnswer],
    ['reader', readAnswer],
    ['writer', writeAnswer.shape.mail.shape.sentences],
  ] as const)('the example of the %s fits its schema', (id, schema) => {
    const example = /^`((?:\{|\[\{).*[}\]])`$/mu.exec(loadPrompt(id).text)?.[1] ?? ''
    expect(schema.safeParse(JSON.parse(example)).error).toBeUndefined()
  })

  it('has another hash for another setting', () => {
    const file = '---\nid: x\nversion: 1\nmax_output_tokens: 10\n---\nText'
    expect(parsePrompt(file, 'x.md').hash).not.toBe(parsePrompt(file.replace('10', '11'), 'x.md').hash)
  })

  it.each([
    ['no front matter', 'Text'],
    ['broken YAML', '---\nid: [x\n---\nText'],
    ['an unknown key', '---\nid: x\nversion: 1\nmax_output_tokens: 1\nfoo: 1\n---\nText'],
    ['no text', '---\nid: x\nversion: 1\nmax_output_tokens: 1\n---\n'],
  ])('refuses %s and names the file', (_, content) => {
    expect(() => parsePrompt(content, 'prompts/x.md')).toThrow(/prompts\/x\.md/)
  })
})

describe('knowledge files', () => {
  const good = '---\nid: offering-plan\nkind: offering\ntitle: Plan\nsource: Product sheet\n---\n\nPlan plans.\n'
  it('are read', () => {
    expect(parseKnowledge(good, 'k.md')).toEqual({
      id: 'offering-plan',
      kind: 'offering',
      title: 'Plan',
      source: 'Product sheet',
      text: 'Plan plans.',
      lang: 'en',
    })
    expect(parseKnowledge(good.replaceAll('\n', '\r\n'), 'k.md').text).toBe('Plan plans.')
  })
  it.each([
    ['an unknown kind', good.replace('kind: offering', 'kind: rumour')],
    ['no source', good.replace('source: Product sheet\n', '')],
    ['no text', good.replace('Plan plans.', '')],
  ])('are refused with %s', (_, content) => {
    expect(() => parseKnowledge(content, 'k.md')).toThrow(/k\.md/)
  })
})

describe('passages', () => {
  const page = (id: string, text: string, regions?: EvidenceSource['regions']): EvidenceSource => ({
    id,
    kind: 'page',
    text,
    publisher: null,
    fetchedAt: '2026-01-01T00:00:00Z',
    ...(regions === undefined ? {} : { regions }),
  })
  const filler = Array.from(
    { length: 900 },
    (_, i) => `Sentence number ${i} of the long story goes on and on without end.`,
  ).join('\n')

  it('keeps within the limit, takes what bears facts, and counts what is lost', () => {
    const fact = 'Orrin Pumps was founded in 1962 and has 310 employees.'
    const chosen = choosePassages([page('a', filler), page('b', `${filler}\n${fact}`)])
    expect(chosen.chars).toBeLessThanOrEqual(PASSAGE_CHARS)
    expect(chosen.passages.some(({ text }) => text === fact)).toBe(true)
    // The second page repeats the first: its lines are read once and are no loss.
    expect(chosen.chars + chosen.dropped.chars).toBe(filler.replaceAll('\n', '').length + fact.length)
  })

  it('keeps offsets and the order of the source', () => {
    const text = `One. \n\n  ${'Our staff numbers 40 people. '.repeat(60)}\nLast line.`
    const { passages } = choosePassages([page('a', text)])
    for (const passage of passages) expect(text.slice(passage.start, passage.end)).toBe(passage.text)
    expect(passages.map(({ start }) => start)).toEqual(passages.map(({ start }) => start).sort((a, b) => a - b))
  })

  it('never sends what no visitor sees', () => {
    const text = 'Seen text.\nHidden: we employ 9,000 people.'
    const { passages } = choosePassages([
      page('a', text, [
        { start: 0, end: 11, role: 'main' },
        { start: 11, end: text.length, role: 'hidden' },
      ]),
    ])
    expect(passages.map(passage => passage.text)).toEqual(['Seen text.'])
  })
})

describe('headers', () => {
  it('say nothing about a person’s mail', () => {
    expect(
      labelByHeaders(
        { from: 'Tom <tom@orrin.example>', 'auto-submitted': 'no', 'content-type': 'text/plain' },
        'Hello',
      ),
    ).toBeNull()
  })
  it.each([
    ['550 5.1.1 user unknown', 'bounce_hard'],
    ['452 4.2.2 mailbox full', 'bounce_soft'],
    ['421 too many connections', 'bounce_soft'],
    ['550 no such user', 'bounce_hard'],
    ['Status: 5.2.2', 'bounce_soft'],
    ['Greylisted, please try again later', 'bounce_soft'],
  ])('%s is %s', (text, label) => {
    expect(bounceOf(text)).toBe(label)
  })
})

it('costs are integers of micro-USD, by family for dated names, null when unknown, own prices first', () => {
  expect(costMicroUsd('gpt-4o-mini', 1000, 100)).toBe(210)
  expect(costMicroUsd('gpt-4o-2024-08-06', 1000, 0)).toBe(2500)
  expect(costMicroUsd('some-model', 1000, 0)).toBeNull()
  expect(costMicroUsd('some-model', 1000, 0, { 'some-model': { input: 1, output: 1 } })).toBe(1)
})

import { describe, expect, it } from 'vitest'
import { catalogue } from './catalogue.fixture.ts'
import { withSteps } from './example.fixture.ts'
import { LIMITS } from './limits.ts'
import { parsePlaybook } from './parse.ts'

function messages(text: string): string[] {
  return parsePlaybook(text, 'p.yaml', catalogue).problems.map(one => one.message)
}

/** Sizes at which a recursive reader runs out of stack. */
const deep: [what: string, text: string][] = [
  ['flow lists', '['.repeat(60_000)],
  ['closed flow lists', '['.repeat(30_000) + ']'.repeat(30_000)],
  ['flow mappings', '{a: '.repeat(15_000)],
  ['block lists', '- '.repeat(30_000)],
  ['explicit keys', '? '.repeat(30_000)],
  ['block mappings', Array.from({ length: 300 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
]

describe('hostile text is refused', () => {
  it.each(deep)('nested %s', (_, text) => {
    expect(messages(text)).toEqual([`nested deeper than ${LIMITS.yamlDepth} levels`])
  })

  it('says where the nesting grew too deep', () => {
    expect(parsePlaybook(`a: 1\nb:\n  ${'['.repeat(100)}`, 'p.yaml', catalogue).problems[0]).toMatchObject({
      line: 3,
      column: 43,
    })
  })

  it('a file that is too large', () => {
    expect(messages(`# ${'x'.repeat(LIMITS.text)}`)[0]).toMatch(/at most 65536 are read/)
  })

  it('aliases, anchors and tags', () => {
    const bomb = 'a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n'
    const found = messages(bomb)
    expect(found).toContain('anchors are not allowed: write it out')
    expect(found).toContain('aliases are not allowed: write it out')
    expect(messages('a: !!js/function x\n')[0]).toMatch(/tag/i)
    expect(messages('a: !secret x\n')[0]).toMatch(/tag/i)
  })

  it('more than one document', () => {
    expect(messages(`${withSteps('- end: x\n')}---\na: 1\n`)).toHaveLength(1)
  })

  it('thousands of mistakes, by naming the first', () => {
    const text = withSteps(Array.from({ length: 280 }, (_, at) => `- { id: A${at}, do: nothing }\n`).join(''))
    expect(messages(text)).toHaveLength(LIMITS.problems)
  })

  it('too many steps', () => {
    const text = withSteps(
      Array.from({ length: LIMITS.statements + 5 }, (_, at) => `- { id: a${at}, do: score }\n`).join(''),
    )
    expect(messages(text)).toEqual([`more than ${LIMITS.statements} steps`])
  })

  it('repeats that multiply', () => {
    const steps =
      '- repeat: 100\n  steps:\n  - repeat: 100\n    steps:\n    - { id: a, do: score }\n    - { id: b, do: score }\n    - { id: c, do: score }\n'
    expect(messages(withSteps(steps))).toEqual([
      `with all repeats multiplied out, a run could pass through more than ${LIMITS.passes} steps`,
    ])
  })

  it('choose and repeat in each other without end', () => {
    let steps = '[{ end: x }]'
    for (let depth = 0; depth < LIMITS.depth; depth++) steps = `[{ repeat: 1, steps: ${steps} }]`
    expect(messages(`playbook: a\nlanguage: 1\non: { event: lead.created }\nsteps: ${steps}\n`)).toEqual([
      `choose and repeat are nested deeper than ${LIMITS.depth} levels`,
    ])
  })

  it('conditions that are deep, long or full of lists', () => {
    const condition = (text: string) => messages(withSteps(`- choose: [{ when: '${text}', steps: [{ end: x }] }]\n`))
    for (const text of [
      '('.repeat(200) + 'true' + ')'.repeat(200),
      '!'.repeat(300) + 'true',
      `1 in [${'1, '.repeat(100)}1]`,
    ]) {
      expect(condition(text)).toHaveLength(1)
    }
    expect(condition(`${'true || '.repeat(100)}true`)).toEqual([
      `a condition has at most ${LIMITS.condition} characters`,
    ])
  })

  it('names that objects carry by themselves', () => {
    for (const name of ['__proto__', 'constructor', 'toString']) {
      expect(messages(`${name}: 1\n${withSteps('- end: x\n')}`)).toHaveLength(1)
      expect(messages(withSteps(`- { id: a, do: score, with: { ${name}: 1 } }\n`))).toHaveLength(1)
      expect(messages(withSteps(`- { id: a, wait: 1 ${name} }\n`))).toHaveLength(1)
    }
  })
})

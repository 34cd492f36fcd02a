import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { parseJson } from './json-text.ts'

describe('JSON bodies', () => {
  it('are read as JSON.parse reads them', () => {
    const shallow = fc.jsonValue({ maxDepth: 6 })
    fc.assert(
      fc.property(shallow, value => {
        expect(parseJson(JSON.stringify(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  it.each([
    ['{"a":1,"a":2}'],
    ['{"a":1,"\\u0061":2}'],
    ['[{"b":{"a":1, "c":[{}], "a" : 2}}]'],
    ['{"__proto__":1,"__proto__":2}'],
    ['{"a":{"a":1},"a":{}}'],
  ])('with a key twice are refused: %s', text => {
    expect(() => parseJson(text)).toThrow('A key stands twice')
  })

  it.each([
    ['{"a":{"a":1},"b":["a","a"]}'],
    ['["a","a"]'],
    ['{"a":"a","b":"\\"a\\":"}'],
    ['[{"a":1},{"a":1}]'],
  ])('with equal words in other places are not: %s', text => expect(parseJson(text)).toEqual(JSON.parse(text)))

  it.each([['['], ['{"a":'], ['']])('nested too deeply are refused before they are parsed: %s', opening => {
    const text = opening === '' ? '{"a":['.repeat(200_000) : opening.repeat(400_000)
    expect(() => parseJson(text)).toThrow('nested deeper')
  })

  it('brackets in strings are no nesting', () => {
    expect(parseJson(JSON.stringify('['.repeat(1_000)))).toHaveLength(1_000)
  })

  it.each([
    ['{'],
    ['{"a"}'],
    ['nul'],
    [''],
    ['{"a":1}x'],
    ['{"a":"\n"}'],
    ["{'a':1}"],
    ['"\\x"'],
    ['{"a\\":1}'],
  ])('of wrong syntax are refused: %s', text => expect(() => parseJson(text)).toThrow('syntax is wrong'))

  it('errors repeat nothing of the text', () => {
    for (const text of ['{"secret":1,"secret":2}', '{secret}'])
      expect(() => parseJson(text)).toThrow(expect.not.stringContaining('secret') as never)
  })
})

test.each([
  String.raw`"\u0000"`,
  String.raw`{"a":["x\ud800"]}`,
  String.raw`{"\udfff":1}`,
])('%s holds what cannot be stored', text => {
  expect(() => parseJson(text)).toThrow(/NUL or half a character/)
})

test('a whole character in two escapes is one', () => {
  expect(parseJson(String.raw`"\ud83d\ude00"`)).toBe('😀')
})

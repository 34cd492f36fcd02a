import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { domainCovers, entriesCovering, guessKind, neverEntry } from './never.ts'

const label = fc.stringMatching(/^[a-z0-9]{1,8}$/)
const domain = fc.array(label, { minLength: 2, maxLength: 5 }).map(labels => labels.join('.'))

describe('the never-contact list', () => {
  it('covers a domain alone, and with a star all beneath it as well', () => {
    expect(domainCovers('two.example', 'two.example')).toBe(true)
    expect(domainCovers('two.example', 'eu.two.example')).toBe(false)
    expect(domainCovers('*.two.example', 'two.example')).toBe(true)
    expect(domainCovers('*.two.example', 'a.b.two.example')).toBe(true)
    expect(domainCovers('*.two.example', 'nottwo.example')).toBe(false)
  })

  it('finds by equality exactly the entries that cover', () => {
    fc.assert(
      fc.property(domain, domain, fc.boolean(), (at, entry, star) => {
        const value = star ? `*.${entry}` : entry
        expect(entriesCovering(at).includes(value)).toBe(domainCovers(value, at))
        expect(entriesCovering(`${at}.${entry}`).includes(`*.${entry}`)).toBe(true)
      }),
    )
  })

  it('is folded as addresses are', () => {
    expect(neverEntry('address', ' Ann+News@Company.EXAMPLE ').value).toBe('ann@company.example')
    expect(neverEntry('domain', 'Bücher.example').value).toBe('xn--bcher-kva.example')
    expect(neverEntry('domain', '*.Company.example.').value).toBe('*.company.example')
  })

  it.each([
    ['domain', '*'],
    ['domain', '*.*.company.example'],
    ['domain', 'com*pany.example'],
    ['domain', 'company.example/path'],
    ['domain', 'user@company.example'],
    ['address', 'company.example'],
    ['account', 'Company'],
  ] as const)('%s “%s” is refused', (kind, value) => {
    expect(() => neverEntry(kind, value)).toThrow(expect.objectContaining({ code: 'bad_input' }))
  })

  it('knows what was meant by its looks', () => {
    expect(['a@b.example', '*.b.example', '0f9e4a1c-2222-4333-8444-555566667777'].map(guessKind)).toEqual([
      'address',
      'domain',
      'account',
    ])
  })
})

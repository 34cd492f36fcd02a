import fc from 'fast-check'
import { expect, it, vi } from 'vitest'

vi.hoisted(() => vi.stubGlobal('navigator', { languages: ['en-GB'] }))
const { fromText, shown, toText } = await import('./field-value.ts')

it('reads amounts as people write them, in minor units', () => {
  const minor = (text: string) => fromText('money', text, 'EUR')
  expect(minor('12,500.5 EUR')).toEqual({ ok: true, value: { minor: 1_250_050, currency: 'EUR' } })
  expect(minor('usd 12 500')).toEqual({ ok: true, value: { minor: 1_250_000, currency: 'USD' } })
  expect(minor('900')).toEqual({ ok: true, value: { minor: 90_000, currency: 'EUR' } })
  expect(minor('1500 JPY')).toEqual({ ok: true, value: { minor: 1500, currency: 'JPY' } })
  expect(minor('12.500,50')).toEqual(minor('12500.5'))
  expect(minor('12,5')).toEqual(minor('12.50'))
  expect(minor(' ')).toEqual({ ok: true, value: null })
  for (const wrong of ['12.345', '1,25,0', 'about 12', '-5', '1.5 JPY', '99999999999999999'])
    expect(minor(wrong).ok).toBe(false)
})

it('shows and takes back the same amount', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e12 }), fc.constantFrom('EUR', 'JPY', 'KWD'), (minor, currency) => {
      const value = { minor, currency }
      expect(fromText('money', toText('money', value))).toEqual({ ok: true, value })
    }),
  )
})

it('takes numbers, and says what is none', () => {
  expect(fromText('whole', '1,250')).toEqual({ ok: true, value: 1250 })
  expect(fromText('number', '2.5')).toEqual({ ok: true, value: 2.5 })
  expect(fromText('whole', '2.5').ok).toBe(false)
  expect(fromText('number', 'two').ok).toBe(false)
  expect(fromText('url', 'orrin.example')).toEqual({ ok: true, value: 'https://orrin.example' })
})

it('reads out values in plain words', () => {
  expect(shown('choice', 'legal_obligation')).toBe('Legal obligation')
  expect(shown('choice', 'x', [{ value: 'x', label: 'Proposal' }])).toBe('Proposal')
  expect(shown('yes_no', false)).toBe('No')
  expect(shown('money', { minor: 1_250_000, currency: 'EUR' })).toBe('€12,500')
  expect(shown('text', null)).toBeNull()
})

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseAmount, parseAmounts } from './parse-amount.ts'

describe('parseAmounts', () => {
  const cases: [string, number, string][] = [
    ['€48,000', 4_800_000, 'EUR'],
    ['48.000 €', 4_800_000, 'EUR'],
    ['48 000 EUR', 4_800_000, 'EUR'],
    ['EUR 48.000,50', 4_800_050, 'EUR'],
    ['48k EUR', 4_800_000, 'EUR'],
    ['€1.2m', 120_000_000, 'EUR'],
    ['1,5 Mio. Euro', 150_000_000, 'EUR'],
    ['12 millions d’euros', 1_200_000_000, 'EUR'],
    ['3 mil millones de euros', 300_000_000_000, 'EUR'],
    ['CHF 1’250.–', 125_000, 'CHF'],
    ['$1,250.75', 125_075, 'USD'],
    ['1.234.567 USD', 123_456_700, 'USD'],
    ['12,000 pounds', 1_200_000, 'GBP'],
    ['¥5000', 5000, 'JPY'],
    ['0.29 EUR', 29, 'EUR'],
  ]
  it.each(cases)('%s', (text, minor, currency) => {
    const sentence = `We agreed on ${text} for the first year.`
    const [amount, ...others] = parseAmounts(sentence)
    expect(amount).toMatchObject({ minor, currency })
    expect(text.startsWith(sentence.slice(amount?.start, amount?.end))).toBe(true)
    expect(others).toEqual([])
  })

  it.each([
    '48,000',
    'version 2.0',
    'We grew by 20 %',
    'SAP 4',
    '€0.005',
    '12 Euroregionen',
    '2026',
  ])('no sum in %s', text => {
    expect(parseAmounts(text)).toEqual([])
  })

  it('gives one amount only where one is named', () => {
    expect(parseAmount('between €10k and €20k')).toBeNull()
    expect(parseAmount('€10,000, that is 10.000 EUR, in all')).toMatchObject({ minor: 1_000_000 })
  })

  it('reads back what Intl writes, to the cent, in four locales', () => {
    const money = fc.integer({ min: 1, max: 2_000_000_000 })
    const locale = fc.constantFrom('en-GB', 'de-DE', 'fr-FR', 'es-ES')
    const currency = fc.constantFrom('EUR', 'USD', 'GBP', 'CHF')
    fc.assert(
      fc.property(money, locale, currency, (minor, where, code) => {
        const written = new Intl.NumberFormat(where, {
          style: 'currency',
          currency: code,
          currencyDisplay: 'code',
        }).format(minor / 100)
        expect(parseAmounts(`total ${written} net`)).toMatchObject([{ minor, currency: code }])
      }),
    )
  })
})

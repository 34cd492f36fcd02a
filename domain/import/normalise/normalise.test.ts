import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normaliseCountry } from './country.ts'
import { detectDateOrder, parseDate } from './date.ts'
import { companyDomain, registrableDomain } from './domain.ts'
import { emailKey, normaliseEmail } from './email.ts'
import { companyKey, companySpoken, personKey, personName, productKey } from './name.ts'
import { detectDecimalSign, parseCount, parseDecimal, parseMoney } from './number.ts'
import { leadStatus, normaliseIndustry, normalisePhone, parseBoolean, stageKind } from './words.ts'

describe('e-mail', () => {
  it.each([
    [' Ada.Lovelace@ACME.Example ', 'Ada.Lovelace@acme.example', 'ada.lovelace@acme.example'],
    ['ada+news@acme.example', 'ada+news@acme.example', 'ada@acme.example'],
    ['Ada <ada@acme.example>', 'ada@acme.example', 'ada@acme.example'],
    ['mailto:ada@acme.example?subject=x', 'ada@acme.example', 'ada@acme.example'],
    ['ada@acme.example; bob@acme.example', 'ada@acme.example', 'ada@acme.example'],
    ['jo@müller.de', 'jo@xn--mller-kva.de', 'jo@xn--mller-kva.de'],
    ['A.D.A+x@googlemail.com', 'A.D.A+x@googlemail.com', 'ada@gmail.com'],
    ['a.d.a@acme.example', 'a.d.a@acme.example', 'a.d.a@acme.example'],
  ])('%s is sent to %s and compared as %s', (text, email, key) => {
    expect(normaliseEmail(text)).toMatchObject({ email, emailKey: key })
    expect(emailKey(email)).toBe(key)
  })
  it.each([
    '',
    '@',
    'ada',
    'ada@',
    '@acme.example',
    'ada@acme',
    'a b@',
    '.ada@acme.example',
    'ada..x@acme.example',
    'ada@-.example',
    'n/a',
    `${'x'.repeat(65)}@acme.example`,
  ])('%s is none', text => expect(normaliseEmail(text)).toBeNull())
})

describe('domain', () => {
  it.each([
    ['https://www.shop.acme.co.uk/about?x=1', 'acme.co.uk'],
    ['WWW.Acme.Example', 'acme.example'],
    ['acme.com:8080', 'acme.com'],
    ['http://user@acme.com./', 'acme.com'],
    ['bücher.de', 'xn--bcher-kva.de'],
    ['acme.github.io', 'acme.github.io'],
    ['192.168.0.1', null],
    ['localhost', null],
    ['not a domain', null],
  ])('%s belongs to %s', (text, domain) => expect(registrableDomain(text)).toBe(domain))
  it.each(['gmail.com', 'mail.gmx.de', 'linkedin.com/company/acme', 'yahoo.co.uk'])('%s is no company', text =>
    expect(companyDomain(text)).toBeNull())
})

describe('names', () => {
  it.each([
    ['Acme Corporation', 'ACME Corp.'],
    ['Müller & Söhne GmbH & Co. KG', 'Muller and Sohne'],
    ['The Acme Company, Inc.', 'Acme'],
    ['Acme S.A.', 'acme sa'],
    ['Øresund A/S', 'Oresund'],
  ])('%s and %s are one company', (a, b) => expect(companyKey(a)).toBe(companyKey(b)))
  it('keeps a name that is nothing but a legal form', () => expect(companyKey('SE')).toBe('se'))
  it.each([
    ['Haselauer Spritzguss GmbH & Co. KG', 'Haselauer Spritzguss'],
    ['Oostwater Steel N.V.', 'Oostwater Steel'],
    ['Orrin Pumps, Inc.', 'Orrin Pumps'],
    ['Brown & Co. Ltd', 'Brown'],
    ['Halden', 'Halden'],
  ])('%s is spoken of as %s', (name, spoken) => expect(companySpoken(name)).toBe(spoken))
  it.each([
    ['Dr. Jane Doe', 'Doe, Jane'],
    ['José Núñez', 'Jose Nunez'],
    ['John Smith Jr.', 'JOHN  SMITH'],
  ])('%s and %s are one person', (a, b) => expect(personKey(a)).toBe(personKey(b)))
  it('puts names together', () => {
    expect(personName({ full: 'Dr. Ada King Lovelace', first: null, last: null })).toEqual({
      name: 'Dr. Ada King Lovelace',
      firstName: 'Ada',
      lastName: 'King Lovelace',
    })
    expect(personName({ full: 'ignored', first: ' Ada ', last: null })).toEqual({
      name: 'Ada',
      firstName: 'Ada',
      lastName: null,
    })
    expect(personName({ full: ' ', first: null, last: '' })).toBeNull()
  })
  it('tells products by letters and digits', () => {
    expect(productKey('GTX Pro')).toBe(productKey('GTXPro'))
    expect(productKey('C++')).not.toBe(productKey('C#'))
  })
})

describe('money and numbers', () => {
  const eur = { currency: 'EUR', power: 0, sign: null }
  it.each([
    ['1234', '123400', 'EUR'],
    ['€ 1.234,50', '123450', 'EUR'],
    ['$1,234.50', '123450', 'USD'],
    ['1 234,5 €', '123450', 'EUR'],
    ["CHF 1'234.05", '123405', 'CHF'],
    ['USD 12k', '1200000', 'USD'],
    ['1.5 Mio. €', '150000000', 'EUR'],
    ['(12.30)', '-1230', 'EUR'],
    ['¥1,234', '1234', 'JPY'],
    ['12,34,567', '123456700', 'EUR'],
    ['0.005', '1', 'EUR'],
    ['250,-', '25000', 'EUR'],
  ])('%s', (text, minor, currency) => expect(parseMoney(text, eur)).toEqual({ minor, currency }))
  it.each(['', 'abc', '1.2.3', '1,2,3.4.5', '12 apples', '--1', '1e5'])('%s is no amount', text =>
    expect(parseMoney(text, eur)).toBeNull())
  it('scales by powers of ten without rounding twice', () => {
    expect(parseMoney('1100.04', { currency: 'USD', power: 6, sign: '.' })).toEqual({
      minor: '110004000000',
      currency: 'USD',
    })
    expect(parseMoney('9007199254740993', eur)).toEqual({ minor: '900719925474099300', currency: 'EUR' })
  })
  it('reads "1.234" by what the column proves', () => {
    expect(parseDecimal('1.234', detectDecimalSign(['1.5', '1.234']))).toMatchObject({ digits: '1234', scale: 3 })
    expect(parseDecimal('1.234', detectDecimalSign(['1,5', '1.234']))).toMatchObject({ digits: '1234', scale: 0 })
    expect(parseDecimal('1.234', null)).toMatchObject({ digits: '1234', scale: 0 })
    expect(detectDecimalSign(['1.5', '1,5'])).toBeNull()
    expect(detectDecimalSign(['1.234.567'])).toBe(',')
  })
  it('reads back every amount, in every notation', () => {
    const notations = [
      (whole: string, cents: string) => `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${cents}`,
      (whole: string, cents: string) => `${whole.replace(/\B(?=(\d{3})+$)/g, '.')},${cents}`,
      (whole: string, cents: string) => `${whole.replace(/\B(?=(\d{3})+$)/g, '\u00a0')},${cents}`,
    ]
    fc.assert(
      fc.property(fc.nat(2_000_000_000), fc.nat(99), fc.constantFrom(...notations), (whole, cents, write) => {
        const text = write(String(whole), String(cents).padStart(2, '0'))
        expect(parseMoney(text, eur)?.minor).toBe(String(BigInt(whole) * 100n + BigInt(cents)))
      }),
      { seed: 8 },
    )
  })
  it.each([
    ['2,822', 2822],
    ['about 250', 250],
    ['51-200', 51],
    ['10,000+', 10000],
    ['1.2k', 1200],
    ['5 employees', 5],
    ['many', null],
  ])('%s counts %s', (text, count) => expect(parseCount(text, null)).toBe(count))
})

describe('dates', () => {
  it.each([
    ['2024-02-29', null, '2024-02-29'],
    ['2024-03-09T10:00:00Z', null, '2024-03-09'],
    ['2016-10-20 09:14', null, '2016-10-20'],
    ['2024/3/9', null, '2024-03-09'],
    ['31.12.2024', null, '2024-12-31'],
    ['31/12/2024', null, '2024-12-31'],
    ['12/31/2024', null, '2024-12-31'],
    ['03/04/2024', null, null],
    ['03/04/2024', 'dmy', '2024-04-03'],
    ['03/04/2024', 'mdy', '2024-03-04'],
    ['3/15/2024 2:30 PM', 'mdy', '2024-03-15'],
    ['13/14/2024', 'dmy', null],
    ['25/12/2024', 'mdy', null],
    ['29.02.2023', null, null],
    ['3 March 2024', null, '2024-03-03'],
    ['March 3rd, 2024', null, '2024-03-03'],
    ['5. März 2024', null, '2024-03-05'],
    ['12 février 2024', null, '2024-02-12'],
    ['9 de agosto de 2024', null, '2024-08-09'],
    ['20240309', null, '2024-03-09'],
    ['yesterday', null, null],
  ] as const)('%s in a column %s is %s', (text, order, iso) => expect(parseDate(text, order)).toBe(iso))
  it('a column proves its order, or nothing', () => {
    expect(detectDateOrder(['03/04/2024', '13/04/2024'])).toBe('dmy')
    expect(detectDateOrder(['03/04/2024', '04/13/2024'])).toBe('mdy')
    expect(detectDateOrder(['03/04/2024'])).toBeNull()
    expect(detectDateOrder(['13/04/2024', '04/13/2024'])).toBeNull()
  })
})

describe('words', () => {
  it('tells countries in four languages, by code, and with one slip', () => {
    const names = ['Deutschland', 'Allemagne', 'Alemania', 'Germany', 'DE', 'germany ']
    expect(names.map(normaliseCountry)).toEqual(names.map(() => 'DE'))
    expect(['USA', 'United Kingdom', 'Philipines', 'Korea', 'Côte d’Ivoire'].map(normaliseCountry)).toEqual([
      'US',
      'GB',
      'PH',
      'KR',
      'CI',
    ])
    expect(['Atlantis', 'XX', ''].map(normaliseCountry)).toEqual([null, null, null])
    // One letter apart from each other: never guessed.
    expect(normaliseCountry('Slovekia')).toBeNull()
  })
  it('mends one slip in a known industry and leaves the others as they are', () => {
    expect(['technolgy', 'Technology', 'Basket weaving', 'retial'].map(normaliseIndustry)).toEqual([
      'technology',
      'Technology',
      'Basket weaving',
      'retial',
    ])
  })
  it('tells states, stages, yes and no, telephone numbers', () => {
    expect(['Open - Not Contacted', 'In Progress', 'UNQUALIFIED', 'whatever'].map(leadStatus)).toEqual([
      'new',
      'working',
      'disqualified',
      null,
    ])
    expect(['Closed Won', 'closedlost', 'Gewonnen', 'Perdue', 'Proposal'].map(stageKind)).toEqual([
      'won',
      'lost',
      'won',
      'lost',
      'open',
    ])
    expect(['Ja', 'NO', '1', 'oui', 'perhaps'].map(parseBoolean)).toEqual([true, false, true, true, null])
    expect(['0049 30 901820', '+1 (415) 555-0101', '12', '4.17947E+11'].map(normalisePhone)).toEqual([
      '+49 30 901820',
      '+1 (415) 555-0101',
      null,
      null,
    ])
  })
})

/** Small service firms without machinery: nothing of what we offer is of use to them. */
import type { Industry } from './types.ts'

export const SMALL_FIRMS: Industry[] = ['Law', 'Interior design', 'Language school', 'Bookkeeping'].map(notAFit)

function notAFit(label: string, i: number): Industry {
  const words =
    [
      ['Law', 'Solicitors'],
      ['Interiors', 'Studio'],
      ['Languages', 'Academy'],
      ['Bookkeeping', 'Accounts'],
    ][i] ?? []
  const provides = [
    'advice on tenancy and inheritance for private clients',
    'colour schemes and furnishing plans for homes',
    'evening courses in Italian and Portuguese',
    'monthly accounts for sole traders',
  ][i] as string
  const service = ['FirstHour', 'RoomBook', 'TableTalk', 'ShoeBox'][i] as string
  const what = ['fixed-fee consultation', 'single-room makeover', 'conversation evening', 'receipt sorting service'][
    i
  ] as string
  return {
    key: label.toLowerCase().replace(' ', '_'),
    fit: false,
    label: { en: label.toLowerCase(), de: label, fr: label },
    words: { en: words, de: words, fr: words },
    provides: { en: [provides], de: [provides], fr: [provides] },
    products: [
      { name: service, what: { en: what, de: what, fr: what } },
      { name: `${service} Plus`, what: { en: `extended ${what}`, de: what, fr: what } },
    ],
    assets: { en: ['laptops'], de: ['laptops'], fr: ['laptops'] },
    roles: { en: ['an office assistant', 'a part-time receptionist'], de: ['a receptionist'], fr: ['a receptionist'] },
    awards: ['Local Business Award'],
    filler: {
      en: ['The kettle is on and the first conversation costs nothing.', 'We are a small team and like it that way.'],
      de: ['The kettle is on.'],
      fr: ['The kettle is on.'],
    },
  }
}

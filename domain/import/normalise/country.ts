/** Country names in English, German, French and Spanish, and codes, to ISO 3166-1 alpha-2. */
import { fold } from './name.ts'
import { nearest } from './nearest.ts'

const CODES =
  `AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BM BN BO BR BS BT BW BY BZ CA CD CF CG
 CH CI CK CL CM CN CO CR CU CV CW CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FM FO FR GA GB GD GE GF GG GH GI GL GM GN
 GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK
 LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MO MQ MR MS MT MU MV MW MX MY MZ NA NC NE NG NI NL NO NP NR NZ OM PA PE PF
 PG PH PK PL PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV SY SZ TC TD TG TH TJ TL TM TN
 TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW`
    .trim()
    .split(/\s+/)

const OTHER_NAMES: Record<string, string> = {
  usa: 'US',
  'u s a': 'US',
  'u s': 'US',
  america: 'US',
  'united states of america': 'US',
  'vereinigte staaten von amerika': 'US',
  uk: 'GB',
  'u k': 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  'northern ireland': 'GB',
  'great britain': 'GB',
  grossbritannien: 'GB',
  'gran bretana': 'GB',
  'grande bretagne': 'GB',
  britain: 'GB',
  korea: 'KR',
  'republic of korea': 'KR',
  'korea south': 'KR',
  holland: 'NL',
  'the netherlands': 'NL',
  uae: 'AE',
  russia: 'RU',
  'russian federation': 'RU',
  'czech republic': 'CZ',
  czechia: 'CZ',
  turkey: 'TR',
  vietnam: 'VN',
  'ivory coast': 'CI',
  'hong kong': 'HK',
  macau: 'MO',
  burma: 'MM',
  swaziland: 'SZ',
  'republic of ireland': 'IE',
  eire: 'IE',
  'viet nam': 'VN',
  brd: 'DE',
  schweiz: 'CH',
}

const key = (text: string) =>
  fold(text)
    .replace(/[^\p{L}]+/gu, ' ')
    .trim()

let names: Map<string, string> | null = null

function byName(): Map<string, string> {
  if (names !== null) return names
  names = new Map(Object.entries(OTHER_NAMES))
  for (const language of ['en', 'de', 'fr', 'es']) {
    const display = new Intl.DisplayNames([language], { type: 'region' })
    for (const code of CODES) {
      const name = key(display.of(code) ?? '')
      if (name !== '' && !names.has(name)) names.set(name, code)
    }
  }
  return names
}

const codes = new Set(CODES)
const seen = new Map<string, string | null>()

/** The alpha-2 code, forgiving one slip in a long name ("Philipines"); null when it is no country. */
export function normaliseCountry(text: string): string | null {
  const cached = seen.get(text)
  if (cached !== undefined) return cached
  const code = lookUp(text.trim())
  if (seen.size > 5000) seen.clear()
  seen.set(text, code)
  return code
}

function lookUp(text: string): string | null {
  const upper = text.toUpperCase()
  if (upper.length === 2 && codes.has(upper)) return upper
  const all = byName()
  const name = key(text)
  if (name === '') return null
  const exact = all.get(name)
  if (exact !== undefined) return exact
  const near = nearest(name, all.keys())
  return near === null ? null : (all.get(near) ?? null)
}

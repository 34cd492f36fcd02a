/** Numbers written out in English, German, French and Spanish: "two hundred", "zweihundertfünfzig", "ciento veinte". */
import type { Token } from './text.ts'

const UNITS = words(
  'zero:0 two:2 three:3 four:4 five:5 six:6 seven:7 eight:8 nine:9 ten:10 eleven:11 twelve:12 thirteen:13 fourteen:14 fifteen:15 sixteen:16 ' +
    'seventeen:17 eighteen:18 nineteen:19 twenty:20 thirty:30 forty:40 fifty:50 sixty:60 seventy:70 eighty:80 ninety:90 dozen:12 ' +
    'null:0 zwei:2 drei:3 vier:4 funf:5 sechs:6 sieben:7 acht:8 neun:9 zehn:10 elf:11 zwolf:12 dreizehn:13 vierzehn:14 funfzehn:15 sechzehn:16 ' +
    'siebzehn:17 achtzehn:18 neunzehn:19 zwanzig:20 dreissig:30 vierzig:40 funfzig:50 sechzig:60 siebzig:70 achtzig:80 neunzig:90 dutzend:12 ' +
    'deux:2 trois:3 quatre:4 cinq:5 sept:7 huit:8 neuf:9 dix:10 onze:11 douze:12 treize:13 quatorze:14 quinze:15 seize:16 vingt:20 vingts:20 ' +
    'trente:30 quarante:40 cinquante:50 soixante:60 septante:70 huitante:80 nonante:90 ' +
    'dos:2 tres:3 cuatro:4 cinco:5 seis:6 siete:7 ocho:8 nueve:9 diez:10 once:11 doce:12 trece:13 catorce:14 quince:15 dieciseis:16 diecisiete:17 ' +
    'dieciocho:18 diecinueve:19 veinte:20 veintiuno:21 veintiun:21 veintidos:22 veintitres:23 veinticuatro:24 veinticinco:25 veintiseis:26 ' +
    'veintisiete:27 veintiocho:28 veintinueve:29 treinta:30 cuarenta:40 cincuenta:50 sesenta:60 setenta:70 ochenta:80 noventa:90 ciento:100 ' +
    'doscientos:200 doscientas:200 trescientos:300 trescientas:300 cuatrocientos:400 cuatrocientas:400 quinientos:500 quinientas:500 ' +
    'seiscientos:600 seiscientas:600 setecientos:700 setecientas:700 ochocientos:800 ochocientas:800 novecientos:900 novecientas:900',
)
/** "One" counts only inside a longer number: alone it is mostly an article or a pronoun. */
const ONE = new Set('one a ein eine un une una uno'.split(' '))
const HUNDREDS = new Set('hundred hundert cent cents cien'.split(' '))
const SCALES = words(
  'thousand:1000 tausend:1000 mille:1000 mil:1000 million:1000000 millions:1000000 millionen:1000000 millon:1000000 millones:1000000 ' +
    'milliarde:1000000000 milliarden:1000000000 milliard:1000000000 milliards:1000000000 billion:1000000000 billions:1000000000',
)
const LINKS = new Set('and und et y'.split(' '))

function words(list: string): Map<string, number> {
  return new Map(list.split(' ').map(pair => [pair.split(':')[0]!, Number(pair.split(':')[1])]))
}

/** The number written by the tokens from `index` on, with the count of tokens used; null where none begins. */
export function readNumberWords(list: readonly Token[], index: number): { value: number; used: number } | null {
  let total = 0
  let group = 0
  let used = 0
  let last = Infinity
  for (let at = index; at < list.length && at < index + 12; at++) {
    const word = list[at]!.fold
    const next = list[at + 1]?.fold ?? ''
    const small = UNITS.get(word) ?? germanCompound(word)
    if (small !== null && small < 1000 && (group === 0 || fits(small, last, group))) {
      group += small === 20 && last === 4 && word.startsWith('vingt') ? 76 : small
      last = small
    } else if (small !== null && used === 0) return { value: small, used: 1 }
    else if (HUNDREDS.has(word)) {
      group = group === 0 ? 100 : group * 100
      last = 100
    } else if (SCALES.has(word)) {
      total += (group || 1) * SCALES.get(word)!
      group = 0
      last = Infinity
    } else if (ONE.has(word) && (isScale(next) || (group >= 20 && last >= 20))) {
      group += 1
      last = 1
    } else if (used > 0 && LINKS.has(word) && (UNITS.has(next) || ONE.has(next)) && last >= 20) continue
    else break
    used = at - index + 1
  }
  // A bare scale ("millions of users", "mille") is a vague word, not a number, unless something counts it.
  const first = list[index]?.fold ?? ''
  if (used === 0 || (used === 1 && (SCALES.has(first) || HUNDREDS.has(first)))) return null
  return { value: total + group, used }
}

function isScale(word: string): boolean {
  return HUNDREDS.has(word) || SCALES.has(word)
}

/** "forty five", "soixante dix", "quatre vingt": a smaller number may follow a round one. */
function fits(small: number, last: number, group: number): boolean {
  if (last === 4 && small === 20 && group % 100 === 4) return true
  return small < last && last >= 20 && (small < 20 || last >= 100)
}

/** "zweihundertfunfzig", "vierundzwanzig", "zwolftausend"; null for any other word. */
function germanCompound(word: string): number | null {
  if (word.length < 6 || !/(?:hundert|tausend|und|zig|ssig)/.test(word)) return null
  for (const [name, scale] of [
    ['tausend', 1000],
    ['hundert', 100],
  ] as const) {
    const at = word.indexOf(name)
    if (at === -1) continue
    const left = at === 0 ? 1 : germanPart(word.slice(0, at))
    const rest = word.slice(at + name.length).replace(/^und/, '')
    const right = rest === '' ? 0 : germanPart(rest)
    return left === null || right === null ? null : left * scale + right
  }
  const at = word.indexOf('und')
  if (at < 1) return null
  const ones = germanPart(word.slice(0, at))
  const tens = UNITS.get(word.slice(at + 3))
  return ones !== null && ones < 10 && tens !== undefined && tens >= 20 ? ones + tens : null
}

function germanPart(word: string): number | null {
  if (word === 'ein' || word === 'eins') return 1
  return UNITS.get(word) ?? germanCompound(word)
}

/** Which of the four languages a text is in, by its small words: enough to choose among word lists. */
import { remembered } from './remembered.ts'
import { fold } from './text.ts'

export type Language = 'en' | 'de' | 'fr' | 'es'

const SMALL_WORDS: Record<Language, Set<string>> = {
  en: new Set(
    'the of and to in is are was were for with by on at our we it its has have this that from not as be an will their they'.split(
      ' ',
    ),
  ),
  de: new Set(
    'der die das und ist sind war wir uns unser unsere mit fur von im am zum zur den dem ein eine einen nicht auf bei seit wird werden wurde hat haben aus sich sie es'.split(
      ' ',
    ),
  ),
  fr: new Set(
    "le la les et est sont nous notre nos pour avec dans sur une des du au aux qui que pas ne depuis par ses en l'entreprise cette ce".split(
      ' ',
    ),
  ),
  es: new Set(
    'el la los las y es son nuestro nuestra para con en una del al que no por su sus desde se empresa mas como ha han'.split(
      ' ',
    ),
  ),
}
const LANGUAGES = Object.keys(SMALL_WORDS) as Language[]

/** The language with the most small words; `fallback` when none has any or two have equally many. Reads 2,000 characters. */
export function languageOf(text: string, fallback: Language = 'en'): Language {
  const leaders = leading(text.slice(0, 2000))
  return leaders.length === 0 || leaders.includes(fallback) ? fallback : leaders[0]!
}

/** The languages with the most small words, none where there are no such words. */
const leading = remembered((text: string): Language[] => {
  const words = fold(text).match(/[\p{L}']+/gu) ?? []
  const scores = LANGUAGES.map(language =>
    words.reduce((score, word) => score + (SMALL_WORDS[language].has(word) ? 1 : 0), 0),
  )
  const best = Math.max(...scores)
  return best === 0 ? [] : LANGUAGES.filter((_, index) => scores[index] === best)
})

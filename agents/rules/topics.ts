/** How much two texts speak of the same thing: shared words count, and words that stand in few of our items count for more. */
import { contentTokens, stem } from '../../domain/evidence/words.ts'

export type Closeness = (said: string, item: string) => number

/** Words of any trade: that two texts share them says nothing. */
const OF_ANY_TRADE = new Set(
  (
    'what when where which need needs want wants look looking lack lacks keep keeps kept come comes together place time times hour hours week month year years site sites main ' +
    'many much less long last first every each never always often without year cost costs system systems tool software work works working company customer customers team people ' +
    'brauchen suchen jahr jahre woche stunden system kunden firma arbeiten besoin cherchons année heures semaine système clients entreprise necesitamos buscamos años horas semana sistema clientes empresa'
  ).split(' '),
)

export function topicsOf(text: string): Set<string> {
  // "Part-time" has no parts.
  const whole = text.replace(/(?<=\p{L})-(?=\p{L})/gu, '')
  return new Set(
    contentTokens(whole)
      .filter(token => token.fold.length >= 4 && !OF_ANY_TRADE.has(token.fold))
      .map(token => stem(token.fold)),
  )
}

/** @param items all that is compared with: a word that is in every second of them tells little */
export function closenessAmong(items: readonly string[]): Closeness {
  const spread = new Map<string, number>()
  for (const item of items) for (const word of topicsOf(item)) spread.set(word, (spread.get(word) ?? 0) + 1)
  return (said, item) => {
    const theirs = topicsOf(said)
    let sum = 0
    for (const word of topicsOf(item)) if (theirs.has(word)) sum += 1 / (spread.get(word) ?? 1)
    return sum
  }
}

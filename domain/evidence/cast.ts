/** The parties of one claim and source: the subject's forms, the publisher's, and the other companies near the passage. */
import { actingNames, genericWords, namedInside } from './acting.ts'
import { nameForms, sameCompany, shortForm } from './names.ts'
import type { Prepared } from './prepare.ts'
import { textOf } from './prepare.ts'
import type { Cast } from './speaker.ts'
import { otherCompanies } from './speaker.ts'
import type { Span } from './text.ts'
import { lastStartingBy } from './text.ts'
import type { Claim } from './types.ts'

/** What names are looked for at once, and how far around: a long source is read only near its quotes. */
const STRETCH = 24_000
const MARGIN = 8_000

interface Nearby {
  /** Names that act as companies, as words. */
  acting: string[][]
  /** Words that stand somewhere in lower case: common nouns. */
  generic: Set<string>
}

const NEARBY = new WeakMap<Prepared, Map<number, Nearby>>()

export function castOf(claim: Claim, prepared: Prepared, at: Span): Cast {
  const subject = nameForms(claim.subject)
  const { publisher } = prepared.source
  const { acting, generic } = nearbyOf(prepared, at.start)
  const headings = prepared.headings.map(heading => textOf(prepared, heading))
  const others = otherCompanies(acting, headings, claim.subject, publisher)
  const own = publisher !== null && sameCompany(claim.subject, publisher)
  const short = shortForm(claim.subject)
  // "Northwind" alone is nobody's where two companies begin with it, except on the subject's own page.
  const isTaken = [...others, ...(publisher ? nameForms(publisher) : [])].some(
    words => words.length > 1 && words[0] === short && !subject.some(form => form.join(' ') === words.join(' ')),
  )
  if (short && !generic.has(short) && (own || !isTaken)) subject.push([short])
  return {
    subject,
    publisher,
    publisherForms: publisher ? nameForms(publisher) : [],
    own,
    others: others.filter(words => words.join(' ') !== short),
  }
}

function nearbyOf(prepared: Prepared, at: number): Nearby {
  let stretches = NEARBY.get(prepared)
  if (!stretches) NEARBY.set(prepared, (stretches = new Map<number, Nearby>()))
  const number = Math.floor(at / STRETCH)
  let nearby = stretches.get(number)
  if (!nearby) stretches.set(number, (nearby = readNearby(prepared, number)))
  return nearby
}

function readNearby(prepared: Prepared, stretch: number): Nearby {
  const { source, sentences } = prepared
  const start = Math.max(0, stretch * STRETCH - MARGIN)
  const end = Math.min(source.text.length, (stretch + 1) * STRETCH + MARGIN)
  const text = source.text.slice(start, end)
  const generic = genericWords(text)
  const people = source.kind === 'mail' || source.kind === 'call_note'
  const options = { generic: (word: string) => generic.has(word), people, strict: true }
  const names: string[][] = []
  for (let index = Math.max(0, lastStartingBy(sentences, start)); index < sentences.length; index++) {
    const sentence = sentences[index]!
    if (sentence.start >= end) break
    names.push(...actingNames(source.text, sentence, options).map(name => name.words))
  }
  const known = namedInside(text)
  const acting = [...new Map(names.map(words => [words.join(' '), words])).values()]
    .filter(words => words.length > 1 || known.has(words[0]!))
    .slice(0, 500)
  return { acting, generic }
}

/** Whose words a passage is: the publisher's, a quoted person's company, or the company a section is about. */
import { introducedName } from './introduction.ts'
import type { Passage } from './passage.ts'
import { aboutName, capitalRun, formAt, isCommon, isTitleWord, nameForms, nameWords } from './names.ts'
import type { Prepared } from './prepare.ts'
import { textOf } from './prepare.ts'
import type { Span } from './text.ts'
import { lastStartingBy, overlaps, spanAt, tokens } from './text.ts'
import type { Subject } from './types.ts'

/** Whom a mention or a voice stands for: the claim's subject, someone else, or nobody known. */
export type Who = 'subject' | 'other' | 'unknown'

export interface Company {
  who: Who
  /** For messages. */
  name: string
}

/** What the subject rules need over and over for one claim and one source. */
export interface Cast {
  subject: string[][]
  publisher: Subject | null
  publisherForms: string[][]
  /** The publisher is the subject itself. */
  own: boolean
  /** Names of other companies that the source speaks of. */
  others: string[][]
}

/** The company that "we" means at this place. */
export function voiceAt(passage: Passage, at: Span, cast: Cast): Company {
  const spoken = speakerOf(passage, at, cast)
  if (spoken) return spoken
  const heading = passage.headings[0]
  const about = heading ? aboutName(textOf(passage.prepared, heading)) : null
  if (about) return companyNamed(about, cast)
  const isWe = /^(?:we|wir|nous)/i.test(textOf(passage.prepared, at))
  const headed = heading && isWe ? namedBy(textOf(passage.prepared, heading), cast) : null
  if (headed) return headed
  return introduced(passage, cast) ?? publisherOf(cast)
}

/** A heading that is a company's name and nothing else: what follows is its own text. */
function namedBy(heading: string, cast: Cast): Company | null {
  const words = nameWords(heading).join(' ')
  const isOne = (forms: readonly string[][]) => forms.some(form => form.join(' ') === words)
  if (isOne(cast.publisherForms)) return publisherOf(cast)
  if (isOne(cast.subject)) return { who: 'subject', name: heading }
  return isOne(cast.others) ? { who: 'other', name: heading } : null
}

/** The company that introduces itself above, in the same section. */
export function introduced(passage: Passage, cast: Cast): Company | null {
  const name = introducedName(passage)
  if (!name) return null
  const company = companyNamed(name, cast)
  const list = tokens(name)
  const isPublisher = list.some((_, index) => formAt(list, index, cast.publisherForms, name) > 0)
  return company.who === 'other' && isPublisher ? publisherOf(cast) : company
}

export function publisherOf(cast: Cast): Company {
  if (!cast.publisher) return { who: 'unknown', name: 'an unknown publisher' }
  return { who: cast.own ? 'subject' : 'other', name: cast.publisher.name }
}

export function companyNamed(name: string, cast: Cast): Company {
  const list = tokens(name)
  for (let index = 0; index < list.length; index++) {
    if (formAt(list, index, cast.subject, name)) return { who: 'subject', name }
  }
  return { who: 'other', name }
}

/** The company of the person whose direct speech holds `at`; null outside direct speech or where no company is given. */
function speakerOf(passage: Passage, at: Span, cast: Cast): Company | null {
  const { prepared } = passage
  const block = spanAt(prepared.quotes, at.start)
  if (block) {
    const below = attributionBelow(prepared, block)
    // Whose words they are has to be said: a quotation without a company is nobody's statement about itself.
    return (
      (below && companyIn(prepared, below.start, below.end, cast, true)) ??
      trailing(prepared, block, cast) ??
      announced(prepared, block, cast) ?? { who: 'unknown', name: 'a quoted speaker' }
    )
  }
  const speech = speechAround(prepared, at)
  if (!speech) return null
  const label = labelled(prepared, speech, cast)
  if (label) return label
  const end = Math.min(lineEnd(prepared.source.text, speech.end) + 1, speech.end + 200)
  const after = companyIn(prepared, speech.end, end, cast, false)
  if (after) return after
  const next = lineEnd(prepared.source.text, end)
  const line = prepared.source.text.slice(end, next)
  if (/^\s*[–—-]?\s*\p{Lu}/u.test(line) && line.length < 120 && /,/.test(line)) {
    const below = companyIn(prepared, end, next, cast, true)
    if (below) return below
  }
  return companyIn(prepared, Math.max(0, speech.start - 120), speech.start, cast, false)
}

/** "Skogstad: “We have made windows …”": a label before the speech, of one word or with a legal form, is a company's. */
function labelled(prepared: Prepared, speech: Span, cast: Cast): Company | null {
  const { text } = prepared.source
  const line = text.slice(text.lastIndexOf('\n', speech.start) + 1, speech.start)
  const label =
    /^[-–•\s]*(\p{Lu}[\p{L}&.'-]+(?:\s(?:AG|GmbH|Ltd|Inc|SE|SA|AB|BV|plc))?\.?)\s?(?::|sa(?:ys|id):?)\s*$/u.exec(
      line,
    )?.[1]
  if (!label || isTitleWord(label.toLowerCase()) || isCommon(label.toLowerCase())) return null
  if (prepared.source.kind !== 'page') return null
  const company = companyNamed(label, cast)
  const list = tokens(label)
  return company.who === 'other' && formAt(list, 0, cast.publisherForms, label) ? publisherOf(cast) : company
}

/** The line below a quotation that names its speaker: the next quote block, or a short line that ends no sentence. */
function attributionBelow(prepared: Prepared, block: Span): Span | null {
  const { text } = prepared.source
  const start = block.end + (/^\s*/.exec(text.slice(block.end, block.end + 20))?.[0].length ?? 0)
  const next = spanAt(prepared.quotes, start)
  const end = next ? Math.min(next.end, start + 160) : lineEnd(text, start)
  return end > start && end - start <= 160 && !/[.!?]$/.test(text.slice(start, end).trim()) ? { start, end } : null
}

/** The line above a quotation, where it presents a person with an office and a company: "We met X, managing director of Y". */
function announced(prepared: Prepared, block: Span, cast: Cast): Company | null {
  const { text } = prepared.source
  const end = text.slice(0, block.start).trimEnd().length
  const start = Math.max(text.lastIndexOf('\n', end - 1) + 1, end - 300)
  const list = tokens(text, start, end)
  const presents = list.some(token => isTitleWord(token.fold) && !/^(?:our|the|unsere?|partner|head)$/.test(token.fold))
  const isOurs = list.some(token => /^(?:our|unsere?[rnms]?|notre|nos|nuestr[oa]s?)$/.test(token.fold))
  return presents && !isOurs ? companyIn(prepared, start, end, cast, false) : null
}

function trailing(prepared: Prepared, block: Span, cast: Cast): Company | null {
  const text = textOf(prepared, block)
  const dash = Math.max(text.lastIndexOf('—'), text.lastIndexOf('–'), text.lastIndexOf('\n'))
  return dash === -1 ? null : companyIn(prepared, block.start + dash + 1, block.end, cast, true)
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end === -1 ? text.length : end
}

const OPENING = /["“„«]/
const CLOSING = /["”“»]/

/** The stretch of direct speech in this paragraph that holds `at`. Straight marks alternate between opening and closing. */
function speechAround(prepared: Prepared, at: Span): Span | null {
  const text = prepared.source.text
  const start = text.lastIndexOf('\n', at.start) + 1
  const end = lineEnd(text, at.end)
  let open = -1
  for (let index = start; index < end; index++) {
    const mark = text[index]!
    if (open === -1 && OPENING.test(mark)) open = index
    else if (open !== -1 && CLOSING.test(mark)) {
      const speech = { start: open, end: index + 1 }
      if (
        overlaps(speech, at) &&
        at.start >= speech.start &&
        at.end <= speech.end + 1 &&
        speech.end - speech.start > 12
      )
        return speech
      open = -1
    }
  }
  return null
}

/** "Our customer X says": X is not one of us. */
const OUTSIDER =
  /^(?:customer|client|partner|supplier|kunde|kundin|lieferant|cliente?|partenaire|fournisseur|proveedor|socio)$/

/** Titles that are held of a company, where "director of nursing" names a field. */
const OFFICER =
  /\b(?:C[A-Z]O|[Cc]hief [\p{L} ]{3,30}|[Pp]resident|[Ff]ounder|[Oo]wner|[Gg]eschäftsführer(?:in)?|[Ii]nhaber(?:in)?|PDG|[Dd]irecteur général|[Dd]irectora? general)\s(?:of|von|der|des|de|du|d')\s*$/u

const AT_COMPANY = /\b(?:of|at|from|for|with|bei|von|der|des|chez|de|du|d'|en)\s*$/iu

/** The company in an attribution such as "said Tom Reddick, Head of Facilities, Halden Foods". */
function companyIn(prepared: Prepared, start: number, end: number, cast: Cast, bare: boolean): Company | null {
  const text = prepared.source.text
  const list = tokens(text, start, end)
  let last: Company | null = null
  let people = 0
  for (let index = 0; index < list.length; index++) {
    const token = list[index]!
    if (formAt(list, index, cast.subject, text)) return { who: 'subject', name: token.text }
    if (formAt(list, index, cast.publisherForms, text)) return publisherOf(cast)
    const known = cast.others.find(words => formAt(list, index, [words], text))
    if (known) return { who: 'other', name: known.join(' ') }
    const used = capitalRun(list, index, text)
    if (used === 0) {
      const next = list[index + 1]?.fold ?? ''
      if (/^(?:our|unser|unsere|notre|nuestr[oa])$/.test(token.fold) && !OUTSIDER.test(next)) return publisherOf(cast)
      continue
    }
    const owner = list[index + used - 1]!
    // "Marchmont's head of procurement": held there.
    if (owner.fold.endsWith("'s") && list.slice(index + used, index + used + 4).some(word => isTitleWord(word.fold))) {
      const name = text.slice(token.start, owner.end).replace(/['’]s$/, '')
      const company = companyNamed(name, cast)
      return company.who === 'other' && nameWords(cast.publisher?.name ?? '')[0] === nameWords(name)[0]
        ? publisherOf(cast)
        : company
    }
    const before = text.slice(Math.max(start, token.start - 8), token.start)
    const isTitle = list.slice(index, index + used).some(word => isTitleWord(word.fold))
    const run = { who: 'other' as const, name: text.slice(token.start, list[index + used - 1]!.end) }
    const isOf =
      /\b(?:of|von|der|des|de|du|d'|en)\s*$/iu.test(before) &&
      used === 1 &&
      !OFFICER.test(text.slice(start, token.start))
    if (
      (people > 0 || (bare && AT_COMPANY.test(before))) &&
      !isTitle &&
      ((AT_COMPANY.test(before) && !isOf) ||
        (/[,(\n|]\s*$/.test(before) && endsThere(text, list[index + used - 1]!.end)))
    )
      last = run
    people++
    index += used - 1
  }
  return bare || last ? last : null
}

function endsThere(text: string, at: number): boolean {
  return /^\s*(?:[.,)"”\n|]|$)/u.test(text.slice(at, at + 3))
}

/** Companies besides subject and publisher that the source names, in no order: acting names and "About X" headings. */
export function otherCompanies(
  names: readonly string[][],
  headings: readonly string[],
  subject: Subject,
  publisher: Subject | null,
): string[][] {
  const ours = [...nameForms(subject), ...(publisher ? nameForms(publisher) : [])].map(words => words.join(' '))
  const found = new Map<string, string[]>()
  for (const words of [
    ...names,
    ...headings
      .map(aboutName)
      .filter(name => name !== null)
      .map(nameWords),
  ]) {
    const key = words.join(' ')
    if (key && !ours.includes(key) && !words.every(isCommon)) found.set(key, words)
  }
  return [...found.values()].sort((a, b) => b.length - a.length)
}

/** The sentences before this one, nearest first, not beyond the nearest heading. */
export function sentencesBefore(passage: Passage, limit: number, sameBlock: boolean): Span[] {
  const { sentences, source } = passage.prepared
  const floor = passage.headings[0]?.start ?? 0
  const found: Span[] = []
  for (let index = lastStartingBy(sentences, passage.sentence.start) - 1; index >= 0 && found.length < limit; index--) {
    const sentence = sentences[index]!
    const next = sentences[index + 1]!
    if (sentence.start < floor) break
    if (sameBlock && source.text.slice(sentence.end, next.start).includes('\n')) break
    found.push(sentence)
  }
  return found
}

/** Parties beside a claim: who owns what stands at a place by word order, and whom a sentence merely speaks to. */
import type { Mention } from './mentions.ts'
import { nameWords, formAt } from './names.ts'
import { employerBelow, foundedName, foundedThing, hasTwoOwners, placeOwner, tellsLife } from './owners.ts'
import type { Passage } from './passage.ts'
import { textOf } from './prepare.ts'
import type { Cast, Company } from './speaker.ts'
import { companyNamed, publisherOf } from './speaker.ts'
import type { Span } from './text.ts'
import { lastStartingBy, tokens } from './text.ts'
import type { Claim, FactKind } from './types.ts'

const OF_PERSONS = new Set<FactKind>(['customer', 'partner', 'technology'])

/** Who owns what stands at the anchor, by the order of words, before any verb is looked at. */
export function ownerBeside(claim: Claim, passage: Passage, anchor: Span, cast: Cast): Company | null {
  const unknown = (name: string): Company => ({ who: 'other', name })
  if (claim.kind === 'founded') {
    const founded = foundedName(passage)
    if (founded) return isOurs(founded, cast)
    const thing = foundedThing(passage)
    if (thing) return unknown(`a ${thing}`)
  }
  if (claim.kind === 'office' || claim.kind === 'headquarters') {
    const owner = placeOwner(passage, anchor)
    const company = owner ? isOurs(owner, cast) : null
    if (company && company.who !== 'subject') return company
  }
  if (claim.kind === 'leader') {
    const employer = employerBelow(passage)
    if (employer) return isOurs(employer, cast)
  }
  if (hasTwoOwners(passage, anchor)) return { who: 'unknown', name: '' }
  if (OF_PERSONS.has(claim.kind) && tellsLife(passage) && !ownVoice(passage)) return unknown('a person’s life')
  return cardCompany(passage, cast)
}

function isOurs(name: string, cast: Cast): Company {
  const company = companyNamed(name, cast)
  const list = tokens(name)
  const isPublisher = list.some((_, index) => formAt(list, index, cast.publisherForms, name) > 0)
  return company.who === 'other' && isPublisher ? publisherOf(cast) : company
}

/** A card whose title, a short block right above the paragraph, is a company of this page: the paragraph is about it. */
function cardCompany(passage: Passage, cast: Cast): Company | null {
  const blocks = passage.prepared.source.blocks ?? []
  const index = lastStartingBy(blocks, passage.sentence.start)
  const title = blocks[index - 1]
  if (!title || title.kind !== 'other' || blocks[index]?.kind !== 'paragraph' || title.end - title.start > 40)
    return null
  const label = textOf(passage.prepared, title)
  const words = nameWords(label)
  const company = companyNamed(label, cast)
  if (company.who === 'subject' && words.length <= 4) return company
  return cast.others.some(other => other[0] === words[0] && words.length <= other.length) ? company : null
}

/** Said to the reader, these are the speaker's own: "you will work with X", "you find us in Y", "with Z you get …". */
const READER_IS_TOLD = [
  'technology',
  'hiring',
  'phone',
  'email',
  'office',
  'headquarters',
  'offering',
  'launch',
  'description',
]

/** "Customers order …", "you will work with …": whom an offer or a job speaks to, not whose it is. */
export function speaksBeside(mention: Mention, kind: FactKind, passage: Passage): boolean {
  const label = passage.prepared.source.text.slice(mention.end, passage.quote.start + 1)
  // "To your questions: …": what stands before a colon is no party to what follows.
  if (mention.kind === 'reader' && mention.end < passage.quote.start && /^[^.;]{0,40}:\s/u.test(label)) return true
  if (passage.prepared.source.kind !== 'page') return false
  if (mention.kind === 'role')
    return (
      (kind === 'offering' || kind === 'description') &&
      /^a (?:customers?|clients?|kund\w+|clientes?)$/.test(mention.company.name)
    )
  return mention.kind === 'reader' && READER_IS_TOLD.includes(kind)
}

/** "Our customers include …", "a partner of ours": the first person in a sentence that names no party by itself. */
export function ownVoice(passage: Passage): Span | null {
  return (
    tokens(passage.prepared.source.text, passage.sentence.start, passage.sentence.end).find(
      token => OWN_VOICE.test(token.fold) && token.text !== 'US',
    ) ?? null
  )
}

const OWN_VOICE = /^(?:we|us|our|ours|wir|uns|unser\w*|nous|notre|nos|nosotr[oa]s|nuestr[oa]s?)$/

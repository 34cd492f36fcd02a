/**
 * Whose the passage is. A claim about a company needs a sentence about that company: by its name, by "we" in its own voice,
 * by a pronoun that points back to it, or by the section and page the sentence stands in.
 */
import { ownVoice, ownerBeside, speaksBeside } from './beside.ts'
import { castOf } from './cast.ts'
import type { Mention } from './mentions.ts'
import { isActing, isObject, mentionsIn } from './mentions.ts'
import { clauseParty, sharesClause } from './party.ts'
import type { Passage } from './passage.ts'
import { aboutName, bareWord, formAt, nameWords } from './names.ts'
import { textOf } from './prepare.ts'
import type { Cast, Company } from './speaker.ts'
import { employerAfter } from './employer.ts'
import { factBoxOwner } from './factbox.ts'
import { companyNamed, introduced, publisherOf, sentencesBefore, voiceAt } from './speaker.ts'
import type { Span } from './text.ts'
import { overlaps, tokens } from './text.ts'
import type { Claim, FactKind } from './types.ts'

/** Kinds that join two parties: the subject may be named anywhere in the sentence, and the value names the other. */
const RELATIONS = new Set<FactKind>(['customer', 'partner', 'acquisition', 'funding', 'award', 'leader', 'authority'])

/** Why the passage is not about the claim's subject, in words; null when it is. */
export function subjectProblem(claim: Claim, passage: Passage, anchors: readonly Span[]): string | null {
  const { prepared } = passage
  if (isHistory(passage)) return 'the words are from an earlier message, not from its sender'
  const cast = castOf(claim, prepared, passage.sentence)
  if (passage.isData)
    return cast.own || mentionsSubject(passage.sentence, passage, cast)
      ? null
      : 'the data is the publisher’s, not the subject’s'
  if (claim.kind === 'email') {
    if (ownsAddress(claim.value, cast)) return null
    if (isElsewhere(claim)) return 'the address is at another organisation’s domain'
  }
  const anchor = keyAnchor(passage, anchors)
  const company = holder(claim, passage, anchor, cast)
  if (company.who === 'subject') return null
  return company.who === 'other'
    ? `the passage is about ${company.name.slice(0, 60)}`
    : 'nothing says that the passage is about the subject'
}

/** Whether the quote stands in a part of a mail that its sender did not write. */
export function isHistory(passage: Passage): boolean {
  return passage.prepared.history.some(span => overlaps(span, passage.quote))
}

/** An address at the subject's own domain is the subject's wherever it stands. */
function ownsAddress(address: string, cast: Cast): boolean {
  const label =
    address
      .toLowerCase()
      .split('@')[1]
      ?.split('.')
      .slice(0, -1)
      .at(-1)
      ?.replace(/[^\p{L}\p{N}]/gu, '') ?? ''
  return label.length >= 3 && cast.subject.some(words => words.join('') === label)
}

/** Where the subject's own domain is known, an address elsewhere is somebody else's, unless a mail provider's. */
function isElsewhere({ value, subject }: Claim): boolean {
  const host = value.trim().toLowerCase().split('@')[1] ?? ''
  if (!subject.domain || PROVIDER.test(host)) return false
  const own = subject.domain.toLowerCase()
  const label = (name: string) => name.split('.').slice(0, -1).at(-1)
  return host !== own && !host.endsWith(`.${own}`) && label(host) !== label(own)
}

const PROVIDER =
  /^(?:gmail|googlemail|outlook|hotmail|live|yahoo|icloud|me|aol|gmx|web|t-online|freenet|orange|wanadoo|free|laposte|btinternet|proton|protonmail|telefonica|libero)\.\p{L}+/u

/** What the claim is really about in the quote: its first number or name there, else the quote's beginning. */
function keyAnchor(passage: Passage, anchors: readonly Span[]): Span {
  return (
    anchors.find(anchor => overlaps(anchor, passage.quote)) ?? {
      start: passage.quote.start,
      end: passage.quote.start + 1,
    }
  )
}

function holder(claim: Claim, passage: Passage, anchor: Span, cast: Cast): Company {
  const possessor = possessorBefore(passage, anchor, cast)
  if (possessor && !claim.value.includes(possessor.name)) return possessor
  const boxed = factBoxOwner(passage)
  // "Client: X" itself says that X is a client; the lines below it are X's own.
  if (boxed && !claim.value.includes(boxed)) return boxOwner(boxed, cast)
  const row = rowCompany(passage, cast)
  if (row) return row
  const value = nameWords(claim.value).join(' ')
  const isRelation = RELATIONS.has(claim.kind)
  const owner = ownerBeside(claim, passage, anchor, cast)
  if (owner) return owner
  const named = (company: Company) => company.who === 'other' && value.includes(nameWords(company.name).join(' '))
  const isPerson = claim.kind === 'leader' || claim.kind === 'authority'
  const all = mentionsIn(passage.sentence, passage, cast, isPerson)
  const another = anotherActs(claim.kind, passage, all)
  if (another) return another
  const mentions = all.filter(mention => !named(mention.company) && !speaksBeside(mention, claim.kind, passage))
  if (claim.kind === 'founded' && isFounded(all, passage)) return { who: 'subject', name: '' }
  if (claim.kind === 'founded' && founders(passage)) return inherited(claim.kind, passage, cast, false, () => false)
  if (claim.kind === 'leader') {
    const employer = employerAfter(passage, anchor, mentions, cast)
    if (employer) return employer
  }
  if (claim.kind === 'award' || claim.kind === 'funding') {
    // "X invested €1 million in us", "X named us winner": who gives is the clause's subject, and we are in it.
    const receives = mentions.some(
      mention =>
        mention.company.who === 'subject' && isReceiver(mention, passage) && sharesClause(mention, anchor, passage),
    )
    const party = receives ? null : clauseParty(claim.kind, passage, anchor, mentions, cast)
    if (party) return party
  }
  if (isRelation) {
    const subject = mentions.find(mention => mention.company.who === 'subject')
    if (subject) return subject.company
    const ours = ownVoice(passage)
    if (ours && !mentions.some(mention => mention.kind === 'pronoun' || (mention.kind === 'name' && mention.acting)))
      return voiceAt(passage, ours, cast)
    const other = mentions.find(mention => mention.kind === 'name' && isActing(mention, passage))
    return (
      other?.company ??
      inherited(
        claim.kind,
        passage,
        cast,
        mentions.some(mention => mention.kind === 'pronoun' && mention.start < anchor.start),
        named,
      )
    )
  }
  const party = clauseParty(claim.kind, passage, anchor, mentions, cast)
  if (party) return party
  const relative = relativeName(anchor, passage, cast)
  if (relative) return relative
  const governing = governor(mentions, anchor, passage)
  if (governing && governing.kind !== 'pronoun') return governing.company
  const antecedent =
    governing &&
    mentions.findLast(
      mention => mention.end <= governing.start && mention.kind === 'name' && isActing(mention, passage),
    )
  if (antecedent) return antecedent.company
  return inherited(claim.kind, passage, cast, governing?.kind === 'pronoun', () => false)
}

/** What a company does in news: with a name in front that is not the subject's, it is that company's news, whoever reprints it. */
const OWN_DEEDS: Partial<Record<FactKind, RegExp>> = {
  acquisition:
    /^(?:has |have )?(?:acquired|acquires|bought|buys|purchased|purchases|takes over|took over|completes? (?:the |its )?acquisition of) (?:the |rival |its rival |competitor )?\p{Lu}/u,
  launch: /^(?:has |have )?(?:launche[ds]|introduce[ds]|unveil(?:s|ed)|release[ds]) (?:its |the |a |an )?\p{Lu}/u,
  closure:
    /^(?:has |have )?(?:file[ds] for|announced [^.;]{0,40}(?:clos|shut)\w*|(?:will |to |plans to )?(?:close|closes|closed|shut|shuts) (?:down )?its|ceased (?:trading|operations)|went (?:bankrupt|into (?:administration|liquidation|receivership)))(?!\p{L})/u,
}

/** "The acquisition of Fenwick by Halden Valves". */
const BOUGHT_BY =
  /\b(?:acquisition|takeover|purchase) of (?:the )?\p{Lu}[^.;]{1,50}? by (?:the )?(\p{Lu}[\p{L}&’'-]*(?:\s\p{Lu}[\p{L}&’'-]*)*)/u

/**
 * "Halden Valves has acquired Fenwick Castings" in the subject's news, the subject nowhere in it. A value that repeats the sentence names
 * Halden too, so that the name in the value proves nothing.
 */
function anotherActs(kind: FactKind, passage: Passage, mentions: readonly Mention[]): Company | null {
  const deed = OWN_DEEDS[kind]
  if (!deed || mentions.some(({ company, kind: by }) => company.who === 'subject' || by === 'voice')) return null
  const text = passage.prepared.source.text.slice(0, passage.sentence.end)
  const buyer = kind === 'acquisition' ? BOUGHT_BY.exec(text.slice(passage.sentence.start)) : null
  if (buyer) return { who: 'other', name: buyer[1]!.trim() }
  const actor = mentions.find(({ company, kind: by, end }) => {
    if (company.who !== 'other' || by !== 'name' || !/\s/u.test(company.name.trim())) return false
    return deed.test(text.slice(end).replace(/^(?:,[^,;.]{2,80}(?:,[^,;.]{2,60})?,)?\s/u, ''))
  })
  return actor?.company ?? null
}

/** "In 1978, Ruth Orrin set up Orrin Pumps": what is founded is the subject, whoever founded it. */
function isFounded(mentions: readonly Mention[], passage: Passage): boolean {
  const { text } = passage.prepared.source
  return mentions.some(
    ({ company, kind, start }) =>
      company.who === 'subject' &&
      kind === 'name' &&
      /\p{Lu}[\p{L}'’-]+\s\p{Lu}[\p{L}'’-]+\s(?:founded|established|set up|started|created)\s$/u.test(
        text.slice(Math.max(passage.sentence.start, start - 80), start),
      ),
  )
}

/** "when Elspeth Rae and Tam Brodie started it": who founds is no party of its own; "it" is what the page is about. */
function founders(passage: Passage): boolean {
  return /\p{Lu}[\p{L}'’-]+\s\p{Lu}[\p{L}'’-]+\s(?:first |jointly )?(?:started|founded|established|set up|created|opened|launched|began)\s(?:it|us|up|the (?:company|firm|business|works|shop|studio))\b/u.test(
    textOf(passage.prepared, passage.sentence),
  )
}

/** Named, or "us": what is possessed ("our provider") receives nothing. */
function isReceiver(mention: Mention, passage: Passage): boolean {
  const word = passage.prepared.source.text.slice(mention.start, mention.end)
  return mention.kind === 'name' || /^(?:us|uns|nous|nos)$/i.test(word)
}

/** The publisher's name in its own box means the publisher, whatever form it has there. */
function boxOwner(name: string, cast: Cast): Company {
  const list = tokens(name)
  return list.some((_, index) => formAt(list, index, cast.publisherForms, name) > 0)
    ? publisherOf(cast)
    : companyNamed(name, cast)
}

function mentionsSubject(span: Span, passage: Passage, cast: Cast): boolean {
  return mentionsIn(span, passage, cast).some(mention => mention.company.who === 'subject' && mention.kind === 'name')
}

/** The mention that the place speaks of: by apposition or relative clause first, else the last one that acts before it. */
function governor(mentions: readonly Mention[], anchor: Span, passage: Passage): Mention | null {
  const text = passage.prepared.source.text
  const before = mentions.filter(mention => mention.end <= anchor.start)
  const attached = attachedTo(before, anchor, text)
  if (attached) return attached
  const acting = before.filter(mention => mention.kind !== 'name' || isActing(mention, passage))
  const strong = acting.filter(mention => !isObject(mention, text)).at(-1)
  if (strong) return strong
  const last = before.at(-1)
  if (last && last.kind === 'name' && !isObject(last, text)) return last
  const after = mentions.find(
    mention =>
      mention.start >= anchor.end &&
      !isObject(mention, text) &&
      (mention.kind !== 'name' || isActing(mention, passage)),
  )
  if (after) return after
  return (
    before.at(-1) ??
    mentions.find(mention => overlaps(mention, anchor)) ??
    mentions.find(mention => mention.kind !== 'pronoun') ??
    mentions[0] ??
    null
  )
}

/** "X, a maker of cartons with 140 employees", "X, which employs 140", "X (140 employees)". */
function attachedTo(before: readonly Mention[], anchor: Span, text: string): Mention | null {
  for (const mention of before.toReversed()) {
    const between = text.slice(mention.end, anchor.start)
    if (mention.kind === 'pronoun' || mention.kind === 'voice') continue
    if (/^(?:\s(?:AG|SE|GmbH|Inc\.?|Ltd\.?|S\.?A\.?))?\s?\([^)]*$/u.test(between)) return mention
    const apposition =
      /^,\s(?:an?|the|one of|which|who|whose|where|ein|eine|einem|einer|der|die|das|dessen|deren|un|une|la|le|qui|dont|una|el|que|cuy[oa]|with|mit|avec|con)\s/iu.exec(
        between,
      )
    if (apposition && !closesApposition(between.slice(apposition[0].length), apposition[0])) return mention
  }
  return null
}

/** "… from Barratt, where he led a team of 25": a name that nothing else makes a company, with a relative clause of its own. */
function relativeName(anchor: Span, passage: Passage, cast: Cast): Company | null {
  const text = passage.prepared.source.text.slice(passage.sentence.start, anchor.start)
  const match =
    /(?<!\b(?:in|at|near|im|in der|à|en)\s)(?<!\p{L})(\p{Lu}[\p{L}&.'-]+(?:\s\p{Lu}[\p{L}&.'-]+){0,3}),\s(?:(?:à|in|at|en)\s\p{Lu}\S+,\s)?(?:where|which|whose|who|wo|où|donde|qui|dont|die|deren|dessen|cuy[oa]s?)\s(?!(?:we|our|wir|nous|unser|notre)\b)(?:[^,;.]|(?<=\d)[.,](?=\d))*$/u.exec(
      text,
    )
  if (!match) return null
  const company = companyNamed(match[1]!, cast)
  return company.who === 'subject' ? null : company
}

/** An apposition ends at the next comma, unless a list goes on in it. */
function closesApposition(rest: string, opening: string): boolean {
  const comma = rest.indexOf(',')
  if (comma === -1) return false
  return !/which|who|der|die|das|qui|que/.test(opening) || /^,\s*\p{L}+/u.test(rest.slice(comma))
}

/** "Halden's SAP system", "the SAP system of Halden": who owns what stands at the anchor. */
function possessorBefore(passage: Passage, anchor: Span, cast: Cast): Company | null {
  const text = passage.prepared.source.text
  const list = tokens(text, passage.sentence.start, anchor.start)
  const owner = list.slice(-3).findLast(token => /'s$|s'$/.test(token.fold) && token.capital)
  if (!owner || /[.,;]/.test(text.slice(owner.end, anchor.start))) return null
  const at = list.indexOf(owner)
  for (let index = Math.max(0, at - 3); index <= at; index++) {
    const used = formAt(list, index, cast.subject, text)
    if (used && index + used - 1 === at) return { who: 'subject', name: owner.text }
  }
  for (let index = Math.max(0, at - 3); index <= at; index++) {
    const known = [...cast.others, ...cast.publisherForms].find(words => formAt(list, index, [words], text))
    if (known && index + known.length - 1 === at)
      return { who: cast.own && cast.publisherForms.includes(known) ? 'subject' : 'other', name: known.join(' ') }
    // A short form of a known company ("Halden" for Halden Foods).
    const short = cast.others.find(words => words[0] === bareWord(list[index]!.fold))
    if (short && index === at) return { who: 'other', name: bareWord(owner.text) }
  }
  return null
}

/** In a table that compares companies the row's or column's head says whose the cell is. */
function rowCompany(passage: Passage, cast: Cast): Company | null {
  for (const cell of passage.cells) {
    for (const head of cell.heads) {
      const label = textOf(passage.prepared, head)
      if (WHOLE_ROW.test(label.trim())) return publisherOf(cast)
      const company = companyNamed(label, cast)
      if (company.who === 'subject') return company
      const words = nameWords(label).join(' ')
      if ([...cast.others, ...(cast.own ? [] : cast.publisherForms)].some(other => other.join(' ') === words))
        return company
    }
  }
  return comparedWith(passage, cast)
}

/** The row of the whole. */
const WHOLE_ROW = /^(?:(?:the )?group|total|company|overall|all|konzern|gesamt|summe|groupe|grupo)$/i

/** A table with the subject in one row and the claim in another: the other row is another company's. */
function comparedWith(passage: Passage, cast: Cast): Company | null {
  const cell = passage.cells[0]
  if (!cell) return null
  const rowHead = cell.heads.at(-1) ?? cell
  if (WHOLE_ROW.test(textOf(passage.prepared, rowHead).trim())) return null
  const same = passage.prepared.cells.filter(other =>
    other.heads.some(head => cell.heads[0] !== undefined && head.start === cell.heads[0].start),
  )
  const lists = [...same, ...same.flatMap(other => other.heads)]
  const compares = lists.some(
    span =>
      companyNamed(textOf(passage.prepared, span), cast).who === 'subject' &&
      textOf(passage.prepared, span).length < 60,
  )
  const here = textOf(passage.prepared, passage.sentence)
  if (!compares || companyNamed(here, cast).who === 'subject') return null
  return { who: 'other', name: textOf(passage.prepared, rowHead) }
}

/** Kinds whose bare figure or place is told of the company of the sentence before, even without a pronoun. */
const CARRIED = new Set<FactKind>([
  'employees',
  'revenue',
  'founded',
  'headquarters',
  'office',
  'technology',
  'budget',
  'need',
  'news',
])

/** For sentences that name nobody: the sentences before, the headings, the page. */
function inherited(
  kind: FactKind,
  passage: Passage,
  cast: Cast,
  hasPronoun: boolean,
  skip: (company: Company) => boolean,
): Company {
  // A note jumps from point to point: there only a pronoun points back.
  const isNote = passage.prepared.source.kind === 'call_note' || passage.prepared.source.kind === 'crm_field'
  for (const sentence of (isNote && !opensWithPronoun(passage)) || (!hasPronoun && !CARRIED.has(kind))
    ? []
    : sentencesBefore(passage, hasPronoun ? 4 : 3, !hasPronoun)) {
    // A table's row leads no sentence behind it.
    if (passage.prepared.cells.some(cell => overlaps(cell, sentence))) continue
    const lead = leadOf(sentence, passage, cast)
    if (lead && !skip(lead)) return lead
  }
  for (const heading of passage.headings) {
    const company = headingCompany(textOf(passage.prepared, heading), passage, cast)
    if (company && !skip(company)) return company
  }
  return introduced(passage, cast) ?? pageCompany(passage, cast)
}

function opensWithPronoun(passage: Passage): boolean {
  return /^(?:It|They|He|She|Its|Their|Sie|Er|Es|Ils?|Elles?)\b/u.test(textOf(passage.prepared, passage.sentence))
}

/** The party a sentence is mainly about: the first that acts in it. */
function leadOf(sentence: Span, passage: Passage, cast: Cast): Company | null {
  const text = passage.prepared.source.text
  const view = { ...passage, sentence }
  const all = mentionsIn(sentence, view, cast)
  // "It is part of the group X": the party is whom "it" points back to, not X.
  if (all[0]?.kind === 'pronoun' && all[0].start - sentence.start < 5) return null
  const mention = all.find(
    candidate =>
      candidate.kind !== 'pronoun' &&
      candidate.kind !== 'reader' &&
      (candidate.kind !== 'name' || isActing(candidate, view)) &&
      !isObject(candidate, text),
  )
  return mention && mention.kind !== 'role' ? mention.company : null
}

function headingCompany(heading: string, passage: Passage, cast: Cast): Company | null {
  const about = aboutName(heading)
  if (about) return companyNamed(about, cast)
  if (companyNamed(heading, cast).who === 'subject') return { who: 'subject', name: heading }
  const words = nameWords(heading).join(' ')
  const other = cast.others.find(name => name.join(' ') === words)
  return other && passage.headings.length > 0 ? { who: 'other', name: heading } : null
}

function pageCompany(passage: Passage, cast: Cast): Company {
  const { source, sentences } = passage.prepared
  if (cast.publisher) return publisherOf(cast)
  // A note or record without a voice of its own is about the company it names first.
  const top = sentences[0]
  const named = `${source.title ?? ''}\n${top ? textOf(passage.prepared, top) : ''}`
  if (companyNamed(named, cast).who === 'subject') return { who: 'subject', name: '' }
  if (source.kind === 'crm_field') return { who: 'subject', name: '' }
  return { who: 'unknown', name: '' }
}

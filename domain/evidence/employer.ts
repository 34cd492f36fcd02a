/** Where an office is held that a sentence names: the employer behind a title, before it, or over the page's section. */
import type { Mention } from './mentions.ts'
import { isTitleWord } from './names.ts'
import type { Passage } from './passage.ts'
import { textOf } from './prepare.ts'
import type { Cast, Company } from './speaker.ts'
import { companyNamed } from './speaker.ts'
import type { Span } from './text.ts'
import { tokens } from './text.ts'

/** "Tom Reddick, Head of Facilities, Halden Foods" and "chief executive of Tessaro": the employer after a title. */
export function employerAfter(
  passage: Passage,
  anchor: Span,
  mentions: readonly Mention[],
  cast: Cast,
): Company | null {
  const text = passage.prepared.source.text
  const names = mentions.filter(mention => mention.kind === 'name')
  const behind = names.find(
    mention =>
      mention.start >= anchor.end &&
      /(?:,|\(|\b(?:of|at|bei|von|der|chez|de|en|del))\s*$/iu.test(
        text.slice(Math.max(anchor.end, mention.start - 5), mention.start),
      ) &&
      !EARLIER.test(text.slice(Math.max(anchor.end, mention.start - 40), mention.start)),
  )
  if (behind) return behind.company
  const line = textOf(passage.prepared, passage.sentence)
  const elsewhere = OF_SOMETHING.exec(text.slice(anchor.end, passage.sentence.end))?.[0]
  if (elsewhere && !OWN_HOUSE.test(elsewhere) && !elsewhere.includes(' our '))
    return { who: 'other', name: elsewhere.replace(/^.*\sof\s/u, '') }
  const signed = SIGNED.exec(line)?.[1]
  if (signed && !isDepartment(signed)) return companyNamed(signed, cast)
  const heading = passage.headings[0] ? textOf(passage.prepared, passage.headings[0]) : ''
  if (OTHERS_SAY.test(heading) && !names.some(mention => mention.company.who === 'subject'))
    return { who: 'other', name: 'a customer' }
  const held = heldAt(text, passage.sentence, anchor)
  if (held) return companyNamed(held, cast)
  const unknown = EMPLOYER.exec(text.slice(anchor.end, passage.sentence.end))?.[1]
  if (unknown) return companyNamed(unknown, cast)
  const owner = names.findLast(
    mention => mention.end <= anchor.start && /['’]s?$/.test(text.slice(mention.start, mention.end)),
  )
  return owner?.company ?? null
}

/** "director of the film", "chief executive of the chamber of commerce": no office of this company. */
const OF_SOMETHING =
  /^[^.;,]{0,12},\s(?:the\s)?(?:\p{Ll}+\s){0,3}(?:director|executive|officer|president|chair(?:man|woman)?|head|manager|owner)\sof\sthe\s\p{Ll}+/u
const OWN_HOUSE =
  /\b(?:company|firm|group|business|board|works|plant|department|division|team|studio|practice|house|agency|trust|charity|school|hospital|brewery|bakery|mill|institute|office|union|foundation|laborator\w+|lab|museum|hotel|unit|family|project|programme|program|supervisory|management|executive|audit|sales|finance|new|german|french|uk)\b/

/** "Ruud Peeters, Supply Chain Director, Vers & Co" in a line of its own. */
const SIGNED =
  /^[–—-]?\s*\p{Lu}[\p{L}.'’-]+(?:\s\p{Lu}[\p{L}.'’-]+){1,3},\s[^,]{3,50},\s(\p{Lu}[\p{L}&.'’-]+(?:\s(?:&|and|of|\p{Lu}[\p{L}.'’-]*))+)\.?$/u
const OTHERS_SAY =
  /\b(?:customers? (?:say|speak|voices)|clients? say|testimonials?|what .{0,20} say|success stor(?:y|ies)|case stud(?:y|ies)|kundenstimmen|das sagen|temoignages|ils parlent de nous|opiniones|testimonios)\b/i

function isDepartment(name: string): boolean {
  return tokens(name).some(
    token =>
      isTitleWord(token.fold) ||
      /^(?:sales|marketing|finance|operations|europe|emea|engineering|germany|uk|ireland|america|asia)$/.test(
        token.fold,
      ),
  )
}

/** "Heron's operations director, Liv Aasen", "Liv Aasen, Heron's operations director": the owner of the office. */
function heldAt(text: string, sentence: Span, anchor: Span): string | null {
  const before = OWNED_OFFICE.exec(text.slice(Math.max(sentence.start, anchor.start - 90), anchor.start))
  const after = OFFICE_OWNED.exec(text.slice(anchor.start, Math.min(sentence.end, anchor.start + 120)))
  const match = before ?? after
  return match && tokens(match[2]!).some(token => isTitleWord(token.fold)) ? match[1]! : null
}

const OWNED_OFFICE =
  /(?<!\p{L})(\p{Lu}[\p{L}&.-]+(?:\s\p{Lu}[\p{L}&.-]+){0,3})['’]s?\s((?:[\p{L}-]+\s){0,6}[\p{L}-]+),?\s(?:(?:Dr|Prof|Mr|Ms|Mrs|Sir|Dame)\.?\s)?$/u
const OFFICE_OWNED =
  /^\p{Lu}[\p{L}.'’-]+(?:\s\p{Lu}[\p{L}.-]+){0,3},\s(\p{Lu}[\p{L}&.-]+(?:\s\p{Lu}[\p{L}&.-]+){0,3})['’]s?\s((?:[\p{L}-]+\s){0,5}[\p{L}-]+)/u

/** A company that nothing else on the page names: "COO of Delta Bank", "finance director at Orlo". Not "Head of Sales". */
const EMPLOYER =
  /^[^.;:“”"]{0,60}\b(?:(?:CEO|COO|CFO|CTO|CMO|CIO|officer|executive|[Pp]resident|founder|owner|chair(?:man|woman)?|director general|Geschäftsführer(?:in)?)\s(?:of|von|der|de)|at|bei|chez)\s(?:the\s)?(\p{Lu}[\p{L}&.'’-]+(?:\s\p{Lu}[\p{L}&.'’-]+){0,3})/u

/** An employer before this one. */
const EARLIER =
  /(?:formerly|previously|before that|ex|came from|joined from|former\s[\p{L}\s]{0,20}|früher|zuvor|ehemals|anciennement|auparavant|antes|anteriormente)[\p{L}\s]{0,24}$/iu

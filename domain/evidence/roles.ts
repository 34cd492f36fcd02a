/** Who holds an office, by grammar: title and name in one clause, or in clauses that speak of the same person. */
import type { Clause } from './clauses.ts'
import { clauseIndexAt, clausesOf } from './clauses.ts'
import { bareWord } from './names.ts'
import type { Span } from './text.ts'
import { fold, tokens } from './text.ts'
import { isStopWord, sameWord, titleSpans } from './words.ts'

/**
 * Why the title of `value` ("Name, title") is not said of the name in `sentence`, in words; null when it is, or when the
 * sentence does not hold both. Sentences of one line only: cards and tables are paired by their lines.
 */
export function detachedTitle(value: string, sentence: string): string | null {
  const comma = value.indexOf(',')
  if (comma === -1 || sentence.includes('\n')) return null
  const name = value.slice(0, comma)
  const names = spansOfName(name, sentence)
  const titles = spansOfTitle(value.slice(comma + 1), sentence)
  if (titles.length === 0) return null
  if (names.length === 0)
    return titles.every(title => isAnothers(title, sentence)) ? 'the title is told of somebody else' : null
  const clauses = clausesOf(sentence)
  const held = titles.filter(title => names.some(span => isAttached(span, title, clauses, sentence)))
  if (held.length === 0) return 'the title is told of somebody else'
  if (!LESSER.test(fold(value)) && held.every(title => LESSER_BEFORE.test(fold(sentence.slice(0, title.start)))))
    return 'the title is a lesser one'
  return null
}

/** "She reports to Hamish Reay, the owner": the title stands right beside a name, and it is not the claim's. */
function isAnothers(title: Span, sentence: string): boolean {
  const before = sentence.slice(0, title.start)
  return (
    /\p{Lu}[\p{L}'’-]+\s\p{Lu}[\p{L}'’-]+,\s(?:(?:the|our|its|now|der|die|unser\p{L}*)\s)?(?:\p{Ll}+\s){0,2}$/u.test(
      before,
    ) || /^\s\p{Lu}[\p{L}'’-]+\s\p{Lu}[\p{L}'’-]+/u.test(sentence.slice(title.end))
  )
}

const LESSER = /\b(?:deputy|assistant|vice|associate|stellvertret\w*|vize\w*|assistenz|adjoint\w*|sub)\b/
const LESSER_BEFORE =
  /\b(?:deputy|assistant(?: to (?:the|our))?|vice|associate|stellvertretende[rn]?|assistent(?:in)? (?:der|des)|adjointe? (?:au|du|de la))[\s-](?:\p{L}+\s)?$/u

/** The last name's places; where the value gives more names, only those behind the ones before it. */
function spansOfName(name: string, sentence: string): Span[] {
  const words = tokens(name)
    .map(token => bareWord(token.fold))
    .filter(word => !/^(?:jun|sen|jr|sr|dr|prof|mr|mrs|ms|herr|frau|sir)$/.test(word))
  const last = words.at(-1)
  if (!last) return []
  const list = tokens(sentence)
  const whole = list.filter(
    (_, index) => words.length > 1 && words.every((word, at) => bareWord(list[index + at]?.fold ?? '') === word),
  )
  if (whole.length > 0) return whole.map(({ start, end }) => ({ start, end }))
  return list.filter(token => bareWord(token.fold) === last && token.capital).map(({ start, end }) => ({ start, end }))
}

/** Where the title stands: its known spelling, or the last of its words. */
function spansOfTitle(title: string, sentence: string): Span[] {
  const known = titleSpans(title)[0]?.title
  if (known) return titleSpans(sentence).filter(span => span.title === known)
  const key = tokens(title).findLast(token => !isStopWord(token.fold) && !/^\d/.test(token.fold))
  if (!key) return []
  const list = tokens(sentence)
  const exact = list.filter(token => token.fold === key.fold)
  return exact.length > 0 ? exact : list.filter(token => sameWord(token.fold, key.fold))
}

function isAttached(name: Span, title: Span, clauses: readonly Clause[], sentence: string): boolean {
  const own = clauses[clauseIndexAt(clauses, name.start)]!
  if (title.start < name.start && SUCCEEDS.test(fold(sentence.slice(own.start, own.end)))) return true
  const [first, second] = name.start < title.start ? [name, title] : [title, name]
  const from = clauseIndexAt(clauses, first.start)
  const to = clauseIndexAt(clauses, second.start)
  if (from === to) return !OTHER_PERSON.test(sentence.slice(first.end, second.start))
  const between = clauses.slice(from + 1, to + 1)
  return (
    between.every((clause, index) => goesOn(clause, clauses[from + index]!, sentence)) &&
    !startsOther(between, sentence)
  )
}

/** "…; Grace Adeyemi followed him": in the office that was just named. */
const SUCCEEDS =
  /\b(?:followed (?:him|her)|succeed(?:s|ed) (?:him|her)|took over from (?:him|her)|replaced (?:him|her)|(?:his|her) successor|nachfolger(?:in)?|folgte (?:ihm|ihr)|succede\w*|successeure?|sucesora?)\b/

/** "Tess, his sister, …", "Alan Moe and finance director …": somebody else is named on the way. */
const OTHER_PERSON = /;|\b(?:his|her|whose|their)\s\p{Ll}+\s\p{Lu}/u

/** A clause that still speaks of the person of the one before it. */
function goesOn(clause: Clause, before: Clause, sentence: string): boolean {
  const text = sentence.slice(clause.start, clause.end)
  if (clause.shares || clause.opener === 'resume' || clause.opener === ')' || clause.opener === '(') return true
  if (/^[:–—”]$/.test(clause.opener)) return !before.verb || !clause.verb
  if (clause.opener === 'participle') return !ELSEWHERE.test(text)
  if (/^(?:who|der|die|qui)$/.test(clause.opener)) return !ELSEWHERE.test(text) && before.role !== 'relative'
  if (clause.role === 'relative' || clause.role === 'condition') return false
  // A fragment is an apposition: "Jane Roe, our head of sales".
  if (!clause.verb) return clause.opener !== ';'
  return /^(?:and |but )?(?:he|she|er|sie|il|elle)\s/iu.test(text)
}

/** An earlier time or another house in a person's relative clause. */
const ELSEWHERE =
  /\b(?:had been|was|were|used to|previously|formerly|before|joined (?:us )?from|came from|at \p{Lu}|war|leitete|zuvor|fruher)/u

function startsOther(between: readonly Clause[], sentence: string): boolean {
  return between.some(clause => OTHER_PERSON.test(sentence.slice(clause.start, clause.end)))
}

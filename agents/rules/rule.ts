/** One extraction rule: looks at a sentence, yields drafts of facts. Drafts are then checked like a model's claims. */
import type { FactKind } from '../../domain/evidence/types.ts'
import type { Block, RegionRole } from '../../domain/page/types.ts'

export interface Sentence {
  text: string
  role: RegionRole
  kind: Block['kind']
  /** The nearest heading above, or an empty text. */
  heading: string
  /** The page's own title, or an empty text. */
  title: string
  /** The page, or the post within it, states a date of its own, as news do. */
  dated: boolean
  /** Of pages, the ISO day they were read: what is planned lies after it or not long before. Not given for mails and notes. */
  readAt?: string | null
  /** Whether a name is the subject's own. */
  isSubject: (name: string) => boolean
}

export interface Draft {
  kind: FactKind
  value: string
  /** A shorter range within the sentence than the whole of it, where the sentence holds more than the fact. */
  quote?: { start: number; end: number }
}

export type Rule = (sentence: Sentence) => Draft[]

const NAMED_KINDS: ReadonlySet<FactKind> = new Set(['customer', 'partner', 'technology'] as const)

/** A rule by one pattern: its group `v` is the value. */
export function byPattern(
  kind: FactKind,
  pattern: RegExp,
  shape: (value: string, match: RegExpExecArray) => string | null = v => v,
): Rule {
  return ({ text, isSubject }) => {
    const match = pattern.exec(text)
    const raw = match?.groups?.['v']
    if (match === null || raw === undefined) return []
    const value = shape(raw.trim(), match)
    return value === null || value === '' || (NAMED_KINDS.has(kind) && isSubject(value)) ? [] : [{ kind, value }]
  }
}

/** A rule that reads what follows a lead: one draft for each value that `take` finds at the start of the rest. */
export function afterLead(kind: FactKind, lead: RegExp, take: (rest: string) => string[]): Rule {
  return ({ text, isSubject }) => {
    const match = lead.exec(text)
    if (match === null) return []
    return take(text.slice(match.index + match[0].length).trimStart())
      .filter(value => !isSubject(value))
      .map(value => ({ kind, value }))
  }
}

/** The first of several rules that finds something: for patterns from strict to loose. */
export function firstOf(...rules: Rule[]): Rule {
  return sentence => {
    for (const rule of rules) {
      const found = rule(sentence)
      if (found.length > 0) return found
    }
    return []
  }
}

/** A rule that keeps still where the sentence holds a word that speaks against it. */
export function unless(veto: RegExp, rule: Rule): Rule {
  return sentence => (veto.test(sentence.text) ? [] : rule(sentence))
}

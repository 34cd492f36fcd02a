/** The mail that rules write: one reason in their own words, what we offer in ours, one ask. */
import type { Binding, KnowledgeItem, StoredFact } from '../../domain/evidence/mail.ts'
import { splitSentences } from '../../domain/evidence/sentences.ts'
import { polarity } from '../../domain/qualification/polarity.ts'
import { METHODS } from '../../domain/qualification/types.ts'
import { FRAMES, type Language, REASONS } from './frames.ts'

/** Candidates, best first: the first of each group that passes the check is used. */
export function templateSentences(
  facts: readonly StoredFact[],
  knowledge: readonly KnowledgeItem[],
  language: Language,
  talkIds: ReadonlySet<string>,
): { reasons: Binding[]; about: Binding[]; proof: Binding[] } {
  const frame = FRAMES[language]
  const reasons = REASONS.flatMap(kind => facts.filter(fact => fact.kind === kind && !isDenial(fact))).map(fact => {
    const lead = talkIds.has(fact.id) ? frame.fromTalk : frame.fromSite
    return { sentence: `${lead}: “${quoted(fact.quote)}”.`, factIds: [fact.id], knowledgeIds: [] }
  })
  const said = facts.filter(fact => REASONS.includes(fact.kind)).flatMap(fact => words(`${fact.value} ${fact.quote}`))
  return {
    reasons,
    about: bestOf('offering', knowledge, said),
    proof: [...bestOf('proof_point', knowledge, said), ...bestOf('case_study', knowledge, said)],
  }
}

function isDenial(fact: StoredFact): boolean {
  const factor = METHODS.bant.find(name => name === fact.kind)
  return factor !== undefined && polarity(factor, fact.quote) !== 'met'
}

/** First sentences of our items, those first that share most words with what the prospect said. */
function bestOf(kind: KnowledgeItem['kind'], knowledge: readonly KnowledgeItem[], said: readonly string[]): Binding[] {
  const theirs = new Set(said)
  return knowledge
    .filter(item => item.kind === kind)
    .map(item => ({ item, shared: words(item.text).filter(word => theirs.has(word)).length }))
    .sort((a, b) => b.shared - a.shared || (a.item.id < b.item.id ? -1 : 1))
    .flatMap(({ item }) => {
      const [first] = splitSentences(item.text)
      return first === undefined
        ? []
        : [{ sentence: item.text.slice(first.start, first.end), factIds: [], knowledgeIds: [item.id] }]
    })
}

function words(text: string): string[] {
  return (text.toLowerCase().match(/\p{L}{4,}/gu) ?? []).map(word => word.slice(0, 7))
}

/** One line, without the marks that would end or open a sentence within the quotation. */
function quoted(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[“”„"]/g, '’')
    .replace(/[\s.!?…]+$/u, '')
    .trim()
}

/** Honest answers: what a careful reader would find in the prompt, by the product's own rules, quoted verbatim. */
import type { KnowledgeItem, StoredFact } from '../../domain/evidence/mail.ts'
import { splitSentences } from '../../domain/evidence/sentences.ts'
import { FACT_KINDS, type EvidenceSource, type FactKind, type SourceKind } from '../../domain/evidence/types.ts'
import { extractByRules } from '../../agents/rules/extract.ts'
import { bantDrafts } from '../../agents/rules/bant.ts'
import { updatesByRules } from '../../agents/rules/deal-updates.ts'
import { labelByPhrases } from '../../agents/rules/label.ts'
import type { Language } from '../../agents/rules/frames.ts'
import { templateMail } from '../../agents/rules/template-mail.ts'
import { dataBlocks, dataOf, itemsOf, type SentItem, sourcesOf, subjectOf } from './prompt-text.ts'

export interface ResearchAnswer {
  facts: { kind: string; value: string; quote: string; source: number; when: string | null }[]
  unknown: { what: string; question: string }[]
}

export function honestResearch(prompt: string): ResearchAnswer {
  const subject = { ...subjectOf(prompt), domain: null }
  const sources = sourcesOf(prompt).map(
    ({ number, kind, text }): EvidenceSource => ({
      id: String(number),
      kind: kind as SourceKind,
      text,
      publisher: subject,
      fetchedAt: '1970-01-01T00:00:00Z',
    }),
  )
  const facts = extractByRules(subject, sources).slice(0, 60)
  return {
    facts: facts.map(({ kind, value, quote, sourceId }) => ({
      kind,
      value,
      quote,
      source: Number(sourceId),
      when: null,
    })),
    unknown: facts.some(fact => fact.kind === 'need')
      ? []
      : [{ what: 'what they need', question: 'What would you change first in how you work today?' }],
  }
}

export function honestReading(prompt: string): Record<string, unknown> {
  const text = dataOf(prompt)
  const isNote = prompt.startsWith('A call note')
  const date = /of (\d{4}-\d{2}-\d{2}):/.exec(prompt)?.[1] ?? '1970-01-01'
  const label = labelByPhrases(text)
  const facts = splitSentences(text, { lineBreaks: 'wrapped' }).flatMap(({ start, end }) => {
    const quote = text.slice(start, end)
    const sentence = {
      text: quote,
      role: 'main' as const,
      kind: 'paragraph' as const,
      heading: '',
      title: '',
      dated: false,
      isSubject: () => false,
    }
    return bantDrafts(sentence, isNote ? 'call_note' : 'mail').map(({ kind, value }) => ({ kind, value, quote }))
  })
  return {
    label: label.label,
    label_quote: label.sentence === null ? null : text.slice(label.sentence.start, label.sentence.end),
    facts,
    updates: updatesByRules(text, date).map(({ field, quote }) => ({ field, quote })),
    unknown: [],
  }
}

export interface WritingAnswer {
  brief: { section: string; text: string; facts: string[] }[]
  mail: { subject: string; sentences: { text: string; facts: string[]; knowledge: string[] }[] }
}

const LANGUAGES: Record<string, Language> = { English: 'en', German: 'de', French: 'fr', Spanish: 'es' }
const SECTIONS: Record<string, string> = {
  need: 'needs',
  budget: 'needs',
  authority: 'needs',
  timing: 'needs',
  leader: 'people',
  hiring: 'signals',
  expansion: 'signals',
  funding: 'signals',
  launch: 'signals',
  acquisition: 'signals',
  closure: 'signals',
  news: 'signals',
}

export function honestWriting(prompt: string): WritingAnswer {
  const facts = itemsOf(dataBlocks(prompt)[0] ?? '', 'F')
  const head = prompt.split('\n')[0] ?? ''
  const knowledge = itemsOf(prompt.slice(0, prompt.indexOf('<<data')), 'K')
  const stored = facts.map(
    (item): StoredFact => ({
      id: item.alias,
      kind: FACT_KINDS.find(kind => kind === item.kind) ?? ('news' satisfies FactKind),
      value: item.text,
      quote: item.quote,
      subject: '',
    }),
  )
  const items = knowledge.map(
    (item): KnowledgeItem => ({
      id: item.alias,
      kind: item.kind as KnowledgeItem['kind'],
      text: item.text,
      sourceId: item.alias,
    }),
  )
  const language = LANGUAGES[/ in (English|German|French|Spanish) to /.exec(prompt)?.[1] ?? ''] ?? 'en'
  const aliases = (items: readonly SentItem[]) => new Set(items.map(item => item.alias))
  const told = [...facts, ...knowledge].filter(item => item.told)
  const { sentences } = templateMail(
    {
      kind: / (?:follow-up) /.test(head) ? 'follow_up' : / an answer /.test(head) ? 'reply' : 'first',
      language,
      sender: / of ([^.\n]*)\.$/m.exec(head)?.[1] ?? '',
      facts: stored,
      talkIds: aliases(facts.filter(fact => fact.talk)),
      unquotedIds: aliases(facts.filter(fact => fact.unquoted)),
      knowledge: items,
      told: { mails: told.length > 0 ? 1 : 0, factIds: aliases(told), knowledgeIds: aliases(told) },
      message: dataBlocks(prompt)[1] ?? null,
      deciderKnown: false,
    },
    () => true,
  )
  return {
    brief: facts
      .slice(0, 20)
      .map(fact => ({ section: SECTIONS[fact.kind] ?? 'company', text: fact.text, facts: [fact.alias] })),
    mail: {
      subject: '',
      sentences: sentences.map(({ sentence, factIds, knowledgeIds }) => ({
        text: sentence,
        facts: factIds,
        knowledge: knowledgeIds,
      })),
    },
  }
}

/**
 * Lies of the kinds that models tell, made from the prompt at hand: quotes that stand nowhere, quotes about another
 * company, values that contradict their quote, denials told as facts. The mail invents praise, figures and links.
 */
import { splitSentences } from '../../domain/evidence/sentences.ts'
import { honestResearch, honestWriting, type ResearchAnswer, type WritingAnswer } from './honest.ts'
import { dataOf, sourcesOf, subjectOf } from './prompt-text.ts'

export interface Lied<T> {
  answer: T
  lies: Record<string, number>
}

type Fact = ResearchAnswer['facts'][number]

export function lyingResearch(prompt: string): Lied<ResearchAnswer> {
  const sources = sourcesOf(prompt)
  const subject = subjectOf(prompt)
  const number = sources[0]?.number ?? 1
  const invented: Fact[] = [
    {
      kind: 'budget',
      value: '€9 million',
      quote: `${subject.name} has set aside €9 million for new software.`,
      source: number,
      when: null,
    },
    {
      kind: 'employees',
      value: '48,211',
      quote: 'We proudly employ 48,211 people on four continents.',
      source: number,
      when: null,
    },
    { kind: 'leader', value: 'Zebulon Quark, CEO', quote: 'Zebulon Quark, CEO', source: number, when: null },
  ]
  const contradicted: Fact[] = honestResearch(prompt)
    .facts.filter(fact => /\d/.test(fact.value) && ['employees', 'founded', 'revenue', 'funding'].includes(fact.kind))
    .slice(0, 5)
    .map(fact => ({ ...fact, value: otherNumber(fact.value) }))
  const others: Fact[] = []
  const negated: Fact[] = []
  for (const source of sources) {
    for (const { start, end } of splitSentences(source.text)) {
      const quote = source.text.slice(start, end)
      const other = OTHER_EMPLOYS.exec(quote)
      const names = [subject.name, ...subject.aliases].map(name => name.split(' ')[0] ?? name)
      if (other !== null && !names.some(name => quote.includes(name)))
        others.push({ kind: 'employees', value: other[2] ?? '', quote, source: source.number, when: null })
      const denied = DENIED.exec(quote)
      if (denied !== null)
        negated.push({ kind: 'technology', value: denied[1] ?? '', quote, source: source.number, when: null })
    }
  }
  const facts = [...invented, ...contradicted, ...others.slice(0, 5), ...negated.slice(0, 5)]
  return {
    answer: { facts, unknown: [] },
    lies: {
      invented: invented.length,
      contradicted: contradicted.length,
      other_company: Math.min(5, others.length),
      negated: Math.min(5, negated.length),
    },
  }
}

const OTHER_EMPLOYS =
  /^(?:The )?(\p{Lu}[\p{L}&]+ \p{Lu}[\p{L}&]+)\s+(?:employs|has)\s+(\d[\d,.]*)\s+(?:people|employees)/u
const DENIED = /\bWe (?:no longer|do not|don['’]t) use (\p{Lu}[\p{L}\d]+(?: \p{Lu}[\p{L}\d]+)*)/u

function otherNumber(value: string): string {
  return value.replace(/\d(?=\D*$)/, digit => String((Number(digit) + 3) % 10))
}

export function lyingReading(prompt: string): Lied<Record<string, unknown>> {
  const text = dataOf(prompt)
  return {
    answer: {
      label: 'interested',
      label_quote: 'We would love to sign the contract today.',
      facts: [
        { kind: 'budget', value: 'a budget of €2,000,000', quote: 'We have a budget of €2,000,000 for this.' },
        { kind: 'timing', value: 'live by tomorrow', quote: text.slice(0, 40) },
      ],
      updates: [
        { field: 'amount', quote: 'Please raise the offer to €900,000.' },
        { field: 'close_date', quote: 'We sign on 1 January 2031.' },
      ],
      unknown: [],
    },
    lies: { invented: 4 },
  }
}

export function lyingWriting(prompt: string): Lied<WritingAnswer> {
  const honest = honestWriting(prompt)
  const fact = honest.brief[0]?.facts ?? ['F1']
  const sentences = [
    { text: 'You told me last week that your budget is €9 million.', facts: fact, knowledge: [] },
    { text: 'We cut costs by 87 % for every customer within three days.', facts: [], knowledge: ['K1'] },
    { text: 'It was wonderful to meet your family in Lisbon.', facts: [], knowledge: [] },
    {
      text: 'Book your slot at https://pay.attacker.example/now or call +44 20 7946 0000.',
      facts: fact,
      knowledge: [],
    },
    { text: 'Our software is certified by NASA.', facts: [], knowledge: ['K99'] },
  ]
  return {
    answer: {
      brief: [{ section: 'company', text: 'They have 48,211 employees and want to buy today.', facts: fact }],
      mail: { subject: 'Your €9 million budget', sentences },
    },
    lies: { invented: sentences.length },
  }
}

/** Writes brief and mail in one call, from checked facts and approved knowledge; every sentence is checked again. */
import { z } from 'zod'
import { type Binding, checkMail, type KnowledgeItem, type StoredFact } from '../domain/evidence/mail.ts'
import type { RejectCounts } from '../domain/evidence/types.ts'
import { companySpoken } from '../domain/import/normalise/name.ts'
import type { Qualification } from '../domain/qualification/types.ts'
import { BRIEF_SECTIONS, type Brief, type BriefLine, briefByRules, openLines, renderBrief } from './brief.ts'
import {
  type CheckMail,
  composeMail,
  type DraftMail,
  type Dropped,
  type MailParties,
  type Material,
  plainSubject,
} from './mail.ts'
import { NO_REJECTS } from './ports.ts'
import { FRAMES, type Language, REASONS } from './rules/frames.ts'
import { NOTHING_TOLD, templateMail, type Told } from './rules/template-mail.ts'
import { type AgentContext, type Answered, askOrFallBack, settleRun } from './run.ts'
import { untrusted } from './untrusted.ts'

export interface WriteInput {
  kind: 'first' | 'follow_up' | 'reply'
  language: Language
  parties: MailParties
  /** Stored facts about the prospect, latest first; ids are those of the store. */
  facts: readonly StoredFact[]
  /** Of these, the ids of facts that stand in what people wrote or said to us, not on pages. */
  talkIds: ReadonlySet<string>
  /** Of these, what no mail may quote: what a colleague noted of a talk, and happenings of long ago. */
  unquotedIds?: ReadonlySet<string>
  /** What earlier mails to this person rested on; nothing by default. */
  told?: Told
  knowledge: readonly KnowledgeItem[]
  qualification: Qualification | null
  /** For `reply`: what they wrote. Untrusted. */
  message: string | null
  check?: CheckMail
}

export interface WriteResult extends Answered {
  brief: Brief
  /** Null when there is neither a fact nor an item of knowledge that a mail could rest on. */
  mail: DraftMail | null
  /** Sentences and lines that did not pass, with the reason. */
  dropped: Dropped[]
  rejects: RejectCounts
}

export const writeAnswer = z.strictObject({
  brief: z.array(z.strictObject({ section: z.enum(BRIEF_SECTIONS), text: z.string(), facts: z.array(z.string()) })),
  mail: z.strictObject({
    subject: z.string(),
    sentences: z.array(
      z.strictObject({ text: z.string(), facts: z.array(z.string()), knowledge: z.array(z.string()) }),
    ),
  }),
})

const FACT_CHARS = 2200
const KNOWLEDGE_CHARS = 2000
const MESSAGE_CHARS = 800

/** Throws only `model_…` errors that trying later can help; everything else ends in the rules. */
export async function write(input: WriteInput, context: AgentContext): Promise<WriteResult> {
  const material: Material = { ...input, check: input.check ?? checkMail }
  const facts = listFacts(input)
  const knowledge = listKnowledge(input)
  const answered = await askOrFallBack('writer', writePrompt(input, facts, knowledge), writeAnswer, context)
  const dropped: Dropped[] = []
  let lines: BriefLine[] = []
  let mail: DraftMail | null = null
  if (answered.value !== null) {
    const ids = {
      facts: new Map(facts.map(({ alias, item }) => [alias, item.id])),
      knowledge: new Map(knowledge.map(({ alias, item }) => [alias, item.id])),
    }
    lines = checkedLines(answered.value.brief, ids.facts, material, dropped)
    const composed = composeMail(
      answered.value.mail.subject,
      answered.value.mail.sentences.map(sentence => bindingOf(sentence, ids)),
      material,
    )
    dropped.push(...composed.dropped)
    mail = composed.mail
  }
  const byModel = mail !== null
  mail ??= mailByRules(input, material)
  if (lines.length === 0) lines = briefByRules(input.facts)
  const rejects = { ...NO_REJECTS, unsupported: dropped.length }
  // Without one sentence of the model's left, the mail is the rules', and is marked so.
  const by = byModel ? answered.by : 'rules'
  const fallback = answered.fallback ?? (answered.by === 'model' && !byModel ? 'model_bad_answer' : null)
  await settleRun(answered, rejects, context)
  return {
    by,
    fallback,
    run: answered.run,
    brief: renderBrief(input.parties.company, [...lines, ...openLines(input.qualification)]),
    mail,
    dropped,
    rejects,
  }
}

interface Listed<T> {
  alias: string
  item: T
  line: string
}

/** Facts by how good a reason to write they are, then in the order given, within a limit of characters. */
function listFacts(input: WriteInput): Listed<StoredFact>[] {
  const rank = (fact: StoredFact) => (REASONS.includes(fact.kind) ? REASONS.indexOf(fact.kind) : REASONS.length)
  const ranked = [...input.facts].sort((a, b) => rank(a) - rank(b))
  return within(ranked, 'F', FACT_CHARS, fact => {
    const marks = [
      input.talkIds.has(fact.id) ? ', said to us' : '',
      input.unquotedIds?.has(fact.id) ? ', not to be quoted' : '',
      input.told?.factIds.has(fact.id) ? ', told before' : '',
    ].join('')
    const quote =
      fact.quote.includes(fact.value) && fact.quote.length > fact.value.length + 40
        ? ` “${fact.quote.slice(0, 160)}”`
        : ''
    return `(${fact.kind}${marks}) ${fact.value.slice(0, 200)}${quote}`
  })
}

function listKnowledge(input: WriteInput): Listed<KnowledgeItem>[] {
  const order = ['voice', 'offering', 'proof_point', 'case_study', 'price']
  const ranked = [...input.knowledge].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
  return within(ranked, 'K', KNOWLEDGE_CHARS, item => {
    const told = input.told?.knowledgeIds.has(item.id) ? ', told before' : ''
    return `(${item.kind}${told}) ${item.text.replace(/\s+/g, ' ').slice(0, 400)}`
  })
}

function within<T>(items: readonly T[], letter: string, limit: number, print: (item: T) => string): Listed<T>[] {
  const listed: Listed<T>[] = []
  let used = 0
  for (const item of items) {
    const alias = `${letter}${listed.length + 1}`
    const line = `${alias} ${print(item).replace(/\s+/g, ' ')}`
    if (used + line.length + 1 > limit) continue
    used += line.length + 1
    listed.push({ alias, item, line })
  }
  return listed
}

const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', de: 'German', fr: 'French', es: 'Spanish' }
const TASKS = {
  first: 'a first mail',
  follow_up: 'a follow-up to a mail that got no answer',
  reply: 'an answer to their message',
}

function writePrompt(
  input: WriteInput,
  facts: readonly Listed<StoredFact>[],
  knowledge: readonly Listed<KnowledgeItem>[],
): string {
  const { parties, language, kind, message } = input
  const head = [
    `Write ${TASKS[kind]} in ${LANGUAGE_NAMES[language]} to ${parties.contact.name.slice(0, 80)} of ${parties.company.slice(0, 80)}, from ${parties.sender.name.slice(0, 80)} of ${parties.sender.company.slice(0, 80)}.`,
    `Our knowledge:\n${knowledge.map(item => item.line).join('\n')}`,
    `Facts about the prospect:\n${untrusted(facts.map(fact => fact.line).join('\n'))}`,
  ]
  if (message !== null) head.push(`Their message:\n${untrusted(message.slice(0, MESSAGE_CHARS))}`)
  return head.join('\n\n')
}

/** Ids that do not exist stay, so that the check names them. */
function bindingOf(
  sentence: { text: string; facts: string[]; knowledge: string[] },
  ids: { facts: Map<string, string>; knowledge: Map<string, string> },
): Binding {
  return {
    sentence: sentence.text,
    factIds: sentence.facts.map(alias => ids.facts.get(alias) ?? alias),
    knowledgeIds: sentence.knowledge.map(alias => ids.knowledge.get(alias) ?? alias),
  }
}

function checkedLines(
  lines: z.infer<typeof writeAnswer>['brief'],
  ids: Map<string, string>,
  material: Material,
  dropped: Dropped[],
): BriefLine[] {
  const names = [material.parties.contact.name, material.parties.company]
  return lines.slice(0, 30).flatMap(({ section, text, facts }) => {
    const factIds = facts.map(alias => ids.get(alias) ?? alias)
    const { sentences, ok } = material.check({
      body: text,
      bindings: [{ sentence: text, factIds, knowledgeIds: [] }],
      facts: material.facts,
      knowledge: [],
      typedByPerson: [],
      names,
    })
    // A courtesy is no line of a brief: each rests on facts.
    if (ok && factIds.length > 0) return [{ section, text, factIds }]
    dropped.push({
      text,
      problem: sentences.find(sentence => sentence.problem !== undefined)?.problem ?? 'bound to no fact',
    })
    return []
  })
}

function mailByRules(input: WriteInput, material: Material): DraftMail | null {
  const { parties } = input
  const made = templateMail(
    {
      ...input,
      sender: companySpoken(parties.sender.company),
      unquotedIds: input.unquotedIds ?? new Set(),
      told: input.told ?? NOTHING_TOLD,
      deciderKnown: input.qualification?.factors.find(({ factor }) => factor === 'authority')?.status === 'met',
    },
    bindings => {
      const { mail, dropped } = composeMail(plainSubject(parties), bindings, material)
      return mail !== null && dropped.length === 0
    },
  )
  const subject = made.offering === null ? plainSubject(parties) : subjectFor(made.offering, input)
  return composeMail(subject, made.sentences, material).mail
}

/** Whoever has no company is not named in the subject: it would greet them twice. */
function subjectFor(offering: string, { parties, language }: WriteInput): string {
  const company = companySpoken(parties.company)
  return company === '' || parties.company === parties.contact.name
    ? offering
    : FRAMES[language].subject(offering, company)
}

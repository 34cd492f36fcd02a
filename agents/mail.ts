/** The mail as code puts it together and checks it: greeting and sign-off are ours, sentences stand on facts or knowledge. */
import { courtesyOf } from '../domain/evidence/courtesy.ts'
import type { Binding, CheckedMail, KnowledgeItem, MailToCheck, StoredFact } from '../domain/evidence/mail.ts'
import { FRAMES, type Language } from './rules/frames.ts'

export type CheckMail = (mail: MailToCheck) => CheckedMail

export interface MailParties {
  contact: { firstName: string | null; name: string }
  company: string
  sender: { name: string; company: string }
}

export interface DraftMail {
  subject: string
  /** Greeting, sentences, sign-off and the sender's name. Plain text. */
  body: string
  bindings: Binding[]
  checked: CheckedMail
}

export interface Dropped {
  text: string
  problem: string
}

/** A link, an address or a telephone number: never from a model. */
const REACHABLE =
  /https?:|www\.|@|\b[\p{L}\d-]+\.(?:com|net|org|io|eu|de|fr|es|uk|example|test|ai|co)\b|(?<!\d)\+?\d(?:[\s./()-]?\d){6,}/iu
const UNIQUE_ASKS = 1
const MOST_SENTENCES = 10

export interface Material {
  facts: readonly StoredFact[]
  knowledge: readonly KnowledgeItem[]
  parties: MailParties
  language: Language
  check: CheckMail
}

/**
 * Builds a mail of the sentences that pass; the others are returned with their problem. Null when nothing is left that
 * says something about them or about us, or when the whole does not pass as its parts did.
 */
export function composeMail(
  subject: string,
  sentences: readonly Binding[],
  material: Material,
): { mail: DraftMail | null; dropped: Dropped[] } {
  const dropped: Dropped[] = []
  const kept: Binding[] = []
  let asks = 0
  for (const sentence of sentences.slice(0, MOST_SENTENCES)) {
    const text = sentence.sentence.replace(/\s+/g, ' ').trim()
    const binding = { ...sentence, sentence: text }
    const checked = REACHABLE.test(text) ? null : check(text, [binding], material)
    const problem = checked === null ? 'it holds a link, an address or a number to call' : problemOf(checked)
    const ask = isAsk(text)
    if (problem !== null) dropped.push({ text, problem })
    else if (ask && ++asks > UNIQUE_ASKS) dropped.push({ text, problem: 'a second ask: a mail asks once' })
    else kept.push(binding)
  }
  const claims = kept.filter(({ factIds, knowledgeIds }) => factIds.length + knowledgeIds.length > 0)
  if (claims.length === 0) return { mail: null, dropped }
  const line = subjectOf(subject, claims, material, dropped)
  const mail = assemble(line, kept, asks > 0, material)
  const problem = problemOf(mail.checked)
  if (problem === null) return { mail, dropped }
  return { mail: null, dropped: [...dropped, { text: mail.body, problem }] }
}

function subjectOf(subject: string, claims: readonly Binding[], material: Material, dropped: Dropped[]): string {
  const text = subject.replace(/\s+/g, ' ').trim()
  const factIds = claims.flatMap(claim => claim.factIds)
  const knowledgeIds = claims.flatMap(claim => claim.knowledgeIds)
  if (text === plainSubject(material.parties)) return text
  const problem =
    text === '' || text.length > 80 || REACHABLE.test(text)
      ? 'it is empty, too long or holds an address'
      : // A subject that speaks of our side alone owes nothing to the limits of what they said.
        problemOf(check(text, [{ sentence: text, factIds: [], knowledgeIds }], material)) &&
        problemOf(check(text, [{ sentence: text, factIds, knowledgeIds }], material))
  if (problem === null) return text
  dropped.push({ text, problem })
  return plainSubject(material.parties)
}

/** A subject that claims nothing. */
export function plainSubject(parties: MailParties): string {
  return `${parties.sender.company} – ${parties.company}`
}

const isAsk = (sentence: string): boolean => courtesyOf(sentence)?.kind === 'ask'

/** What they said and did, what we say of ourselves, and the ask each stand in a paragraph of their own. */
function assemble(subject: string, kept: readonly Binding[], hasAsk: boolean, material: Material): DraftMail {
  const { parties, language } = material
  const frame = FRAMES[language]
  const bindings = kept.map(binding => {
    const { sentence } = binding
    return /[.!?…]["'”’»)]*$/u.test(sentence) ? binding : { ...binding, sentence: `${sentence}.` }
  })
  const paragraphs: string[][] = []
  for (const [index, binding] of bindings.entries()) {
    const before = bindings[index - 1]
    const opens =
      before === undefined || partOf(binding, bindings.slice(index + 1)) !== partOf(before, bindings.slice(index))
    if (opens) paragraphs.push([binding.sentence])
    else paragraphs.at(-1)?.push(binding.sentence)
  }
  const body = [
    frame.greeting(parties.contact.firstName),
    ...paragraphs.map(sentences => sentences.join(' ')),
    ...(hasAsk ? [] : [frame.asks.call]),
    `${frame.signOff}\n${parties.sender.name}`,
  ].join('\n\n')
  return { subject, body, bindings, checked: check(body, bindings, material) }
}

/** A courtesy before our own words belongs to the opening, one after all claims to the end. */
function partOf({ factIds, knowledgeIds }: Binding, after: readonly Binding[]): 'them' | 'us' | 'end' {
  if (knowledgeIds.length > 0) return 'us'
  if (factIds.length > 0 || after.some(binding => binding.factIds.length + binding.knowledgeIds.length > 0))
    return 'them'
  return 'end'
}

function check(body: string, bindings: readonly Binding[], material: Material): CheckedMail {
  const { facts, knowledge, parties } = material
  const names = [parties.contact.name, parties.company, parties.sender.name, parties.sender.company]
  return material.check({ body, bindings, facts, knowledge, typedByPerson: [], names })
}

function problemOf(checked: CheckedMail): string | null {
  return (
    checked.sentences.find(sentence => sentence.problem !== undefined)?.problem ??
    (checked.ok ? null : 'it says nothing')
  )
}

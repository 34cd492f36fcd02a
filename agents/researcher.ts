/** Reads pages, mails and notes about one company: facts with quotes, evidence for qualification, open questions. */
import { z } from 'zod'
import {
  type Claim,
  type EvidenceSource,
  FACT_KINDS,
  type FactKind,
  type RejectCounts,
  type Subject,
} from '../domain/evidence/types.ts'
import { type AcceptedVerdict, type CheckClaim, checkClaims, type RejectedVerdict } from './claims.ts'
import { withOwnNames } from './own-names.ts'
import { choosePassages, type Passages } from './passages.ts'
import { extractByRules } from './rules/extract.ts'
import { type AgentContext, type Answered, askOrFallBack, settleRun } from './run.ts'
import { untrusted } from './untrusted.ts'

export interface ResearchInput {
  subject: Subject
  /** Pages of the subject and about it. */
  sources: readonly EvidenceSource[]
  /** What people of the subject wrote to us, and notes of talks with them. */
  conversations: readonly EvidenceSource[]
  check: CheckClaim
}

export interface ResearchResult extends Answered {
  facts: { claim: Claim; verdict: AcceptedVerdict }[]
  rejected: { claim: Claim; verdict: RejectedVerdict }[]
  rejects: RejectCounts
  unknown: { what: string; question: string }[]
  /** What of the sources the model was not shown; zeros when the rules read everything. */
  unread: Passages['dropped']
}

export const researchAnswer = z.strictObject({
  facts: z.array(
    z.strictObject({
      kind: z.enum(FACT_KINDS),
      value: z.string(),
      quote: z.string(),
      source: z.int(),
      when: z.nullable(z.string()),
    }),
  ),
  unknown: z.array(z.strictObject({ what: z.string(), question: z.string() })),
})

/** Throws only `model_…` errors that trying later can help; everything else ends in the rules. */
export async function research(input: ResearchInput, context: AgentContext): Promise<ResearchResult> {
  const subject = withOwnNames(input.subject, input.sources)
  // The firm's own pages are in its voice by any of its names.
  const ofSubject = (source: EvidenceSource) =>
    source.publisher !== null && source.publisher.domain !== null && source.publisher.domain === subject.domain
  const sources = [...input.conversations, ...input.sources].map(source =>
    ofSubject(source) ? { ...source, publisher: subject } : source,
  )
  const chosen = choosePassages(sources, context.gateway?.passageChars)
  const text = researchPrompt(subject, sources, chosen)
  const answered = await askOrFallBack('researcher', text, researchAnswer, context)
  const claims = answered.value === null ? extractByRules(subject, sources) : claimsOf(answered.value, subject, chosen)
  const checked = checkClaims(claims, sources, input.check)
  await settleRun(answered, checked.rejects, context)
  const { by, fallback, run } = answered
  return {
    by,
    fallback,
    run,
    ...checked,
    unknown: answered.value?.unknown.slice(0, 6) ?? unknownByRules(checked.facts.map(fact => fact.claim.kind)),
    unread: by === 'model' ? chosen.dropped : { pieces: 0, chars: 0, sources: 0 },
  }
}

/** Each passage stands under its source's heading and begins with its number, by which a fact says where it is from. */
export function researchPrompt(subject: Subject, sources: readonly EvidenceSource[], chosen: Passages): string {
  const lines: string[] = []
  let current = ''
  for (const [index, passage] of chosen.passages.entries()) {
    if (passage.sourceId !== current) {
      current = passage.sourceId
      const source = sources.find(other => other.id === current)
      const about = [source?.kind, `voice of ${source?.publisher?.name ?? 'unknown'}`, source?.dated ?? ''].filter(
        Boolean,
      )
      lines.push(`## ${about.join(', ').slice(0, 120)}`)
    }
    lines.push(`[${index + 1}] ${passage.text}`)
  }
  const names = [subject.name, ...subject.aliases].slice(0, 6).join('; ').slice(0, 300)
  return `Subject: ${names}${subject.domain === null ? '' : ` (${subject.domain})`}\n\n${untrusted(lines.join('\n'))}`
}

/** How the page reader marks what stands in a page's head: no part of what is said there. */
const PAGE_LABEL = /^(?:(?:og:|twitter:)?(?:title|description|site_name)|keywords|headline|name): /u

/** The number is the passage's. One that does not exist becomes an id that no source has, and so `not_found`. */
function claimsOf(answer: z.infer<typeof researchAnswer>, subject: Subject, { passages }: Passages): Claim[] {
  return answer.facts.map(({ kind, value, quote, source, when }) => ({
    subject,
    kind,
    value: value.replace(PAGE_LABEL, '').trim(),
    quote: quote.replace(/^\s*\[\d+\]\s*/u, ''),
    sourceId: passages[source - 1]?.sourceId ?? `no passage ${source}`,
    ...(when === null || !/^\d{4}(?:-\d{2}(?:-\d{2})?)?$/.test(when) ? {} : { when }),
  }))
}

/** What a seller should know, in the order of its weight. */
export const WORTH_KNOWING: readonly { kind: FactKind; what: string; question: string }[] = [
  { kind: 'need', what: 'what they need', question: 'What would have to change in your day-to-day work?' },
  { kind: 'authority', what: 'who decides', question: 'Who decides on this, and who else is asked?' },
  { kind: 'timing', what: 'by when', question: 'By when would you want this in place?' },
  { kind: 'budget', what: 'the money for it', question: 'Has money been set aside for this?' },
  { kind: 'employees', what: 'their size', question: 'How many people work at the company?' },
  { kind: 'technology', what: 'what they use today', question: 'Which systems do you use for this today?' },
  { kind: 'headquarters', what: 'where they are', question: 'Where is the company based?' },
]

function unknownByRules(found: readonly FactKind[]): { what: string; question: string }[] {
  return WORTH_KNOWING.filter(item => !found.includes(item.kind))
    .slice(0, 6)
    .map(({ what, question }) => ({ what, question }))
}

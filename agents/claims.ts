/** Puts claims through the evidence check and counts what is dropped by reason. */
import { CLOSED_COMPANY } from '../domain/evidence/negation-words.ts'
import { fold } from '../domain/evidence/text.ts'
import type { Claim, EvidenceSource, FactKind, RejectCounts, Verdict } from '../domain/evidence/types.ts'
import { NO_REJECTS } from './ports.ts'

export type CheckClaim = (claim: Claim, source: EvidenceSource) => Verdict

export type AcceptedVerdict = Extract<Verdict, { ok: true }>
export type RejectedVerdict = Extract<Verdict, { ok: false }>

export interface CheckedClaims {
  facts: { claim: Claim; verdict: AcceptedVerdict }[]
  rejected: { claim: Claim; verdict: RejectedVerdict }[]
  rejects: RejectCounts
}

/** Spelling aside: "Founder & CEO" is "founder and CEO". */
function plain(value: string): string {
  return value
    .toLowerCase()
    .replace(/\s&\s/g, ' and ')
    .replace(/[\s"'’“”„«»]+/g, ' ')
    .replace(/[\s.,;!]+$/u, '')
    .trim()
}

/** What a firm that is no more cannot want, plan or decide, though its careers page still says so. */
const OF_THE_LIVING: ReadonlySet<FactKind> = new Set<FactKind>(['hiring', 'need', 'budget', 'authority', 'timing'])

const A_PART_OF_IT =
  /\b(?:branch|depot|site|plant|office|workshop|warehouse|hall|shop|store|location|factory|niederlassung|standort|filiale|werk|lager|agence|atelier|usine|site|succursale)\b/

/**
 * The check sees one source; a notice on another page that the company has closed is seen here. It must be an accepted fact of kind
 * `closure` about the company as a whole: a depot's end changes nothing.
 */
function withoutTheClosed({ facts, rejected, rejects }: CheckedClaims): CheckedClaims {
  const closed = facts.some(({ claim, verdict }) => {
    const told = fold(verdict.quote)
    return claim.kind === 'closure' && CLOSED_COMPANY.test(told) && !A_PART_OF_IT.test(told)
  })
  if (!closed) return { facts, rejected, rejects }
  const gone = facts.filter(({ claim }) => OF_THE_LIVING.has(claim.kind))
  const detail = 'another page says that the company has closed'
  return {
    facts: facts.filter(fact => !gone.includes(fact)),
    rejected: [
      ...rejected,
      ...gone.map(({ claim }) => ({ claim, verdict: { ok: false as const, reason: 'negated' as const, detail } })),
    ],
    rejects: { ...rejects, negated: rejects.negated + gone.length },
  }
}

/** A claim on a source that was not given is `not_found`. Of equal accepted claims the first stays. */
export function checkClaims(
  claims: readonly Claim[],
  sources: readonly EvidenceSource[],
  check: CheckClaim,
): CheckedClaims {
  const byId = new Map(sources.map(source => [source.id, source]))
  const out: CheckedClaims = { facts: [], rejected: [], rejects: { ...NO_REJECTS } }
  const seen = new Set<string>()
  for (const claim of claims) {
    const key = `${claim.kind}\n${plain(claim.value)}`
    if (seen.has(key)) continue
    const source = byId.get(claim.sourceId)
    const verdict: Verdict =
      source === undefined
        ? { ok: false, reason: 'not_found', detail: 'no such source was read' }
        : check(claim, source)
    if (verdict.ok) {
      seen.add(key)
      out.facts.push({ claim, verdict })
    } else {
      out.rejected.push({ claim, verdict })
      out.rejects[verdict.reason] += 1
    }
  }
  return withoutTheClosed(out)
}

/** Puts claims through the evidence check and counts what is dropped by reason. */
import type { Claim, EvidenceSource, RejectCounts, Verdict } from '../domain/evidence/types.ts'
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
  return out
}

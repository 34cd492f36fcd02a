/** The evidence check: a claim is stored only when its quote stands in the source and supports it. */
import { bracketsName, isUnread, ordersMachines } from './addressed.ts'
import { derive } from './derive.ts'
import { locate } from './locate.ts'
import { closureObjection } from './closed.ts'
import { whenProblem } from './derive-dates.ts'
import { isAsked, objection } from './negation.ts'
import type { Passage } from './passage.ts'
import { passageAt, sentenceText } from './passage.ts'
import type { Prepared } from './prepare.ts'
import { otherPredicate } from './predicates.ts'
import { prepareSource, roleAt } from './prepare.ts'
import { detachedTitle } from './roles.ts'
import { isHistory, subjectProblem } from './subject.ts'
import type { Span } from './text.ts'
import type { Claim, EvidenceSource, RejectCounts, RejectReason, Verdict } from './types.ts'
import { REJECT_REASONS } from './types.ts'

type Rejection = Extract<Verdict, { ok: false }>

/**
 * Checks one claim against one source. Every place where the quote stands is tried: the claim passes when one place passes
 * all rules; else the reason of the place that came furthest is given. Pure, and linear in the source.
 */
export function checkClaim(claim: Claim, source: EvidenceSource): Verdict {
  const prepared = prepareSource(source)
  const places = shown(prepared, locate(prepared.canonical, claim.quote))
  let furthest: Rejection = {
    ok: false,
    reason: 'not_found',
    detail: 'the quote does not stand in the source at token bounds',
  }
  for (const place of places) {
    const passage = passageAt(prepared, place)
    const rejection = judge(claim, passage)
    if (!rejection) {
      return { ok: true, ...place, quote: source.text.slice(place.start, place.end), sentence: passage.sentence }
    }
    if (rank(rejection.reason) > rank(furthest.reason)) furthest = rejection
  }
  return furthest
}

/** A copy in the page's data or in hidden text adds nothing to what visitors read: it counts only where it stands alone. */
function shown(prepared: Prepared, places: Span[]): Span[] {
  const visible = places.filter(place => !/^(?:data|meta|hidden)$/.test(roleAt(prepared, place.start)))
  return visible.length > 0 ? visible : places
}

function judge(claim: Claim, passage: Passage): Rejection | null {
  if (ordersMachines(passage))
    return { ok: false, reason: 'unsupported', detail: 'the passage gives orders to whoever reads by machine' }
  if (claim.kind !== 'email' && claim.kind !== 'phone' && isUnread(passage)) {
    const owned = bracketsName(passage, [claim.subject.name, ...claim.subject.aliases])
    if (owned === false) return { ok: false, reason: 'wrong_subject', detail: 'the brackets follow another name' }
    if (owned === null)
      return { ok: false, reason: 'unsupported', detail: 'the passage is in a script that the rules do not read' }
  }
  const derived = derive(claim, passage)
  const anchors: Span[] = derived.ok ? derived.anchors : []
  const subject = subjectProblem(claim, passage, anchors)
  if (isAsked(claim, passage) && !isHistory(passage))
    return { ok: false, reason: 'unsupported', detail: 'a question asserts nothing' }
  if (subject) return { ok: false, reason: 'wrong_subject', detail: subject }
  if (!derived.ok) return { ok: false, reason: 'unsupported', detail: derived.detail }
  const other = otherPredicate(claim, passage, anchors)
  if (other) return { ok: false, reason: 'unsupported', detail: other }
  const when = whenProblem(claim, passage, anchors)
  if (when?.reason === 'unsupported') return { ok: false, ...when }
  const against =
    when?.detail ??
    (derived.limited ? 'the number is only an upper bound' : null) ??
    objection(claim, passage, anchors) ??
    closureObjection(claim, passage)
  if (against) return { ok: false, reason: 'negated', detail: against }
  const detached =
    claim.kind === 'leader' && passage.cells.length === 0 && !passage.isData
      ? detachedTitle(claim.value, sentenceText(passage))
      : null
  return detached ? { ok: false, reason: 'unsupported', detail: detached } : null
}

function rank(reason: RejectReason): number {
  return REJECT_REASONS.indexOf(reason)
}

/** How many verdicts were rejected for each reason. */
export function countRejects(verdicts: Iterable<Verdict>): RejectCounts {
  const counts: RejectCounts = { not_found: 0, wrong_subject: 0, unsupported: 0, negated: 0 }
  for (const verdict of verdicts) if (!verdict.ok) counts[verdict.reason]++
  return counts
}

/**
 * Scores a lead, 0 to 100. Formula: each part whose input is known gives 0 to its max; parts whose input is unknown give nothing and
 * take no part in the measure. value = 100 · Σ points ÷ max(Σ max of the known parts, known_floor). The parts shown are scaled by the same
 * factor and add up to the value exactly (in tenths, largest remainder). A cap shows as a part of its own with negative points.
 */
import type { Factor } from '../qualification/types.ts'
import type { Scoring, ScoringPart } from './parse.ts'

export interface ScoredLead {
  lead: { source: string; status: string; campaign: string | null }
  account: { industry: string | null; country: string | null; employees: number | null } | null
  contact: { title: string | null; country: string | null } | null
  facts: { id: string; kind: string; value: string }[]
  factors: { factor: Factor; status: 'met' | 'unmet' | 'unknown'; factIds: string[] }[]
  engagement: { messages: { label: string; at: string }[]; wroteForm: boolean; lastAt: string | null }
}

export interface ScorePart {
  name: string
  group: 'fit' | 'engagement'
  /** Scaled; all parts' points add up to the value. Negative only for a cap. */
  points: number
  /** As the file states it. */
  max: number
  status: 'known' | 'unknown'
  reason: string
  factIds: string[]
}

export interface LeadScore {
  value: number
  fit: number
  engagement: number
  parts: ScorePart[]
}

interface Judged {
  /** 0 to max; null: unknown. */
  points: number | null
  reason: string
  factIds?: string[]
  cap?: number | undefined
}

export function scoreLead(scoring: Scoring, lead: ScoredLead, now: string): LeadScore {
  const judged = scoring.parts.map(part => ({ part, ...judge(part, lead, now) }))
  const known = judged.filter(one => one.points !== null)
  const measure = Math.max(
    scoring.known_floor,
    known.reduce((sum, one) => sum + one.part.max, 0),
  )
  const raw = judged.map(one => (100 * (one.points ?? 0)) / measure)
  const scaled = inTenths(raw)
  const parts = judged.map(
    (one, index): ScorePart => ({
      name: one.part.name,
      group: one.part.group,
      points: scaled[index] ?? 0,
      max: one.part.max,
      status: one.points === null ? 'unknown' : 'known',
      reason: one.reason,
      factIds: one.factIds ?? [],
    }),
  )
  const capped = capOf(judged, sumOf(parts))
  if (capped) parts.push(capped)
  const of = (group: ScorePart['group']) => sumOf(parts.filter(part => part.group === group))
  return { value: sumOf(parts), fit: of('fit'), engagement: of('engagement'), parts }
}

const tenths = (value: number): number => Math.round(value * 10)
const sumOf = (parts: readonly ScorePart[]): number => parts.reduce((sum, part) => sum + tenths(part.points), 0) / 10

/** Rounds to tenths so that the sum of the rounded is the rounded sum (largest remainder). */
function inTenths(values: readonly number[]): number[] {
  const floors = values.map(value => Math.floor(value * 10 + 1e-9))
  const total = Math.min(1_000, Math.round(values.reduce((sum, value) => sum + value, 0) * 10))
  const order = values
    .map((value, index) => ({ index, rest: value * 10 - (floors[index] ?? 0) }))
    .sort((a, b) => b.rest - a.rest || a.index - b.index)
  let left = total - floors.reduce((sum, value) => sum + value, 0)
  for (const { index } of order) {
    if (left <= 0) break
    floors[index] = (floors[index] ?? 0) + 1
    left -= 1
  }
  return floors.map(value => value / 10)
}

function capOf(judged: readonly (Judged & { part: ScoringPart })[], value: number): ScorePart | null {
  const caps = judged.filter(one => one.cap !== undefined).toSorted((a, b) => (a.cap ?? 0) - (b.cap ?? 0))
  const lowest = caps[0]
  if (lowest?.cap === undefined || value <= lowest.cap) return null
  const points = (tenths(lowest.cap) - tenths(value)) / 10
  return {
    name: `${lowest.part.name}: outside`,
    group: 'fit',
    points,
    max: 0,
    status: 'known',
    reason: `held at ${lowest.cap}: ${lowest.reason}`,
    factIds: [],
  }
}

function judge(part: ScoringPart, lead: ScoredLead, now: string): Judged {
  switch (part.by) {
    case 'industry':
      return byValue(part, lead.account?.industry ?? factValue(lead, 'industry'))
    case 'country':
      return byValue(part, lead.account?.country ?? lead.contact?.country ?? null)
    case 'source':
      return byValue(part, lead.lead.source)
    case 'employees':
      return byBand(part, lead)
    case 'title':
      return byTitle(part, lead.contact?.title ?? null)
    case 'factor':
      return byFactor(part, lead)
    case 'facts':
      return byFacts(part, lead)
    case 'form':
      return {
        points: lead.engagement.wroteForm ? part.max : 0,
        reason: lead.engagement.wroteForm ? 'wrote to us by the form' : 'did not write to us first',
      }
    case 'replies':
      return byReplies(part, lead, now)
  }
}

const fold = (text: string): string => text.normalize('NFKC').trim().toLowerCase()
const factValue = (lead: ScoredLead, kind: string): string | null =>
  lead.facts.find(fact => fact.kind === kind)?.value ?? null

function byValue(
  part: { values: Record<string, number>; other: number; cap_other?: number | undefined; by: string },
  value: string | null,
): Judged {
  if (value === null || value === '') return { points: null, reason: `${part.by} unknown` }
  const hit = Object.entries(part.values).find(([name]) => fold(name) === fold(value))
  if (hit) return { points: hit[1], reason: `${part.by} is ${value}` }
  return { points: part.other, reason: `${part.by} ${value} is not on the list`, cap: part.cap_other }
}

function byBand(part: Extract<ScoringPart, { by: 'employees' }>, lead: ScoredLead): Judged {
  const fact = lead.facts.find(one => one.kind === 'employees')
  const found = fact ? Number(/\d[\d.,\s]*/.exec(fact.value)?.[0].replace(/[.,\s]/g, '')) : Number.NaN
  const count = lead.account?.employees ?? (Number.isFinite(found) ? found : null)
  if (count === null) return { points: null, reason: 'number of employees unknown' }
  const band = part.bands.find(one => count >= one.from && count <= (one.to ?? Infinity))
  const factIds = fact ? [fact.id] : []
  if (band) return { points: band.points, reason: `${count} employees`, factIds }
  return { points: part.other, reason: `${count} employees is outside the bands`, factIds, cap: part.cap_other }
}

function byTitle(part: Extract<ScoringPart, { by: 'title' }>, title: string | null): Judged {
  if (!title) return { points: null, reason: 'job title unknown' }
  const folded = ` ${fold(title).replace(/[^\p{L}\p{N}]+/gu, ' ')} `
  const hit = part.words.find(words => words.any.some(word => folded.includes(` ${fold(word)} `)))
  return { points: hit?.points ?? part.other, reason: `title ${title}` }
}

function byFactor(part: Extract<ScoringPart, { by: 'factor' }>, lead: ScoredLead): Judged {
  const factor = lead.factors.find(one => one.factor === part.factor)
  if (!factor || factor.status === 'unknown') return { points: null, reason: `${part.factor} unknown` }
  return {
    points: factor.status === 'met' ? part.max : 0,
    reason: `${part.factor} ${factor.status}`,
    factIds: factor.factIds,
  }
}

function byFacts(part: Extract<ScoringPart, { by: 'facts' }>, lead: ScoredLead): Judged {
  if (lead.facts.length === 0) return { points: null, reason: 'nothing was researched' }
  const hits = lead.facts.filter(fact => (part.kinds as readonly string[]).includes(fact.kind))
  const kinds = [...new Set(hits.map(fact => fact.kind))]
  return {
    points: Math.min(part.max, hits.length * part.each),
    reason: kinds.length > 0 ? `found: ${kinds.join(', ')}` : `none of ${part.kinds.join(', ')}`,
    factIds: hits.map(fact => fact.id),
  }
}

/** The best reply counts, less with age: points · 2^(−days ÷ half life). */
function byReplies(part: Extract<ScoringPart, { by: 'replies' }>, lead: ScoredLead, now: string): Judged {
  const { messages } = lead.engagement
  if (messages.length === 0) return { points: null, reason: 'no answer yet' }
  let best = { points: 0, label: messages.at(-1)?.label ?? '' }
  for (const message of messages) {
    const days = Math.max(0, (Date.parse(now) - Date.parse(message.at)) / 86_400_000)
    const points = ((part.labels as Record<string, number>)[message.label] ?? 0) * 2 ** (-days / part.half_life_days)
    if (points > best.points) best = { points, label: message.label }
  }
  return { points: Math.min(part.max, best.points), reason: `answered: ${best.label.replaceAll('_', ' ')}` }
}

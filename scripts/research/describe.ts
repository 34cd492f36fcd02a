/** Findings for people: the brief with numbered quotes under it. */
import type { BriefLine } from '../../agents/brief.ts'
import { WORTH_KNOWING } from '../../agents/researcher.ts'
import { wrap, plural, shortId } from '../lib/words.ts'
import type { WithLines } from './findings.ts'

const TITLES: Record<BriefLine['section'], string> = {
  company: 'Company',
  signals: 'What changed',
  needs: 'Need, budget, authority, timing',
  people: 'People',
  approach: 'Approach',
  open: 'To find out',
}

const QUALIFIED = new Set(
  ['need', 'budget', 'authority', 'timing'].flatMap(kind => [
    kind,
    ...WORTH_KNOWING.filter(item => item.kind === kind).map(item => item.what),
  ]),
)

/** Sections of the brief; numbers in brackets name the quotes below. */
export function describeFindings(found: WithLines, width: number): string {
  const numbers = new Map(found.facts.map((fact, index) => [fact.id, index + 1]))
  const sections = Object.entries(TITLES).flatMap(([section, title]) => {
    const lines = found.lines.filter(line => line.section === section)
    return lines.length === 0 ? [] : [title, ...lines.map(line => lineOf(line, numbers, width)), '']
  })
  const open = found.lines.some(line => line.section === 'open')
  // The qualification's own questions, where there are some, ask the same of need, budget, authority and timing.
  const unknown = found.unknown.filter(one => !open || !QUALIFIED.has(one.what))
  return [
    ...sections,
    ...(unknown.length > 0
      ? [
          'Not known',
          ...unknown.map(one => wrap(`- ${one.what.replaceAll('_', ' ')}: ${one.question}`, width, '  ', '    ')),
          '',
        ]
      : []),
    ...quotes(found, width),
    totals(found),
  ].join('\n')
}

function lineOf(line: BriefLine, numbers: ReadonlyMap<string, number>, width: number): string {
  const marks = line.factIds.flatMap(id => numbers.get(id) ?? []).map(n => `[${n}]`)
  return wrap([`- ${line.text.replace(/\s+/g, ' ')}`, ...marks].join(' '), width, '  ', '    ')
}

function quotes({ facts }: WithLines, width: number): string[] {
  if (facts.length === 0) return []
  const lines = facts.map((fact, index) => {
    const quote = fact.quote.replace(/\s+/g, ' ')
    return wrap(
      `[${index + 1}] ${fact.kind}: “${quote}” ${place(fact.url)}, source ${shortId(fact.sourceId)}`,
      width,
      '  ',
    )
  })
  return ['Quotes', ...lines, '']
}

const place = (url: string | null): string => url ?? 'their message or our note'

function totals({ facts, rejects }: WithLines): string {
  const dropped = Object.entries(rejects).filter(([, n]) => n > 0)
  const words = dropped.map(([reason, n]) => `${n} ${reason.replaceAll('_', ' ')}`)
  return `${plural(facts.length, 'fact')}, each with its quote${words.length > 0 ? `; dropped by the check: ${words.join(', ')}` : ''}.`
}

/** Approvals and mails of a span of days, counted. */
import type { z } from 'zod'
import type { LOOK_INPUT } from '../../agents/analyst.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { countApprovals, countMails } from '../../db/stores/ask-looks.ts'
import type { LookContext, Looked } from './looks.ts'

type Input = z.output<typeof LOOK_INPUT.count_activity>

export async function countActivity(input: Input, context: LookContext): Promise<Looked> {
  if (input.from > input.to) throw new DealwrightError('bad_input', 'from: lies after to.')
  const { sql, viewer, zone, name } = context
  const span = { from: input.from, to: input.to, zone }
  if (input.what === 'mails') {
    const counts = await countMails(sql, viewer, span)
    const total = (direction: string) => counts.reduce((sum, one) => sum + (one.direction === direction ? one.n : 0), 0)
    const labels = counts.filter(one => one.direction === 'in' && one.label !== null)
    const words = labels.map(({ label, n }) => `${n} ${(label ?? '').replaceAll('_', ' ')}`)
    return {
      what: `mails from ${input.from} to ${input.to}`,
      data: {
        sent: total('out'),
        received: total('in'),
        received_by_label: labels.map(({ label, n }) => ({ label, count: n })),
      },
      lines: [
        { text: `${total('out')} mails sent, ${total('in')} received.`, records: [name] },
        ...(words.length > 0 ? [{ text: `Of those received: ${words.join(', ')}.`, records: [name] }] : []),
      ],
    }
  }
  const counts = await countApprovals(sql, viewer, span)
  const { asked, waiting, approved, refused, allowedByPolicy, refusedByPolicy } = counts
  return {
    what: `approvals from ${input.from} to ${input.to}`,
    data: {
      asked,
      of_them_still_waiting: waiting,
      approved_by_people: approved,
      refused_by_people: refused,
      allowed_by_policy: allowedByPolicy,
      refused_by_policy: refusedByPolicy,
    },
    lines: [
      { text: `Agents asked to do ${asked} things; ${waiting} of them still wait for a word.`, records: [name] },
      { text: `People approved ${approved} and refused ${refused}.`, records: [name] },
      { text: `The policy allowed ${allowedByPolicy} by itself and refused ${refusedByPolicy}.`, records: [name] },
    ],
  }
}

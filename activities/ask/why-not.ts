/** What agents did not do for a lead, person or deal, and why. */
import type { z } from 'zod'
import type { LOOK_INPUT } from '../../agents/analyst.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { whyNot } from '../../db/stores/why-not.ts'
import type { LookContext, Looked } from './looks.ts'

const MOST = 25

export async function whyNotOf(
  { record }: z.output<typeof LOOK_INPUT.why_not>,
  { sql, viewer, seen, alias }: LookContext,
): Promise<Looked> {
  const { kind, id, name } = seen(record)
  if (kind === 'account')
    throw new DealwrightError('bad_input', 'A company has no such ledger: ask for one of its people or deals.')
  const rows = (await whyNot(sql, viewer, kind, id)).slice(0, MOST)
  const self = alias(kind, id, name).alias
  return {
    what: name,
    data: {
      id: self,
      name,
      rows: rows.map(({ at, sentence }) => ({ on: at.toISOString().slice(0, 10), why: sentence })),
    },
    lines:
      rows.length === 0
        ? [{ text: `Nothing stands against ${name}.`, records: [self] }]
        : rows.map(({ sentence }) => ({ text: sentence, records: [self] })),
  }
}

/** Leads, companies, people or deals by words and state. */
import type { z } from 'zod'
import type { LOOK_INPUT } from '../../agents/analyst.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { amountOf, countOf, foundLine, listed, sumsOf, type FoundRow } from '../../domain/ask/tell.ts'
import type { AskKind } from '../../domain/ask/types.ts'
import { listRecords, type Seen } from '../../db/stores/crm/read.ts'
import type { LookContext, Looked } from './looks.ts'

/** What a record of any kind may say of itself; each kind has its own part of it. */
export interface RecordFields extends Seen {
  name?: string | null
  account?: string | null
  owner: string | null
  title?: string | null
  industry?: string | null
  country?: string | null
  status?: string | null
  stage?: string | null
  nextStep?: string | null
  amountMinor?: number | null
  currency?: string | null
  closeDate?: string | null
  score?: number | null
}

/** Counted up to here. */
const MOST = 200
/** Shown to a model. */
const SHOWN = 25
const DEAL_STATES = ['open', 'won', 'lost']

type Input = z.output<typeof LOOK_INPUT.find_records>

export const nameOf = (kind: AskKind, { name, account }: RecordFields): string =>
  name ?? account ?? `${kind} without a name`

export async function findRecords(input: Input, { sql, viewer, name: look, alias }: LookContext): Promise<Looked> {
  const { kind, text, status, mine } = input
  const page = await listRecords<RecordFields>(sql, viewer, kind, {
    limit: MOST,
    q: text ?? undefined,
    filters: {
      ...statusFilter(kind, status),
      ...closing(input),
      ...(mine ? { owner: viewer.userId ?? undefined } : {}),
    },
  })
  const rows = page.items.map(record => ({
    record,
    row: rowOf(kind, alias(kind, record.id, nameOf(kind, record)).alias, record),
  }))
  const count = page.next === null ? countOf(kind, rows.length) : `more than ${MOST} ${countOf(kind, 2).slice(2)}`
  const sums =
    kind === 'deal'
      ? sumsOf(
          rows.map(({ record }) => ({ amountMinor: record.amountMinor ?? null, currency: record.currency ?? null })),
        )
      : []
  const total = sums.length === 0 || page.next !== null ? '' : `, ${sums.join(' and ')} in all`
  return {
    what: count,
    data: {
      found: page.next === null ? rows.length : `more than ${MOST}`,
      ...(page.next === null && sums.length > 0 ? { amounts_in_all: sums } : {}),
      shown: Math.min(SHOWN, rows.length),
      rows: rows.slice(0, SHOWN).map(({ record, row }) => ({
        id: row.alias,
        name: row.name,
        about: row.about,
        company: kind === 'account' ? null : (record.account ?? null),
        owner: row.owner,
        amount: row.amount,
        close_date: row.closeDate,
        next_step: record.nextStep ?? null,
        score: row.score,
        since: record.createdAt.toISOString().slice(0, 10),
      })),
    },
    lines: listed(look, rows, `${count}${total}`, ({ row }) => foundLine(row)),
  }
}

function rowOf(kind: AskKind, alias: string, record: RecordFields): FoundRow {
  const abouts: Record<AskKind, string | null | undefined> = {
    lead: record.status,
    account: record.industry,
    contact: record.title,
    deal: record.stage,
  }
  return {
    alias,
    name: nameOf(kind, record),
    about: abouts[kind] ?? null,
    owner: record.owner,
    amount: amountOf(record.amountMinor ?? null, record.currency ?? null),
    closeDate: record.closeDate ?? null,
    score: record.score === null || record.score === undefined ? null : Math.round(record.score),
  }
}

function statusFilter(kind: AskKind, status: string | null): Record<string, string> {
  if (status === null) return {}
  if (kind === 'lead') return { status }
  if (kind !== 'deal') throw new DealwrightError('bad_input', 'status: companies and people have none; give null.')
  if (!DEAL_STATES.includes(status)) throw new DealwrightError('bad_input', 'status: of a deal is open, won or lost.')
  return { kind: status }
}

function closing({ kind, closes_from: closesFrom, closes_to: closesTo }: Input): Record<string, string> {
  if (closesFrom === null && closesTo === null) return {}
  if (kind !== 'deal') throw new DealwrightError('bad_input', 'closes_from, closes_to: deals alone have a close date.')
  return { ...(closesFrom === null ? {} : { closesFrom }), ...(closesTo === null ? {} : { closesTo }) }
}

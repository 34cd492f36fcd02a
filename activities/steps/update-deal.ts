/**
 * Writes to a deal what a message said of it: amount, close date, stage, next step, each with its sentence. What was read lies in the
 * message's deal updates; amounts and dates were parsed by code out of the quote. For a field a
 * person set, what the policy let through becomes a suggestion; what a person approved is written. A stage that the deal may not leave
 * yet by its exit rules stays, and the move becomes a suggestion for when they are met.
 */
import { DealwrightError } from '../../domain/errors.ts'
import type { Json, JsonObject } from '../../domain/playbook/types.ts'
import { currentFields } from '../../db/stores/actions.ts'
import { approvedByPerson } from '../../db/stores/decisions.ts'
import {
  changeField,
  dealById,
  openDealOf,
  recordStage,
  stagesOf,
  suggest,
  type Deal,
} from '../../db/stores/records.ts'
import { dealReadings, type DealReading } from '../../db/stores/readings.ts'
import { unmetOnMove } from '../../db/stores/shape/deal-move.ts'
import type { Sql } from '../../db/sql.ts'
import { textOf } from '../about.ts'
import type { ProposeKind, StepContext } from '../kinds.ts'
import { changedBy } from './by.ts'

interface Update {
  field: string
  value: Json
  quote: string
  sourceId: string
}

export const updateDeal: ProposeKind = {
  name: 'update_deal',
  verb: 'propose',
  with: {},
  result: { deal: 'string', changed: 'double', suggested: 'double' },
  async propose(context) {
    const { db } = context.deps
    const deal = await dealOf(context)
    const message = messageOf(context)
    const readings = message ? await dealReadings(db, message) : []
    const updates = await updatesFor(db, deal, readings)
    return {
      kind: 'update_deal',
      summary:
        updates.length === 0
          ? `nothing to change on ${deal.name}`
          : `${deal.name}: ${updates.map(update => `${update.field} → ${JSON.stringify(update.value)}`).join(', ')}`,
      content: { dealId: deal.id, updates: updates as unknown as Json },
      reliedOn: await currentFields(
        db,
        updates.map(update => ({ table: 'deal', id: deal.id, field: COLUMNS[update.field] as string })),
      ),
      by: 'code',
      leadId: context.lead?.id ?? deal.leadId,
      dealId: deal.id,
      contactId: context.contact?.id ?? null,
      ownerId: deal.ownerId,
    }
  },
  async again(context) {
    const made = await updateDeal.propose(context)
    if ((made.content.updates as Json[]).length > 0) return made
    throw new DealwrightError('bad_input', 'The deal holds by now all that was read.')
  },
  effect: {
    where: 'records',
    async apply(tx, action) {
      const { dealId, updates } = action.content as unknown as { dealId: string; updates: Update[] }
      const byPerson = await approvedByPerson(tx, action.id)
      let changed = 0
      let suggested = 0
      // The stage last: its exit rules are about the deal as the message leaves it.
      const isMove = ({ field }: Update) => Number(field === 'stageId')
      for (const update of [...updates].sort((a, b) => isMove(a) - isMove(b))) {
        const before = await dealById(tx, dealId)
        const change = { table: 'deal' as const, id: dealId, ...update, ...changedBy(action) }
        if (isMove(update) && (await unmetOnMove(tx, dealId, before.stageId, textOf(update.value))).length > 0) {
          await suggest(tx, change)
          suggested += 1
          continue
        }
        const outcome = await changeField(tx, change, byPerson)
        if (outcome === 'changed') changed += 1
        if (outcome === 'suggested') suggested += 1
        if (outcome === 'changed' && update.field === 'stageId') {
          await recordStage(tx, {
            dealId,
            from: before.stageId,
            to: textOf(update.value),
            by: changedBy(action).by,
            actionId: action.id,
          })
        }
      }
      return { deal: dealId, changed, suggested }
    },
  },
}

const COLUMNS: Record<string, string> = {
  amountMinor: 'amount_minor',
  currency: 'currency',
  closeDate: 'close_date',
  stageId: 'stage_id',
  nextStep: 'next_step',
}

async function dealOf(context: StepContext): Promise<Deal> {
  const { db } = context.deps
  if (context.run.dealId) return dealById(db, context.run.dealId)
  const deal = await openDealOf(db, { leadId: context.lead?.id ?? null, contactId: context.contact?.id ?? null })
  if (deal) return deal
  throw new DealwrightError(
    'not_found',
    `Run ${context.run.id} has no open deal to update: open one first (open_deal), then resume.`,
  )
}

/** The message that started the run. */
function messageOf(context: StepContext): string | null {
  const { message } = context.trigger
  return typeof message === 'string' ? message : null
}

/** The newest reading of each field that differs from what stands. */
async function updatesFor(sql: Sql, deal: Deal, readings: DealReading[]): Promise<Update[]> {
  const known = await stagesOf(sql, deal.pipelineId)
  const updates: Update[] = []
  const add = (field: string, value: Json, now: Json, reading: DealReading): void => {
    if (value !== null && value !== now)
      updates.push({ field, value, quote: reading.quote, sourceId: reading.sourceId })
  }
  for (const reading of readings) {
    const { value } = reading
    if (reading.field === 'amount') {
      const amount = value as JsonObject
      add('amountMinor', amount.minor ?? null, deal.amountMinor, reading)
      add('currency', amount.currency ?? deal.currency ?? null, deal.currency, reading)
    }
    if (reading.field === 'close_date') add('closeDate', value, deal.closeDate, reading)
    if (reading.field === 'next_step') add('nextStep', value, deal.nextStep, reading)
    if (reading.field === 'stage') {
      const stage = known.find(one => one.name.toLowerCase() === textOf(value).toLowerCase())
      if (stage) add('stageId', stage.id, deal.stageId, reading)
    }
  }
  return updates
}

/** One record: its fields, what is known of it, and what happened with it last. Texts of mails and notes come for those who may read them alone. */
import type { z } from 'zod'
import type { LOOK_INPUT } from '../../agents/analyst.ts'
import { amountOf } from '../../domain/ask/tell.ts'
import type { Said } from '../../domain/ask/types.ts'
import { overviewOf } from '../../db/stores/crm/overview.ts'
import { seenRecord } from '../../db/stores/crm/read.ts'
import { timelineOf, type TimelineItem } from '../../db/stores/crm/timeline.ts'
import { nameOf, type RecordFields } from './find-records.ts'
import type { LookContext, Looked } from './looks.ts'

const HAPPENED = 15
const FACTS = 15
const MOST_TEXT = 300

export async function lookAt(
  { record: given }: z.output<typeof LOOK_INPUT.look_at>,
  { sql, viewer, seen, alias }: LookContext,
): Promise<Looked> {
  const { kind, id } = seen(given)
  const record = await seenRecord<RecordFields>(sql, viewer, kind, id)
  const [overview, timeline] = await Promise.all([
    overviewOf(sql, viewer, kind, id),
    timelineOf(sql, viewer, { kind, id }, { limit: HAPPENED }),
  ])
  const name = nameOf(kind, record)
  const self = alias(kind, id, name).alias
  const facts = overview.facts
    .slice(0, FACTS)
    .map(fact => ({ kind: fact.kind, value: fact.value, since: day(fact.observedAt) }))
  const happened = timeline.items.map(happening)
  return {
    what: name,
    data: {
      id: self,
      name,
      company: record.account ?? null,
      owner: record.owner,
      status: record.status ?? record.stage ?? null,
      title: record.title ?? null,
      industry: record.industry ?? null,
      country: record.country ?? null,
      amount: amountOf(record.amountMinor ?? null, record.currency ?? null),
      close_date: record.closeDate ?? null,
      next_step: record.nextStep ?? null,
      score: record.score === null || record.score === undefined ? null : Math.round(record.score),
      facts,
      unknown: overview.unknowns.map(({ what }) => what),
      open_tasks: overview.tasks.map(task => ({
        title: task.title,
        due: task.dueAt === null ? null : day(task.dueAt),
      })),
      waiting_for_a_word: overview.actions.map(({ summary }) => summary),
      beside: overview.beside
        .filter(one => one.kind !== 'account')
        .slice(0, FACTS)
        .map(one => ({ id: alias(one.kind, one.id, one.name).alias, name: one.name, about: one.about })),
      happened,
    },
    lines: lines(self, name, record, facts, happened),
  }
}

const day = (at: Date): string => at.toISOString().slice(0, 10)

function happening({ kind, at, title, text, who, direction, label, field, old, new: now, status }: TimelineItem) {
  return {
    on: day(at),
    what: kind,
    title,
    text: text === null ? null : text.slice(0, MOST_TEXT),
    who,
    direction,
    label,
    field,
    from: old,
    to: now,
    status,
  }
}

function lines(
  self: string,
  name: string,
  { owner, status, stage, closeDate }: RecordFields,
  facts: readonly { kind: string; value: string }[],
  happened: readonly ReturnType<typeof happening>[],
): Said[] {
  const head = [name, status ?? stage, closeDate && `closes ${closeDate}`, owner && `owner ${owner}`].filter(Boolean)
  const records = [self]
  return [
    { text: `${head.join(', ')}.`, records },
    ...facts.slice(0, 5).map(fact => ({ text: `${fact.kind}: ${fact.value}.`, records })),
    ...happened
      .slice(0, 5)
      .map(one => ({ text: `${one.on}: ${[one.what, one.title ?? one.field].filter(Boolean).join(', ')}.`, records })),
  ]
}

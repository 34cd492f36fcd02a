/** What a proposal says and rests on: sentences of a mail, fields of a change, and the fields of records that its approval is bound to. */
import type { Json } from '../../domain/playbook/types.ts'
import type { Sql } from '../sql.ts'
import { type Action, currentFields } from './actions.ts'
import { factsById } from './evidence.ts'
import { draftById } from './judgement.ts'
import { fieldInWords, namesOfIds, valueInWords } from './names.ts'

export interface Sentence {
  text: string
  by: string
  quotes: { id: string; quote: string; sourceId: string; url: string | null }[]
}

/** An edited mail is a person's own: the draft's sentences say nothing about it. */
export async function sentencesOf(sql: Sql, action: Pick<Action, 'draftId' | 'by'>): Promise<Sentence[]> {
  if (action.draftId === null || action.by === 'person') return []
  const { sentences } = await draftById(sql, action.draftId)
  const bound = sentences as unknown as { text: string; by: string; ids?: string[] }[]
  const ids = bound.flatMap(one => (one.by === 'facts' || one.by === 'fact' ? (one.ids ?? []) : []))
  const known = await factsById(
    sql,
    ids.filter(id => /^[0-9a-f-]{36}$/.test(id)),
  )
  const facts = new Map(known.map(fact => [fact.id, fact]))
  return bound.map(({ text, by, ids: own = [] }) => ({
    text,
    by,
    quotes: own.flatMap(id => {
      const fact = facts.get(id)
      return fact ? [{ id, quote: fact.quote, sourceId: fact.sourceId, url: fact.url }] : []
    }),
  }))
}

interface Update {
  field: string
  value: Json
  quote?: string
  sourceId?: string
}

/** Sentences of a mail; of a change each field with the value that it gets and the words that say so. */
export async function claimsIn(sql: Sql, action: Pick<Action, 'draftId' | 'by' | 'content'>): Promise<Sentence[]> {
  const { updates } = action.content
  if (!Array.isArray(updates)) return sentencesOf(sql, action)
  const given = updates as unknown as Update[]
  const sources = await sql.rows<{ id: string; url: string | null }>(
    'select id::text, url from source where id::text = any($1)',
    [given.map(({ sourceId }) => sourceId ?? '')],
  )
  const urls = new Map(sources.map(({ id, url }) => [id, url]))
  const names = await namesOfIds(
    sql,
    given.map(({ value }) => value),
  )
  return given.map(({ field, value, quote, sourceId }) => ({
    text: `${fieldInWords(field)}: ${valueInWords(value, names)}`,
    by: action.by,
    quotes:
      quote !== undefined && sourceId !== undefined
        ? [{ id: field, quote, sourceId, url: urls.get(sourceId) ?? null }]
        : [],
  }))
}

export interface BoundField {
  record: string
  id: string
  field: string
  /** As it was when this was proposed, and as it is. */
  value: Json
  now: Json
  holds: boolean
  /** As people say it: the record's kind, the field, and its value with the names that they know. */
  words: string
}

export async function boundFields(sql: Sql, { reliedOn }: Pick<Action, 'reliedOn'>): Promise<BoundField[]> {
  const now = await currentFields(sql, reliedOn)
  const names = await namesOfIds(
    sql,
    [...reliedOn, ...now].map(({ value }) => value),
  )
  return reliedOn.map(({ table, id, field, value }, n) => {
    const today = now[n]?.value ?? null
    const holds = JSON.stringify(today) === JSON.stringify(value)
    const was = `${table}, ${fieldInWords(field)}: ${valueInWords(value, names)}`
    const words = holds ? was : `${was}, by now ${valueInWords(today, names)}`
    return { record: table, id, field, value, now: today, holds, words }
  })
}

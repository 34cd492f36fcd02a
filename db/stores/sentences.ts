/** What each sentence of a proposed mail rests on. */
import type { Sql } from '../sql.ts'
import type { Action } from './actions.ts'
import { factsById } from './evidence.ts'
import { draftById } from './judgement.ts'

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

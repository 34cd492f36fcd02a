/**
 * Moving a deal to another stage: what the stage it leaves asks for is asked first; then the move waits a moment, so that it can be taken
 * back, and is sent from the state that one saw.
 */
import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { answered, api, ApiProblem, type Answer } from '../../api/here.ts'
import { inWords } from '../../parts/format.ts'
import { forget, hold, sendHeld } from '../../parts/held.ts'
import { toastProblem } from '../../parts/toast.tsx'
import type { DealRow, Stage } from './deal-data.ts'

export type Deal = Answer<(typeof api.deals)[':id']['$get']>
export type Way = Answer<(typeof api.deals)[':id']['way']['$get']>

/** A move that has to be asked about first. */
export interface Asking {
  row: DealRow
  stage: Stage
  deal: Deal
  etag: string
  way: Way
}

export interface Move {
  row: DealRow
  stage: Stage
}

/** What else a move sets, and why it is made. */
export interface Given {
  set: Record<string, unknown>
  why?: string
}

export function useMoves(announce: (said: string) => void) {
  const client = useQueryClient()
  const [moves, setMoves] = useState<ReadonlyMap<string, Move>>(new Map())
  const [asking, setAsking] = useState<Asking | null>(null)
  const drop = (id: string) => setMoves(now => new Map([...now].filter(([one]) => one !== id)))

  const put = ({ row, stage, etag }: Omit<Asking, 'deal' | 'way'>, given: Given) => {
    const name = `move ${row.id}`
    setAsking(null)
    setMoves(now => new Map(now).set(row.id, { row, stage }))
    announce(`${row.name} is in ${inWords(stage.name)}.`)
    hold({
      ids: [name],
      said: `${row.name} → ${inWords(stage.name)}`,
      send: async () => {
        await sendMove(row, stage, etag, given)
        await client.invalidateQueries({ queryKey: ['deals'] })
        forget([name])
        drop(row.id)
      },
      back: () => {
        drop(row.id)
        announce(`${row.name} is back in ${inWords(row.stage)}.`)
      },
    })
  }

  const begin = async (row: DealRow, stage: Stage) => {
    if ((moves.get(row.id)?.stage.id ?? row.stageId) === stage.id) return
    try {
      // What was moved a moment ago is saved first: the next move is made from there.
      if (moves.has(row.id)) await sendHeld()
      const param = { id: row.id }
      const [deal, way] = await Promise.all([
        answered(api.deals[':id'].$get({ param })),
        answered(api.deals[':id'].way.$get({ param, query: { to: stage.id } })),
      ])
      const move = { row: { ...row, stage: deal.data.stage, stageId: deal.data.stageId }, stage, etag: deal.etag ?? '' }
      if (way.data.unmet.length === 0 && stage.kind !== 'lost') return put(move, { set: {} })
      setAsking({ ...move, deal: deal.data, way: way.data })
      announce(`${row.name} cannot move yet: something is asked first.`)
    } catch (error) {
      toastProblem(error)
    }
  }
  return { moves, asking, begin, put, cancel: () => setAsking(null) }
}

async function sendMove(row: DealRow, stage: Stage, etag: string, { set, why }: Given): Promise<void> {
  const json = { set: { ...set, stageId: stage.id }, why: why ?? `moved to ${stage.name}` }
  try {
    await answered(api.deals[':id'].$patch({ param: { id: row.id }, json }, { headers: { 'if-match': etag } }))
  } catch (error) {
    throw explained(error, row, stage)
  }
}

/** Why it stays where it is, with its name. */
function explained(error: unknown, { id, name, stage: from }: DealRow, stage: Stage): unknown {
  if (!(error instanceof ApiProblem)) return error
  if (error.code === 'precondition_failed')
    return new Error(
      `Somebody changed ${name} meanwhile, so it stays in ${inWords(from)}. Look at it, then move it again.`,
    )
  if (error.code === 'exit_rules_unmet')
    return new Error(
      error.message.replace(`Deal ${id} cannot move on yet`, `${name} cannot move to ${inWords(stage.name)} yet`),
    )
  return error
}

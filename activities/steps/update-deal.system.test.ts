/** A deal that may not leave its stage yet stays there, whatever an agent read. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Action } from '../../db/stores/actions.ts'
import { addPipeline, changeStage, stageRow } from '../../db/stores/shape/pipelines.ts'
import { openDb, type Db } from '../../db/sql.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { updateDeal } from './update-deal.ts'

let database: TestDatabase
let worker: Db
let server: Db
beforeAll(async () => {
  database = await createTestDatabase()
  worker = openDb(database.workerUrl)
  server = openDb(database.serverUrl)
})
afterAll(async () => {
  await Promise.all([worker.close(), server.close()])
  await database.drop()
})

test('an agent’s move against an exit rule becomes a suggestion; one that meets it by its own amount is made', async () => {
  const stages = ['talk', 'offer'].map(name => ({ name, kind: 'open' as const, probability: 0.1, exitRules: [] }))
  const rule = { rule: 'has(deal.amount) && deal.amount >= 1000', message: 'An offer needs an amount.' }
  const [from, to] = await server.tx(async tx => {
    const made = await addPipeline(tx, { name: 'Partners', stages }, 'test')
    const [first, second] = made.stages.map(one => one.id) as [string, string]
    await changeStage(tx, await stageRow(tx, first), { exitRules: [rule] }, 'test')
    return [first, second] as const
  })
  const insert =
    'insert into deal (name, pipeline_id, stage_id) select $1, pipeline_id, id from stage where id = $2 returning id'
  const deal = await server.row<{ id: string }>(insert, ['Pumps', from])
  const dealId = deal?.id ?? ''
  const read = (field: string, value: string | number) => ({ field, value, quote: 'so they wrote', sourceId: null })
  const apply = (updates: object[]) => {
    const action = { id: crypto.randomUUID(), runId: null, summary: 'read in a mail', content: { dealId, updates } }
    const { effect } = updateDeal
    if (effect.where !== 'records') throw new Error('it changes records')
    return worker.tx(tx => effect.apply(tx, action as unknown as Action))
  }
  const stageNow = async () =>
    (await server.row<{ stageId: string }>('select stage_id from deal where id = $1', [dealId]))?.stageId

  expect(await apply([read('stageId', to)])).toMatchObject({ changed: 0, suggested: 1 })
  expect(await stageNow()).toBe(from)
  const suggested = await server.rows('select field, value, quote from field_suggestion where record_id = $1', [dealId])
  expect(suggested).toEqual([{ field: 'stageId', value: to, quote: 'so they wrote' }])

  const updates = [read('stageId', to), read('currency', 'EUR'), read('amountMinor', 100_000)]
  expect(await apply(updates)).toMatchObject({ changed: 3, suggested: 0 })
  expect(await stageNow()).toBe(to)
  const moves = await server.rows('select from_stage_id, to_stage_id from deal_stage_change where deal_id = $1', [
    dealId,
  ])
  expect(moves).toEqual([{ fromStageId: from, toStageId: to }])
})

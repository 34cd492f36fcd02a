/** The shape of the business by command: pipelines, custom fields, products, prices, hours. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDb } from '../../db/sql.ts'
import { ensureUser } from '../../db/stores/people.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { makeCli, type Cli } from './cli.ts'

let database: TestDatabase
let cli: Cli
beforeAll(async () => {
  database = await createTestDatabase()
  const db = openDb(database.serverUrl)
  await db.tx(async tx => {
    for (const role of ['ops', 'rep'] as const)
      await ensureUser(tx, { name: role, email: `${role}@acme.example`, role, zone: 'UTC', team: 'North' })
  })
  await db.close()
  cli = makeCli(database)
})
afterAll(async () => {
  cli.close()
  await database.drop()
})

async function run(...words: string[]) {
  const ran = await cli.run(...words, '--json')
  expect([words, ran.stderr]).toEqual([words, ''])
  return ran.json<Record<string, unknown>>()
}

it('pipelines are made, held back by rules, and put in order', async () => {
  await run('pipeline', 'add', 'Partners', '--stages', 'talk:0.1,offer:0.5,signed:won,declined:lost')
  const rule = ['--rule', 'has(deal.amount)', '--message', 'An offer needs an amount.']
  expect(await run('pipeline', 'change-stage', 'Partners', 'offer', ...rule)).toMatchObject({
    exitRules: [{ rule: 'has(deal.amount)', message: 'An offer needs an amount.' }],
  })
  await run('pipeline', 'change', 'Partners', '--order', 'offer,talk,signed,declined')
  expect(await run('pipeline', 'archive-stage', 'Partners', 'talk')).toEqual({ moved: 0 })
  const { stdout } = await cli.run('pipeline', 'list')
  expect(stdout).toMatch(/offer: 50 %\n.*holds back unless has\(deal.amount\)[^]*signed: won\n.*declined: lost/)
  const wrong = await cli.run('pipeline', 'change-stage', 'Partners', 'offer', '--rule', 'deal.no', '--message', 'x')
  expect([wrong.exit === 0, wrong.stderr.includes("no field 'no'")]).toEqual([false, true])
})

it('fields, products, prices and hours are set, and only by whom may', async () => {
  const made = await run('field', 'add', 'deal', 'region', '--type', 'choice', '--choices', 'EMEA,APAC', '--searchable')
  expect(made).toMatchObject({ kind: 'deal', choices: ['EMEA', 'APAC'], searchable: true, sensitive: false })
  expect(await run('field', 'change', 'deal', 'region', '--sensitive', '--archive')).toMatchObject({ sensitive: true })
  await run('product', 'add', 'GTX Pro', '--price', '120.00 EUR', '--as', 'ops@acme.example')
  await run('product', 'add-price-list', '2027', '--currency', 'EUR', '--from', '2027-01-01')
  expect(await run('product', 'price', '2027', 'gtx pro', '99.50')).toMatchObject({ prices: [{ amountMinor: 9_950 }] })
  expect((await cli.run('product', 'price-lists', '--on', '2027-05-01')).stdout).toContain('GTX Pro: 99.50 EUR')
  const set = ['hours', 'set', '--team', 'North', '--days', 'Mon,Tue', '--off', '2026-12-28']
  expect(await run(...set)).toMatchObject({
    team: 'North',
    workingDays: [1, 2],
    from: '09:00',
    daysOff: ['2026-12-28'],
  })
  const refused = [
    ['field', 'add', 'deal', 'x', '--type', 'text'],
    ['product', 'add', 'Mine'],
    ['product', 'change', 'GTX Pro', '--archive'],
    set,
  ]
  for (const words of refused) {
    const ran = await cli.run(...words, '--as', 'rep@acme.example', '--json')
    expect(ran.json()).toMatchObject({ error: { code: 'forbidden' } })
  }
  const cost = await cli.run('product', 'change', 'GTX Pro', '--cost', '1.00 EUR', '--as', 'ops@acme.example', '--json')
  expect(cost.json()).toMatchObject({ error: { code: 'forbidden' } })
})

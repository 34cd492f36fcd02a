import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../test/support/database.ts'
import { openDb, type Db } from './sql.ts'

let database: TestDatabase
let db: Db

beforeEach(async () => {
  database = await createTestDatabase()
  db = openDb(database.ownerUrl, { max: 4 })
  await db.run('create table thing (id int primary key, word text not null)')
  await db.run('insert into thing values ($1, $2)', [1, 'first'])
})

afterEach(async () => {
  await db.close()
  await database.drop()
})

const select = 'select * from thing where id = $1'
const onAll = () =>
  Promise.all(
    [1, 2, 3, 4].map(() => db.tx(async tx => [await tx.row(select, [1]), await tx.run('select pg_sleep($1)', [0.1])])),
  )

test('a statement with values is prepared once a connection', async () => {
  await db.tx(async tx => {
    for (let n = 0; n < 3; n++) await tx.row(select, [1])
    const kept = await tx.rows<{ statement: string }>('select statement from pg_prepared_statements')
    expect(kept.filter(row => row.statement === select)).toHaveLength(1)
  })
})

test('a table that changes under open connections breaks no statement, in a transaction or outside', async () => {
  await onAll()
  await db.run('alter table thing add column more int default 7')
  expect(await db.row(select, [1])).toEqual({ id: 1, word: 'first', more: 7 })
  await onAll()
  await db.run('alter table thing add column most int default 8')
  let tries = 0
  const found = await db.tx(async tx => {
    tries += 1
    await tx.run('insert into thing (id, word) values ($1, $2)', [2, 'second'])
    return tx.row(select, [1])
  })
  expect(found).toEqual({ id: 1, word: 'first', more: 7, most: 8 })
  expect(tries).toBeGreaterThan(1)
  expect(await db.row('select count(*) as n from thing', [])).toEqual({ n: 2 })
})

test('where somebody between drops prepared statements, work goes on without them', async () => {
  await onAll()
  await Promise.all([1, 2, 3, 4].map(() => db.tx(tx => tx.run('deallocate all'))))
  expect(await db.row(select, [1])).toEqual({ id: 1, word: 'first' })
  await onAll()
  await db.tx(async tx => {
    await tx.row(select, [1])
    const kept = await tx.rows<{ statement: string }>('select statement from pg_prepared_statements')
    expect(kept.filter(row => row.statement === select)).toHaveLength(0)
  })
})

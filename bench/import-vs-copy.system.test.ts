import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../test/support/database.ts'
import { importVsCopy } from './import-vs-copy.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

it('measures a whole import against COPY of what it leaves behind', async () => {
  const result = await importVsCopy({ ...database, rows: 2000 })
  expect(result).toMatchObject({
    name: 'import_vs_copy',
    goal: 0.25,
    detail: { rows: 2000 },
  })
  expect(result.value).toBeGreaterThan(0)
})

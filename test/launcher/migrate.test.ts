import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Client } from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { PROJECT } from '../../scripts/home.ts'
import { MIGRATIONS, migrate, readMigrations } from '../../scripts/services/migrate.ts'
import { createTestDatabase } from '../support/database.ts'
import type { TestDatabase } from '../support/database.ts'
import { temporaryFolder } from './helpers.ts'

async function database(): Promise<TestDatabase> {
  const made = await createTestDatabase()
  onTestFinished(() => made.drop())
  return made
}

/** A database as it was before any migration. */
async function emptyDatabase(): Promise<TestDatabase> {
  const made = await database()
  await query(made.adminUrl, 'drop schema public cascade')
  await query(made.adminUrl, 'create schema public authorization dealwright_owner')
  return made
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}

function folderWith(migrations: Record<string, string>): string {
  const folder = temporaryFolder()
  for (const [name, sql] of Object.entries(migrations)) {
    mkdirSync(path.join(folder, name))
    writeFileSync(path.join(folder, name, 'migration.sql'), sql)
  }
  return folder
}

interface Said {
  code: number
  text: string
}

function prisma(url: string, ...args: string[]): Promise<Said> {
  const cli = path.join(PROJECT, 'node_modules', 'prisma', 'build', 'index.js')
  const env = { ...process.env, DATABASE_URL: url, CHECKPOINT_DISABLE: '1' }
  return new Promise(resolve => {
    execFile(process.execPath, [cli, ...args], { cwd: PROJECT, env, timeout: 60_000 }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, text: stdout + stderr })
    })
  })
}

test('two at once apply each migration once; a later one applies only what is new', async () => {
  const { ownerUrl } = await emptyDatabase()
  const folder = folderWith({ '1_first': 'create table one (id int)', '2_second': 'create table two (id int)' })
  const both = await Promise.all([migrate(ownerUrl, folder), migrate(ownerUrl, folder)])
  expect(both.flat().toSorted()).toEqual(['1_first', '2_second'])
  mkdirSync(path.join(folder, '3_third'))
  writeFileSync(path.join(folder, '3_third', 'migration.sql'), 'create table three (id int)')
  expect(await migrate(ownerUrl, folder)).toEqual(['3_third'])
})

test('a migration that fails leaves nothing behind and names its line', async () => {
  const { ownerUrl } = await emptyDatabase()
  const folder = folderWith({ '1_bad': 'create table half (id int);\n\nselect * from nowhere;\n' })
  await expect(migrate(ownerUrl, folder)).rejects.toThrow(/1_bad\/migration\.sql:3: .*nowhere/)
  expect(await query(ownerUrl, "select to_regclass('half') as half")).toEqual([{ half: null }])
  writeFileSync(path.join(folder, '1_bad', 'migration.sql'), 'create table half (id int);')
  expect(await migrate(ownerUrl, folder)).toEqual(['1_bad'])
})

test('a changed migration and a database from a newer version are refused', async () => {
  const { ownerUrl } = await emptyDatabase()
  const folder = folderWith({ '1_first': 'create table one (id int)', '2_second': 'create table two (id int)' })
  await migrate(ownerUrl, folder)
  writeFileSync(path.join(folder, '1_first', 'migration.sql'), 'create table one (id bigint)')
  await expect(migrate(ownerUrl, folder)).rejects.toMatchObject({ code: 'migration_changed' })
  rmSync(path.join(folder, '1_first'), { recursive: true })
  await expect(migrate(ownerUrl, folder)).rejects.toThrow(/1_first, which this version does not know/)
})

test('Prisma agrees: what we applied is applied, and nothing differs from the schema', async () => {
  const { adminUrl } = await database()
  expect(readMigrations(MIGRATIONS)).not.toEqual([])
  expect(await prisma(adminUrl, 'migrate', 'status')).toMatchObject({
    code: 0,
    text: expect.stringContaining('up to date'),
  })
  const schema = ['--from-migrations', 'db/migrations', '--to-schema', 'db/schema', '--exit-code']
  expect(await prisma(adminUrl, 'migrate', 'diff', ...schema)).toMatchObject({
    code: 0,
    text: expect.stringContaining('No difference detected'),
  })
})

test('a schema that says more than the migrations is seen as drift', async () => {
  const { adminUrl } = await database()
  const folder = temporaryFolder()
  cpSync(MIGRATIONS, folder, { recursive: true })
  const extra = path.join(folder, '99999999999999_extra')
  mkdirSync(extra)
  writeFileSync(path.join(extra, 'migration.sql'), 'create table not_in_the_schema (id int primary key)')
  expect(readdirSync(folder)).toContain('99999999999999_extra')
  const diff = ['--from-migrations', folder, '--to-schema', 'db/schema', '--exit-code']
  expect(await prisma(adminUrl, 'migrate', 'diff', ...diff)).toMatchObject({
    code: 2,
    text: expect.stringContaining('not_in_the_schema'),
  })
})

test('an engine that fails says why, and its exit code shows it', async () => {
  const gone = 'postgresql://nobody:nothing@127.0.0.1:1/none'
  const said = await prisma(gone, 'migrate', 'status')
  expect(said.code).not.toBe(0)
  expect(said.text).toMatch(/P1001|reach/)
})

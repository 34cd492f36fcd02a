import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { NAMED } from './refusal.ts'

test('every table that people name is one that there is', () => {
  const folder = path.join(import.meta.dirname, 'schema')
  const text = readdirSync(folder).map(file => readFileSync(path.join(folder, file), 'utf8'))
  const tables = new Set([...text.join('\n').matchAll(/@@map\("(\w+)"\)/g)].map(([, name]) => name))
  expect([...NAMED].filter(name => !tables.has(name))).toEqual([])
})

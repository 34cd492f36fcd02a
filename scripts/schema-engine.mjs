#!/usr/bin/env node
/**
 * Stands in for Prisma's schema-engine binary, which `prisma migrate` would otherwise download. It speaks the same JSON-RPC
 * over standard input and output, and answers with the engine's WebAssembly build over a `pg` connection.
 * `prisma.config.ts` points PRISMA_SCHEMA_ENGINE_BINARY at this file.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { PrismaPg } from '@prisma/adapter-pg'
import { ColumnTypeEnum, bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import { Client as PgClient, Pool as PgPool, escapeIdentifier } from 'pg'

const UNKNOWN_DATABASE = '3D000'
/** The number JSON-RPC clients of the engine expect on every known failure. */
const ENGINE_ERROR = 4466

/** Catalog types that the adapter cannot decode, and the type each is read as: names and the like as text, vectors as arrays. */
const READ_AS = { 18: 25, 22: 1005, 24: 25, 30: 1028, 194: 25, 2205: 25, 2206: 25 }

/** The type "char", which the engine wants as a character and the adapter knows no way to say. */
const CHAR = 18
/** Positions of such columns in the result of the query that is running. */
const charColumns = new AsyncLocalStorage()

function readArguments(argv) {
  const read = { datamodels: [], datasource: {}, command: undefined }
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i]
    if (word === '--datamodels') read.datamodels.push(argv[++i])
    else if (word === '--datasource') read.datasource = JSON.parse(argv[++i])
    else if (word === 'cli') read.command = argv[++i]
    else if (word.startsWith('--enabled') || word.startsWith('--ext')) i++
  }
  return read
}

/** One-shot commands report by exit code and by a structured log line on standard error. */
async function runCommand(command, { url }) {
  const database = escapeIdentifier(databaseName(url))
  const statements = {
    'can-connect-to-database': [url, 'select 1'],
    'create-database': [withDatabase(url, 'postgres'), `create database ${database}`],
    'drop-database': [withDatabase(url, 'postgres'), `drop database if exists ${database} with (force)`],
  }
  try {
    if (!statements[command]) throw new Error(`unknown command ${command}`)
    await query(...statements[command])
    process.stderr.write('\n')
  } catch (error) {
    fail(error)
  }
}

/** Ends the process with the structured log line that Prisma reads the reason from. */
function fail(error) {
  const code = error.code === UNKNOWN_DATABASE ? 'P1003' : 'P1001'
  const line = {
    timestamp: new Date().toISOString(),
    level: 'ERROR',
    fields: { message: error.message, error_code: code, is_panic: false },
    target: 'schema_engine::logger',
  }
  process.stderr.write(`\n${JSON.stringify(line)}\n`)
  process.exit(1)
}

async function serve({ datamodels, datasource }) {
  const adapter = bindMigrationAwareSqlAdapterFactory(adapterFactory(datasource))
  const engine = await loadEngine(datamodels, adapter).catch(error => {
    throw originalError(error, adapter)
  })
  let printId = 100_000
  let pending = null
  const send = message => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)

  // A panic of the engine escapes every promise. Left unanswered, Prisma would take the silence for success.
  process.on('uncaughtException', error => {
    send({ id: pending, error: errorAnswer(error, adapter) })
    fail(error)
  })

  for await (const line of createInterface({ input: process.stdin })) {
    if (!line.trim()) continue
    const { id, method, params } = JSON.parse(line)
    if (!method) continue // the client's acknowledgement of a print
    pending = id
    try {
      let result = await call(engine, method, params, datasource)
      if (method === 'diff') {
        // The binary prints a diff through a request of its own and answers with the exit code alone.
        if (result.stdout) send({ id: ++printId, method: 'print', params: { content: result.stdout } })
        result = { exitCode: result.exitCode, stdout: null }
      }
      send({ id, result: result ?? null })
    } catch (error) {
      send({ id, error: errorAnswer(error, adapter) })
    }
  }
}

function call(engine, method, params, datasource) {
  if (method === 'createDatabase') return { databaseName: databaseName(datasource.url) }
  return engine[method === 'getDatabaseVersion' ? 'version' : method](params)
}

function errorAnswer(error, adapter) {
  const original = originalError(error, adapter)
  const data = {
    is_panic: false,
    message: String(original.message ?? original),
    error_code: error.code ?? null,
    meta: error.meta ?? null,
  }
  return { code: ENGINE_ERROR, message: 'An error happened. Check the data field for details.', data }
}

/** Errors of the driver cross the WebAssembly border as "External error id#N"; the registry holds the originals. */
function originalError(error, adapter) {
  const id = /External error id#(\d+)/.exec(String(error?.message))?.[1]
  return (id === undefined ? undefined : adapter.errorRegistry.consumeError?.(Number(id))?.error) ?? error
}

async function loadEngine(datamodels, adapter) {
  // Where the engine leaves the words of a panic; a panic is then an error like any other.
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: message => process.stderr.write(`${message}\n`) }
  const folder = path.dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'))
  const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg')
  const wasm = await WebAssembly.instantiate(await readFile(path.join(folder, 'schema_engine_bg.wasm')), {
    './schema_engine_bg.js': glue,
  })
  glue.__wbg_set_wasm(wasm.instance.exports)
  wasm.instance.exports.__wbindgen_start()
  const files = await Promise.all(datamodels.map(async file => [file, await readFile(file, 'utf8')]))
  return glue.SchemaEngine.new({ datamodels: files.length ? files : undefined }, () => {}, adapter)
}

function adapterFactory({ url, shadowDatabaseUrl }) {
  return {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => connect(url),
    // The stock adapter's connectToShadowDb connects to the main database, which the engine would then wipe.
    connectToShadowDb: () => (shadowDatabaseUrl ? givenShadow(url, shadowDatabaseUrl) : ownShadow(url)),
  }
}

async function givenShadow(url, shadowUrl) {
  if (place(url) === place(shadowUrl)) throw new Error('the shadow database must not be the main database')
  await query(shadowUrl, 'drop schema if exists public cascade; create schema public')
  return connect(shadowUrl)
}

async function ownShadow(url) {
  const admin = withDatabase(url, 'postgres')
  const name = `prisma_shadow_${randomUUID().replaceAll('-', '')}`
  await query(admin, `create database ${name}`)
  const shadow = await connect(withDatabase(url, name))
  const dispose = shadow.dispose.bind(shadow)
  shadow.dispose = async () => {
    await dispose()
    await query(admin, `drop database ${name} with (force)`)
  }
  return shadow
}

async function connect(url) {
  const pool = new Pool({ connectionString: url, max: 1 })
  const adapter = await new PrismaPg(pool, { disposeExternalPool: true }).connect()
  // The adapter cuts scripts at every semicolon, function bodies included; the server can read a script whole.
  adapter.executeScript = async script => {
    await pool.query(script)
  }
  const queryRaw = adapter.queryRaw.bind(adapter)
  adapter.queryRaw = async query => {
    const chars = new Set()
    const result = await charColumns.run(chars, () => queryRaw(query))
    const columnTypes = result.columnTypes.map((type, column) => (chars.has(column) ? ColumnTypeEnum.Character : type))
    return { ...result, columnTypes }
  }
  return adapter
}

class Client extends PgClient {
  query(...args) {
    const pending = super.query(...args)
    if (typeof pending?.then !== 'function') return pending
    return pending.then(results => {
      for (const result of [results].flat()) {
        for (const [column, field] of (result.fields ?? []).entries()) {
          if (field.dataTypeID === CHAR) charColumns.getStore()?.add(column)
          field.dataTypeID = READ_AS[field.dataTypeID] ?? field.dataTypeID
        }
      }
      return results
    })
  }
}

class Pool extends PgPool {
  constructor(config) {
    super({ ...config, Client })
    this.on('error', () => {}) // a lost idle connection shows at the next query
  }

  /** The stock method hands its client a callback, which would pass by the override above. */
  async query(...args) {
    const client = await this.connect()
    try {
      return await client.query(...args)
    } finally {
      client.release()
    }
  }
}

async function query(url, sql) {
  const client = new PgClient({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

function withDatabase(url, database) {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.href
}

function databaseName(url) {
  return decodeURIComponent(new URL(url).pathname.slice(1)) || 'postgres'
}

function place(url) {
  return `${new URL(url).host}/${databaseName(url)}`
}

const options = readArguments(process.argv.slice(2))
try {
  if (options.command) await runCommand(options.command, options.datasource)
  else await serve(options)
  process.exit(0)
} catch (error) {
  fail(error)
}

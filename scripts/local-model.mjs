#!/usr/bin/env node
/**
 * Serves one GGUF file as an OpenAI-compatible model on loopback: POST /v1/chat/completions, not streaming, answers held to
 * the JSON Schema that is asked for by a grammar. For trying Dealwright with a real model and no provider.
 *
 *   npm install --prefix ~/.cache/dealwright-local-model node-llama-cpp@3.22.1
 *   node scripts/local-model.mjs --model model.gguf [--port 8081] [--context 16384]
 *        [--module ~/.cache/dealwright-local-model]
 *
 * node-llama-cpp is large and native, so it is no dependency of Dealwright: it is installed on demand, as above.
 * Requests are answered one after the other: a processor serves one well and several badly.
 */
import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import { availableParallelism, homedir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'

const MAX_BODY = 1_000_000
const MAX_ITEMS = 20
const USAGE = 'Usage: node scripts/local-model.mjs --model FILE.gguf [--port N] [--context TOKENS] [--module FOLDER]'

function wrongUse(message) {
  console.error(`${message}\n${USAGE}`)
  process.exit(2)
}

function readOptions() {
  let values
  try {
    ;({ values } = parseArgs({
      options: {
        model: { type: 'string' },
        port: { type: 'string', default: '8081' },
        context: { type: 'string', default: '16384' },
        module: { type: 'string', default: join(homedir(), '.cache', 'dealwright-local-model') },
        help: { type: 'boolean', default: false },
      },
    }))
  } catch (error) {
    wrongUse(error.message)
  }
  if (values.help) {
    console.log(USAGE)
    process.exit(0)
  }
  const port = Number(values.port)
  const context = Number(values.context)
  if (values.model === undefined) wrongUse('Name a GGUF file with --model.')
  if (!existsSync(values.model)) wrongUse(`There is no file ${values.model}.`)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) wrongUse('--port takes a number from 0 to 65535.')
  if (!Number.isInteger(context) || context < 512) wrongUse('--context takes a number of tokens, 512 or more.')
  return { model: resolve(values.model), port, context, folder: resolve(values.module) }
}

/** From the folder it was installed into, else from wherever Node finds it. */
async function loadLlama(folder) {
  const installed = join(folder, 'node_modules', 'node-llama-cpp')
  try {
    if (!existsSync(installed)) return await import('node-llama-cpp')
    return await import(pathToFileURL(join(installed, 'dist', 'index.js')).href)
  } catch (error) {
    console.error(`node-llama-cpp cannot be loaded (${error.code ?? error.message}). Install it first:`)
    console.error(`  npm install --prefix ${folder} node-llama-cpp@3.22.1`)
    process.exit(1)
  }
}

/** The grammar knows one type per schema and no lists of types; `anyOf` becomes its `oneOf`. */
function grammarSchema(schema) {
  if (Array.isArray(schema)) return schema.map(grammarSchema)
  if (typeof schema !== 'object' || schema === null) return schema
  const { anyOf, minimum: _min, maximum: _max, exclusiveMinimum: _xmin, exclusiveMaximum: _xmax, ...rest } = schema
  const out = {}
  for (const [key, value] of Object.entries(rest)) {
    const names =
      key === 'properties' ? Object.entries(value).map(([name, inner]) => [name, grammarSchema(inner)]) : null
    out[key] =
      names === null ? (key === 'enum' || key === 'required' ? value : grammarSchema(value)) : Object.fromEntries(names)
  }
  // A small model does not find the end of a list by itself: without a bound it goes on to the last token.
  if (out.type === 'array') out.maxItems ??= MAX_ITEMS
  return anyOf === undefined ? out : { ...out, oneOf: anyOf.map(grammarSchema) }
}

async function readBody(request) {
  const chunks = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > MAX_BODY) throw Object.assign(new Error('The request is larger than 1 MB.'), { status: 413 })
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    throw Object.assign(new Error('The request is not JSON.'), { status: 400 })
  }
}

function send(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

const options = readOptions()
const { getLlama, LlamaChatSession } = await loadLlama(options.folder)
// More threads than processors wait for one another most of the time: an answer then takes ten times as long.
const llama = await getLlama({ build: 'never', maxThreads: availableParallelism() })
const model = await llama.loadModel({ modelPath: options.model })
const context = await model.createContext({ contextSize: Math.min(options.context, model.trainContextSize) })
const name = basename(options.model, '.gguf')

async function answer(chat, signal) {
  const turns = chat.messages ?? []
  const system = turns
    .filter(turn => turn.role === 'system')
    .map(turn => turn.content)
    .join('\n\n')
  const prompt = turns
    .filter(turn => turn.role !== 'system')
    .map(turn => (turn.role === 'user' ? turn.content : `You answered:\n${turn.content}`))
    .join('\n\n')
  const tokensIn = model.tokenize(`${system}\n${prompt}`).length
  const maxTokens = chat.max_tokens ?? chat.max_completion_tokens ?? 2048
  if (tokensIn + 64 > context.contextSize) {
    throw Object.assign(new Error(`This model's maximum context length is ${context.contextSize} tokens.`), {
      status: 400,
      code: 'context_length_exceeded',
    })
  }
  const schema = chat.response_format?.json_schema?.schema
  const grammar = schema === undefined ? undefined : await llama.createGrammarForJsonSchema(grammarSchema(schema))
  const sequence = context.getSequence()
  try {
    const session = new LlamaChatSession({ contextSequence: sequence, systemPrompt: system })
    const result = await session.promptWithMeta(prompt, {
      grammar,
      maxTokens,
      temperature: chat.temperature ?? 0,
      signal,
      stopOnAbortSignal: false,
    })
    const content = result.responseText
    const tokensOut = model.tokenize(content).length
    return {
      id: `chatcmpl-${Date.now()}`,
      object: 'chat.completion',
      created: Math.floor(Date.now() / 1000),
      model: name,
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content, refusal: null },
          finish_reason: result.stopReason === 'maxTokens' ? 'length' : 'stop',
          logprobs: null,
        },
      ],
      usage: { prompt_tokens: tokensIn, completion_tokens: tokensOut, total_tokens: tokensIn + tokensOut },
    }
  } finally {
    sequence.dispose()
  }
}

let line = Promise.resolve()
const server = createServer((request, response) => void serveOne(request, response))

async function serveOne(request, response) {
  try {
    if (request.method === 'GET' && request.url === '/v1/models')
      return send(response, 200, { object: 'list', data: [{ id: name, object: 'model', owned_by: 'local' }] })
    if (request.method !== 'POST' || request.url !== '/v1/chat/completions')
      return send(response, 404, { error: { message: 'Unknown path.', code: 'not_found' } })
    const chat = await readBody(request)
    const gone = new AbortController()
    response.on('close', () => gone.abort())
    const turn = line.then(() => (gone.signal.aborted ? null : answer(chat, gone.signal)))
    line = turn.catch(() => null)
    const body = await turn
    if (body !== null && !response.destroyed) send(response, 200, body)
  } catch (error) {
    if (!response.headersSent && !response.destroyed)
      send(response, error.status ?? 500, {
        error: { message: error.message, code: error.code ?? 'server_error', type: 'server_error' },
      })
  }
}

server.on('error', error => {
  console.error(
    error.code === 'EADDRINUSE' ? `Port ${options.port} is taken: choose another with --port.` : error.message,
  )
  process.exit(1)
})
server.listen(options.port, '127.0.0.1', () => {
  console.log(
    `${name} answers on http://127.0.0.1:${server.address().port}/v1 (context ${context.contextSize} tokens). Ctrl-C stops it.`,
  )
})
// The native addon keeps the process alive: leave explicitly.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0))

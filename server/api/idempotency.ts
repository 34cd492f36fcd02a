/**
 * Creations happen once: the key that the client chose names the request, and sent again it is answered as the first time. Key, effect
 * and answer are one transaction, so that neither a crash nor a twin at the same moment makes two. A request that failed has taken no
 * key: it may be corrected and sent with the same one.
 */
import { createHash, type KeyObject } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { DealwrightError } from '../../domain/errors.ts'
import type { AmbientDb } from '../../db/ambient.ts'
import { keepAnswer, takeKey, type KeptAnswer } from '../../db/stores/idempotency.ts'
import type { Env } from './api.ts'
import { seal, unseal } from './vault.ts'

/** As the client writes it: 8 to 200 visible ASCII characters. */
const KEY = /^[\x21-\x7e]{8,200}$/

export interface AnswerKeeper {
  /** Runs `next` under the request's key, or gives back what it answered. @throws DealwrightError `idempotency_reused` and others */
  once: MiddlewareHandler<Env>
}

/** Headers of an answer that belong to it, not to the exchange. */
const KEPT_HEADERS = ['content-type', 'etag', 'location']

interface Answer {
  headers: Record<string, string>
  body: string
}

/** The request failed: the transaction is rolled back, and the answer is what the error handler made of it. */
class Failed extends Error {}

export function answerKeeper(db: AmbientDb, privateKey: KeyObject): AnswerKeeper {
  return {
    async once(context, next) {
      const key = context.req.header('idempotency-key')
      if (key === undefined)
        throw new DealwrightError(
          'precondition_required',
          'A creation needs an Idempotency-Key: a new random one, and the same again when you send this again.',
        )
      if (!KEY.test(key))
        throw new DealwrightError('bad_input', 'Idempotency-Key: give 8 to 200 visible ASCII characters, e.g. a UUID.')
      const { caller } = context.var
      const keyHash = sha256(key)
      const purpose = `answer:${caller}:${keyHash}`
      const requestHash = await hashOf(context)
      try {
        await db.together(async tx => {
          const kept = await takeKey(tx, caller, keyHash, requestHash)
          if (kept) {
            context.res = again(kept, requestHash, sealed => unseal(privateKey, purpose, sealed))
            return
          }
          await next()
          if (context.error || context.res.status >= 400) throw new Failed()
          const answer: Answer = { headers: headersOf(context.res), body: await context.res.clone().text() }
          const sealed = seal(privateKey, purpose, Buffer.from(JSON.stringify(answer)))
          await keepAnswer(tx, caller, keyHash, context.res.status, sealed).catch((error: unknown) => {
            // Whatever the database says of it, the request was not at fault.
            throw new Error('The answer of a creation could not be kept.', { cause: error })
          })
        })
      } catch (error) {
        if (!(error instanceof Failed)) throw error
      }
    },
  }
}

function again(kept: KeptAnswer, requestHash: string, open: (sealed: Buffer) => Buffer): Response {
  if (kept.requestHash !== requestHash)
    throw new DealwrightError(
      'idempotency_reused',
      'This Idempotency-Key was used for another request: take a new one for a new creation.',
    )
  const { headers, body } = JSON.parse(open(kept.answer).toString('utf8')) as Answer
  return new Response(body, { status: kept.status, headers: { ...headers, 'idempotency-replayed': 'true' } })
}

function headersOf(response: Response): Record<string, string> {
  return Object.fromEntries(
    KEPT_HEADERS.flatMap(name => {
      const value = response.headers.get(name)
      return value === null ? [] : [[name, value]]
    }),
  )
}

/** Method, address with query, and the body's bytes. */
async function hashOf(context: Context<Env>): Promise<string> {
  const { pathname, search } = new URL(context.req.url)
  const hash = createHash('sha256').update(`${context.req.method} ${pathname}${search}\n`)
  return hash.update(new Uint8Array(await context.req.arrayBuffer())).digest('hex')
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

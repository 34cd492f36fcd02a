/**
 * A database whose statements join the transaction of the request that they serve, where there is one. So what a handler did, in however
 * many steps and transactions of its own, and what is remembered of its answer, are there together or not at all.
 * Not joined: what takes a connection from the pool by itself, and notices.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { DealwrightError } from '../domain/errors.ts'
import type { Db, Tx } from './sql.ts'

interface Outer {
  tx: Tx
  /** Inner transactions take turns: savepoints nest, they do not cross. */
  turn: Promise<unknown>
}

export interface AmbientDb extends Db {
  /** Runs `work`, and all that it does on this database, in one transaction, once. Rolled back when it throws. */
  together<T>(work: (tx: Tx) => Promise<T>): Promise<T>
}

export function ambient(db: Db): AmbientDb {
  const current = new AsyncLocalStorage<Outer>()
  const sql = () => current.getStore()?.tx ?? db
  return {
    rows: (text, values) => sql().rows(text, values),
    row: (text, values) => sql().row(text, values),
    run: (text, values) => sql().run(text, values),
    tx(work) {
      const outer = current.getStore()
      if (outer === undefined) return db.tx(work)
      const mine = outer.turn.then(() => nested(outer.tx, work))
      outer.turn = mine.catch(() => {})
      return mine
    },
    together(work) {
      let begun = false
      return db.tx(tx => {
        // The request has been read and its handler has run: it is for the caller to send it again.
        if (begun)
          throw new DealwrightError('unavailable', 'This ran into another request and changed nothing: send it again.')
        begun = true
        return current.run({ tx, turn: Promise.resolve() }, () => work(tx))
      })
    },
    listen: (channel, on) => db.listen(channel, on),
    pool: db.pool,
    close: () => db.close(),
  }
}

async function nested<T>(tx: Tx, work: (tx: Tx) => Promise<T>): Promise<T> {
  await tx.run('savepoint part')
  try {
    const result = await work(tx)
    await tx.run('release savepoint part')
    return result
  } catch (error) {
    await tx.run('rollback to savepoint part')
    throw error
  }
}

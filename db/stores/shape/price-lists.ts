/** Price lists: what products cost in one currency over a time. On one day at most one list of a currency is in force. */
import { DealwrightError } from '../../../domain/errors.ts'
import { json, must, type Sql, type Tx } from '../../sql.ts'
import { audit } from '../audit.ts'

export interface Price {
  productId: string
  amountMinor: number
}

export interface PriceList {
  id: string
  name: string
  currency: string
  /** ISO dates, both inclusive; no end: until another is wanted. */
  validFrom: string
  validTo: string | null
  archivedAt: Date | null
  prices: (Price & { product: string })[]
}

const LIST = `select l.id, l.name, l.currency, l.valid_from, l.valid_to, l.archived_at, coalesce((select jsonb_agg(jsonb_build_object(
    'productId', x.product_id, 'product', p.name, 'amountMinor', x.amount_minor) order by p.name, p.id)
  from price x join product p on p.id = x.product_id where x.price_list_id = l.id), '[]') as prices from price_list l`

export interface PriceListFilter {
  currency?: string | undefined
  /** ISO date: only those in force on that day. */
  on?: string | undefined
  archived?: boolean | undefined
}

/** By currency, newest first. */
export const listPriceLists = (sql: Sql, { currency, on, archived }: PriceListFilter = {}): Promise<PriceList[]> =>
  sql.rows<PriceList>(
    `${LIST} where ($1::text is null or l.currency = $1) and ($2::date is null or daterange(l.valid_from, l.valid_to, '[]') @> $2)
       and ($3 and $2::date is null or l.archived_at is null) order by l.currency, l.valid_from desc, l.id`,
    [currency ?? null, on ?? null, archived ?? false],
  )

export const priceList = (sql: Sql, id: string): Promise<PriceList> =>
  must('price list', id, sql.row<PriceList>(`${LIST} where l.id = $1`, [id]))

export async function lockedPriceList(tx: Tx, id: string): Promise<PriceList> {
  await oneAtATime(tx)
  return priceList(tx, id)
}

/** Two lists that are made at once would each find the other absent. */
const oneAtATime = (tx: Tx): Promise<number> => tx.run(`select pg_advisory_xact_lock(hashtext('price_list'))`)

export type NewPriceList = Pick<PriceList, 'name' | 'currency' | 'validFrom' | 'validTo'> & { prices: Price[] }

export async function addPriceList(tx: Tx, list: NewPriceList, by: string): Promise<PriceList> {
  await oneAtATime(tx)
  await requireFree(tx, { ...list, id: null, archived: false })
  const row = await tx.row<{ id: string }>(
    'insert into price_list (name, currency, valid_from, valid_to) values ($1, $2, $3, $4) returning id',
    [list.name, list.currency, list.validFrom, list.validTo],
  )
  const id = row?.id ?? ''
  await setPrices(tx, id, list.prices)
  await audit(tx, {
    actor: by,
    type: 'price_list.created',
    target: 'price_list',
    targetId: id,
    data: { currency: list.currency },
  })
  return priceList(tx, id)
}

export interface PriceListChange {
  name?: string | undefined
  validFrom?: string | undefined
  validTo?: string | null | undefined
  /** All of them: a product left out has no price on this list any more. */
  prices?: Price[] | undefined
  archived?: boolean | undefined
}

/** Call it with the list locked. Its currency never changes: that would be another list. */
export async function changePriceList(
  tx: Tx,
  before: PriceList,
  change: PriceListChange,
  by: string,
): Promise<PriceList> {
  const { id, currency } = before
  const prices = change.prices === undefined ? undefined : inOrder(change.prices)
  const was = { ...before, archived: before.archivedAt !== null, prices: inOrder(before.prices) }
  const after = {
    name: change.name ?? was.name,
    validFrom: change.validFrom ?? was.validFrom,
    validTo: change.validTo === undefined ? was.validTo : change.validTo,
    archived: change.archived ?? was.archived,
    prices: prices ?? was.prices,
  }
  const fields = (['name', 'validFrom', 'validTo', 'archived', 'prices'] as const).filter(
    field => JSON.stringify(after[field]) !== JSON.stringify(was[field]),
  )
  if (fields.length === 0) return before
  await requireFree(tx, { ...after, id, currency })
  await tx.run(
    `update price_list set name = $2, valid_from = $3, valid_to = $4, archived_at = case when $5 then coalesce(archived_at, now()) end,
       updated_at = now() where id = $1`,
    [id, after.name, after.validFrom, after.validTo, after.archived],
  )
  if (fields.includes('prices')) await setPrices(tx, id, after.prices)
  await audit(tx, { actor: by, type: 'price_list.changed', target: 'price_list', targetId: id, data: { fields } })
  return priceList(tx, id)
}

const inOrder = (prices: readonly Price[]): Price[] =>
  prices
    .map(({ productId, amountMinor }) => ({ productId, amountMinor }))
    .sort((a, b) => (a.productId < b.productId ? -1 : 1))

async function requireFree(
  tx: Tx,
  list: Pick<PriceList, 'name' | 'currency' | 'validFrom' | 'validTo'> & { id: string | null; archived: boolean },
): Promise<void> {
  if (list.validTo !== null && list.validTo < list.validFrom)
    throw new DealwrightError('bad_input', 'validTo: lies before validFrom.')
  if (await tx.row('select 1 from price_list where name = $1 and id is distinct from $2', [list.name, list.id]))
    throw new DealwrightError('conflict', `A price list is called ${list.name} already.`)
  if (list.archived) return
  const other = await tx.row<{ name: string }>(
    `select name from price_list where currency = $1 and archived_at is null and id is distinct from $4
       and daterange(valid_from, valid_to, '[]') && daterange($2::date, $3::date, '[]') order by valid_from limit 1`,
    [list.currency, list.validFrom, list.validTo, list.id],
  )
  if (other)
    throw new DealwrightError(
      'conflict',
      `${other.name} is in force in ${list.currency} on some of these days: end or archive it first.`,
    )
}

async function setPrices(tx: Tx, id: string, prices: readonly Price[]): Promise<void> {
  if (new Set(prices.map(({ productId }) => productId)).size < prices.length)
    throw new DealwrightError('bad_input', 'prices: a product stands twice.')
  for (const { productId } of prices)
    await must('product', productId, tx.row('select 1 from product where id = $1', [productId]))
  await tx.run('delete from price where price_list_id = $1', [id])
  await tx.run(
    `insert into price (price_list_id, product_id, amount_minor)
     select $1, x."productId", x."amountMinor" from jsonb_to_recordset($2) as x("productId" uuid, "amountMinor" bigint)`,
    [id, json(prices)],
  )
}

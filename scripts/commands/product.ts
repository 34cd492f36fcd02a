import type { Command } from 'commander'
import type { Db } from '../../db/sql.ts'
import type { Seen } from '../../db/stores/crm/read.ts'
import type { PriceList } from '../../db/stores/shape/price-lists.ts'
import type * as priceLists from '../../db/stores/shape/price-lists.ts'
import { DealwrightError } from '../../domain/errors.ts'
import type { Json } from '../../domain/playbook/types.ts'
import { answer } from '../output.ts'

interface Product extends Seen {
  name: string
  series: string | null
  priceMinor: number | null
  currency: string | null
  archivedAt: Date | null
}

interface Options {
  as?: string
  archived?: boolean
  archive?: boolean
  restore?: boolean
  name?: string
  series?: string
  price?: string
  cost?: string
  currency?: string
  on?: string
  from?: string
  to?: string
}

const AS = ['--as <email>', 'the person of ops, or admin, who says so'] as const

export function command(program: Command): void {
  const product = program.command('product').description('what we sell, and its price lists')
  product
    .command('list')
    .description('products, newest first')
    .option('--archived', 'those out of use instead')
    .addHelpText('after', '\nExample: dealwright product list --json')
    .action(list)
  product
    .command('add')
    .description('make a product')
    .argument('<name>', 'of the product')
    .option('--series <name>', 'what it belongs to')
    .option('--price <amount>', 'with its currency, such as "120.00 EUR"')
    .option('--cost <amount>', 'what it costs us; only for those who may see sensitive fields')
    .requiredOption(...AS)
    .addHelpText('after', '\nExample: dealwright product add "GTX Pro" --price "120.00 EUR" --as olu@acme.example')
    .action(add)
  product
    .command('change')
    .description('change a product, archive it or bring it back')
    .argument('<product>', 'its name')
    .option('--name <name>', 'its new name')
    .option('--series <name>', 'what it belongs to')
    .option('--price <amount>', 'with its currency, such as "120.00 EUR"')
    .option('--cost <amount>', 'what it costs us; only for those who may see sensitive fields')
    .option('--archive', 'take it out of use')
    .option('--restore', 'bring it back')
    .requiredOption(...AS)
    .addHelpText('after', '\nExample: dealwright product change "GTX Pro" --archive --as olu@acme.example')
    .action(change)
  priceCommands(product)
}

function priceCommands(product: Command): void {
  product
    .command('price-lists')
    .description('price lists by currency, newest first')
    .option('--currency <code>', 'such as EUR')
    .option('--on <date>', 'only those in force on that day')
    .option('--archived', 'archived ones too')
    .addHelpText('after', '\nExample: dealwright product price-lists --currency EUR --on 2027-01-15')
    .action(lists)
  product
    .command('add-price-list')
    .description('make a price list; one of a currency is in force on a day')
    .argument('<name>', 'of the list')
    .requiredOption('--currency <code>', 'such as EUR')
    .requiredOption('--from <date>', 'its first day')
    .option('--to <date>', 'its last day')
    .option(...AS)
    .addHelpText('after', '\nExample: dealwright product add-price-list 2027 --currency EUR --from 2027-01-01')
    .action(addList)
  product
    .command('change-price-list')
    .description('rename a price list, change its days, archive it or bring it back')
    .argument('<list>', 'its name')
    .option('--name <name>', 'its new name')
    .option('--from <date>', 'its first day')
    .option('--to <date>', 'its last day; none: no end')
    .option('--archive', 'take it out of force')
    .option('--restore', 'bring it back')
    .option(...AS)
    .addHelpText('after', '\nExample: dealwright product change-price-list 2027 --to 2027-06-30')
    .action(changeList)
  product
    .command('price')
    .description('set the price of a product on a list')
    .argument('<list>', 'name of the list')
    .argument('<product>', 'its name')
    .argument('<amount>', 'in the list’s currency, such as 120.00; none: not on this list')
    .option(...AS)
    .addHelpText('after', '\nExample: dealwright product price 2027 "GTX Pro" 120.00')
    .action(price)
}

/** "120.00 EUR". */
async function money(option: string, text: string): Promise<{ minor: number; currency: string }> {
  const { valueOfText } = await import('../../domain/shape/custom-field.ts')
  const value = valueOfText(text, { type: 'money', choices: [] }) as { minor: number; currency: string } | undefined
  if (value !== undefined && value.minor >= 0) return value
  throw new DealwrightError('bad_input', `${option} ${text}: write an amount such as "120.00 EUR".`)
}

async function given({ series, price, cost }: Options): Promise<Record<string, Json>> {
  const set: Record<string, Json> = {}
  if (series !== undefined) set.series = series
  const amounts = [
    ['priceMinor', '--price', price],
    ['costMinor', '--cost', cost],
  ] as const
  for (const [field, option, text] of amounts) {
    if (text === undefined) continue
    const { minor, currency } = await money(option, text)
    if (set.currency !== undefined && set.currency !== currency)
      throw new DealwrightError('bad_input', '--price and --cost take one currency.')
    Object.assign(set, { [field]: minor, currency })
  }
  return set
}

async function named(db: Db, name: string): Promise<Product> {
  const { productKey } = await import('../../domain/import/normalise/name.ts')
  const found = await db.row<Product>('select id, name, archived_at from product where name_key = $1', [
    productKey(name),
  ])
  if (found) return found
  throw new DealwrightError('not_found', `There is no product ${name}: see dealwright product list`)
}

async function list(options: Options, self: Command): Promise<void> {
  const { withDatabase } = await import('../lib/with-database.ts')
  const { listRecords } = await import('../../db/stores/crm/read.ts')
  const { INSTALLATION } = await import('../../domain/access/viewer.ts')
  const { table } = await import('../lib/table.ts')
  const { money: inWords } = await import('../lib/words.ts')
  const filters = { archived: String(options.archived === true) }
  const { items } = await withDatabase('product list', ({ db }) =>
    listRecords<Product>(db, INSTALLATION, 'product', { limit: 1_000, filters }),
  )
  await answer(self, { items }, () =>
    items.length === 0
      ? 'No product yet.'
      : table<Product>(
          [
            { head: 'NAME', get: row => row.name, shrinkTo: 14 },
            { head: 'SERIES', get: row => row.series, shrinkTo: 10 },
            { head: 'PRICE', get: row => inWords(row.priceMinor, row.currency), right: true },
          ],
          items,
        ),
  )
}

async function add(name: string, options: Options, self: Command): Promise<void> {
  const { withDatabase } = await import('../lib/with-database.ts')
  const { acting } = await import('../lib/acting.ts')
  const { createRecord } = await import('../../db/stores/crm/create.ts')
  const set = { name, ...(await given(options)) }
  const made = await withDatabase('product add', async ({ db }) => {
    const { viewer } = await acting(db, options.as, 'product.create')
    return db.tx(tx => createRecord<Product>(tx, viewer, 'product', set))
  })
  await answer(self, made, () => `Product ${made.name}.`)
}

async function change(name: string, options: Options, self: Command): Promise<void> {
  const { withDatabase } = await import('../lib/with-database.ts')
  const { acting } = await import('../lib/acting.ts')
  const { editRecord } = await import('../../db/stores/crm/change.ts')
  const set = await given(options)
  if (options.name !== undefined) set.name = options.name
  if (options.archive) set.archivedAt = new Date().toISOString()
  if (options.restore) set.archivedAt = null
  const after = await withDatabase('product change', async ({ db }) => {
    const { viewer } = await acting(db, options.as, 'product.change')
    const { id } = await named(db, name)
    const edit = { viewer, kind: 'product', id, set, why: 'by a command', match: () => {} } as const
    return db.tx(tx => editRecord<Product>(tx, edit))
  })
  await answer(self, after, () => `Product ${after.name}${after.archivedAt === null ? '' : ', archived'}.`)
}

async function lists(options: Options, self: Command): Promise<void> {
  const { withDatabase } = await import('../lib/with-database.ts')
  const { listPriceLists } = await import('../../db/stores/shape/price-lists.ts')
  const items = await withDatabase('product price-lists', ({ db }) =>
    listPriceLists(db, { ...options, on: date(options.on) }),
  )
  await answer(self, { items }, () => (items.length === 0 ? 'No such price list.' : items.map(inWords).join('\n')))
}

async function withLists(
  options: Options,
  self: Command,
  work: (db: Db, by: string, store: typeof priceLists) => Promise<PriceList>,
): Promise<void> {
  const { withDatabase } = await import('../lib/with-database.ts')
  const { acting } = await import('../lib/acting.ts')
  const store = await import('../../db/stores/shape/price-lists.ts')
  const after = await withDatabase('product', async ({ db }) =>
    work(db, (await acting(db, options.as, 'settings.change')).by, store),
  )
  await answer(self, after, () => inWords(after))
}

function date(text: string | undefined): string | undefined {
  if (text === undefined || (/^(19|20|21)\d\d-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)))) return text
  throw new DealwrightError('bad_input', `${text}: give a date such as 2027-01-31.`)
}

const addList = (name: string, options: Options, self: Command): Promise<void> =>
  withLists(options, self, (db, by, { addPriceList }) => {
    const validFrom = date(options.from) ?? ''
    const currency = options.currency ?? ''
    if (!/^[A-Z]{3}$/.test(currency)) throw new DealwrightError('bad_input', '--currency takes a code such as EUR.')
    const list = { name, currency, validFrom, validTo: date(options.to) ?? null, prices: [] }
    return db.tx(tx => addPriceList(tx, list, by))
  })

async function listNamed(db: Db, name: string): Promise<string> {
  const row = await db.row<{ id: string }>('select id from price_list where name = $1', [name])
  if (row) return row.id
  throw new DealwrightError('not_found', `There is no price list ${name}: see dealwright product price-lists`)
}

const changeList = (name: string, options: Options, self: Command): Promise<void> =>
  withLists(options, self, async (db, by, store) => {
    const id = await listNamed(db, name)
    const to = {
      name: options.name,
      validFrom: date(options.from),
      validTo: options.to === 'none' ? null : date(options.to),
      archived: options.archive ? true : options.restore ? false : undefined,
    }
    return db.tx(async tx => store.changePriceList(tx, await store.lockedPriceList(tx, id), to, by))
  })

const price = (list: string, product: string, amount: string, options: Options, self: Command): Promise<void> =>
  withLists(options, self, async (db, by, store) => {
    const id = await listNamed(db, list)
    const { id: productId } = await named(db, product)
    return db.tx(async tx => {
      const before = await store.lockedPriceList(tx, id)
      const others = before.prices.filter(one => one.productId !== productId)
      const mine =
        amount === 'none'
          ? []
          : [{ productId, amountMinor: (await money('price', `${amount} ${before.currency}`)).minor }]
      return store.changePriceList(tx, before, { prices: [...others, ...mine] }, by)
    })
  })

const inWords = ({ name, currency, validFrom, validTo, archivedAt, prices }: PriceList): string =>
  [
    `${name}: ${currency}, ${validFrom} to ${validTo ?? 'no end'}${archivedAt === null ? '' : ', archived'}`,
    ...prices.map(({ product, amountMinor }) => `  ${product}: ${(amountMinor / 100).toFixed(2)} ${currency}`),
  ].join('\n')

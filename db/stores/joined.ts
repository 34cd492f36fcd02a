/** Reading rows of several tables with one query, and telling them apart afterwards. */

type Row = Record<string, unknown>

export interface Joined<T extends string> {
  /** What to select: each column under its table's name in the query. */
  columns: string
  /** The columns of one table as a record of their own, or null where the join found no row: its `id` is then null. */
  part(row: Row, table: T): Row | null
}

/** @param tables name in the query → columns of interest, divided by commas, `id` among them */
export function joined<T extends string>(tables: Record<T, string>): Joined<T> {
  // Names in the row and in the record, found with the first row: they come back in camel case.
  const known = new Map<T, [string, string][]>()
  return {
    columns: Object.entries<string>(tables)
      .map(([table, columns]) => qualified(table, columns))
      .join(', '),
    part(row, table) {
      const start = `${table}.`
      if (row[`${start}id`] === null) return null
      let names = known.get(table)
      if (names === undefined) {
        const own = Object.keys(row).filter(name => name.startsWith(start))
        names = own.map(name => [name, name.slice(start.length)])
        known.set(table, names)
      }
      const record: Row = {}
      for (const [name, short] of names) record[short] = row[name]
      return record
    },
  }
}

/** `id, "with"` of `r` becomes `r.id as "r.id", r."with" as "r.with"`. */
function qualified(table: string, columns: string): string {
  return columns
    .split(',')
    .map(column => column.trim())
    .map(column => `${table}.${column} as "${table}.${column.replaceAll('"', '')}"`)
    .join(', ')
}

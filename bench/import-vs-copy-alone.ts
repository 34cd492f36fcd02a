/** `import_vs_copy` with an empty database of its own. */
import { importVsCopy } from './import-vs-copy.ts'
import { round } from './support/measure.ts'
import { withPostgres } from './support/scratch.ts'
import type { BenchOptions, Ratio } from './support/types.ts'

export function importVsCopyAlone({ quick }: BenchOptions): Promise<Ratio> {
  return withPostgres(async scratch => {
    const ratio = await importVsCopy({ ...(await scratch.database('bench')), rows: quick ? 5_000 : 50_000 })
    return { ...ratio, value: round(ratio.value) }
  })
}

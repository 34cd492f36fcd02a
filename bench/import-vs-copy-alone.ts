/** `import_vs_copy` with an empty database of its own. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openHome } from '../scripts/home.ts'
import { prepareEmbedded, removeHome, startHomePostgres } from '../scripts/services/open.ts'
import { importVsCopy } from './import-vs-copy.ts'
import { round } from './support/measure.ts'
import type { BenchOptions, Ratio } from './support/types.ts'

export async function importVsCopyAlone({ quick }: BenchOptions): Promise<Ratio> {
  const home = openHome({ DEALWRIGHT_HOME: mkdtempSync(path.join(tmpdir(), 'dealwright-bench-')) })
  const quiet = () => {}
  try {
    const postgres = await startHomePostgres(home, quiet)
    try {
      const urls = await prepareEmbedded(home, postgres.port, quiet)
      const ratio = await importVsCopy({ ...urls, rows: quick ? 5_000 : 50_000 })
      return { ...ratio, value: round(ratio.value) }
    } finally {
      await postgres.stop()
    }
  } finally {
    removeHome(home)
  }
}

import type { Command } from 'commander'
import { readConfig } from '../config.ts'
import { ensureKeys, openHome } from '../home.ts'
import { answer, say } from '../output.ts'

export function command(program: Command): void {
  program
    .command('migrate')
    .description('bring the database up to date and make its roles; "up" does this by itself')
    .action(async (_options: unknown, self: Command) => {
      const { openDatabase } = await import('../services/open.ts')
      const home = openHome()
      ensureKeys(home)
      const migrated: string[] = []
      const database = await openDatabase(home, readConfig(), 'migrate', say, names => migrated.push(...names))
      await database.stop()
      await answer(self, { migrated }, () => (migrated.length ? migrated.join('\n') : 'the database was up to date'))
    })
}

// Run by killed-starter.ts: starts a Postgres on the data folder named, prints its pid and waits to be killed.
import { startPostgres } from '../../scripts/services/postgres.ts'

const dataFolder = process.argv[2] ?? ''
const { identity } = await startPostgres({
  dataFolder,
  logFile: `${dataFolder}.log`,
  password: 'of-this-test',
  disposable: true,
  say: () => {},
})
process.stdout.write(`${identity.pid}\n`)
setInterval(() => {}, 1000)

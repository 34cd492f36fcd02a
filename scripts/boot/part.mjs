/** What `up` forks: `node part.mjs worker` or `server`, and the folder of compiled programs when it is known. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { runProgram, runScript } from './run.mjs'

const [name, folder] = process.argv.slice(2)
if (folder && existsSync(path.join(folder, `${name}.cjs`))) runScript(folder, name)
else await runProgram(name)

/** How our other programs are run from this one. */
import path from 'node:path'

export interface Program {
  file: string
  args: string[]
  execArgv: string[]
}

/**
 * `entry` is `worker`, `server` or `bundle`, or the path of a TypeScript module. Compiled by `npm run build`, we run what was compiled
 * with us; else the boot runs sources that it has compiled.
 */
export function programOf(entry: string): Program {
  if (path.isAbsolute(entry)) return { file: entry, args: [], execArgv: ['--import', import.meta.resolve('tsx')] }
  const scripts = path.dirname(import.meta.dirname)
  if (path.extname(import.meta.filename) === '.js')
    return { file: path.join(scripts, 'processes', `${entry}-part.js`), args: [], execArgv: [] }
  return { file: path.join(scripts, 'boot', 'part.mjs'), args: [entry], execArgv: [] }
}

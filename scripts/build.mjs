// npm run build: compiles to dist/ (or --outDir), with the web app in its folder web/, and sets beside it the plain JavaScript that the
// compiler leaves out, because it has a declaration file of its own. Further arguments go to the compiler.
import { spawnSync } from 'node:child_process'
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { ensureWeb } from './boot/web.mjs'

const project = path.resolve(import.meta.dirname, '..')
const given = process.argv.slice(2)
const out = path.resolve(project, given.includes('--outDir') ? given[given.indexOf('--outDir') + 1] : 'dist')

const compiler = path.join(project, 'node_modules', 'typescript', 'bin', 'tsc')
const { status } = spawnSync(process.execPath, [compiler, '-p', path.join(project, 'tsconfig.build.json'), ...given], {
  stdio: 'inherit',
})
if (status !== 0) process.exit(status ?? 1)

for (const file of readdirSync(path.join(project, 'scripts'), { recursive: true })) {
  const source = path.join(project, 'scripts', file)
  if (!file.endsWith('.mjs') || !existsSync(source.replace(/\.mjs$/, '.d.mts'))) continue
  const target = path.join(out, 'scripts', file)
  mkdirSync(path.dirname(target), { recursive: true })
  copyFileSync(source, target)
}

cpSync(ensureWeb(), path.join(out, 'web'), { recursive: true })

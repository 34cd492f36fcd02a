// node build-web.mjs FOLDER: builds the web app into it, with a copy of each file for every encoding that browsers take.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { build } from 'vite'

const folder = path.resolve(process.argv[2] ?? 'dist/web')
const root = path.resolve(import.meta.dirname, '..', '..', 'web')

await build({
  root,
  configFile: false,
  logLevel: 'warn',
  plugins: [react()],
  build: {
    outDir: folder,
    emptyOutDir: true,
    // Files alone: the page's policy lets fonts and styles come from nowhere else.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2023',
    // The first that know light-dark().
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
  },
})

const assets = path.join(folder, 'assets')
const files = readdirSync(assets)
for (const name of files) {
  const content = readFileSync(path.join(assets, name))
  const brotli = {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
  }
  writeFileSync(path.join(assets, `${name}.br`), brotliCompressSync(content, brotli))
  writeFileSync(path.join(assets, `${name}.gz`), gzipSync(content, { level: 9 }))
}
writeFileSync(path.join(folder, 'built.json'), JSON.stringify({ files }))

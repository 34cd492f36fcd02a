/**
 * A compiler plugin: compiled code behaves as if it still lay where its source lies. What a file asks about its own place is answered
 * with the source's, and what packages load by name at run time is loaded from there.
 */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

/** Packages that are big and needed by few: loaded from their own files, when first touched. */
const WHEN_TOUCHED = /^(webpack|memfs|unionfs|@swc\/core|pg-native)$/

/** A megabyte of object literal, which V8 reads several times faster as JSON. */
const PROTOCOL = path.join('@temporalio', 'proto', 'protos', 'json-module.js')

/** Asks whether it runs on another engine than Node by making a response, for which Node loads its whole web client. */
const STREAM = path.join('pg', 'lib', 'stream.js')

const PLACE = /\bimport\.meta\b|\b__dirname\b|\b__filename\b|\brequire\.resolve\(/

export function asIfInPlace(project) {
  return {
    name: 'as-if-in-place',
    setup(build) {
      build.onResolve({ filter: WHEN_TOUCHED }, ({ path: name }) => ({ path: name, namespace: 'when-touched' }))
      build.onLoad({ filter: /.*/, namespace: 'when-touched' }, ({ path: name }) => ({
        contents: whenTouched(name, project),
      }))
      build.onResolve({ filter: /\.node$/ }, ({ path: name }) => ({ path: name, external: true }))
      // A pattern import takes all files of a folder; tests are none of its.
      build.onLoad({ filter: /\.test\.ts$/ }, () => ({ contents: '' }))
      build.onLoad({ filter: /\.[cm]?[jt]s$/ }, async ({ path: file }) => {
        const text = await readFile(file, 'utf8')
        if (file.endsWith(PROTOCOL)) return { contents: asText(text, file), resolveDir: path.dirname(file) }
        if (file.endsWith(STREAM)) return { contents: onNode(text, file), resolveDir: path.dirname(file) }
        if (!PLACE.test(text)) return undefined
        return {
          contents: placed(text, file, project),
          loader: file.endsWith('ts') ? 'ts' : 'js',
          resolveDir: path.dirname(file),
        }
      })
    },
  }
}

function whenTouched(name, project) {
  const from = JSON.stringify(path.join(project, 'package.json'))
  return `module.exports = new Proxy({ __esModule: true }, {
    get: (known, key) => key in known ? known[key] : require('node:module').createRequire(${from})(${JSON.stringify(name)})[key],
  })`
}

function placed(text, file, project) {
  const quoted = JSON.stringify(file)
  const folder = JSON.stringify(path.dirname(file))
  const resolver = `require('node:module').createRequire(${quoted})`
  let out = text
    .replace(/\bimport\.meta\.filename\b/g, quoted)
    .replace(/\bimport\.meta\.dirname\b/g, folder)
    .replace(/\bimport\.meta\.url\b/g, JSON.stringify(pathToFileURL(file).href))
    .replace(
      /\bimport\.meta\.resolve\(/g,
      `(name => require('node:url').pathToFileURL(${resolver}.resolve(name)).href)(`,
    )
  if (file.endsWith('threaded-vm.js')) {
    const there = "require.resolve('./workflow-worker-thread')"
    if (!out.includes(there)) throw new Error(`${file} starts its thread in another way than known`)
    out = out.replace(there, JSON.stringify(path.join(project, 'scripts/boot/thread.mjs')))
  }
  out = out.replace(/\brequire\.resolve\(/g, `${resolver}.resolve(`)
  if (/\b__dirname\b/.test(out) && !/(const|let|var) __dirname\b/.test(out)) out = `var __dirname = ${folder};${out}`
  if (/\b__filename\b/.test(out) && !/(const|let|var) __filename\b/.test(out)) out = `var __filename = ${quoted};${out}`
  return out
}

function asText(text, file) {
  const [, before, literal, after] = /^([^]*?\.addJSON\()(\{[^]*\})(\)[^]*)$/.exec(text) ?? []
  if (literal === undefined) throw new Error(`${file} describes the protocol in another way than known`)
  return `${before}JSON.parse(${JSON.stringify(JSON.stringify(JSON.parse(literal)))})${after}`
}

function onNode(text, file) {
  const question = "typeof Response === 'function'"
  if (!text.includes(question)) throw new Error(`${file} asks about its engine in another way than known`)
  return text.replace(question, 'false')
}

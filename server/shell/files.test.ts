import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bestBody, readWeb, type WebFiles } from './files.ts'

let folder = ''
let files: WebFiles
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'dealwright-web-'))
  mkdirSync(path.join(folder, 'assets'))
  writeFileSync(path.join(folder, 'index.html'), '<html>')
  for (const name of ['a.js', 'a.js.br', 'a.js.gz', 'b.css', 'notes.txt', 'a.js.map'])
    writeFileSync(path.join(folder, 'assets', name), name)
  files = readWeb(folder)
})
afterAll(() => rmSync(folder, { recursive: true }))

const taken = (name: string, accepts: string) => {
  const asset = files.assets.get(name)
  return asset && new TextDecoder().decode(bestBody(asset, accepts).bytes)
}

describe('the built app', () => {
  it('is its page and the files of the kinds that it is made of', () => {
    expect(files.index).toBe('<html>')
    expect([...files.assets.keys()].toSorted()).toEqual(['a.js', 'b.css'])
  })

  it.each([
    ['gzip, deflate, br, zstd', 'a.js.br'],
    ['gzip', 'a.js.gz'],
    ['br;q=0, gzip;q=0.5', 'a.js.gz'],
    ['identity', 'a.js'],
    ['', 'a.js'],
  ])('is given in the best form that is taken: %s', (accepts, body) => {
    expect(taken('a.js', accepts)).toBe(body)
    expect(taken('b.css', accepts)).toBe('b.css')
  })

  it('is read once: what becomes of the folder does not matter', () => {
    writeFileSync(path.join(folder, 'assets', 'a.js'), 'another')
    expect(taken('a.js', '')).toBe('a.js')
  })
})

#!/usr/bin/env node
/**
 * The `dealwright` command. In a clone it runs the TypeScript sources, setting up first what is missing; compiled, it lies
 * beside their JavaScript.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const at = file => new URL(file, import.meta.url)

if (existsSync(at('./cli.ts'))) {
  const ready = ['../node_modules/.dealwright-stamp', '../db/generated/.stamp'].every(file => existsSync(at(file)))
  if (!ready) {
    const { status } = spawnSync(process.execPath, [fileURLToPath(at('./setup.mjs'))], {
      stdio: ['inherit', 2, 'inherit'],
    })
    if (status !== 0) process.exit(1)
  }
  const { register } = await import('tsx/esm/api')
  register()
  await import('./cli.ts')
} else {
  await import('./cli.js')
}

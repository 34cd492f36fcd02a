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
  if (!existsSync(at('../node_modules/.dealwright-stamp'))) {
    const { status } = spawnSync(process.execPath, [fileURLToPath(at('./setup.mjs'))], {
      stdio: ['inherit', 2, 'inherit'],
    })
    if (status !== 0) process.exit(1)
  }
  const { runProgram } = await import('./boot/run.mjs')
  const [command = '', ...rest] = process.argv.slice(2)
  const known = /^[a-z]+$/.test(command) && existsSync(at(`./commands/${command}.ts`))
  const { beginAhead } =
    command === 'up' && rest.every(arg => !/^(-h|--help)$/.test(arg)) ? await import('./boot/ahead.mjs') : {}
  await runProgram('cli', known ? `cli-${command}` : 'cli', beginAhead)
} else {
  await import('./cli.js')
}

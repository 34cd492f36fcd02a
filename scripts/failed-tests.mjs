// Prints each failed test of a vitest JSON report with the first lines of its error: file, name, what went wrong, where.
import { readFileSync } from 'node:fs'
import path from 'node:path'

const LINES = 6
const WIDTH = 220

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const root = path.resolve(import.meta.dirname, '..')
// oxlint-disable-next-line no-control-regex -- the colours of a terminal
const COLOUR = /\u001B\[[0-9;]*m/g

/** The message, and of the stack only the place in our own code. */
function firstLines(text) {
  const lines = text
    .replace(COLOUR, '')
    .split('\n')
    .filter(line => line.trim() !== '')
  const message = lines.filter(line => !/^\s*at /.test(line)).slice(0, LINES)
  const place = lines.find(line => /^\s*at /.test(line) && line.includes(root) && !line.includes('node_modules'))
  return [...message, ...(place ? [place] : [])].map(line =>
    `    ${line.replaceAll(root + path.sep, '').trim()}`.slice(0, WIDTH),
  )
}

for (const file of report.testResults) {
  const name = path.relative(root, file.name)
  const failed = file.assertionResults.filter(test => test.status === 'failed')
  for (const test of failed) {
    console.log(`  FAILED ${name}: ${test.fullName}`)
    for (const line of test.failureMessages.slice(0, 2).flatMap(firstLines)) console.log(line)
  }
  if (file.status === 'failed' && failed.length === 0) {
    console.log(`  FAILED ${name}, outside of its tests`)
    for (const line of firstLines(file.message ?? '')) console.log(line)
  }
}

/** From lines of compiled scripts back to lines of our sources, for stack traces. */
import { readFileSync } from 'node:fs'
import path from 'node:path'

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const VALUE = new Map(DIGITS.split('').map((digit, value) => [digit, value]))

/**
 * The little of a source map (version 3) that a stack trace needs: for each compiled line that came from a source of ours, the source and
 * its line. `lines` holds triples: compiled line, source, source line; lines from 1. `nameOf` gives a source's path from the project's
 * folder.
 */
export function linesOf(map, nameOf) {
  const names = map.sources.map(nameOf)
  const sources = []
  const numbers = new Map()
  const lines = []
  const at = { source: 0, line: 0 }
  map.mappings.split(';').forEach((text, n) => {
    let first = true
    for (const segment of text === '' ? [] : text.split(',')) {
      const [, source, line] = fieldsOf(segment)
      if (source === undefined) continue
      at.source += source
      at.line += line
      const name = names[at.source]
      if (!first || name.startsWith('node_modules/')) continue
      first = false
      if (!numbers.has(name)) numbers.set(name, sources.push(name) - 1)
      lines.push(n + 1, numbers.get(name), at.line + 1)
    }
  })
  return { sources, lines }
}

/** Base 64 digits, lowest first: a sixth bit that says whether more follow, and in the first digit a sign. */
function fieldsOf(segment) {
  const fields = []
  let value = 0
  let shift = 0
  for (const digit of segment) {
    const bits = VALUE.get(digit)
    value += (bits & 31) << shift
    shift += 5
    if (bits & 32) continue
    fields.push(value & 1 ? -(value >> 1) : value >> 1)
    value = shift = 0
  }
  return fields
}

/** Stack traces of `script` name our sources from now on. Nothing is read before the first trace. */
export function mapTraces(script, linesFile, project) {
  let table
  const place = line => {
    table ??= tableFrom(linesFile)
    return table.get(Number(line))
  }
  const pattern = new RegExp(`${script.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}:(\\d+):(\\d+)`, 'g')
  Error.prepareStackTrace = (error, frames) => {
    // oxlint-disable-next-line typescript/no-base-to-string -- a call site writes itself as its line of the trace
    const text = [String(error), ...frames].join('\n    at ')
    return text.replace(pattern, (whole, line) => {
      const found = place(line)
      return found ? path.join(project, found) : whole
    })
  }
}

function tableFrom(file) {
  const table = new Map()
  try {
    const { sources, lines } = JSON.parse(readFileSync(file, 'utf8'))
    for (let n = 0; n < lines.length; n += 3) table.set(lines[n], `${sources[lines[n + 1]]}:${lines[n + 2]}`)
  } catch {
    // swept away since: traces then name the script
  }
  return table
}

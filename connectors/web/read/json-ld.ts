/** JSON-LD: parsed objects, cut to a sane size, and one line of text per leaf. */

const MAX_OBJECTS = 50
const MAX_DEPTH = 20
const MAX_LEAVES = 2_000
const MAX_VALUE = 2_000
/** Names for machines: they stay in the objects but make no line. */
const TECHNICAL = /(^|\.)@(context|id)$/
/** These would reach an object's prototype when copied. */
const UNSAFE_KEYS = new Set(['__proto__', 'constructor', 'prototype'])

export interface DataLine {
  /** Dotted path of property names, list positions left out: `address.addressLocality`. */
  path: string
  value: string
}

export interface PageData {
  objects: unknown[]
  lines: DataLine[]
  warnings: string[]
}

/** Reads the scripts of type `application/ld+json`. What is broken or too much is left out with a warning. */
export function readJsonLd(scripts: string[]): PageData {
  const data: PageData = { objects: [], lines: [], warnings: [] }
  for (const script of scripts) {
    const parsed = parse(script)
    if (parsed === undefined) {
      data.warnings.push('a JSON-LD script is not valid JSON and was left out')
      continue
    }
    for (const object of Array.isArray(parsed) ? parsed : [parsed]) {
      if (data.objects.length >= MAX_OBJECTS) {
        data.warnings.push(`more than ${MAX_OBJECTS} JSON-LD objects: the rest was left out`)
        return data
      }
      data.objects.push(copy(object, '', 0, data.lines))
    }
  }
  if (data.lines.length >= MAX_LEAVES)
    data.warnings.push(`more than ${MAX_LEAVES} JSON-LD values: the rest was left out`)
  return data
}

/** Some pages wrap the script in CDATA or an HTML comment. */
function parse(script: string): unknown {
  const bare = script.replace(/^\s*(?:<!--|(?:\/\/)?\s*<!\[CDATA\[)/, '').replace(/(?:-->|(?:\/\/)?\s*\]\]>)\s*$/, '')
  try {
    return JSON.parse(bare)
  } catch {
    return undefined
  }
}

function copy(value: unknown, path: string, depth: number, lines: DataLine[]): unknown {
  if (depth > MAX_DEPTH || lines.length >= MAX_LEAVES) return null
  if (Array.isArray(value)) return value.map(item => copy(item, path, depth + 1, lines))
  if (typeof value === 'object' && value !== null) {
    const result: Record<string, unknown> = {}
    for (const [key, inner] of Object.entries(value)) {
      if (UNSAFE_KEYS.has(key)) continue
      result[key] = copy(inner, path === '' ? key : `${path}.${key}`, depth + 1, lines)
    }
    return result
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  if (value !== null && !TECHNICAL.test(path) && text.trim() !== '') {
    lines.push({ path: path.replace(/^@graph\.?/, ''), value: text.slice(0, MAX_VALUE) })
  }
  return value
}

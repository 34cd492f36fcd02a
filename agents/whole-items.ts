/** The items of the first list in a JSON text that may still be coming in: those that are whole, as they were written. */
export function wholeItems(text: string): string[] {
  const items: string[] = []
  let depth = 0
  let inString = false
  let start = -1
  const from = text.indexOf('[')
  if (from < 0) return items
  for (let i = from + 1; i < text.length; i++) {
    const c = text[i]
    if (inString) {
      if (c === '\\') i++
      else if (c === '"') inString = false
    } else if (c === '"') inString = true
    else if (c === '{' || c === '[') {
      if (depth === 0) start = i
      depth++
    } else if (c === '}' || c === ']') {
      if (depth === 0) return items
      depth--
      if (depth === 0) items.push(text.slice(start, i + 1))
    }
  }
  return items
}

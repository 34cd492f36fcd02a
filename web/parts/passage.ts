/** A stored text with one passage of it marked. */
interface Wanted {
  quote: string
  start?: number
  end?: number
}

/** @returns escaped HTML; `found`: whether the passage stands in it */
export function litHtml(text: string, wanted: Wanted): { html: string; found: boolean } {
  const place = placeOf(text, wanted)
  if (!place) return { html: `<pre>${escape(text)}</pre>`, found: false }
  const [start, end] = place
  const parts = [text.slice(0, start), text.slice(start, end), text.slice(end)].map(escape)
  return { html: `<pre>${parts[0]}<mark>${parts[1]}</mark>${parts[2]}</pre>`, found: true }
}

/** Where it is said to stand; else where the words stand, whatever white space lies between them. */
function placeOf(text: string, { quote, start, end }: Wanted): [number, number] | null {
  if (start !== undefined && end !== undefined && end > start && end <= text.length) return [start, end]
  const words = quote.trim().split(/\s+/).filter(Boolean)
  if (words.length === 0) return null
  const pattern = words.map(word => word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('\\s+')
  const found = new RegExp(pattern, 'u').exec(text) ?? new RegExp(pattern, 'iu').exec(text)
  return found ? [found.index, found.index + found[0].length] : null
}

const NAMES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escape = (text: string): string => text.replaceAll(/[&<>"']/g, sign => NAMES[sign] ?? sign)

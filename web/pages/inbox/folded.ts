/** What a mail says itself, and what it only quotes of earlier ones. */

/** Lines with which mail programs begin what they quote. */
const BEGINS =
  /^(>|On .{4,200} wrote:$|Am .{4,200} schrieb .{1,200}:$|Le .{4,200} a écrit\s?:$|-{2,} ?Original Message ?-{2,}$|_{8,}$)/

/**
 * @param quote a sentence that has to stay in sight
 * @returns `shown` and what is folded away behind it; nothing is, where all of it would be
 */
export function folded(text: string, quote: string | null): { shown: string; rest: string } {
  const lines = text.split('\n')
  const first = lines.findIndex(line => BEGINS.test(line.trim()))
  const shown = lines.slice(0, first).join('\n').trimEnd()
  const isUseless =
    first < 0 || shown.trim() === '' || (quote !== null && text.includes(quote) && !shown.includes(quote))
  return isUseless ? { shown: text, rest: '' } : { shown, rest: lines.slice(first).join('\n') }
}

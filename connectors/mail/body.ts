/** The two readings of an outgoing mail: plain text as people see it in the approval, and HTML made from that very text. */

const URL_IN_TEXT = /https?:\/\/[^\s<>"]+/g
/** Punctuation that ends the sentence around a link, not the link. */
const AFTER_URL = /[.,;:!?)\]}'’”»]+$/u

/** Addresses of pages in a text, in order. */
export function urlsIn(text: string): string[] {
  return [...text.matchAll(URL_IN_TEXT)].map(([found]) => found.replace(AFTER_URL, ''))
}

/** Paragraphs and line breaks of the text, escaped; an address of a page becomes a link only if it is one of `links`. */
export function htmlOf(text: string, links: readonly string[]): string {
  const allowed = new Set(links)
  const paragraphs = text
    .trimEnd()
    .split(/\n{2,}/)
    .filter(paragraph => paragraph !== '')
    .map(paragraph => `<p>${lineBreaks(linked(paragraph, allowed))}</p>`)
  return `<!DOCTYPE html>\n<html><head><meta charset="utf-8"></head><body>\n${paragraphs.join('\n')}\n</body></html>\n`
}

function linked(text: string, allowed: ReadonlySet<string>): string {
  let html = ''
  let done = 0
  for (const match of text.matchAll(URL_IN_TEXT)) {
    const url = match[0].replace(AFTER_URL, '')
    if (!allowed.has(url)) continue
    html += `${escapeHtml(text.slice(done, match.index))}<a href="${escapeHtml(url)}">${escapeHtml(url)}</a>`
    done = match.index + url.length
  }
  return html + escapeHtml(text.slice(done))
}

const lineBreaks = (html: string): string => html.replaceAll('\n', '<br>\n')

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => ESCAPES[character] as string)
}

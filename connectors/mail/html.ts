/** The HTML that a mail was written in, for a frame that runs and loads nothing. */
import { simpleParser } from 'mailparser'

/** Bytes of a mail that is looked into, and characters that are given: what is beyond is read as text. */
const MOST_BYTES = 10_000_000
const MOST_HTML = 1_000_000

/** As it was sent, and so hostile; null where there is none, or too much of it. Never throws for what a mail holds. */
export async function htmlOf(raw: Uint8Array): Promise<string | null> {
  if (raw.byteLength === 0 || raw.byteLength > MOST_BYTES) return null
  try {
    const { html } = await simpleParser(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength), {
      skipHtmlToText: true,
      skipTextToHtml: true,
      checksumAlgo: false,
    })
    return html === false || html === undefined || html === '' || html.length > MOST_HTML
      ? null
      : html.replace(/\0/g, '')
  } catch {
    return null
  }
}

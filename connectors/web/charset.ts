/** From bytes to text: byte order mark, then header, then what the document says of itself, then a guess. */
import iconv from 'iconv-lite'

/** How far into the document a declaration is looked for (HTML asks for 1,024 bytes; real pages need more). */
const SNIFF_BYTES = 4_096

/** Labels that the web uses for another encoding than their name says (WHATWG Encoding Standard). */
const WEB_NAMES = new Map([
  ...['iso-8859-1', 'iso8859-1', 'latin1', 'latin-1', 'l1', 'ascii', 'us-ascii', 'cp819', 'x-user-defined'].map(
    (label): [string, string] => [label, 'windows-1252'],
  ),
  ['iso-8859-9', 'windows-1254'],
  ['latin5', 'windows-1254'],
  ['tis-620', 'windows-874'],
  ['iso-8859-11', 'windows-874'],
  ['gb2312', 'gbk'],
  ['gb_2312-80', 'gbk'],
  ['ks_c_5601-1987', 'euc-kr'],
  ['x-sjis', 'shift_jis'],
  ['shift-jis', 'shift_jis'],
  ['sjis', 'shift_jis'],
  ['windows-31j', 'shift_jis'],
  ['ms_kanji', 'shift_jis'],
  ['utf8', 'utf-8'],
  ['unicode-1-1-utf-8', 'utf-8'],
])

export interface Decoded {
  text: string
  charset: string
}

/**
 * Decodes a body. `contentType` is the header's value. A label that no decoder knows counts as no label; without any,
 * the text is UTF-8 if it is valid UTF-8 and windows-1252 otherwise. Never throws: what cannot be decoded becomes U+FFFD.
 */
export function decodeBody(body: Buffer, contentType: string | null): Decoded {
  const marked = byMark(body)
  if (marked !== null) return { text: iconv.decode(body, marked), charset: marked }
  const label = known(inHeader(contentType)) ?? known(inDocument(body)) ?? guess(body)
  return { text: decodeAs(body, label), charset: label }
}

function byMark(body: Buffer): string | null {
  if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) return 'utf-8'
  if (body[0] === 0xfe && body[1] === 0xff) return 'utf-16be'
  if (body[0] === 0xff && body[1] === 0xfe) return 'utf-16le'
  return null
}

function inHeader(contentType: string | null): string | null {
  return /;\s*charset\s*=\s*["']?([^\s"';,]+)/i.exec(contentType ?? '')?.[1] ?? null
}

function inDocument(body: Buffer): string | null {
  const start = body.subarray(0, SNIFF_BYTES).toString('latin1')
  const declared =
    /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([^\s"'/>;]+)/i.exec(start) ??
    /^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([^"']+)/i.exec(start)
  const label = declared?.[1]?.toLowerCase() ?? null
  // A declaration that could be read byte by byte cannot stand in UTF-16.
  return label?.startsWith('utf-16') === true ? 'utf-8' : label
}

function known(label: string | null): string | null {
  if (label === null) return null
  const lower = label.trim().toLowerCase()
  const name = WEB_NAMES.get(lower) ?? lower
  if (iconv.encodingExists(name)) return name
  try {
    return new TextDecoder(name).encoding
  } catch {
    return null
  }
}

function guess(body: Buffer): string {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(body)
    return 'utf-8'
  } catch {
    return 'windows-1252'
  }
}

/** iconv-lite lacks a few encodings (ISO-2022-JP) that the runtime's own decoder has. */
function decodeAs(body: Buffer, charset: string): string {
  return iconv.encodingExists(charset) ? iconv.decode(body, charset) : new TextDecoder(charset).decode(body)
}

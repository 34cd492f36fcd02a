/** What comes from requests, made safe to be logged and looked at: no line breaks, no control or direction characters, not too long. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu

export function plainly(text: string, longest = 300): string {
  const safe = text.replace(UNSAFE, char => `\\u${char.codePointAt(0)?.toString(16).padStart(4, '0')}`)
  return safe.length > longest ? `${safe.slice(0, longest)}…` : safe
}

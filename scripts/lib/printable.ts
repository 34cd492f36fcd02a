/**
 * Text for a terminal. What came from pages and mails may hold escape sequences that would move the cursor, rename the window
 * or hide lines, and marks that turn the direction of reading: they are shown as what they are, never obeyed.
 */

// oxlint-disable-next-line no-control-regex -- these are what is looked for
const UNSAFE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** Line feeds and tabs stay; every other control or direction mark becomes U+FFFD, `\r\n` a line feed. */
export function printable(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(UNSAFE, '\uFFFD')
}

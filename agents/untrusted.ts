import { sha256 } from './prompt.ts'

/**
 * Marks text that strangers wrote as data. The fence carries a hash of the text itself, so the text cannot contain its
 * own closing fence. It helps a model tell data from instructions; what protects is the schema and the checks.
 */
export function untrusted(text: string): string {
  const mark = sha256(text).slice(0, 12)
  return `<<data ${mark}>>\n${text}\n<<end ${mark}>>`
}

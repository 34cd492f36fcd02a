/** A sentence as a value: without its list mark and end punctuation. */
export function statement(text: string): string {
  return text.replace(/^[-–•*]\s+/u, '').replace(/[\s.!]+$/u, '')
}

/** Sets statements into paragraphs, between sentences that state nothing. */
import type { Random } from '../random.ts'
import type { Block } from '../types.ts'

/** Label lines such as `Phone: …` stand alone; sentences share paragraphs of one to three. */
export function compose(sentences: string[], filler: string[], random: Random): Block[] {
  const blocks: Block[] = []
  let open: string[] = []
  const close = (): void => {
    if (open.length > 0) blocks.push({ kind: 'paragraph', text: open.join(' ') })
    open = []
  }
  for (const sentence of sentences) {
    if (!/[.!?”"»]$/.test(sentence)) {
      close()
      blocks.push({ kind: 'paragraph', text: sentence })
      continue
    }
    open.push(sentence)
    if (open.length === 3 || random.chance(0.45)) close()
  }
  close()
  const calm = random.sample(filler, 1)
  if (calm[0]) blocks.splice(random.int(0, blocks.length), 0, { kind: 'paragraph', text: calm[0] })
  return blocks
}

/** Sets the value of a statement in bold in the paragraph that holds it, as many sites do. */
export function embolden(blocks: Block[], value: string): void {
  for (const block of blocks) {
    if (block.kind === 'paragraph' && !block.strong && block.text.includes(value)) {
      block.strong = value
      return
    }
  }
}

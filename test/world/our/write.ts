/** Writes our knowledge as Markdown files with front matter, one a file, named by id. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stringify } from 'yaml'
import type { KnowledgeFile, World } from '../types.ts'

export function knowledgeMarkdown({ id, kind, title, source, text }: KnowledgeFile): string {
  return `---\n${stringify({ id, kind, title, source })}---\n\n${text}\n`
}

/** Creates `dir` where needed and overwrites files of the same names. Returns the file names. */
export async function writeKnowledge(world: World, dir: string): Promise<string[]> {
  await mkdir(dir, { recursive: true })
  const names = world.our.knowledge.map(file => `${file.id}.md`)
  await Promise.all(world.our.knowledge.map(file => writeFile(join(dir, `${file.id}.md`), knowledgeMarkdown(file))))
  return names
}

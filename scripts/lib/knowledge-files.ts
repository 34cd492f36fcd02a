/** The knowledge files of a folder. */
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { parseKnowledge, type KnowledgeFile } from '../../agents/knowledge.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { readText } from './read-file.ts'

/** All or none. @throws DealwrightError `bad_input` naming folder or file and what is wrong */
export async function readKnowledge(folder: string): Promise<KnowledgeFile[]> {
  const names = await namesIn(folder)
  if (names.length === 0) throw new DealwrightError('bad_input', `${folder} holds no .md files.`)
  const files: KnowledgeFile[] = []
  for (const name of names.toSorted()) {
    const file = path.join(folder, name)
    const item = parseKnowledge(await readText(file), file)
    const twin = files.findIndex(one => one.id === item.id)
    if (twin !== -1)
      throw new DealwrightError(
        'bad_input',
        `${file} has the id ${item.id}, which ${names.toSorted()[twin]} has already.`,
      )
    files.push(item)
  }
  return files
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter(
      name => name.toLowerCase().endsWith('.md') && name.toLowerCase() !== 'readme.md',
    )
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const why =
      code === 'ENOTDIR' ? 'is no folder' : code === 'EACCES' ? 'may not be read by this user' : 'does not exist'
    throw new DealwrightError('bad_input', `${folder} ${why}.`, { cause: error })
  }
}

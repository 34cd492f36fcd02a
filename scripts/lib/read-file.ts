/** A file named on the command line. */
import { readFile, stat } from 'node:fs/promises'
import { DealwrightError } from '../../domain/errors.ts'

const WHY: Record<string, string> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist',
  EACCES: 'may not be read by this user',
  EPERM: 'may not be read by this user',
  EISDIR: 'is a folder: name a file in it',
}

/** @throws DealwrightError `bad_input` for what is not there, cannot be read or is larger than `most` bytes */
export async function readBytes(file: string, most: number): Promise<Buffer> {
  try {
    const { size } = await stat(file)
    if (size > most)
      throw new DealwrightError('bad_input', `${file} is larger than ${Math.round(most / 1024 / 1024)} MB.`)
    return await readFile(file)
  } catch (error) {
    const why = WHY[(error as NodeJS.ErrnoException).code ?? '']
    if (why === undefined) throw error
    throw new DealwrightError('bad_input', `${file} ${why}.`, { cause: error })
  }
}

const TEXT_MOST = 5 * 1024 * 1024

/** UTF-8; a mark at its beginning is not part of it. */
export async function readText(file: string): Promise<string> {
  const bytes = await readBytes(file, TEXT_MOST)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw new DealwrightError('bad_input', `${file} is no UTF-8 text.`, { cause: error })
  }
}

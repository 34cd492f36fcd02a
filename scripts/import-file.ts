/** A file to import, opened: its bytes as a stream (unpacked if gzipped), its hash and its size. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'
import { DealwrightError } from '../domain/errors.ts'

export interface InputFile {
  /** SHA-256 of the file as it lies on the disk. */
  hash: string
  size: number
  /** To be called once; `onBytes` gets how many bytes of the file have been read. */
  stream: (onBytes?: (bytes: number) => void) => AsyncIterable<Uint8Array>
}

const CHUNK = 256 * 1024

/** @throws DealwrightError `bad_input` for a file that is not there, is a folder or may not be read; `import_not_text` for a damaged archive, while reading */
export async function openInput(path: string): Promise<InputFile> {
  try {
    const facts = await stat(path)
    if (facts.isDirectory()) throw new DealwrightError('bad_input', `${path} is a folder. Name one file of it.`)
    if (!facts.isFile()) throw new DealwrightError('bad_input', `${path} is no regular file.`)
    const gzipped = await isGzipped(path)
    const hash = createHash('sha256')
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK })) hash.update(chunk as Buffer)
    return { hash: hash.digest('hex'), size: facts.size, stream: onBytes => read(path, gzipped, onBytes) }
  } catch (error) {
    throw named(path, error)
  }
}

async function isGzipped(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0)
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b
  } finally {
    await file.close()
  }
}

async function* read(path: string, gzipped: boolean, onBytes?: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  const file = createReadStream(path, { highWaterMark: CHUNK })
  const stream = gzipped ? file.pipe(createGunzip()) : file
  if (gzipped) file.on('error', error => stream.destroy(error))
  try {
    for await (const chunk of stream) {
      onBytes?.(file.bytesRead)
      yield chunk as Buffer
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ''
    if (code.startsWith('Z_'))
      throw new DealwrightError(
        'import_not_text',
        `${path} is a damaged gzip archive: it breaks off or does not unpack.`,
        { cause: error },
      )
    throw named(path, error)
  } finally {
    file.destroy()
  }
}

const WHY: Record<string, string> = {
  ENOENT: 'does not exist',
  EACCES: 'may not be read by this user',
  EPERM: 'may not be read by this user',
  ENOTDIR: 'does not exist',
  EIO: 'cannot be read from the disk',
}

function named(path: string, error: unknown): unknown {
  const why = WHY[(error as NodeJS.ErrnoException).code ?? '']
  return why === undefined ? error : new DealwrightError('bad_input', `${path} ${why}.`, { cause: error })
}

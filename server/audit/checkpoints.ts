/** The file of signed checkpoints: one JSON document a line, only ever added to. It lies outside the database, with the server. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
  writeSync,
} from 'node:fs'
import { z } from 'zod'
import type { Checkpoint } from '../../domain/audit/checkpoint.ts'

const line = z.object({
  seal: z.int().positive(),
  lastId: z.int().positive(),
  events: z.int().positive(),
  hash: z.string(),
  at: z.string(),
  keyId: z.string(),
  signature: z.string(),
})

/** In the order written. `unreadable`: numbers of the lines that are no checkpoint. */
export function readCheckpoints(file: string): { checkpoints: Checkpoint[]; unreadable: number[] } {
  const checkpoints: Checkpoint[] = []
  const unreadable: number[] = []
  if (!existsSync(file)) return { checkpoints, unreadable }
  const lines = readFileSync(file, 'utf8').split('\n')
  // What stands behind the last line's end was cut off while it was written.
  for (const [n, text] of lines.slice(0, -1).entries()) {
    const parsed = parse(text)
    if (parsed === null) unreadable.push(n + 1)
    else checkpoints.push(parsed)
  }
  return { checkpoints, unreadable }
}

function parse(text: string): Checkpoint | null {
  try {
    return line.parse(JSON.parse(text))
  } catch {
    return null
  }
}

/** Adds one and waits until it is on the disk. A line that was cut off by a crash gives way. */
export function appendCheckpoint(file: string, checkpoint: Checkpoint): void {
  dropCutOff(file)
  const handle = openSync(file, 'a', 0o600)
  try {
    writeSync(handle, `${JSON.stringify(checkpoint)}\n`)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

const NEW_LINE = 0x0a

function dropCutOff(file: string): void {
  const size = existsSync(file) ? statSync(file).size : 0
  if (size === 0) return
  const handle = openSync(file, 'r+')
  try {
    const last = Buffer.alloc(1)
    readSync(handle, last, 0, 1, size - 1)
    if (last[0] !== NEW_LINE) ftruncateSync(handle, readFileSync(file).lastIndexOf(NEW_LINE) + 1)
  } finally {
    closeSync(handle)
  }
}

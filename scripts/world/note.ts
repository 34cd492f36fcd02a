/** The note in a home that says which sample world it holds. Apart from the world itself, which is big: every start looks here. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Home } from '../home.ts'

/** Which sample a home holds, and whether it was loaded to the end. */
export interface SampleNote {
  seed: string
  leads: number
  now: string
  loaded: boolean
}

const noteFile = (home: Home): string => path.join(home.folder, 'sample.json')

/** Null: this home holds no sample. */
export function readSampleNote(home: Home): SampleNote | null {
  if (!existsSync(noteFile(home))) return null
  return JSON.parse(readFileSync(noteFile(home), 'utf8')) as SampleNote
}

/** Written beside and renamed, so that a kill leaves the old note or the new one. */
export function writeSampleNote(home: Home, note: SampleNote): void {
  const draft = `${noteFile(home)}.${process.pid}`
  writeFileSync(draft, JSON.stringify(note))
  renameSync(draft, noteFile(home))
}

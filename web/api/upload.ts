/** Files on their way in: sent as they are, with what is asked of them in the address. */
import type { Answer } from './here.ts'
import { api } from './here.ts'
import { problemFrom } from './problem.ts'

export type ImportResult = Answer<typeof api.imports.$post>

export interface ImportAsked {
  file: string
  as?: string
  source?: string
  map?: string
  basis?: string
  dryRun?: 'true'
  start?: 'false'
}

/** Answers when it is done; how far it is stands at `api.imports` meanwhile. @throws ApiProblem */
export async function sendImport(file: Blob, asked: ImportAsked): Promise<ImportResult> {
  const address = api.imports.$url()
  for (const [name, value] of Object.entries(asked)) address.searchParams.set(name, String(value))
  let answer: Response
  try {
    answer = await fetch(address, {
      method: 'POST',
      body: file,
      headers: { 'content-type': 'text/csv' },
      credentials: 'same-origin',
    })
  } catch (error) {
    throw problemFrom(0, null, error)
  }
  const document: unknown = await answer.json().catch(() => null)
  if (!answer.ok) throw problemFrom(answer.status, document)
  return document as ImportResult
}

/** Where the rows that were kept aside can be had as a file. */
export const keptAddress = (id: string): string => api.imports[':id']['kept.csv'].$url({ param: { id } }).pathname

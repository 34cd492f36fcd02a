/** Imports as people see them: whose, how far, and what was kept aside. */
import type { Viewer } from '../../domain/access/viewer.ts'
import { scope } from '../access.ts'
import { keyset, pageOf, type Order, type Page, type PageRequest } from '../page.ts'
import { must, type Sql } from '../sql.ts'

export interface ImportRow {
  id: string
  file: string
  kind: string
  system: string
  status: string
  rows: number
  created: number
  merged: number
  kept: number
  error: string | null
  startedAt: Date
  endedAt: Date | null
}

const NEWEST: Order = {
  by: [
    { sql: 'j.started_at', type: 'timestamptz', key: 'startedAt' },
    { sql: 'j.id', type: 'uuid', key: 'id' },
  ],
  descending: true,
}

const ROW = `select j.id, j.file, j.kind, j.system, j.status, j.rows, j.created, j.merged, j.kept, j.error, j.started_at, j.ended_at from import_job j`

export async function listImports(sql: Sql, viewer: Viewer, request: PageRequest): Promise<Page<ImportRow>> {
  const values: unknown[] = []
  const mine = scope(viewer, 'import.see', 'j.created_by', values)
  const { where, tail } = keyset(NEWEST, request, values)
  return pageOf(await sql.rows<ImportRow>(`${ROW} where ${mine} and ${where} ${tail}`, values), NEWEST, request)
}

export function seenImport(sql: Sql, viewer: Viewer, id: string): Promise<ImportRow> {
  const values: unknown[] = [id]
  const mine = scope(viewer, 'import.see', 'j.created_by', values)
  return must('import', id, sql.row<ImportRow>(`${ROW} where j.id = $1 and ${mine}`, values))
}

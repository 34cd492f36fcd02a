/** All rows of a list as a file: page after page of the list as one sees it, so that it holds what one may see and nothing else. */
import { useState } from 'react'
import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { csvOf } from '../api/csv.ts'
import { formatNumber } from './format.ts'
import { toast, toastProblem } from './toast.tsx'

interface Page<T> {
  items: T[]
  next: string | null
}

interface Props<T> {
  /** Of the file, without its ending. */
  name: string
  columns: readonly { title: string; value: (row: T) => string | number | null }[]
  load: (cursor: string | undefined) => Promise<Page<T>>
}

/** More than this is a matter for the API, not for a browser. */
const MOST_ROWS = 20_000

export function ExportRows<T>({ name, columns, load }: Props<T>) {
  const [busy, setBusy] = useState(false)
  const run = async () => {
    setBusy(true)
    try {
      const rows: T[] = []
      let cursor: string | null | undefined
      do {
        const page = await load(cursor ?? undefined)
        rows.push(...page.items)
        cursor = page.next
      } while (cursor !== null && rows.length < MOST_ROWS)
      const text = csvOf(
        columns.map(({ title }) => title),
        rows.map(row => columns.map(({ value }) => value(row))),
      )
      save(`${name}.csv`, text)
      const all = cursor === null
      toast({
        message: `${formatNumber(rows.length)} rows saved${all ? '' : ': there are more, narrow the list down'}.`,
      })
    } catch (error) {
      toastProblem(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconDownload size={14} aria-hidden />}
      loading={busy}
      onClick={() => void run()}
    >
      Export
    </Button>
  )
}

function save(name: string, text: string): void {
  // Spreadsheets take a file for UTF-8 by its mark.
  const url = URL.createObjectURL(new Blob(['\uFEFF', text], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}

/** What happened with a record, newest first; older ones on demand. */
import type { RefObject } from 'react'
import { Button, Group, SegmentedControl } from '@mantine/core'
import { answered, api } from '../../api/here.ts'
import { Empty, RowSkeletons } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem.tsx'
import { useRows } from '../../parts/rows.ts'
import { lines } from './happening-groups.ts'
import { NoteBox } from './note.tsx'
import { keyOf, type Kind } from './record.ts'
import classes from './records.module.css'
import { TimelineLine } from './timeline-line.tsx'

const PARTS = [
  { value: '', label: 'All' },
  { value: 'talks', label: 'Mails and notes' },
  { value: 'agents', label: 'Agents' },
  { value: 'changes', label: 'Changes' },
]
type Part = 'talks' | 'agents' | 'changes'

interface Props {
  kind: Kind
  id: string
  mayNote: boolean
  note: RefObject<HTMLTextAreaElement | null>
  part: string
  setPart: (part: string) => void
}

export function Timeline({ kind, id, mayNote, note, part, setPart }: Props) {
  const list = useRows([...keyOf(kind, id), 'timeline', part], cursor =>
    answered(
      api.records[':kind'][':id'].timeline.$get({
        param: { kind, id },
        query: { limit: '40', ...(part ? { part: part as Part } : {}), ...(cursor ? { cursor } : {}) },
      }),
    ),
  )
  return (
    <section className={`dw-card ${classes.section}`} aria-label="Timeline">
      {mayNote && kind !== 'account' && <NoteBox kind={kind} id={id} place={note} />}
      <Group justify="flex-end" mt={mayNote ? 'xs' : 0}>
        <SegmentedControl size="xs" data={PARTS} value={part} onChange={setPart} aria-label="What to show" />
      </Group>
      {list.error && !list.rows ? (
        <ProblemNote error={list.error} retry={list.retry} />
      ) : !list.rows ? (
        <RowSkeletons rows={6} />
      ) : list.rows.length === 0 ? (
        <Empty title="Nothing has happened yet">
          Mails, calls, what agents do, what people decide and what changes stand here as they happen.
        </Empty>
      ) : (
        <ol className={classes.rows} aria-label="What happened, newest first">
          {lines(list.rows).map(line => (
            <TimelineLine key={line.id} line={line} kind={kind} id={id} />
          ))}
        </ol>
      )}
      {list.hasMore && (
        <Button variant="subtle" fullWidth mt="xs" loading={list.loading} onClick={list.more}>
          Show older
        </Button>
      )}
    </section>
  )
}

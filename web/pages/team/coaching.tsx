/** What people edited and refused of drafts, with their reasons: what to talk about, and what a playbook should learn. */
import { Badge, Button, Group, Select, Text } from '@mantine/core'
import { Link } from 'wouter'
import { answered, api, type Item } from '../../api/here.ts'
import { to } from '../../app/paths.ts'
import { Diff } from '../../parts/diff.tsx'
import { asText, inWords, shortSummary } from '../../parts/format.ts'
import { Empty, RowSkeletons } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem.tsx'
import { useRows } from '../../parts/rows.ts'
import { When } from '../../parts/time.tsx'
import { linesChanged } from './lines.ts'
import type { PersonFigures } from './people.tsx'
import classes from './team.module.css'

type Note = Item<(typeof api)['coaching-notes']['$get']>

interface Props {
  people: readonly PersonFigures[]
  /** Of one person alone; empty: of all. */
  by: string
  set: (by: string) => void
}

export function Coaching({ people, by, set }: Props) {
  const list = useRows(['coaching-notes', by], cursor =>
    answered(
      api['coaching-notes'].$get({
        query: { limit: '25', ...(by ? { by } : {}), ...(cursor ? { cursor } : {}) },
      }),
    ),
  )
  return (
    <div className={classes.notes}>
      <Select
        aria-label="Whose"
        data={[{ value: '', label: 'Everybody' }, ...people.map(({ id, name }) => ({ value: id, label: name }))]}
        value={by}
        onChange={next => set(next ?? '')}
        maw={260}
        size="xs"
        allowDeselect={false}
      />
      {list.error && !list.rows ? (
        <ProblemNote error={list.error} retry={list.retry} />
      ) : !list.rows ? (
        <RowSkeletons rows={4} />
      ) : list.rows.length === 0 ? (
        <Empty title="Nothing was edited or refused">
          As soon as somebody changes a draft before it leaves, or refuses it, both texts and the reason stand here.
        </Empty>
      ) : (
        list.rows.map(note => <One key={note.id} of={note} />)
      )}
      {list.hasMore && (
        <Button variant="subtle" size="xs" onClick={list.more}>
          Show more
        </Button>
      )}
    </div>
  )
}

function One({ of }: { of: Note }) {
  const [before, after] = [textOf(of.before), textOf(of.after)]
  return (
    <article className={classes.note}>
      <Group gap="xs" mb={4}>
        <Badge color={of.kind === 'edit' ? 'blue' : 'red'}>{of.kind === 'edit' ? 'Edited' : 'Refused'}</Badge>
        <Text size="xs" className="dw-soft">
          by {of.by || 'somebody'} <When at={of.at} />
          {of.playbook && `, from ${of.playbook}`}
        </Text>
      </Group>
      <Link href={to.approvals(of.actionId)} className={classes.title}>
        {shortSummary(of.summary) || inWords(of.actionKind)}
      </Link>
      {of.reason !== null && of.reason !== undefined && (
        <Text size="sm" mt={4} className={classes.reason}>
          {asText(of.reason)}
        </Text>
      )}
      {of.kind === 'edit' && before !== null && after !== null && <Diff parts={linesChanged(before, after)} />}
      {of.kind === 'refusal' && before !== null && (
        <Text size="sm" className={classes.refused} lineClamp={8}>
          {before}
        </Text>
      )}
      {before === null && (
        <Text size="sm" className="dw-soft">
          Its text was erased.
        </Text>
      )}
    </article>
  )
}

/** What people read of it: subject and text of a mail, else the fields. Null: erased. */
function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (typeof value !== 'object') return asText(value)
  const { subject, text } = value as { subject?: unknown; text?: unknown }
  if (typeof text !== 'string') return JSON.stringify(value, null, 2)
  return typeof subject === 'string' && subject !== '' ? `${subject}\n\n${text}` : text
}

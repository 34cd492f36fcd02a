/** The rows of the inbox: who wrote what, what it was taken for, and the sentence that decided; by label where it is still to be sorted. */
import { useEffect, useRef } from 'react'
import { Badge, Button, Group, Text, UnstyledButton } from '@mantine/core'
import { When } from '../../parts/time.tsx'
import classes from './inbox.module.css'
import { LABELS, type InboxRow, type Label } from './labels.ts'

interface Props {
  rows: readonly InboxRow[]
  gone: ReadonlySet<string>
  chosen: string | undefined
  choose: (id: string) => void
  grouped: boolean
  /** What was said a moment ago and is not sent yet. */
  said: Readonly<Record<string, Label>>
  more: (() => void) | undefined
}

export function InboxList({ rows, grouped, said, more, ...rest }: Props) {
  return (
    <>
      <ol className={classes.list} aria-label="Messages">
        {rows.map((row, n) => {
          const label = said[row.id] ?? row.label
          const isFirst = grouped && (n === 0 || rows[n - 1]?.label !== row.label)
          return <Row key={row.id} row={row} label={label} heading={isFirst} {...rest} />
        })}
      </ol>
      {more && (
        <Button variant="subtle" fullWidth onClick={more}>
          Show more
        </Button>
      )}
    </>
  )
}

type RowProps = { row: InboxRow; label: Label | null; heading: boolean } & Pick<Props, 'gone' | 'chosen' | 'choose'>

function Row({ row, label, heading, gone, chosen, choose }: RowProps) {
  const place = useRef<HTMLLIElement>(null)
  const isChosen = row.id === chosen
  useEffect(() => {
    if (isChosen) place.current?.scrollIntoView({ block: 'nearest' })
  }, [isChosen])
  return (
    <li ref={place} className={classes.row} data-gone={gone.has(row.id) || undefined}>
      {heading && <div className={classes.group}>{label ? LABELS[label].word : 'Not read yet'}</div>}
      <UnstyledButton
        className={classes.press}
        onClick={() => choose(row.id)}
        aria-current={isChosen || undefined}
        tabIndex={isChosen ? 0 : -1}
      >
        <Group justify="space-between" wrap="nowrap" gap="sm">
          <Text size="sm" fw={600} truncate>
            {row.contact ?? row.fromAddress}
            {row.account && (
              <Text span size="sm" fw={400} className="dw-soft">
                {' '}
                {row.account}
              </Text>
            )}
          </Text>
          <Text size="xs" className={classes.when}>
            <When at={row.at} />
          </Text>
        </Group>
        <Text size="sm" truncate>
          {row.subject || 'Without a subject'}
        </Text>
        <Group gap={6} wrap="nowrap" mt={2}>
          <Badge variant="dot" color={label ? LABELS[label].color : 'gray'} className={classes.badge}>
            {label ? LABELS[label].word : 'Not read yet'}
          </Badge>
          {row.contactId === null && (
            <Badge variant="dot" color="orange" className={classes.badge}>
              From nobody we know
            </Badge>
          )}
          <Text size="xs" className="dw-soft" truncate>
            {gone.has(row.id) ? 'Sorted by somebody else' : row.quote ? `“${row.quote}”` : ''}
          </Text>
        </Group>
      </UnstyledButton>
    </li>
  )
}

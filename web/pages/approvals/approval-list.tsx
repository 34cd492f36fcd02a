/** The rows of Approvals: what is asked, for whom, how risky, on how much evidence, until when. */
import { useEffect, useRef } from 'react'
import { Badge, Button, Checkbox, Group, Text, UnstyledButton } from '@mantine/core'
import type { Waiting } from '../../api/here.ts'
import { inWords, shortSummary } from '../../parts/format.ts'
import { Keys } from '../../parts/keys.tsx'
import { RiskBadge } from '../../parts/risk.tsx'
import { When } from '../../parts/time.tsx'
import classes from './approvals.module.css'

interface Props {
  rows: readonly Waiting[]
  gone: ReadonlySet<string>
  chosen: string | undefined
  choose: (id: string) => void
  ticked: ReadonlySet<string>
  tick: (id: string) => void
  /** How many are ticked and still wait. */
  batch: number
  approve: () => void
  refuse: () => void
  more: (() => void) | undefined
}

export function ApprovalList({ rows, batch, approve, refuse, more, ...rest }: Props) {
  return (
    <>
      {batch > 0 && (
        <Group className={classes.batch} gap="xs" role="toolbar" aria-label="All that are ticked">
          <Text size="sm" flex={1}>
            {batch} ticked
          </Text>
          <Button size="compact-sm" onClick={approve} rightSection={<Keys of="Shift+A" />}>
            Approve {batch}
          </Button>
          <Button size="compact-sm" variant="default" onClick={refuse} rightSection={<Keys of="Shift+R" />}>
            Refuse
          </Button>
        </Group>
      )}
      <ol className={classes.list} aria-label="What waits for you">
        {rows.map(row => (
          <Row key={row.id} row={row} {...rest} />
        ))}
      </ol>
      {more && (
        <Button variant="subtle" fullWidth onClick={more}>
          Show more
        </Button>
      )}
    </>
  )
}

type RowProps = { row: Waiting } & Pick<Props, 'gone' | 'chosen' | 'choose' | 'ticked' | 'tick'>

function Row({ row, gone, chosen, choose, ticked, tick }: RowProps) {
  const place = useRef<HTMLLIElement>(null)
  const isChosen = row.id === chosen
  const isGone = gone.has(row.id)
  useEffect(() => {
    if (isChosen) place.current?.scrollIntoView({ block: 'nearest' })
  }, [isChosen])
  return (
    <li ref={place} className={classes.row} data-chosen={isChosen || undefined} data-gone={isGone || undefined}>
      <Checkbox
        size="xs"
        className={classes.tick}
        checked={ticked.has(row.id)}
        onChange={() => tick(row.id)}
        aria-label={`Tick ${row.summary}`}
        disabled={isGone}
        tabIndex={-1}
      />
      <UnstyledButton
        className={classes.press}
        onClick={() => choose(row.id)}
        aria-current={isChosen || undefined}
        tabIndex={isChosen ? 0 : -1}
      >
        <Text size="sm" fw={550} lineClamp={2}>
          {shortSummary(row.summary)}
        </Text>
        <Text size="xs" className="dw-soft" lineClamp={1} mb={4}>
          {isGone ? 'Decided by somebody else' : (row.target ?? inWords(row.kind))}
          {row.owner ? ` · ${row.owner}` : ''}
        </Text>
        <Group gap={6}>
          {row.risk && <RiskBadge of={row.risk} />}
          {row.evidence > 0 && (
            <Badge color="gray">
              {row.evidence} {row.evidence === 1 ? 'quote' : 'quotes'}
            </Badge>
          )}
          {row.questions > 0 && <Badge color="orange">Question open</Badge>}
          {row.people > 1 && (
            <Badge color="grape">
              {row.approved} of {row.people} approved
            </Badge>
          )}
          {row.capacity === 'escalated' && <Badge color="orange">Passed on to you</Badge>}
          {row.for && <Badge color="grape">For {row.for}</Badge>}
          {row.expiresAt && (
            <Text size="xs" className="dw-soft">
              expires <When at={row.expiresAt} />
            </Text>
          )}
        </Group>
      </UnstyledButton>
    </li>
  )
}

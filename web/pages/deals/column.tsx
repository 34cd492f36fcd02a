/** One stage of the board: how many deals it holds and what they are worth, and the first of them, soonest close date first. */
import { useEffect, type DragEvent } from 'react'
import { ActionIcon, Button, Skeleton, Text } from '@mantine/core'
import { IconArrowsExchange } from '@tabler/icons-react'
import { Link } from 'wouter'
import { answered, api, type Item } from '../../api/here.ts'
import { to } from '../../app/paths.ts'
import { formatDay, formatMoney, formatNumber, inWords } from '../../parts/format.ts'
import { ProblemNote } from '../../parts/problem.tsx'
import { useRows } from '../../parts/rows.ts'
import classes from './board.module.css'
import { stallWords, type DealRow, type Stage } from './deal-data.ts'
import type { Move } from './move.ts'

type Total = Item<(typeof api)['stage-totals']['$get']>

interface Props {
  stage: Stage
  owner: string | undefined
  total: Total | undefined
  /** Whether totals are known: a stage without one is empty then. */
  counted: boolean
  moves: ReadonlyMap<string, Move>
  may: boolean
  remember: (rows: readonly DealRow[]) => void
  choose: (row: DealRow) => void
  over: boolean
  onOver: (isOver: boolean) => void
  onDrop: (event: DragEvent) => void
}

const PAGE = '25'

export function Column(props: Props) {
  const { stage, owner, total, counted, moves, may, remember, choose, over, onOver, onDrop } = props
  const list = useRows(['deals', 'stage', stage.id, owner], cursor =>
    answered(
      api.deals.$get({
        query: { stage: stage.id, limit: PAGE, ...(owner ? { owner } : {}), ...(cursor ? { cursor } : {}) },
      }),
    ),
  )
  const { rows } = list
  useEffect(() => {
    if (rows) remember(rows)
  }, [rows, remember])
  const here = (rows ?? []).filter(({ id }) => (moves.get(id)?.stage.id ?? stage.id) === stage.id)
  const came = [...moves.values()].filter(
    move => move.stage.id === stage.id && !here.some(({ id }) => id === move.row.id),
  )
  const shown = [...came.map(({ row }) => row), ...here]
  const left = (rows ?? []).length - here.length
  const heading = `stage-${stage.id}`
  return (
    <section
      className={classes.column}
      data-stage={stage.id}
      data-over={over || undefined}
      aria-labelledby={heading}
      onDragOver={event => {
        if (!may || !event.dataTransfer.types.includes('text/x-deal')) return
        event.preventDefault()
        onOver(true)
      }}
      onDragLeave={event => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) onOver(false)
      }}
      onDrop={onDrop}
    >
      <header className={classes.head}>
        <Text component="h2" size="sm" fw={600} id={heading}>
          {inWords(stage.name)}
          <Text span size="sm" className="dw-soft" ml={8}>
            {counted ? formatNumber((total?.deals ?? 0) + came.length - left) : ' '}
          </Text>
        </Text>
        <Text size="xs" className="dw-soft" truncate>
          {total?.sums.map(({ currency, minor }) => formatMoney(minor, currency)).join(' · ') || ' '}
        </Text>
      </header>
      {list.error && !rows ? (
        <ProblemNote error={list.error} retry={list.retry} />
      ) : rows ? (
        <ul className={classes.cards} aria-label={`Deals in ${inWords(stage.name)}`}>
          {shown.map(row => (
            <Card key={row.id} row={row} may={may} choose={() => choose(row)} />
          ))}
          {shown.length === 0 && (
            <li className={classes.none}>
              <Text size="xs" className="dw-soft">
                No deal is here.
              </Text>
            </li>
          )}
        </ul>
      ) : (
        <div aria-busy="true" aria-label="Loading">
          <Skeleton height={84} mb={8} />
          <Skeleton height={84} mb={8} />
        </div>
      )}
      {list.hasMore && (
        <Button size="compact-sm" variant="subtle" fullWidth onClick={list.more}>
          Show more
        </Button>
      )}
    </section>
  )
}

function Card({ row, may, choose }: { row: DealRow; may: boolean; choose: () => void }) {
  const stalled = stallWords(row)
  return (
    <li
      className={classes.card}
      data-stalled={stalled.length > 0 || undefined}
      draggable={may}
      onDragStart={event => {
        event.dataTransfer.setData('text/x-deal', row.id)
        event.dataTransfer.effectAllowed = 'move'
      }}
    >
      <div className={classes.top}>
        <Link href={to.deal(row.id)} className={classes.name} data-deal={row.id} draggable={false}>
          {row.name}
        </Link>
        {may && (
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            aria-label={`Move ${row.name} to another stage`}
            title="Move to another stage"
            onClick={choose}
            tabIndex={-1}
          >
            <IconArrowsExchange size={14} aria-hidden />
          </ActionIcon>
        )}
      </div>
      <Text size="xs" className="dw-soft" truncate>
        {[row.account, row.contact].filter(Boolean).join(' · ') || 'No company yet'}
      </Text>
      <div className={classes.facts}>
        <Text size="sm" fw={550}>
          {row.amountMinor !== null && row.currency !== null ? formatMoney(row.amountMinor, row.currency) : 'No amount'}
        </Text>
        <Text size="xs" className="dw-soft">
          {row.closeDate ? formatDay(row.closeDate) : 'No date'}
        </Text>
      </div>
      {row.nextStep && (
        <Text size="xs" lineClamp={2}>
          {row.nextStep}
        </Text>
      )}
      <Text size="xs" className="dw-soft" truncate>
        {row.owner ?? 'Nobody’s'}
        {row.suggestions > 0 && ` · ${row.suggestions} suggested`}
      </Text>
      {stalled.length > 0 && (
        <Text size="xs" className={classes.stalled}>
          Stands still: {stalled.join(', ')}
        </Text>
      )}
    </li>
  )
}

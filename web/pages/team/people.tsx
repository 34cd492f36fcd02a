/** A row a person: what they have, what waits for them, how fast they answer. */
import type { ReactNode } from 'react'
import { Button, Table, Text } from '@mantine/core'
import type { api, Item } from '../../api/here.ts'
import { formatNumber } from '../../parts/format.ts'
import { Empty } from '../../parts/page.tsx'
import { When } from '../../parts/time.tsx'
import classes from './team.module.css'

export type PersonFigures = Item<(typeof api)['team-figures']['$get']>

/** `40 min`, `3.5 h`, `2 days`. */
export function hoursInWords(hours: number | null): string {
  if (hours === null) return '–'
  if (hours < 1) return `${Math.max(1, Math.round(hours * 60))} min`
  if (hours < 48) return `${formatNumber(Math.round(hours * 10) / 10)} h`
  return `${formatNumber(Math.round(hours / 24))} days`
}

const HEADS = ['Open leads', 'Open deals', 'Waiting', 'Overdue', 'Decides in', 'Answers in', 'Edited', 'Refused']

export function People({ people, coach }: { people: readonly PersonFigures[]; coach: (id: string) => void }) {
  if (people.length === 0)
    return <Empty title="Nobody is in your team yet">An admin puts people into teams, in Settings.</Empty>
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label="Who has what">
      <Table verticalSpacing={8} horizontalSpacing="md" miw={860} className={classes.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Who</Table.Th>
            {HEADS.map(head => (
              <Table.Th key={head} ta="right">
                {head}
              </Table.Th>
            ))}
            <Table.Th aria-label="Coaching" />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {people.map(person => (
            <Row key={person.id} of={person} coach={coach} />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}

function Row({ of, coach }: { of: PersonFigures; coach: (id: string) => void }) {
  const full = of.capacity !== null && of.openLeads >= of.capacity
  const open = of.received - of.answered
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm" fw={550}>
          {of.name}
        </Text>
        <Text size="xs" className="dw-soft">
          {of.role}
          {of.team && `, ${of.team}`}
        </Text>
      </Table.Td>
      <Figure warn={full} note={of.capacity === null ? null : `of ${formatNumber(of.capacity)}`}>
        {formatNumber(of.openLeads)}
      </Figure>
      <Figure>{formatNumber(of.openDeals)}</Figure>
      <Figure
        note={
          of.waitingSince && (
            <>
              since <When at={of.waitingSince} />
            </>
          )
        }
      >
        {formatNumber(of.waiting)}
      </Figure>
      <Figure warn={of.overdue > 0}>{formatNumber(of.overdue)}</Figure>
      <Figure note={of.decided > 0 ? `${formatNumber(of.decided)} decided` : null}>
        {hoursInWords(of.decisionHours)}
      </Figure>
      <Figure
        warn={open > 0}
        note={of.received > 0 ? `${formatNumber(of.answered)} of ${formatNumber(of.received)}` : null}
      >
        {hoursInWords(of.answerHours)}
      </Figure>
      <Figure>{formatNumber(of.edited)}</Figure>
      <Figure>{formatNumber(of.refused)}</Figure>
      <Table.Td ta="right">
        {of.edited + of.refused > 0 && (
          <Button size="compact-xs" variant="subtle" onClick={() => coach(of.id)}>
            What they changed<span className="dw-heard">, {of.name}</span>
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  )
}

interface FigureProps {
  children: ReactNode
  note?: ReactNode
  warn?: boolean
}

function Figure({ children, note, warn = false }: FigureProps) {
  return (
    <Table.Td ta="right" className={classes.figure} data-warn={warn || undefined}>
      {children}
      {note && (
        <Text size="xs" className="dw-soft">
          {note}
        </Text>
      )}
    </Table.Td>
  )
}

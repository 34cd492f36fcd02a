/** The rows of Today: what it is, why it is here, and until when. */
import { useEffect, useRef } from 'react'
import { Group, Text, ThemeIcon, UnstyledButton } from '@mantine/core'
import {
  IconAlertTriangle,
  IconChecks,
  IconMail,
  IconPencil,
  IconPlayerPause,
  IconSquareCheck,
  IconTargetArrow,
} from '@tabler/icons-react'
import type { TodayItem } from '../../api/here.ts'
import { shortSummary } from '../../parts/format.ts'
import { When } from '../../parts/time.tsx'
import classes from './today.module.css'

const KINDS = {
  uncertain: { icon: IconAlertTriangle, color: 'red', word: 'Uncertain' },
  reply: { icon: IconMail, color: 'teal', word: 'Reply' },
  approval: { icon: IconChecks, color: 'indigo', word: 'Approval' },
  paused_run: { icon: IconPlayerPause, color: 'orange', word: 'Paused run' },
  task: { icon: IconSquareCheck, color: 'blue', word: 'Task' },
  suggestion: { icon: IconPencil, color: 'grape', word: 'Suggestion' },
  lead: { icon: IconTargetArrow, color: 'green', word: 'Lead' },
} as const

export const kindOf = (kind: string) => KINDS[kind as keyof typeof KINDS] ?? KINDS.task

interface Props {
  items: readonly TodayItem[]
  gone: ReadonlySet<string>
  chosen: string | undefined
  choose: (id: string) => void
}

export function TodayList({ items, gone, chosen, choose }: Props) {
  return (
    <ol className={classes.list} aria-label="What needs you">
      {items.map(item => (
        <Row key={item.id} item={item} gone={gone.has(item.id)} chosen={item.id === chosen} choose={choose} />
      ))}
    </ol>
  )
}

function Row({ item, gone, chosen, choose }: Omit<Props, 'items' | 'chosen' | 'gone'> & RowOf) {
  const place = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (chosen) place.current?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  const { icon: Icon, color, word } = kindOf(item.kind)
  return (
    <li ref={place} className={classes.row} data-gone={gone || undefined}>
      <UnstyledButton
        className={classes.press}
        aria-current={chosen || undefined}
        onClick={() => choose(item.id)}
        tabIndex={chosen ? 0 : -1}
      >
        <ThemeIcon variant="light" color={color} size={30} radius="md" aria-hidden>
          <Icon size={16} stroke={1.8} />
        </ThemeIcon>
        <div className={classes.words}>
          <Text size="sm" fw={550} lineClamp={1}>
            <span className="dw-heard">{word}: </span>
            {shortSummary(item.title)}
          </Text>
          <Group justify="space-between" gap="sm" wrap="nowrap">
            <Text size="xs" className="dw-soft" lineClamp={1}>
              {gone ? 'Dealt with by somebody else' : item.reason}
            </Text>
            {item.due && (
              <Text size="xs" className={classes.due}>
                <When at={item.due} />
              </Text>
            )}
          </Group>
        </div>
      </UnstyledButton>
    </li>
  )
}

interface RowOf {
  item: TodayItem
  gone: boolean
  chosen: boolean
}

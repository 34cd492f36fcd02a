/** The chosen one of Today, with what can be done about it. */
import { Badge, Button, Text, Title } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import type { TodayItem } from '../../api/here.ts'
import { to } from '../../app/paths.ts'
import { useMe } from '../../app/session.tsx'
import { useShortcuts } from '../../app/shortcuts.ts'
import { hold } from '../../parts/held.ts'
import { Keys } from '../../parts/keys.tsx'
import { When } from '../../parts/time.tsx'
import { ApprovalPane } from '../approvals/approval-pane.tsx'
import { deedsFor, type Deed } from './deeds.ts'
import { kindOf } from './today-list.tsx'
import classes from './today.module.css'

interface Props {
  item: TodayItem
  gone: boolean
}

export function ItemDetail(props: Props) {
  const { kind, id } = props.item
  return kind === 'approval' ? <ApprovalPane id={id} gone={props.gone} /> : <Plain {...props} />
}

function Plain({ item, gone }: Props) {
  const me = useMe()
  const client = useQueryClient()
  const [, navigate] = useLocation()
  const deeds = gone ? null : deedsFor(item, me)
  const place = placeOf(item)
  const run = ({ said, send }: Deed) =>
    hold({
      ids: [item.id],
      said,
      send: async () => {
        await send()
        await client.invalidateQueries({ queryKey: ['today'] })
      },
    })
  const openPlace = place ? [{ keys: 'o', what: 'Open it', run: () => navigate(place) }] : []
  useShortcuts('The chosen one', [
    ...(deeds ? [{ keys: 'a', what: deeds.main.word, run: () => run(deeds.main) }] : []),
    ...(deeds?.other ? [{ keys: 'r', what: deeds.other.word, run: () => deeds.other && run(deeds.other) }] : []),
    ...openPlace,
  ])
  const { color, word } = kindOf(item.kind)
  return (
    <div className={classes.detail}>
      <Badge color={color} mb={6}>
        {word}
      </Badge>
      <Title order={2} fz="lg">
        {item.title}
      </Title>
      <Text size="sm" className="dw-soft" mt={4}>
        {item.reason.charAt(0).toUpperCase() + item.reason.slice(1)}
        {item.due && (
          <>
            {' · due '}
            <When at={item.due} whole />
          </>
        )}
        {item.owner && ` · ${item.owner}`}
      </Text>
      <div className={classes.bar} role="toolbar" aria-label="What to do">
        {deeds && (
          <Button onClick={() => run(deeds.main)} rightSection={<Keys of="a" />}>
            {deeds.main.word}
          </Button>
        )}
        {deeds?.other && (
          <Button variant="default" onClick={() => deeds.other && run(deeds.other)} rightSection={<Keys of="r" />}>
            {deeds.other.word}
          </Button>
        )}
        {place && (
          <Button variant="subtle" color="gray" onClick={() => navigate(place)} rightSection={<Keys of="o" />}>
            Open
          </Button>
        )}
      </div>
    </div>
  )
}

/** Where all of it can be seen. */
function placeOf({ kind, id, leadId }: TodayItem): string | null {
  if (kind === 'paused_run') return to.run(id)
  if (kind === 'uncertain') return to.approvals(id)
  return leadId === null ? null : to.lead(leadId)
}

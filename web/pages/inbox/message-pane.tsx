/** The chosen message: what it was taken for and why, its conversation, whose it is, and what can be answered. */
import { Anchor, Badge, Button, Group, Menu, Text, Title } from '@mantine/core'
import { IconChevronDown, IconMailForward } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { answered, api } from '../../api/here.ts'
import { to } from '../../app/paths.ts'
import { shortSummary } from '../../parts/format.ts'
import { Keys } from '../../parts/keys.tsx'
import { TextSkeleton } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem.tsx'
import { When } from '../../parts/time.tsx'
import { Assign } from './assign.tsx'
import { Conversation } from './conversation.tsx'
import classes from './inbox.module.css'
import { ALL_LABELS, decidedBy, KEYED, LABELS, type InboxRow, type Label } from './labels.ts'

interface Props {
  row: InboxRow
  label: Label | null
  gone: boolean
  may: boolean
  say: (label: Label) => void
  /** Once it is somebody’s, it is off this list. */
  leaves: boolean
}

export function MessagePane({ row, label, gone, may, say, leaves }: Props) {
  const { data, error, refetch } = useMessage(row.id)
  return (
    <div className={classes.pane}>
      <Title order={2} fz="lg">
        {row.subject || 'Without a subject'}
      </Title>
      <Text size="sm" className="dw-soft" mt={2} component="div">
        From{' '}
        {row.contactId ? (
          <Anchor component={Link} href={to.contact(row.contactId)} size="sm" underline="always">
            {row.contact}
          </Anchor>
        ) : (
          row.fromAddress || 'an unknown sender'
        )}
        {row.account && ` of ${row.account}`} · <When at={row.at} whole theirs={data?.zone ?? null} />
        {row.owner && ` · ${row.owner}’s`}
      </Text>
      <Decided row={row} label={label} until={data?.untilDate ?? row.untilDate} />
      {may && !gone && label !== null && <SortBar label={label} say={say} />}
      {may && !gone && row.contactId === null && row.label !== null && <Assign row={row} leaves={leaves} />}
      {data?.answer && (
        <Group className={classes.answer} justify="space-between" wrap="nowrap">
          <Text size="sm">{shortSummary(data.answer.summary)} waits to be looked at.</Text>
          <Button
            component={Link}
            href={to.approvals(data.answer.id)}
            size="compact-sm"
            leftSection={<IconMailForward size={14} aria-hidden />}
            rightSection={<Keys of="w" />}
          >
            Answer
          </Button>
        </Group>
      )}
      {error ? (
        <ProblemNote error={error} retry={() => void refetch()} />
      ) : data ? (
        <>
          <Conversation of={data} />
          {data.corrections.length > 0 && (
            <ul className={classes.history} aria-label="What people said of it">
              {data.corrections.map(({ from, to: now, by, at }) => (
                <li key={at}>
                  {by}: {from === now ? 'right as' : `${wordOf(from)} →`} {wordOf(now)}, <When at={at} />
                </li>
              ))}
            </ul>
          )}
        </>
      ) : (
        <TextSkeleton />
      )}
    </div>
  )
}

const wordOf = (label: string | null): string =>
  label !== null && label in LABELS ? LABELS[label as Label].word.toLowerCase() : 'not read'

export const useMessage = (id: string | undefined) =>
  useQuery({
    queryKey: ['messages', id],
    queryFn: async () => (await answered(api.messages[':id'].$get({ param: { id: id ?? '' } }))).data,
    enabled: id !== undefined,
  })

function Decided({ row, label, until }: { row: InboxRow; label: Label | null; until: string | null }) {
  if (label === null)
    return (
      <Text size="sm" className="dw-soft" mt="sm">
        It is still being read. What it is will stand here in a moment.
      </Text>
    )
  const isSaid = label !== row.label
  return (
    <div className={classes.decided}>
      <Badge size="lg" variant="dot" color={LABELS[label].color}>
        {LABELS[label].word}
      </Badge>
      <Text size="sm" component="span">
        {isSaid ? (
          'by you'
        ) : (
          <>
            {decidedBy(row.labelBy)}
            {row.quote && (
              <>
                : <q>{row.quote}</q>
              </>
            )}
            {until && ` (until ${until})`}
          </>
        )}
      </Text>
    </div>
  )
}

/** One press a message: right as it is, or what it is instead. */
function SortBar({ label, say }: { label: Label; say: (label: Label) => void }) {
  const others = ALL_LABELS.filter(one => LABELS[one].key === undefined)
  return (
    <div className={classes.bar} role="toolbar" aria-label="What is it?">
      <Button size="compact-sm" onClick={() => say(label)} rightSection={<Keys of="a" />}>
        Right
      </Button>
      {KEYED.filter(one => one !== label).map(one => (
        <Button
          key={one}
          size="compact-sm"
          variant="default"
          onClick={() => say(one)}
          rightSection={<Keys of={LABELS[one].key ?? ''} />}
        >
          {LABELS[one].word}
        </Button>
      ))}
      <Menu position="bottom-end">
        <Menu.Target>
          <Button size="compact-sm" variant="default" rightSection={<IconChevronDown size={12} aria-hidden />}>
            Others
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {others.map(one => (
            <Menu.Item key={one} onClick={() => say(one)}>
              {LABELS[one].word}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  )
}
